/**
 * The other end of `quote`: the result of a macro gets its caller's line, and a counter, so that the variables and
 * aliases of two expansions differ.
 */
import { metaDelete, metaGet, metaHas } from "../syntax/quoted.ts";
import { Atom, atom, NIL, TRUE } from "../term/atom.ts";
import { Cons, EMPTY } from "../term/list.ts";
import type { Term } from "../term/term.ts";
import { Tuple2, Tuple3 } from "../term/tuple.ts";
import { metaNew, metaPrepend } from "./env.ts";

const LINE = atom("line");
const KEEP = atom("keep");
const GENERATED = atom("generated");
const IS_GENERATED = new Tuple2(GENERATED, TRUE);
const COUNTER = atom("counter");
const CONTEXT = atom("context");
const QUOTE = atom("quote");
const UNDERSCORE = atom("_");
const NAMED_MODULES = new Set(["import", "alias", "require", "__aliases__"].map(atom));

type MetaChange = (meta: Term) => Term;

/** Gives forms without a line the line. With `keep`, those quoted with `location: :keep` take the line kept. */
export function linify(line: number, key: "line" | "keep", form: Term): Term {
  if (line === 0) return form;
  const entry = new Tuple2(LINE, line);
  const change: MetaChange =
    key === "line"
      ? (meta) => metaNew(meta, entry)
      : (meta) => {
          const kept = metaGet(meta, KEEP);
          if (!(kept instanceof Tuple2)) return metaNew(meta, entry);
          return metaPrepend(metaDelete(metaDelete(meta, KEEP), LINE), LINE, kept.b);
        };
  return relocated(change, form, null, 0, false);
}

/** The same for the result of a macro of `receiver`: its variables and lexical forms get the counter as well. */
export function linifyWithCounter(meta: Term, receiver: Term, counter: Term, form: Term): Term {
  const line = metaGet(meta, LINE);
  const generated = metaGet(meta, GENERATED) === TRUE;
  const entry = typeof line === "number" && line !== 0 ? new Tuple2(LINE, line) : null;
  const change: MetaChange = (inner) => {
    const placed = entry !== null ? metaNew(inner, entry) : inner;
    return generated && metaGet(placed, GENERATED) !== TRUE ? new Cons(IS_GENERATED, placed) : placed;
  };
  return relocated(change, form, receiver, counter, !generated);
}

/**
 * Forms in the large result of a macro that the next macro's expansion leaves as they are: all in them has a line, and a
 * counter where it may get one. Macros nested in each other's arguments would else go through the same forms at each level.
 */
const settled = new WeakSet<object>();
/** To go through fewer parts than this again is cheaper than to note them. */
const LARGE = 200;

/** A copy made from the top down, its parts filled in later: forms may be nested deeper than the stack. */
function relocated(
  change: MetaChange,
  whole: Term,
  receiver: Term | null,
  counter: Term,
  skip: boolean,
): Term {
  const made: (Cons | Tuple2 | Tuple3)[] = [];
  const count = new Tuple2(COUNTER, counter);
  const copy = (form: Term): Term => {
    if (form instanceof Tuple3 && (form.b instanceof Cons || form.b === EMPTY)) {
      if (skip && settled.has(form)) return form;
      const { a: name, c: right } = form;
      let meta: Term = form.b;
      if (receiver !== null) {
        const isVariable = right === receiver && name instanceof Atom && name !== UNDERSCORE;
        const isLexical = right instanceof Cons && name instanceof Atom && NAMED_MODULES.has(name);
        const isQuote = name === QUOTE && right instanceof Cons && metaGet(meta, CONTEXT) === receiver;
        if (isVariable || isLexical || isQuote) meta = metaNew(meta, count);
      }
      const node = new Tuple3(name, change(meta), right);
      made.push(node);
      return node;
    }
    if (form instanceof Tuple2) {
      const pair = new Tuple2(form.a, form.b);
      made.push(pair);
      return pair;
    }
    if (!(form instanceof Cons)) return form;
    const first = new Cons(form.head, form.tail);
    made.push(first);
    for (let last = first; last.tail instanceof Cons; last = last.tail) {
      last.tail = new Cons(last.tail.head, last.tail.tail);
      made.push(last.tail);
    }
    return first;
  };
  const result = copy(whole);
  // Nobody else has these copies yet, so they may still change; what is copied here comes to the end.
  for (const part of made) {
    if (part instanceof Cons) part.head = copy(part.head);
    else {
      const node = part as { a: Term; b: Term; c: Term };
      node.a = copy(node.a);
      if (part instanceof Tuple2) node.b = copy(node.b);
      else node.c = copy(node.c);
    }
  }
  if (skip && made.length > LARGE) settle(made);
  return result;
}

/** Notes which of the copies are settled. Parts stand behind what they are parts of. */
function settle(made: readonly (Cons | Tuple2 | Tuple3)[]): void {
  const open = new Set<Term>();
  for (let i = made.length - 1; i >= 0; i--) {
    const part = made[i];
    if (part instanceof Cons ? open.has(part.head) || open.has(part.tail) : open.has(part.a)) open.add(part);
    else if (part instanceof Tuple2 && open.has(part.b)) open.add(part);
    else if (part instanceof Tuple3) {
      const { a: name, b: meta, c: right } = part;
      const isPlaced = metaHas(meta, LINE) && name !== QUOTE;
      const isNamed = !(right instanceof Atom) || right === NIL || metaHas(meta, COUNTER);
      if (isPlaced && isNamed && !open.has(right)) settled.add(part);
      else open.add(part);
    }
  }
}
