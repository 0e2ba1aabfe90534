/**
 * Order and equality of terms, as Erlang defines them:
 *
 *     number < atom < reference < fun < port < pid < tuple < map < [] < list < bitstring
 *
 * Two orders exist. The standard one takes `1` and `1.0` for equal; the exact one, used for the keys of
 * maps, puts every integer before every float and so agrees with `=:=`. Both are total. Integers are
 * compared with floats by their exact values, also beyond 2^53. Long lists and deep nests take an explicit
 * stack, so no term can overflow the JavaScript stack.
 */
import { Atom } from "./atom.ts";
import { Bitstring, bitstringsEqual, compareBitstrings, compareText } from "./bitstring.ts";
import { type Code, Fun } from "./fun.ts";
import { Pid, Port, Reference } from "./identifier.ts";
import { Cons } from "./list.ts";
import { mapEntries, TermMap } from "./map.ts";
import { Float } from "./number.ts";
import type { Term } from "./term.ts";
import { type TrieNode, trieSameKeys } from "./trie.ts";
import { Tuple, Tuple2 } from "./tuple.ts";

const RANK_NUMBER = 0;
const RANK_ATOM = 1;
const RANK_REFERENCE = 2;
const RANK_FUN = 3;
const RANK_PORT = 4;
const RANK_PID = 5;
const RANK_TUPLE = 6;
const RANK_MAP = 7;
const RANK_NIL = 8;
const RANK_CONS = 9;
const RANK_BITSTRING = 10;

function rank(term: Term): number {
  if (typeof term === "number" || typeof term === "bigint" || term instanceof Float) return RANK_NUMBER;
  if (term instanceof Atom) return RANK_ATOM;
  if (term instanceof Bitstring) return RANK_BITSTRING;
  if (term instanceof Tuple) return RANK_TUPLE;
  if (term instanceof Cons) return RANK_CONS;
  if (term instanceof TermMap) return RANK_MAP;
  if (term instanceof Pid) return RANK_PID;
  if (term instanceof Reference) return RANK_REFERENCE;
  if (term instanceof Fun) return RANK_FUN;
  if (term instanceof Port) return RANK_PORT;
  return RANK_NIL;
}

/** The standard order: negative, zero or positive. `1` and `1.0` are equal. */
export function compareTerms(a: Term, b: Term): number {
  return order(a, b, false);
}

/** The order of map keys: as the standard order, but integers before floats; zero only for identical terms. */
export function compareExact(a: Term, b: Term): number {
  return order(a, b, true);
}

function order(a: Term, b: Term, exact: boolean): number {
  if (a === b) return 0;
  if (typeof a === "number" && typeof b === "number") return a - b;
  if (a instanceof Atom && b instanceof Atom) return compareText(a.name, b.name);
  if (a instanceof Bitstring && b instanceof Bitstring) return compareBitstrings(a, b);
  if (a instanceof Tuple2 && b instanceof Tuple2) {
    // Pairs that numbers tell apart: most of those that are sorted, or are keys.
    const isSame = a.a === b.a;
    const x = isSame ? a.b : a.a;
    const y = isSame ? b.b : b.a;
    if (typeof x === "number" && typeof y === "number") return x - y;
  }
  return compare(a, b, exact);
}

/** Pairs still to be compared, last first; each is `a, b, exact`. */
type Pending = (Term | boolean)[];

function compare(a: Term, b: Term, exact: boolean): number {
  let pending: Pending | null = null;
  for (;;) {
    if (a !== b) {
      const rankA = rank(a);
      const rankB = rank(b);
      if (rankA !== rankB) return rankA - rankB;
      switch (rankA) {
        case RANK_TUPLE: {
          const x = a as Tuple;
          const y = b as Tuple;
          const size = x.size;
          if (size !== y.size) return size - y.size;
          let i = 0;
          // Elements that hold no terms are compared at once, which decides most comparisons.
          for (; i < size; i++) {
            const elementA = x.at(i);
            const elementB = y.at(i);
            if (elementA === elementB) continue;
            if (!isLeaf(elementA) && !isLeaf(elementB)) break;
            const order = compareLeaves(elementA, elementB, exact);
            if (order !== 0) return order;
          }
          if (i === size) break;
          pending ??= [];
          for (let last = size - 1; last > i; last--) pending.push(x.at(last), y.at(last), exact);
          a = x.at(i);
          b = y.at(i);
          continue;
        }
        case RANK_CONS: {
          let x = a as Cons;
          let y = b as Cons;
          for (;;) {
            const headA = x.head;
            const headB = y.head;
            const tailA = x.tail;
            const tailB = y.tail;
            if (headA !== headB) {
              if (isLeaf(headA) || isLeaf(headB)) {
                const order = compareLeaves(headA, headB, exact);
                if (order !== 0) return order;
              } else {
                (pending ??= []).push(tailA, tailB, exact);
                a = headA;
                b = headB;
                break;
              }
            }
            if (tailA instanceof Cons && tailB instanceof Cons) {
              x = tailA;
              y = tailB;
            } else {
              a = tailA;
              b = tailB;
              break;
            }
          }
          continue;
        }
        case RANK_MAP: {
          const x = a as TermMap;
          const y = b as TermMap;
          if (x.size !== y.size) return x.size - y.size;
          pending ??= [];
          const entriesA = sortedEntries(x);
          const entriesB = sortedEntries(y);
          for (let i = entriesA.length - 1; i >= 0; i--) pending.push(entriesA[i][1], entriesB[i][1], exact);
          for (let i = entriesA.length - 1; i >= 0; i--) pending.push(entriesA[i][0], entriesB[i][0], true);
          break;
        }
        case RANK_FUN: {
          const order = compareFuns(a as Fun, b as Fun);
          if (order !== 0) return order;
          const capturedA = captured(a as Fun);
          const capturedB = captured(b as Fun);
          pending ??= [];
          for (let i = capturedA.length - 1; i >= 0; i--) pending.push(capturedA[i], capturedB[i], exact);
          break;
        }
        default: {
          const order = compareLeaves(a, b, exact);
          if (order !== 0) return order;
        }
      }
    }
    if (pending === null || pending.length === 0) return 0;
    exact = pending.pop() as boolean;
    b = pending.pop() as Term;
    a = pending.pop() as Term;
  }
}

function isLeaf(term: Term): boolean {
  return (
    typeof term === "number" ||
    typeof term === "bigint" ||
    term instanceof Atom ||
    term instanceof Bitstring ||
    term instanceof Float
  );
}

/** Compares two terms of which at least one holds no other terms, or which differ in rank. */
function compareLeaves(a: Term, b: Term, exact: boolean): number {
  if (typeof a === "number" && typeof b === "number") return a - b;
  const rankA = rank(a);
  const rankB = rank(b);
  if (rankA !== rankB) return rankA - rankB;
  switch (rankA) {
    case RANK_NUMBER:
      return compareNumbers(a as Numeric, b as Numeric, exact);
    case RANK_ATOM:
      return compareText((a as Atom).name, (b as Atom).name);
    case RANK_BITSTRING:
      return compareBitstrings(a as Bitstring, b as Bitstring);
    case RANK_PID: {
      const x = a as Pid;
      const y = b as Pid;
      return x.id - y.id || x.serial - y.serial || x.node - y.node;
    }
    case RANK_REFERENCE:
    case RANK_PORT: {
      const x = a as Reference;
      const y = b as Reference;
      return x.node - y.node || x.id - y.id;
    }
    default:
      return 0;
  }
}

type Numeric = number | bigint | Float;

function compareNumbers(a: Numeric, b: Numeric, exact: boolean): number {
  const floatA = a instanceof Float;
  const floatB = b instanceof Float;
  if (exact && floatA !== floatB) return floatA ? 1 : -1;
  // JavaScript compares numbers with BigInts by their exact mathematical values.
  const x = floatA ? a.value : a;
  const y = floatB ? b.value : b;
  return x < y ? -1 : x > y ? 1 : 0;
}

/** Local funs before external ones; then by module, place and number of captured values. */
function compareFuns(a: Fun, b: Fun): number {
  const x = a.info;
  const y = b.info;
  if (x.index < 0 !== y.index < 0) return x.index < 0 ? 1 : -1;
  return (
    compareText(x.module.name, y.module.name) ||
    x.index - y.index ||
    compareText(x.name.name, y.name.name) ||
    x.arity - y.arity ||
    captured(a).length - captured(b).length ||
    (a.code === b.code || x.index < 0 ? 0 : placeOf(a.code) - placeOf(b.code))
  );
}

/** Funs that look alike may be made at several places, as in modules of one name or in interpreted code; those compared first come first. */
const places = new WeakMap<Code, number>();
let lastPlace = 0;

function placeOf(code: Code): number {
  const known = places.get(code);
  if (known !== undefined) return known;
  places.set(code, ++lastPlace);
  return lastPlace;
}

/** What a fun captured, in order. */
export function captured(fun: Fun): Term[] {
  if (fun.a === undefined) return [];
  if (fun.b === undefined) return [fun.a];
  if (fun.c === undefined) return [fun.a, fun.b];
  return Array.isArray(fun.c) ? [fun.a, fun.b, ...fun.c] : [fun.a, fun.b, fun.c as Term];
}

export function sortedEntries(map: TermMap): [Term, Term][] {
  const entries = mapEntries(map);
  return map.isFlat ? entries : entries.sort((x, y) => compareExact(x[0], y[0]));
}

/** `a =:= b`: same type and value. As before OTP 27, `0.0` and `-0.0` are identical. */
export function strictEquals(a: Term, b: Term): boolean {
  if (a === b) return true;
  if (typeof a !== "object" || typeof b !== "object" || a instanceof Atom || b instanceof Atom) return false;
  return equal(a, b, true);
}

/** `a == b`: integers equal floats of the same value, at any depth; keys of maps compare exactly. */
export function looseEquals(a: Term, b: Term): boolean {
  if (a === b) return true;
  // Every call of a server asks whether it is the caller itself.
  if (a instanceof Pid) return b instanceof Pid && samePid(a, b);
  if (a instanceof Atom || b instanceof Atom) return false;
  if (typeof a === "number" && typeof b === "number") return false;
  return equal(a, b, false);
}

function equal(a: Term, b: Term, strict: boolean): boolean {
  let pending: Term[] | null = null;
  for (;;) {
    if (a !== b) {
      if (a instanceof Cons) {
        if (!(b instanceof Cons)) return false;
        if (a.head === b.head) {
          a = a.tail;
          b = b.tail;
          continue;
        }
        if (strict && (typeof a.head !== "object" || a.head instanceof Atom)) return false;
        (pending ??= []).push(a.tail, b.tail);
        a = a.head;
        b = b.head;
        continue;
      }
      if (a instanceof Tuple2) {
        if (!(b instanceof Tuple2)) return false;
        if (a.b === b.b) {
          a = a.a;
          b = b.a;
          continue;
        }
        // Numbers and atoms that are not identical decide here, before anything is put aside.
        if (strict && (typeof a.b !== "object" || a.b instanceof Atom)) return false;
        (pending ??= []).push(a.b, b.b);
        a = a.a;
        b = b.a;
        continue;
      }
      if (a instanceof Tuple) {
        if (!(b instanceof Tuple)) return false;
        const size = a.size;
        if (size !== b.size) return false;
        for (let i = size - 1; i >= 0; i--) {
          const x = a.at(i);
          const y = b.at(i);
          if (x === y) continue;
          if (strict && (typeof x !== "object" || x instanceof Atom)) return false;
          (pending ??= []).push(x, y);
        }
      } else if (a instanceof Bitstring) {
        if (!(b instanceof Bitstring) || !bitstringsEqual(a, b)) return false;
      } else if (a instanceof TermMap) {
        if (!(b instanceof TermMap) || !pushMapValues(a, b, (pending ??= []))) return false;
      } else if (a instanceof Float) {
        if (
          b instanceof Float
            ? a.value !== b.value
            : strict || !isInteger(b) || compareNumbers(a, b, false) !== 0
        )
          return false;
      } else if (b instanceof Float) {
        if (strict || !isInteger(a) || compareNumbers(a, b, false) !== 0) return false;
      } else if (a instanceof Fun) {
        if (!(b instanceof Fun) || compareFuns(a, b) !== 0) return false;
        const x = captured(a);
        const y = captured(b);
        pending ??= [];
        for (let i = 0; i < x.length; i++) pending.push(x[i], y[i]);
      } else if (a instanceof Pid) {
        if (!(b instanceof Pid) || !samePid(a, b)) return false;
      } else if (a instanceof Reference) {
        if (!(b instanceof Reference) || a.id !== b.id || a.node !== b.node) return false;
      } else if (a instanceof Port) {
        if (!(b instanceof Port) || a.id !== b.id || a.node !== b.node) return false;
      } else return false;
    }
    if (pending === null || pending.length === 0) return true;
    b = pending.pop() as Term;
    a = pending.pop() as Term;
  }
}

function samePid(a: Pid, b: Pid): boolean {
  return a.id === b.id && a.serial === b.serial && a.node === b.node;
}

function isInteger(term: Term): term is number | bigint {
  return typeof term === "number" || typeof term === "bigint";
}

/** Whether both maps have the same keys; their values are then left in `pending` for comparing. */
function pushMapValues(a: TermMap, b: TermMap, pending: Term[]): boolean {
  if (a.size !== b.size) return false;
  const keys = a.keys;
  const valuesA = a.values;
  if (keys !== null && valuesA !== null) {
    const keysB = b.keys as readonly Term[];
    const valuesB = b.values as readonly Term[];
    for (let i = 0; i < keys.length; i++) {
      if (keys !== keysB && !strictEquals(keys[i], keysB[i])) return false;
      if (valuesA[i] !== valuesB[i]) pending.push(valuesA[i], valuesB[i]);
    }
    return true;
  }
  return trieSameKeys(a.root as TrieNode, b.root as TrieNode, pending);
}
