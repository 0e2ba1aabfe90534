/**
 * Runnable processes by priority, and by the choice of a policy. `max` and `high` go before the others; a `low` process gets one turn
 * for eight of the normal ones.
 */
import { PRIORITISED, type Process } from "../process/process.ts";
import type { Policy } from "./policy.ts";
import { RunQueue } from "./run-queue.ts";

/** The processes of one priority. */
class Lane extends RunQueue {
  clear(): void {
    while (this.shift() !== null);
  }

  remove(p: Process): void {
    let before: Process | null = null;
    for (let q = this.first; q !== null; before = q, q = q.nextRunnable) {
      if (q !== p) continue;
      if (before === null) this.first = q.nextRunnable;
      else before.nextRunnable = q.nextRunnable;
      if (this.last === q) this.last = before;
      q.nextRunnable = null;
      return;
    }
  }
}

const LOW_EVERY = 8;

export class LaneQueue extends RunQueue {
  readonly #normal = new Lane();
  #max: Lane | null = null;
  #high: Lane | null = null;
  #low: Lane | null = null;
  #sinceLow = 0;
  policy: Policy | null = null;

  override push(p: Process): void {
    if (p.flags & PRIORITISED) this.#lane(p).push(p);
    else this.#normal.push(p);
  }

  #lane(p: Process): Lane {
    switch (p.extra?.priority) {
      case "max":
        return (this.#max ??= new Lane());
      case "high":
        return (this.#high ??= new Lane());
      case "low":
        return (this.#low ??= new Lane());
      default:
        return this.#normal;
    }
  }

  override get isEmpty(): boolean {
    return (
      this.#normal.first === null &&
      (this.#high === null || this.#high.first === null) &&
      (this.#max === null || this.#max.first === null) &&
      (this.#low === null || this.#low.first === null)
    );
  }

  override slice(most: number): number {
    return this.policy?.budget?.(most) ?? most;
  }

  /** All runnable processes, by priority. */
  override toArray(): Process[] {
    return [this.#max, this.#high, this.#normal, this.#low].flatMap((lane) => lane?.toArray() ?? []);
  }

  override shift(): Process | null {
    if (this.policy !== null) return this.#choose(this.policy);
    if (this.#max !== null && this.#max.first !== null) return this.#max.shift();
    if (this.#high !== null && this.#high.first !== null) return this.#high.shift();
    if (this.#low !== null && this.#low.first !== null) {
      if (this.#normal.first === null || ++this.#sinceLow >= LOW_EVERY) {
        this.#sinceLow = 0;
        return this.#low.shift();
      }
    }
    return this.#normal.shift();
  }

  #choose(policy: Policy): Process | null {
    for (const lane of [this.#max, this.#high, this.#normal, this.#low]) {
      if (lane === null || lane.first === null) continue;
      const runnable = lane.toArray();
      if (runnable.length === 0) {
        lane.clear();
        continue;
      }
      const index = policy.choose(runnable);
      if (index === null) return null;
      lane.remove(runnable[index]);
      return runnable[index];
    }
    return null;
  }
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
