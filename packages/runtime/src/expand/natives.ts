/** The modules `:elixir_*`, through which the library calls the expander. `README.md` is their contract. */
import type { Task } from "../process/task.ts";
import { listLength } from "../syntax/quoted.ts";
import { Atom, atom, bool, existingAtom, NIL, OK, TRUE } from "../term/atom.ts";
import { Bitstring, text } from "../term/bitstring.ts";
import { badarg } from "../term/error.ts";
import { Cons, EMPTY, list, listToArray } from "../term/list.ts";
import { TermMap } from "../term/map.ts";
import type { Term } from "../term/term.ts";
import { Tuple2, Tuple3, tuple } from "../term/tuple.ts";
import { aliasErrorText, concat, concatName, defineAlias, expandOrConcat, requireModule } from "./alias.ts";
import { bootstrapFunctions, cachedEnv, cacheEnv } from "./bootstrap.ts";
import {
  deleteAttribute,
  getAttribute,
  getLastAttribute,
  putAttribute,
  registerAttribute,
  requireOpen,
  requireWritable,
} from "./define/attributes.ts";
import { extractGuards, orGuards, storeDefinition } from "./define/definition.ts";
import { makeOverridable } from "./define/make-overridable.ts";
import { compileModule, warnUnusedLexical } from "./define/module.ts";
import {
  modulesBeingDefined,
  openModule,
  resetOpenModules,
  type StoredDefinition,
} from "./define/open-module.ts";
import { takeDefinition } from "./define/overridable.ts";
import { putTypespec } from "./define/typespecs.ts";
import { together } from "./define/verify.ts";
import { diagnosticNatives } from "./diagnostics.ts";
import { nextCounter, resetCounters } from "./dispatch.ts";
import { Env, LexicalTracker, varsOf } from "./env.ts";
import { argumentError, exception, inspect, inspectAtom } from "./errors.ts";
import { defaultEnv, envForEval, evalForms, evalQuoted } from "./eval.ts";
import { newScope } from "./expand.ts";
import type { DefinitionKind, Host } from "./host.ts";
import { linify, linifyWithCounter } from "./hygiene.ts";
import { findImport, importModule, importsByName } from "./imports.ts";
import { expandOnce } from "./once.ts";
import { escaped, isShallowForm } from "./quote.ts";
import { dotCallbacks } from "./quote-callbacks.ts";
import { Constant } from "./scope.ts";
import { hasUnquotes } from "./unquotes.ts";

/** As `builtins/native.ts` has it. */
export interface ExpanderModule {
  readonly module: string;
  readonly functions: Record<string, (...args: any[]) => Term>;
  readonly tasks?: Record<string, (...args: any[]) => Task>;
}

/** Forgets modules in definition and counters: between programs. */
export function resetExpander(): void {
  resetOpenModules();
  resetCounters();
}

export function natives(host: Host): ExpanderModule[] {
  return [
    moduleNatives(host),
    definitionNatives(host),
    overridableNatives(host),
    quoteNatives(host),
    aliasNatives(host),
    importNatives(host),
    dispatchNatives(host),
    evalNatives(host),
    compilerNatives(host),
    ...environmentNatives(host),
    ...diagnosticNatives(host),
    { module: "elixir_bootstrap", functions: bootstrapFunctions },
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
      "get_definition/3": (module: Term, pair: Tuple2, _options: Term) => {
        const found = requireOpen(module, "get_definition", 2).definitions.get(keyOf(pair));
        return found === undefined ? NIL : definitionTerm(found);
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
        return yield* storeDefinition(host, kind.name as DefinitionKind, !isFragment, pair.a, pair.b, env);
      },
    },
  };
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

function quoteNatives(host: Host): ExpanderModule {
  return {
    module: "elixir_quote",
    functions: {
      "has_unquotes/1": (form: Term) => bool(hasUnquotes(form)),
      "linify/3": (line: number, key: Atom, form: Term) =>
        linify(line, key.name === "keep" ? "keep" : "line", form),
      "linify_with_context_counter/3": (meta: Term, { a: receiver, b: counter }: Tuple2, form: Term) =>
        linifyWithCounter(meta, receiver, counter, form),
      "constant/1": (value: Term) => new Constant(value),
    },
    tasks: {
      "escape/3": (term: Term, op: Atom, unquote: Term) =>
        escaped({ host }, term, op.name === "prune_metadata" ? "prune_metadata" : "none", unquote === TRUE),
      *"shallow_validate_ast/1"(form: Term) {
        if (isShallowForm(form)) return form;
        throw argumentError(
          `tried to unquote invalid AST: ${yield* inspect({ host }, form)}\n` +
            "Did you forget to escape term using Macro.escape/1?",
        );
      },
      *"validate_runtime/2"(key: Atom, value: Term) {
        const isValid =
          (key.name === "line" && (typeof value === "number" || typeof value === "bigint")) ||
          (key.name === "file" && value instanceof Bitstring && value.isBinary) ||
          (key.name === "context" && value instanceof Atom && value !== NIL);
        if (isValid) return value;
        throw argumentError(
          `invalid runtime value for option :${key.name} in quote, got: ${yield* inspect({ host }, value)}`,
        );
      },
      ...dotCallbacks(host),
    },
  };
}

function aliasNatives(host: Host): ExpanderModule {
  return {
    module: "elixir_aliases",
    functions: {
      "inspect/1": (value: Atom) => text(inspectAtom(value)),
      "concat/1": (parts: Term) => concat(listToArray(parts) ?? []),
      "safe_concat/1": (parts: Term) => {
        const found = existingAtom(concatName(listToArray(parts) ?? []));
        if (found === undefined)
          throw badarg("erlang", "binary_to_existing_atom", [text(concatName(listToArray(parts) ?? []))]);
        return found;
      },
      "expand_or_concat/4": (meta: Term, parts: Term, env: TermMap, _trace: Term) => {
        const expanded = expandOrConcat(meta, listToArray(parts) ?? [], Env.fromTerm(env));
        return expanded instanceof Atom ? expanded : list(expanded);
      },
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
  };
}

function importNatives(host: Host): ExpanderModule {
  return {
    module: "elixir_import",
    functions: {},
    tasks: {
      *"import/4"(meta: Term, module: Atom, options: Term, given: TermMap) {
        const scope = newScope(host, Env.fromTerm(given));
        yield* host.ensureLoaded(module);
        const result = yield* importModule(scope, meta, module, options);
        return "error" in result ? tuple(atom("error"), text(result.error)) : tuple(OK, result.env.toTerm());
      },
    },
  };
}

function dispatchNatives(host: Host): ExpanderModule {
  return {
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
      *"expand_once/2"(form: Term, env: TermMap) {
        const step = yield* expandOnce(newScope(host, Env.fromTerm(env)), form);
        return new Tuple2(step.form, bool(step.expanded));
      },
    },
  };
}

function evalNatives(host: Host): ExpanderModule {
  return {
    module: "elixir",
    functions: {},
    tasks: {
      "eval_quoted/3": (quoted: Term, binding: Term, env: TermMap) =>
        evalQuoted(host, quoted, binding, Env.fromTerm(env)),
      "eval_forms/3": (form: Term, binding: Term, env: TermMap) =>
        evalForms(host, form, binding, Env.fromTerm(env)),
      *"env_for_eval/1"(given: Term) {
        return (yield* envForEval(host, given)).toTerm();
      },
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
          const tracker = new LexicalTracker();
          const env = (yield* envForEval(host, options)).with({ tracker });
          const result = yield* evalForms(host, quoted, EMPTY, env, true);
          warnUnusedLexical({ host, env }, tracker);
          return result;
        }),
    },
  };
}

function environmentNatives(host: Host): ExpanderModule[] {
  return [
    {
      module: "elixir_env",
      functions: {
        "with_vars/2": (env: TermMap, vars: Term) => {
          const versioned = vars instanceof TermMap ? vars : varsOf(listToArray(vars) ?? []);
          return Env.fromTerm(env).with({ versionedVars: versioned }).toTerm();
        },
        "to_caller/1": (env: Term) => env,
        "trace/2": () => OK,
      },
      tasks: {
        *"new/0"() {
          return (yield* defaultEnv(host)).toTerm();
        },
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
      },
    },
    {
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
    },
  ];
}
