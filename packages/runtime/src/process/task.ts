/**
 * Tasks: TypeScript code that calls Elixir functions and may therefore be suspended with them. A task is a
 * generator; its frame on the process's stack is the generator itself. Only what must call back
 * (expanding macros, defining modules, a builtin with a callback) is written so; it costs more than compiled code.
 *
 *     const result = yield* apply(fun, [x]);
 */
import type { Raised } from "../term/error.ts";
import type { Fun } from "../term/fun.ts";
import type { Term } from "../term/term.ts";
import { type F, S, saveCatch, takeRaised, U, yield0, yield1 } from "./stack.ts";

/** Yields while the process is suspended; resumes with the value of the call that it waited for. */
export type Task<Result = Term> = Generator<typeof U, Result, any>;

/** Calls compiled code from a task. Its errors arrive as a thrown `Raised`. */
export function* call<Result = Term>(code: Function, ...args: unknown[]): Task<Result> {
  const value = code(...args);
  if (value !== U) return value;
  if (S.raised !== null) throw takeRaised();
  return (yield U) as Result;
}

/** Calls a fun, whose arity the caller has checked, from a task. */
export function apply<Result = Term>(fun: Fun, args: readonly Term[]): Task<Result> {
  return call(fun.code, fun, ...args);
}

/** Runs a task in the running process, as compiled code would be run: returns its value, or `U`. */
export function runTask<Result>(task: Task<Result>): Result | typeof U {
  return step(task, task.next());
}

function step<Result>(task: Task<Result>, result: IteratorResult<typeof U, Result>): Result | typeof U {
  return result.done ? result.value : saveCatch(resumeTask, 1, task);
}

/** Label 1 continues with a value, label 2 with an error: see `saveCatch`. */
function resumeTask(frame: typeof F, value: unknown): unknown {
  const task = frame.a as Task;
  return step(task, frame.label === 2 ? task.throw(value as Raised) : task.next(value));
}

/** Takes reductions for work that a task has done; the others have their turn when the slice is used up. */
export function* spend(reductions: number): Task<void> {
  S.r -= reductions;
  if (S.r < 0) yield* call(pause);
}

function pause(): typeof U {
  return yield0(goOn);
}

const goOn = (): null => null;

/**
 * Runs a task after the JavaScript stack has been unwound: what recurses through data of any depth does so every few
 * levels, as the process's own stack has no such bound.
 */
export function onFreshStack<Result>(task: Task<Result>): Task<Result> {
  return call<Result>(resumeLater, task);
}

function resumeLater(task: Task): typeof U {
  return yield1(runTask, task);
}
