/** What a form to be quoted has in it: unquotes of its own, those of nested quotes apart. */
import { isKeyword, keywordGet, listLength } from "../syntax/quoted.ts";
import { atom, FALSE } from "../term/atom.ts";
import { Cons, EMPTY, listToArray } from "../term/list.ts";
import type { Term } from "../term/term.ts";
import { Tuple2, Tuple3 } from "../term/tuple.ts";

const QUOTE = atom("quote");
const UNQUOTE = atom("unquote");
const SPLICING = atom("unquote_splicing");
const DOT = atom(".");

export function isMeta(term: Term): boolean {
  return term instanceof Cons || term === EMPTY;
}

/** `left.unquote(value)`. */
export function unquotedDot(form: Tuple3 | null): { meta: Term; left: Term; value: Term } | null {
  if (form === null || !(form.a instanceof Tuple3) || form.a.a !== DOT || !isMeta(form.a.b)) return null;
  const parts = listToArray(form.a.c) ?? [];
  const values = listToArray(form.c) ?? [];
  if (parts.length !== 2 || parts[1] !== UNQUOTE || values.length !== 1) return null;
  return { meta: form.a.b, left: parts[0], value: values[0] };
}

/** Whether a form has unquotes of its own, outside nested quotes. */
export function hasUnquotes(whole: Term): boolean {
  const forms: Term[] = [];
  // How many quotes are around each form.
  const depths: number[] = [];
  const look = (form: Term, depth: number) => {
    forms.push(form);
    depths.push(depth);
  };
  look(whole, 0);
  while (forms.length > 0) {
    const form = forms.pop() as Term;
    const depth = depths.pop() as number;
    if (form instanceof Tuple2) {
      look(form.b, depth);
      look(form.a, depth);
    } else if (form instanceof Cons) {
      look(form.tail, depth);
      look(form.head, depth);
    }
    if (!(form instanceof Tuple3)) continue;
    const { a: name, c: args } = form;
    const count = listLength(args);
    if (name === QUOTE && (count === 1 || count === 2)) {
      const [first, last = first] = listToArray(args) as Term[];
      if (count === 1 || !disablesUnquote(first)) look(last, depth + 1);
    } else if ((name === UNQUOTE || name === SPLICING) && count === 1) {
      if (depth === 0) return true;
      look((args as Cons).head, depth - 1);
    } else if (name instanceof Tuple3 && unquotedDot(form) !== null) return true;
    else if (count >= 0) {
      look(name, 0);
      look(args, depth);
    }
  }
  return false;
}

function disablesUnquote(options: Term): boolean {
  return (
    isKeyword(options) &&
    (keywordGet(options, UNQUOTE) === FALSE || keywordGet(options, atom("bind_quoted")) !== undefined)
  );
}
