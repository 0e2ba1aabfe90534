/** `:lists`, the functions on sorted lists and on lists of tuples with keys. Keys are compared with `==`. */
import {
  Atom,
  atom,
  badarg,
  bool,
  Cons,
  compareTerms,
  EMPTY,
  errorIn,
  FALSE,
  list,
  listToArray,
  looseEquals,
  type Raised,
  type Term,
  Tuple,
  Tuple2,
  tuple,
} from "../term/index.ts";
import { sortBy } from "./merge-sort.ts";
import type { NativeModule } from "./native.ts";
import { sortedList } from "./sort.ts";

export function noClause(name: string, ...args: Term[]): Raised {
  return errorIn("function_clause", "lists", name, args);
}

/** The elements of a proper list that is an argument of the named function. */
export function items(of: Term, name: string, ...args: Term[]): Term[] {
  const array = listToArray(of);
  if (array === null) throw noClause(name, ...args);
  return array;
}

/** The first tuple whose element at the position equals the key (`==`), or `null`. */
function keyed(name: string, key: Term, position: Term, of: Term): Tuple | null {
  if (typeof position !== "number" || position < 1) throw badarg("lists", name, [key, position, of]);
  let rest = of;
  // Nearly all are keyword lists.
  if (key instanceof Atom && position === 1)
    while (rest instanceof Cons && rest.head instanceof Tuple2) {
      if (rest.head.a === key) return rest.head;
      rest = rest.tail;
    }
  while (rest instanceof Cons) {
    if (hasKey(rest.head, position, key)) return rest.head as Tuple;
    rest = rest.tail;
  }
  if (rest !== EMPTY) throw badarg("lists", name, [key, position, of]);
  return null;
}

function hasKey(item: Term, position: number, key: Term): boolean {
  return item instanceof Tuple && item.size >= position && looseEquals(item.at(position - 1), key);
}

/** Arguments of `keydelete` and its like, checked; the index of the tuple with the key, or -1. */
function keyIndex(name: string, array: Term[] | null, key: Term, position: Term, args: Term[]): number {
  if (array === null || typeof position !== "number" || position < 1) throw noClause(name, ...args);
  return array.findIndex((item) => hasKey(item, position, key));
}

function keydelete(key: Term, position: Term, of: Term): Term {
  const array = listToArray(of);
  const i = keyIndex("keydelete", array, key, position, [key, position, of]);
  return i < 0 ? of : list((array as Term[]).toSpliced(i, 1));
}

function keyreplace(key: Term, position: Term, of: Term, replacement: Term): Term {
  const array = listToArray(of);
  const args = [key, position, of, replacement];
  if (!(replacement instanceof Tuple)) throw noClause("keyreplace", ...args);
  const i = keyIndex("keyreplace", array, key, position, args);
  return i < 0 ? of : list((array as Term[]).with(i, replacement));
}

function keystore(key: Term, position: Term, of: Term, replacement: Term): Term {
  const array = listToArray(of);
  const args = [key, position, of, replacement];
  if (!(replacement instanceof Tuple)) throw noClause("keystore", ...args);
  const i = keyIndex("keystore", array, key, position, args);
  return list(i < 0 ? [...(array as Term[]), replacement] : (array as Term[]).with(i, replacement));
}

function keytake(key: Term, position: Term, of: Term): Term {
  const array = listToArray(of);
  const i = keyIndex("keytake", array, key, position, [key, position, of]);
  if (i < 0) return FALSE;
  return tuple(atom("value"), (array as Term[])[i], list((array as Term[]).toSpliced(i, 1)));
}

/** Keeps the first of several equal items in a sorted array. */
function distinct(sorted: Term[], compare: (a: Term, b: Term) => number): Term[] {
  return sorted.filter((item, i) => i === 0 || compare(sorted[i - 1], item) !== 0);
}

function keyOf(position: Term, name: string, args: Term[]): (item: Term) => Term {
  if (typeof position !== "number" || position < 1) throw noClause(name, ...args);
  return (item) => {
    if (!(item instanceof Tuple) || item.size < position) throw badarg("erlang", "element", [position, item]);
    return item.at(position - 1);
  };
}

function byElement(position: Term, name: string, args: Term[]): (a: Term, b: Term) => number {
  const key = keyOf(position, name, args);
  return (a, b) => compareTerms(key(a), key(b));
}

/** Two sorted lists as one; of equal items those of the first come first, and alone with `unique`. */
function merged(a: Term[], b: Term[], compare: (a: Term, b: Term) => number, unique: boolean): Term {
  const result: Term[] = [];
  let i = 0;
  let j = 0;
  while (i < a.length && j < b.length) {
    const order = compare(a[i], b[j]);
    if (order <= 0) {
      result.push(a[i++]);
      if (order === 0 && unique) j++;
    } else result.push(b[j++]);
  }
  while (i < a.length) result.push(a[i++]);
  while (j < b.length) result.push(b[j++]);
  return list(result);
}

function mergeLists(unique: boolean, name: string) {
  return (of: Term): Term =>
    items(of, name, of).reduce(
      (a, b) => merged(items(a, name, of), items(b, name, of), compareTerms, unique),
      EMPTY as Term,
    );
}

function mergeTwo(unique: boolean, name: string) {
  return (a: Term, b: Term): Term => merged(items(a, name, a, b), items(b, name, a, b), compareTerms, unique);
}

function mergeThree(unique: boolean, name: string) {
  const two = mergeTwo(unique, name);
  return (a: Term, b: Term, c: Term): Term => two(two(a, b), c);
}

function mergeKeyed(unique: boolean, name: string) {
  return (position: Term, a: Term, b: Term): Term => {
    const args = [position, a, b];
    return merged(items(a, name, ...args), items(b, name, ...args), byElement(position, name, args), unique);
  };
}

export const listsSorted: NativeModule = {
  module: "lists",
  functions: {
    "keyfind/3": (key, position, of) => keyed("keyfind", key, position, of) ?? FALSE,
    "keymember/3": (key, position, of) => bool(keyed("keymember", key, position, of) !== null),
    "keysearch/3": (key, position, of) => {
      const found = keyed("keysearch", key, position, of);
      return found === null ? FALSE : tuple(atom("value"), found);
    },
    "keydelete/3": keydelete,
    "keyreplace/4": keyreplace,
    "keystore/4": keystore,
    "keytake/3": keytake,
    "keysort/2": (position, of) => {
      const array = items(of, "keysort", position, of);
      const key = keyOf(position, "keysort", [position, of]);
      return array.length < 2 ? of : sortBy(array.map(key), array, list);
    },
    "ukeysort/2": (position, of) => {
      const array = items(of, "ukeysort", position, of);
      const key = keyOf(position, "ukeysort", [position, of]);
      if (array.length < 2) return of;
      const compare = byElement(position, "ukeysort", [position, of]);
      return sortBy(array.map(key), array, (sorted) => list(distinct(sorted, compare)));
    },
    "sort/1": (of) => sortedList(items(of, "sort", of)),
    "usort/1": (of) => {
      const array = items(of, "usort", of);
      return sortBy(array, array, (sorted) => list(distinct(sorted, compareTerms)));
    },
    "merge/1": mergeLists(false, "merge"),
    "merge/2": mergeTwo(false, "merge"),
    "merge3/3": mergeThree(false, "merge3"),
    "umerge/1": mergeLists(true, "umerge"),
    "umerge/2": mergeTwo(true, "umerge"),
    "umerge3/3": mergeThree(true, "umerge3"),
    "keymerge/3": mergeKeyed(false, "keymerge"),
    "ukeymerge/3": mergeKeyed(true, "ukeymerge"),
  },
};
