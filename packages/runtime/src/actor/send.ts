/** Sending, at once and later. */
import type { Process } from "../process/process.ts";
import { S } from "../process/stack.ts";
import { Timer } from "../process/timer.ts";
import { nextReferenceId, type Reference, type Pid as TermPid } from "../term/identifier.ts";
import type { Term } from "../term/term.ts";
import { forReceiver } from "./bridge.ts";
import { copy } from "./copy.ts";
import { checkOptions } from "./options.ts";
import { type Destination, processOf } from "./pid.ts";
import { spawn } from "./process.ts";
import { milliseconds } from "./receive.ts";
import { shortly, unexpected } from "./show.ts";
import { here, homeOf } from "./system.ts";

/** How a message is sent. */
export interface SendOptions {
  /** Buffers to move to the receiver in place of copying them. */
  readonly transfer?: readonly ArrayBuffer[];
}

/**
 * Sends a message: a copy, unless it is immutable. To a dead process it goes nowhere. Works inside and outside of
 * processes. Mirrors `send/2`.
 *
 * Throws a `TypeError` for a message that cannot be copied, which names the part that cannot, and an `Error` for a name that nobody has.
 */
export function send<M>(to: Destination<M>, message: M, options?: SendOptions): void {
  const p = processOf(to);
  if (p === null) {
    if (typeof to === "string") throw new Error(`no process is registered as ${shortly(to)}`);
    return;
  }
  if (options !== undefined) checkOptions(options, "transfer");
  const transfer = options?.transfer;
  if (transfer && !transfer.every?.((buffer) => buffer instanceof ArrayBuffer))
    throw unexpected("transfer is an array of ArrayBuffers", transfer);
  deliver(p, p, forReceiver(p, copy(message, transfer)));
}

/** Sends to a process, or to an alias of it, from wherever this is. @internal */
export function deliver(p: Process, to: TermPid | Reference, message: Term): void {
  if (S.p !== null) S.system.send(to, message);
  else {
    const scheduler = homeOf(p);
    scheduler.enter(() => scheduler.send(to, message));
  }
}

/** A running timer of `sendAfter`. */
export interface TimerRef {
  readonly id: number;
}

/**
 * Sends a message after some milliseconds. The destination is looked up then: a name may have another process by that time.
 * Mirrors `Process.send_after/3`.
 */
export function sendAfter<M>(to: Destination<M>, message: M, time: number): TimerRef {
  const due = milliseconds(time, "the time of sendAfter");
  const copied = copy(message);
  // What is no destination is the sender's error, and none of the timer's.
  processOf(to);
  const scheduler = here();
  const timer = new Timer(nextReferenceId(), scheduler, () => {
    try {
      const p = processOf(to);
      if (p !== null) scheduler.send(p, forReceiver(p, copied));
    } catch (thrown) {
      // The error of a user's `Via` is reported, and ends no more than a process of its own.
      spawn(() => {
        throw thrown;
      });
    }
  });
  if (due !== undefined) scheduler.arm(timer, scheduler.now() + due);
  return timer;
}

/**
 * Stops a timer. The milliseconds that were left, or `false` when it has fired or was stopped before. Mirrors
 * `Process.cancel_timer/1`.
 */
export function cancelTimer(timer: TimerRef): number | false {
  if (!(timer instanceof Timer)) throw new TypeError("cancelTimer takes what sendAfter has returned");
  if (!timer.armed) return false;
  const scheduler = timer.subject as ReturnType<typeof here>;
  scheduler.disarm(timer);
  return Math.max(0, Math.ceil(timer.deadline - scheduler.now()));
}
