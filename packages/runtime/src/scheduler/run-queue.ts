/**
 * Runnable processes, first come first served: a linked list through the processes. `lane-queue.ts` takes its place where there are
 * priorities, or a policy that chooses.
 */
import type { Process } from "../process/process.ts";

export class RunQueue {
  first: Process | null = null;
  last: Process | null = null;

  get isEmpty(): boolean {
    return this.first === null;
  }

  push(p: Process): void {
    if (this.last === null) this.first = p;
    else this.last.nextRunnable = p;
    this.last = p;
  }

  /** Takes the next process to run; `null` when there is none or the policy wants to stop. */
  shift(): Process | null {
    const p = this.first;
    if (p === null) return null;
    this.first = p.nextRunnable;
    if (this.first === null) this.last = null;
    p.nextRunnable = null;
    return p;
  }

  /** The reductions of the next slice, at most so many. */
  slice(most: number): number {
    return most;
  }
}
