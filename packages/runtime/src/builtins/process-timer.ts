/** `:erlang`, timers that send messages. */
import { Process } from "../process/process.ts";
import { S } from "../process/stack.ts";
import { Timer } from "../process/timer.ts";
import { Atom, atom, FALSE, OK, TRUE } from "../term/atom.ts";
import { badarg } from "../term/error.ts";
import { LOCAL_NODE, nextReferenceId, Pid, Reference } from "../term/identifier.ts";
import { EMPTY, listToArray } from "../term/list.ts";
import type { Term } from "../term/term.ts";
import { Tuple2, Tuple3 } from "../term/tuple.ts";
import type { NativeModule } from "./native.ts";

const TIMEOUT = atom("timeout");
const ABS = atom("abs");
const ASYNC = atom("async");
const INFO = atom("info");
const CANCEL_TIMER = atom("cancel_timer");
const READ_TIMER = atom("read_timer");
/** The longest that Erlang allows: its clock counts 2^63 nanoseconds. */
const MAX_TIME = 9_223_372_000_000;

/** A timer that a program set, with what it will send and to whom. */
class MessageTimer extends Timer {
  readonly to: Pid | Atom;
  message: Term;

  constructor(to: Pid | Atom) {
    super(nextReferenceId(), null, expired);
    this.to = to;
    this.message = EMPTY;
  }

  /** Still to fire, and for somebody. A timer ends with the process that it is for. */
  get pending(): boolean {
    return this.armed && (this.to instanceof Atom || S.system.find(this.to) !== null);
  }
}

function expired(timer: Timer): void {
  const { to, message } = timer as MessageTimer;
  const target = to instanceof Atom ? S.system.names.get(to) : to;
  if (target !== undefined) S.system.send(target, message);
}

/** `{option, boolean}` pairs as a set of the true ones; `null` when something else is among them. */
function booleanOptions(options: Term, allowed: readonly Atom[], initial: Atom[] = []): Set<Atom> | null {
  const result = new Set(initial);
  const items = listToArray(options);
  if (items === null) return null;
  for (const item of items) {
    if (!(item instanceof Tuple2) || !allowed.includes(item.a as Atom)) return null;
    if (item.b === TRUE) result.add(item.a as Atom);
    else if (item.b === FALSE) result.delete(item.a as Atom);
    else return null;
  }
  return result;
}

function start(
  name: string,
  time: Term,
  to: Term,
  message: Term,
  options: Term | null,
  wrap: (timer: Timer, message: Term) => Term,
): Timer {
  const chosen = booleanOptions(options ?? EMPTY, [ABS]);
  const local = to instanceof Atom || to instanceof Process || (to instanceof Pid && to.node === LOCAL_NODE);
  const absolute = chosen?.has(ABS) ?? false;
  if (chosen === null || !local || typeof time !== "number" || time > MAX_TIME || (!absolute && time < 0)) {
    throw badarg("erlang", name, options === null ? [time, to, message] : [time, to, message, options]);
  }
  const timer = new MessageTimer(to as Pid | Atom);
  timer.message = wrap(timer, message);
  S.system.arm(timer, absolute ? time : S.system.now() + time);
  return timer;
}

const plain = (_timer: Timer, message: Term) => message;
const wrapped = (timer: Timer, message: Term) => new Tuple3(TIMEOUT, timer, message);

function left(ref: Reference): Term {
  if (!(ref instanceof MessageTimer) || !ref.pending) return FALSE;
  return Math.max(0, Math.ceil(ref.deadline - S.system.now()));
}

function cancel(ref: Term, options: Term | null): Term {
  const chosen = booleanOptions(options ?? EMPTY, [ASYNC, INFO], [INFO]);
  if (!(ref instanceof Reference) || chosen === null) {
    throw badarg("erlang", "cancel_timer", options === null ? [ref] : [ref, options]);
  }
  const result = left(ref);
  if (ref instanceof Timer && ref.armed) S.system.disarm(ref);
  return answer(CANCEL_TIMER, ref, result, chosen);
}

function read(ref: Term, options: Term | null): Term {
  const chosen = booleanOptions(options ?? EMPTY, [ASYNC], [INFO]);
  if (!(ref instanceof Reference) || chosen === null) {
    throw badarg("erlang", "read_timer", options === null ? [ref] : [ref, options]);
  }
  return answer(READ_TIMER, ref, left(ref), chosen);
}

function answer(tag: Atom, ref: Reference, result: Term, options: Set<Atom>): Term {
  if (!options.has(ASYNC)) return options.has(INFO) ? result : OK;
  if (options.has(INFO)) S.system.deliver(S.p, new Tuple3(tag, ref, result));
  return OK;
}

export const erlangTimer: NativeModule = {
  module: "erlang",
  functions: {
    "send_after/3": (time, to, message) => start("send_after", time, to, message, null, plain),
    "send_after/4": (time, to, message, options) => start("send_after", time, to, message, options, plain),
    "start_timer/3": (time, to, message) => start("start_timer", time, to, message, null, wrapped),
    "start_timer/4": (time, to, message, options) =>
      start("start_timer", time, to, message, options, wrapped),
    "cancel_timer/1": (ref) => cancel(ref, null),
    "cancel_timer/2": cancel,
    "read_timer/1": (ref) => read(ref, null),
    "read_timer/2": read,
  },
};
