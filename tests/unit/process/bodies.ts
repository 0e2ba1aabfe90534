/**
 * Processes for tests: bodies are tasks, `receive` works on the suspension protocol as compiled code does.
 *
 *     const { result } = run(function* () { … return yield* receive(); });
 */

import { erlangDebug } from "../../../packages/runtime/src/builtins/process-debug.ts";
import { erlangProcessInfo } from "../../../packages/runtime/src/builtins/process-info.ts";
import { processNatives } from "../../../packages/runtime/src/builtins/process-modules.ts";
import { erlangSystem } from "../../../packages/runtime/src/builtins/process-system.ts";
import { erlangTimer } from "../../../packages/runtime/src/builtins/process-timer.ts";
import type { Outcome } from "../../../packages/runtime/src/process/outcome.ts";
import type { Message, Process } from "../../../packages/runtime/src/process/process.ts";
import { consume, receiveTimeout, S, type U, wait3 } from "../../../packages/runtime/src/process/stack.ts";
import { type Callee, spawnTask } from "../../../packages/runtime/src/process/start.ts";
import { call, runTask, type Task } from "../../../packages/runtime/src/process/task.ts";
import { useFrames } from "../../../packages/runtime/src/scheduler/frames.ts";
import { LimitGuard } from "../../../packages/runtime/src/scheduler/guard.ts";
import { makeScheduler as makeConfigured } from "../../../packages/runtime/src/scheduler/make.ts";
import type { SchedulerOptions } from "../../../packages/runtime/src/scheduler/options.ts";
import type { Scheduler } from "../../../packages/runtime/src/scheduler/scheduler.ts";
import { Atom, atom } from "../../../packages/runtime/src/term/atom.ts";
import { Bitstring } from "../../../packages/runtime/src/term/bitstring.ts";
import { Raised } from "../../../packages/runtime/src/term/error.ts";
import { Fun } from "../../../packages/runtime/src/term/fun.ts";
import { Pid, Reference } from "../../../packages/runtime/src/term/identifier.ts";
import { EMPTY, list, listToArray } from "../../../packages/runtime/src/term/list.ts";
import { TermMap } from "../../../packages/runtime/src/term/map.ts";
import type { Term } from "../../../packages/runtime/src/term/term.ts";
import { Tuple, tuple } from "../../../packages/runtime/src/term/tuple.ts";

export type Body = () => Task<any>;

const natives = new Map<string, (...args: any[]) => Term | typeof U>();
const late = [erlangDebug, erlangProcessInfo, erlangSystem, erlangTimer];
for (const { module, functions } of [...processNatives, ...late]) {
  for (const [key, code] of Object.entries(functions)) natives.set(`${module}:${key}`, code);
}

/** Calls a native of `:erlang`; a task, as some of them end the process. */
export function* erl(name: string, ...args: Term[]): Task<any> {
  return yield* call(natives.get(`erlang:${name}/${args.length}`) as Function, ...args);
}

/** A fun whose body is a task. */
export function fun(body: Body): Fun {
  const info = { module: atom("test"), name: atom("body"), arity: 0, index: 0 };
  return new Fun(() => runTask(body()), info);
}

/** A body that is one plain action. */
export function does(action: () => unknown): Body {
  return () => call(action);
}

/** An exported function whose body is a task that is given its arguments. */
export const functions = new Map<string, (...args: Term[]) => Task<any>>();

function callee(module: Atom, name: Atom, arity: number): Callee {
  return {
    module,
    name,
    arity,
    code(...args: Term[]) {
      const body = functions.get(name.name);
      if (body === undefined) throw new Raised(atom("error"), atom("undef"));
      return runTask(body(...args));
    },
  };
}

type Match = (message: Term) => boolean;

/** Receives the first message that matches; `null` when the time (a term) is over. */
export function receive(matches: Match = () => true, timeout: Term = atom("infinity")): Task<Term | null> {
  return call<Term | null>(receiveLoop, matches, timeout, null);
}

function receiveLoop(matches: Match, timeout: Term, unused: null): unknown {
  const p = S.p;
  let before: Message | null = p.saved;
  let message = before === null ? p.head : before.next;
  for (;;) {
    if (message === null) {
      if (receiveTimeout(p, timeout)) return null;
      return wait3(p, before, receiveLoop, matches, timeout, unused);
    }
    if (matches(message.term)) {
      consume(p, before, message);
      return message.term;
    }
    before = message;
    message = message.next;
  }
}

/** Matches a tuple whose elements are as given; `undefined` matches anything. */
export function like(...pattern: (Term | undefined)[]): Match {
  return (message) =>
    message instanceof Tuple &&
    message.size === pattern.length &&
    pattern.every((item, i) => item === undefined || item === message.at(i));
}

export const is =
  (expected: Term): Match =>
  (message) =>
    message === expected;

export const self = (): Process => S.p;
export const a = atom;
export { list, tuple };

/** Starts a body in the scheduler, from inside or outside of a process. */
export function spawn(body: Body): Process {
  return spawnTask(body);
}

export interface Run {
  readonly scheduler: Scheduler;
  readonly process: Process;
  readonly outcome: Outcome | null;
  /** The value of the body in JavaScript, as `show` gives it; or how it ended. */
  readonly result: unknown;
}

export function makeScheduler(options: SchedulerOptions = {}): Scheduler {
  const scheduler = makeConfigured({ clock: "virtual", seed: 1, ...options });
  useFrames(scheduler);
  scheduler.guard = new LimitGuard(scheduler, options.limits, options.heapUsed);
  scheduler.callee = callee;
  return scheduler;
}

/** Runs a body, and whatever it starts, until nothing can run, in virtual time. */
export function run(body: Body, options: SchedulerOptions = {}): Run {
  const scheduler = makeScheduler(options);
  let outcome: Outcome | null = null;
  const process = scheduler.enter(() => spawn(body));
  scheduler.observe(process, (ended) => {
    outcome = ended;
  });
  scheduler.run();
  return { scheduler, process, outcome, result: showOutcome(outcome) };
}

function showOutcome(outcome: Outcome | null): unknown {
  if (outcome === null) return "still alive";
  switch (outcome.kind) {
    case "returned":
      return show(outcome.value);
    case "raised":
      return { [outcome.raised.kind.name]: show(outcome.raised.reason) };
    case "signalled":
      return { signal: show(outcome.reason) };
  }
}

/** A term as JavaScript data that reads well in an assertion: atoms as `:name`, tuples as arrays in an object. */
export function show(term: any): unknown {
  if (term instanceof Atom) return `:${term.name}`;
  if (term instanceof Tuple) return { tuple: term.toArray().map(show) };
  if (term instanceof Pid) return "pid";
  if (term instanceof Reference) return "ref";
  if (term instanceof Bitstring) return term.text;
  if (term === EMPTY) return [];
  if (term instanceof TermMap) return "map";
  const items = listToArray(term);
  return items === null ? term : items.map(show);
}
