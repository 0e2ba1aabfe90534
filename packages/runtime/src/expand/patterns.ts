/**
 * Patterns: what `=`, clause heads and generators have on their left.
 *
 * While a pattern is expanded the state's `prematch` holds the variables before it. In a nested `a = b` both sides bind at
 * once; variables used in the size of a bitstring may make sides depend on each other, which must not
 * go in circles.
 */
import type { Task } from "../process/task.ts";
import { MATCH, WHEN } from "../syntax/quoted.ts";
import { Atom, NIL } from "../term/atom.ts";
import { strictEquals } from "../term/compare.ts";
import type { Raised } from "../term/error.ts";
import { Cons, list, listToArray } from "../term/list.ts";
import { EMPTY_MAP, mapEntries, mapPut, type TermMap } from "../term/map.ts";
import type { Term } from "../term/term.ts";
import { type Tuple2, Tuple3 } from "../term/tuple.ts";
import { CONTEXT_GUARD, CONTEXT_MATCH } from "./env.ts";
import { fileError, inFile, source, warn } from "./errors.ts";
import { type Cycles, mergeVars, NO_CYCLES, type Prematch, type Scope, type State } from "./scope.ts";

/** Expands a pattern with `expandPattern`; `before` are the variables that it may pin. */
export function* match<Result>(
  scope: Scope,
  meta: Term,
  pattern: Term,
  before: State,
  expandPattern: () => Task<Result>,
): Task<Result> {
  const after = scope.state;
  scope.state = before.with({
    prematch: { read: before.read, cycles: NO_CYCLES, from: after.version, bitsize: null },
    unused: after.unused,
    version: after.version,
    read: after.read,
    write: after.write,
  });
  const { context } = scope.env;
  scope.env = scope.env.inContext(CONTEXT_MATCH);
  const result = yield* expandPattern();
  const { state } = scope;
  yield* validateCycles(scope, (state.prematch as Prematch).cycles, meta, pattern);
  scope.state = after.with({
    prematch: before.prematch,
    unused: state.unused,
    version: state.version,
    read: state.read,
    write: state.write,
  });
  scope.env = scope.env.inContext(context);
  return result;
}

/** The head of a clause: patterns, and a guard if it is `[patterns when guard]`. */
export function* head(scope: Scope, meta: Term, patterns: readonly Term[]): Task<Term> {
  const [first] = patterns;
  if (patterns.length === 1 && first instanceof Tuple3 && first.a === WHEN && first.c instanceof Cons) {
    const parts = listToArray(first.c) ?? [];
    return yield* guardedHead(scope, meta, first.b, parts.slice(0, -1), parts[parts.length - 1]);
  }
  return list(yield* matchArgs(scope, meta, patterns));
}

export function* guardedHead(
  scope: Scope,
  meta: Term,
  whenMeta: Term,
  patterns: readonly Term[],
  condition: Term,
): Task<Term> {
  const expanded = yield* matchArgs(scope, meta, patterns);
  scope.env = scope.env.inContext(CONTEXT_GUARD);
  const expandedGuard = yield* guard(scope, condition);
  scope.env = scope.env.inContext(NIL);
  return list([new Tuple3(WHEN, whenMeta, list([...expanded, expandedGuard]))]);
}

function* matchArgs(scope: Scope, meta: Term, patterns: readonly Term[]): Task<Term[]> {
  return yield* match(scope, meta, list(patterns), scope.state, () => scope.expandArgs(patterns));
}

/** A guard, which `when` may join. The scope is in guard context. */
function* guard(scope: Scope, form: Term): Task<Term> {
  if (form instanceof Tuple3 && form.a === WHEN) {
    const [left, right] = listToArray(form.c) ?? [];
    if (right !== undefined) {
      return new Tuple3(WHEN, form.b, list([yield* guard(scope, left), yield* guard(scope, right)]));
    }
  }
  const expanded = yield* scope.expand(form);
  yield* warnLength(scope, expanded);
  return expanded;
}

/** `length(list) == 0` walks the list to learn what a pattern sees at once. */
function* warnLength(scope: Scope, form: Term): Task<void> {
  const compared = remoteParts(form);
  if (compared === null || compared.args.length !== 2) return;
  const { name, args, meta } = compared;
  if (name !== "==" && name !== ">") return;
  const measured = remoteParts(args[0]);
  if (args[1] !== 0 || measured === null || measured.name !== "length" || measured.args.length !== 1) return;
  const shown = yield* source(scope, measured.args[0]);
  const start = `do not use "length(${shown}) ${name} 0" to check if a list is ${name === "==" ? "" : "not "}empty`;
  const better =
    name === "=="
      ? `Prefer to pattern match on an empty list or use "${shown} == []" as a guard`
      : `Prefer to pattern match on a non-empty list, such as [_ | _], or use "${shown} != []" as a guard`;
  warn(inFile(scope), meta, `${start} since length always traverses the whole list. ${better}`);
}

/** The parts of a call of a function of `:erlang`. */
function remoteParts(form: Term): { name: string; meta: Term; args: Term[] } | null {
  if (!(form instanceof Tuple3) || !(form.a instanceof Tuple3)) return null;
  const [module, name] = listToArray(form.a.c) ?? [];
  if (!(module instanceof Atom) || module.name !== "erlang" || !(name instanceof Atom)) return null;
  return { name: name.name, meta: form.b, args: listToArray(form.c) ?? [] };
}

/** `left = right` inside a pattern: all its sides, each seeing what the others bind. */
export function* parallelMatch(scope: Scope, form: Tuple3): Task<Term> {
  const { write } = scope.state;
  const sides: { meta: Term; form: Term }[] = [];
  yield* unpackMatch(scope, form, form.b, sides);
  const writes: TermMap[] = [];
  const expanded: Term[] = [];
  for (const side of sides) {
    scope.state = scope.state.with({ write: EMPTY_MAP });
    expanded.push(yield* scope.expand(side.form));
    writes.push(scope.state.write ?? EMPTY_MAP);
  }
  let result = expanded[expanded.length - 1];
  for (let i = expanded.length - 2; i >= 0; i--)
    result = new Tuple3(MATCH, sides[i].meta, list([expanded[i], result]));
  const prematch = scope.state.prematch as Prematch;
  const { cycles, written } = storeCycles(writes.reverse(), prematch.cycles);
  scope.state = scope.state.with({
    write: write === null ? null : mergeVars(write, written),
    prematch: { ...prematch, cycles },
  });
  return result;
}

function* unpackMatch(scope: Scope, form: Term, meta: Term, sides: { meta: Term; form: Term }[]): Task<void> {
  if (!(form instanceof Tuple3) || form.a !== MATCH) {
    sides.push({ meta, form });
    return;
  }
  const [left, right] = listToArray(form.c) ?? [];
  if (left instanceof Tuple3 && strictEquals(left, right)) {
    const shown = yield* source(scope, left);
    warn(inFile(scope), left.b, `this pattern is matched against itself inside a match: ${shown} = ${shown}`);
    yield* unpackMatch(scope, left, form.b, sides);
    return;
  }
  yield* unpackMatch(scope, left, form.b, sides);
  yield* unpackMatch(scope, right, form.b, sides);
}

const SEPARATOR = "\u0000";

function pairKey(pair: Term): string {
  const { a: name, b: context } = pair as Tuple2;
  const kind = context instanceof Atom ? (context === NIL ? "" : context.name) : "#";
  return `${(name as Atom).name}${SEPARATOR}${kind}`;
}

/** Adds what the sides of one `=` bind together to the graph of what depends on what. */
function storeCycles(
  writes: readonly TermMap[],
  { graph, together }: Cycles,
): { cycles: Cycles; written: TermMap } {
  const next = new Map(graph);
  const groups = [...together];
  let written = EMPTY_MAP;
  for (let i = 0; i < writes.length; i++) {
    const depends = new Map<string, "error" | "ok">();
    for (const [pair] of mapEntries(written)) depends.set(pairKey(pair), "ok");
    for (const later of writes.slice(i + 1))
      for (const [pair] of mapEntries(later)) depends.set(pairKey(pair), "ok");
    for (const [pair] of mapEntries(writes[i])) {
      const key = pairKey(pair);
      const known = next.get(key);
      const merged = new Map(known ?? []);
      for (const other of depends.keys()) merged.set(other, merged.has(other) ? "error" : "ok");
      next.set(key, merged);
    }
    if (depends.size > 1) groups.push(new Set(depends.keys()));
    for (const [pair, version] of mapEntries(writes[i])) written = mapPut(written, pair, version);
  }
  return { cycles: { graph: next, together: groups }, written };
}

/** Follows dependencies from each variable; coming back to one that was seen on the way is an error. */
export function* validateCycles(scope: Scope, cycles: Cycles, meta: Term, pattern: Term): Task<void> {
  if (cycles.graph.size === 0) return;
  let seen: Map<string, boolean> = new Map();
  const failed = { cycle: null as string[] | null };
  for (const key of [...cycles.graph.keys()].sort()) {
    seen = follow(cycles, key, null, seen, failed);
    if (failed.cycle !== null) throw yield* recursive(scope, meta, pattern, failed.cycle);
  }
}

function follow(
  cycles: Cycles,
  current: string,
  from: string | null,
  seen: Map<string, boolean>,
  failed: { cycle: string[] | null },
): Map<string, boolean> {
  if (seen.has(current) || failed.cycle !== null) return seen;
  const depends = cycles.graph.get(current) ?? new Map<string, "error" | "ok">();
  if (depends.has(current)) {
    failed.cycle = [current];
    return seen;
  }
  // Of a group that is bound together, members depended upon are skipped once, the others always.
  const once = new Set<string>();
  let next = new Map(seen).set(current, true);
  for (const group of cycles.together) {
    if (!group.has(current)) continue;
    for (const key of group) {
      if (depends.has(key)) once.add(key);
      else if (!next.has(key)) next.set(key, false);
    }
  }
  for (const [key, state] of depends) {
    if (failed.cycle !== null) return next;
    if (state === "error") {
      failed.cycle = [current, key];
      return next;
    }
    if (key === from || once.has(key)) continue;
    if (seen.get(key)) {
      failed.cycle = [current, ...seen.keys()];
      return next;
    }
    next = follow(cycles, key, current, next, failed);
  }
  return next;
}

function* recursive(scope: Scope, meta: Term, pattern: Term, keys: readonly string[]): Task<Raised> {
  const names = [...new Set(keys)].sort().map((key) => {
    const [name, context] = key.split(SEPARATOR);
    return context === "" || context === "#"
      ? `"${name}"`
      : `"${name}" (context ${context.replace(/^Elixir\./, "")})`;
  });
  const what =
    names.length === 1
      ? `the variable ${names[0]} is defined in function of itself`
      : names.length === 2
        ? `the variable ${names[0]} is defined recursively in function of ${names[1]}`
        : `the following variables form a cycle: ${names.join(", ")}`;
  const shown = yield* source(scope, pattern);
  return fileError(scope, meta, `recursive variable definition in patterns:\n\n${shown}\n\n${what}`);
}
