/**
 * `:lists`, the functions without callbacks; those with one are in `lib/erlang/lists.ex`. Functions that take
 * apart a list to its end refuse improper ones as Erlang does, with `function_clause`.
 */
import {
  Atom,
  badarg,
  bool,
  Cons,
  charlist,
  compareTerms,
  EMPTY,
  errorIn,
  FALSE,
  Float,
  integerText,
  list,
  listToArray,
  type Raised,
  scientificFloat,
  strictEquals,
  type Term,
  Tuple,
  Tuple2,
  tuple,
  tupleOf,
} from "../term/index.ts";
import { add } from "./erlang-arithmetic.ts";
import { append, subtract } from "./erlang-lists.ts";
import { items, noClause } from "./lists-sorted.ts";
import type { NativeModule } from "./native.ts";

export function reverse(of: Term): Term {
  let result: Term = EMPTY;
  let rest = of;
  while (rest instanceof Cons) {
    result = new Cons(rest.head, result);
    rest = rest.tail;
  }
  if (rest !== EMPTY) throw unreversed(of);
  return result;
}

/** Erlang leaves what follows the first two elements to `reverse/2`. */
function unreversed(of: Term): Raised {
  if (!(of instanceof Cons) || !(of.tail instanceof Cons)) return noClause("reverse", of);
  return badarg("lists", "reverse", [of.tail.tail, list([of.tail.head, of.head])]);
}

export function reverseOnto(of: Term, tail: Term): Term {
  let result = tail;
  let rest = of;
  while (rest instanceof Cons) {
    result = new Cons(rest.head, result);
    rest = rest.tail;
  }
  if (rest !== EMPTY) throw badarg("lists", "reverse", [of, tail]);
  return result;
}

export function member(item: Term, of: Term): Term {
  let rest = of;
  const simple = typeof item === "number" || item instanceof Atom;
  while (rest instanceof Cons) {
    if (rest.head === item || (!simple && strictEquals(rest.head, item))) return bool(true);
    rest = rest.tail;
  }
  if (rest !== EMPTY) throw badarg("lists", "member", [item, of]);
  return FALSE;
}

function seq(from: Term, to: Term, step: Term = 1, args: Term[] = [from, to]): Term {
  const integral = [from, to, step].every((x) => typeof x === "number" || typeof x === "bigint");
  if (!integral) throw args.length === 3 ? badarg("lists", "seq", args) : noClause("seq", ...args);
  const [a, b, s] = [from, to, step] as (number | bigint)[];
  if (typeof a === "number" && typeof b === "number" && typeof s === "number") {
    if (args.length === 2 && a - 1 > b) throw noClause("seq", ...args);
    if (s === 0 && a === b) return list([a]);
    const valid = s > 0 ? a - s <= b : s < 0 && a - s >= b;
    if (!valid) throw badarg("lists", "seq", args);
    let result: Term = EMPTY;
    for (let i = Math.floor((b - a) / s); i >= 0; i--) result = new Cons(a + i * s, result);
    return result;
  }
  const result: Term[] = [];
  for (let x: Term = a; BigInt(s) > 0n ? x <= b : x >= b; x = add(x, s) as bigint) result.push(x);
  return list(result);
}

/** A position that is no number is greater than one, so that Erlang counts down from it. */
function checkPosition(n: Term, of: Term): void {
  const isNumber = typeof n === "number" || typeof n === "bigint" || n instanceof Float;
  if (of instanceof Cons && !isNumber) throw errorIn("badarith", "erlang", "-", [n, 1]);
}

function nth(n: Term, of: Term): Term {
  let rest = of;
  checkPosition(n, of);
  if (typeof n !== "number" || n < 1) throw noClause("nth", n, of);
  let i = n;
  for (; rest instanceof Cons; i--) {
    if (i === 1) return rest.head;
    rest = rest.tail;
  }
  throw noClause("nth", i, rest);
}

function nthtail(n: Term, of: Term): Term {
  let rest = of;
  checkPosition(n, of);
  if (typeof n !== "number" || n < 0) throw noClause("nthtail", n, of);
  for (let i = n; i > 0; i--) {
    if (!(rest instanceof Cons)) throw noClause("nthtail", i, rest);
    rest = rest.tail;
  }
  if (n === 0 && rest !== EMPTY && !(rest instanceof Cons)) throw noClause("nthtail", n, of);
  return rest;
}

function last(of: Term): Term {
  if (!(of instanceof Cons)) throw noClause("last", of);
  let cell = of;
  while (cell.tail instanceof Cons) cell = cell.tail;
  if (cell.tail !== EMPTY) throw noClause("last", cell.head, cell.tail);
  return cell.head;
}

function droplast(of: Term): Term {
  const array = items(of, "droplast", of);
  if (array.length === 0) throw noClause("droplast", of);
  array.pop();
  return list(array);
}

function sublist(of: Term, length: Term): Term {
  if (!isCount(length) || !(of instanceof Cons || of === EMPTY)) throw noClause("sublist", of, length);
  const result: Term[] = [];
  let rest: Term = of;
  while (result.length < length && rest instanceof Cons) {
    result.push(rest.head);
    rest = rest.tail;
  }
  if (result.length < length && rest !== EMPTY) throw noClause("sublist", of, length);
  return list(result);
}

/** What the length is matters only where the list has a start. */
function sublistFrom(of: Term, start: Term, length: Term): Term {
  for (; isCount(start) && start > 1; start--) {
    if (of === EMPTY) return EMPTY;
    if (!(of instanceof Cons)) break;
    of = of.tail;
  }
  if (start !== 1 || !isCount(length) || !(of instanceof Cons || of === EMPTY))
    throw noClause("sublist", of, start, length);
  return sublist(of, length);
}

function isCount(term: Term): term is number | bigint {
  return (typeof term === "number" || typeof term === "bigint") && term >= 0;
}

function split(n: Term, of: Term): Term {
  if (typeof n !== "number" || n < 0 || !(of instanceof Cons || of === EMPTY))
    throw badarg("lists", "split", [n, of]);
  const front: Term[] = [];
  let rest: Term = of;
  while (front.length < n) {
    if (rest === EMPTY) throw badarg("lists", "split", [n, of]);
    if (!(rest instanceof Cons)) throw noClause("split", n, of);
    front.push(rest.head);
    rest = rest.tail;
  }
  return tuple(list(front), rest);
}

function flatten(of: Term, tail: Term, args: Term[]): Term {
  const flat: Term[] = [];
  const rest: Term[] = [];
  let at = of;
  for (;;) {
    while (at instanceof Cons) {
      const head: Term = at.head;
      if (head instanceof Cons) {
        rest.push(at.tail);
        at = head;
        continue;
      }
      if (head !== EMPTY) flat.push(head);
      at = at.tail;
    }
    if (at !== EMPTY) {
      if (at === of) throw noClause("flatten", ...args);
      // Erlang flattens from the end: what comes behind is flat by then.
      throw noClause(
        "do_flatten",
        at,
        rest.reduce<Term>((flat, outer) => flatten(outer, flat, args), tail),
      );
    }
    const next = rest.pop();
    if (next === undefined) return list(flat, tail);
    at = next;
  }
}

function appendAll(of: Term): Term {
  const lists = items(of, "append", of);
  let result: Term = EMPTY;
  for (let i = lists.length - 1; i >= 0; i--)
    result = i === lists.length - 1 ? lists[i] : append(lists[i], result);
  return result;
}

function concat(of: Term): Term {
  let result: Term = EMPTY;
  for (const thing of items(of, "concat", of).reverse()) {
    let part = thing;
    if (thing instanceof Atom) part = charlist(thing.name);
    else if (typeof thing === "number" || typeof thing === "bigint") part = charlist(integerText(thing));
    else if (thing instanceof Float) part = charlist(scientificFloat(thing.value, 20));
    else if (!(thing instanceof Cons) && thing !== EMPTY) throw noClause("concat", of);
    result = append(part, result);
  }
  return result;
}

function zipped(name: string, ...lists: Term[]): Term {
  const arrays = lists.map((of) => items(of, name, ...lists));
  if (arrays.some((array) => array.length !== arrays[0].length)) throw noClause(name, ...lists);
  if (arrays.length === 2) return list(arrays[0].map((item, i) => new Tuple2(item, arrays[1][i])));
  return list(arrays[0].map((_, i) => tupleOf(arrays.map((array) => array[i]))));
}

function unzipped(name: string, of: Term, width: number): Term {
  const columns: Term[][] = Array.from({ length: width }, () => []);
  for (const row of items(of, name, of)) {
    if (!(row instanceof Tuple) || row.size !== width) throw noClause(name, of);
    for (let i = 0; i < width; i++) columns[i].push(row.at(i));
  }
  return tupleOf(columns.map((column) => list(column)));
}

function isPrefix(a: Term, b: Term): Term {
  let x = a;
  let y = b;
  while (x instanceof Cons && y instanceof Cons) {
    if (!strictEquals(x.head, y.head)) return FALSE;
    x = x.tail;
    y = y.tail;
  }
  if (![x, y].every((rest) => rest instanceof Cons || rest === EMPTY)) throw noClause("prefix", x, y);
  return bool(x === EMPTY);
}

function isSuffix(a: Term, b: Term): Term {
  const all = listToArray(b);
  const end = listToArray(a);
  if (all === null) throw badarg("erlang", "length", [b]);
  if (end === null) throw badarg("erlang", "length", [a]);
  const skipped = all.length - end.length;
  return bool(skipped >= 0 && end.every((item, i) => strictEquals(item, all[skipped + i])));
}

function extreme(name: string, sign: number) {
  return (of: Term): Term => {
    if (!(of instanceof Cons)) throw noClause(name, of);
    let best = of.head;
    let rest = of.tail;
    for (; rest instanceof Cons; rest = rest.tail) {
      const item = rest.head;
      if (typeof item === "number" && typeof best === "number") {
        if (sign > 0 ? item > best : item < best) best = item;
      } else if (compareTerms(item, best) * sign > 0) best = item;
    }
    if (rest !== EMPTY) throw noClause(name, rest, best);
    return best;
  };
}

function join(separator: Term, of: Term): Term {
  const array = items(of, "join", separator, of);
  let result: Term = EMPTY;
  for (let i = array.length - 1; i >= 0; i--) {
    result = new Cons(array[i], result);
    if (i > 0) result = new Cons(separator, result);
  }
  return result;
}

function enumerate(of: Term, from: Term = 1, step: Term = 1): Term {
  const areIntegers = [from, step].every((x) => typeof x === "number" || typeof x === "bigint");
  if (!areIntegers) throw noClause("enumerate", from, of);
  let index: Term = from;
  const result: Term[] = [];
  for (const item of items(of, "enumerate", from, of)) {
    result.push(tuple(index, item));
    index = add(index, step);
  }
  return list(result);
}

export const lists: NativeModule = {
  module: "lists",
  functions: {
    "reverse/1": reverse,
    "reverse/2": reverseOnto,
    "member/2": member,
    "seq/2": (from, to) => seq(from, to),
    "seq/3": (from, to, step) => seq(from, to, step, [from, to, step]),
    "sum/1": (of) => items(of, "sum", of).reduce((sum, item) => add(sum, item), 0),
    "max/1": extreme("max", 1),
    "min/1": extreme("min", -1),
    "nth/2": nth,
    "nthtail/2": nthtail,
    "last/1": last,
    "droplast/1": droplast,
    "flatten/1": (of) => flatten(of, EMPTY, [of]),
    "flatten/2": (of, tail) => {
      if (!(tail instanceof Cons) && tail !== EMPTY) throw noClause("flatten", of, tail);
      return flatten(of, tail, [of, tail]);
    },
    "flatlength/1": (of) => items(flatten(of, EMPTY, [of]), "flatlength", of).length,
    "append/1": appendAll,
    "append/2": append,
    "concat/1": concat,
    "subtract/2": subtract,
    "delete/2": (item, of) => {
      const before: Term[] = [];
      let rest = of;
      for (; rest instanceof Cons; rest = rest.tail) {
        if (strictEquals(rest.head, item)) return list(before, rest.tail);
        before.push(rest.head);
      }
      if (rest !== EMPTY) throw noClause("delete", item, of);
      return of;
    },
    "duplicate/2": (count, item) => {
      if (typeof count !== "number" || count < 0) throw noClause("duplicate", count, item);
      return list(new Array(count).fill(item));
    },
    "sublist/2": sublist,
    "sublist/3": sublistFrom,
    "split/2": split,
    "join/2": join,
    "enumerate/1": (of) => enumerate(of),
    "enumerate/2": (from, of) => enumerate(of, from),
    "enumerate/3": (from, step, of) => enumerate(of, from, step),
    "zip/2": (a, b) => zipped("zip", a, b),
    "zip3/3": (a, b, c) => zipped("zip3", a, b, c),
    "unzip/1": (of) => unzipped("unzip", of, 2),
    "unzip3/1": (of) => unzipped("unzip3", of, 3),
    "prefix/2": isPrefix,
    "suffix/2": isSuffix,
  },
};
