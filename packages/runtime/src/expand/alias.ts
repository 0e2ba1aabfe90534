/** Aliases: their definition, their lookup, and the names of modules. */

import type { Task } from "../process/task.ts";
import { keywordGet, metaGet } from "../syntax/quoted.ts";
import { Atom, atom, FALSE, NIL } from "../term/atom.ts";
import { Bitstring } from "../term/bitstring.ts";
import { strictEquals } from "../term/compare.ts";
import { Cons, list, listToArray } from "../term/list.ts";
import type { Term } from "../term/term.ts";
import { Tuple2 } from "../term/tuple.ts";
import { type Env, keyStore, listHas, ordsetAdd } from "./env.ts";
import { fileError, inspectAtom, source } from "./errors.ts";
import type { Scope } from "./scope.ts";

const COUNTER = atom("counter");
const ALIAS = atom("alias");
const ELIXIR = atom("Elixir");
const AS = atom("as");
const KERNEL = atom("Elixir.Kernel");

/** The name of a module made of parts, each an atom, a string, or already a full name. Mirrors `Module.concat/1`. */
export function concatName(parts: readonly Term[]): string {
  const names = parts
    .filter((part) => part !== NIL)
    .map((part) => (part instanceof Atom ? part.name : part instanceof Bitstring ? (part.text ?? "") : ""));
  const absolute = names.length > 0 && (names[0] === "Elixir" || names[0].startsWith("Elixir."));
  const start = absolute ? (names.shift() as string) : "Elixir";
  return names.reduce((name, part) => `${name}.${part.replace(/^(Elixir)?\./, "")}`, start);
}

export function concat(parts: readonly Term[]): Atom {
  return atom(concatName(parts));
}

/** The module of an alias, or the parts when they stand for themselves or start with a form. */
export function expandAlias(meta: Term, parts: readonly Term[], env: Env): Atom | readonly Term[] {
  const head = parts[0];
  if (head === ELIXIR || !(head instanceof Atom)) return parts;
  const annotated = metaGet(meta, ALIAS);
  if (annotated instanceof Atom && annotated !== FALSE) return annotated;
  const aliases = annotated === FALSE ? env.macroAliases : env.aliases;
  const counter = metaGet(meta, COUNTER);
  const name = atom(`Elixir.${head.name}`);
  const found = lookup(name, aliases, counter);
  if (found === null) return parts;
  env.tracker?.useAlias(name);
  return parts.length === 1 ? found : concat([found, ...parts.slice(1)]);
}

/** As `expandAlias`, with names made of the parts if they can be. */
export function expandOrConcat(meta: Term, parts: readonly Term[], env: Env): Atom | readonly Term[] {
  const expanded = expandAlias(meta, parts, env);
  if (expanded instanceof Atom) return expanded;
  return expanded[0] instanceof Atom ? concat(expanded) : expanded;
}

function lookup(name: Atom, aliases: Term, counter: Term | undefined): Atom | null {
  while (aliases instanceof Cons) {
    const entry = aliases.head as Tuple2;
    if (entry.a === name) {
      const value = entry.b;
      if (value instanceof Atom) return value;
      if (value instanceof Tuple2 && counter !== undefined && strictEquals(value.a, counter))
        return value.b as Atom;
      return null;
    }
    aliases = aliases.tail;
  }
  return null;
}

/** The environment with the alias; `name` is what was defined, if anything. `error` is what is wrong with the options. */
export type AliasResult = { readonly env: Env; readonly name: Atom | null } | { readonly error: AliasError };

export interface AliasError {
  readonly kind: "module" | "not_alias" | "nested_alias";
  readonly value: Term;
}

export function defineAlias(
  meta: Term,
  module: Atom,
  byDefault: boolean,
  options: Term,
  env: Env,
): AliasResult {
  const as = keywordGet(options, AS);
  let name: Atom;
  if (as !== undefined) {
    const kind = simpleAlias(as);
    if (kind !== null) return { error: { kind, value: as } };
    name = as as Atom;
  } else {
    if (!byDefault) return { env, name: null };
    if (!/^Elixir\.[A-Z]/.test(module.name)) return { error: { kind: "module", value: module } };
    name = atom(`Elixir.${module.name.slice(module.name.lastIndexOf(".") + 1)}`);
  }
  const counter = metaGet(meta, COUNTER);
  if (name === module) {
    return {
      env: env.with({
        aliases: without(env.aliases, name),
        macroAliases: counter === undefined ? env.macroAliases : without(env.macroAliases, name),
      }),
      name: null,
    };
  }
  return {
    env: env.with({
      aliases: keyStore(env.aliases, name, new Tuple2(name, module)),
      macroAliases:
        counter === undefined
          ? env.macroAliases
          : keyStore(env.macroAliases, name, new Tuple2(name, new Tuple2(counter, module))),
    }),
    name,
  };
}

function simpleAlias(as: Term): "not_alias" | "nested_alias" | null {
  if (!(as instanceof Atom) || !/^Elixir\.[A-Z]/.test(as.name)) return "not_alias";
  return as.name.indexOf(".", "Elixir.".length) < 0 ? null : "nested_alias";
}

function without(aliases: Term, name: Atom): Term {
  return list((listToArray(aliases) ?? []).filter((entry) => !(entry instanceof Tuple2 && entry.a === name)));
}

export function* aliasErrorText(at: Scope, { kind, value }: AliasError): Task<string> {
  const shown = yield* source(at, value);
  if (kind === "module") {
    return (
      `alias cannot be inferred automatically for module: ${shown}, please use the :as option. ` +
      "Implicit aliasing is only supported with Elixir modules"
    );
  }
  const expected =
    kind === "not_alias" ? "expected an alias, got" : "expected a simple alias, got nested alias";
  return `invalid value for option :as, ${expected}: ${shown}`;
}

export function requireModule(env: Env, module: Atom): Env {
  const requires = ordsetAdd(env.requires, module);
  return requires === env.requires ? env : env.with({ requires });
}

/** Loads a module that is imported or required; an error when there is none, or none yet. */
export function* ensureLoaded(at: Scope, meta: Term, module: Atom): Task<void> {
  if (module === KERNEL) return;
  const shown = inspectAtom(module);
  if (module === at.env.module) {
    throw fileError(
      at,
      meta,
      `you are trying to use/import/require the module ${shown} which is currently being defined.

This may happen if you accidentally override the module you want to use. For example:

    defmodule MyApp do
      defmodule Supervisor do
        use Supervisor
      end
    end

In the example above, the new Supervisor conflicts with Elixir's Supervisor. This may be fixed by using the fully qualified name in the definition:

    defmodule MyApp.Supervisor do
      use Supervisor
    end
`,
    );
  }
  if (yield* at.host.awaitModule(module)) return;
  if (!listHas(at.env.contextModules, module)) {
    throw fileError(at, meta, `module ${shown} is not loaded and could not be found`);
  }
  throw fileError(
    at,
    meta,
    `module ${shown} is not loaded but was defined. This happens when you depend on a module in the same context in which it is defined. For example:

    defmodule MyApp do
      defmodule Mod do
      end

      use Mod
    end

Try defining the module outside the context that uses it:

    defmodule MyApp.Mod do
    end

    defmodule MyApp do
      use MyApp.Mod
    end

If the module is defined at the top-level and you are trying to use it at the top-level, this is not supported by Elixir`,
  );
}
