/**
 * Patterns whose parts contradict each other, as those of `{} = []` do: nothing matches them. Erlang's compiler sees that before
 * anything else, from the last one to the first.
 * Two patterns of binaries it takes for such too, whatever they are; of one, which segments match no bits (`unfit-segments.ts`).
 */
import {
  ARROW,
  BITS,
  CATCH,
  isCall,
  isVariable,
  keywordGet,
  LEFT_ARROW,
  MAP,
  MATCH,
  metaGet,
  STRUCT,
  TUPLE,
  WHEN,
} from "../../syntax/quoted.ts";
import { atom, TRUE } from "../../term/atom.ts";
import { Bitstring } from "../../term/bitstring.ts";
import { strictEquals } from "../../term/compare.ts";
import { Cons, EMPTY, listToArray } from "../../term/list.ts";
import type { Term } from "../../term/term.ts";
import { Tuple2, Tuple3 } from "../../term/tuple.ts";
import type { Definition } from "../host.ts";
import { walk } from "./locals.ts";
import { unfitSegment } from "./unfit-segments.ts";
import { type Finding, listParts } from "./unreachable.ts";

const GENERATED = atom("generated");
const TRY = atom("try");
const STRUCT_KEY = atom("__struct__");

export function impossiblePatterns({ clauses }: Definition): Finding[] {
  const found: Finding[] = [];
  const caught = new Set<Term>();
  const check = (meta: Term, patterns: readonly Term[], impossible: boolean, isCaught = false): void => {
    if (metaGet(meta, GENERATED) !== TRUE && impossible)
      found.push({ meta, message: "pattern cannot possibly match", early: true });
    if (!isCaught) found.push(...unfitSegment(patterns));
  };
  for (const { meta, args, body } of clauses) {
    check(meta, args, args.some(isImpossible));
    walk(body, (node) => {
      const { a: form, b: place } = node;
      // Those of `catch` are parts of a larger pattern.
      if (form === TRY)
        for (const clause of listToArray(keywordGet(parts(node)[0], CATCH) ?? EMPTY) ?? [])
          caught.add(clause);
      // A generator over bits is one of its segments.
      if (form === BITS && parts(node).some((one) => isCall(one, LEFT_ARROW)))
        found.push(...unfitSegment([node]));
      if ((form !== MATCH && form !== LEFT_ARROW && form !== ARROW) || !isCall(node, form, 2)) return null;
      const [left, right] = parts(node);
      const [value, ...joined] = sidesOf(right).reverse();
      if (form === MATCH) check(place, [left, ...joined], areImpossible([left, ...joined]));
      else {
        const heads = (form === ARROW ? (listToArray(left) ?? []) : [left]).flatMap(withoutGuards);
        check(place, heads, heads.some(isImpossible), caught.has(node));
      }
      return form === MATCH ? [value] : [right];
    });
  }
  return found;
}

/** Whether patterns that have to match the same value cannot. */
function areImpossible(patterns: readonly Term[]): boolean {
  const all = patterns.flatMap(sidesOf);
  return all.some((side, i) => isImpossible(side) || all.slice(0, i).some((one) => contradict(one, side)));
}

function isImpossible(pattern: Term): boolean {
  if (isCall(pattern, MATCH, 2)) return areImpossible([pattern]);
  if (pattern instanceof Tuple2) return isImpossible(pattern.a) || isImpossible(pattern.b);
  if (pattern instanceof Cons) return (listToArray(pattern) ?? []).some(isImpossible);
  const isData = pattern instanceof Tuple3 && [TUPLE, MAP, STRUCT].some((one) => isCall(pattern, one));
  return isData && parts(pattern).some(isImpossible);
}

/** The patterns that `=` joins, and behind them what they are matched with. */
function sidesOf(form: Term): Term[] {
  return isCall(form, MATCH, 2) ? parts(form).flatMap(sidesOf) : [form];
}

/** Whether no value matches both patterns. */
function contradict(a: Term, b: Term): boolean {
  if (isCall(a, MATCH, 2)) return sidesOf(a).some((side) => contradict(side, b));
  if (isCall(b, MATCH, 2)) return contradict(b, a);
  const [kind, other] = [kindOf(a), kindOf(b)];
  if (kind === null || other === null) return false;
  if (kind !== other) return true;
  if (kind === "map")
    return valuesOf(a).some(([key, value]) => otherValues(b, key).some((one) => contradict(value, one)));
  if (kind === "tuple") {
    const [mine, others] = [elements(a), elements(b)];
    return mine.length !== others.length || mine.some((one, i) => contradict(one, others[i]));
  }
  if (kind === "list") return listsContradict(a, b);
  return kind === "binary" || !strictEquals(a, b);
}

/** `null` for what may be anything: variables, pinned ones, calls. */
function kindOf(pattern: Term): "literal" | "binary" | "tuple" | "list" | "map" | null {
  if (pattern instanceof Tuple2 || isCall(pattern, TUPLE)) return "tuple";
  if (isCall(pattern, MAP) || isCall(pattern, STRUCT)) return "map";
  if (pattern instanceof Bitstring || isCall(pattern, BITS)) return "binary";
  if (pattern instanceof Cons || pattern === EMPTY) return "list";
  return isVariable(pattern) || pattern instanceof Tuple3 ? null : "literal";
}

function listsContradict(a: Term, b: Term): boolean {
  const [mine, rest] = a instanceof Cons ? listParts(a) : [[], null];
  const [others, otherRest] = b instanceof Cons ? listParts(b) : [[], null];
  const shorter = mine.length > others.length ? otherRest : rest;
  if (mine.length !== others.length && shorter === null) return true;
  return mine.some((one, i) => i < others.length && contradict(one, others[i]));
}

function elements(tuple: Term): Term[] {
  return tuple instanceof Tuple2 ? [tuple.a, tuple.b] : parts(tuple as Tuple3);
}

function valuesOf(map: Term): [key: Term, value: Term][] {
  if (isCall(map, STRUCT, 2)) {
    const [module, fields] = parts(map as Tuple3);
    return [[STRUCT_KEY, module], ...valuesOf(fields)];
  }
  return parts(map as Tuple3).map((pair) => [(pair as Tuple2).a, (pair as Tuple2).b]);
}

function otherValues(map: Term, key: Term): Term[] {
  return valuesOf(map).flatMap(([other, value]) => (strictEquals(key, other) ? [value] : []));
}

function withoutGuards(form: Term): Term[] {
  return isCall(form, WHEN) ? parts(form).slice(0, -1) : [form];
}

function parts(node: Tuple3): Term[] {
  return listToArray(node.c) ?? [];
}
