/**
 * The life of a server, in the protocol of OTP's `gen_server` and `proc_lib`: whoever starts it waits for its `init`; calls, casts, other messages
 * and those of `:sys` are told apart by their form; its end is reported, unless it is in order.
 */

import { unlink as unlinkProcesses } from "../process/links.ts";
import type { Process } from "../process/process.ts";
import { S } from "../process/stack.ts";
import { EXIT } from "../process/system.ts";
import { atom, ERROR, OK } from "../term/atom.ts";
import { makeReference } from "../term/identifier.ts";
import type { Term } from "../term/term.ts";
import { Tuple2, Tuple3, Tuple5 } from "../term/tuple.ts";
import { noteParent } from "./ancestors.ts";
import { answerWith, GEN_CALL, GEN_CAST } from "./call.ts";
import { type AnyCallbacks, StartError, type StartOptions, type Then } from "./callbacks.ts";
import type { From } from "./caller.ts";
import { copy } from "./copy.ts";
import type { Inspectable } from "./inspect.ts";
import { type AsyncOperation, type Body, isGenerator, returned } from "./operation.ts";
import { checkOptions, START } from "./options.ts";
import { type Destination, type Pid, processOf, type ServerPid } from "./pid.ts";
import { demonitor, exit, link, monitor, operation, spawn, unlink } from "./process.ts";
import { crashReason, ExitError, fromReason, isOrderly, NORMAL, toReason } from "./reason.ts";
import { type Down, milliseconds, nextTerm, receiveTerm, view } from "./receive.ts";
import { shortly, unexpected } from "./show.ts";
import { current, running } from "./system.ts";

/** @internal */
export const SYSTEM = atom("system");
/** @internal */
export const TERMINATE = atom("terminate");
const GET_STATE = atom("get_state");
const UNKNOWN_MESSAGE = atom("unknown_system_msg");

/** @internal */
export function begin(
  callbacks: AnyCallbacks,
  argument: unknown,
  options: StartOptions,
  linked: boolean,
  kind: string,
): AsyncOperation<ServerPid> {
  checkOptions(options, START);
  const { timeout, ...spawning } = options;
  const time = milliseconds(timeout, "the timeout of a start");
  if (typeof callbacks?.init !== "function")
    throw unexpected("a server is an object of callbacks with an init function", callbacks);
  return operation(function* () {
    const parent = running("start");
    const taken = options.name !== undefined && processOf(options.name as Destination);
    if (taken) throw new StartError("already_started", taken);
    const started = makeReference();
    const server: Server = { callbacks, kind, parent, started, state: undefined, message: undefined };
    const pid = spawn(() => serve(server, argument), spawning) as Process;
    pid.x1 = server;
    noteParent(pid, parent);
    if (linked) link(pid);
    const ref = monitor(pid);
    const term = yield* receiveTerm(
      (m) => (m instanceof Tuple2 && m.a === started) || (m instanceof Tuple5 && m.b === ref),
      time,
    );
    demonitor(ref);
    if (term === undefined) {
      if (linked) unlink(pid);
      exit(pid, "kill");
      throw new StartError("timeout");
    }
    if (!(term instanceof Tuple2)) throw new StartError((view(term) as Down).reason);
    if (term.b !== OK) throw new StartError(fromReason(term.b));
    return pid as Pid as ServerPid;
  });
}

/** What a server is while it runs; the state lives here, where it can be looked at. */
interface Server extends Inspectable {
  readonly callbacks: AnyCallbacks;
  readonly parent: Process;
  /** The reference by which its parent hears of it. */
  readonly started: Term;
  state: any;
  /** What it handles now, for the report of a crash. */
  message: unknown;
}

/** The life of a server: start, message after message, end. */
function* serve(server: Server, argument: unknown): Body {
  const { callbacks } = server;
  const p = S.p;
  let next: any;
  try {
    next = callbacks.init(argument);
    if (isGenerator(next)) next = yield* next;
    if (next === "ignore") return failStart(server, p, atom(next), NORMAL);
    if ("stop" in Object(next)) exitWith(toReason(next.stop));
    if (!("state" in Object(next))) badResult("init", next);
  } catch (thrown) {
    const reason = crashReason(thrown);
    return failStart(server, p, reason, reason);
  }
  S.system.send(server.parent, new Tuple2(server.started, OK));
  /** Who waits for the answer that the last callback may have. */
  let from: From | null = null;
  try {
    for (;;) {
      // -- What the last callback wants
      if (isGenerator(next)) next = yield* next;
      const asker = from;
      from = null;
      let time: number | undefined;
      if (next !== undefined) {
        if (typeof next !== "object" || next === null || "then" in next) badResult("a callback", next);
        for (const key in next)
          if (key !== "state" && key !== "reply" && key !== "stop" && key !== "timeout" && key !== "continue")
            badResult("a callback", next);
        if ("reply" in next) {
          if (asker === null) badResult("a callback without a caller", next);
          answerWith(asker, copy(next.reply));
        }
        if ("state" in next) server.state = next.state;
        if ("stop" in next) exitWith(toReason(next.stop));
        if (next.continue !== undefined) {
          const { continue: argument } = next;
          server.message = argument;
          if (callbacks.handleContinue === undefined) missing("handleContinue", argument);
          next = callbacks.handleContinue(argument, server.state);
          continue;
        }
        time = next.timeout;
      }
      // -- The next message
      const term =
        time === undefined ? yield* nextTerm : yield* receiveTerm(null, milliseconds(time, "a timeout"));
      if (term instanceof Tuple3 && term.a === GEN_CALL) {
        const request = view(term.c);
        server.message = request;
        if (callbacks.handleCall === undefined) missing("handleCall", request);
        next = callbacks.handleCall(request, term.b as From, server.state);
        from = term.b as From;
      } else if (term instanceof Tuple2 && term.a === GEN_CAST) {
        const message = view(term.b);
        server.message = message;
        if (callbacks.handleCast === undefined) missing("handleCast", message);
        next = callbacks.handleCast(message, server.state);
      } else if (term === undefined && time !== undefined) {
        next = callbacks.handleTimeout?.(server.state);
      } else if (term instanceof Tuple3 && term.a === SYSTEM) {
        next = handleSystem(server, term.b as From, term.c, next);
      } else if (term instanceof Tuple3 && term.a === EXIT && term.b === server.parent) {
        exitWith(term.c);
      } else {
        const message = view(term);
        server.message = message;
        next = callbacks.handleInfo?.(message, server.state);
      }
    }
  } catch (thrown) {
    let reason = crashReason(thrown);
    try {
      const last = callbacks.terminate?.(fromReason(reason), server.state);
      if (isGenerator(last)) yield* last;
    } catch (thrown) {
      reason = crashReason(thrown);
    }
    if (!isOrderly(reason)) {
      const name = p.extra?.name?.name ?? null;
      const { message, state } = server;
      current().onCrash({ kind: "server", pid: p, name, reason: fromReason(reason), message, state });
    }
    exitWith(reason);
  }
}

/** Tells whoever has started the server that there is none; its link does not need to. */
function failStart(server: Server, p: Process, told: Term, reason: Term): void {
  unlinkProcesses(p, server.parent);
  // The name is free before anyone hears of it.
  if (p.extra?.name) S.system.unregister(p.extra.name);
  S.system.send(server.parent, new Tuple2(server.started, told));
  if (reason !== NORMAL) exitWith(reason);
}

function exitWith(reason: Term): never {
  throw new ExitError(fromReason(reason), undefined, reason);
}

function badResult(callback: string, value: unknown): never {
  throw new TypeError(
    `${callback} of a server returned ${returned(value)}: it returns { state }, { reply, state } or { stop }`,
  );
}

function missing(callback: string, message: unknown): never {
  throw new Error(`the server has no ${callback} for ${shortly(message)}`);
}

/** The messages of `:sys`, by which `stop` and tools of Elixir speak to any process of OTP. */
function handleSystem(server: Server, from: From, request: Term, next?: Then): Then {
  if (request === GET_STATE) answerWith(from, new Tuple2(OK, server.state));
  else if (request instanceof Tuple2 && request.a === TERMINATE) {
    answerWith(from, OK);
    exitWith(request.b);
  } else answerWith(from, new Tuple2(ERROR, new Tuple2(UNKNOWN_MESSAGE, request)));
  // A timeout begins anew; a continuation is over.
  return { timeout: next?.timeout };
}
