/**
 * The macros with which `Kernel` is written before there is a `Kernel`: the module `:elixir_bootstrap`, which
 * `kernel.ex` imports. What `Kernel`'s own macros define, they define by these.
 */
import { DO, keywordGet, lineMeta, remoteCall } from "../syntax/quoted.ts";
import { type Atom, atom, FALSE, NIL } from "../term/atom.ts";
import { EMPTY, list, listToArray } from "../term/list.ts";
import type { TermMap } from "../term/map.ts";
import type { Term } from "../term/term.ts";
import { Tuple2, Tuple3 } from "../term/tuple.ts";
import { cacheEnv } from "./cached-env.ts";
import type { OpenModule } from "./define/open-module.ts";
import { openModule } from "./define/open-modules.ts";
import { Env } from "./env.ts";
import { escape } from "./quote.ts";
import { Constant } from "./scope.ts";
import { hasUnquotes } from "./unquotes.ts";

const MODULE = atom("elixir_module");
const DEFINITIONS = atom("elixir_def");

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

function defmodule(caller: Term, alias: Term, block: Term): Term {
  const { line } = Env.fromTerm(caller as TermMap);
  const body = new Constant(keywordGet(block, DO) ?? NIL);
  const env = new Tuple3(atom("__ENV__"), EMPTY, NIL);
  return remoteCall(MODULE, "compile", EMPTY, [lineMeta(line), alias, body, EMPTY, FALSE, env]);
}

const DOCUMENTATION = [atom("doc"), atom("moduledoc")];

/** The documentation of `Kernel` is kept like any other; the rest of its attributes says nothing yet. */
function attribute(caller: Term, expression: Term): Term {
  const { module, line } = Env.fromTerm(caller as TermMap);
  const { a: name, c: args } = expression as Tuple3;
  if (!DOCUMENTATION.includes(name as Atom)) return NIL;
  const value = new Tuple2(line, (listToArray(args) as Term[])[0]);
  return remoteCall(MODULE, "put_attribute", EMPTY, [module, name, value, line]);
}

const MACROS: Record<string, (...args: Term[]) => Term> = {
  "@/1": attribute,
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
