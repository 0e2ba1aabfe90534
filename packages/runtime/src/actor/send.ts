/** Sending, at once and later. */
import { EXITED } from "../process/process.ts";
import { S } from "../process/stack.ts";
import { Timer } from "../process/timer.ts";
import { nextReferenceId } from "../term/identifier.ts";
import { forReceiver } from "./bridge.ts";
import { copy } from "./copy.ts";
import { type Destination, processOf } from "./pid.ts";
import { milliseconds } from "./receive.ts";
import { here, homeOf } from "./system.ts";

export interface SendOptions {
  /** Buffers to move to the receiver in place of copying them. */
  readonly transfer?: readonly ArrayBuffer[];
}

/** Sends a message: a copy, unless it is immutable. To a dead process it goes nowhere; a name must be registered. */
export function send<M>(to: Destination<M>, message: M, options?: SendOptions): void {
  const p = processOf(to);
  if (p === null) {
    if (typeof to === "string") throw new Error(`no process is registered as ${JSON.stringify(to)}`);
    return;
  }
  const copied = copy(message, options?.transfer);
  if (S.p !== null) S.system.send(p, forReceiver(p, copied));
  else if (p.status !== EXITED) {
    const scheduler = homeOf(p);
    scheduler.enter(() => scheduler.send(p, forReceiver(p, copied)));
  }
}

export type TimerRef = Timer;

/** Sends a message after some milliseconds. */
export function sendAfter<M>(to: Destination<M>, message: M, time: number): TimerRef {
  const copied = copy(message);
  const scheduler = here();
  const timer = new Timer(nextReferenceId(), scheduler, () => {
    const p = processOf(to);
    if (p !== null) scheduler.send(p, forReceiver(p, copied));
  });
  scheduler.arm(timer, scheduler.now() + (milliseconds(time, "the time of sendAfter") ?? Infinity));
  return timer;
}

/** Stops a timer: the milliseconds that were left, or `false` when it had fired or was stopped before. */
export function cancelTimer(timer: TimerRef): number | false {
  if (!timer.armed) return false;
  const scheduler = timer.subject as ReturnType<typeof here>;
  scheduler.disarm(timer);
  return Math.max(0, Math.ceil(timer.deadline - scheduler.now()));
}
