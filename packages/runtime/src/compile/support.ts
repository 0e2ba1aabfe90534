/** What compiled code calls at run time besides natives: errors, funs, maps, comprehensions. */
import { toRaised } from "../process/host-error.ts";
import { raise, S, type U } from "../process/stack.ts";
import { Atom, atom, atomHash, FALSE, NIL, TRUE } from "../term/atom.ts";
import { ascii, Bitstring } from "../term/bitstring.ts";
import {
  badarg,
  CLASS_ERROR,
  CLASS_EXIT,
  CLASS_THROW,
  error,
  Raised,
  tagged,
  withHost,
} from "../term/error.ts";
import { Fun } from "../term/fun.ts";
import { Cons, EMPTY, list, listToArray } from "../term/list.ts";
import { EMPTY_MAP, flatMap, mapFrom, mapGet, mapHas, mapOf, mapPut, TermMap } from "../term/map.ts";
import type { Term } from "../term/term.ts";
import { Tuple2, Tuple3, tuple } from "../term/tuple.ts";
import type { ExportCell } from "./interface.ts";
import { noteCallers } from "./trace.ts";

const EXCEPTION_KEY = atom("__exception__");
const STRUCT_KEY = atom("__struct__");
const FUNCTION_CLAUSE = atom("function_clause");
const MAPS = atom("maps");
const UPDATE = atom("update");
const BADKEY = atom("badkey");
const NO_MODULES: ReadonlySet<Term> = new Set([NIL, FALSE, TRUE]);
const ERROR_INFO = atom("error_info");
const BADSTRUCT = atom("badstruct");
const BADARITY = atom("badarity");

export type Suspended = typeof U;

/** Raises at a line of a function, which begins the trace. */
export function raiseAt(code: Function, line: number, raised: Raised): Suspended {
  if (raised.stacktrace === null && raised.trace.length < 16) raised.trace.push(code, line);
  return raise(raised);
}

/** In the `catch` of a compiled `try`: what JavaScript code has thrown travels on as an error does. */
export function caught(thrown: unknown): Suspended {
  return raise(toRaised(thrown));
}

export function functionClause(module: Atom, name: Atom, args: readonly Term[]): Raised {
  return new Raised(CLASS_ERROR, FUNCTION_CLAUSE, null, { module, name, args });
}

const RAISED = mapFrom([[atom("module"), atom("Elixir.Exception")]]);

/** What `raise/1` raises: noted as worded by the exception itself. */
export function raised(exception: Term): Raised {
  const result = new Raised(CLASS_ERROR, exception);
  result.info = RAISED;
  return result;
}

/** Mirrors `:erlang.error/3` in a function of this name: arguments are a list or `none`; of the options one counts, `error_info`. */
export function errorOf(reason: Term, args: Term, module: Atom, name: Atom, options: Term | null): Raised {
  const items = listToArray(args);
  const call = items === null ? null : { module, name, args: items };
  const result = new Raised(CLASS_ERROR, reason, null, call);
  for (const option of (options !== null && listToArray(options)) || [])
    if (option instanceof Tuple2 && option.a === ERROR_INFO && option.b instanceof TermMap)
      result.info = option.b;
  return result;
}

/** Mirrors `:erlang.raise/3`. */
export function reraised(kind: Term, reason: Term, stacktrace: Term): Raised {
  if (kind !== CLASS_ERROR && kind !== CLASS_EXIT && kind !== CLASS_THROW) return error("badarg");
  return new Raised(kind as Atom, reason, stacktrace);
}

export function stacktrace(raised: Raised): Term {
  if (raised.stacktrace === null) {
    noteCallers(raised);
    raised.stacktrace = S.system.stacktraceOf(raised);
  }
  return raised.stacktrace;
}

/** Reasons of which `rescue` makes an exception with the stack trace; so it does of a `badkey` of two. */
const EXPLAINED = new Set<Term>(["badarg", "function_clause", "undef", "system_limit"].map(atom));

/**
 * The stack trace as far as `rescue` makes an exception of it: the failed call. To write out the host's stack takes a hundred times
 * as long as to raise and to rescue.
 */
export function innermost(raised: Raised): Term {
  const { call, info, reason } = raised;
  const isExplained = EXPLAINED.has(reason);
  if (!isExplained && !(reason instanceof Tuple2 && reason.a === BADKEY)) return EMPTY;
  if (raised.stacktrace !== null || info !== null || (isExplained && call === null))
    return stacktrace(raised);
  return call === null ? EMPTY : list([tuple(call.module, call.name, list(call.args), EMPTY)]);
}

export function isException(reason: Term): boolean {
  return (
    reason instanceof TermMap &&
    mapGet(reason, EXCEPTION_KEY) === TRUE &&
    mapGet(reason, STRUCT_KEY) instanceof Atom
  );
}

/** A guard's call of a native: `undefined` where it raises. */
export function attempt(native: (...args: Term[]) => Term, ...args: Term[]): Term | undefined {
  try {
    return native(...args);
  } catch (thrown) {
    if (thrown instanceof Raised) return undefined;
    throw thrown;
  }
}

/** The call of something that is no fun of as many arguments. */
export function badFun(fun: Term, ...args: Term[]): never {
  if (!(fun instanceof Fun)) throw withHost(tagged("badfun", fun));
  throw withHost(new Raised(CLASS_ERROR, new Tuple2(BADARITY, new Tuple2(fun, list(args)))));
}

export function applyFun(fun: Term, args: Term): unknown {
  const items = listToArray(args);
  if (items === null) return raise(error("badarg"));
  if (!(fun instanceof Fun) || fun.arity !== items.length) return badFun(fun, ...items);
  return fun.code(fun, ...items);
}

export function mapUpdate(map: Term, key: Term, value: Term): Term {
  if (!(map instanceof TermMap)) throw withHost(tagged("badmap", map));
  const changed = mapPut(map, key, value);
  if (changed.size > map.size) throw withHost(tagged("badkey", key));
  return changed;
}

/** As `mapUpdate`, in evaluated code, where it fails as `:maps.update/3`: the message takes the map from the call. */

/** The update of several keys, all atoms: one copy of a flat map, as structs are. */
export function mapUpdateAll(map: Term, keys: readonly Term[], items: readonly Term[]): Term {
  if (map instanceof TermMap && map.keys !== null) {
    const values = (map.values as readonly Term[]).slice();
    for (let i = 0; i < keys.length; i++) {
      const at = map.keys.indexOf(keys[i]);
      if (at < 0) throw withHost(tagged("badkey", keys[i]));
      values[at] = items[i];
    }
    return flatMap(map.keys, values);
  }
  let result = map;
  for (let i = 0; i < keys.length; i++) result = mapUpdate(result, keys[i], items[i]);
  return result;
}

/** In evaluated code, which Erlang interprets, an update is a call of `:maps.update/3`. */
export function mapUpdateEvaluated(map: Term, key: Term, value: Term): Term {
  if (map instanceof TermMap && !mapHas(map, key)) {
    const call = { module: MAPS, name: UPDATE, args: [key, value, map] };
    throw withHost(new Raised(CLASS_ERROR, new Tuple2(BADKEY, key), null, call));
  }
  return mapUpdate(map, key, value);
}

export function checkStruct(value: Term, name: Term): void {
  if (!(value instanceof TermMap) || mapGet(value, STRUCT_KEY) !== name) {
    throw withHost(new Raised(CLASS_ERROR, new Tuple3(BADSTRUCT, name, value)));
  }
}

/** Collects the next element behind the last cell of a list that is being built. */
export function push(last: Cons, value: Term): Cons {
  const cell = new Cons(value, EMPTY);
  last.tail = cell;
  return cell;
}

export function mapFromPairs(items: Term): Term {
  const keys: Term[] = [];
  const values: Term[] = [];
  for (; items instanceof Cons; items = items.tail) {
    if (!(items.head instanceof Tuple2)) throw withHost(error("badarg"));
    keys.push(items.head.a);
    values.push(items.head.b);
  }
  return mapOf(keys, values);
}

const RANGE = atom("Elixir.Range");
const FIRST = atom("first");
const LAST = atom("last");
const STEP = atom("step");
/** Ranges up to so many elements are worth a list, which a generator walks faster than `Enum.reduce` does. */
const SMALL_RANGE = 4096;

/** What a generator walks: a small range as the list of its elements, everything else as it is. */
export function smallRange(map: TermMap): Term {
  if (mapGet(map, STRUCT_KEY) !== RANGE) return map;
  const first = mapGet(map, FIRST);
  const last = mapGet(map, LAST);
  const step = mapGet(map, STEP);
  if (typeof first !== "number" || typeof last !== "number" || typeof step !== "number" || step === 0)
    return map;
  const count = Math.floor((last - first) / step) + 1;
  if (count > SMALL_RANGE) return map;
  let result: Term = EMPTY;
  for (let i = count - 1; i >= 0; i--) result = new Cons(first + i * step, result);
  return result;
}

/** What `uniq: true` has seen so far. */
export interface Seen {
  map: TermMap;
}

export function newSeen(): Seen {
  return { map: EMPTY_MAP };
}

export function firstSeen(seen: Seen, value: Term): boolean {
  if (mapHas(seen.map, value)) return false;
  seen.map = mapPut(seen.map, value, TRUE);
  return true;
}

/** Cells that dynamic calls remember: a power of two, enough for the callbacks that a program is in the middle of. */
const RECENT = 256;

/** Calls that look their module up when they run, on the cells of a code server. */
export function dynamicCalls(cell: (module: Atom, name: Atom, arity: number) => ExportCell) {
  const externals = new WeakMap<ExportCell, Fun>();
  const recent: ExportCell[] = [];

  function resolve(module: Term, name: Term, arity: number): ExportCell {
    if (!(module instanceof Atom) || !(name instanceof Atom)) {
      const code = (...args: Term[]) => {
        throw badarg("erlang", "apply", [module, name, list(args)]);
      };
      return { module: NIL, name: NIL, arity, code };
    }
    // Cells live for ever, so what was found once may be kept; a slot holds the last that fell into it.
    const slot = (atomHash(module) ^ Math.imul(atomHash(name), 31) ^ arity) & (RECENT - 1);
    const last = recent[slot];
    if (last !== undefined && last.module === module && last.name === name && last.arity === arity)
      return last;
    const found = cell(module, name, arity);
    recent[slot] = found;
    return found;
  }

  const toString = cell(atom("Elixir.String.Chars"), atom("to_string"), 1);
  const dotted = (name: string, a: Term, b: Term) => cell(atom("elixir_erl_pass"), atom(name), 2).code(a, b);

  return {
    resolve,
    /** `to_string/1`. */
    toText(x: Term): unknown {
      if (x instanceof Bitstring && x.isBinary) return x;
      return typeof x === "number" ? ascii(`${x}`) : toString.code(x);
    },
    applyRemote(module: Term, name: Term, args: Term): unknown {
      const items = listToArray(args);
      if (items === null) return raise(badarg("erlang", "apply", [module, name, args]));
      return resolve(module, name, items.length).code(...items);
    },
    /** `value.name` where the value is no map with that key: a call, of which Elixir warns, if it is a module. */
    field(value: Term, name: Atom): unknown {
      if (value instanceof Atom && !NO_MODULES.has(value)) return dotted("no_parens_remote", value, name);
      throw withHost(new Raised(CLASS_ERROR, new Tuple3(BADKEY, name, value)));
    },
    /** `value.name()`: a call, or the field of a map, of which Elixir warns. */
    dot(value: Term, name: Atom): unknown {
      const field = value instanceof TermMap ? mapGet(value, name) : undefined;
      return field === undefined ? resolve(value, name, 0).code() : dotted("parens_map_field", name, field);
    },
    /** `&Mod.name/arity`: one fun for each function. */
    externalFun(module: Term, name: Atom, arity: number): Fun {
      if (!(module instanceof Atom)) throw badarg("erlang", "make_fun", [module, name, arity]);
      const target = resolve(module, name, arity);
      let fun = externals.get(target);
      if (fun === undefined) {
        const code =
          arity === 1
            ? (_: Fun, a: Term) => target.code(a)
            : arity === 2
              ? (_: Fun, a: Term, b: Term) => target.code(a, b)
              : (_: Fun, ...args: Term[]) => target.code(...args);
        fun = new Fun(code, { module: target.module, name, arity, index: -1 });
        externals.set(target, fun);
      }
      return fun;
    },
  };
}

const HALF = 65536;

/** `rem(a * b + c, m)` of numbers below 2^32 that are not negative, else -1. Every step is below 2^53. */
export function productRemainder(a: Term, b: Term, c: Term, m: Term): number {
  if (!isHalfSafe(a) || !isHalfSafe(b) || !isHalfSafe(c) || !isHalfSafe(m) || m === 0) return -1;
  const low = b & 0xffff;
  return reduced(reduced(a * ((b - low) / HALF), m) * HALF + a * low + c, m);
}

function isHalfSafe(x: Term): x is number {
  return typeof x === "number" && x >= 0 && x <= 0xffffffff;
}

/** A remainder by a division, which takes less than the host's. Below 2^53 the quotient is never rounded up to a whole number. */
function reduced(x: number, m: number): number {
  return x - Math.floor(x / m) * m;
}
