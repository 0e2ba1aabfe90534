/**
 * What a TypeScript process does at a `yield*`, and how its generator is stepped.
 *
 * An operation is its own iterator: when it need not wait it answers `done` at the first `next`, and the process goes
 * on without having been suspended. When it must, it puts the process into the state that says for what, and yields
 * `SUSPEND`; the next step asks it again.
 *
 * A generator keeps its own frame, so a suspended process has nothing on the stack of `process/stack.ts`, except
 * while it is in compiled code.
 */
import { HELD, type Process } from "../process/process.ts";
import { type F, S, saveCatch, takeRaised, U, waitBehind } from "../process/stack.ts";
import type { Raised } from "../term/error.ts";
import { raisedFrom } from "./reason.ts";
import { shortly } from "./show.ts";

declare const messages: unique symbol;

/** What the body of a process yields; `M` collects the types of the messages that it receives. */
export interface Suspend<out M = never> {
  readonly [messages]: M;
}

/** The messages that a generator with the yield type `Y` receives. */
export type MessagesOf<Y> = Y extends { readonly [messages]: infer M } ? M : never;

/** Something that a process does with `yield*`. */
export interface Operation<Result, M = never> {
  [Symbol.iterator](): Iterator<Suspend<M>, Result, any>;
}

/**
 * An operation that other code may `await` as well: there it is a promise, begun when it is first waited for, and done once, however often
 * it is waited for. In a process, each `yield*` does it.
 */
export interface AsyncOperation<Result> extends Operation<Result>, Promise<Result> {}

/** The body of a process. */
export type Body<Result = unknown, Y extends Suspend<any> = Suspend<any>> = Generator<Y, Result, any>;

const SUSPEND = Object.freeze({}) as Suspend;
export const SUSPENDED: IteratorResult<Suspend, never> = Object.freeze({ done: false, value: SUSPEND });

/** The operation is over, with this value. */
export function done<Result>(value: Result): IteratorResult<Suspend, Result> {
  // A new one each time: to write what is young into what is old costs more.
  return { done: true, value };
}

/** An operation that other code cannot await, and says so. */
export abstract class InProcess<Result, M = never> implements Operation<Result, M> {
  abstract [Symbol.iterator](): Iterator<Suspend<M>, Result, any>;

  /** For those who write `await` where nothing can be waited for with it. @internal */
  // biome-ignore lint/suspicious/noThenProperty: it is what await asks for.
  get then(): undefined {
    throw new Error(
      "this takes yield* in a process: outside, await run(function* () { … }), or openInbox() for messages",
    );
  }
}

/** Whether the process has used up its slice: the operation yields `SUSPENDED` and is asked again in the next. */
export function preempted(): boolean {
  return --S.r < 0;
}

/** Puts the running process to sleep until a message arrives that it has not seen, or its timer fires. */
export function block(p: Process): IteratorResult<Suspend, never> {
  waitBehind(p, p.last ?? p.head);
  return SUSPENDED;
}

/** Continues the generator of a process. */
function resume(p: Process): unknown {
  return advance(p, p.x0 as Body, undefined);
}

const generatorPrototype: Generator = Object.getPrototypeOf(function* () {}).prototype;
/** Generators are stepped by these: each function* made has a prototype of its own, which makes a look-up slow. */
const { next: NEXT, throw: THROW } = generatorPrototype;

/** Whether a value is what a `function*` returns. @internal */
export function isGenerator(value: unknown): value is Body {
  return (
    typeof value === "object" &&
    value !== null &&
    // To ask for a prototype costs as much as a message.
    "next" in value &&
    Object.getPrototypeOf(Object.getPrototypeOf(value) ?? {}) === generatorPrototype
  );
}

/** The entry of a process: calls the function that makes its generator. */
export function begin(p: Process): unknown {
  let body: unknown;
  try {
    body = (p.x0 as () => unknown)();
  } catch (thrown) {
    return failed(thrown);
  }
  return advance(p, body as Body, undefined);
}

function advance(p: Process, body: Body, sent: unknown, how = NEXT): unknown {
  try {
    let result = how.call(body, sent as never);
    while (result !== SUSPENDED && result.value !== SUSPEND) {
      if (result.done) return result.value;
      result = THROW.call(body, foreign(p, result.value));
    }
  } catch (thrown) {
    return failed(isGenerator(body) ? thrown : notGenerator(body));
  }
  if (saveInCode !== null) {
    const save = saveInCode;
    saveInCode = null;
    return save(body);
  }
  p.x0 = body;
  p.entry = p.status === HELD ? resumeHeld : resume;
  return U;
}

/**
 * Calls compiled code in this process, which may be suspended in it: its frames are then on the process's stack, with one of the
 * generator below them. Its errors arrive as a thrown `Raised`.
 */
export function* invoke(code: Function, args: readonly unknown[]): Generator<Suspend, unknown, any> {
  const value = code(...args);
  if (value !== U) return value;
  if (S.raised !== null) throw takeRaised();
  saveInCode = save;
  return yield SUSPEND;
}

/** Saves the frame of the generator that yields now, where it is suspended in compiled code. */
let saveInCode: ((body: Body) => typeof U) | null = null;

function save(body: Body): typeof U {
  return saveCatch(resumeInvoked, 1, body);
}

/** Label 1 continues with a value, label 2 with an error: see `saveCatch`. */
function resumeInvoked(frame: typeof F, value: unknown): unknown {
  const body = frame.a as Body;
  return frame.label === 2 ? advance(S.p, body, value, THROW) : advance(S.p, body, value);
}

/** Continues the generator of a process that the host has held, with what the host has given. */
function resumeHeld(p: Process): unknown {
  const given = p.x2;
  p.x2 = undefined;
  return advance(p, p.x0 as Body, given);
}

/** What the body of a process is to return. @internal */
export function generatorOf<Result>(body: () => Body<Result>): Body<Result> {
  const generator = body();
  if (!isGenerator(generator)) throw notGenerator(generator);
  return generator as Body<Result>;
}

function notGenerator(body: unknown): TypeError {
  return new TypeError(
    `a process takes a generator function, function* () { … }; this one returned ${returned(body)}`,
  );
}

/** A value that a function has returned, and what to write in place of one that is async. @internal */
export function returned(value: unknown): string {
  if (!(value instanceof Promise)) return shortly(value);
  // Whatever becomes of it, nobody is going to look.
  value.catch(() => {});
  return "a promise, so it is an async function: write function* and yield* wait(promise)";
}

function foreign(p: Process, value: unknown): TypeError {
  const isOperation = Symbol.iterator in Object(value);
  const hint =
    value instanceof Promise
      ? "write yield* wait(promise)"
      : isOperation
        ? "write yield* in place of yield"
        : "write yield* receive(), sleep(), wait() or their like";
  return new TypeError(`process ${p} yielded ${shortly(value)}: ${hint}`);
}

function failed(thrown: unknown): typeof U {
  S.system.guard?.passOn(thrown);
  S.raised = raisedFrom(thrown) as Raised;
  return U;
}
