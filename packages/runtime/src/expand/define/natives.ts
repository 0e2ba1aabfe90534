import { keywordGet, listLength } from "../../syntax/quoted.ts";
import { type Atom, atom, bool, NIL, OK, TRUE } from "../../term/atom.ts";
import { text } from "../../term/bitstring.ts";
import { type CodePlace, Raised } from "../../term/error.ts";
import { Cons, EMPTY, list, listToArray } from "../../term/list.ts";
import type { TermMap } from "../../term/map.ts";
import type { Term } from "../../term/term.ts";
import { Tuple2, Tuple3, tuple } from "../../term/tuple.ts";
import { bootstrapFunctions } from "../bootstrap.ts";
import { cachedEnv, cacheEnv } from "../cached-env.ts";
import { diagnosticNatives } from "../diagnostics.ts";
import { nextCounter } from "../dispatch.ts";
import { Env } from "../env.ts";
import { exception } from "../errors.ts";
import { envForEval, evalForms } from "../eval.ts";
import type { DefinitionKind, Host } from "../host.ts";
import type { ExpanderModule } from "../native.ts";
import { rewriteNatives } from "../restore.ts";
import { useTracers } from "../trace.ts";
import {
  deleteAttribute,
  getAttribute,
  getLastAttribute,
  putAttribute,
  registerAttribute,
  requireOpen,
  requireWritable,
} from "./attributes.ts";
import { extractGuards, orGuards, storeDefinition } from "./definition.ts";
import { environmentNatives } from "./environment-natives.ts";
import { checkOutside } from "./erlang-warnings.ts";
import { lexicalNatives } from "./lexical-natives.ts";
import { makeOverridable } from "./make-overridable.ts";
import { compileModule } from "./module.ts";
import { defineAll, onlyModules } from "./only-modules.ts";
import type { StoredDefinition } from "./open-module.ts";
import { modulesBeingDefined, openModule } from "./open-modules.ts";
import { takeDefinition } from "./overridable.ts";
import { fileTracers, lexically, tellTracers } from "./tracers.ts";
import { putTypespec } from "./typespecs.ts";
import { checkPostponed, together } from "./verify.ts";

export function defineNatives(host: Host): ExpanderModule[] {
  useTracers(tellTracers);
  return [
    { module: "elixir_bootstrap", functions: bootstrapFunctions },
    lexicalNatives(),
    ...environmentNatives(host),
    ...diagnosticNatives(host),
    moduleNatives(host),
    definitionNatives(host),
    overridableNatives(host),
    compilerNatives(host),
    utilityNatives(),
    rewriteNatives(),
  ];
}

const nameAndArity = ({ name, arity }: { name: Atom; arity: number }): Term => new Tuple2(name, arity);
const keyOf = (pair: Tuple2): string => `${(pair.a as Atom).name}/${pair.b as number}`;

function moduleNatives(host: Host): ExpanderModule {
  return {
    module: "elixir_module",
    functions: {
      "is_open/1": (module: Atom) => bool(openModule(module) !== undefined),
      "compiler_modules/0": () => list(modulesBeingDefined()),
      "mode/1": (module: Atom) => atom(openModule(module)?.mode ?? "closed"),
      "file/1": (module: Atom) => text(requireOpen(module, "file", 1).file),
      "next_counter/1": (module: Atom) => nextCounter(module),
      "taint/1": (module: Atom) => {
        const open = openModule(module);
        if (open !== undefined) open.tainted = true;
        return bool(open !== undefined);
      },
      "write_cache/3": (module: Atom, key: Term, value: Term) => {
        requireOpen(module, "write_cache", 3).cache.set(key, value);
        return TRUE;
      },
      "read_cache/2": (module: Atom, key: Term) => requireOpen(module, "read_cache", 2).cache.get(key) ?? NIL,
      "cache_env/1": (env: TermMap) => cacheEnv(Env.fromTerm(env)),
      "get_cached_env/1": (position: Term) => cachedEnv(position).toTerm(),
      "get_attribute/4": (module: Term, key: Atom, line: Term, otherwise: Term) =>
        getAttribute(host, module, key, line, otherwise),
      "get_last_attribute/3": getLastAttribute,
      "has_attribute/2": (module: Term, key: Atom) =>
        bool(requireOpen(module, "has_attribute?", 2).attributes.has(key)),
      "attributes_in/1": (module: Term) =>
        list([...requireOpen(module, "attributes_in", 1).attributes.keys()]),
      "delete_attribute/2": deleteAttribute,
      "register_attribute/3": registerAttribute,
      "take_derive/1": (module: Term) => {
        const derive = requireWritable(module, "take_derive", 1).attributes.get(atom("derive"));
        const values = derive?.accumulated ?? [];
        if (derive !== undefined) derive.accumulated = [];
        return list(values);
      },
      "put_typespec/4": (kind: Atom, expression: Term, line: number, position: Term) =>
        putTypespec(host, kind, expression, line, position),
      "struct_fields/1": (module: Atom) => openModule(module)?.struct ?? NIL,
      "put_struct/2": (module: Term, fields: Term) => {
        requireWritable(module, "put_struct", 2).struct = fields;
        return OK;
      },
      "definitions_in/1": (module: Term) => {
        const open = requireOpen(module, "definitions_in", 1, INFO_HINT);
        return list([...open.definitions.values()].map(nameAndArity));
      },
      "definitions_in/2": (module: Term, kind: Atom) => {
        const open = requireOpen(module, "definitions_in", 2, INFO_HINT);
        return list(
          [...open.definitions.values()].filter((found) => found.kind === kind.name).map(nameAndArity),
        );
      },
      "defines/2": (module: Term, pair: Tuple2) =>
        bool(requireOpen(module, "defines?", 2, EXPORTED_HINT).definitions.has(keyOf(pair))),
      "defines/3": (module: Term, pair: Tuple2, kind: Atom) =>
        bool(
          requireOpen(module, "defines?", 3, EXPORTED_HINT).definitions.get(keyOf(pair))?.kind === kind.name,
        ),
      "get_definition/3": (module: Term, pair: Tuple2, options: Term) => {
        const found = requireOpen(module, "get_definition", 2).definitions.get(keyOf(pair));
        if (found === undefined) return NIL;
        return definitionTerm(
          keywordGet(options, atom("skip_clauses")) === TRUE ? { ...found, clauses: [] } : found,
        );
      },
      "delete_definition/2": (module: Term, pair: Tuple2) => {
        const open = requireWritable(module, "delete_definition", 2);
        return bool(takeDefinition(open, pair.a as Atom, pair.b as number) !== null);
      },
      "undefined_local/3": (module: Atom, name: Atom, arity: number) => {
        throw exception("UndefinedFunctionError", {
          module,
          function: name,
          arity,
          reason: atom("function not available"),
          message: NIL,
        });
      },
    },
    tasks: {
      "compile/6": (meta: Term, module: Term, block: Term, vars: Term, _prune: Term, env: TermMap) =>
        compileModule(host, meta, module, block, vars, Env.fromTerm(env)),
      "put_attribute/4": (module: Term, key: Atom, value: Term, line: Term) =>
        putAttribute(host, module, key, value, line),
    },
  };
}

const INFO_HINT = "Use the Module.__info__/1 callback or Code.fetch_docs/1 instead";
const EXPORTED_HINT =
  "Use Kernel.function_exported?/3 and Kernel.macro_exported?/3 to check for public functions and macros instead";

function definitionTerm({ kind, meta, clauses }: StoredDefinition): Term {
  const parts = clauses.map((clause) =>
    tuple(clause.meta, list(clause.args), list(clause.guards), clause.body),
  );
  return tuple(atom("v1"), atom(kind), meta, list(parts));
}

function definitionNatives(host: Host): ExpanderModule {
  return {
    module: "elixir_def",
    functions: {
      "reset_last/1": (module: Atom) => {
        const open = openModule(module);
        if (open !== undefined) open.lastDefinition = null;
        return TRUE;
      },
    },
    tasks: {
      *"store_definition/3"(kind: Atom, stored: Term, position: Term) {
        const env = cachedEnv(position);
        const isFragment = stored instanceof Tuple2;
        const pair = isFragment ? stored : (openModule(env.module)?.cache.get(stored) as Tuple2);
        try {
          return yield* storeDefinition(host, kind.name as DefinitionKind, !isFragment, pair.a, pair.b, env);
        } catch (thrown) {
          noteBody(thrown, env);
          throw thrown;
        }
      },
    },
  };
}

/** An error of the definition itself, not of a macro that it calls, stands where the body of the module calls `def`. */
function noteBody(thrown: unknown, { module, fileName: file, line }: Env): void {
  if (!(thrown instanceof Raised) || thrown.trace.length > 0) return;
  const body: CodePlace = { module, file, name: "__MODULE__", arity: 1 };
  thrown.trace.push(body, line);
}

function overridableNatives(host: Host): ExpanderModule {
  return {
    module: "elixir_overridable",
    functions: {
      "overridables_in/1": (module: Term) => {
        const open = requireOpen(module, "overridables_in", 1);
        return list([...open.overridables.values()].map(({ definition }) => nameAndArity(definition)));
      },
      "overridable/2": (module: Term, pair: Tuple2) =>
        bool(requireOpen(module, "overridable?", 2).overridables.has(keyOf(pair))),
    },
    tasks: {
      "make_overridable/2": (module: Term, what: Term) => makeOverridable(host, module, what),
    },
  };
}

/** A file's forms, compiled together. Mirrors `:elixir_compiler.quoted/3`. */
function compilerNatives(host: Host): ExpanderModule {
  return {
    module: "elixir_compiler",
    functions: {},
    tasks: {
      "quoted/2": (quoted: Term, file: Term) =>
        together(host, function* () {
          const options = list([new Tuple2(atom("file"), file), new Tuple2(atom("line"), 1)]);
          const env = (yield* envForEval(host, options)).with({ tracers: yield* fileTracers(host) });
          const modules = host.bootstrap ? null : onlyModules(quoted);
          return yield* lexically({ host, env }, (lexical) =>
            modules === null
              ? evalForms(host, quoted, EMPTY, lexical, checkOutside)
              : defineAll(host, modules, lexical),
          );
        }),
      /** Checks the modules which the process dictionary has had under `:elixir_checks`. */
      "check/1": function* (checks: Tuple2) {
        yield* checkPostponed(host, checks);
        return OK;
      },
    },
  };
}

function utilityNatives(): ExpanderModule {
  return {
    module: "elixir_utils",
    functions: {
      "extract_guards/1": (form: Term) => {
        const { call, guards } = extractGuards(form);
        return new Tuple2(call, list(guards));
      },
      "extract_splat_guards/1": (forms: Term) => {
        const [only] = listToArray(forms) ?? [];
        if (
          listLength(forms) === 1 &&
          only instanceof Tuple3 &&
          only.a === atom("when") &&
          only.c instanceof Cons
        ) {
          const args = listToArray(only.c) as Term[];
          const condition = args.pop() as Term;
          return new Tuple2(list(args), list(orGuards(condition)));
        }
        return new Tuple2(forms, EMPTY);
      },
      "noop/0": () => OK,
    },
  };
}
