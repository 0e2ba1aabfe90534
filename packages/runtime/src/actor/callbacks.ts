/** What a server is made of: its callbacks, what they return, how it is started. */

import type { From } from "./caller.ts";
import type { Suspend } from "./operation.ts";
import type { Pid } from "./pid.ts";
import type { SpawnOptions } from "./process.ts";
import type { Reason } from "./reason.ts";
import { shortly } from "./show.ts";

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

/** How a server is started. */
export interface StartOptions extends SpawnOptions {
  /** Milliseconds that `init` may take; for ever unless given. */
  readonly timeout?: number;
}

/** A server could not be started: `init` has failed (`cause`), stopped, or taken too long, or the name is taken. */
export class StartError extends Error {
  readonly reason: Reason;
  /** Of `"already_started"`: the process that has the name. */
  readonly pid: Pid | undefined;

  constructor(reason: Reason, pid?: Pid, what = "the server") {
    const why = reason instanceof Error ? reason.message : shortly(reason);
    super(`${what} could not be started: ${why}`, { cause: reason });
    this.name = "StartError";
    this.reason = reason;
    this.pid = pid;
  }
}

/** Any set of callbacks. */
export type AnyCallbacks = Callbacks<any, any, any, any, any, any>;
