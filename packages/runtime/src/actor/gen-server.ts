import { makeReference } from "../term/identifier.ts";
import { Cons } from "../term/list.ts";
import { Tuple2, Tuple3 } from "../term/tuple.ts";
import { ALIAS } from "./call.ts";
import type { Callbacks, CallResult, Maybe, ReplyOf, StartOptions } from "./callbacks.ts";
import { Caller } from "./caller.ts";
import { type ChildOptions, type ChildSpec, specOf } from "./child-spec.ts";
import { copy } from "./copy.ts";
import type { AsyncOperation } from "./operation.ts";
import { START } from "./options.ts";
import { type Destination, processOf, type ServerPid } from "./pid.ts";
import { demonitor, monitor, operation } from "./process.ts";
import { ExitError, type Reason, toReason } from "./reason.ts";
import { type Down, milliseconds, receiveDown } from "./receive.ts";
import { deliver } from "./send.ts";
import { begin, SYSTEM, TERMINATE } from "./server.ts";
import { shortly } from "./show.ts";
import { running } from "./system.ts";

export * from "./callbacks.ts";
export type * from "./child-spec.ts";

/** Gives callbacks their types where they are kept in a variable. */
export function define<
  Start,
  State,
  Request = never,
  Out extends Maybe<CallResult<unknown, State>> = Maybe<CallResult<any, State>>,
  Cast = never,
  Info = never,
>(
  callbacks: Callbacks<Start, State, Request, Out, Cast, Info>,
): Callbacks<Start, State, Request, Out, Cast, Info> {
  return callbacks;
}

/**
 * Starts a server and waits until its `init` is done. Throws a `StartError` when there is none then. Mirrors `GenServer.start/3`.
 *
 * @example
 * const counter = await GenServer.start({
 *   init: (from: number) => ({ state: from }),
 *   handleCall: (by: number, _from, count) => ({ reply: count + by, state: count + by }),
 * }, 10);
 * await call(counter, 5); // 15
 */
export function start<
  Start,
  State,
  Request = never,
  Out extends Maybe<CallResult<unknown, State>> = Maybe<CallResult<any, State>>,
  Cast = never,
  Info = never,
>(
  callbacks: Callbacks<Start, State, Request, Out, Cast, Info>,
  argument?: Start,
  options: StartOptions = {},
): AsyncOperation<ServerPid<Request, ReplyOf<Out>, Cast, Info>> {
  return begin(callbacks, copy(argument), options, false, "GenServer");
}

/** As `start`, linked to the process that starts it: for supervisors. Mirrors `GenServer.start_link/3`. */
export function startLink<
  Start,
  State,
  Request = never,
  Out extends Maybe<CallResult<unknown, State>> = Maybe<CallResult<any, State>>,
  Cast = never,
  Info = never,
>(
  callbacks: Callbacks<Start, State, Request, Out, Cast, Info>,
  argument?: Start,
  options: StartOptions = {},
): AsyncOperation<ServerPid<Request, ReplyOf<Out>, Cast, Info>> {
  return begin(callbacks, copy(argument), options, true, "GenServer");
}

/**
 * Stops a server with a reason and waits for its end: its `terminate` is called. Throws an `ExitError` when it is dead already
 * (`"noproc"`), ends for another reason, or takes too long (`"timeout"`). Mirrors `GenServer.stop/3`.
 */
export function stop(
  server: Destination<never>,
  reason: Reason = "normal",
  timeout = Infinity,
): AsyncOperation<void> {
  const time = milliseconds(timeout, "the timeout of a stop");
  return operation(function* () {
    const p = processOf(server);
    if (p === null) throw new ExitError("noproc");
    const ref = monitor(p);
    const term = toReason(reason);
    // The answer goes nowhere: the end of the server is what counts.
    const from = new Caller(running("stop"), new Cons(ALIAS, makeReference()));
    deliver(p, p, new Tuple3(SYSTEM, from, new Tuple2(TERMINATE, term)));
    const down: Down | undefined = yield* receiveDown(ref, time);
    demonitor(ref);
    if (down === undefined) throw new ExitError("timeout");
    if (toReason(down.reason) !== term && shortly(down.reason) !== shortly(reason))
      throw new ExitError(down.reason);
  }, server);
}

/** The specification of a server as a supervisor's child; its id is its name unless given. */
export function child<Start>(
  callbacks: Callbacks<Start, any, any, any, any, any>,
  argument?: Start,
  options: StartOptions & ChildOptions = {},
): ChildSpec {
  return specOf("GenServer", options, START, (rest) => startLink(callbacks, argument, rest));
}
