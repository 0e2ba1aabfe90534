/**
 * Which variables forms mention and bind.
 *
 * A form that becomes a function of its own is asked for its variables, then the forms in it that become functions: nested without
 * end, each would be walked again for all those around it. So one walk notes the variables of the whole form one after the other, and
 * for each large form in it from which of them to which are its own. Small ones are walked again.
 */
import { BITS, LEFT_ARROW } from "../syntax/quoted.ts";
import { atom } from "../term/atom.ts";
import { Cons, listToArray } from "../term/list.ts";
import type { Term } from "../term/term.ts";
import { Tuple2, Tuple3 } from "../term/tuple.ts";
import { CALLER, type Key, variableKey } from "./function.ts";

const MATCH = atom("=");
const CASE = atom("case");
const SUPER = atom("super");
const FN = atom("fn");
const FOR = atom("for");
/** Forms whose variables nobody outside sees. */
const CLOSED = new Set<Term>([FN, FOR, ...["&", "cond", "receive", "try", "with"].map(atom)]);
/** Noted like a variable: a fun is made here. */
const FUN = "fun";

/** A form of more parts than these is large. */
const FEW = 100;

/** The variables of a form, by their places among all; those that it binds for what follows it are bound in its scope. */
interface Span {
  readonly from: number;
  readonly to: number;
  readonly scope: number;
}

interface Visit {
  readonly term: Term;
  readonly pattern: boolean;
  readonly scope: number;
  /** After all parts of a form: how many forms and variables there were before them. */
  readonly before: readonly [forms: number, from: number] | null;
}

export class Mentions {
  readonly #spans = new Map<Term, Span>();
  readonly #noted: Key[] = [];
  readonly #places = new Map<Key, number[]>();
  /** By scope: the places of the variables that patterns bind there. */
  readonly #bound: number[][] = [];

  /** Adds those of the variables that the form mentions. */
  collect(form: Term, variables: ReadonlyMap<Key, unknown>, into: Set<Key>): void {
    if (!isForm(form)) return;
    const { from, to } = this.#span(form);
    if (to - from <= variables.size) {
      for (let i = from; i < to; i++) if (variables.has(this.#noted[i])) into.add(this.#noted[i]);
      return;
    }
    for (const key of variables.keys()) {
      const places = this.#places.get(key);
      if (places !== undefined && places[firstFrom(places, from)] < to) into.add(key);
    }
  }

  /** The variables that patterns of the form bind for what follows it. */
  bound(form: Term): Key[] {
    const { from, to, scope } = this.#span(form);
    const places = this.#bound[scope];
    return places.slice(firstFrom(places, from), firstFrom(places, to)).map((place) => this.#noted[place]);
  }

  /** How many funs the form makes, as Erlang compiles it. */
  funs(form: Term): number {
    if (!isForm(form)) return 0;
    const { from, to } = this.#span(form);
    const places = this.#places.get(FUN) ?? [];
    return firstFrom(places, to) - firstFrom(places, from);
  }

  #span(form: Term): Span {
    if (!this.#spans.has(form)) this.#note(form);
    return this.#spans.get(form) as Span;
  }

  #note(whole: Term): void {
    let forms = 0;
    const stack: Visit[] = [{ term: whole, pattern: false, scope: this.#open(), before: null }];
    for (let visit = stack.pop(); visit !== undefined; visit = stack.pop()) {
      const { term, pattern, scope, before } = visit;
      if (before !== null) {
        const [count, from] = before;
        if (term === whole || forms - count > FEW)
          this.#spans.set(term, { from, to: this.#noted.length, scope });
        continue;
      }
      stack.push({ term, pattern, scope, before: [forms++, this.#noted.length] });
      const add = (part: Term, isPattern = pattern, its = scope) => {
        if (isForm(part)) stack.push({ term: part, pattern: isPattern, scope: its, before: null });
      };
      if (term instanceof Cons) {
        let rest: Term = term;
        for (; rest instanceof Cons; rest = rest.tail) add(rest.head);
        add(rest);
      } else if (term instanceof Tuple2) {
        add(term.a);
        add(term.b);
      } else if (term instanceof Tuple3) {
        const key = variableKey(term);
        if (key !== null) this.#mention(key, pattern ? scope : null);
        else if (term.a === MATCH) {
          const [left, right] = listToArray(term.c) as Term[];
          add(left, true);
          add(right);
        } else if (!pattern && term.a === CASE) {
          const { head, tail } = term.c as Cons;
          add(head);
          add(tail, pattern, this.#open());
        } else if (!pattern && CLOSED.has(term.a)) {
          if (term.a === FN) this.#mention(FUN, null);
          if (term.a === FOR) for (const _ of generatorsOf(listToArray(term.c))) this.#mention(FUN, null);
          add(term.c, pattern, this.#open());
        } else {
          if (term.a === SUPER) this.#mention(CALLER, null);
          add(term.a);
          add(term.c);
        }
      }
    }
  }

  #open(): number {
    return this.#bound.push([]) - 1;
  }

  #mention(key: Key, scope: number | null): void {
    const place = this.#noted.push(key) - 1;
    const places = this.#places.get(key);
    if (places === undefined) this.#places.set(key, [place]);
    else places.push(place);
    if (scope !== null && key !== "_") this.#bound[scope].push(place);
  }
}

/** `pattern <- collection`, `<<pattern <- bits>>`. */
export function generatorsOf(steps: readonly Term[] | null): Term[] {
  return (steps ?? []).filter((step) => step instanceof Tuple3 && (step.a === LEFT_ARROW || step.a === BITS));
}

function isForm(term: Term): boolean {
  return term instanceof Tuple3 || term instanceof Cons || term instanceof Tuple2;
}

/** The index of the first place that is not before this one. */
function firstFrom(places: readonly number[], from: number): number {
  let [low, high] = [0, places.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (places[middle] < from) low = middle + 1;
    else high = middle;
  }
  return low;
}
