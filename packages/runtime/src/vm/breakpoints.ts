/**
 * Natives for breakpoints: the expanded definitions of a module as terms, and the module compiled again from definitions that
 * have been changed. Its own definition is kept beside, so that it comes back without being compiled; a module that
 * is defined anew has lost its breakpoints.
 */
import type { NativeModule } from "../builtins/native.ts";
import { compileModule } from "../compile/module.ts";
import { type Atom, atom, bool, NIL, TRUE } from "../term/atom.ts";
import { text } from "../term/bitstring.ts";
import { EMPTY, list } from "../term/list.ts";
import type { Term } from "../term/term.ts";
import { tuple } from "../term/tuple.ts";
import {
  defineModule,
  instantiate,
  type ModuleDefinition,
  moduleEntry,
  moduleSource,
  sourceOf,
} from "./code-server.ts";
import { definitionsOf, definitionTerms } from "./definition-terms.ts";

interface Replaced {
  readonly own: ModuleDefinition;
  readonly instrumented: ModuleDefinition;
}

const replaced = new WeakMap<object, Replaced>();

/** What the module was before it was given stops, or `null` when it has none. */
function replacedBy(module: Atom): ModuleDefinition | null {
  const entry = moduleEntry(module);
  const found = replaced.get(entry);
  return found !== undefined && found.instrumented === entry.definition ? found.own : null;
}

export const breakpoints: NativeModule = {
  module: "beamlet_break",
  functions: {
    // `{file, [{kind, name, arity, meta, [{meta, args, guards, body}]}]}`, or `nil` where the definitions are not kept.
    "definitions/1": (module: Atom) => {
      const { definition } = moduleEntry(module);
      const source = sourceOf(module);
      if (source === null || definition === null) return NIL;
      return tuple(text((definition.source ?? definition.file) as string), definitionTerms(source));
    },
    "instrument/2": (module: Atom, definitions: Term) => {
      const entry = moduleEntry(module);
      const own = replacedBy(module) ?? entry.definition!;
      const { file, functions: _, funs: __, module: ___, source, ...metadata } = own;
      const attributes = list([tuple(atom("iex_pry"), list([TRUE]))], (own.attributes as Term) ?? EMPTY);
      const js = compileModule({
        module,
        file: file as string,
        definitions: definitionsOf(definitions),
        metadata: { ...metadata, attributes },
      });
      const instrumented = Object.assign(instantiate(moduleSource(module.name, js)), { source });
      defineModule(instrumented, entry.library);
      replaced.set(entry, { own, instrumented });
      return TRUE;
    },
    "restore/1": (module: Atom) => {
      const own = replacedBy(module);
      if (own !== null) defineModule(own, moduleEntry(module).library);
      return TRUE;
    },
    "instrumented/1": (module: Atom) => bool(replacedBy(module) !== null),
  },
};
