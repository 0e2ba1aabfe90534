/**
 * Construction of bitstrings. Joining binaries, which string interpolation is, has a way of its own. Appending takes the room behind a
 * binary, so that done twice the second one copies all of it.
 */
import { Atom, atom } from "../term/atom.ts";
import { Bitstring } from "../term/bitstring.ts";
import { Cons, EMPTY } from "../term/list.ts";
import type { Term } from "../term/term.ts";
import { Tuple, Tuple3 } from "../term/tuple.ts";
import { encodeText } from "./bits-match.ts";
import { readSegments, type Segment } from "./bits-segment.ts";
import { arrayOf, MAX_DEPTH, value, values } from "./expression.ts";
import type { FunctionCompiler } from "./function.ts";
import { EFFECT, type Expr, js, Lit, listed, type Operand, RAISES, raising } from "./ir.ts";

const TUPLE = atom("{}");

export function buildBits(f: FunctionCompiler, node: Tuple3): Operand | Expr {
  const segments = readSegments(node).map(encoded);
  if (segments.length === 0) return f.literal(new Bitstring("", null, 0));
  if (!f.module.interpreted && segments.some(({ value }) => isNoNumberOrBits(value))) {
    const asts = segments.flatMap(({ value, size }) => (size === null ? [value] : [value, size]));
    return raising`$.refuseBits(${arrayOf(f, asts)})`;
  }
  if (segments.every(isWhole)) {
    const asts = segments.map((segment) => segment.value);
    if (asts.length > 2) return raising`$.joinAll(${arrayOf(f, asts)})`;
    const operands = values(f, asts);
    const [only] = operands;
    if (operands.length === 2) return listed("$.join(", operands, ")", EFFECT);
    if (only instanceof Lit && only.term instanceof Bitstring) return only;
    return listed("$.joinAll([", operands, "])", RAISES);
  }
  const parts: { segment: Segment; v: Operand; size: Operand | null }[] = [];
  for (const segment of segments) {
    const v = value(f, segment.value);
    parts.push({ segment, v, size: segment.size === null ? null : value(f, segment.size) });
  }
  const shape = parts.map(
    ({ segment }) =>
      `{ type: "${segment.type}", unit: ${segment.unit}, little: ${segment.little}, bytes: ${bytesOf(segment)} }`,
  );
  const shapes = f.module.constants.hoist("segments", `[${shape.join(", ")}]`);
  const operands = parts.map(({ v }) => v);
  if (segments.every(isOfBytes))
    return operands.reduce<Expr>((built, v, i) => {
      // Deep expressions take room on the stack of JavaScript's parser.
      const before = i % MAX_DEPTH === MAX_DEPTH - 1 ? f.let("bits", built) : built;
      return listed(`$.append(${shapes}, ${i}, `, [before, v], ")", EFFECT);
    }, js`EMPTY_BINARY`);
  const sizes = parts.map(({ size }) => size ?? new Lit("null"));
  return listed(
    `$.buildBits(${shapes}, `,
    [listed("[", operands, "]"), listed("[", sizes, "]")],
    ")",
    RAISES,
  );
}

/** Whether the value is written as a list, a tuple or an atom. */
export function isNoNumberOrBits(ast: Term): boolean {
  if (ast instanceof Tuple3) return ast.a === TUPLE;
  return ast instanceof Tuple || ast instanceof Atom || ast instanceof Cons || ast === EMPTY;
}

function isWhole({ type, size, unit }: Segment): boolean {
  return type === "binary" && size === null && unit === 8;
}

/** How many bytes the number takes, if it is the same number for all, and an integer no more than fit into one. */
function bytesOf({ type, size, unit }: Segment): number {
  if (type === "float") {
    const bits = size === null ? 64 : typeof size === "number" ? size * unit : 0;
    return bits === 64 || bits === 32 || bits === 16 ? bits / 8 : 0;
  }
  const bits = type !== "integer" ? 0 : size === null ? 8 * unit : typeof size === "number" ? size * unit : 0;
  return bits % 8 === 0 && bits <= 64 ? bits / 8 : 0;
}

/** Whether it begins and ends at a byte, whatever its value. */
function isOfBytes(segment: Segment): boolean {
  return isWhole(segment) || segment.type === "utf8" || bytesOf(segment) > 0;
}

/** A literal string in an encoding is the binary of its bytes. */
function encoded(segment: Segment): Segment {
  const { value: text, type } = segment;
  if (!(text instanceof Bitstring) || text.text === undefined) return segment;
  if (type === "utf16" || type === "utf32") {
    return {
      ...segment,
      type: "binary",
      unit: 8,
      value: encodeText(text.text, type === "utf16" ? 2 : 4, segment.little),
    };
  }
  return type === "utf8" || type === "integer"
    ? { ...segment, type: "binary", unit: 8, size: null }
    : segment;
}
