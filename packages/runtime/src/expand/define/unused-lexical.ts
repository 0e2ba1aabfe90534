/** The warnings about aliases and imports that nothing uses, by their names, wherever they stand. */
import type { Atom } from "../../term/atom.ts";
import { compareTerms } from "../../term/compare.ts";
import { inspectAtom, type Place, warn } from "../errors.ts";
import type { Tracker } from "./lexical-tracker.ts";

type Named = readonly [Atom, unknown];
const byName = ([a]: Named, [b]: Named): number => compareTerms(a, b);

/** Aliases and imports of the file or module that nothing has used. */
export function warnUnusedLexical(at: Place, tracker: Tracker): void {
  for (const [alias, meta] of [...tracker.aliases].sort(byName))
    warn(at, meta, `unused alias ${inspectAtom(alias)}`);
  const imports = [...tracker.unusedImports()];
  for (const { module, meta, all, unused } of imports.sort((a, b) => compareTerms(a.module, b.module))) {
    if (all) warn(at, meta, `unused import ${inspectAtom(module)}`);
    else {
      for (const [name, arity] of [...unused].sort((a, b) => byName(a, b) || a[1] - b[1]))
        warn(at, meta, `unused import ${inspectAtom(module)}.${name.name}/${arity}`);
    }
  }
}
