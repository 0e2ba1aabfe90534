/**
 * Requests to servers, in OTP's own protocol, so that servers in Elixir and in TypeScript serve callers of both:
 * `{:"$gen_call", {pid, [:alias | monitor]}, request}`, answered by `{[:alias | monitor], reply}` to the alias. The monitor tells if
 * the server dies; the alias makes sure that an answer that comes too late goes nowhere.
 */
import { DOWN, demonitor, type Monitor, monitor as startMonitor } from "../process/monitor.ts";
import { NOPROC } from "../process/outcome.ts";
import type { Message, Process } from "../process/process.ts";
import { consume, S, timedOut } from "../process/stack.ts";
import { atom } from "../term/atom.ts";
import { Cons, EMPTY } from "../term/list.ts";
import type { Term } from "../term/term.ts";
import { Tuple2, Tuple3, Tuple5 } from "../term/tuple.ts";
import { bridge, forReceiver } from "./bridge.ts";
import { Caller, type From } from "./caller.ts";
import { copy } from "./copy.ts";
import { type AsyncOperation, block, done, preempted, SUSPENDED, type Suspend } from "./operation.ts";
import { checkOptions } from "./options.ts";
import { type AnyServer, type Destination, processOf, type ServerPid } from "./pid.ts";
import { Awaitable } from "./process.ts";
import { ExitError, fromReason, HostReason, reasonText, toReason } from "./reason.ts";
import { milliseconds, view } from "./receive.ts";
import { deliver } from "./send.ts";
import { shortly, unexpected } from "./show.ts";
import { running } from "./system.ts";

/** @internal */
export const GEN_CALL = atom("$gen_call");
/** @internal */
export const GEN_CAST = atom("$gen_cast");
/** @internal */
export const ALIAS = atom("alias");
const GEN_SERVER = atom("Elixir.GenServer");
const CALL = atom("call");
const INFINITY = atom("infinity");

declare const answer: unique symbol;

/**
 * A request that says how it is answered, for servers that answer each in another way:
 *
 * @example
 * type Get = Request<{ type: "get"; key: string }, string | undefined>;
 * type Size = Request<{ type: "size" }, number>;
 */
export type Request<Message extends object, Reply> = Message & { readonly [answer]?: Reply };

/** The reply to the request `Q` to a server of the requests `R`: what `Request` says, or any of its replies. */
export type ReplyTo<R, Q, Reply> = R extends unknown
  ? Q extends R
    ? R extends { readonly [answer]?: infer Own }
      ? unknown extends Own
        ? Reply
        : Own
      : Reply
    : never
  : never;

/** What ends a call before it is answered. */
export interface CallOptions {
  /** Gives the call up when it aborts: the promise is rejected. For promise forms. */
  readonly signal?: AbortSignal;
}

/** Milliseconds that a call waits unless told otherwise, as in OTP. */
export const DEFAULT_TIMEOUT = 5000;

export function call<Reply = any>(
  server: AnyServer,
  request: unknown,
  timeout?: number,
  options?: CallOptions,
): AsyncOperation<Reply>;
// The last one, as compilers tell what is wrong with the last: the request, and not the server.
/**
 * Asks a server and waits for its answer, at most `timeout` milliseconds (`Infinity`: for ever). In a process,
 * `yield* call(…)`; in other code, `await call(…)`. Mirrors `GenServer.call/3`.
 *
 * Throws an `ExitError` when there is no answer, which ends the calling process unless it catches it. Its `reason` is `"noproc"` (no
 * such process), `"timeout"`, `"calling_self"`, or why the server has ended meanwhile.
 *
 * @example
 * const total = yield* call(counter, { type: "add", by: 5 });
 */
export function call<R, Reply, const Q extends R>(
  server: ServerPid<R, Reply, never, never>,
  request: Q,
  timeout?: number,
  options?: CallOptions,
): AsyncOperation<ReplyTo<R, Q, Reply>>;
export function call(
  server: Destination<never>,
  request: unknown,
  timeout = DEFAULT_TIMEOUT,
  options?: CallOptions,
): AsyncOperation<any> {
  if (options !== undefined) checkOptions(options, "signal");
  return new Call(server, GEN_CALL, copy(request), timeout, options?.signal);
}

/** A request that is passed on as it is, such as the functions of agents. @internal */
export function callWith<Reply>(
  server: Destination<never>,
  request: unknown,
  timeout = DEFAULT_TIMEOUT,
  tag = GEN_CALL,
): AsyncOperation<Reply> {
  return new Call(server, tag, request, timeout, undefined);
}

const why: Record<string, string> = {
  noproc: "no such process",
  timeout: "no answer in time",
  calling_self: "a process cannot call itself",
};

class Call<Reply> extends Awaitable<Reply> {
  readonly #server: Destination<never>;
  readonly #tag: Term;
  readonly #request: unknown;
  readonly #timeout: number | undefined;
  #monitor: Monitor | null = null;

  constructor(
    server: Destination<never>,
    tag: Term,
    request: unknown,
    timeout: number,
    signal: AbortSignal | undefined,
  ) {
    // The server's own system has the time of the answer, whoever waits for it.
    super(signal, server);
    this.#server = server;
    this.#tag = tag;
    this.#request = request;
    this.#timeout = milliseconds(timeout, "the timeout of a call");
  }

  [Symbol.iterator]() {
    return this;
  }

  next(): IteratorResult<Suspend, Reply> {
    const p = S.p;
    if (preempted()) return SUSPENDED;
    const monitor = this.#monitor ?? this.#begin();
    let before: Message | null = p.saved;
    for (let m = before === null ? p.head : before.next; m !== null; before = m, m = m.next) {
      const { term } = m;
      if (term instanceof Tuple2) {
        if (!(term.a instanceof Cons) || term.a.tail !== monitor) continue;
        consume(p, before, m);
        this.#monitor = null;
        return done(view(term.b) as Reply);
      }
      if (term instanceof Tuple5 && term.a === DOWN && term.b === monitor) {
        consume(p, before, m);
        this.#monitor = null;
        throw this.#failure(term.e);
      }
    }
    if (this.#timeout !== undefined && timedOut(p, this.#timeout)) {
      demonitor(monitor);
      this.#monitor = null;
      throw this.#failure(atom("timeout"));
    }
    return block(p);
  }

  #begin(): Monitor {
    _lasting ??= lastingCall();
    const p = running("call()");
    const server = processOf(this.#server);
    if (server === null) throw this.#failure(NOPROC);
    if (server === p) throw this.#failure(atom("calling_self"));
    // No answer can be among the messages that are here already.
    p.saved = p.last ?? p.head;
    const monitor = startMonitor(p, server, server, DOWN, "reply_demonitor", NOPROC);
    this.#monitor = monitor;
    const from = new Caller(p, new Cons(ALIAS, monitor));
    S.system.send(server, new Tuple3(this.#tag, from, forReceiver(server, this.#request)));
    return monitor;
  }

  /** What the caller exits with: as OTP, the reason and the call. */
  #failure(term: Term): ExitError {
    const reason = fromReason(term);
    const server = processOf(this.#server);
    const shown = typeof this.#server === "string" ? this.#server : shortly(server ?? this.#server);
    const explained = typeof reason === "string" ? (why[reason] ?? reason) : reasonText(reason);
    const timeout = this.#timeout ?? Infinity;
    const target = server ?? toReason(this.#server);
    let request = this.#request as Term;
    try {
      request = bridge?.toTerm(request) ?? request;
    } catch {
      // What agents and supervisors are asked holds functions, which Elixir is told as text.
      request = bridge?.toTerm(shortly(request)) as Term;
    }
    const args = new Cons(target, new Cons(request, new Cons(this.#timeout ?? INFINITY, EMPTY)));
    const full = new HostReason(undefined, term, new Tuple3(GEN_SERVER, CALL, args));
    full.host = new ExitError(
      reason,
      `call(${shown}, ${shortly(this.#request)}, ${timeout}) failed: ${explained}`,
      full,
    );
    return full.host as ExitError;
  }
}

/** One of each lives on: see `System.lasting`. */
let _lasting: readonly object[] | null = null;

function lastingCall(): readonly object[] {
  const from = new Caller(CALL, new Cons(ALIAS, EMPTY));
  return [new Call("", CALL, null, 0, undefined), new Tuple3(CALL, from, EMPTY)];
}

export function cast(server: AnyServer, message: unknown): void;
/** Sends a server a request that it does not answer. To nobody it goes nowhere. Mirrors `GenServer.cast/2`. */
export function cast<Cast>(server: ServerPid<never, unknown, Cast, never>, message: Cast): void;
export function cast(server: Destination<never>, message: unknown): void {
  castWith(server, copy(message));
}

/** @internal */
export function castWith(server: Destination<never>, message: unknown): void {
  const p = processOf(server);
  if (p !== null) deliver(p, p, new Tuple2(GEN_CAST, forReceiver(p, message)));
}

/** Answers a request, now or later, from any process. Mirrors `GenServer.reply/2`. */
export function reply<Reply>(from: From<Reply>, value: Reply): void {
  answerWith(from, copy(value));
}

/** Answers with a value that the caller may have as it is. @internal */
export function answerWith(from: From, value: unknown): void {
  // Sent on as a message, it has become a value.
  const term = bridge?.toTerm(from) ?? from;
  if (!(term instanceof Tuple2)) throw unexpected("reply takes the from of handleCall", from);
  const { b: tag } = term;
  const caller = term.a as Process;
  const to = tag instanceof Cons && tag.head === ALIAS ? (tag.tail as Monitor) : caller;
  deliver(caller, to, new Tuple2(tag, forReceiver(caller, value)));
}
