/** Matching of bitstrings, segment by segment, at a position that is known when compiling as far as sizes are. */
import { Bitstring, binary } from "../term/bitstring.ts";
import { Float } from "../term/number.ts";
import { value } from "./expression.ts";
import type { FunctionCompiler } from "./function.ts";
import { strictTest } from "./intrinsics.ts";
import { type Expr, js, type Label, Lit, type Operand, Var } from "./ir.ts";
import { restOf } from "./match-context.ts";
import type { Head, Pattern, SegmentPattern } from "./pattern.ts";

/** A position in bits: a variable and a constant. */
class Position {
  readonly base: Operand | null;
  readonly offset: number;
  constructor(base: Operand | null, offset: number) {
    this.base = base;
    this.offset = offset;
  }
  get js(): Expr {
    if (this.base === null) return js`${this.offset}`;
    return this.offset === 0 ? js`${this.base}` : js`${this.base} + ${this.offset}`;
  }
  operand(f: FunctionCompiler): Operand {
    if (this.base !== null && this.offset === 0) return this.base;
    return this.base === null ? new Lit(String(this.offset)) : f.let("at", this.js);
  }
  plus(f: FunctionCompiler, bits: number | Operand): Position {
    if (typeof bits === "number") return new Position(this.base, this.offset + bits);
    return new Position(f.let("pos", js`${this.js} + ${bits}`), 0);
  }
}

/** Matches the whole of a bitstring; variables are in scope afterwards. */
export function matchSegments(
  f: FunctionCompiler,
  v: Operand,
  segments: readonly SegmentPattern[],
  head: Head,
  fail: Label,
): void {
  const { of, at } = (v instanceof Var ? v.rest : null) ?? { of: v, at: null };
  const { position, open } = walk(f, of, new Position(at, 0), segments, head, fail, (pattern, part) =>
    matchPart(f, pattern, part, head, fail),
  );
  if (!open) f.unless(js`${position.js} === ${of}.bitLength`, fail);
}

/**
 * Matches segments from a position on, as a generator does: too few bits jump to `end`, while a value that does not match
 * is only found by `check`, when the position behind the segments is known.
 */
export function matchSegmentsFrom(
  f: FunctionCompiler,
  v: Operand,
  from: Operand,
  segments: readonly SegmentPattern[],
  head: Head,
  end: Label,
): { after: Operand; check: (skip: Label) => void } {
  const parts: [Pattern, Operand][] = [];
  f.unless(js`${from} < ${v}.bitLength`, end);
  const { position } = walk(f, v, new Position(from, 0), segments, head, end, (pattern, part) => {
    // Later sizes may use a variable at once.
    if (pattern.t === "var") f.env.set(pattern.key, part);
    else parts.push([pattern, part]);
  });
  const after = f.let("after", position.js);
  return {
    after,
    check: (skip) => {
      for (const [pattern, part] of parts) matchPart(f, pattern, part, head, skip);
    },
  };
}

function matchPart(f: FunctionCompiler, pattern: Pattern, part: Operand, head: Head, fail: Label): void {
  switch (pattern.t) {
    case "any":
      return;
    case "var":
      f.env.set(pattern.key, part);
      return;
    case "pin":
      f.unless(strictTest(part, pattern.operand), fail);
      return;
    case "literal":
      f.unless(strictTest(part, f.literal(pattern.term)), fail);
      return;
    case "both":
      matchPart(f, pattern.left, part, head, fail);
      matchPart(f, pattern.right, part, head, fail);
      return;
    default:
      throw new TypeError(`a segment cannot hold a pattern of kind ${pattern.t}`);
  }
}

function walk(
  f: FunctionCompiler,
  v: Operand,
  start: Position,
  segments: readonly SegmentPattern[],
  _head: Head,
  fail: Label,
  give: (pattern: Pattern, part: Operand) => void,
): { position: Position; open: boolean } {
  let position = start;
  // Up to where the bitstring is known to reach.
  let reached = start;
  for (const segment of segments) {
    const { type, pattern, little, signed } = segment;
    const text = literalText(segment);
    if (text !== null) {
      const literal = f.literal(text);
      f.unless(js`$.hasPrefix(${v}, ${position.js}, ${literal})`, fail);
      position = position.plus(f, text.bitLength);
      reached = position;
      continue;
    }
    if (type === "utf8" || type === "utf16" || type === "utf32") {
      const read = { utf8: "$.readUtf8", utf16: "$.readUtf16", utf32: "$.readUtf32" }[type];
      const size = { utf8: "$.utf8Bits", utf16: "$.utf16Bits", utf32: "32" }[type];
      const c = f.let("c", js`${read}(${v}, ${position.js}, ${String(little)})`);
      f.unless(js`${c} >= 0`, fail);
      position = type === "utf32" ? position.plus(f, 32) : position.plus(f, f.let("size", js`${size}(${c})`));
      reached = position;
      give(pattern, c);
      continue;
    }
    if (segment.size === null && (type === "binary" || type === "bitstring")) {
      if (type === "binary") {
        const left = js`(${v}.bitLength - (${position.js}))`;
        f.unless(segment.unit === 8 ? js`(${left} & 7) === 0` : js`(${left} % ${segment.unit}) === 0`, fail);
      }
      if (position !== reached) f.unless(js`${position.js} <= ${v}.bitLength`, fail);
      if (pattern.t !== "any") give(pattern, restOf(f, v, position.operand(f)));
      return { position, open: true };
    }
    const bits = sizeOf(f, segment, fail);
    const after = position.plus(f, bits);
    f.unless(js`${after.js} <= ${v}.bitLength`, fail);
    reached = after;
    if (type === "float") {
      const value = f.let("float", js`$.readFloat(${v}, ${position.js}, ${bits}, ${String(little)})`);
      f.unless(js`${value} !== undefined`, fail);
      give(floatPattern(pattern), value);
    } else if (pattern.t !== "any") {
      if (type === "integer") {
        const isPlain = !signed && !little && typeof bits === "number";
        const short = isPlain ? readers[bits] : undefined;
        const read = short
          ? js`$.${short}(${v}, ${position.js})`
          : isPlain && bits > 0 && bits <= 24
            ? js`$.readFew(${v}, ${position.js}, ${bits})`
            : js`$.readInteger(${v}, ${position.js}, ${bits}, ${String(signed)}, ${String(little)})`;
        give(pattern, f.let("i", read));
      } else give(pattern, f.let("part", js`$.slice(${v}, ${position.js}, ${bits})`));
    }
    position = after;
  }
  return { position, open: false };
}

/** For the commonest sizes in bits. */
const readers: Record<number, string> = { 8: "readByte", 16: "readShort" };

function floatPattern(pattern: Pattern): Pattern {
  if (pattern.t === "literal" && typeof pattern.term === "number") {
    return { t: "literal", term: new Float(pattern.term) };
  }
  return pattern;
}

function sizeOf(f: FunctionCompiler, { size, unit, type }: SegmentPattern, fail: Label): number | Operand {
  if (size === null) return type === "float" ? 64 : 8 * unit;
  if (typeof size === "number") {
    if (size < 0) f.unless(js`false`, fail);
    return size * unit;
  }
  const outer = f.guardFail;
  f.guardFail = fail;
  const n = value(f, size);
  f.guardFail = outer;
  if (n instanceof Lit && typeof n.term === "number") {
    if (n.term < 0) f.unless(js`false`, fail);
    return n.term * unit;
  }
  f.unless(js`typeof ${n} === "number" && ${n} >= 0`, fail);
  return unit === 1 ? n : f.let("bits", js`${n} * ${unit}`);
}

/** The bytes of a literal string in a pattern. */
function literalText({ pattern, type, little, size }: SegmentPattern): Bitstring | null {
  if (pattern.t !== "literal" || !(pattern.term instanceof Bitstring) || size !== null) return null;
  const { text } = pattern.term;
  if (text === undefined || type === "binary" || type === "utf8" || type === "bitstring") return pattern.term;
  return encodeText(text, type === "utf16" ? 2 : 4, little);
}

export function encodeText(text: string, width: 2 | 4, little: boolean): Bitstring {
  const units =
    width === 2
      ? Array.from({ length: text.length }, (_, i) => text.charCodeAt(i))
      : [...text].map((c) => c.codePointAt(0) as number);
  const view = new DataView(new ArrayBuffer(units.length * width));
  units.forEach((unit, i) => {
    if (width === 2) view.setUint16(i * 2, unit, little);
    else view.setUint32(i * 4, unit, little);
  });
  return binary(new Uint8Array(view.buffer));
}
