/** The warnings about aliases and imports that nothing uses, by their names, wherever they stand. */
import type { Atom } from "../../term/atom.ts";
import { compareTerms } from "../../term/compare.ts";
import type { LexicalTracker } from "../env.ts";
import { inspectAtom, type Place, warn } from "../errors.ts";

type Named = readonly [Atom, unknown];
const byName = ([a]: Named, [b]: Named): number => compareTerms(a, b);

/** Aliases and imports of the file or module that nothing has used. */
export function warnUnusedLexical(at: Place, tracker: LexicalTracker): void {
  for (const [alias, { meta }] of [...tracker.aliases].sort(byName))
    warn(at, meta, `unused alias ${inspectAtom(alias)}`);
  for (const [module, { meta, only }] of [...tracker.imports].sort(byName)) {
    const used = tracker.usedImports.get(module);
    if (used === undefined) {
      warn(at, meta, `unused import ${inspectAtom(module)}`);
      continue;
    }
    for (const [name, arity] of [...only].sort((a, b) => byName(a, b) || a[1] - b[1])) {
      if (used.has(`${name.name}/${arity}`)) continue;
      warn(at, meta, `unused import ${inspectAtom(module)}.${name.name}/${arity}`);
    }
  }
}
