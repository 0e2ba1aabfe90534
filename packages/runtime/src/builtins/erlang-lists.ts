/** Lists of `:erlang`. */
import {
  Atom,
  badarg,
  Cons,
  EMPTY,
  hashTerm,
  list,
  type Raised,
  strictEquals,
  type Term,
} from "../term/index.ts";
import type { NativeModule } from "./native.ts";

function bad(name: string, ...args: Term[]): Raised {
  return badarg("erlang", name, args);
}

export function head(of: Term): Term {
  if (!(of instanceof Cons)) throw bad("hd", of);
  return of.head;
}

export function tail(of: Term): Term {
  if (!(of instanceof Cons)) throw bad("tl", of);
  return of.tail;
}

export function length(of: Term): Term {
  let count = 0;
  let rest = of;
  while (rest instanceof Cons) {
    count++;
    rest = rest.tail;
  }
  if (rest !== EMPTY) throw bad("length", of);
  return count;
}

/** `a ++ b`: copies the left list, which must be proper, in front of any term. */
export function append(a: Term, b: Term): Term {
  if (a === EMPTY) return b;
  if (!(a instanceof Cons)) throw bad("++", a, b);
  const first = new Cons(a.head, EMPTY);
  let last = first;
  let rest = a.tail;
  while (rest instanceof Cons) {
    const cell = new Cons(rest.head, EMPTY);
    last.tail = cell;
    last = cell;
    rest = rest.tail;
  }
  if (rest !== EMPTY) throw bad("++", a, b);
  last.tail = b;
  return first;
}

/** Up to so many elements are looked for one by one. */
const FEW = 16;

/** `a -- b`: of each element of `b` the first equal one is taken out of `a`, in linear time. */
export function subtract(a: Term, b: Term): Term {
  const kept: Term[] = [];
  let rest = a;
  while (rest instanceof Cons) {
    kept.push(rest.head);
    rest = rest.tail;
  }
  const gone: Term[] = [];
  let other = b;
  while (other instanceof Cons) {
    gone.push(other.head);
    other = other.tail;
  }
  if (rest !== EMPTY || other !== EMPTY) throw bad("--", a, b);
  if (gone.length === 0) return a;
  if (gone.length <= FEW) return without(a, gone);
  const counts = new Multiset(gone);
  return list(kept.filter((item) => !counts.take(item)));
}

/** The list without these elements, which it uses up; behind the last of them it is shared. */
function without(of: Term, gone: Term[]): Term {
  const kept: Term[] = [];
  let rest = of;
  for (; rest instanceof Cons && gone.length > 0; rest = rest.tail) {
    const item = rest.head;
    const isSimple = isIdentity(item);
    let i = gone.length - 1;
    while (i >= 0 && gone[i] !== item && (isSimple || !strictEquals(gone[i], item))) i--;
    if (i < 0) kept.push(item);
    else {
      gone[i] = gone[gone.length - 1];
      gone.pop();
    }
  }
  return list(kept, rest);
}

/** Terms with how often each may still be taken; `=:=` decides, as in Erlang. */
class Multiset {
  private readonly quick = new Map<Term, number>();
  /** The others by their hash. */
  private readonly rest = new Map<number, Term[]>();

  constructor(items: readonly Term[]) {
    for (const item of items) {
      if (isIdentity(item)) this.quick.set(item, (this.quick.get(item) ?? 0) + 1);
      else {
        const hash = hashTerm(item);
        const same = this.rest.get(hash);
        if (same === undefined) this.rest.set(hash, [item]);
        else same.push(item);
      }
    }
  }

  take(item: Term): boolean {
    if (isIdentity(item)) {
      const left = this.quick.get(item) ?? 0;
      if (left === 0) return false;
      this.quick.set(item, left - 1);
      return true;
    }
    const same = this.rest.get(hashTerm(item));
    if (same === undefined) return false;
    for (let i = same.length - 1; i >= 0; i--) {
      if (!strictEquals(same[i], item)) continue;
      same[i] = same[same.length - 1];
      same.pop();
      return true;
    }
    return false;
  }
}

/** Whether JavaScript's identity decides equality, so that a `Map` can hold the term. */
function isIdentity(term: Term): boolean {
  return typeof term === "number" || typeof term === "bigint" || term instanceof Atom;
}

export const erlangLists: NativeModule = {
  module: "erlang",
  functions: {
    "hd/1": head,
    "tl/1": tail,
    "length/1": length,
    "++/2": append,
    "--/2": subtract,
    "append/2": append,
    "subtract/2": subtract,
  },
};
