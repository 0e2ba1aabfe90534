/** `:elixir_lexical`: what `Kernel.Tracker` and the library's macros tell of a lexical scope and ask of it. */
import { type Atom, bool, OK, TRUE } from "../../term/atom.ts";
import { list } from "../../term/list.ts";
import { mapFrom } from "../../term/map.ts";
import type { Term } from "../../term/term.ts";
import { Tuple2, tuple } from "../../term/tuple.ts";
import { namesAndArities } from "../env.ts";
import type { ExpanderModule } from "../native.ts";
import { Tracker } from "./lexical-tracker.ts";

export function lexicalNatives(): ExpanderModule {
  return {
    module: "elixir_lexical",
    functions: {
      "new/0": () => new Tracker(),
      "is_alive/1": (tracker: Term) => bool(tracker instanceof Tracker && tracker.alive),
      "stop/1": (tracker: Tracker) => {
        tracker.alive = false;
        return OK;
      },
      /** `{modules needed to compile, modules whose exports count, modules needed to run, configuration read}`. */
      "references/1": ({ references, exports, compileEnv }: Tracker) => {
        const of = (wanted: string) =>
          list([...references].filter(([, mode]) => mode === wanted).map(([m]) => m));
        return tuple(of("compile"), list([...exports]), of("runtime"), list(compileEnv));
      },
      "add_export/2": ({ exports }: Tracker, module: Atom) => {
        exports.add(module);
        return OK;
      },
      "add_reference/3": ({ references }: Tracker, module: Atom, mode: Atom) => {
        if (references.get(module) !== "compile") references.set(module, mode.name as "compile" | "runtime");
        return OK;
      },
      "add_compile_env/4": ({ compileEnv }: Tracker, app: Term, path: Term, value: Term) => {
        compileEnv.push(tuple(app, path, value));
        return OK;
      },
      "use_import/3": (tracker: Tracker, module: Atom, { a: name, b: arity }: Tuple2) => {
        tracker.useImport(module, name as Atom, arity as number);
        return OK;
      },
      "use_alias/2": (tracker: Tracker, alias: Atom) => {
        tracker.useAlias(alias);
        return OK;
      },
      "warn_alias/3": (tracker: Tracker, meta: Term, alias: Atom) => {
        tracker.warnAlias(alias, meta);
        return OK;
      },
      "add_import/5": (tracker: Tracker, module: Atom, pairs: Term, meta: Term, warn: Atom) => {
        tracker.imports.set(module, { meta, only: namesAndArities(pairs), warn: warn === TRUE });
        tracker.usedImports.delete(module);
        return OK;
      },
      "warn_import/2": ({ imports }: Tracker, module: Atom) => {
        const added = imports.get(module);
        if (added !== undefined) added.warn = true;
        return OK;
      },
      "unused_aliases/1": ({ aliases }: Tracker) =>
        list([...aliases].map(([alias, meta]) => new Tuple2(alias, meta))),
      "unused_imports/1": (tracker: Tracker) =>
        list(
          [...tracker.unusedImports()].map(({ module, meta, all, unused }) => {
            const entries = unused.map(([name, arity]): [Term, Term] => [new Tuple2(name, arity), meta]);
            return new Tuple2(module, mapFrom(all ? [[module, meta], ...entries] : entries));
          }),
        ),
    },
  };
}
