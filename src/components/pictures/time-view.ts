/** Every process at one moment: what it is doing, at which line, what lies in its mailbox, what its variables are. */
import { duration, type History, messageText, type ProcessAt, pidText } from "./history.ts";
import { element, type View } from "./view.ts";
import { sentence } from "./wording.ts";

const MOST_CARDS = 24;
const MOST_MESSAGES = 12;

const steps = new Set([
  "spawn",
  "exit",
  "deliver",
  "match",
  "block",
  "timeout",
  "print",
  "signal",
  "name",
  "skip",
  "value",
]);

export class TimeView implements View {
  readonly name = "time";
  readonly title = "Time";
  readonly element = element("div", "time-view");

  applies(): boolean {
    return true;
  }

  steps(history: History): readonly number[] {
    return history.entries.flatMap(({ type }, index) => (steps.has(type) ? [index] : []));
  }

  draw(): void {}

  show(index: number, until: number, history: History): void {
    const moment = history.at(until);
    const acting = history.entries[index]?.pid ?? 0;
    const all = [...moment.processes.values()];
    // Those that act in this run; of the others only what has something to show.
    const told = all.filter(
      ({ pid, mailbox }) => pid === history.shell || mailbox.length > 0 || acts(history, pid),
    );
    const shown = told.slice(0, MOST_CARDS);
    const hidden = told.length - shown.length + history.unnamed;
    this.element.replaceChildren(
      ...shown.map((process) => card(process, process.pid === acting, moment.time, history)),
      ...(hidden > 0
        ? [element("p", "omitted", `${hidden.toLocaleString("en")} more processes are not shown.`)]
        : []),
    );
  }

  tell(index: number, history: History): string {
    return sentence(history.entries[index], history) ?? "";
  }
}

function acts(history: History, pid: number): boolean {
  const process = history.processes.get(pid);
  if (process === undefined || !process.wasKnown) return true;
  return history.entries.some((entry) => entry.pid === pid && entry.type !== "known");
}

function card(process: ProcessAt, isActing: boolean, time: number, history: History): HTMLElement {
  const { pid, state, mailbox, frames } = process;
  const made = element("div", `card ${state}${process.isCrash ? " crash" : ""}${isActing ? " acting" : ""}`);
  const title = history.title(pid);
  const head = element("p", "card-head", element("strong", "", title));
  if (title !== pidText(pid)) head.append(" ", element("code", "", pidText(pid)));
  made.append(head, element("p", "card-state", stateOf(process, time, history)));
  if (state === "ended") return made;
  const box = element("ol", "mailbox");
  box.setAttribute("aria-label", `Mailbox of ${title}`);
  for (const { text, isSkipped } of mailbox.slice(0, MOST_MESSAGES)) {
    const item = element("li", isSkipped ? "skipped" : "", element("code", "", messageText(text)));
    if (isSkipped) item.append(element("span", "passed", "passed over"));
    box.append(item);
  }
  if (mailbox.length > MOST_MESSAGES)
    box.append(element("li", "more", `and ${(mailbox.length - MOST_MESSAGES).toLocaleString("en")} more`));
  if (mailbox.length > 0) made.append(box);
  else made.append(element("p", "nothing", "mailbox empty"));
  const bindings = frames.flatMap((frame) =>
    frame.bindings.map((binding) => ({ ...binding, in: frame.function })),
  );
  if (bindings.length > 0) {
    if (state === "running") made.append(element("p", "nothing", "variables when its slice began"));
    const list = element("dl", "bindings");
    for (const { name, text } of bindings)
      list.append(element("dt", "", element("code", "", name)), element("dd", "", element("code", "", text)));
    made.append(list);
  }
  return made;
}

function stateOf(process: ProcessAt, time: number, history: History): string {
  const at = process.place === null ? "" : lineText(process, history);
  if (process.pid === history.shell && process.state === "waiting" && process.frames.length === 0)
    return "has evaluated the block";
  switch (process.state) {
    case "ended":
      return `${process.isCrash ? "crashed" : "ended"}: ${process.reason}`;
    case "running":
      return `runs${at}`;
    case "ready":
      return "is ready, in the run queue";
    case "held":
      return "waits for the runtime";
    case "waiting":
      return process.until === null
        ? `waits for a message${at}`
        : `waits for a message${at}, ${duration(Math.max(0, process.until - time))} at most`;
  }
}

function lineText({ place, frames }: ProcessAt, _history: History): string {
  const name = frames[0]?.function;
  const where =
    name === undefined || name.startsWith("__FILE__") || name.startsWith("-") ? "" : ` in ${name}`;
  return `${where}, line ${place?.line}`;
}
