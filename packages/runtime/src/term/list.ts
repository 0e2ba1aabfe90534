/**
 * Lists: cons cells ending in `EMPTY`, or in any other term when improper.
 * A tail is assigned after construction only while nobody else can see the cell
 * (tail recursion modulo cons); otherwise lists never change.
 */
import type { Term } from "./term.ts";

export class Cons {
  head: Term;
  tail: Term;

  constructor(head: Term, tail: Term) {
    this.head = head;
    this.tail = tail;
  }
}

export class EmptyList {
  // A field of its own keeps TypeScript from taking every object for the empty list.
  readonly empty = true;
}

/** The empty list `[]`. */
export const EMPTY = new EmptyList();

export type List = Cons | EmptyList;

/** The list of the array's elements, in order, with a tail (`[]` unless given). */
export function list(items: readonly Term[], tail: Term = EMPTY): Term {
  let result = tail;
  for (let i = items.length - 1; i >= 0; i--) result = new Cons(items[i], result);
  return result;
}

/** The elements of a proper list, or `null` when the term is anything else. */
export function listToArray(term: Term): Term[] | null {
  const items: Term[] = [];
  while (term instanceof Cons) {
    items.push(term.head);
    term = term.tail;
  }
  return term === EMPTY ? items : null;
}
