import { Atom, atom, bool, existingAtom, NIL, TRUE } from "../term/atom.ts";
import { Bitstring, text } from "../term/bitstring.ts";
import { badarg } from "../term/error.ts";
import { list, listToArray } from "../term/list.ts";
import type { TermMap } from "../term/map.ts";
import type { Term } from "../term/term.ts";
import { Tuple2 } from "../term/tuple.ts";
import { concat, concatName, expandOrConcat } from "./alias.ts";
import { resetOpenModules } from "./define/open-modules.ts";
import { resetCounters } from "./dispatch.ts";
import { Env } from "./env.ts";
import { argumentError, inspect, inspectAtom } from "./errors.ts";
import { envForEval, evalForms, evalQuoted } from "./eval.ts";
import { newScope } from "./expand.ts";
import type { Host } from "./host.ts";
import { linify, linifyWithCounter } from "./hygiene.ts";
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
  return [quoteNatives(host), aliasNatives(), dispatchNatives(host), evalNatives(host)];
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

function nameParts(parts: Term, making: string): Term[] {
  const all = listToArray(parts) ?? [];
  const wrong = all.find((part) => part instanceof Bitstring && part.text === undefined);
  if (wrong !== undefined) throw badarg("erlang", making, [wrong, atom("utf8")]);
  return all;
}

function aliasNatives(): ExpanderModule {
  return {
    module: "elixir_aliases",
    functions: {
      "inspect/1": (value: Atom) => text(inspectAtom(value)),
      "concat/1": (parts: Term) => concat(nameParts(parts, "binary_to_atom")),
      "safe_concat/1": (parts: Term) => {
        const name = concatName(nameParts(parts, "binary_to_existing_atom"));
        const found = existingAtom(name);
        if (found === undefined) throw badarg("erlang", "binary_to_existing_atom", [text(name)]);
        return found;
      },
      "expand_or_concat/4": (meta: Term, parts: Term, env: TermMap, _trace: Term) => {
        const expanded = expandOrConcat(meta, listToArray(parts) ?? [], Env.fromTerm(env));
        return expanded instanceof Atom ? expanded : list(expanded);
      },
    },
    tasks: {},
  };
}

function dispatchNatives(host: Host): ExpanderModule {
  return {
    module: "elixir_dispatch",
    functions: {},
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
