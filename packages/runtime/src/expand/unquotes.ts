/** What a form to be quoted has in it: unquotes of its own, those of nested quotes apart. */
import { isKeyword, keywordGet } from "../syntax/quoted.ts";
import { Atom, atom, FALSE } from "../term/atom.ts";
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
  // `depth`: how many quotes are around the form.
  const stack = [{ form: whole, depth: 0 }];
  while (stack.length > 0) {
    const { form, depth } = stack.pop() as { form: Term; depth: number };
    if (form instanceof Tuple2) stack.push({ form: form.b, depth }, { form: form.a, depth });
    else if (form instanceof Cons) stack.push({ form: form.tail, depth }, { form: form.head, depth });
    if (!(form instanceof Tuple3)) continue;
    const { a: name, c: args } = form;
    if (name instanceof Atom && args instanceof Atom) continue;
    const parts = listToArray(args);
    if (name === QUOTE && parts !== null && (parts.length === 1 || parts.length === 2)) {
      const isDisabled = parts.length === 2 && disablesUnquote(parts[0]);
      if (!isDisabled) stack.push({ form: parts[parts.length - 1], depth: depth + 1 });
    } else if ((name === UNQUOTE || name === SPLICING) && parts?.length === 1) {
      if (depth === 0) return true;
      stack.push({ form: parts[0], depth: depth - 1 });
    } else if (unquotedDot(form) !== null) return true;
    else if (parts !== null) {
      stack.push({ form: name, depth: 0 });
      for (const part of parts) stack.push({ form: part, depth });
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
