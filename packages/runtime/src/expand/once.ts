/** One step of expansion, for `Macro.expand_once/2` and for the forms that look for a macro before they give up. */
import type { Task } from "../process/task.ts";
import { ALIASES, DOT, LINE, line as lineOf, metaDelete } from "../syntax/quoted.ts";
import { Atom, atom } from "../term/atom.ts";
import { text } from "../term/bitstring.ts";
import type { Code } from "../term/fun.ts";
import { Cons, EMPTY, listToArray } from "../term/list.ts";
import { mapGet } from "../term/map.ts";
import type { Term } from "../term/term.ts";
import { Tuple3 } from "../term/tuple.ts";
import { concat, expandOrConcat } from "./alias.ts";
import { callMacro, macroCode, resolveImport, resolveRequire } from "./dispatch.ts";
import { KERNEL } from "./env.ts";
import { isSpecialForm } from "./imports.ts";
import { escape } from "./quote.ts";
import { ERLANG, foldSign, inline } from "./rewrite.ts";
import type { Scope } from "./scope.ts";

export interface Step {
  readonly form: Term;
  readonly expanded: boolean;
}

const MODULE = atom("__MODULE__");
const DIR = atom("__DIR__");
const ENV = atom("__ENV__");

export function directory(file: string): string {
  const slash = file.lastIndexOf("/");
  return slash < 0 ? "." : slash === 0 ? "/" : file.slice(0, slash);
}

export function* expandOnce(scope: Scope, form: Term): Task<Step> {
  const unchanged: Step = { form, expanded: false };
  if (!(form instanceof Tuple3)) return unchanged;
  const { a: name, b: meta, c: args } = form;
  const { env } = scope;
  if (name === ALIASES && args instanceof Cons) {
    const parts = expandOrConcat(meta, listToArray(args) as Term[], env);
    if (parts instanceof Atom) return { form: parts, expanded: true };
    const head = yield* expandFully(scope, parts[0]);
    return head instanceof Atom ? { form: concat([head, ...parts.slice(1)]), expanded: true } : unchanged;
  }
  if (args instanceof Atom) {
    if (name === MODULE) return { form: env.module, expanded: true };
    if (name === DIR) return { form: text(directory(env.fileName)), expanded: true };
    if (name === ENV && !env.inMatch) return { form: escape(env.toTerm(), "none", false), expanded: true };
    return unchanged;
  }
  const parts = listToArray(args);
  if (parts === null) return unchanged;
  if (name instanceof Atom) return yield* expandLocalCall(scope, form, name, parts);
  if (!(name instanceof Tuple3) || name.a !== DOT) return unchanged;
  const [left, right] = listToArray(name.c) ?? [];
  if (!(right instanceof Atom)) return unchanged;
  if (left instanceof Tuple3 && left.a === ENV && left.c instanceof Atom && args === EMPTY && !env.inMatch) {
    const field = mapGet(env.toTerm(), right);
    return field === undefined ? unchanged : { form: escape(field, "none", false), expanded: true };
  }
  const receiver = yield* expandFully(scope, left);
  if (!(receiver instanceof Atom)) return unchanged;
  const code =
    inline(receiver, right, parts.length) === undefined
      ? yield* resolveRequire(scope, meta, receiver, right, parts.length)
      : null;
  if (code === null) return unchanged;
  return yield* expandedBy(scope, meta, receiver, right, code, parts);
}

/** What the macro gives; it takes the line of the call with the whole that it becomes a part of. */
function* expandedBy(
  scope: Scope,
  meta: Term,
  module: Atom,
  name: Atom,
  code: Code,
  args: readonly Term[],
): Task<Step> {
  const place = metaDelete(meta, LINE);
  return { form: yield* callMacro(scope, meta, module, name, code, args, place), expanded: true };
}

function* expandLocalCall(scope: Scope, form: Tuple3, name: Atom, args: readonly Term[]): Task<Step> {
  const unchanged: Step = { form, expanded: false };
  if (isSpecialForm(name, args.length)) return unchanged;
  const found = yield* resolveImport(scope, form.b, name, args.length, true, true);
  if (found.kind === "macro") return yield* expandedBy(scope, form.b, found.module, name, found.code, args);
  // A module that is complete has no definitions to look up, but its macros are still meant.
  const { module } = scope.env;
  const own = found.kind === "local" ? macroCode(scope, module, name, args.length) : null;
  if (own !== null) return yield* expandedBy(scope, form.b, module, name, own, args);
  if (found.kind === "function" && found.module === KERNEL && args.length === 1 && /^[+-]$/.test(name.name)) {
    const arg = yield* expandFully(scope, args[0]);
    const isInteger = typeof arg === "number" || typeof arg === "bigint";
    const folded = isInteger ? foldSign(ERLANG, name, arg) : null;
    if (folded !== null) return { form: folded, expanded: true };
  }
  return unchanged;
}

/** Mirrors `Macro.expand/2`. */
export function* expandFully(scope: Scope, form: Term): Task<Term> {
  for (;;) {
    const step = yield* expandOnce(scope, form);
    if (!step.expanded) return step.form;
    form = step.form;
  }
}

/** The same with the line of the metadata as the caller's. */
export function* expandFullyAt(scope: Scope, form: Term, meta: Term): Task<Term> {
  const { env } = scope;
  scope.env = env.with({ line: lineOf(meta) });
  const result = yield* expandFully(scope, form);
  scope.env = env;
  return result;
}
