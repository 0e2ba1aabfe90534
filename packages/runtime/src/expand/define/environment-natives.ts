/** `:elixir_env`, `:elixir_expand` and what else `Macro.Env` and `defguard` call: what changes and reads environments. */
import { apply } from "../../process/task.ts";
import { type Atom, atom, OK } from "../../term/atom.ts";
import { text } from "../../term/bitstring.ts";
import { Fun } from "../../term/fun.ts";
import { EMPTY, list, listToArray } from "../../term/list.ts";
import { mapFrom, TermMap } from "../../term/map.ts";
import type { Term } from "../../term/term.ts";
import { Tuple2, Tuple3, tuple } from "../../term/tuple.ts";
import { aliasErrorText, defineAlias, requireModule } from "../alias.ts";
import { checkDeprecated } from "../dispatch.ts";
import { Env, namesAndArities, varsOf } from "../env.ts";
import { defaultEnv, evalQuoted } from "../eval.ts";
import { newScope } from "../expand.ts";
import type { Host } from "../host.ts";
import { findImport, importModule, importsByName } from "../imports.ts";
import type { ExpanderModule } from "../native.ts";
import { tellEvent } from "./tracers.ts";

export function environmentNatives(host: Host): ExpanderModule[] {
  return [
    {
      module: "elixir_env",
      functions: {
        "with_vars/2": (env: TermMap, vars: Term) => {
          const versioned = vars instanceof TermMap ? vars : varsOf(listToArray(vars) ?? []);
          return Env.fromTerm(env).with({ versionedVars: versioned }).toTerm();
        },
        "to_caller/1": (given: Term) => (given instanceof Tuple3 ? given.c : given),
        // The variables are a part of the environment here, and there is no other state.
        "env_to_ex/1": (env: TermMap) => Env.fromTerm(env).versionedVars,
        "reset_vars/1": (env: TermMap) =>
          Env.fromTerm(env)
            .with({ versionedVars: mapFrom([]) })
            .toTerm(),
      },
      tasks: {
        *"new/0"() {
          return (yield* defaultEnv(host)).toTerm();
        },
        *"trace/2"(event: Term, given: TermMap) {
          yield* tellEvent({ host, env: Env.fromTerm(given) }, event);
          return OK;
        },
      },
    },
    {
      module: "elixir",
      functions: {},
      tasks: {
        /** As `eval_quoted/3`; what comes back are the variables that the form assigns or reads. */
        "eval_pruned/3": (quoted: Term, binding: Term, env: TermMap) =>
          evalQuoted(host, quoted, binding, Env.fromTerm(env), true),
      },
    },
    {
      module: "elixir_expand",
      functions: {},
      tasks: {
        *"expand/2"(form: Term, env: TermMap) {
          const scope = newScope(host, Env.fromTerm(env));
          const expanded = yield* scope.expand(form);
          return new Tuple2(expanded, scope.env.with({ versionedVars: scope.state.read }).toTerm());
        },
        *"expand/3"(form: Term, _variables: Term, env: TermMap) {
          const scope = newScope(host, Env.fromTerm(env));
          const expanded = yield* scope.expand(form);
          const after = scope.env.with({ versionedVars: scope.state.read });
          return tuple(expanded, after.versionedVars, after.toTerm());
        },
      },
    },
    {
      module: "elixir_import",
      functions: {},
      tasks: {
        // With a function that lists what the module has, the module does not have to be there.
        *"import/5"(meta: Term, module: Atom, options: Term, given: TermMap, lister: Term) {
          const scope = newScope(host, Env.fromTerm(given));
          const listed =
            lister instanceof Fun
              ? function* (what: string) {
                  return namesAndArities(yield* apply(lister, [atom(what)]));
                }
              : undefined;
          if (listed === undefined) yield* host.ensureLoaded(module);
          const result = yield* importModule(scope, meta, module, options, listed);
          return "error" in result
            ? tuple(atom("error"), text(result.error))
            : tuple(OK, result.env.toTerm());
        },
      },
    },
    {
      module: "elixir_aliases",
      functions: {
        "require/4": (_meta: Term, module: Atom, _options: Term, env: TermMap) =>
          tuple(OK, requireModule(Env.fromTerm(env), module).toTerm()),
      },
      tasks: {
        *"alias/4"(meta: Term, module: Atom, options: Term, given: TermMap) {
          const env = Env.fromTerm(given);
          const result = defineAlias(meta, module, true, options, env);
          if (!("error" in result)) return tuple(OK, result.env.toTerm());
          return tuple(atom("error"), text(yield* aliasErrorText(newScope(host, env), result.error)));
        },
      },
    },
    {
      module: "elixir_dispatch",
      functions: {
        "find_imports/3": (meta: Term, name: Atom, env: TermMap) =>
          importsByName({ host, env: Env.fromTerm(env) }, meta, name),
        "find_import/4": (meta: Term, name: Atom, arity: number, env: TermMap) => {
          const found = findImport(meta, name, arity, Env.fromTerm(env));
          if (found === null) return EMPTY;
          if (found.kind === "ambiguous")
            return list(found.modules.map((module) => new Tuple2(atom("function"), module)));
          return list([new Tuple2(atom(found.kind === "macro" ? "macro" : "function"), found.module)]);
        },
      },
      tasks: {
        *"check_deprecated/6"(
          kind: Atom,
          meta: Term,
          module: Atom,
          name: Atom,
          arity: number,
          given: TermMap,
        ) {
          const scope = newScope(host, Env.fromTerm(given));
          yield* checkDeprecated(scope, kind.name as "function" | "macro", meta, module, name, arity);
          return OK;
        },
      },
    },
  ];
}
