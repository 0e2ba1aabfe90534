/**
 * How much memory a program holds. Where the host knows its heap: all that is in use, less what stopped programs have left
 * behind and the host has not collected yet, a part that shrinks with the heap. So after a program has been stopped for its
 * size the next may for a while take up to twice the memory, but none is stopped for another's garbage. Elsewhere it is an
 * estimate, which counts no garbage.
 */
import type { Scheduler } from "../scheduler/scheduler.ts";
import { pacedEstimate } from "./heap-estimate.ts";

export class ProgramHeap {
  readonly #used: (() => number) | undefined;
  readonly #scheduler: () => Scheduler;
  #leftBehind = 0;

  /** `used`: bytes of heap in use, garbage included, where the host knows them. */
  constructor(used: (() => number) | undefined, scheduler: () => Scheduler) {
    this.#used = used;
    this.#scheduler = scheduler;
  }

  /** What tells the bytes that the program has, closely enough for this limit. */
  gauge(limit: number): () => number {
    const measure = this.#used;
    if (measure === undefined) return pacedEstimate(this.#scheduler, limit);
    return () => {
      const used = measure();
      this.#leftBehind = Math.min(this.#leftBehind, used);
      return used - this.#leftBehind;
    };
  }

  /** All that is there now was the stopped program's. */
  abandon(): void {
    this.#leftBehind = this.#used?.() ?? 0;
  }
}
