/** Evaluating forms: bindings in, value, bindings and environment out. */
import type { Task } from "../process/task.ts";
import { keywordGet } from "../syntax/quoted.ts";
import { Atom, atom, NIL } from "../term/atom.ts";
import { Bitstring } from "../term/bitstring.ts";
import { EMPTY, list, listToArray } from "../term/list.ts";
import { EMPTY_MAP, mapEntries, mapFrom, mapGet, mapPut, type TermMap } from "../term/map.ts";
import type { Term } from "../term/term.ts";
import { Tuple2, tuple } from "../term/tuple.ts";
import { Env, type EnvFields, Imports, importSet, KERNEL, newEnv } from "./env.ts";
import { newScope } from "./expand.ts";
import type { Host } from "./host.ts";
import { linify } from "./hygiene.ts";
import { exportsOf } from "./imports.ts";
import { type Scope, State } from "./scope.ts";

const defaults = new WeakMap<Host, Env>();

/** The environment of a new file. Imports all of `Kernel` once there is one. */
export function* defaultEnv(host: Host): Task<Env> {
  const known = defaults.get(host);
  if (known !== undefined) return known;
  if (!(yield* host.ensureLoaded(KERNEL))) return newEnv();
  const functions = importSet(KERNEL, yield* exportsOf(host, KERNEL, "functions"));
  const macros = importSet(KERNEL, yield* exportsOf(host, KERNEL, "macros"));
  const env = newEnv(new Imports([functions]), new Imports([macros]));
  if (!host.bootstrap) defaults.set(host, env);
  return env;
}

const FIELDS: Record<string, (value: Term) => Partial<EnvFields>> = {
  line: (line) => (typeof line === "number" ? { line } : {}),
  file: (file) => (file instanceof Bitstring ? { file } : {}),
  module: (module) => (module instanceof Atom ? { module } : {}),
  function: (name) => ({ function: name }),
  aliases: (aliases) => ({ aliases }),
  requires: (requires) => ({ requires }),
  tracers: (tracers) => ({ tracers }),
};

/** Mirrors `Code.env_for_eval/1`. */
export function* envForEval(host: Host, given: Term): Task<Env> {
  if (!(given instanceof Object) || listToArray(given) === null) {
    const env = Env.fromTerm(given as TermMap);
    const tracers = env.tracker === null ? EMPTY : env.tracers;
    return env.with({ context: NIL, macroAliases: EMPTY, versionedVars: EMPTY_MAP, tracers });
  }
  let env = yield* defaultEnv(host);
  for (const [name, field] of Object.entries(FIELDS)) {
    const value = keywordGet(given, atom(name));
    if (value !== undefined) env = env.with(field(value));
  }
  return env;
}

/** Mirrors `:elixir.eval_quoted/3`: `{value, binding, env}`. */
export function* evalQuoted(host: Host, quoted: Term, binding: Term, given: Env, prune = false): Task<Term> {
  return yield* evalForms(host, linify(given.line, "line", quoted), binding, given, null, prune);
}

/**
 * `check`: it is a file, and this is said of it: nobody sees the binding afterwards, so variables may be unused. `prune`: what comes back are the variables
 * that the form assigns or reads.
 */
export function* evalForms(
  host: Host,
  form: Term,
  binding: Term,
  given: Env,
  check: ((scope: Scope, expanded: Term) => void) | null = null,
  prune = false,
): Task<Term> {
  let vars = EMPTY_MAP;
  const inputs = new Map<number, Term>();
  for (const entry of listToArray(binding) ?? []) {
    if (!(entry instanceof Tuple2)) continue;
    const pair = entry.a instanceof Atom ? new Tuple2(entry.a, NIL) : entry.a;
    const known = mapGet(vars, pair) as number | undefined;
    const version = known ?? vars.size;
    if (known === undefined) vars = mapPut(vars, pair, version);
    inputs.set(version, entry.b);
  }
  const env = given.with({ versionedVars: vars });
  const constants = new Map<number, Term>();
  const scope = newScope(host, env, State.of(env), constants);
  const expanded = yield* scope.expand(form);
  check?.(scope, expanded);
  for (const [version, term] of constants) inputs.set(version, term);
  const read = mapEntries(scope.state.read) as [Tuple2, number][];
  const assigned = read.filter(([, version]) => !inputs.has(version));
  const { value, outputs } = yield* host.evaluate(
    expanded,
    inputs,
    assigned.map(([, version]) => version),
    scope.env,
    check !== null,
  );
  for (const [i, [, version]] of assigned.entries()) inputs.set(version, outputs[i] ?? NIL);
  const kept = read.filter(
    ([pair, version]) =>
      pair.b instanceof Atom && (!prune || version >= vars.size || scope.state.unused.get(version)?.used),
  );
  const bindings = kept.toReversed().map(([pair, version]) => {
    return new Tuple2(pair.b === NIL ? pair.a : pair, inputs.get(version) ?? NIL);
  });
  const versionedVars = prune ? mapFrom(kept) : scope.state.read;
  return tuple(value, list(bindings), scope.env.with({ versionedVars }).toTerm());
}
