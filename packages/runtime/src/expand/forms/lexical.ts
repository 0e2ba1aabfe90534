/** `alias`, `require`, `import`, and `__aliases__` themselves. */
import type { Task } from "../../process/task.ts";
import { ALIASES, DOT, keywordGet, metaGet, TUPLE } from "../../syntax/quoted.ts";
import { Atom, atom } from "../../term/atom.ts";
import { Cons, EMPTY, list, listToArray } from "../../term/list.ts";
import type { Term } from "../../term/term.ts";
import { Tuple2, Tuple3 } from "../../term/tuple.ts";
import {
  aliasErrorText,
  concat,
  defineAlias,
  ensureLoaded,
  expandOrConcat,
  requireModule,
} from "../alias.ts";
import { fileError, inspectAtom, source, warn } from "../errors.ts";
import { importModule } from "../imports.ts";
import type { Scope } from "../scope.ts";
import { trace } from "../trace.ts";
import { expandOptions } from "./options.ts";

const AS = atom("as");
const WARN = atom("warn");
const ONLY = atom("only");
const EXCEPT = atom("except");
const DEFINED = atom("defined");
const COMMONLY_MISTAKEN = ["Elixir.True", "Elixir.False", "Elixir.Nil"];

/** `isTarget`: it is what `alias`, `require` or `import` name, and no reference. */
export function* expandAliases(scope: Scope, form: Tuple3, isTarget = false): Task<Term> {
  const expanded = expandOrConcat(form.b, listToArray(form.c) ?? [], scope.env);
  if (expanded instanceof Atom) {
    if (COMMONLY_MISTAKEN.includes(expanded.name)) {
      const name = inspectAtom(expanded);
      warn(
        scope,
        form.b,
        `reserved alias "${name}" expands to the atom :"Elixir.${name}". ` +
          `Perhaps you meant to write "${name.toLowerCase()}" instead?`,
      );
    }
    yield* trace(scope, isTarget ? "" : "alias_reference", form.b, expanded, form.c);
    return expanded;
  }
  const head = yield* scope.expand(expanded[0]);
  if (head instanceof Atom) {
    const module = concat([head, ...expanded.slice(1)]);
    yield* trace(scope, "alias_reference", form.b, module);
    return module;
  }
  throw fileError(
    scope,
    form.b,
    `invalid alias: "${yield* source(scope, form)}". If you wanted to define an alias, an alias must expand to an ` +
      "atom at compile time but it did not, you may use Module.concat/2 to build it at runtime. If instead you " +
      "wanted to invoke a function or access a field, wrap the function or field name in double quotes",
  );
}

/** `alias`, `require` or `import` of one module or, as `A.{B, C}`, of several. */
export function* expandLexical(scope: Scope, form: Tuple3, kind: Atom, args: readonly Term[]): Task<Term> {
  const meta = form.b;
  const [target, options = EMPTY] = args;
  if (target instanceof Tuple3 && target.a instanceof Tuple3 && target.a.a === DOT) {
    const [base, braces] = listToArray(target.a.c) ?? [];
    if (braces === TUPLE) {
      if (keywordGet(options, AS) !== undefined) {
        throw fileError(scope, meta, ":as option is not supported by multi-alias call");
      }
      return yield* expandMany(scope, meta, kind, base, listToArray(target.c) ?? [], options);
    }
  }
  switch (kind.name) {
    case "alias":
      return yield* expandAlias(scope, meta, kind, target, options);
    case "require":
      return yield* expandRequire(scope, meta, kind, target, options);
    default:
      return yield* expandImport(scope, meta, kind, target, options);
  }
}

function* expandMany(
  scope: Scope,
  meta: Term,
  kind: Atom,
  base: Term,
  targets: readonly Term[],
  options: Term,
): Task<Term> {
  const prefix = yield* expandTarget(scope, base);
  const expanded: Term[] = [];
  for (const target of targets) {
    let module: Atom;
    if (target instanceof Tuple3 && target.a === ALIASES)
      module = concat([prefix, ...(listToArray(target.c) ?? [])]);
    else if (target instanceof Atom) module = concat([prefix, target]);
    else throw yield* notAModule(scope, meta, kind, target);
    expanded.push(yield* scope.expand(new Tuple3(kind, meta, list([module, options]))));
  }
  return list(expanded);
}

function* notAModule(scope: Scope, meta: Term, kind: Atom, form: Term) {
  return fileError(
    scope,
    meta,
    `invalid argument for ${kind.name}, expected a compile time atom or alias, got: ${yield* source(scope, form)}`,
  );
}

/** In `as:` an alias stands for itself: it is what is being defined. */
function plainAs(options: Term): Term {
  const entries = listToArray(options);
  if (entries === null) return options;
  return list(
    entries.map((entry) => {
      if (!(entry instanceof Tuple2) || entry.a !== AS) return entry;
      if (!(entry.b instanceof Tuple3) || entry.b.a !== ALIASES) return entry;
      const parts = listToArray(entry.b.c) ?? [];
      return parts[0] instanceof Atom ? new Tuple2(AS, concat(parts)) : entry;
    }),
  );
}

function* addAlias(
  scope: Scope,
  meta: Term,
  module: Atom,
  byDefault: boolean,
  options: Term,
): Task<Atom | null> {
  const result = defineAlias(meta, module, byDefault, options, scope.env);
  if ("error" in result) throw fileError(scope, meta, yield* aliasErrorText(scope, result.error));
  scope.env = result.env;
  return result.name;
}

function expandTarget(scope: Scope, target: Term): Task<Term> {
  return target instanceof Tuple3 && target.a === ALIASES
    ? expandAliases(scope, target, true)
    : scope.expand(target);
}

function* expandAlias(scope: Scope, meta: Term, kind: Atom, target: Term, options: Term): Task<Term> {
  const module = yield* expandTarget(scope, target);
  const given = yield* expandOptions(scope, meta, kind, [AS, WARN], plainAs(options));
  if (!(module instanceof Atom)) throw yield* notAModule(scope, meta, kind, target);
  const name = yield* addAlias(scope, meta, module, true, given);
  yield* trace(scope, "alias", meta, module, name ?? module, given);
  return scope.env.tracker?.addAlias(scope, meta, module, name, given) ?? module;
}

function* expandRequire(scope: Scope, meta: Term, kind: Atom, target: Term, options: Term): Task<Term> {
  const module = yield* expandTarget(scope, target);
  const given = yield* expandOptions(scope, meta, kind, [AS, WARN], plainAs(options));
  const defined = metaGet(meta, DEFINED);
  if (defined instanceof Atom) {
    // Made by `defmodule`: the module does not exist yet.
    scope.env = scope.env.with({ contextModules: new Cons(defined, scope.env.contextModules) });
    if (module instanceof Atom) yield* addAlias(scope, meta, module, false, given);
    if (scope.env.inFunction) {
      scope.state = scope.state.with({ runtimeModules: [defined, ...scope.state.runtimeModules] });
    }
    return module;
  }
  if (!(module instanceof Atom)) throw yield* notAModule(scope, meta, kind, target);
  yield* ensureLoaded(scope, meta, module);
  scope.env = requireModule(scope.env, module);
  yield* addAlias(scope, meta, module, false, given);
  yield* trace(scope, "require", meta, module, given);
  return module;
}

function* expandImport(scope: Scope, meta: Term, kind: Atom, target: Term, options: Term): Task<Term> {
  const module = yield* expandTarget(scope, target);
  const given = yield* expandOptions(scope, meta, kind, [ONLY, EXCEPT, WARN], options);
  if (!(module instanceof Atom)) throw yield* notAModule(scope, meta, kind, target);
  yield* ensureLoaded(scope, meta, module);
  const result = yield* importModule(scope, meta, module, given);
  if ("error" in result) throw fileError(scope, meta, result.error);
  scope.env = result.env;
  yield* trace(scope, "import", meta, module, given);
  return (result.added && scope.env.tracker?.addImport(scope, meta, module, given)) || module;
}
