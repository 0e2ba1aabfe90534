/**
 * Where processes stand in a tree of who started whom. One that a supervisor starts in place of another stands where that one
 * stood, so that a repair is seen as one.
 */
import type { History, Moment } from "./history.ts";

export interface Slot {
  /** Who has stood here, one after the other. */
  readonly pids: number[];
  readonly parent: Slot | null;
  readonly children: Slot[];
  readonly depth: number;
  /** From the top, in rows; of a parent in the middle of its children. */
  row: number;
}

export interface Tree {
  readonly roots: readonly Slot[];
  readonly slots: readonly Slot[];
  readonly depth: number;
  readonly rows: number;
  readonly hidden: number;
  /** Monitors that were taken back, as those of calls are: they come and go too fast to be drawn. */
  readonly fleeting: ReadonlySet<number>;
}

const MOST_SLOTS = 32;

export function treeOf(history: History): Tree {
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

  const slots: Slot[] = [];
  const slotOf = new Map<number, Slot>();
  const roots: Slot[] = [];
  let hidden = 0;
  for (const process of history.processes.values()) {
    if (!acts.has(process.pid)) continue;
    const parent = slotOf.get(process.parent) ?? null;
    const isLinked = linked.get(process.pid)?.has(process.parent) ?? false;
    const vacant =
      parent === null || !isLinked || process.wasKnown
        ? undefined
        : parent.children.find(({ pids }) =>
            isVacant(history, pids, process.begins, process.parent, linked, process.code),
          );
    if (vacant !== undefined) {
      vacant.pids.push(process.pid);
      slotOf.set(process.pid, vacant);
      continue;
    }
    if (slots.length >= MOST_SLOTS) {
      hidden++;
      continue;
    }
    const slot: Slot = {
      pids: [process.pid],
      parent,
      children: [],
      depth: parent === null ? 0 : parent.depth + 1,
      row: 0,
    };
    slotOf.set(process.pid, slot);
    slots.push(slot);
    (parent?.children ?? roots).push(slot);
  }
  const rows = layOut(roots);
  return { roots, slots, depth: 1 + Math.max(0, ...slots.map(({ depth }) => depth)), rows, hidden, fleeting };
}

/** Whether the last one that stood there had ended, and was linked to the same parent. */
function isVacant(
  history: History,
  pids: readonly number[],
  begins: number,
  parent: number,
  linked: ReadonlyMap<number, ReadonlySet<number>>,
  code: string | null,
): boolean {
  const last = history.processes.get(pids.at(-1) as number);
  if (last === undefined || last.ends === null || last.ends > begins || last.code !== code) return false;
  return parent !== history.shell && (linked.get(last.pid)?.has(parent) ?? false);
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

/** Who stands there at a moment; `null` before the first. */
export function occupant(slot: Slot, moment: Moment): number | null {
  return slot.pids.findLast((pid) => moment.processes.has(pid)) ?? null;
}

/** The entries that change the tree. */
export function treeSteps(history: History, tree: Tree): number[] {
  const drawn = new Set(tree.slots.flatMap(({ pids }) => pids));
  const steps: number[] = [];
  history.entries.forEach((entry, index) => {
    if (!drawn.has(entry.pid)) return;
    const { type } = entry;
    if (type === "spawn" || type === "exit" || type === "link" || type === "unlink" || type === "signal")
      steps.push(index);
    else if (type === "name" && entry.name !== null) steps.push(index);
    else if (type === "monitor" && !tree.fleeting.has(entry.reference)) steps.push(index);
    else if (type === "deliver" && (entry.origin === "exit" || entry.origin === "down")) steps.push(index);
  });
  return steps;
}
