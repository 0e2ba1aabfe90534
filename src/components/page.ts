/**
 * What the blocks of a page share: one shell, their order, the queue in which they run one after the other as lines typed into that
 * shell would, the clock and the seed.
 */
import * as edits from "./edits.ts";
import type { RunBlock } from "./run-block.ts";
import { Session } from "./session.ts";
import { type Clock, fromLink, type Shared } from "./share.ts";

export interface Settings {
  readonly clock: Clock;
  /** From which all that is random follows, in every block that has no seed of its own; `null`: random each time. */
  readonly seed: number | null;
}

let settings: Settings = { clock: "real", seed: null };
let blocks: RunBlock[] = [];
/** Blocks whose turn is still to come. */
let queue: RunBlock[] = [];
let runs = 0;

export const session = new Session({ clock: "real" }, () => {
  for (const block of blocks) block.lost();
});

/** What came with the link of the page. */
export const shared: Promise<Shared | null> = fromLink();

export function currentSettings(): Settings {
  return settings;
}

export function register(block: RunBlock): void {
  blocks.push(block);
  blocks.sort((a, b) => (a.compareDocumentPosition(b) & Node.DOCUMENT_POSITION_FOLLOWING ? -1 : 1));
}

/** It is no longer on the page. */
export function unregister(block: RunBlock): void {
  leaveQueue(block);
  blocks = blocks.filter((other) => other !== block);
}

/** A number that no evaluation of this page has had. */
export function nextRun(): number {
  return ++runs;
}

/** Runs the blocks above that have not run, or are stale, and then the block itself. */
export function runWithAbove(block: RunBlock): void {
  enqueue([...above(block), block], block);
}

export function runAbove(block: RunBlock): void {
  enqueue(above(block), null);
}

export function leaveQueue(block: RunBlock): void {
  queue = queue.filter((other) => other !== block);
}

/** What the page shows from this block on no longer follows from the code above it. */
export function outdateFrom(block: RunBlock): void {
  for (const other of blocks.slice(blocks.indexOf(block))) other.outdate();
}

/** The shell goes back to what it was before a run: what has run since is no longer in it. */
export function outdateSince(ranAt: number): void {
  for (const block of blocks) if (block.ranAt > ranAt) block.outdate();
}

/** Forgets everything that has run on the page. */
export function resetPage(next: Settings = settings): void {
  settings = next;
  queue = [];
  void session.reset({ clock: settings.clock, seed: settings.seed ?? undefined });
  for (const block of blocks) block.forget();
  showSettings();
}

/** What a block may need: the ones above it in its language, as a page tells the same in both. */
function above(block: RunBlock): RunBlock[] {
  return blocks
    .slice(0, blocks.indexOf(block))
    .filter((other) => other.isToRun && other.dataset.language === block.dataset.language);
}

/** Adds blocks to the queue, all but one for the sake of others. */
function enqueue(added: RunBlock[], wanted: RunBlock | null): void {
  const isIdle = queue.length === 0 && !blocks.some((block) => block.dataset.state === "running");
  queue.push(...added);
  for (const block of added) block.wait(block !== wanted);
  if (isIdle) void runQueue();
}

async function runQueue(): Promise<void> {
  for (let block = queue.shift(); block !== undefined; block = queue.shift()) await block.evaluate();
}

// -- The controls above the first block

const controls = () => document.querySelector<HTMLElement>("page-controls");
const control = <Kind extends HTMLElement>(name: string) =>
  controls()?.querySelector<Kind>(`.${name}`) ?? null;

function showSettings(): void {
  const clock = control<HTMLSelectElement>("clock");
  const seed = control<HTMLInputElement>("seed");
  if (clock !== null) clock.value = settings.clock;
  if (seed !== null) seed.value = settings.seed === null ? "" : String(settings.seed);
}

/** Says what its button would do now, and whether there are edits to discard. */
export function showState(): void {
  const all = control("all");
  const isStale = blocks.some((block) => block.dataset.stale !== undefined);
  if (all !== null) all.textContent = isStale ? "Run from the first stale block" : "Run all blocks";
  const discard = control<HTMLButtonElement>("discard");
  if (discard !== null) discard.hidden = !edits.hasEdits();
}

function readSettings(): Settings {
  const seed = Number.parseInt(control<HTMLInputElement>("seed")?.value ?? "", 10);
  const clock = (control<HTMLSelectElement>("clock")?.value ?? "real") as Clock;
  return { clock, seed: Number.isSafeInteger(seed) && seed >= 0 ? seed : null };
}

export function startControls(): void {
  control("all")?.addEventListener("click", () =>
    enqueue(
      // One in a tab that is closed is the same as one that is open, in another language.
      blocks.filter((block) => block.isToRun && block.checkVisibility()),
      null,
    ),
  );
  control("reset")?.addEventListener("click", () => resetPage());
  control("discard")?.addEventListener("click", () => {
    for (const block of blocks) block.discardEdits();
    showState();
  });
  for (const name of ["clock", "seed"])
    control(name)?.addEventListener("change", () => resetPage(readSettings()));
  const now = readSettings();
  if (now.clock !== settings.clock || now.seed !== settings.seed) resetPage(now);
  showState();
}
