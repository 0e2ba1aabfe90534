/**
 * The other end of `quote`: the result of a macro gets its caller's line, and a counter, so that the variables and
 * aliases of two expansions differ.
 */
import { metaDelete, metaGet } from "../syntax/quoted.ts";
import { Atom, atom, TRUE } from "../term/atom.ts";
import { Cons, EMPTY, list } from "../term/list.ts";
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

function relocated(change: MetaChange, form: Term, receiver: Term | null, counter: Term): Term {
  if (form instanceof Tuple3 && (form.b instanceof Cons || form.b === EMPTY)) {
    const { a: name, c: right } = form;
    let meta: Term = form.b;
    if (receiver !== null) {
      const isVariable = right === receiver && name instanceof Atom && name !== UNDERSCORE;
      const isLexical = right instanceof Cons && name instanceof Atom && NAMED_MODULES.has(name);
      const isQuote = name === QUOTE && right instanceof Cons && metaGet(meta, CONTEXT) === receiver;
      if (isVariable || isLexical || isQuote) meta = metaNew(meta, COUNTER, counter);
    }
    return new Tuple3(
      relocated(change, name, receiver, counter),
      change(meta),
      relocated(change, right, receiver, counter),
    );
  }
  if (form instanceof Tuple2) {
    return new Tuple2(
      relocated(change, form.a, receiver, counter),
      relocated(change, form.b, receiver, counter),
    );
  }
  if (form instanceof Cons) {
    const items: Term[] = [];
    let rest: Term = form;
    while (rest instanceof Cons) {
      items.push(relocated(change, rest.head, receiver, counter));
      rest = rest.tail;
    }
    return list(items, rest);
  }
  return form;
}
