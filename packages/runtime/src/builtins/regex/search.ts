/** Searches a text for a pattern with our own matcher, place by place, and lets other processes run meanwhile. */

import type { Task } from "../../process/task.ts";
import { spend } from "../../process/task.ts";
import type { Program } from "./instructions.ts";
import { Machine, Outcome } from "./machine.ts";
import type { Settings } from "./reader.ts";

/** Where a group matched, in units of the subject's text; `null` when it took no part. */
export type Range = readonly [start: number, end: number] | null;

export interface Conditions extends Settings {
  /** Only where the search starts. */
  readonly anchored: boolean;
  /** No match starts behind this place. */
  readonly last: number;
}

export type Failure = "match_limit" | "recursion_loop";

/** Reductions of the work between two pauses of the machine, or at so many places. */
const REDUCTIONS_PER_PAUSE = 2000;
const PLACES_PER_PAUSE = 10_000;
/** PCRE looks so far for a character that every match needs. */
const REQUIRED_WITHIN = 1000;

export function* search(
  program: Program,
  text: string,
  from: number,
  conditions: Conditions,
): Task<Range[] | null | Failure> {
  const machine = new Machine(program, text, from, conditions);
  const last = Math.min(conditions.last, text.length);
  const isFixed = conditions.anchored || program.isAnchored;
  if (program.isAnchored && from > 0) return null;
  let places = 0;
  for (let start = from; start <= last; ) {
    if (!isFixed && program.first !== null) {
      program.first.lastIndex = start;
      const found = program.first.exec(text);
      if (found === null || found.index > last) return null;
      start = found.index;
    }
    const { required } = program;
    if (required !== null && text.length - start < REQUIRED_WITHIN && !text.includes(required, start))
      return null;
    machine.begin(start);
    let outcome = machine.run();
    while (outcome === Outcome.PAUSED) {
      yield* spend(REDUCTIONS_PER_PAUSE);
      outcome = machine.run();
    }
    if (outcome === Outcome.MATCHED) return rangesOf(machine, program);
    if (outcome === Outcome.LIMIT) return "match_limit";
    if (outcome === Outcome.LOOP) return "recursion_loop";
    if (outcome === Outcome.COMMITTED || isFixed) return null;
    if (outcome === Outcome.SKIPPED && machine.skipTo > start) start = machine.skipTo;
    else start += (text.codePointAt(start) as number) > 0xffff ? 2 : 1;
    if (++places % PLACES_PER_PAUSE === 0) yield* spend(REDUCTIONS_PER_PAUSE);
  }
  return null;
}

function rangesOf(machine: Machine, program: Program): Range[] {
  const ranges: Range[] = [[machine.from, machine.at]];
  for (let group = 1; group <= program.captures; group++) {
    const end = machine.registers[group * 2 + 1];
    ranges.push(end < 0 ? null : [machine.registers[group * 2], end]);
  }
  return ranges;
}
