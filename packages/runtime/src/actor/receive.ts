/** Receiving, sleeping, waiting for a promise: the operations at which a process stands still. */
import { DOWN } from "../process/monitor.ts";
import { HELD, type Message, type Process } from "../process/process.ts";
import { consume, S, timedOut } from "../process/stack.ts";
import { EXIT } from "../process/system.ts";
import { hold, unhold } from "../scheduler/hold.ts";
import type { Scheduler } from "../scheduler/scheduler.ts";
import { Tuple, Tuple3, Tuple5 } from "../term/tuple.ts";
import { bridge } from "./bridge.ts";
import {
  type AsyncOperation,
  type Body,
  block,
  done,
  InProcess,
  type Operation,
  preempted,
  SUSPENDED,
  type Suspend,
} from "./operation.ts";
import { checkOptions } from "./options.ts";
import type { Destination, Pid } from "./pid.ts";
import { type MonitorRef, operation } from "./process.ts";
import { fromReason, type Reason } from "./reason.ts";
import { shortly, unexpected } from "./show.ts";
import { running } from "./system.ts";

/** The message that a watched process has ended. Mirrors `{:DOWN, ref, :process, pid, reason}`. */
export class Down {
  readonly type = "DOWN";
  readonly ref: MonitorRef;
  /** The name or the place in a registry, where `monitor` was given one that no process had. */
  readonly pid: Destination;
  readonly reason: Reason;

  constructor(ref: MonitorRef, pid: Destination, reason: Reason) {
    this.ref = ref;
    this.pid = pid;
    this.reason = reason;
  }
}

/** The message that a linked process has ended, to one that traps exits. Mirrors `{:EXIT, pid, reason}`. */
export class Exit {
  readonly type = "EXIT";
  readonly pid: Pid;
  readonly reason: Reason;

  constructor(pid: Pid, reason: Reason) {
    this.pid = pid;
    this.reason = reason;
  }
}

/** A message as a TypeScript process sees it. @internal */
export function view(term: unknown): unknown {
  if (typeof term !== "object" || term === null) return term;
  if (term instanceof Tuple) {
    if (term instanceof Tuple5 && term.a === DOWN)
      return new Down(term.b as MonitorRef, fromReason(term.d) as Destination, fromReason(term.e));
    if (term instanceof Tuple3 && term.a === EXIT) return new Exit(term.b as Pid, fromReason(term.c));
  }
  return bridge === null ? term : bridge.fromTerm(term);
}

/** A part of a message: all its fields must be there and equal; objects in it are patterns in turn. */
export type Pattern<T> = T extends object ? { readonly [K in keyof T]?: Pattern<T[K]> } : T;

/** How long a receive waits. */
export interface ReceiveOptions {
  /** Milliseconds after which the receive is over with `undefined`. */
  readonly after?: number;
}

/**
 * The next message; with a predicate or pattern, the first one that matches, while the others stay where they are. With `after`,
 * `undefined` once so many milliseconds have passed. The pid of the process takes what its receives name. Mirrors `receive/1`.
 *
 * @example
 * const { text } = yield* receive<Echo>();
 * const pong = yield* receive((m: Ping | Pong) => m.type === "pong", { after: 1000 });
 * const done = yield* receive<Job>({ type: "done", id: 7 });
 */
export function receive<T = any>(): Operation<T, T>;
export function receive<T = any>(options: { readonly after: number }): Operation<T | undefined, T>;
export function receive<T, Part extends T = T>(
  matches: ((message: T) => message is Part) | ((message: T) => boolean) | Pattern<T>,
): Operation<Part, T>;
export function receive<T, Part extends T = T>(
  matches: ((message: T) => message is Part) | ((message: T) => boolean) | Pattern<T> | undefined,
  options: { readonly after: number },
): Operation<Part | undefined, T>;
export function receive(matches?: unknown, options?: ReceiveOptions): Operation<any, any> {
  if (options === undefined) {
    if (matches === undefined) return next;
    if (typeof matches === "function") return receiveIf(matches as (message: unknown) => boolean);
    if (isOptions(matches)) return new Receive(null, matches.after);
  } else if (options?.after === undefined) checkOptions(options, "after");
  const test =
    matches === undefined
      ? null
      : typeof matches === "function"
        ? (matches as (message: unknown) => boolean)
        : (message: unknown) => includes(message, matches);
  return new Receive(test, options?.after);
}

/** The last of its kind: most loops receive with one predicate, and who waits is not noted in it. Lives on: see `System.lasting`. */
let latest: Receive | null = null;

function receiveIf(test: (message: unknown) => boolean): Receive {
  if (latest === null || latest.test !== test) latest = new Receive(test);
  return latest;
}

function isOptions(value: unknown): value is { after: number } {
  return typeof (value as ReceiveOptions)?.after === "number" && Object.keys(value as object).length === 1;
}

function includes(value: any, pattern: any): boolean {
  if (value === pattern) return true;
  if (typeof pattern !== "object" || pattern === null || typeof value !== "object" || value === null)
    return false;
  const prototype = Object.getPrototypeOf(pattern);
  if (prototype !== Object.prototype && prototype !== Array.prototype) return false;
  for (const key in pattern) if (!includes(value[key], pattern[key])) return false;
  return true;
}

/** The operation is over with the message, seen as this value. */
function received(message: Message, value: unknown): IteratorResult<Suspend<any>, any> {
  return value === message.term ? message : done(value);
}

class Next extends InProcess<any, any> {
  readonly #raw: boolean;

  constructor(raw: boolean) {
    super();
    this.#raw = raw;
  }

  [Symbol.iterator]() {
    return this;
  }

  next(): IteratorResult<Suspend<any>, any> {
    const p = S.p ?? running("receive()");
    if (preempted()) return SUSPENDED;
    const message = p.head;
    if (message === null) return block(p);
    consume(p, null, message);
    return received(message, this.#raw ? message.term : view(message.term));
  }
}

const next = new Next(false);

/** The next message as the term that it is. @internal */
export const nextTerm = new Next(true);

class Receive extends InProcess<any, any> {
  readonly test: ((message: unknown) => boolean) | null;
  readonly #after: number | undefined;
  readonly #raw: boolean;

  constructor(test: ((message: unknown) => boolean) | null, after?: number, raw = false) {
    super();
    this.test = test;
    this.#after = milliseconds(after, "a receive's after");
    this.#raw = raw;
  }

  [Symbol.iterator]() {
    return this;
  }

  next(): IteratorResult<Suspend<any>, any> {
    const p = S.p ?? running("receive()");
    if (preempted()) return SUSPENDED;
    const { test } = this;
    let before: Message | null = p.saved;
    try {
      for (let m = before === null ? p.head : before.next; m !== null; before = m, m = m.next) {
        const message = this.#raw ? m.term : view(m.term);
        if (test === null || test(message)) {
          consume(p, before, m);
          return received(m, message);
        }
      }
    } catch (thrown) {
      p.saved = null;
      if (p.timer !== null) S.system.stopReceiveTimer(p);
      throw thrown;
    }
    if (this.#after !== undefined && timedOut(p, this.#after)) return done(undefined);
    return block(p);
  }
}

/** The first message, as a term, that passes the test; `undefined` after so many milliseconds. @internal */
export function receiveTerm(test: ((term: unknown) => boolean) | null, after?: number): Operation<unknown> {
  return new Receive(test, after, true) as Operation<any>;
}

/** The message that a watched process has ended; `undefined` after so many milliseconds. @internal */
export function receiveDown(ref: MonitorRef, after?: number): Operation<Down> {
  return new Receive((m) => m instanceof Down && m.ref === ref, after) as Operation<any>;
}

/** A time as timers take it; `undefined` for ever. @internal */
export function milliseconds(time: number | undefined, what: string): number | undefined {
  if (time === undefined || time === Infinity) return undefined;
  // What is no number would be compared as one.
  if (!(time === +time && time >= 0 && time <= 0xffffffff))
    throw new RangeError(
      `${what} is ${shortly(time)}: it takes milliseconds from 0 to 4294967295, or Infinity`,
    );
  return time;
}

/** Stands still for some milliseconds; messages wait in the mailbox. Outside of processes: `await sleep(…)`. Mirrors `Process.sleep/1`. */
export function sleep(time: number): AsyncOperation<void> {
  const due = milliseconds(time, "the time of a sleep") ?? Infinity;
  return operation(() => new Receive(nothing, due) as Iterator<Suspend, void> as Body<void, Suspend>);
}

const nothing = () => false;

/** Lets the other processes run first. Mirrors `:erlang.yield/0`. */
export function yieldNow(): Operation<void> {
  return new Yield();
}

class Yield extends InProcess<void> {
  *[Symbol.iterator](): Iterator<Suspend, void> {
    yield SUSPENDED.value;
  }
}

/**
 * Waits for a promise: its value, or what it is rejected with, thrown. Outside of processes, `await wait(…)` is the promise itself. Messages wait in the mailbox meanwhile. Given a function, calls it
 * with a signal that aborts should the process end before.
 *
 * @example
 * const response = yield* wait((signal) => fetch(url, { signal }));
 */
export function wait<T>(
  promise: PromiseLike<T> | ((signal: AbortSignal) => PromiseLike<T>),
): AsyncOperation<T> {
  // Who awaits it does so in a moment: until then a rejection is nobody's, which hosts take for forgotten.
  if (S.p === null && typeof (promise as Promise<T>)?.then === "function")
    (promise as Promise<T>).then(null, () => {});
  return operation(() => settled(promise));
}

function* settled<T>(
  promise: PromiseLike<T> | ((signal: AbortSignal) => PromiseLike<T>),
): Generator<Suspend, T, any> {
  const p = running("wait()");
  const scheduler = S.system as Scheduler;
  if (typeof promise === "function") {
    const controller = new AbortController();
    const abort = () => controller.abort();
    scheduler.observe(p, abort);
    try {
      return yield* settled(promise(controller.signal));
    } finally {
      const observers = p.extra?.observers;
      if (observers) observers.splice(observers.indexOf(abort), 1);
    }
  }
  if (typeof promise?.then !== "function")
    throw unexpected("wait takes a promise, or a function that gives one", promise);
  const goOn = (p: Process, settled: unknown) => {
    if (p.status !== HELD) return;
    p.x2 = settled;
    unhold(scheduler, p);
  };
  hold(scheduler, p);
  promise.then(
    (value) => goOn(p, { value }),
    (error) => goOn(p, { error }),
  );
  const given: { value: T } | { error: unknown } = yield SUSPENDED.value;
  if ("error" in given) throw given.error;
  return given.value;
}
