/**
 * A timer: what `send_after` and `start_timer` return, and the timeout of a receive. It is its own reference.
 *
 * `slot` is its place in the heap of armed timers (`scheduler/timer-heap.ts`), so that cancelling needs no
 * search; negative when it has fired or was cancelled.
 */
import { LOCAL_NODE, Reference } from "../term/identifier.ts";

/** The `slot` of a timeout whose clock is still to be read: armed, but not in the heap yet. */
export const UNREAD = 1 << 30;
/** The `slot` of one that was cancelled while it was `UNREAD`: it is still where those wait, and can be armed again there. */
export const DORMANT = -2;

export class Timer extends Reference {
  /** In milliseconds of the scheduler's clock; while the slot is `UNREAD`, how long it is to take. */
  deadline = 0;
  /** Orders timers of equal deadline by when they were set. */
  order = 0;
  slot = -1;
  fire: (timer: Timer) => void;
  /** Whom it concerns: a process, or what the code that set it wants to remember. */
  subject: unknown;

  constructor(id: number, subject: unknown, fire: (timer: Timer) => void) {
    super(LOCAL_NODE, id);
    this.subject = subject;
    this.fire = fire;
  }

  get armed(): boolean {
    return this.slot >= 0;
  }
}
