/**
 * Runnable processes by priority, and by the choice of a policy. `max` and `high` go before the others; a `low` process gets one turn
 * for eight of the normal ones.
 */
import { EXITED, PRIORITISED, type Process } from "../process/process.ts";
import type { Policy } from "./policy.ts";
import { RunQueue } from "./run-queue.ts";

/** The processes of one priority. */
class Lane extends RunQueue {
  /** Takes one of them. */
  remove(p: Process): Process {
    let before: Process | null = null;
    for (let q = this.first; q !== null && q !== p; q = q.nextRunnable) before = q;
    if (before === null) this.first = p.nextRunnable;
    else before.nextRunnable = p.nextRunnable;
    if (this.last === p) this.last = before;
    p.nextRunnable = null;
    return p;
  }
}

const PRIORITIES = ["max", "high", "normal", "low"];
const NORMAL = 2;
const LOW_EVERY = 8;

export class LaneQueue extends RunQueue {
  /** In the order of `PRIORITIES`. */
  readonly #lanes = PRIORITIES.map(() => new Lane());
  #sinceLow = 0;
  policy: Policy | null = null;

  override push(p: Process): void {
    const { extra } = p;
    this.#lanes[p.flags & PRIORITISED && extra !== null ? PRIORITIES.indexOf(extra.priority) : NORMAL].push(
      p,
    );
  }

  override get isEmpty(): boolean {
    return this.#lanes.every((lane) => lane.isEmpty);
  }

  override slice(most: number): number {
    return this.policy?.budget?.(most) ?? most;
  }

  /** All runnable processes, by priority. */
  all(): Process[] {
    return this.#lanes.flatMap(runnableIn);
  }

  override shift(): Process | null {
    const { policy } = this;
    const [max, high, normal, low] = this.#lanes;
    const isLowDue = policy === null && max.isEmpty && high.isEmpty && !low.isEmpty && !normal.isEmpty;
    if (isLowDue && ++this.#sinceLow >= LOW_EVERY) {
      this.#sinceLow = 0;
      return low.shift();
    }
    for (const lane of this.#lanes) {
      if (policy === null && !lane.isEmpty) return lane.shift();
      const runnable = runnableIn(lane);
      if (runnable.length === 0) {
        // They have died in the queue.
        lane.first = lane.last = null;
        continue;
      }
      const index = (policy as Policy).choose(runnable);
      return index === null ? null : lane.remove(runnable[index]);
    }
    return null;
  }
}

/** The processes of a queue; those that have died in it are not counted. */
export function runnableIn(queue: RunQueue): Process[] {
  if (queue instanceof LaneQueue) return queue.all();
  const processes: Process[] = [];
  for (let p = queue.first; p !== null; p = p.nextRunnable) if (p.status !== EXITED) processes.push(p);
  return processes;
}

/** The queue of a scheduler as one that knows priorities and policies: from now on, if it was not before. */
export function lanesOf(scheduler: { queue: RunQueue }): LaneQueue {
  const { queue } = scheduler;
  if (queue instanceof LaneQueue) return queue;
  const lanes = new LaneQueue();
  for (let p = queue.shift(); p !== null; p = queue.shift()) lanes.push(p);
  scheduler.queue = lanes;
  return lanes;
}
