/** Who watches a scheduler: its host, and the program that it runs, each without losing the other. */
import { S } from "../process/stack.ts";
import type { TraceSink } from "../process/trace.ts";
import type { Scheduler } from "./scheduler.ts";

interface Watchers {
  readonly host: TraceSink | null;
  readonly program: TraceSink | null;
}

const watchers = new WeakMap<Scheduler, Watchers>();

/** Replaces one who watches, or both, also in the middle of a run. */
export function watch(scheduler: Scheduler, change: Partial<Watchers>): void {
  const { host, program } = {
    ...(watchers.get(scheduler) ?? { host: scheduler.trace, program: null }),
    ...change,
  };
  watchers.set(scheduler, { host, program });
  scheduler.trace =
    host && program
      ? (event) => {
          host(event);
          program(event);
        }
      : (host ?? program);
  if (scheduler.isRunning) S.trace = scheduler.trace;
}
