/**
 * Runnable processes: a linked list through the processes for each priority. `max` and `high` go before the
 * others; a `low` process gets one turn for eight of the normal ones.
 */
import { EXITED, PRIORITISED, type Process } from "../process/process.ts";
import type { Policy } from "./policy.ts";

class Lane {
  first: Process | null = null;
  last: Process | null = null;

  push(p: Process): void {
    if (this.last === null) this.first = p;
    else this.last.nextRunnable = p;
    this.last = p;
  }

  shift(): Process | null {
    const p = this.first;
    if (p === null) return null;
    this.first = p.nextRunnable;
    if (this.first === null) this.last = null;
    p.nextRunnable = null;
    return p;
  }

  clear(): void {
    for (let p = this.shift(); p !== null; p = this.shift());
  }

  /** Those that have died in the queue are not counted. */
  toArray(): Process[] {
    const processes: Process[] = [];
    for (let p = this.first; p !== null; p = p.nextRunnable) if (p.status !== EXITED) processes.push(p);
    return processes;
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

export class RunQueue {
  readonly #normal = new Lane();
  #max: Lane | null = null;
  #high: Lane | null = null;
  #low: Lane | null = null;
  #sinceLow = 0;
  policy: Policy | null = null;

  push(p: Process): void {
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

  get isEmpty(): boolean {
    return (
      this.#normal.first === null &&
      (this.#high === null || this.#high.first === null) &&
      (this.#max === null || this.#max.first === null) &&
      (this.#low === null || this.#low.first === null)
    );
  }

  /** All runnable processes, by priority. */
  toArray(): Process[] {
    return [this.#max, this.#high, this.#normal, this.#low].flatMap((lane) => lane?.toArray() ?? []);
  }

  /** Takes the next process to run; `null` when there is none or the policy wants to stop. */
  shift(): Process | null {
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
