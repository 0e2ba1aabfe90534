/** The functions that every module has: `__info__/1`, `module_info/0,1`, and `behaviour_info/1` where there are callbacks. */
import { Atom, atom, NIL } from "../../term/atom.ts";
import { compareTerms } from "../../term/compare.ts";
import { EMPTY, list, listToArray } from "../../term/list.ts";
import type { Term } from "../../term/term.ts";
import { Tuple2 } from "../../term/tuple.ts";
import type { Clause, Definition } from "../host.ts";
import { escape } from "../quote.ts";
import type { OpenModule, Typespec } from "./open-module.ts";
import { typespecName } from "./typespecs.ts";

function pairs(items: readonly (readonly [Atom, number])[]): Term {
  return list(items.map(([name, arity]) => new Tuple2(name, arity)).sort(compareTerms));
}

function clauses(values: Record<string, Term>): Clause[] {
  return Object.entries(values).map(([key, value]) => ({
    meta: EMPTY,
    args: [atom(key)],
    guards: [],
    body: escape(value, "none", false),
  }));
}

function defined(name: string, arity: number, of: readonly Clause[]): Definition {
  return { name: atom(name), arity, kind: "def", meta: EMPTY, clauses: of };
}

export function infoFunctions(
  open: OpenModule,
  definitions: readonly Definition[],
  attributes: Term,
): Definition[] {
  const named = (kind: string): (readonly [Atom, number])[] =>
    definitions
      .filter((definition) => definition.kind === kind)
      .map(({ name, arity }) => [name, arity] as const);
  const functions = named("def");
  const macros = named("defmacro");
  const exported = [
    ...functions,
    ...macros.map(([name, arity]) => [atom(`MACRO-${name.name}`), arity + 1] as const),
    [atom("__info__"), 1] as const,
    [atom("module_info"), 0] as const,
    [atom("module_info"), 1] as const,
  ];
  const callbacks = callbackInfo(open);
  if (callbacks !== null) exported.push([atom("behaviour_info"), 1]);
  const deprecated = list(
    open.deprecated
      .map(({ name, arity, reason }) => new Tuple2(new Tuple2(name, arity), reason) as Term)
      .sort(compareTerms),
  );
  const compileInfo = list([]);
  const md5 = escapeName(open.module);
  const moduleInfo = {
    module: open.module,
    exports: pairs(exported),
    attributes,
    compile: compileInfo,
    md5,
    functions: pairs(exported),
    nifs: EMPTY,
  };
  const all = list(
    Object.entries(moduleInfo)
      .filter(([key]) => ["module", "exports", "attributes", "compile", "md5"].includes(key))
      .map(([key, value]) => new Tuple2(atom(key), value)),
  );
  const result = [
    defined(
      "__info__",
      1,
      clauses({
        module: open.module,
        functions: pairs(functions),
        macros: pairs(macros),
        struct: open.struct ?? NIL,
        exports_md5: md5,
        attributes,
        compile: compileInfo,
        md5,
        deprecated,
      }),
    ),
    defined("module_info", 0, [{ meta: EMPTY, args: [], guards: [], body: escape(all, "none", false) }]),
    defined("module_info", 1, clauses(moduleInfo)),
  ];
  if (callbacks !== null) result.push(defined("behaviour_info", 1, clauses(callbacks)));
  return result;
}

/** Nothing here hashes code; the name at least tells modules apart. */
function escapeName(module: Atom): Term {
  return list([...module.name].map((char) => char.codePointAt(0) as number));
}

/** Names of `@callback`s, macros as the functions that they compile to. `null` when there are none. */
function callbackInfo(open: OpenModule): Record<string, Term> | null {
  const found = open.typespecs.filter(({ kind }) => kind === "callback" || kind === "macrocallback");
  if (found.length === 0) return null;
  const callbacks = new Map<string, Term>();
  for (const spec of found) {
    const named = callbackName(spec);
    if (named !== null) callbacks.set(`${named[0].name}/${named[1]}`, new Tuple2(named[0], named[1]));
  }
  const optional: Term[] = [];
  for (const value of open.accumulated("optional_callbacks")) {
    for (const entry of flatten(value)) {
      if (!(entry instanceof Tuple2) || !(entry.a instanceof Atom) || typeof entry.b !== "number") continue;
      const macro = `MACRO-${entry.a.name}/${entry.b + 1}`;
      optional.push(callbacks.get(macro) ?? entry);
    }
  }
  return {
    callbacks: list([...callbacks.values()].sort(descending)),
    optional_callbacks: list(optional.sort(descending)),
  };
}

/** The order in which Erlang's compiler lists callbacks. */
function descending(a: Term, b: Term): number {
  return compareTerms(b, a);
}

function flatten(value: Term): Term[] {
  const items = listToArray(value);
  return items === null ? [value] : items.flatMap(flatten);
}

function callbackName({ kind, expression }: Typespec): readonly [Atom, number] | null {
  const named = typespecName(expression);
  if (named === null || kind !== "macrocallback") return named;
  return [atom(`MACRO-${named[0].name}`), named[1] + 1];
}
