/** The functions that `@dialyzer`, `@nifs` and, where nothing else is wrong, `@compile` name have to be there. */

import { Atom, atom } from "../../term/atom.ts";
import { list, listToArray } from "../../term/list.ts";
import type { Term } from "../../term/term.ts";
import { Tuple2 } from "../../term/tuple.ts";
import { inspectAtom, moduleError, type Place, warn } from "../errors.ts";
import type { OpenModule } from "./open-module.ts";
import { isMacro } from "./overridable.ts";

const INLINE = atom("inline");
const PARSE_TRANSFORM = atom("parse_transform");
const NIFS = atom("nifs");
const DIALYZER = new Set(
  `no_return no_unused no_improper_lists no_fun_app no_match no_opaque no_fail_call no_contracts no_behaviours
  no_undefined_callbacks unmatched_returns error_handling race_conditions no_missing_calls specdiffs overspecs underspecs
  unknown no_underspecs extra_return no_extra_return missing_return no_missing_return no_unknown`.split(
    /\s+/,
  ),
);

export function checkNamedFunctions(at: Place, open: OpenModule, meta: Term): void {
  checkNamed(at, open, meta, "nifs", open.attributes.get(NIFS)?.value ?? list([]));
  for (const option of flat(list(open.accumulated("dialyzer")))) {
    if (!(option instanceof Tuple2)) continue;
    checkNamed(at, open, meta, `dialyzer :${(option.a as Atom).name}`, option.b);
  }
}

function checkNamed(at: Place, open: OpenModule, meta: Term, by: string, functions: Term): void {
  for (const pair of flat(functions)) {
    if (!(pair instanceof Tuple2)) continue;
    const key = `${(pair.a as Atom).name}/${pair.b as number}`;
    const found = open.definitions.get(key);
    if (found === undefined || found.clauses.length === 0)
      moduleError(at, meta, `undefined function ${key} given to @${by}`);
    else if (isMacro(found.kind))
      moduleError(at, meta, `macro ${key} given to @${by} (only functions are supported)`);
  }
}

export function checkCompileOptions(at: Place, open: OpenModule, meta: Term): void {
  for (const option of flat(list(open.accumulated("compile")))) {
    if (!(option instanceof Tuple2)) continue;
    if (option.a === INLINE) checkNamed(at, open, meta, "compile :inline", option.b);
    if (option.a === PARSE_TRANSFORM) {
      warn(
        at,
        meta,
        `@compile {:parse_transform, ${inspectAtom(option.b as Atom)}} is deprecated. Elixir will no longer support ` +
          "Erlang-based transforms in future versions",
      );
    }
  }
}

/** Whether a value of `@dialyzer` is one that is known, whatever functions it names. */
export function isDialyzerValue(value: Term): boolean {
  return flat(value).every((option) =>
    option instanceof Tuple2 ? isDialyzerOption(option.a, true) : isDialyzerOption(option, false),
  );
}

function isDialyzerOption(option: Term, ofFunctions: boolean): boolean {
  return (
    option instanceof Atom &&
    (DIALYZER.has(option.name) || (ofFunctions && option.name === "nowarn_function"))
  );
}

/** The elements of a list, of lists in it, and so on; what is no list is one element. */
function flat(term: Term): Term[] {
  return listToArray(term)?.flatMap(flat) ?? [term];
}
