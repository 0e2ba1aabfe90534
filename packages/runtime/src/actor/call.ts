/**
 * Requests to servers, in OTP's own protocol, so that servers in Elixir and in TypeScript serve callers of both:
 * `{:"$gen_call", {pid, [:alias | monitor]}, request}`, answered by `{[:alias | monitor], reply}` to the alias. The monitor tells if
 * the server dies; the alias makes sure that an answer that comes too late goes nowhere.
 */
import type { Monitor } from "../process/monitor.ts";
import type { Message, Process } from "../process/process.ts";
import { consume, receiveTimeout, S } from "../process/stack.ts";
import { atom } from "../term/atom.ts";
import { Cons } from "../term/list.ts";
import type { Term } from "../term/term.ts";
import { Tuple2, Tuple3, Tuple5 } from "../term/tuple.ts";
import { forReceiver } from "./bridge.ts";
import { copy } from "./copy.ts";
import {
  type AsyncOperation,
  block,
  done,
  preempted,
  SUSPENDED,
  type Suspend,
  shortly,
} from "./operation.ts";
import { type Destination, processOf } from "./pid.ts";
import { run } from "./process.ts";
import { ExitError, fromReason, pidText, type Reason, reasonText } from "./reason.ts";
import { milliseconds, view } from "./receive.ts";
import { send } from "./send.ts";

export const GEN_CALL = atom("$gen_call");
export const GEN_CAST = atom("$gen_cast");
const ALIAS = atom("alias");
const DOWN = atom("DOWN");
const PROCESS = atom("process");
const NOPROC = atom("noproc");

declare const replies: unique symbol;

/** The caller of a request: what `reply` answers. */
export interface From<out Reply = unknown> {
  readonly [replies]?: Reply;
}

export const DEFAULT_TIMEOUT = 5000;

/**
 * Asks a server and waits for its answer, at most so many milliseconds. The caller exits when there is none: the server
 * is dead, dies, or takes too long. Outside of processes: `await call(…)`.
 */
export function call<Reply = any, Request = any>(
  server: Destination<any>,
  request: Request,
  timeout = DEFAULT_TIMEOUT,
  options: { signal?: AbortSignal } = {},
): AsyncOperation<Reply> {
  return new Call(server, copy(request), timeout, options.signal);
}

/** A request that is passed on as it is: the functions of agents. @internal */
export function callWith<Reply>(
  server: Destination,
  request: unknown,
  timeout = DEFAULT_TIMEOUT,
): AsyncOperation<Reply> {
  return new Call(server, request, timeout, undefined);
}

const why: Record<string, string> = {
  noproc: "no such process",
  timeout: "no answer in time",
  calling_self: "a process cannot call itself",
};

class Call<Reply> implements AsyncOperation<Reply> {
  readonly #server: Destination;
  readonly #request: unknown;
  readonly #timeout: number | undefined;
  readonly #signal: AbortSignal | undefined;
  #monitor: Monitor | null = null;

  constructor(server: Destination, request: unknown, timeout: number, signal: AbortSignal | undefined) {
    this.#server = server;
    this.#request = request;
    this.#timeout = milliseconds(timeout, "the timeout of a call");
    this.#signal = signal;
  }

  [Symbol.iterator]() {
    return this;
  }

  // biome-ignore lint/suspicious/noThenProperty: a call is awaited outside of processes.
  then<A = Reply, B = never>(
    fulfilled?: ((value: Reply) => A | PromiseLike<A>) | null,
    rejected?: ((reason: any) => B | PromiseLike<B>) | null,
  ): Promise<A | B> {
    const operation = this;
    const body = function* () {
      return yield* operation;
    };
    return run(body, { signal: this.#signal }).then(fulfilled, rejected);
  }

  next(): IteratorResult<Suspend, Reply> {
    const p = S.p;
    if (preempted()) return SUSPENDED;
    if (this.#monitor === null) this.#begin(p);
    const monitor = this.#monitor as unknown as Monitor;
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
        throw this.#failure(fromReason(term.e));
      }
    }
    if (this.#timeout !== undefined && receiveTimeout(p, this.#timeout)) {
      S.system.demonitor(monitor);
      this.#monitor = null;
      throw this.#failure("timeout");
    }
    return block(p);
  }

  #begin(p: Process): void {
    const server = processOf(this.#server);
    if (server === null) throw this.#failure("noproc");
    if (server === p) throw this.#failure("calling_self");
    // No answer can be among the messages that are here already.
    p.saved = p.last;
    const monitor = S.system.monitor(p, server, server, DOWN, "reply_demonitor", NOPROC);
    this.#monitor = monitor;
    const from = new Tuple2(p, new Cons(ALIAS, monitor));
    S.system.send(server, new Tuple3(GEN_CALL, from, forReceiver(server, this.#request)));
  }

  #failure(reason: Reason): ExitError {
    const server = typeof this.#server === "string" ? this.#server : processOf(this.#server);
    const shown = typeof server === "string" ? server : server === null ? "?" : pidText(server);
    const explained = typeof reason === "string" ? (why[reason] ?? reason) : reasonText(reason);
    const cause = reason instanceof Error ? { cause: reason } : undefined;
    return new ExitError(
      reason,
      `call(${shown}, ${shortly(this.#request)}, ${this.#timeout ?? "Infinity"}) failed: ${explained}`,
      cause,
    );
  }
}

/** Sends a server a request that it does not answer. */
export function cast<Request>(server: Destination, request: Request): void {
  const p = processOf(server);
  if (p === null) return;
  send<unknown>(p as Destination, new Tuple2(GEN_CAST, forReceiver(p, copy(request))));
}

/** Answers a request, now or later, from any process. */
export function reply<Reply>(from: From<Reply>, value: Reply): void {
  replyRaw(from, copy(value));
}

function replyRaw(from: From, value: unknown): void {
  const { a: pid, b: tag } = from as unknown as Tuple2;
  const to = tag instanceof Cons && tag.head === ALIAS ? (tag.tail as Monitor) : (pid as Process);
  const caller = pid as Process;
  S.system.send(to, new Tuple2(tag, forReceiver(caller, value) as Term));
}

export { PROCESS };
