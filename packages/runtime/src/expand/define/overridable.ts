/**
 * `defoverridable` and `super`: what is made overridable is taken out of the module and kept; the first `super` puts it
 * back under a private name, and at the end of the module what nobody has overridden comes back as it was.
 */
import { metaGet } from "../../syntax/quoted.ts";
import { type Atom, atom, TRUE } from "../../term/atom.ts";
import { list } from "../../term/list.ts";
import type { Term } from "../../term/term.ts";
import { Tuple2 } from "../../term/tuple.ts";
import { fileError, inFile, inspectAtom, type Place, warn } from "../errors.ts";
import type { DefinitionKind } from "../host.ts";
import type { Scope } from "../scope.ts";
import type { OpenModule, Overridable, StoredDefinition } from "./open-module.ts";

const FROM_SUPER = atom("from_super");
const CONTEXT = atom("context");
const GEN_SERVER = atom("Elixir.GenServer");

export interface SuperTarget {
  readonly kind: DefinitionKind;
  readonly name: Atom;
  readonly isMacro: boolean;
}

export function isMacro(kind: DefinitionKind): boolean {
  return kind === "defmacro" || kind === "defmacrop";
}

/** Removes a definition from an open module and returns it. */
export function takeDefinition(open: OpenModule, name: Atom, arity: number): StoredDefinition | null {
  const key = `${name.name}/${arity}`;
  const found = open.definitions.get(key);
  if (found === undefined) return null;
  open.definitions.delete(key);
  const defaults = open.defaults.get(name) ?? [];
  const at = defaults.findIndex((entry) => entry.arity === arity);
  if (at >= 0) defaults.splice(at, 1);
  return found;
}

export function recordOverridable(at: Place, open: OpenModule, definition: StoredDefinition): void {
  const key = `${definition.name.name}/${definition.arity}`;
  const previous = open.overridables.get(key);
  if (previous !== undefined) checkKind(at, open, definition, previous);
  open.overridables.set(key, { count: (previous?.count ?? 0) + 1, definition, overridden: false });
}

function checkKind(
  at: Place,
  open: OpenModule,
  { name, arity, kind, meta }: StoredDefinition,
  previous: Overridable,
) {
  if (isMacro(kind) === isMacro(previous.definition.kind)) return;
  const what = `${name.name}/${arity} in module ${inspectAtom(open.module)}`;
  throw fileError(
    inFile(at),
    meta,
    isMacro(kind)
      ? `cannot override function (def, defp) ${what} as a macro (defmacro, defmacrop)`
      : `cannot override macro (defmacro, defmacrop) ${what} as a function (def, defp)`,
  );
}

/** What `super` calls in the function being defined. */
export function resolveSuper(open: OpenModule, scope: Scope, meta: Term, arity: number): SuperTarget {
  const { env } = scope;
  const { a: name, b: definedArity } = env.function as Tuple2;
  if (definedArity !== arity) {
    throw fileError(
      scope,
      meta,
      "super must be called with the same number of arguments as the current definition",
    );
  }
  const overridable = open.overridables.get(`${(name as Atom).name}/${arity}`);
  if (overridable === undefined) {
    const available = [...open.overridables.keys()].join(", ");
    throw fileError(
      scope,
      meta,
      `no super defined for ${(name as Atom).name}/${arity} in module ${inspectAtom(env.module)}. ` +
        `Overridable functions available are: ${available}`,
    );
  }
  if (metaGet(overridable.definition.meta, CONTEXT) === GEN_SERVER && (name as Atom).name !== "child_spec") {
    const what = `${(name as Atom).name}/${arity}`;
    warn(inFile(scope), meta, `calling super for GenServer callback ${what} is deprecated`);
  }
  return restore(open, overridable, true);
}

/** Brings back what was made overridable and not defined again. */
export function storeNotOverridden(at: Place, open: OpenModule): void {
  for (const [key, overridable] of open.overridables) {
    const current = open.definitions.get(key);
    if (current === undefined) restore(open, overridable, false);
    else checkKind(at, open, current, overridable);
  }
}

function restore(open: OpenModule, overridable: Overridable, hidden: boolean): SuperTarget {
  const { definition, count } = overridable;
  const kind = !hidden ? definition.kind : isMacro(definition.kind) ? "defmacrop" : "defp";
  const name = hidden ? atom(`${definition.name.name} (overridable ${count})`) : definition.name;
  if (!overridable.overridden) {
    overridable.overridden = true;
    const meta = hidden ? list([new Tuple2(FROM_SUPER, TRUE)], definition.meta) : definition.meta;
    const key = `${name.name}/${definition.arity}`;
    const previous = open.definitions.get(key);
    open.definitions.set(key, {
      ...definition,
      name,
      kind,
      meta,
      check: "none",
      clauses: [...(previous?.clauses ?? []), ...definition.clauses],
    });
  }
  return { kind, name, isMacro: isMacro(kind) };
}
