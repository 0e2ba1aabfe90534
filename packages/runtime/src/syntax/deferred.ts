/**
 * Encoders that the parser cannot call: an Elixir fun runs in a process, which may be suspended, while parsing
 * is one step. The parser gets placeholders instead; afterwards the caller has each literal encoded, in the
 * order of the text, and `fill` puts the answers in.
 */
import { Reference } from "../term/identifier.ts";
import { Cons, list } from "../term/list.ts";
import type { Term } from "../term/term.ts";
import { Tuple, tupleOf } from "../term/tuple.ts";
import type { Encoded } from "./options.ts";

class Placeholder extends Reference {
  value: Term | undefined = undefined;
}

/** A call that the encoder is owed; `argument()` has the answers of earlier calls in it. */
export interface DeferredCall {
  readonly argument: () => Term;
  readonly meta: Term;
  readonly answer: (encoded: Term) => void;
}

export class DeferredEncoder {
  readonly calls: DeferredCall[] = [];

  /** For `literalEncoder`. */
  readonly encode = (literal: Term, meta: Term): Encoded => {
    const placeholder = new Placeholder(-1, this.calls.length);
    this.calls.push({
      argument: () => fill(literal),
      meta,
      answer: (encoded) => {
        placeholder.value = encoded;
      },
    });
    return { ok: placeholder };
  };
}

/** The tree with the answers in place of the placeholders. */
export function fill(term: Term): Term {
  if (term instanceof Placeholder) return term.value ?? term;
  if (term instanceof Tuple) return tupleOf(term.toArray().map(fill));
  if (!(term instanceof Cons)) return term;
  const items: Term[] = [];
  let rest: Term = term;
  while (rest instanceof Cons) {
    items.push(fill(rest.head));
    rest = rest.tail;
  }
  return list(items, rest);
}
