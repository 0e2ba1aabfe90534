/**
 * Processes whose body is a TypeScript function called with each message in turn: the output device, services
 * of the host. They are scheduled, linked and monitored like all others.
 */

import { extraOf } from "../process/extra.ts";
import { toRaised } from "../process/host-error.ts";
import { register } from "../process/names.ts";
import { type Process, SYSTEM } from "../process/process.ts";
import { consume, S, save1, wait1, yield1 } from "../process/stack.ts";
import type { Atom } from "../term/atom.ts";
import type { Term } from "../term/term.ts";
import { fail, hold, release } from "./hold.ts";
import type { Scheduler } from "./scheduler.ts";

/** Handles one message. While the promise that it returns is pending, the next message waits. */
export type MessageHandler = (message: Term, process: Process) => void | Promise<void>;

/** Starts a process that handles messages in TypeScript, part of the system unless told otherwise. */
export function spawnNative(
  scheduler: Scheduler,
  handler: MessageHandler,
  options: { name?: Atom; label?: Term; system?: boolean } = {},
): Process {
  const p = scheduler.enter(() => scheduler.spawn(() => pump(handler), null, undefined));
  if (options.system ?? true) p.flags |= SYSTEM;
  if (options.name !== undefined) register(scheduler, options.name, p);
  if (options.label !== undefined) extraOf(p).label = options.label;
  return p;
}

function pump(handler: MessageHandler): unknown {
  const p = S.p;
  while (p.head !== null) {
    if (--S.r < 0) return yield1(pump, handler);
    const { term } = p.head;
    consume(p, null, p.head);
    const pending = handler(term, p);
    if (pending instanceof Promise) {
      const scheduler = S.system as Scheduler;
      hold(scheduler, p);
      pending.then(
        () => release(scheduler, p, undefined),
        (reason) => fail(scheduler, p, toRaised(reason)),
      );
      return save1(resumePump, 1, handler);
    }
  }
  return wait1(p, null, pump, handler);
}

function resumePump(frame: { a: unknown }): unknown {
  return pump(frame.a as MessageHandler);
}
