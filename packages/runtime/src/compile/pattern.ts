/**
 * Patterns as data, read from their expanded form. Reading resolves pins in the scope before the match; a
 * variable's second occurrence becomes an equation between two bindings.
 */
import { postwalk } from "../syntax/quoted.ts";
import { Atom, atom } from "../term/atom.ts";
import { Bitstring } from "../term/bitstring.ts";
import { Cons } from "../term/list.ts";
import type { Term } from "../term/term.ts";
import { Tuple2, Tuple3 } from "../term/tuple.ts";
import { readSegments, type Segment } from "./bits-segment.ts";
import { argsOf, value } from "./expression.ts";
import { type FunctionCompiler, type Key, variableKey } from "./function.ts";
import type { Operand } from "./ir.ts";

export type Pattern =
  | { t: "any" }
  | { t: "var"; key: Key }
  | { t: "literal"; term: Term }
  | { t: "cons"; head: Pattern; tail: Pattern }
  | { t: "tuple"; items: Pattern[] }
  | { t: "map"; pairs: { key: Operand; pattern: Pattern }[] }
  | { t: "pin"; operand: Operand }
  | { t: "both"; left: Pattern; right: Pattern }
  | { t: "bits"; segments: SegmentPattern[] }
  /** The value of a map's key, which may be missing. */
  | { t: "present"; pattern: Pattern }
  /** A value known to be a bitstring. */
  | { t: "binary"; term: Bitstring }
  | { t: "within"; segments: readonly SegmentPattern[] }
  /** A byte of a bitstring, -1 behind its end. */
  | { t: "byte"; pattern: Pattern }
  | { t: "atom"; pattern: Pattern };

export interface SegmentPattern extends Segment {
  readonly pattern: Pattern;
}

export const ANY: Pattern = { t: "any" };

const MATCH = atom("=");
const PIN = atom("^");
const TUPLE = atom("{}");
const MAP = atom("%{}");
const STRUCT = atom("%");
const BITS = atom("<<>>");
const BAR = atom("|");
const STRUCT_KEY = atom("__struct__");

/** What reading one head collects: its variables (each occurrence is one), and which of them must be equal. */
export class Head {
  readonly seen = new Set<Key>();
  readonly equal: { first: Key; second: Key }[] = [];
}

export function readPattern(f: FunctionCompiler, ast: Term, head: Head): Pattern {
  if (ast instanceof Cons) {
    const items: Term[] = [];
    let tail: Term = ast;
    for (; tail instanceof Cons; tail = tail.tail) items.push(tail.head);
    let rest = readPattern(f, tail, head);
    const last = items[items.length - 1];
    if (last instanceof Tuple3 && last.a === BAR && !(last.c instanceof Atom)) {
      const [item, after] = argsOf(last);
      items[items.length - 1] = item;
      rest = readPattern(f, after, head);
    }
    for (let i = items.length - 1; i >= 0; i--) {
      rest = { t: "cons", head: readPattern(f, items[i], head), tail: rest };
    }
    return rest;
  }
  if (ast instanceof Tuple2) {
    return { t: "tuple", items: [readPattern(f, ast.a, head), readPattern(f, ast.b, head)] };
  }
  if (!(ast instanceof Tuple3)) return { t: "literal", term: ast };
  if (ast.c instanceof Atom) return readVariable(ast, head);
  const args = argsOf(ast);
  switch (ast.a) {
    case MATCH:
      return { t: "both", left: readPattern(f, args[0], head), right: readPattern(f, args[1], head) };
    case PIN:
      return { t: "pin", operand: value(f, args[0]) };
    case TUPLE:
      return { t: "tuple", items: args.map((item) => readPattern(f, item, head)) };
    case MAP:
      return { t: "map", pairs: readPairs(f, args, head) };
    case STRUCT:
      return readStruct(f, args, head);
    case BITS:
      return readBits(f, ast, head);
  }
  const negative = readNegative(ast, args);
  if (negative !== undefined) return { t: "literal", term: negative };
  throw new TypeError(`no such pattern: ${String((ast.a as Atom).name ?? "a call")}`);
}

function readVariable(node: Tuple3, head: Head): Pattern {
  const key = variableKey(node) as Key;
  if (key === "_") return ANY;
  if (!head.seen.has(key)) {
    head.seen.add(key);
    return { t: "var", key };
  }
  const again = `again ${head.equal.length} ${key}`;
  head.seen.add(again);
  head.equal.push({ first: key, second: again });
  return { t: "var", key: again };
}

function readPairs(f: FunctionCompiler, pairs: readonly Term[], head: Head) {
  return pairs.map((pair) => {
    const { a, b } = pair as Tuple2;
    return { key: value(f, unpinned(a)), pattern: readPattern(f, b, head) };
  });
}

/** A key is an expression, in which pinned variables are simply read. */
function unpinned(key: Term): Term {
  if (key instanceof Tuple3 && key.a === PIN) return argsOf(key)[0];
  return postwalk(key, (form) => (form instanceof Tuple3 && form.a === PIN ? argsOf(form)[0] : form));
}

function readStruct(f: FunctionCompiler, [name, map]: readonly Term[], head: Head): Pattern {
  const inner = readPattern(f, name, head);
  const pattern: Pattern = inner.t === "literal" ? inner : { t: "atom", pattern: inner };
  const pairs = readPairs(f, argsOf(map as Tuple3), head);
  return { t: "map", pairs: [{ key: f.literal(STRUCT_KEY), pattern }, ...pairs] };
}

function readBits(f: FunctionCompiler, node: Tuple3, head: Head): Pattern {
  const segments = readSegments(node);
  if (segments.length === 0) return { t: "literal", term: EMPTY };
  if (segments.length === 1 && segments[0].value instanceof Bitstring && segments[0].type === "binary") {
    return { t: "literal", term: segments[0].value };
  }
  return {
    t: "bits",
    segments: segments.map((segment) => ({
      ...segment,
      size: segment.size === null ? null : unpinned(segment.size),
      pattern: readPattern(f, segment.value, head),
    })),
  };
}

const EMPTY = new Bitstring("", null, 0);

/** `-1` as a call of `:erlang.-/1`. */
function readNegative(node: Tuple3, args: readonly Term[]): Term | undefined {
  if (!(node.a instanceof Tuple3) || args.length !== 1 || typeof args[0] !== "number") return undefined;
  const name = argsOf(node.a)[1];
  return name === atom("-") ? -args[0] : name === atom("+") ? args[0] : undefined;
}
