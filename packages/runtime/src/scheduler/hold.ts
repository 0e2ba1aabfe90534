/** Processes that wait for the host, and what they go on with: a value, an error, the result of a promise. */
import { toRaised } from "../process/host-error.ts";
import { HELD, type Process, RUNNABLE } from "../process/process.ts";
import { resumeRaising, resumeWith, S, U } from "../process/stack.ts";
import type { Task } from "../process/task.ts";
import type { Raised } from "../term/error.ts";
import type { Scheduler } from "./scheduler.ts";

/** Takes the running process off the schedule until `release`, `fail` or `unhold`. The caller returns `U`. */
export function hold(scheduler: Scheduler, p: Process): void {
  p.status = HELD;
  scheduler.held.add(p);
  S.trace?.({ type: "hold", process: p });
}

/** Puts a held process back on the schedule; how it goes on has been seen to. */
export function unhold(scheduler: Scheduler, p: Process): void {
  scheduler.held.delete(p);
  p.status = RUNNABLE;
  if (scheduler.trace !== null) scheduler.trace({ type: "release", process: p });
  if (S.p !== p) scheduler.ready(p);
}

/** Continues a held process with a value. */
export function release(scheduler: Scheduler, p: Process, value: unknown): void {
  if (p.status !== HELD) return;
  resumeWith(p, value);
  unhold(scheduler, p);
}

/** Continues a held process with an error. */
export function fail(scheduler: Scheduler, p: Process, raised: Raised): void {
  if (p.status !== HELD) return;
  resumeRaising(p, raised);
  unhold(scheduler, p);
}

/** Waits in a task for a promise of the host. */
export function* awaitPromise<Result>(scheduler: Scheduler, promise: PromiseLike<Result>): Task<Result> {
  const { p } = S;
  hold(scheduler, p);
  promise.then(
    (value) => release(scheduler, p, value),
    (reason) => fail(scheduler, p, toRaised(reason)),
  );
  return (yield U) as Result;
}
