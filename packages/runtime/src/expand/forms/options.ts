/** Keyword options of special forms. */
import type { Task } from "../../process/task.ts";
import { Atom } from "../../term/atom.ts";
import { listToArray } from "../../term/list.ts";
import type { Term } from "../../term/term.ts";
import { Tuple2 } from "../../term/tuple.ts";
import { fileError, source } from "../errors.ts";
import type { Scope } from "../scope.ts";

export function* expandOptions(
  scope: Scope,
  meta: Term,
  form: Atom,
  allowed: readonly Atom[],
  options: Term,
): Task<Term> {
  const expanded = yield* scope.expand(options);
  yield* validateOptions(scope, meta, form, allowed, expanded);
  return expanded;
}

export function* validateOptions(
  scope: Scope,
  meta: Term,
  form: Atom,
  allowed: readonly Atom[],
  options: Term,
): Task<void> {
  const entries = listToArray(options);
  if (entries === null) {
    throw fileError(
      scope,
      meta,
      `invalid options for ${form.name}, expected a keyword list, got: ${yield* source(scope, options)}`,
    );
  }
  for (const entry of entries) {
    if (!(entry instanceof Tuple2) || (entry.a instanceof Atom && allowed.includes(entry.a))) continue;
    throw fileError(scope, meta, `unsupported option ${yield* source(scope, entry.a)} given to ${form.name}`);
  }
}
