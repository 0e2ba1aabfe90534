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
  if (position === 1 && item instanceof Tuple2) return looseEquals(item.a, key);
  return item instanceof Tuple && item.size >= position && looseEquals(item.at(position - 1), key);
}

/** Where the tuple with the key is: what is in front of it, and from it on; `null` without one. */
interface Found {
  readonly front: Term[];
  readonly cell: Cons | null;
}

/**
 * Arguments of `keydelete` and its like, checked, and the place of the tuple. `walk` is the function of Erlang's that finds no
 * clause for the end of an improper list.
 */
function find(name: string, walk: string, args: readonly [Term, Term, Term, ...Term[]]): Found {
  const [key, position, of, ...more] = args;
  if ((typeof position !== "number" && typeof position !== "bigint") || position < 1)
    throw noClause(name, ...args);
  const front: Term[] = [];
  let rest = of;
  for (; rest instanceof Cons; rest = rest.tail) {
    if (hasKey(rest.head, Number(position), key)) return { front, cell: rest };
    front.push(rest.head);
  }
  // `keytake` walks with what it has passed by, the last first.
  const passed = walk === "keytake" ? [list(front.reverse())] : more;
  if (rest !== EMPTY) throw noClause(walk, key, position, rest, ...passed);
  return { front, cell: null };
}

function keydelete(key: Term, position: Term, of: Term): Term {
  const { front, cell } = find("keydelete", "keydelete3", [key, position, of]);
  return cell === null ? of : list(front, cell.tail);
}

function keyreplace(key: Term, position: Term, of: Term, replacement: Term): Term {
  if (!(replacement instanceof Tuple)) throw noClause("keyreplace", key, position, of, replacement);
  const { front, cell } = find("keyreplace", "keyreplace3", [key, position, of, replacement]);
  return cell === null ? of : list(front, new Cons(replacement, cell.tail));
}

function keystore(key: Term, position: Term, of: Term, replacement: Term): Term {
  if (!(replacement instanceof Tuple)) throw noClause("keystore", key, position, of, replacement);
  const { front, cell } = find("keystore", "keystore2", [key, position, of, replacement]);
  return list(front, new Cons(replacement, cell === null ? EMPTY : cell.tail));
}

function keytake(key: Term, position: Term, of: Term): Term {
  const { front, cell } = find("keytake", "keytake", [key, position, of]);
  if (cell === null) return FALSE;
  return tuple(atom("value"), cell.head, list(front, cell.tail));
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

/**
 * Two sorted lists as one; of equal items those of the first come first, and alone with `unique`. As in Erlang, what
 * follows the end of the other list is only looked through to its own end.
 */
function merged(a: Term, b: Term, unique: boolean, key: (item: Term) => Term, wrong: () => Raised): Term {
  const [begun, other] = unique ? [a, b] : [b, a];
  if (begun === EMPTY) return other;
  if (!(begun instanceof Cons)) throw wrong();
  const result: Term[] = [];
  const whole = (kept: Cons): Term => {
    const rest = listToArray(kept.tail);
    if (rest === null)
      throw badarg("lists", "reverse", [kept.tail, list([kept.head, ...result.toReversed()])]);
    return list([...result, kept.head, ...rest]);
  };
  const beginning = key(begun.head);
  if (b === EMPTY) return whole(begun);
  if (!(b instanceof Cons)) throw wrong();
  let of = unique ? key(b.head) : beginning;
  let last: Term | null = null;
  while (a instanceof Cons) {
    const own: Term = key(a.head);
    if (compareTerms(own, of) <= 0) {
      result.push(a.head);
      last = own;
      a = a.tail;
      continue;
    }
    if (!unique || last === null || compareTerms(last, of) !== 0) result.push(b.head);
    // Behind an item of the second, equal ones of it are kept.
    last = null;
    b = b.tail;
    if (b === EMPTY) return whole(a);
    if (!(b instanceof Cons)) throw wrong();
    of = key(b.head);
  }
  if (a !== EMPTY) throw wrong();
  if (!unique || last === null || compareTerms(last, of) !== 0) return whole(b as Cons);
  return list([...result, ...(listToArray((b as Cons).tail) ?? [])]);
}

const itself = (item: Term): Term => item;

function mergeTwo(unique: boolean, name: string) {
  return (a: Term, b: Term): Term => merged(a, b, unique, itself, () => noClause(name, a, b));
}

function mergeLists(unique: boolean, name: string) {
  const two = mergeTwo(unique, name);
  return (of: Term): Term => {
    const lists = items(of, name, of);
    // One alone is not looked at.
    return lists.length === 1 ? lists[0] : lists.reduce(two, EMPTY as Term);
  };
}

function mergeThree(unique: boolean, name: string) {
  const two = mergeTwo(unique, name);
  return (a: Term, b: Term, c: Term): Term => {
    if (b === EMPTY) return two(a, c);
    return c === EMPTY ? two(a, b) : two(two(a, b), c);
  };
}

function mergeKeyed(unique: boolean, name: string) {
  return (position: Term, a: Term, b: Term): Term => {
    const args = [position, a, b];
    return merged(a, b, unique, keyOf(position, name, args), () => noClause(name, ...args));
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
