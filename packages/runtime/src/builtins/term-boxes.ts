/**
 * `:beamlet_term`, under `:erts_debug`: what needs the identity of terms. The parts that a term holds, and all that is reached from it,
 * each once.
 */
import { bool, Cons, EMPTY, Fun, list, mapEntries, type Term, TermMap, Tuple } from "../term/index.ts";
import type { NativeModule } from "./native.ts";

function partsOf(term: Term): Term[] {
  if (term instanceof Cons) return [term.head, term.tail];
  if (term instanceof Tuple) return term.toArray();
  if (term instanceof TermMap) return mapEntries(term).flat();
  if (term instanceof Fun) return capturesOf(term);
  return [];
}

function capturesOf({ a, b, c }: Fun): Term[] {
  const captures = Array.isArray(c) ? [a, b, ...c] : [a, b, c];
  return captures.filter((capture) => capture !== undefined);
}

function boxes(term: Term): Term {
  const seen = new Set<Term>();
  const waiting = [term];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    if (next === EMPTY || seen.has(next)) continue;
    seen.add(next);
    waiting.push(...partsOf(next));
  }
  return list([...seen]);
}

export const beamletTerm: NativeModule = {
  module: "beamlet_term",
  functions: {
    "parts/1": (term) => list(partsOf(term)),
    "boxes/1": boxes,
    "same/2": (left, right) => bool(left === right),
  },
};
