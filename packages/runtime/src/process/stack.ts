/**
 * The suspension protocol: what compiled code and the scheduler agree upon.
 *
 * A compiled function is plain JavaScript. To be preempted or to block it returns `U`; every caller that sees
 * `U` saves its live locals with one of the `save` functions and returns `U` itself. Frames are thus
 * written innermost first, downwards into one buffer, and appended to the process in one go.
 * The innermost call itself (function and arguments) goes to the registers of the process (`yield…`, `wait…`).
 * To continue, the scheduler runs the process's entry and then, frame by frame, each saved resume function,
 * `resume(F, value)`, with the frame's locals in the shared registers `F`.
 *
 * `raise` travels the same way: `S.raised` is set, and while it is, saving a frame only notes where the
 * error passed. A catching frame (`saveCatch`) is found by the scheduler when the JavaScript stack
 * is gone; while it is still there, the code of `try` looks at `S.raised` itself.
 */
import type { Raised } from "../term/error.ts";
import { type Process, RUNNABLE } from "./process.ts";
import type { System } from "./system.ts";
import type { TraceSink } from "./trace.ts";

/** What a suspended or raising function returns. No term is identical to it. */
export const U = { unwinding: true };

/** The scheduler's registers: one object, so that compiled code holds it as a constant. */
class Registers {
  /** Reductions left in the slice. */
  r = 0;
  /** The running process. */
  p: Process = null as unknown as Process;
  /** The error on its way up, or `null`. */
  raised: Raised | null = null;
  /** Where the next frame is written in `buffer`; frames grow downwards from its end. */
  top = 0;
  buffer: unknown[] = [];
  /** The system that the running process belongs to. */
  system: System = null as unknown as System;
  /** Who watches what processes do, or `null`. */
  trace: TraceSink | null = null;
}

export const S = new Registers();

/** Room for the frames of one slice: at most 4000 calls, some with a helper or two that take no reduction. */
const BUFFER_SIZE = 1 << 17;
S.top = BUFFER_SIZE;

/** Makes the buffer, which programs without compiled code do without. */
export function openFrameBuffer(): void {
  if (S.buffer.length === 0) S.buffer = new Array(BUFFER_SIZE).fill(null);
}

/** The locals of the frame being resumed, and the label at which it continues. */
class FrameRegisters {
  label = 0;
  a: unknown = undefined;
  b: unknown = undefined;
  c: unknown = undefined;
  d: unknown = undefined;
  e: unknown = undefined;
  f: unknown = undefined;
}

export const F = new FrameRegisters();

/**
 * Continues a frame with the value of the call it waited for. A function with more than six live locals saves
 * an array of the sixth and those after it in `f`.
 */
export type Resume = (frame: typeof F, value: any) => unknown;

// The control word of a frame: label << 4 | catches << 3 | number of locals (0 to 6).
const CATCHES = 8;
const COUNT = 7;

export function save0(resume: Resume, label: number): typeof U {
  if (S.raised !== null) return passing(resume, label);
  const buffer = S.buffer;
  let i = S.top;
  buffer[--i] = label << 4;
  buffer[--i] = resume;
  S.top = i;
  return U;
}

export function save1(resume: Resume, label: number, a: unknown): typeof U {
  if (S.raised !== null) return passing(resume, label);
  const buffer = S.buffer;
  let i = S.top;
  buffer[--i] = (label << 4) | 1;
  buffer[--i] = resume;
  buffer[--i] = a;
  S.top = i;
  return U;
}

export function save2(resume: Resume, label: number, a: unknown, b: unknown): typeof U {
  if (S.raised !== null) return passing(resume, label);
  const buffer = S.buffer;
  let i = S.top;
  buffer[--i] = (label << 4) | 2;
  buffer[--i] = resume;
  buffer[--i] = a;
  buffer[--i] = b;
  S.top = i;
  return U;
}

export function save3(resume: Resume, label: number, a: unknown, b: unknown, c: unknown): typeof U {
  if (S.raised !== null) return passing(resume, label);
  const buffer = S.buffer;
  let i = S.top;
  buffer[--i] = (label << 4) | 3;
  buffer[--i] = resume;
  buffer[--i] = a;
  buffer[--i] = b;
  buffer[--i] = c;
  S.top = i;
  return U;
}

export function save4(
  resume: Resume,
  label: number,
  a: unknown,
  b: unknown,
  c: unknown,
  d: unknown,
): typeof U {
  if (S.raised !== null) return passing(resume, label);
  const buffer = S.buffer;
  let i = S.top;
  buffer[--i] = (label << 4) | 4;
  buffer[--i] = resume;
  buffer[--i] = a;
  buffer[--i] = b;
  buffer[--i] = c;
  buffer[--i] = d;
  S.top = i;
  return U;
}

export function save5(
  resume: Resume,
  label: number,
  a: unknown,
  b: unknown,
  c: unknown,
  d: unknown,
  e: unknown,
): typeof U {
  if (S.raised !== null) return passing(resume, label);
  const buffer = S.buffer;
  let i = S.top;
  buffer[--i] = (label << 4) | 5;
  buffer[--i] = resume;
  buffer[--i] = a;
  buffer[--i] = b;
  buffer[--i] = c;
  buffer[--i] = d;
  buffer[--i] = e;
  S.top = i;
  return U;
}

/** Six locals; with more, `f` is an array of the sixth and those after it. */
export function save6(
  resume: Resume,
  label: number,
  a: unknown,
  b: unknown,
  c: unknown,
  d: unknown,
  e: unknown,
  f: unknown,
): typeof U {
  if (S.raised !== null) return passing(resume, label);
  const buffer = S.buffer;
  let i = S.top;
  buffer[--i] = (label << 4) | 6;
  buffer[--i] = resume;
  buffer[--i] = a;
  buffer[--i] = b;
  buffer[--i] = c;
  buffer[--i] = d;
  buffer[--i] = e;
  buffer[--i] = f;
  S.top = i;
  return U;
}

/**
 * The frame of a `try`: continues at `label` with a value, or at `label + 1` with the `Raised` that ended
 * its body. All its locals are in one array, `null` when there are none. Not called while an error is on its way: the code of `try`
 * handles that itself.
 */
export function saveCatch(resume: Resume, label: number, locals: unknown): typeof U {
  const buffer = S.buffer;
  let i = S.top;
  buffer[--i] = (label << 4) | CATCHES | 1;
  buffer[--i] = resume;
  buffer[--i] = locals;
  S.top = i;
  return U;
}

/** An error passes a caller: note where, for the stack trace. */
function passing(resume: Resume, label: number): typeof U {
  const raised = S.raised as Raised;
  // The host's stack, where there is one, has this caller already.
  if (raised.host === null) note(raised, resume, label);
  return U;
}

/** Erlang keeps eight entries, and of a recursion that repeats one call only one; so do we. */
function note({ stacktrace, trace }: Raised, resume: Resume, label: number): void {
  if (stacktrace === null && trace.length < 16 && (trace.at(-1) !== label || trace.at(-2) !== resume))
    trace.push(resume, label);
}

/** Starts unwinding with an error. Compiled code: `return raise(…)`. */
export function raise(raised: Raised): typeof U {
  S.raised = raised;
  return U;
}

/** Ends the unwinding that the caller has seen and takes over its error. */
export function takeRaised(): Raised {
  const raised = S.raised as Raised;
  S.raised = null;
  return raised;
}

// Entries: they apply the function in `target` to the registers.
export const enter0 = (p: Process) => (p.target as Function)();
export const enter1 = (p: Process) => (p.target as Function)(p.x0);
export const enter2 = (p: Process) => (p.target as Function)(p.x0, p.x1);
export const enter3 = (p: Process) => (p.target as Function)(p.x0, p.x1, p.x2);
export const enter4 = (p: Process) => (p.target as Function)(p.x0, p.x1, p.x2, p.x3);
export const enterN = (p: Process) => (p.target as Function)(...(p.x0 as unknown[]));

/** Preempted at the entry of a function, or waiting in a receive: it will be called again with the same arguments. */
export function yield0(code: Function): typeof U {
  const p = S.p;
  p.entry = enter0;
  p.target = code;
  return U;
}

export function yield1(code: Function, a: unknown): typeof U {
  const p = S.p;
  p.entry = enter1;
  p.target = code;
  p.x0 = a;
  return U;
}

export function yield2(code: Function, a: unknown, b: unknown): typeof U {
  const p = S.p;
  p.entry = enter2;
  p.target = code;
  p.x0 = a;
  p.x1 = b;
  return U;
}

export function yield3(code: Function, a: unknown, b: unknown, c: unknown): typeof U {
  const p = S.p;
  p.entry = enter3;
  p.target = code;
  p.x0 = a;
  p.x1 = b;
  p.x2 = c;
  return U;
}

export function yield4(code: Function, a: unknown, b: unknown, c: unknown, d: unknown): typeof U {
  const p = S.p;
  p.entry = enter4;
  p.target = code;
  p.x0 = a;
  p.x1 = b;
  p.x2 = c;
  p.x3 = d;
  return U;
}

export function yieldN(code: Function, args: unknown[]): typeof U {
  const p = S.p;
  p.entry = enterN;
  p.target = code;
  p.x0 = args;
  return U;
}

/**
 * Moves what a slice wrote into the frame buffer to the process. For the scheduler.
 *
 * The array of a process begins with what is taken from its depth to index it. Many frames at once become an array of their own, whose
 * first frame goes on in the array below: one array that grows would be copied again and again by a recursion that is a million deep.
 */
export function flushFrames(p: Process): void {
  const buffer = S.buffer;
  let i = S.top;
  S.top = BUFFER_SIZE;
  const count = BUFFER_SIZE - i;
  if (count === 0) return;
  const { frames, depth } = p;
  p.depth += count;
  if (frames !== null && count < MANY_SLOTS) {
    for (let to = depth - (frames[0] as number); i < BUFFER_SIZE; i++) frames[to++] = buffer[i];
  } else if (depth === 0) {
    p.frames = buffer.slice(i - 1);
    p.frames[0] = -1;
  } else {
    const above = buffer.slice(i - 4);
    above[0] = depth - 1;
    above[1] = frames;
    above[2] = enterBelow;
    above[3] = 1;
    p.frames = above;
    p.depth += 3;
  }
}

/** So many slots are worth an array of their own. */
const MANY_SLOTS = 1024;

/** The first frame of an array, when all others of it have been taken. */
function enterBelow({ a }: FrameRegisters, value: unknown): unknown {
  S.p.frames = a as unknown[];
  return value;
}

/** Forgets frames written by a call that turned out to end in an error. For the scheduler. */
export function dropFrames(): void {
  S.top = BUFFER_SIZE;
}

/** Takes the top frame: its locals and label are in `F` afterwards, its resume function is returned. */
export function popFrame(p: Process): Resume {
  const frames = p.frames as unknown[];
  let i = p.depth - (frames[0] as number);
  const control = frames[--i] as number;
  const resume = frames[--i] as Resume;
  const count = control & COUNT;
  p.depth -= count + 2;
  F.label = control >> 4;
  if (count > 0) {
    F.a = take(frames, --i);
    if (count > 1) F.b = take(frames, --i);
    if (count > 2) F.c = take(frames, --i);
    if (count > 3) F.d = take(frames, --i);
    if (count > 4) F.e = take(frames, --i);
    if (count > 5) F.f = take(frames, --i);
  }
  return resume;
}

/** A suspended caller: where it goes on, and with which locals. */
export interface Suspended {
  readonly resume: Resume;
  readonly label: number;
  readonly locals: readonly unknown[];
}

/** Calls `visit` with each suspended frame, the innermost first: its array, and where it ends there. Stops when that is false. */
function eachFrame(p: Process, visit: (frames: unknown[], end: number) => boolean): void {
  let frames = p.frames as unknown[];
  for (let depth = p.depth; depth > 0; ) {
    const end = depth - (frames[0] as number);
    depth -= 2 + ((frames[end - 1] as number) & COUNT);
    if (frames[end - 2] === enterBelow) frames = frames[1] as unknown[];
    else if (!visit(frames, end)) return;
  }
}

/** The innermost suspended callers of a process, at most so many, for those who look at it from outside. */
export function suspendedCallers(p: Process, most: number): Suspended[] {
  const found: Suspended[] = [];
  eachFrame(p, (frames, end) => {
    const control = frames[end - 1] as number;
    found.push({
      resume: frames[end - 2] as Resume,
      label: control >> 4,
      locals: frames.slice(end - 2 - (control & COUNT), end - 2).reverse(),
    });
    return found.length < most;
  });
  return found;
}

/** A popped slot must not keep its value alive. */
function take(frames: unknown[], i: number): unknown {
  const value = frames[i];
  frames[i] = null;
  return value;
}

/**
 * Unwinds the process's suspended frames to the innermost `try`. True when there is one: its resume
 * function is ready as the entry of the process. The frames passed are noted in the error.
 */
export function unwindToCatch(p: Process, raised: Raised): boolean {
  while (p.depth > 0) {
    const frames = p.frames as unknown[];
    const isCatch = ((frames[p.depth - (frames[0] as number) - 1] as number) & CATCHES) !== 0;
    const resume = popFrame(p);
    if (isCatch) {
      p.entry = enterHandler;
      p.target = resume;
      p.x0 = F.a;
      p.x1 = raised;
      p.x2 = F.label + 1;
      p.status = RUNNABLE;
      return true;
    }
    if (resume === enterBelow) p.frames = F.a as unknown[];
    else note(raised, resume, F.label);
  }
  return false;
}

/** Makes a value the result of the innermost suspended call. */
export function resumeWith(p: Process, value: unknown): void {
  p.entry = enterValue;
  p.x0 = value;
}

/** Makes an error the outcome of the innermost suspended call. */
export function resumeRaising(p: Process, raised: Raised): void {
  p.entry = enterRaise;
  p.x0 = raised;
}

const enterValue = (p: Process): unknown => p.x0;
const enterRaise = (p: Process): unknown => raise(p.x0 as Raised);

function enterHandler(p: Process): unknown {
  F.a = p.x0;
  F.label = p.x2 as number;
  return (p.target as Resume)(F, p.x1);
}

/**
 * Drops every frame above the outermost `try`, so that what is raised next reaches the first one that the process
 * entered, whatever the program in between would catch. False when there is none.
 */
export function dropToOutermostCatch(p: Process): boolean {
  let outermost: unknown[] | null = null;
  let outermostEnd = 0;
  eachFrame(p, (frames, end) => {
    if ((frames[end - 1] as number) & CATCHES) [outermost, outermostEnd] = [frames, end];
    return true;
  });
  const frames = outermost as unknown[] | null;
  p.frames = frames?.fill(null, outermostEnd) ?? null;
  p.depth = frames === null ? 0 : outermostEnd + (frames[0] as number);
  return frames !== null;
}

// The other half of what compiled code uses; it is here so that there is one protocol to import.
export * from "./receive.ts";
