/** The warnings about aliases and imports that nothing uses. */
import type { LexicalTracker } from "../env.ts";
import { inspectAtom, type Place, warn } from "../errors.ts";

/** Aliases and imports of the file or module that nothing has used. */
export function warnUnusedLexical(at: Place, tracker: LexicalTracker): void {
  for (const [alias, { meta }] of tracker.aliases) warn(at, meta, `unused alias ${inspectAtom(alias)}`);
  for (const [module, { meta, only }] of tracker.imports) {
    const used = tracker.usedImports.get(module);
    if (used === undefined) {
      warn(at, meta, `unused import ${inspectAtom(module)}`);
      continue;
    }
    for (const [name, arity] of only) {
      if (used.has(`${name.name}/${arity}`)) continue;
      warn(at, meta, `unused import ${inspectAtom(module)}.${name.name}/${arity}`);
    }
  }
}
