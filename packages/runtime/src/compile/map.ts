/** Maps and structs: construction and update. */
import { Atom, atom } from "../term/atom.ts";
import { listToArray } from "../term/list.ts";
import { MAX_FLAT, mapFrom, mapGet, mapKeys } from "../term/map.ts";
import type { Term } from "../term/term.ts";
import { type Tuple2, Tuple3 } from "../term/tuple.ts";
import { argsOf, arrayOf, constantOf, MAX_HELD, value } from "./expression.ts";
import type { FunctionCompiler } from "./function.ts";
import { type Expr, js, Lit, listed, type Operand, raising } from "./ir.ts";

const BAR = atom("|");
const STRUCT_KEY = atom("__struct__");

export function createMap(f: FunctionCompiler, node: Tuple3): Operand | Expr {
  const args = argsOf(node);
  const [first] = args;
  if (first instanceof Tuple3 && first.a === BAR && !(first.c instanceof Atom)) {
    const [map, pairs] = argsOf(first);
    return update(f, value(f, map), listToArray(pairs) as Term[]);
  }
  return create(f, args, []);
}

export function createStruct(f: FunctionCompiler, node: Tuple3): Operand | Expr {
  const [name, map] = argsOf(node);
  const args = argsOf(map as Tuple3);
  const struct = value(f, name);
  const [first] = args;
  if (first instanceof Tuple3 && first.a === BAR && !(first.c instanceof Atom)) {
    const [old, pairs] = argsOf(first);
    const v = value(f, old);
    f.do(raising`$.checkStruct(${v}, ${struct})`);
    return update(f, v, listToArray(pairs) as Term[]);
  }
  return create(f, args, [[f.literal(STRUCT_KEY), struct]]);
}

function create(f: FunctionCompiler, pairs: readonly Term[], first: [Operand, Operand][]): Expr {
  if (first.length === 0 && pairs.length > MAX_HELD) return js`$.mapFromPairs($.list(${arrayOf(f, pairs)}))`;
  const entries = first;
  for (const pair of pairs) {
    const { a, b } = pair as Tuple2;
    const constant = constantOf(a);
    const key = constant === undefined ? value(f, a) : f.literal(constant);
    entries.push([key, value(f, b)]);
  }
  const keys = entries.map(([key]) => (key instanceof Lit ? key.term : undefined));
  const distinct = keys.every((key) => key !== undefined)
    ? mapFrom(keys.map((key, i) => [key as Term, i]))
    : null;
  if (distinct !== null && entries.length <= MAX_FLAT) {
    // The keys are known: sorted here, once, and shared by all maps made at this place.
    const sorted = mapKeys(distinct);
    const shape = f.module.constants.hoist("keys", `[${sorted.map((key) => f.literal(key).js).join(", ")}]`);
    const items = sorted.map((key) => entries[mapGet(distinct, key) as number][1]);
    return js`flatMap(${shape}, ${listed("[", items, "]")})`;
  }
  return listed(
    "$.mapFrom([",
    entries.map(([key, item]) => js`[${key}, ${item}]`),
    "])",
  );
}

function update(f: FunctionCompiler, map: Operand, pairs: readonly Term[]): Operand | Expr {
  const entries = pairs.map((pair) => {
    const { a, b } = pair as Tuple2;
    return [value(f, a), value(f, b)] as const;
  });
  const keys = entries.map(([key]) => key);
  if (!f.module.interpreted && keys.every((key) => key instanceof Lit && key.term instanceof Atom)) {
    const shape = f.module.constants.hoist("keys", `[${keys.map((key) => (key as Lit).js).join(", ")}]`);
    const items = entries.map(([, item]) => item);
    return raising`$.mapUpdateAll(${map}, ${shape}, ${listed("[", items, "]")})`;
  }
  let result: Operand | Expr = map;
  for (const [key, item] of entries) {
    const target = f.operand(result);
    result = f.module.interpreted
      ? raising`$.mapUpdateEvaluated(${target}, ${key}, ${item})`
      : raising`$.mapUpdate(${target}, ${key}, ${item})`;
  }
  return result;
}
