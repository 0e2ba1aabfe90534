/**
 * From places in compiled code to entries of a stack trace. A module registers a table of its functions; it is only
 * made when the first trace asks, so loading a module costs one closure.
 *
 * An error that compiled code raises notes its way in `Raised.trace`, as pairs: the code of a function and a line (pushed by
 * `raiseAt`), or a resume function and the number of the point that unwinding passed. An error that a
 * builtin throws passes its callers unseen; those are found in the host's own stack, by script, name and line.
 */
import { S, suspendedCallers } from "../process/stack.ts";
import { type Atom, atom } from "../term/atom.ts";
import type { CodePlace, Raised } from "../term/error.ts";
import { Tuple2 } from "../term/tuple.ts";

/**
 * A function, its resume function, its name and arity, the line of each point as its distance from the one before, whether
 * it was lifted out of the function of that name. Left out where the text is minified: the line of the text where it begins
 * and, in runs of equal numbers, the source line of each of its lines; the names of variables.
 */
export type TraceRow = readonly [
  fast: Function,
  resume: Function | null,
  name: string,
  arity: number,
  steps: readonly number[],
  lifted: boolean,
  start?: number,
  runs?: readonly number[],
  names?: RowNames,
];

/** Names of variables in the program, `-` where there is none, in one text for each list. */
export interface RowNames {
  readonly params: string;
  /** Those saved at each point. */
  readonly locals: readonly string[];
  /** The lines of the clauses of a receive, without `after`. */
  readonly clauses: readonly number[];
  /** Where the function says that it comes from another file than the module. */
  readonly file?: string;
}

export interface Place {
  readonly module: Atom;
  readonly file: string;
  readonly name: string;
  readonly arity: number;
  /** 0 when unknown. */
  readonly line: number;
  /** Whether the function had nothing left to do. */
  readonly isLast?: boolean;
  /** Whether it is an evaluation itself, not a function that has come out of one. */
  readonly evaluates?: boolean;
  /** In a receive the lines of its clauses, without `after`. */
  readonly clauses?: readonly number[];
}

interface Known {
  readonly module: Atom;
  readonly file: string;
  readonly row: TraceRow;
  /** Whether this is the resume function, whose labels are points. */
  readonly resume: boolean;
}

interface Registration {
  readonly module: Atom;
  readonly file: string;
  readonly rows: () => readonly TraceRow[];
  readonly host: { stack?: string };
  readonly temporary: boolean;
}

/** Of code for one evaluation only so much is remembered, or a program that evaluates for ever would fill the memory. */
const MAX_TEMPORARY = 500;

const known = new WeakMap<Function, Known>();
/** By the URL of the script, then by the name of the JavaScript function. */
const scripts = new Map<string, Map<string, Known>>();
let waiting: Registration[] = [];
let temporaryWaiting = 0;
/** The scripts of evaluations, oldest first. */
const temporaryScripts: string[] = [];

/** The script of a module: a text of its own, or a line of the modules that every program needs. */
const SCRIPT = /beamlet\/[^\n]*?\.js(?=:\d)|(?:(?:first|test)-modules\.c|worker\.)js:\d+/;
/** A frame of V8's, of the other hosts': the function's name, the script, the line and column. */
const FRAME = new RegExp(
  `(?:at (?:[^\\n(]*[. ])?([\\w$]+)(?: \\[as \\w+\\])? \\(|([\\w$]+)@)[^\\n]*?(${SCRIPT.source}):([\\d:]+)`,
  "g",
);
/** Compiled code begins below the head that the host gives a function made from text. */
const HEAD_LINES = 2;

/** Called by the code of each module when it is loaded; `temporary` is code for one evaluation. */
export function registerPlaces(
  module: Atom,
  file: string,
  rows: () => readonly TraceRow[],
  temporary = false,
): void {
  if (temporary && ++temporaryWaiting > 2 * MAX_TEMPORARY) {
    let surplus = temporaryWaiting - MAX_TEMPORARY;
    waiting = waiting.filter((registration) => !(registration.temporary && surplus-- > 0));
    temporaryWaiting = MAX_TEMPORARY;
  }
  const host: { stack?: string } = {};
  const limit = Error.stackTraceLimit;
  Error.stackTraceLimit = 2;
  Error.captureStackTrace?.(host);
  Error.stackTraceLimit = limit;
  waiting.push({ module, file, rows, host, temporary });
}

function readRegistrations(): void {
  for (const { module, file, rows, host, temporary } of waiting) {
    const names = new Map<string, Known>();
    for (const row of rows()) {
      const [fast, resume] = row;
      for (const code of [fast, resume]) {
        if (code === null) continue;
        const entry = { module, file, row, resume: code === resume };
        known.set(code, entry);
        names.set(code.name, entry);
      }
    }
    const script = SCRIPT.exec(host.stack ?? "")?.[0];
    if (script === undefined) continue;
    scripts.set(script, names);
    if (temporary) temporaryScripts.push(script);
  }
  while (temporaryScripts.length > MAX_TEMPORARY) scripts.delete(temporaryScripts.shift() as string);
  waiting = [];
  temporaryWaiting = 0;
}

function place({ module, file, row }: Known, line: number): Place {
  const { clauses = [], file: other = file } = row[8] ?? {};
  return {
    ...{ module, file: other, name: row[2], arity: row[3], line: Math.abs(line), isLast: line < 0 },
    ...{ evaluates: row[0].name.startsWith(CELL), clauses },
  };
}

/** What the code and label of a trace's pair stand for; `null` for TypeScript code. */
export function placeOf(code: Function, label: number): Place | null {
  readRegistrations();
  const found = known.get(code);
  if (found === undefined) return null;
  return place(found, found.resume ? pointLine(found.row, label) : label);
}

/** The names of what a suspended call has saved, in order; of the parameters, for a function that is to be called. */
export function namesAt(code: Function, label: number): readonly string[] {
  readRegistrations();
  const found = known.get(code);
  const names = found?.row[8];
  if (found === undefined || names === undefined) return [];
  return (found.resume ? (names.locals[label - 1] ?? "") : names.params).split(" ");
}

/** Negative as in the text. */
function pointLine({ 4: steps }: TraceRow, point: number): number {
  return steps.slice(0, point).reduce((line, step) => line + step, 0);
}

/** The source line of a line of the text; negative where the text leaves the function by a tail call. */
function sourceLine([, , , , , , start, runs]: TraceRow, line: number): number {
  if (start === undefined || runs === undefined) return 0;
  let left = line - HEAD_LINES - start;
  if (left < 0) return 0;
  for (let i = 0; i + 1 < runs.length; i += 2) {
    left -= runs[i];
    if (left < 0) return runs[i + 1];
  }
  return 0;
}

interface Frame {
  readonly known: Known | CodePlace;
  /** Negative where the innermost function has called last what failed. */
  readonly line: number;
}

/** Below it are the calls of another process, which waits for its turn. */
const OTHERS = /\bwaitInPlace\b/;

/**
 * The functions on the host's stack, without those that have only a tail call left to do. What calls a builtin last is still there for
 * Erlang too, unless the builtin stands for a function that there is not, or that is none there: one without a clause.
 */
function hostFrames(stack: string, isGone: boolean): Frame[] {
  readRegistrations();
  const frames: Frame[] = [];
  let previous = "";
  for (const [, v8, other, script, at] of stack.split(OTHERS, 1)[0].matchAll(FRAME)) {
    // Of a call that repeats itself Erlang keeps one entry.
    if (previous === (previous = script + at)) continue;
    const entry = scripts.get(script)?.get(v8 ?? other);
    if (entry === undefined) continue;
    const line = sourceLine(entry.row, Number.parseInt(at, 10));
    // Without a table of lines, any line at which the function waits for another; one that never does has made a tail call.
    if (line === 0 && entry.row[4].length > 0)
      frames.push({ known: entry, line: Math.abs(pointLine(entry.row, 1)) });
    else if (line > 0 || (frames.length === 0 && !isGone))
      frames.push({ known: entry, line: entry.row[6] === undefined ? 1 : line });
  }
  return frames;
}

/** Frames of the host's that are looked through for the eight that a trace may have. */
const HOST_FRAMES = 40;

/**
 * Notes in an error that has been caught who called the function that catches it: those still on the host's stack, unless
 * they have been noted when it was thrown, and those whose frames the process has saved.
 */
export function noteCallers(raised: Raised): void {
  if (raised.host === null) {
    const host: { stack?: string } = {};
    const limit = Error.stackTraceLimit;
    Error.stackTraceLimit = HOST_FRAMES;
    Error.captureStackTrace?.(host);
    Error.stackTraceLimit = limit;
    for (const { known, line } of hostFrames(host.stack ?? "", false))
      raised.trace.push(known, Math.abs(line));
  }
  for (const { resume, label } of suspendedCallers(S.p, MAX_DEPTH)) raised.trace.push(resume, label);
}

/** Why no builtin of Erlang's fails. */
const NO_BUILTIN = new Set<unknown>([atom("undef"), atom("function_clause")]);
const BAD_CALLS = [atom("badfun"), atom("badarity")];

/** How the code of an evaluation is called in JavaScript, and what was lifted out of it. */
export const CELL = "cell";

/** Erlang keeps no more. */
const MAX_DEPTH = 8;

/** The places that an error has passed, innermost first; what has called no fun, and has more to do, is there twice. */
export function placesOf(raised: Pick<Raised, "host" | "trace"> & Partial<Pick<Raised, "reason">>): Place[] {
  const found: Frame[] = hostFrames(raised.host?.stack ?? "", NO_BUILTIN.has(raised.reason));
  for (let i = 0; i + 1 < raised.trace.length; i += 2) {
    const code = raised.trace[i] as Function | CodePlace;
    const label = raised.trace[i + 1] as number;
    if (code === raised.trace[i - 2] && label === raised.trace[i - 1]) continue;
    if (typeof code !== "function") {
      found.push({ known: code, line: label });
      continue;
    }
    const entry = known.get(code);
    const line = entry?.resume ? pointLine(entry.row, label) : label;
    // The code of a function, and not its resume function, is noted by what raises.
    if (entry !== undefined && (line >= 0 || !entry.resume)) found.push({ known: entry, line });
  }
  const places: Place[] = [];
  for (let i = 0; i < found.length; i++) {
    const { known: entry, line } = found[i];
    if (!("row" in entry)) {
      // The entry of a macro gives way to the one that tells what it is.
      if (places.at(-1)?.name === `MACRO-${entry.name}`) places.pop();
      places.push({ ...entry, line });
      continue;
    }
    places.push(place(entry, line));
    // What was lifted out of a function is called by it; to the reader they are one.
    for (let inner = entry; inner.row[5]; ) {
      const caller = found[i + 1]?.known;
      if (caller === undefined || !("row" in caller) || caller.module !== entry.module) break;
      if (caller.row[2] !== entry.row[2] || caller.row[3] !== entry.row[3]) break;
      inner = caller;
      i++;
    }
  }
  const { host, reason } = raised;
  const isBadCall = host !== null && reason instanceof Tuple2 && BAD_CALLS.includes(reason.a as Atom);
  if (isBadCall && found.length > 0 && found[0].line >= 0) places.unshift(places[0]);
  return places;
}
