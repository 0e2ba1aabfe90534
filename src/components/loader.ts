/**
 * All the script that a page of blocks needs before somebody turns to one: it loads the rest then, and hands on the click that came
 * too early. A shared link and edits of an earlier visit need the rest at once.
 */
import { hasEdits } from "./edits.ts";

const AREA = "run-block, page-controls";
const SIGNS = ["pointerover", "focusin", "click", "keydown", "change"];
let loading: Promise<unknown> | null = null;

function load(): Promise<unknown> {
  loading ??= import("./run-block.ts").finally(() => {
    for (const sign of SIGNS) document.removeEventListener(sign, turn, true);
  });
  return loading;
}

/** The runtime is on its way while the script that starts it is loaded. */
function preloadRuntime(): void {
  if (loading !== null) return;
  const link = document.createElement("link");
  link.rel = "preload";
  link.as = "fetch";
  link.crossOrigin = "anonymous";
  link.href = `${document.documentElement.dataset.runtime ?? "/beamlet/"}worker.js`;
  document.head.append(link);
}

function turn(event: Event): void {
  const target = event.target as Element;
  const area = target.closest?.(AREA);
  if (!area) return;
  if (area.matches("run-block")) preloadRuntime();
  const loaded = load();
  if (event.type === "click") {
    const button = target.closest("button");
    if (button !== null) void loaded.then(() => button.click());
  } else if (event.type === "keydown") {
    const { key, ctrlKey, metaKey } = event as KeyboardEvent;
    if (key !== "Enter" || !(ctrlKey || metaKey)) return;
    event.preventDefault();
    void loaded.then(() => area.querySelector<HTMLButtonElement>("button.run")?.click());
  } else {
    // To the block itself, which starts the runtime when somebody turns to it.
    void loaded.then(() => area.dispatchEvent(new Event("pointerenter")));
  }
}

for (const sign of SIGNS) document.addEventListener(sign, turn, true);
if (location.hash.startsWith("#share=") || hasEdits()) void load();
