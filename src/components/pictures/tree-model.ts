/**
 * Where processes stand in a tree of who started whom. One that a supervisor starts in place of another stands where that one
 * stood, so that a repair is seen as one.
 */
import type { TraceEntry } from "beamlet/protocol";
import type { History, Moment } from "./history.ts";

export interface Slot {
  /** Who has stood here, one after the other; of a group, who belongs to it, with all that those have started. */
  readonly pids: number[];
  readonly parent: Slot | null;
  readonly children: Slot[];
  readonly depth: number;
  /** From the top, in rows; of a parent in the middle of its children. */
  row: number;
  /** Many that are alike are drawn as one. */
  readonly group: Group | null;
}

export interface Group {
  /** By which it is opened. */
  readonly key: string;
  /** How many stand directly below its parent. */
  readonly count: number;
  /** What they run, if all of them run the same. */
  readonly code: string | null;
}

export interface Tree {
  readonly roots: readonly Slot[];
  readonly slots: readonly Slot[];
  readonly depth: number;
  readonly rows: number;
  readonly slotOf: ReadonlyMap<number, Slot>;
  /** Monitors that were taken back, as those of calls are: they come and go too fast to be drawn. */
  readonly fleeting: ReadonlySet<number>;
}

/** How many more of a group are drawn one by one, by its key. */
export type Opened = ReadonlyMap<string, number>;

/** A tree of so many is drawn as it is; a larger one in groups. */
const MOST_SLOTS = 32;
/** So many of a kind are drawn before the others become a group. */
const SAMPLES = 3;
const MOST_DEPTH = 8;

export function treeOf(history: History, opened: Opened = new Map()): Tree {
  const fleeting = new Set<number>();
  const linked = new Map<number, Set<number>>();
  const acts = new Set<number>([history.shell]);
  const link = (a: number, b: number) => {
    for (const [one, other] of [
      [a, b],
      [b, a],
    ]) {
      const others = linked.get(one) ?? new Set();
      linked.set(one, others.add(other));
    }
  };
  for (const entry of history.entries) {
    if (entry.type === "demonitor") fleeting.add(entry.reference);
    if (entry.type === "link") link(entry.pid, entry.other);
    if (entry.type === "known") for (const other of entry.links) link(entry.pid, other);
    if (entry.type !== "known") acts.add(entry.pid);
  }
  // What a drawn process was linked to before belongs to the picture, too.
  for (const pid of [...acts]) for (const other of linked.get(pid) ?? []) acts.add(other);

  const roots: Slot[] = [];
  const slotOf = new Map<number, Slot>();
  const vacancies = new Map<string, Vacancies>();
  let count = 0;
  for (const { type, pid } of history.entries) {
    const process = history.processes.get(pid);
    if (process === undefined || !acts.has(pid)) continue;
    if (type !== "known" && type !== "spawn" && type !== "exit") continue;
    const { parent: starter, code } = process;
    const parent = slotOf.get(starter) ?? null;
    const isReplaceable = parent !== null && starter !== history.shell && linked.get(pid)?.has(starter);
    const kind = `${starter} ${code}`;
    if (type === "exit") {
      if (!isReplaceable) continue;
      const vacant = vacancies.get(kind) ?? new Vacancies();
      vacancies.set(kind, vacant);
      vacant.add(slotOf.get(pid) as Slot);
      continue;
    }
    const vacant = isReplaceable && type === "spawn" ? vacancies.get(kind)?.take() : undefined;
    if (vacant !== undefined) {
      vacant.pids.push(pid);
      slotOf.set(pid, vacant);
      continue;
    }
    const slot = slotIn(parent, [pid], null);
    slotOf.set(pid, slot);
    (parent?.children ?? roots).push(slot);
    count++;
  }
  const drawn = count <= MOST_SLOTS ? [...new Set(slotOf.values())] : gather(roots, opened, history);
  for (const slot of drawn) for (const pid of slot.pids) slotOf.set(pid, slot);
  const rows = layOut(roots);
  const depth = drawn.reduce((most, slot) => Math.max(most, slot.depth + 1), 1);
  return { roots, slots: drawn, depth, rows, slotOf, fleeting };
}

function slotIn(parent: Slot | null, pids: number[], group: Group | null): Slot {
  return { pids, parent, children: [], depth: parent === null ? 0 : parent.depth + 1, row: 0, group };
}

/** Places whose processes have ended: the first one, as they stand in the tree, is taken first. */
class Vacancies {
  readonly #slots: Slot[] = [];
  #isSorted = true;

  add(slot: Slot): void {
    this.#slots.push(slot);
    this.#isSorted = false;
  }

  take(): Slot | undefined {
    if (!this.#isSorted) this.#slots.sort((a, b) => b.pids[0] - a.pids[0]);
    this.#isSorted = true;
    return this.#slots.pop();
  }
}

/**
 * Makes groups of those that are many, level by level, so that what is drawn stays so small that it can be looked at, whatever
 * the shape of the tree. The slots that are drawn.
 */
function gather(roots: Slot[], opened: Opened, history: History): Slot[] {
  const drawn: Slot[] = [];
  let level: { parent: Slot | null; children: Slot[] }[] = [{ parent: null, children: roots }];
  while (level.length > 0) {
    const next: typeof level = [];
    for (const { parent, children } of level) {
      const isFull = drawn.length >= MOST_SLOTS || (parent?.depth ?? 0) + 1 >= MOST_DEPTH;
      const kinds = Map.groupBy(children, ({ pids }) =>
        isFull ? null : (history.processes.get(pids[0])?.code ?? null),
      );
      children.length = 0;
      for (const [code, alike] of kinds) {
        const key = `${parent?.pids[0] ?? 0} ${code}`;
        const samples = (isFull ? 0 : SAMPLES) + (opened.get(key) ?? 0);
        // A group of one says less than the one.
        const isFew = isFull
          ? alike.length === 1 && alike[0].children.length === 0
          : alike.length <= samples + 1;
        const own = isFew ? alike : alike.slice(0, samples);
        children.push(...own);
        for (const slot of own) next.push({ parent: slot, children: slot.children });
        if (own === alike) continue;
        const rest = alike.slice(samples);
        const group = { key, count: rest.length, code };
        children.push(slotIn(parent, everybody(rest), group));
      }
      drawn.push(...children);
    }
    level = next;
  }
  return drawn;
}

/** All that stand in some slots and below them. */
function everybody(slots: readonly Slot[]): number[] {
  const pids: number[] = [];
  const left = slots.toReversed();
  for (let slot = left.pop(); slot !== undefined; slot = left.pop()) {
    for (const pid of slot.pids) pids.push(pid);
    for (const child of slot.children) left.push(child);
  }
  return pids;
}

function layOut(roots: readonly Slot[]): number {
  let next = 0;
  const place = (slot: Slot): void => {
    for (const child of slot.children) place(child);
    slot.row =
      slot.children.length === 0
        ? next++
        : ((slot.children[0] as Slot).row + (slot.children.at(-1) as Slot).row) / 2;
  };
  for (const root of roots) place(root);
  return next;
}

/** Who stands there at a moment; `null` before the first. Of a group, the first. */
export function occupant({ pids, group }: Slot, moment: Moment): number | null {
  const isThere = (pid: number) => moment.processes.has(pid);
  return (group === null ? pids.findLast(isThere) : pids.find(isThere)) ?? null;
}

/**
 * The entries that change the tree. What happens within groups in a row is one step, told by its last entry; the number says how many
 * things that are.
 */
export function treeSteps(history: History, tree: Tree): Map<number, number> {
  const steps = new Map<number, number>();
  /** The last step, when it was one within a group. */
  let grouped = -1;
  history.entries.forEach((entry, index) => {
    const slot = tree.slotOf.get(entry.pid);
    if (slot === undefined || !changesTree(entry, tree)) return;
    const before = slot.group === null ? 0 : (steps.get(grouped) ?? 0);
    if (before > 0) steps.delete(grouped);
    grouped = slot.group === null ? -1 : index;
    steps.set(index, before + 1);
  });
  return steps;
}

function changesTree(entry: TraceEntry, { fleeting }: Tree): boolean {
  switch (entry.type) {
    case "spawn":
    case "exit":
    case "link":
    case "unlink":
    case "signal":
      return true;
    case "name":
      return entry.name !== null;
    case "monitor":
      return !fleeting.has(entry.reference);
    case "deliver":
      return entry.origin === "exit" || entry.origin === "down";
    default:
      return false;
  }
}
