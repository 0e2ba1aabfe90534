/**
 * What the scheduler did: slice after slice, who ran and for how many reductions, who was ready meanwhile, and how long the
 * run queue was. The axis is work, in reductions, as slices are far too short for a clock; where nobody could run there is a gap.
 */
import type { History } from "./history.ts";

export interface Slice {
  readonly pid: number;
  /** Its entries in the trace. */
  readonly begins: number;
  readonly ends: number;
  /** Where it begins on the axis: reductions used before. */
  readonly at: number;
  readonly reductions: number;
  readonly state: "preempted" | "waiting" | "held" | "exited";
  /** Processes in the run queue when it began. */
  readonly queue: number;
  /** Milliseconds in which nobody could run before it; 0 for none. */
  readonly idle: number;
  /** Slices before it that are not told one by one. */
  readonly omitted: number;
}

/** A process is ready, and another runs. */
export interface Ready {
  readonly pid: number;
  readonly from: number;
  to: number;
}

export interface Slices {
  readonly slices: readonly Slice[];
  readonly ready: readonly Ready[];
  /** Processes in the order in which they first ran, with their places in it. */
  readonly pids: ReadonlyMap<number, number>;
  readonly total: number;
}

/** Idle time that is worth a gap, in milliseconds. */
const LEAST_IDLE = 0.2;

export function slicesOf(history: History): Slices {
  const slices: Slice[] = [];
  const ready: Ready[] = [];
  const since = new Map<number, number>();
  const pids = new Map<number, number>();
  const waiting = new Set<number>();
  let total = 0;
  let last: { time: number; queue: number } | null = null;
  let begins = -1;
  let queue = 0;
  let idle = 0;
  let omitted = 0;
  const becomesReady = (pid: number) => {
    waiting.delete(pid);
    if (!since.has(pid)) since.set(pid, total);
  };
  history.entries.forEach((entry, index) => {
    const { pid } = entry;
    switch (entry.type) {
      case "known":
        if (entry.state === "ready") becomesReady(pid);
        else waiting.add(pid);
        return;
      case "omitted":
        omitted = entry.slices;
        return;
      case "spawn":
      case "wake":
      case "release":
        return becomesReady(pid);
      case "deliver":
        if (waiting.has(pid)) becomesReady(pid);
        return;
      case "exit":
        since.delete(pid);
        waiting.delete(pid);
        return;
      case "in": {
        const from = since.get(pid);
        since.delete(pid);
        if (from !== undefined && total > from) ready.push({ pid, from, to: total });
        begins = index;
        queue = since.size;
        const passed = last === null ? 0 : entry.time - last.time;
        idle = last !== null && last.queue === 0 && passed >= LEAST_IDLE ? passed : 0;
        return;
      }
      case "out": {
        if (!pids.has(pid)) pids.set(pid, pids.size);
        const { reductions, state } = entry;
        slices.push({ pid, begins, ends: index, at: total, reductions, state, queue, idle, omitted });
        omitted = 0;
        total += reductions;
        if (state === "preempted") becomesReady(pid);
        else if (state !== "exited") waiting.add(pid);
        last = { time: entry.time, queue: since.size };
        return;
      }
    }
  });
  for (const [pid, from] of since) if (total > from) ready.push({ pid, from, to: total });
  return { slices, ready, pids, total };
}
