/** `:elixir_lexical`: what `Kernel.LexicalTracker` and the library's macros tell of a lexical scope and ask of it. */
import { type Atom, OK } from "../../term/atom.ts";
import { EMPTY, list } from "../../term/list.ts";
import { mapFrom } from "../../term/map.ts";
import type { Term } from "../../term/term.ts";
import { Tuple2, tuple } from "../../term/tuple.ts";
import { LexicalTracker, namesAndArities } from "../env.ts";
import type { ExpanderModule } from "../native.ts";

export function lexicalNatives(): ExpanderModule {
  return {
    module: "elixir_lexical",
    functions: {
      "new/0": () => new LexicalTracker(),
      /** `{modules needed to compile, modules whose exports count, modules needed to run, configuration read}`. */
      "references/1": ({ references, exports, compileEnv }: LexicalTracker) => {
        const of = (wanted: string) =>
          list([...references].filter(([, mode]) => mode === wanted).map(([m]) => m));
        return tuple(of("compile"), list([...exports]), of("runtime"), list(compileEnv));
      },
      "add_export/2": ({ exports }: LexicalTracker, module: Atom) => {
        exports.add(module);
        return OK;
      },
      "add_reference/3": ({ references }: LexicalTracker, module: Atom, mode: Atom) => {
        if (references.get(module) !== "compile") references.set(module, mode.name as "compile" | "runtime");
        return OK;
      },
      "add_compile_env/4": ({ compileEnv }: LexicalTracker, app: Term, path: Term, value: Term) => {
        compileEnv.push(tuple(app, path, value));
        return OK;
      },
      "use_import/3": (tracker: LexicalTracker, module: Atom, { a: name, b: arity }: Tuple2) => {
        tracker.useImport(module, name as Atom, arity as number);
        return OK;
      },
      "use_alias/2": (tracker: LexicalTracker, alias: Atom) => {
        tracker.useAlias(alias);
        return OK;
      },
      "warn_alias/4": ({ aliases, usedAliases }: LexicalTracker, meta: Term, alias: Atom, module: Atom) => {
        if (!usedAliases.has(alias)) aliases.set(alias, { meta, module });
        return OK;
      },
      "warn_import/4": (tracker: LexicalTracker, module: Atom, pairs: Term, meta: Term) => {
        const only =
          pairs === EMPTY ? [] : [...(tracker.imports.get(module)?.only ?? []), ...namesAndArities(pairs)];
        tracker.imports.set(module, { meta, only, warn: true });
        return OK;
      },
      "unused_aliases/1": ({ aliases }: LexicalTracker) =>
        list([...aliases].map(([alias, { meta }]) => new Tuple2(alias, meta))),
      "unused_imports/1": ({ imports, usedImports }: LexicalTracker) =>
        list(
          [...imports].map(([module, { meta, only }]) => {
            const used = usedImports.get(module);
            const unused = only.filter(([name, arity]) => !used?.has(`${name.name}/${arity}`));
            const entries = unused.map(([name, arity]): [Term, Term] => [new Tuple2(name, arity), meta]);
            return new Tuple2(module, mapFrom(used === undefined ? [[module, meta], ...entries] : entries));
          }),
        ),
    },
  };
}
