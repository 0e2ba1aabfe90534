/** Stack traces as Erlang has them, from what an error has noted on its way. */
import { relativeToWorkingDirectory } from "../builtins/files.ts";
import { notWholes } from "../compile/bits-support.ts";
import { type Place, placeOf, placesOf } from "../compile/index.ts";
import type { InitialCall } from "../process/process.ts";
import { type Atom, atom } from "../term/atom.ts";
import { charlist } from "../term/chardata.ts";
import { NO_LINE, type Raised } from "../term/error.ts";
import { EMPTY, list, listToArray } from "../term/list.ts";
import { mapFrom, mapGet, type TermMap } from "../term/map.ts";
import { Float } from "../term/number.ts";
import type { Term } from "../term/term.ts";
import { Tuple, tuple } from "../term/tuple.ts";

const FILE = atom("file");
const LINE = atom("line");
const ERROR_INFO = atom("error_info");
const ERLANG = atom("erlang");
const FUNCTION_CLAUSE = atom("function_clause");
/** The reason when nothing was raised, and only the calls of a process are asked for. */
const NONE = atom("undefined");
const EVALUATED = atom("elixir_eval");
const HANDLER: Place = {
  ...{ module: atom("elixir"), name: "eval_external_handler", arity: 3 },
  ...{ file: "src/elixir.erl", line: 386 },
};
const CAUSE = atom("cause");
/** Beside the place of a builtin that refuses its arguments: who can say what is wrong with them. */
const BUILTIN = list([tuple(ERROR_INFO, mapFrom([[atom("module"), atom("erl_erts_errors")]]))]);
/** Erlang keeps as many unless told otherwise. */
const DEPTH = 8;

/** The Elixir function that compiled code is, for `process_info(pid, :current_function)`. */
export function functionOf(code: unknown): InitialCall | null {
  const place = typeof code === "function" ? placeOf(code, 0) : null;
  return place === null ? null : { module: place.module, name: atom(place.name), arity: place.arity };
}

function locationOf(file: string, line: number): Term {
  if (line === NO_LINE) return list([tuple(FILE, charlist(file))]);
  if (line <= 0) return EMPTY;
  return list([tuple(FILE, charlist(relativeToWorkingDirectory(file))), tuple(LINE, line)]);
}

/** Whether an entry stands for a call with so many arguments; the code of a fun takes what it has captured as well. */
function isCall(entry: Tuple, module: Atom, name: Atom, count: number): boolean {
  if (entry.at(0) !== module || entry.at(1) !== name) return false;
  return entry.at(2) === count || name.name.startsWith("-");
}

/**
 * OTP evaluates binaries segment by segment, and comes upon some errors without what compiled code tells of them: it asks for the size of
 * what has none, and only says `badarg` of a size that is no number and of bits that are no bytes.
 */
function isToldOtherwise(raised: Raised, entries: Tuple[]): boolean {
  if (entries[0]?.at(0) !== EVALUATED) return false;
  const cause = mapGet(raised.info as TermMap, CAUSE);
  if (!(cause instanceof Tuple) || cause.size !== 4) return false;
  const [, , complaint, value] = cause.toArray();
  if (notWholes.has(raised)) entries.unshift(tuple(ERLANG, atom("bit_size"), list([value]), BUILTIN));
  else if (complaint !== atom("unit") && (complaint !== atom("size") || isNumber(value))) return false;
  return true;
}

function isNumber(value: Term): boolean {
  return typeof value === "number" || typeof value === "bigint" || value instanceof Float;
}

/** A builtin that has no clause is none in Erlang, but code with a line. */
function placeOfBuiltin({ name }: Atom, reason: Term): Term {
  if (name === ERLANG.name) return BUILTIN;
  return reason === FUNCTION_CLAUSE && name !== "erl_eval" ? locationOf(`${name}.erl`, 1) : EMPTY;
}

/**
 * Functions that have come out of an evaluation, and are called where there is none, are OTP's evaluator, which takes off the outermost
 * entry for each of them: of a process that does nothing else none is left.
 */
function escaped(places: Place[]): Place[] {
  const evaluated = places.filter(({ module }) => module === EVALUATED).length;
  if (evaluated === 0 || places.length >= DEPTH || places.some((place) => place.evaluates)) return places;
  return places
    .flatMap((place) => (place.module !== EVALUATED ? place : place.isLast ? HANDLER : [HANDLER, HANDLER]))
    .slice(0, -evaluated);
}

/** `[{module, function, arity or arguments, location}]`, innermost first. */
export function stacktraceOf(raised: Raised): Term {
  if (raised.stacktrace !== null) return raised.stacktrace;
  const all = placesOf(raised);
  const places = raised.reason === NONE ? all : escaped(all);
  const entries = places.map(({ module, file, name, arity, line }) => {
    return tuple(module, atom(name), arity, locationOf(file, line));
  });
  if (raised.call !== null) {
    const { module, name, args } = raised.call;
    const top = entries[0];
    // A function that refuses its arguments is its own innermost entry, which then has them instead of its arity.
    if (top !== undefined && isCall(top, module, name, args.length)) {
      entries[0] = tuple(module, name, list(args), top.at(3));
    } else entries.unshift(tuple(module, name, list(args), placeOfBuiltin(module, raised.reason)));
  }
  // Of evaluated code nothing may be left to have it.
  const isGone = entries.length === 0 && all.length > 0;
  if (raised.info !== null && !isGone && !isToldOtherwise(raised, entries)) {
    const [module, name, args, location] =
      entries[0]?.toArray() ?? ([atom("erlang"), atom("error"), 0, EMPTY] as const);
    const places = listToArray(location) as Term[];
    entries[0] = tuple(module, name, args, list([...places, tuple(ERROR_INFO, raised.info)]));
  }
  raised.stacktrace = list(entries.slice(0, DEPTH));
  return raised.stacktrace;
}
