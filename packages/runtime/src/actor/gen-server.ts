/**
 * Servers from an object of callbacks, as OTP's `gen_server`: the same protocol, the same order of start and end, the same
 * exit reasons. A callback is a plain function, or a generator function where it has to wait; what it returns says what
 * happens next.
 */
import type { Process } from "../process/process.ts";
import { S } from "../process/stack.ts";
import { atom, OK } from "../term/atom.ts";
import { makeReference } from "../term/identifier.ts";
import { Cons } from "../term/list.ts";
import type { Term } from "../term/term.ts";
import { Tuple2, Tuple3, Tuple5 } from "../term/tuple.ts";
import { noteParent } from "./ancestors.ts";
import { ALIAS, answerWith, GEN_CALL, GEN_CAST } from "./call.ts";
import { Caller, type From } from "./caller.ts";
import { copy } from "./copy.ts";
import type { Inspectable } from "./inspect.ts";
import { type AsyncOperation, type Body, isGenerator, type Operation, type Suspend } from "./operation.ts";
import { type Destination, type Pid, processOf, type ServerPid } from "./pid.ts";
import { demonitor, kill, link, monitor, operation, type SpawnOptions, spawn, unlink } from "./process.ts";
import { crashReason, ExitError, fromReason, isOrderly, NORMAL, type Reason, toReason } from "./reason.ts";
import { Down, EXIT, milliseconds, nextTerm, receive, receiveTerm, view } from "./receive.ts";
import { deliver } from "./send.ts";
import { shortly } from "./show.ts";
import { current, running } from "./system.ts";

/** A callback may be a generator function, to wait in it. */
export type Maybe<Result> = Result | Generator<Suspend<any>, Result, any>;

/** What a server does before it takes the next message. */
export interface Then {
  /** Milliseconds after which `handleTimeout` is called, unless a message comes first. */
  readonly timeout?: number;
  /** Calls `handleContinue` with it at once. */
  readonly continue?: unknown;
}

/** The first state of a server; or why there is to be none. */
export type InitResult<State> = ({ readonly state: State } & Then) | { readonly stop: Reason } | "ignore";

/** The next state, unless it stays the same; or why the server stops. Nothing: the state stays the same. */
export type Result<State> =
  | ({ readonly state?: State } & Then)
  | { readonly stop: Reason; readonly state?: State }
  // biome-ignore lint/suspicious/noConfusingVoidType: a callback need not return anything.
  | void;

/** As `Result`, with the answer; without one, it is given later, by `reply(from, …)`. */
export type CallResult<Reply, State> =
  | ({ readonly reply?: Reply; readonly state?: State } & Then)
  | { readonly stop: Reason; readonly reply?: Reply; readonly state?: State }
  // biome-ignore lint/suspicious/noConfusingVoidType: a callback need not return anything.
  | void;

/** The replies among what `handleCall` returns; any, when it gives none itself. */
export type ReplyOf<Out> = RepliesIn<Out extends Generator<any, infer Returned, any> ? Returned : Out>;
type RepliesIn<Out> = [Extract<Out, { readonly reply: unknown }>] extends [never]
  ? any
  : Extract<Out, { readonly reply: unknown }>["reply"];

/** What a server is made of. Only `init` must be there. Mirrors the callbacks of `GenServer`. */
export interface Callbacks<Start, State, Request, Out, Cast, Info> {
  /** Makes the first state. Whoever starts the server waits for it. */
  init(start: Start): Maybe<InitResult<State>>;
  /** Answers a `call`. */
  handleCall?(request: Request, from: From, state: State): Out;
  /** Handles a `cast`. */
  handleCast?(message: Cast, state: State): Maybe<Result<State>>;
  /** Handles any other message, those of the system (`Down`, `Exit`) among them. */
  handleInfo?(message: Info, state: State): Maybe<Result<State>>;
  /** Goes on after a callback that has returned `continue`, before any message. */
  handleContinue?(argument: any, state: State): Maybe<Result<State>>;
  /** No message has come within the `timeout` of the last callback. Mirrors the message `:timeout`. */
  handleTimeout?(state: State): Maybe<Result<State>>;
  /**
   * The server stops: by a callback's result or error, by `stop`, or, when it traps exits, by its parent. Not called when a signal ends it.
   */
  terminate?(reason: Reason, state: State): Maybe<unknown>;
}

export interface StartOptions extends SpawnOptions {
  /** Milliseconds that `init` may take; for ever unless given. */
  readonly timeout?: number;
}

/** A server could not be started: `init` has failed (`cause`), stopped, or taken too long, or the name is taken. */
export class StartError extends Error {
  readonly reason: Reason;
  /** Of `"already_started"`: the process that has the name. */
  readonly pid: Pid | undefined;

  constructor(reason: Reason, pid?: Pid) {
    super(`the server could not be started: ${shortly(reason instanceof Error ? reason.message : reason)}`, {
      cause: reason,
    });
    this.name = "StartError";
    this.reason = reason;
    this.pid = pid;
  }
}

/** Any set of callbacks. */
export type AnyCallbacks = Callbacks<any, any, any, any, any, any>;

const SYSTEM = atom("system");
const TERMINATE = atom("terminate");
const GET_STATE = atom("get_state");
const ERROR = atom("error");
const UNKNOWN_MESSAGE = atom("unknown_system_msg");

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

/** @internal */
export function begin(
  callbacks: AnyCallbacks,
  argument: unknown,
  options: StartOptions,
  linked: boolean,
  kind: string,
): AsyncOperation<ServerPid> {
  const time = milliseconds(options.timeout, "the timeout of a start");
  return operation(function* () {
    const parent = running("start");
    const taken = options.name === undefined ? null : processOf(options.name as Destination);
    if (taken !== null) throw new StartError("already_started", taken);
    const started = makeReference();
    const server = new Server(callbacks, kind, parent, started);
    const pid = spawn(() => serve(server, argument), options) as Process;
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
      kill(pid);
      throw new StartError("timeout");
    }
    if (!(term instanceof Tuple2)) throw new StartError((view(term) as Down).reason);
    if (term.b !== OK) throw new StartError(fromReason(term.b));
    return pid as Pid as ServerPid;
  });
}

/** What a server is while it runs; the state lives here, where it can be looked at. */
class Server implements Inspectable {
  readonly callbacks: AnyCallbacks;
  readonly kind: string;
  readonly parent: Process;
  readonly started: Term;
  state: any = undefined;
  /** What it handles now, for the report of a crash. */
  message: unknown = undefined;

  constructor(callbacks: AnyCallbacks, kind: string, parent: Process, started: Term) {
    this.callbacks = callbacks;
    this.kind = kind;
    this.parent = parent;
    this.started = started;
  }

  inspect(): unknown {
    return this.state;
  }
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
    if (typeof next !== "object" || next === null) badResult("init", next);
    if ("stop" in next) exitWith(toReason(next.stop));
    if (!("state" in next)) badResult("init", next);
  } catch (thrown) {
    const reason = crashReason(thrown);
    return failStart(server, p, reason, reason);
  }
  S.system.send(server.parent, new Tuple2(server.started, OK));
  try {
    for (;;) {
      // -- What the last callback wants
      let time: number | undefined;
      if (next !== undefined) {
        if (typeof next !== "object" || next === null) badResult("a callback", next);
        if ("state" in next) server.state = next.state;
        if ("stop" in next) exitWith(toReason(next.stop));
        if (next.continue !== undefined) {
          const { continue: argument } = next;
          server.message = argument;
          if (callbacks.handleContinue === undefined) missing("handleContinue", argument);
          next = callbacks.handleContinue(argument, server.state);
          if (isGenerator(next)) next = yield* next;
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
        if (isGenerator(next)) next = yield* next;
        if (next !== undefined && next !== null && "reply" in next)
          answerWith(term.b as From, copy(next.reply));
      } else if (term instanceof Tuple2 && term.a === GEN_CAST) {
        const message = view(term.b);
        server.message = message;
        if (callbacks.handleCast === undefined) missing("handleCast", message);
        next = callbacks.handleCast(message, server.state);
        if (isGenerator(next)) next = yield* next;
      } else if (term === undefined && time !== undefined) {
        next = callbacks.handleTimeout?.(server.state);
        if (isGenerator(next)) next = yield* next;
      } else if (term instanceof Tuple3 && term.a === SYSTEM) {
        next = handleSystem(server, term.b as From, term.c, next);
      } else if (term instanceof Tuple3 && term.a === EXIT && term.b === server.parent) {
        exitWith(term.c);
      } else {
        const message = view(term);
        server.message = message;
        next = callbacks.handleInfo?.(message, server.state);
        if (isGenerator(next)) next = yield* next;
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
  S.system.unlink(p, server.parent);
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
    `${callback} of a server returned ${shortly(value)}: it returns an object such as { state }, { reply, state } or { stop }`,
  );
}

function missing(callback: string, message: unknown): never {
  throw new Error(`the server has no ${callback}, and was sent ${shortly(message)}`);
}

/** The messages of `:sys`, by which `stop` and tools of Elixir speak to any process of OTP. */
function handleSystem(server: Server, from: From, request: Term, next: unknown): unknown {
  if (request === GET_STATE) answerWith(from, new Tuple2(OK, server.state));
  else if (request instanceof Tuple2 && request.a === TERMINATE) {
    answerWith(from, OK);
    exitWith(request.b);
  } else answerWith(from, new Tuple2(ERROR, new Tuple2(UNKNOWN_MESSAGE, request)));
  // A timeout begins anew; a continuation is over.
  return typeof next === "object" && next !== null && "timeout" in next
    ? { timeout: next.timeout }
    : undefined;
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
    const down = (yield* receive((m: Down): m is Down => m instanceof Down && m.ref === ref, {
      after: time ?? Infinity,
    }) as Operation<Down | undefined>) as Down | undefined;
    demonitor(ref);
    if (down === undefined) throw new ExitError("timeout");
    if (toReason(down.reason) !== term && shortly(down.reason) !== shortly(reason))
      throw new ExitError(down.reason);
  });
}

/** How a supervisor starts, ends and restarts a child. Mirrors `Supervisor.child_spec`. */
export interface ChildSpec {
  /** Names the child in its supervisor. */
  readonly id: string;
  /** Starts it, linked to the supervisor, in whose process this runs. */
  readonly start: () => Pid<never> | Operation<Pid<never>>;
  /** `"permanent"`, unless given: always restarted. `"transient"`: after an abnormal end. `"temporary"`: never. */
  readonly restart?: "permanent" | "transient" | "temporary";
  /** Milliseconds to end in after `"shutdown"`, before it is killed; 5000 unless given, `Infinity` for supervisors. */
  readonly shutdown?: number | "kill";
  /** Whether it is a supervisor itself. */
  readonly type?: "worker" | "supervisor";
  /** Whether its end counts for the supervisor's `autoShutdown`. */
  readonly significant?: boolean;
}

/** The parts of a child specification that are the user's to choose. */
export type ChildOptions = Partial<Omit<ChildSpec, "start">>;

/** The specification of a server as a supervisor's child; its id is its name unless given. */
export function child<Start>(
  callbacks: Callbacks<Start, any, any, any, any, any>,
  argument?: Start,
  { id, restart, shutdown, type, significant, ...options }: StartOptions & ChildOptions = {},
): ChildSpec {
  const own = id ?? (typeof options.name === "string" ? options.name : "GenServer");
  return {
    id: own,
    restart,
    shutdown,
    type,
    significant,
    start: () => startLink(callbacks, argument, options),
  };
}
