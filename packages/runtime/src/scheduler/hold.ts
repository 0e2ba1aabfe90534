/** What goes on in a process that the host has held: a value, an error, the result of a promise. */
import { toRaised } from "../process/host-error.ts";
import { HELD, type Process } from "../process/process.ts";
import { resumeRaising, resumeWith, S, U } from "../process/stack.ts";
import type { Task } from "../process/task.ts";
import type { Raised } from "../term/error.ts";
import type { Scheduler } from "./scheduler.ts";

/** Continues a held process with a value. */
export function release(scheduler: Scheduler, p: Process, value: unknown): void {
  if (p.status !== HELD) return;
  resumeWith(p, value);
  scheduler.unhold(p);
}

/** Continues a held process with an error. */
export function fail(scheduler: Scheduler, p: Process, raised: Raised): void {
  if (p.status !== HELD) return;
  resumeRaising(p, raised);
  scheduler.unhold(p);
}

/** Waits in a task for a promise of the host. */
export function* awaitPromise<Result>(scheduler: Scheduler, promise: PromiseLike<Result>): Task<Result> {
  const { p } = S;
  scheduler.hold(p);
  promise.then(
    (value) => release(scheduler, p, value),
    (reason) => fail(scheduler, p, toRaised(reason)),
  );
  return (yield U) as Result;
}
