/**
 * `:erl_erts_errors`: which arguments of a failed builtin are wrong, as the message of an `ArgumentError` lists them.
 */
import { Atom, bool } from "../term/atom.ts";
import { text } from "../term/bitstring.ts";
import { Cons, listToArray } from "../term/list.ts";
import { mapFrom } from "../term/map.ts";
import type { Term } from "../term/term.ts";
import { Tuple4 } from "../term/tuple.ts";
import type { Explanations } from "./argument-errors.ts";
import type { NativeModule } from "./native.ts";
import { osErrors, processErrors } from "./process-errors.ts";

/** By module, then by `name/arity`. */
const TABLES: Readonly<Record<string, Explanations>> = {
  erlang: { ...processErrors },
  os: osErrors,
};

function tableOf(module: Term): Explanations | null {
  return module instanceof Atom && Object.hasOwn(TABLES, module.name) ? TABLES[module.name] : null;
}

/** A map from the number of each wrong argument to what is wrong with it. */
function formatError(reason: Term, stacktrace: Term): Term {
  const entry = stacktrace instanceof Cons ? stacktrace.head : null;
  const found: [Term, Term][] = [];
  if (reason instanceof Atom && entry instanceof Tuple4 && entry.b instanceof Atom) {
    const args = listToArray(entry.c);
    const explain = args && tableOf(entry.a)?.[`${entry.b.name}/${args.length}`];
    if (args && explain) {
      explain(args, reason.name).forEach((complaint, i) => {
        if (complaint !== null) found.push([i + 1, text(complaint)]);
      });
    }
  }
  return mapFrom(found);
}

export const erlErtsErrors: NativeModule = {
  module: "erl_erts_errors",
  functions: {
    "format_error/2": formatError,
    "explains/1": (module) => bool(tableOf(module) !== null),
  },
};
