/** What may be chosen when a scheduler is made. */
import type { Limits } from "../process/limit.ts";
import type { TraceSink } from "../process/trace.ts";
import type { Clock, ClockKind } from "./clock.ts";
import type { Policy } from "./policy.ts";

export interface SchedulerOptions {
  /** Reductions of a slice; measured from the host's stack unless given. 1 preempts at every call. */
  readonly budget?: number;
  readonly clock?: ClockKind | Clock;
  /** Makes runs repeat: the seed of everything random. */
  readonly seed?: number;
  readonly policy?: Policy;
  readonly limits?: Partial<Limits>;
  readonly trace?: TraceSink;
  /** Bytes of heap in use as the host knows it, where it does, for the limit on memory. */
  readonly heapUsed?: () => number;
}
