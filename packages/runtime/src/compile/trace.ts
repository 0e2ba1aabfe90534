/**
 * From places in compiled code to entries of a stack trace. A module registers a table of its functions; it is only
 * made when the first trace asks, so loading a module costs one closure.
 *
 * `Raised.trace` holds pairs: the code of a function and a line (pushed by `raiseAt`), or a resume function and the
 * number of the point that unwinding passed.
 */

import type { Atom } from "../term/atom.ts";
import type { Raised } from "../term/error.ts";

/** A function, its resume function, its name and arity, and the line of each point. */
export type TraceRow = readonly [Function, Function | null, string, number, readonly number[]];

export interface Place {
  readonly module: Atom;
  readonly file: string;
  readonly name: string;
  readonly arity: number;
  readonly line: number;
}

interface Known {
  readonly module: Atom;
  readonly file: string;
  readonly name: string;
  readonly arity: number;
  /** `null` when the label is the line. */
  readonly lines: readonly number[] | null;
}

const known = new WeakMap<Function, Known>();
let waiting: { module: Atom; file: string; rows: () => readonly TraceRow[] }[] = [];

/** Called by the code of each module when it is loaded. */
export function registerPlaces(module: Atom, file: string, rows: () => readonly TraceRow[]): void {
  waiting.push({ module, file, rows });
}

/** What the code and label of a trace's pair stand for; `null` for TypeScript code. */
export function placeOf(code: Function, label: number): Place | null {
  for (const { module, file, rows } of waiting) {
    for (const [fast, resume, name, arity, lines] of rows()) {
      known.set(fast, { module, file, name, arity, lines: null });
      if (resume !== null) known.set(resume, { module, file, name, arity, lines });
    }
  }
  waiting = [];
  const found = known.get(code);
  if (found === undefined) return null;
  const { module, file, name, arity, lines } = found;
  return { module, file, name, arity, line: lines === null ? label : (lines[label - 1] ?? 0) };
}

/** The places that an error has passed, innermost first. */
export function placesOf(raised: Raised): Place[] {
  const places: Place[] = [];
  for (let i = 0; i + 1 < raised.trace.length; i += 2) {
    const place = placeOf(raised.trace[i] as Function, raised.trace[i + 1] as number);
    if (place !== null) places.push(place);
  }
  return places;
}
