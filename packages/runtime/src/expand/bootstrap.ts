/**
 * The macros with which `Kernel` is written before there is a `Kernel`: the module `:elixir_bootstrap`, which
 * `kernel.ex` imports.
 */
import { DO, keywordGet, lineMeta, remoteCall } from "../syntax/quoted.ts";
import { type Atom, atom, FALSE, NIL } from "../term/atom.ts";
import { EMPTY, list } from "../term/list.ts";
import type { TermMap } from "../term/map.ts";
import type { Term } from "../term/term.ts";
import { Tuple2, Tuple3 } from "../term/tuple.ts";
import { type OpenModule, openModule } from "./define/open-module.ts";
import { Env } from "./env.ts";
import { argumentError } from "./errors.ts";
import { escape } from "./quote.ts";
import { Constant } from "./scope.ts";
import { hasUnquotes } from "./unquotes.ts";

const MODULE = atom("elixir_module");
const DEFINITIONS = atom("elixir_def");

/** What Elixir's tables of modules say of one that is not being compiled. */
const NO_KEY =
  "errors were found at the given arguments:\n\n  * 2nd argument: not a key that exists in the table\n";

let lastKey = 0;

function define(kind: string): (caller: Term, call: Term, body?: Term) => Term {
  return (caller, call, body = NIL) => {
    const env = Env.fromTerm(caller as TermMap);
    const open = openModule(env.module) as OpenModule;
    const pair = new Tuple2(call, body);
    let stored: Term;
    if (hasUnquotes(call) || hasUnquotes(body)) stored = escape(pair, "none", true);
    else {
      stored = --lastKey;
      open.cache.set(stored, pair);
    }
    return remoteCall(DEFINITIONS, "store_definition", EMPTY, [atom(kind), stored, cacheEnv(env)]);
  };
}

/** A small literal that stands for an environment until its module is complete. Mirrors `:elixir_module.cache_env/1`. */
export function cacheEnv(env: Env): Term {
  const open = openModule(env.module);
  if (open === undefined) throw argumentError(NO_KEY);
  const { envs } = open;
  const last = envs[envs.length - 1];
  if (last === undefined || !sameEnv(last, env)) envs.push(env);
  return new Tuple2(env.module, new Tuple2(env.line, envs.length - 1));
}

function sameEnv(a: Env, b: Env): boolean {
  return (
    a.aliases === b.aliases &&
    a.requires === b.requires &&
    a.functions === b.functions &&
    a.macros === b.macros &&
    a.macroAliases === b.macroAliases &&
    a.contextModules === b.contextModules &&
    a.file === b.file &&
    a.tracker === b.tracker &&
    a.context === b.context &&
    a.function === b.function
  );
}

export function cachedEnv(position: Term): Env {
  const { a: module, b: at } = position as Tuple2;
  const { a: line, b: index } = at as Tuple2;
  return (openModule(module as Atom) as OpenModule).envs[index as number].with({ line: line as number });
}

function defmodule(caller: Term, alias: Term, block: Term): Term {
  const { line } = Env.fromTerm(caller as TermMap);
  const body = new Constant(keywordGet(block, DO) ?? NIL);
  const env = new Tuple3(atom("__ENV__"), EMPTY, NIL);
  return remoteCall(MODULE, "compile", EMPTY, [lineMeta(line), alias, body, EMPTY, FALSE, env]);
}

const MACROS: Record<string, (...args: Term[]) => Term> = {
  "@/1": () => NIL,
  "def/1": define("def"),
  "def/2": define("def"),
  "defp/2": define("defp"),
  "defmacro/1": define("defmacro"),
  "defmacro/2": define("defmacro"),
  "defmacrop/2": define("defmacrop"),
  "defmodule/2": defmodule,
};

/** The functions of `:elixir_bootstrap`, by name and arity. */
export const bootstrapFunctions: Record<string, (...args: Term[]) => Term> = {
  "__info__/1": (what) =>
    what === atom("macros")
      ? list(
          Object.keys(MACROS).map((key) => {
            const slash = key.lastIndexOf("/");
            return new Tuple2(atom(key.slice(0, slash)), Number(key.slice(slash + 1)));
          }),
        )
      : EMPTY,
};
for (const [key, macro] of Object.entries(MACROS)) {
  const slash = key.lastIndexOf("/");
  bootstrapFunctions[`MACRO-${key.slice(0, slash)}/${Number(key.slice(slash + 1)) + 1}`] = macro;
}
