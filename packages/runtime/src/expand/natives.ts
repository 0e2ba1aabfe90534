import { Atom, atom, bool, existingAtom, NIL, OK, TRUE } from "../term/atom.ts";
import { Bitstring, text } from "../term/bitstring.ts";
import { badarg } from "../term/error.ts";
import { EMPTY, list, listToArray } from "../term/list.ts";
import { mapFrom, TermMap } from "../term/map.ts";
import type { Term } from "../term/term.ts";
import { Tuple2, Tuple3, tuple } from "../term/tuple.ts";
import { aliasErrorText, concat, concatName, defineAlias, expandOrConcat, requireModule } from "./alias.ts";
import { bootstrapFunctions } from "./bootstrap.ts";
import { resetOpenModules } from "./define/open-module.ts";
import { diagnosticNatives } from "./diagnostics.ts";
import { resetCounters } from "./dispatch.ts";
import { Env, varsOf } from "./env.ts";
import { argumentError, inspect, inspectAtom } from "./errors.ts";
import { defaultEnv, envForEval, evalForms, evalQuoted } from "./eval.ts";
import { newScope } from "./expand.ts";
import type { Host } from "./host.ts";
import { linify, linifyWithCounter } from "./hygiene.ts";
import { findImport, importModule, importsByName } from "./imports.ts";
import type { ExpanderModule } from "./native.ts";
import { expandOnce } from "./once.ts";
import { escaped, isShallowForm } from "./quote.ts";
import { dotCallbacks } from "./quote-callbacks.ts";
import { Constant } from "./scope.ts";
import { hasUnquotes } from "./unquotes.ts";

/** Forgets modules in definition and counters: between programs. */
export function resetExpander(): void {
  resetOpenModules();
  resetCounters();
}

export function natives(host: Host): ExpanderModule[] {
  return [
    quoteNatives(host),
    aliasNatives(host),
    importNatives(host),
    dispatchNatives(host),
    evalNatives(host),
    ...environmentNatives(host),
    ...diagnosticNatives(host),
    { module: "elixir_bootstrap", functions: bootstrapFunctions },
  ];
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

function environmentNatives(host: Host): ExpanderModule[] {
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
        *"expand/3"(form: Term, _variables: Term, env: TermMap) {
          const scope = newScope(host, Env.fromTerm(env));
          const expanded = yield* scope.expand(form);
          const after = scope.env.with({ versionedVars: scope.state.read });
          return tuple(expanded, after.versionedVars, after.toTerm());
        },
      },
    },
  ];
}
