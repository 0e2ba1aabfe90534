/**
 * The other end of `quote`: the result of a macro gets its caller's line, and a counter, so that the variables and
 * aliases of two expansions differ.
 */
import { metaDelete, metaGet } from "../syntax/quoted.ts";
import { Atom, atom, TRUE } from "../term/atom.ts";
import { Cons, EMPTY } from "../term/list.ts";
import type { Term } from "../term/term.ts";
import { Tuple2, Tuple3 } from "../term/tuple.ts";
import { metaNew, metaPrepend } from "./env.ts";

const LINE = atom("line");
const KEEP = atom("keep");
const GENERATED = atom("generated");
const COUNTER = atom("counter");
const CONTEXT = atom("context");
const QUOTE = atom("quote");
const UNDERSCORE = atom("_");
const NAMED_MODULES = new Set(["import", "alias", "require", "__aliases__"].map(atom));

type MetaChange = (meta: Term) => Term;

/** Gives forms without a line the line. With `keep`, those quoted with `location: :keep` take the line kept. */
export function linify(line: number, key: "line" | "keep", form: Term): Term {
  if (line === 0) return form;
  const change: MetaChange =
    key === "line"
      ? (meta) => metaNew(meta, LINE, line)
      : (meta) => {
          const kept = metaGet(meta, KEEP);
          if (!(kept instanceof Tuple2)) return metaNew(meta, LINE, line);
          return metaPrepend(metaDelete(metaDelete(meta, KEEP), LINE), LINE, kept.b);
        };
  return relocated(change, form, null, 0);
}

/** The same for the result of a macro of `receiver`: its variables and lexical forms get the counter as well. */
export function linifyWithCounter(meta: Term, receiver: Term, counter: Term, form: Term): Term {
  const line = metaGet(meta, LINE);
  const generated = metaGet(meta, GENERATED) === TRUE;
  const change: MetaChange = (inner) => {
    const placed = typeof line === "number" && line !== 0 ? metaNew(inner, LINE, line) : inner;
    return generated && metaGet(placed, GENERATED) !== TRUE ? metaPrepend(placed, GENERATED, TRUE) : placed;
  };
  return relocated(change, form, receiver, counter);
}

/** A copy made from the top down, its parts filled in later: forms may be nested deeper than the stack. */
function relocated(change: MetaChange, whole: Term, receiver: Term | null, counter: Term): Term {
  const unfilled: unknown[] = [];
  const copy = (form: Term): Term => {
    if (form instanceof Tuple3 && (form.b instanceof Cons || form.b === EMPTY)) {
      const { a: name, c: right } = form;
      let meta: Term = form.b;
      if (receiver !== null) {
        const isVariable = right === receiver && name instanceof Atom && name !== UNDERSCORE;
        const isLexical = right instanceof Cons && name instanceof Atom && NAMED_MODULES.has(name);
        const isQuote = name === QUOTE && right instanceof Cons && metaGet(meta, CONTEXT) === receiver;
        if (isVariable || isLexical || isQuote) meta = metaNew(meta, COUNTER, counter);
      }
      const node = new Tuple3(name, change(meta), right);
      unfilled.push(node);
      return node;
    }
    if (form instanceof Tuple2) {
      const pair = new Tuple2(form.a, form.b);
      unfilled.push(pair);
      return pair;
    }
    if (!(form instanceof Cons)) return form;
    const first = new Cons(form.head, form.tail);
    unfilled.push(first);
    for (let last = first; last.tail instanceof Cons; last = last.tail) {
      last.tail = new Cons(last.tail.head, last.tail.tail);
      unfilled.push(last.tail);
    }
    return first;
  };
  const result = copy(whole);
  // Nobody else has these copies yet, so they may still change.
  for (let part = unfilled.pop(); part !== undefined; part = unfilled.pop()) {
    if (part instanceof Cons) part.head = copy(part.head);
    else {
      const node = part as { a: Term; b: Term; c: Term };
      node.a = copy(node.a);
      if (part instanceof Tuple2) node.b = copy(node.b);
      else node.c = copy(node.c);
    }
  }
  return result;
}
