/** Expanded definitions as terms, `{kind, name, arity, meta, [{meta, args, guards, body}]}`: for files, and for code that changes them. */
import type { Clause, Definition, DefinitionKind } from "../expand/host.ts";
import { type Atom, atom } from "../term/atom.ts";
import { list, listToArray } from "../term/list.ts";
import type { Term } from "../term/term.ts";
import { type Tuple, type Tuple4, tuple } from "../term/tuple.ts";

export function definitionTerms(definitions: readonly Definition[]): Term {
  return list(definitions.map(definitionTerm));
}

export function definitionsOf(terms: Term): Definition[] {
  return (listToArray(terms) as Tuple[]).map(definitionOf);
}

function definitionTerm({ kind, name, arity, meta, clauses }: Definition): Term {
  const terms = clauses.map(({ meta, args, guards, body }) => tuple(meta, list(args), list(guards), body));
  return tuple(atom(kind), name, arity, meta, list(terms));
}

function definitionOf(term: Tuple): Definition {
  const [kind, name, arity, meta, clauses] = term.toArray();
  return {
    kind: (kind as Atom).name as DefinitionKind,
    name: name as Atom,
    arity: arity as number,
    meta,
    clauses: (listToArray(clauses) as Tuple4[]).map(
      ({ a, b, c, d }): Clause => ({ meta: a, args: listToArray(b)!, guards: listToArray(c)!, body: d }),
    ),
  };
}
