/** What quoted code calls when it runs: unquoting that could not be done when it was expanded. */
import type { Task } from "../process/task.ts";
import { ALIASES, BAR, DOT, NO_PARENS } from "../syntax/quoted.ts";
import { Atom, NIL, TRUE } from "../term/atom.ts";
import { EMPTY, list, listToArray } from "../term/list.ts";
import type { Term } from "../term/term.ts";
import { Tuple2, Tuple3 } from "../term/tuple.ts";
import { argumentError, inspect, source } from "./errors.ts";
import type { Host } from "./host.ts";
import { annotate, isFormElement } from "./quote.ts";

export function dotCallbacks(host: Host): Record<string, (...args: Term[]) => Task> {
  return {
    *"dot/5"(meta, left, right, args, context) {
      const form = yield* dot(host, meta, left, right, args);
      return form instanceof Tuple3 ? annotate(form, context) : form;
    },
    *"list/2"(spliced, rest) {
      return list(yield* forms(host, spliced), rest);
    },
    *"tail_list/3"(spliced, tail, before) {
      const items = [...(listToArray(before) ?? []), ...(yield* forms(host, spliced))];
      const rest = listToArray(tail);
      if (rest !== null) return list([...items, ...rest]);
      const last = items.pop() as Term;
      return list([...items, new Tuple3(BAR, EMPTY, list([last, tail]))]);
    },
  };
}

function* forms(host: Host, spliced: Term): Task<Term[]> {
  const items = listToArray(spliced);
  if (items?.every(isFormElement)) return items;
  throw argumentError(
    `expected a list with quoted expressions in unquote_splicing/1, got: ${yield* inspect({ host }, spliced)}`,
  );
}

/** `left.unquote(right)` and `left.unquote(right)(args)`: a field, an alias or a call, as the unquoted form wills. */
function* dot(host: Host, meta: Term, left: Term, right: Term, args: Term): Task<Term> {
  const called = (name: Atom, callMeta: Term, callArgs: Term): Term =>
    new Tuple3(new Tuple3(DOT, meta, list([left, name])), callMeta, callArgs);
  const noParens = list([new Tuple2(NO_PARENS, TRUE)], meta);
  if (args === NIL) {
    if (right instanceof Tuple3 && right.a === ALIASES) {
      return new Tuple3(ALIASES, meta, list([left, ...(listToArray(right.c) ?? [])]));
    }
    if (right instanceof Atom) {
      if (right.name.startsWith("Elixir.")) return new Tuple3(ALIASES, meta, list([left, right]));
      return called(right, noParens, EMPTY);
    }
    if (right instanceof Tuple3 && right.a instanceof Atom) {
      return right.c instanceof Atom ? called(right.a, noParens, EMPTY) : called(right.a, meta, right.c);
    }
    throw argumentError(
      "expected unquote after dot to return an atom, an alias or a quoted call, got: " +
        (yield* source({ host }, right)),
    );
  }
  if (right instanceof Atom) return called(right, meta, args);
  if (right instanceof Tuple3 && right.a instanceof Atom && right.c instanceof Atom)
    return called(right.a, meta, args);
  throw argumentError(
    "expected unquote after dot with args to return an atom or a quoted call, got: " +
      (yield* source({ host }, right)),
  );
}
