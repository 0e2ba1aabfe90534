/** What a module tells about itself: its callbacks, and the data of `__info__/1` (`vm/module-info.ts` answers it). */
import { Atom, atom } from "../../term/atom.ts";
import { compareTerms } from "../../term/compare.ts";
import { EMPTY, list, listToArray } from "../../term/list.ts";
import type { Term } from "../../term/term.ts";
import { Tuple2 } from "../../term/tuple.ts";
import type { Clause, Definition, ModuleInfo } from "../host.ts";
import { escape } from "../quote.ts";
import type { OpenModule, Typespec } from "./open-module.ts";
import { typespecName } from "./typespecs.ts";

function clauses(values: Record<string, Term>): Clause[] {
  return Object.entries(values).map(([key, value]) => ({
    meta: EMPTY,
    args: [atom(key)],
    guards: [],
    body: escape(value, "none", false),
  }));
}

/** `behaviour_info/1`, where there are callbacks. */
export function behaviourInfo(open: OpenModule): Definition[] {
  const callbacks = callbackInfo(open);
  if (callbacks === null) return [];
  return [{ name: atom("behaviour_info"), arity: 1, kind: "def", meta: EMPTY, clauses: clauses(callbacks) }];
}

/** What `__info__/1` tells that does not follow from what the module exports. */
export function moduleInfo(open: OpenModule, attributes: Term | null): ModuleInfo {
  const deprecated = open.deprecated
    .map(({ name, arity, reason }) => new Tuple2(new Tuple2(name, arity), reason) as Term)
    .sort(compareTerms);
  return {
    ...(open.struct === null ? {} : { struct: open.struct }),
    ...(deprecated.length === 0 ? {} : { deprecated: list(deprecated) }),
    ...(attributes === null ? {} : { attributes }),
  };
}

/** Names of `@callback`s, macros as the functions that they compile to. `null` when there are none. */
function callbackInfo(open: OpenModule): Record<string, Term> | null {
  const found = open.typespecs.filter(({ kind }) => kind === "callback" || kind === "macrocallback");
  if (found.length === 0) return null;
  const callbacks = new Map<string, Term>();
  // Sorted by the names in the text, those of macros too.
  const written = (spec: Typespec): Term => {
    const named = typespecName(spec.expression);
    return named === null ? EMPTY : new Tuple2(...named);
  };
  for (const spec of found.sort((a, b) => descending(written(a), written(b)))) {
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
    callbacks: list([...callbacks.values()]),
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
