/**
 * The receive half of the suspension protocol. A receive is a function of its own that walks the mailbox:
 *
 *     function rx(x) {
 *       const p = S.p;
 *       let before = p.saved;
 *       let message = before === null ? p.head : before.next;
 *       for (;;) {
 *         if (message === null) return wait1(p, before, rx, x);
 *         if (…message.term matches…) { consume(p, before, message); return …; }
 *         before = message;
 *         message = message.next;
 *       }
 *     }
 *
 * When all its patterns contain one variable's value, `before` starts as `receiveFrom(p, ref)`: a reference that was made
 * with messages waiting is in none of them.
 *
 * The save pointer makes sure that a message is looked at once, however often the process wakes.
 */
import { atom } from "../term/atom.ts";
import { error } from "../term/error.ts";
import type { Reference } from "../term/identifier.ts";
import type { Term } from "../term/term.ts";
import { type Message, type Process, WAITING } from "./process.ts";
import { S, type U, yield0, yield1, yield2, yield3, yield4, yieldN } from "./stack.ts";
import type { TraceEvent, TraceSink } from "./trace.ts";

const INFINITY = atom("infinity");
const MAX_TIMEOUT = 0xffffffff;

/**
 * No message matches: sleep until another arrives, then call `code` again, which goes on behind `seen`,
 * the last message it looked at (`null` in an empty mailbox). The arguments are in one array; `wait0`
 * to `wait4` make none, which saves an idle process 50 bytes.
 *
 * A receive with `after` asks `receiveTimeout` first:
 *
 *     if (k === null) { if (receiveTimeout(p, timeout)) …the after body…; else return wait2(p, q, rx, x, timeout); }
 */
export function wait(p: Process, seen: Message | null, code: Function, args: unknown[]): typeof U {
  waitBehind(p, seen);
  return yieldN(code, args);
}

export function wait0(p: Process, seen: Message | null, code: Function): typeof U {
  waitBehind(p, seen);
  return yield0(code);
}

export function wait1(p: Process, seen: Message | null, code: Function, a: unknown): typeof U {
  waitBehind(p, seen);
  return yield1(code, a);
}

export function wait2(p: Process, seen: Message | null, code: Function, a: unknown, b: unknown): typeof U {
  waitBehind(p, seen);
  return yield2(code, a, b);
}

export function wait3(
  p: Process,
  seen: Message | null,
  code: Function,
  a: unknown,
  b: unknown,
  c: unknown,
): typeof U {
  waitBehind(p, seen);
  return yield3(code, a, b, c);
}

export function wait4(
  p: Process,
  seen: Message | null,
  code: Function,
  a: unknown,
  b: unknown,
  c: unknown,
  d: unknown,
): typeof U {
  waitBehind(p, seen);
  return yield4(code, a, b, c, d);
}

/** Sleeps until a message arrives behind `seen`; the caller sees to how the process goes on. */
export function waitBehind(p: Process, seen: Message | null): void {
  if (S.trace !== null)
    traceReceive(p, seen, { type: "block", process: p, until: p.timer?.deadline ?? null });
  p.saved = seen;
  p.status = WAITING;
}

/** Notes which messages were there before a reference of the process. */
export function markMailbox(p: Process, reference: Reference): void {
  const last = p.last ?? p.head;
  if (last === null) return;
  const { mark } = p;
  if (mark === null) p.mark = { reference, message: last };
  else {
    mark.reference = reference;
    mark.message = last;
  }
}

/**
 * The message behind which a receive begins, all of whose patterns contain these terms, to be called when it starts or
 * wakes.
 */
export function receiveFrom(p: Process, a: Term, b?: Term, c?: Term): Message | null {
  const { saved, mark } = p;
  if (saved !== null || mark === null) return saved;
  const { reference } = mark;
  return reference === a || reference === b || reference === c ? mark.message : null;
}

/** Takes `message` out of the mailbox, `before` being the one in front of it. */
export function unlinkMessage(p: Process, before: Message | null, message: Message): void {
  if (before === null) p.head = message.next;
  else before.next = message.next;
  if (message === p.last) p.last = before;
  if (p.mark !== null && p.mark.message === message) p.mark.message = before;
  p.mailboxLength--;
}

/**
 * Whether the `after` body of a receive of compiled code is due. `timeout` is any term; a wrong one is thrown as `timeout_value` when the
 * receive starts.
 */
export function receiveTimeout(p: Process, timeout: Term): boolean {
  if (p.timer === null) {
    if (timeout === INFINITY) return false;
    if (typeof timeout !== "number" || timeout < 0 || timeout > MAX_TIMEOUT) throw error("timeout_value");
  }
  return timedOut(p, timeout as number);
}

/**
 * Whether a receive that ends after so many milliseconds is due. To be asked each time that no message matches: the first time
 * it starts the timer, later it tells whether the timer has fired. When true the receive is over.
 */
export function timedOut(p: Process, timeout: number): boolean {
  const timer = p.timer;
  if (timer === null) {
    if (timeout !== 0) {
      S.system.startReceiveTimer(p, timeout);
      return false;
    }
  } else if (timer.slot >= 0) return false;
  if (S.trace !== null) traceReceive(p, p.last ?? p.head, { type: "timeout", process: p });
  p.timer = null;
  p.saved = null;
  return true;
}

/** Takes `message` out of the mailbox, `before` being the one in front of it, and ends the receive. */
export function consume(p: Process, before: Message | null, message: Message): void {
  if (S.trace !== null) traceReceive(p, before, { type: "match", process: p, message });
  unlinkMessage(p, before, message);
  p.saved = null;
  if (p.timer !== null) S.system.stopReceiveTimer(p);
}

/** Tells the messages that the receive has skipped on its way to `seen`, and what then has happened. */
function traceReceive(p: Process, seen: Message | null, event: TraceEvent): void {
  const trace = S.trace as TraceSink;
  if (seen !== p.saved && seen !== null) {
    let message = p.saved === null ? p.head : p.saved.next;
    while (message !== null) {
      trace({ type: "skip", process: p, message });
      if (message === seen) break;
      message = message.next;
    }
  }
  trace(event);
}
