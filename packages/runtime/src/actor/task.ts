/** Work done in a process of its own, for its result. Mirrors `Task`. */

import { DOWN, type Monitor, monitor as monitorProcess } from "../process/monitor.ts";
import type { Process } from "../process/process.ts";
import { S } from "../process/stack.ts";
import { Tuple2, Tuple5 } from "../term/tuple.ts";
import { noteParent } from "./ancestors.ts";
import { type ChildOptions, type ChildSpec, specOf } from "./child-spec.ts";
import { copy } from "./copy.ts";
import { type AsyncOperation, type Body, generatorOf, type Operation, type Suspend } from "./operation.ts";
import { checkOptions, SPAWN } from "./options.ts";
import type { Pid } from "./pid.ts";
import { checkBody, demonitor, exit, link, operation, type SpawnOptions, spawn, unlink } from "./process.ts";
import { ExitError, fromReason, type Reason } from "./reason.ts";
import { milliseconds, receiveTerm, view } from "./receive.ts";
import { shortly, unexpected } from "./show.ts";
import { running } from "./system.ts";

/** A task whose result its owner is going to take. */
export interface Handle<out Result> {
  readonly pid: Pid<never>;
  /** The process that has started it, and that alone may wait for it. */
  readonly owner: Pid<never>;
  /** @internal */
  readonly ref: Monitor;
  /** @internal */
  readonly result?: Result;
}

/** How a task has ended. */
export type Outcome<Result> = { readonly ok: Result } | { readonly exit: Reason };

function launch<Result>(body: () => Body<Result>, linked: boolean, options?: SpawnOptions): Handle<Result> {
  const owner = running("Task.async");
  checkBody(body, "Task.async");
  let ref: Monitor | null = null;
  const pid = spawn(function* () {
    const value = yield* generatorOf(body);
    // To the alias: nobody hears of it who has given the task up.
    S.system.send(ref as Monitor, new Tuple2(ref as Monitor, copy(value) as never));
  }, options) as Process;
  noteParent(pid, owner);
  if (linked) link(pid as Pid);
  ref = monitorProcess(owner, pid, pid, DOWN, "demonitor");
  return { pid, owner, ref };
}

/**
 * Starts a task, linked to this process; `yield* Task.await(task)` takes its result. Mirrors `Task.async/1`.
 *
 * @example
 * const price = Task.async(() => fetchPrice("tea"));
 * const stock = Task.async(() => fetchStock("tea"));
 * return (yield* Task.await(price)) * (yield* Task.await(stock));
 */
function startAsync<Result>(body: () => Body<Result>, options?: SpawnOptions): Handle<Result> {
  return launch(body, true, options);
}

/** As `async`, but an error of the task does not end this process. Mirrors `Task.Supervisor.async_nolink/2`. */
export function asyncNolink<Result>(body: () => Body<Result>, options?: SpawnOptions): Handle<Result> {
  return launch(body, false, options);
}

/** Starts a task whose result nobody takes. Mirrors `Task.start/1`. */
export function start(body: () => Body, options?: SpawnOptions): Pid<never> {
  return spawn(body, options) as Pid<never>;
}

/** As `start`, linked to this process. Mirrors `Task.start_link/1`. */
export function startLink(body: () => Body, options?: SpawnOptions): Pid<never> {
  const owner = running("Task.startLink");
  const pid = start(body, options);
  noteParent(pid as Process, owner);
  link(pid);
  return pid;
}

/** The specification of a task as a supervisor's child: `"temporary"` unless told otherwise. */
export function child(body: () => Body, options: SpawnOptions & ChildOptions = {}): ChildSpec {
  const spec = specOf("Task", options, SPAWN, (rest) => startLink(body, rest));
  return { ...spec, restart: spec.restart ?? "temporary" };
}

/** The outcome of the first of the tasks to end; `undefined` when none does in time. */
function* first(
  tasks: readonly Handle<unknown>[],
  timeout: number,
): Body<[Handle<any>, Outcome<any>] | undefined> {
  const owner = running("Task.await");
  for (const task of tasks)
    if (task.owner !== owner)
      throw new Error(
        `the task of ${shortly(task.pid)} belongs to ${shortly(task.owner)}: only its owner waits for it`,
      );
  const find = (ref: unknown) => tasks.find((task) => task.ref === ref);
  const term = yield* receiveTerm(
    (m) => find(m instanceof Tuple2 ? m.a : m instanceof Tuple5 && m.b) !== undefined,
    milliseconds(timeout, "the timeout of a task"),
  );
  if (term === undefined) return undefined;
  if (term instanceof Tuple5) return [find(term.b) as Handle<any>, { exit: fromReason(term.e) }];
  const { a, b } = term as Tuple2;
  const task = find(a) as Handle<any>;
  demonitor(task.ref);
  return [task, { ok: view(b) }];
}

/**
 * Waits for the result of a task, 5000 milliseconds unless told otherwise. Throws an `ExitError` when the task ends without one, or
 * takes longer (`"timeout"`). Mirrors `Task.await/2`.
 */
function* awaitTask<Result>(task: Handle<Result>, timeout = 5000): Body<Result, Suspend> {
  const ended = yield* first([task], timeout) as Operation<any>;
  if (ended === undefined) {
    demonitor(task.ref);
    throw new ExitError("timeout", `the task of ${shortly(task.pid)} took more than ${timeout} ms`);
  }
  const [, outcome] = ended;
  if ("exit" in outcome) throw new ExitError(outcome.exit);
  return outcome.ok;
}

/** The results of several tasks, in the order of the tasks, within the time for all of them. Mirrors `Task.await_many/2`. */
export function* awaitMany<Result>(
  tasks: readonly Handle<Result>[],
  timeout = 5000,
): Body<Result[], Suspend> {
  const { system } = S;
  const end = system.now() + timeout;
  const results: Result[] = [];
  for (const task of tasks) results.push(yield* awaitTask(task, Math.max(0, end - system.now())));
  return results;
}

/** The outcome of a task that ends within so many milliseconds; `undefined` while it runs on. Mirrors `Task.yield/2`. */
export function* poll<Result>(
  task: Handle<Result>,
  timeout = 5000,
): Body<Outcome<Result> | undefined, Suspend> {
  const ended = yield* first([task], timeout) as Operation<any>;
  return ended?.[1];
}

/**
 * Ends a task, after some time without asking: its outcome if it has one by then, or `undefined`. Mirrors `Task.shutdown/2`.
 */
export function* shutdown<Result>(
  task: Handle<Result>,
  time: number | "kill" = 5000,
): Body<Outcome<Result> | undefined, Suspend> {
  unlink(task.pid);
  exit(task.pid, time === "kill" ? "kill" : "shutdown");
  let outcome = yield* poll(task, time === "kill" ? Infinity : time);
  if (outcome === undefined) {
    exit(task.pid, "kill");
    outcome = yield* poll(task, Infinity);
  }
  return ["shutdown", "killed"].includes((outcome as { exit?: any } | undefined)?.exit) ? undefined : outcome;
}

/** How `asyncStream` runs its tasks. */
export interface StreamOptions {
  /** How many run at a time; 8 unless given. */
  readonly maxConcurrency?: number;
  /** Whether results come in the order of the items, as they do unless this is `false`, or as they are ready. */
  readonly ordered?: boolean;
  /** Milliseconds that each may take; 5000 unless given. */
  readonly timeout?: number;
  /** What becomes of one that takes longer: `"exit"`, with an `ExitError` here, unless given; or `"kill"`, with `{ exit: "timeout" }`. */
  readonly onTimeout?: "exit" | "kill";
  /** Whether an error in a task ends this process too, as it does unless this is `false`: then its outcome is `{ exit }`. */
  readonly linked?: boolean;
}

/** Outcomes, one operation each; see `asyncStream`. */
export class Stream<Result> implements Iterable<Operation<Outcome<Result>>> {
  readonly #open: () => Iterator<Operation<Outcome<Result>>>;

  /** @internal */
  constructor(open: () => Iterator<Operation<Outcome<Result>>>) {
    this.#open = open;
  }

  [Symbol.iterator](): Iterator<Operation<Outcome<Result>>> {
    return this.#open();
  }

  /** All results at once; an outcome without one is thrown. Outside of processes: `await stream.toArray()`. */
  toArray(): AsyncOperation<Result[]> {
    const stream = this;
    return operation(function* () {
      const results: Result[] = [];
      for (const next of stream) {
        const outcome = yield* next;
        if ("exit" in outcome) throw new ExitError(outcome.exit);
        results.push(outcome.ok);
      }
      return results;
    });
  }
}

/**
 * Runs a body for each item in a task of its own, a few at a time. Items are taken as tasks end. Mirrors `Task.async_stream/3`.
 *
 * @example
 * for (const next of Task.asyncStream(urls, fetchPage, { maxConcurrency: 4 })) {
 *   const page = yield* next; // { ok } or { exit }
 * }
 * const sizes = await Task.asyncStream(urls, fetchPage).toArray();
 */
export function asyncStream<Item, Result>(
  items: Iterable<Item>,
  body: (item: Item) => Body<Result>,
  options: StreamOptions = {},
): Stream<Result> {
  if (typeof (items as Iterable<Item> | undefined)?.[Symbol.iterator] !== "function")
    throw unexpected("a stream takes an array or another iterable", items);
  checkBody(body, "a stream");
  checkOptions(options, "maxConcurrency, ordered, timeout, onTimeout, linked");
  const { maxConcurrency = 8, ordered = true, timeout = 5000, onTimeout = "exit", linked = true } = options;
  if (!(maxConcurrency >= 1)) throw new RangeError(`maxConcurrency is ${maxConcurrency}: it is at least 1`);
  milliseconds(timeout, "the timeout of a stream");
  return new Stream(function* () {
    const { system } = S;
    const source = items[Symbol.iterator]();
    const tasks: [Handle<Result>, end: number][] = [];
    const done = new Map<Handle<Result>, Outcome<Result>>();
    let more = true;
    const fill = () => {
      while (more && tasks.length - done.size < maxConcurrency) {
        const { done: over, value } = source.next();
        if (over) more = false;
        else tasks.push([launch(() => body(value), linked), system.now() + timeout]);
      }
    };
    const next = function* (): Body<Outcome<Result>, Suspend> {
      for (;;) {
        const index = (ordered ? tasks.slice(0, 1) : tasks).findIndex(([task]) => done.has(task));
        if (index >= 0) {
          const [[task]] = tasks.splice(index, 1);
          const outcome = done.get(task) as Outcome<Result>;
          done.delete(task);
          return outcome;
        }
        const waiting = tasks.filter(([task]) => !done.has(task));
        const [oldest, end] = waiting.reduce((a, b) => (b[1] < a[1] ? b : a));
        const ended = yield* first(
          waiting.map(([task]) => task),
          Math.max(0, end - system.now()),
        ) as Operation<any>;
        if (ended !== undefined) done.set(ended[0], ended[1]);
        else if (onTimeout === "exit") throw new ExitError("timeout");
        else done.set(oldest, (yield* shutdown(oldest, "kill")) ?? { exit: "timeout" });
        fill();
      }
    };
    try {
      for (fill(); tasks.length > 0; fill()) yield { [Symbol.iterator]: next };
    } finally {
      for (const [task] of tasks) {
        unlink(task.pid);
        demonitor(task.ref);
        exit(task.pid, "kill");
      }
    }
  });
}

export { awaitTask as await, startAsync as async };
