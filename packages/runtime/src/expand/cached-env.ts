/** Environments of definitions that are kept until their module is complete, and the small literals that stand for them in code. */
import type { Atom } from "../term/atom.ts";
import type { Term } from "../term/term.ts";
import { Tuple2 } from "../term/tuple.ts";
import type { OpenModule } from "./define/open-module.ts";
import { openModule } from "./define/open-modules.ts";
import type { Env } from "./env.ts";
import { argumentError } from "./errors.ts";

/** What Elixir's tables of modules say of one that is not being compiled. */
const NO_KEY =
  "errors were found at the given arguments:\n\n  * 2nd argument: not a key that exists in the table\n";

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
