/** Reading and building bitstrings at run time, for compiled code. Positions and sizes are in bits and checked by the caller. */
import { atom } from "../term/atom.ts";
import { appendByte, BitsBuilder, joinBits as join, joinPair, sliceBits } from "../term/bits.ts";
import { Bitstring, binary, bitstring, EMPTY_BINARY, text } from "../term/bitstring.ts";
import { error as errorOf, type Raised, tagged, withHost } from "../term/error.ts";
import { mapFrom } from "../term/map.ts";
import { Float, integer } from "../term/number.ts";
import type { Term } from "../term/term.ts";
import { tuple } from "../term/tuple.ts";

export function readByte(of: Bitstring, at: number): number {
  const i = at >>> 3;
  const shift = at & 7;
  if (shift === 0) return of.byteAt(i);
  const bytes = of.bytes;
  return ((bytes[i] << shift) | ((bytes[i + 1] ?? 0) >>> (8 - shift))) & 0xff;
}

export function readShort(of: Bitstring, at: number): number {
  return readByte(of, at) * 256 + readByte(of, at + 8);
}

/** The byte at the position, or -1 behind the last. */
export function byteFrom(of: Bitstring, at: number): number {
  return at + 8 <= of.bitLength ? readByte(of, at) : -1;
}

/** The bits as bytes, the first byte the most significant, the number of bits a multiple of eight or not. */
function unsigned(bytes: Uint8Array, bits: number, little: boolean): bigint {
  const whole = bits >>> 3;
  const spare = bits & 7;
  let result = 0n;
  if (little) {
    // Of a little-endian number that does not fill its bytes, the odd bits are the most significant.
    if (spare > 0) result = BigInt(bytes[whole] >>> (8 - spare));
    for (let i = whole - 1; i >= 0; i--) result = (result << 8n) | BigInt(bytes[i]);
    return result;
  }
  for (let i = 0; i < whole; i++) result = (result << 8n) | BigInt(bytes[i]);
  return spare === 0 ? result : (result << BigInt(spare)) | BigInt(bytes[whole] >>> (8 - spare));
}

/** So many bits are within four bytes, wherever they begin. */
const FEW = 24;

/** At most 24 bits as a number. */
export function readFew(of: Bitstring, at: number, bits: number): number {
  const end = at + bits;
  let i = at >>> 3;
  let word = of.byteAt(i);
  while (++i << 3 < end) word = (word << 8) | of.byteAt(i);
  return (word >>> (-end & 7)) & ((1 << bits) - 1);
}

/** At most 48 bits as a number. */
function readMany(of: Bitstring, at: number, bits: number): number {
  if (bits <= FEW) return readFew(of, at, bits);
  return readFew(of, at, bits - FEW) * 2 ** FEW + readFew(of, at + bits - FEW, FEW);
}

export function readInteger(of: Bitstring, at: number, bits: number, signed: boolean, little: boolean): Term {
  if (bits === 0) return 0;
  if (bits <= 48 && (at & 7) === 0 && (bits & 7) === 0) {
    let result = 0;
    if (little) for (let i = bits - 8; i >= 0; i -= 8) result = result * 256 + readByte(of, at + i);
    else for (let i = 0; i < bits; i += 8) result = result * 256 + readByte(of, at + i);
    return signed && result >= 2 ** (bits - 1) ? result - 2 ** bits : result;
  }
  if (bits <= 48 && (!little || bits <= 8)) {
    const result = readMany(of, at, bits);
    return signed && result >= 2 ** (bits - 1) ? result - 2 ** bits : result;
  }
  if (bits <= 64 && !little && !signed) {
    const [high, low] = [readMany(of, at, bits - 32), readMany(of, at + bits - 32, 32)];
    return high < 2 ** 21 ? high * 2 ** 32 + low : (BigInt(high) << 32n) | BigInt(low);
  }
  const value = unsigned(sliceBits(of, at, bits).bytes, bits, little);
  return integer(signed ? BigInt.asIntN(bits, value) : value);
}

const scratch = new DataView(new ArrayBuffer(8));
const scratchBytes = binary(new Uint8Array(scratch.buffer));

/** `undefined` for what is no number, which matches nothing. */
export function readFloat(of: Bitstring, at: number, bits: number, little: boolean): Float | undefined {
  if (bits > 64) return undefined;
  for (let i = 0; i < bits; i += 8) scratch.setUint8(i >>> 3, readByte(of, at + i));
  const value =
    bits === 64
      ? scratch.getFloat64(0, little)
      : bits === 32
        ? scratch.getFloat32(0, little)
        : bits === 16
          ? half(scratch.getUint16(0, little))
          : Number.NaN;
  return Number.isFinite(value) ? new Float(value) : undefined;
}

function half(bits: number): number {
  const sign = bits & 0x8000 ? -1 : 1;
  const exponent = (bits >>> 10) & 31;
  const fraction = bits & 1023;
  if (exponent === 31) return Number.NaN;
  return sign * (exponent === 0 ? fraction * 2 ** -24 : (1 + fraction / 1024) * 2 ** (exponent - 15));
}

export function slice(of: Bitstring, at: number, bits: number): Bitstring {
  return sliceBits(of, at, bits);
}

export function restOf(of: Bitstring, at: number): Bitstring {
  return at === 0 ? of : sliceBits(of, at, of.bitLength - at);
}

export function hasPrefix(of: Bitstring, at: number, prefix: Bitstring): boolean {
  const bits = prefix.bitLength;
  if (at + bits > of.bitLength) return false;
  if (at === 0 && of.knownText !== null && prefix.knownText !== null)
    return of.knownText.startsWith(prefix.knownText);
  const whole = bits >>> 3;
  for (let i = 0; i < whole; i++) if (readByte(of, at + i * 8) !== prefix.byteAt(i)) return false;
  const spare = bits & 7;
  return spare === 0 || readByte(of, at + whole * 8) >>> (8 - spare) === prefix.byteAt(whole) >>> (8 - spare);
}

/** The code point at the position, or -1. */
export function readUtf8(of: Bitstring, at: number): number {
  const first = byteFrom(of, at);
  return first < 0x80 ? first : readLongUtf8(of, at, first);
}

function readLongUtf8(of: Bitstring, at: number, first: number): number {
  const bits = of.bitLength;
  const size = first >= 0xf0 ? 4 : first >= 0xe0 ? 3 : first >= 0xc2 ? 2 : 0;
  if (size === 0 || first > 0xf4 || at + size * 8 > bits) return -1;
  let code = first & (0x7f >> size);
  for (let i = 1; i < size; i++) {
    const byte = readByte(of, at + i * 8);
    if ((byte & 0xc0) !== 0x80) return -1;
    code = (code << 6) | (byte & 0x3f);
  }
  const shortest = size === 2 ? 0x80 : size === 3 ? 0x800 : 0x10000;
  return code < shortest || !isScalar(code) ? -1 : code;
}

export function utf8Bits(code: number): number {
  return code < 0x80 ? 8 : code < 0x800 ? 16 : code < 0x10000 ? 24 : 32;
}

export function readUtf16(of: Bitstring, at: number, little: boolean): number {
  if (at + 16 > of.bitLength) return -1;
  const first = readInteger(of, at, 16, false, little) as number;
  if (first < 0xd800 || first > 0xdfff) return first;
  if (first > 0xdbff || at + 32 > of.bitLength) return -1;
  const second = readInteger(of, at + 16, 16, false, little) as number;
  return second < 0xdc00 || second > 0xdfff ? -1 : ((first - 0xd800) << 10) + (second - 0xdc00) + 0x10000;
}

export function utf16Bits(code: number): number {
  return code < 0x10000 ? 16 : 32;
}

export function readUtf32(of: Bitstring, at: number, little: boolean): number {
  if (at + 32 > of.bitLength) return -1;
  const code = readInteger(of, at, 32, false, little) as number;
  return isScalar(code) ? code : -1;
}

function isScalar(code: number): boolean {
  return code <= 0x10ffff && (code < 0xd800 || code > 0xdfff);
}

/** `<<a::binary, b::binary>>`. */
export function joinTwo(a: Term, b: Term): Bitstring {
  return a instanceof Bitstring && b instanceof Bitstring && a.isBinary && b.isBinary
    ? joinPair(a, b)
    : joinAll([a, b]);
}

/** Erlang looks at the first segment last: the others are appended to it. */
export function joinAll(parts: readonly Term[]): Bitstring {
  for (let n = 1; n <= parts.length; n++) {
    const i = n % parts.length;
    const part = parts[i];
    if (!(part instanceof Bitstring)) throw notWhole(i, "binary", part);
    if (!part.isBinary) throw notMultiple(i, "binary", part);
  }
  return join(parts as readonly Bitstring[]);
}

/** A segment that can be seen to be of the wrong type: Erlang's compiler leaves `badarg`, without what is wrong. */
export function refuseBits(_values: readonly Term[]): never {
  throw withHost(errorOf("badarg"));
}

/** What `for … into: ""` collects in. */
export function newBits(): BitsBuilder {
  return new BitsBuilder();
}

export function pushBits(to: BitsBuilder, part: Term): BitsBuilder {
  if (!(part instanceof Bitstring)) throw withHost(tagged("badarg", part));
  to.push(part);
  return to;
}

export function pushSegment(to: BitsBuilder, part: Term): BitsBuilder {
  if (!(part instanceof Bitstring)) throw notWhole(1, "binary", part);
  to.push(part);
  return to;
}

export interface SegmentShape {
  readonly type: string;
  readonly unit: number;
  readonly little: boolean;
  /** How many bytes a number takes, when it takes whole ones and as many each time; else 0. */
  readonly bytes: number;
}

/** The binary with a segment more that is of whole bytes, whatever its value. */
export function append(
  shapes: readonly SegmentShape[],
  index: number,
  to: Bitstring,
  value: Term,
): Bitstring {
  const shape = shapes[index];
  const { bytes } = shape;
  if (typeof value === "number" && shape.type !== "float") {
    if (bytes > 1) return to.appended(value, bytes, shape.little);
    if (bytes === 1 || (shape.type === "utf8" && value >= 0 && value < 0x80))
      return appendByte(to, value & 255);
  }
  // Not to be asked for the length that a text may not know yet, which a loop would have counted each time.
  const part =
    value instanceof Bitstring && shape.type === "binary" && value.isBinary
      ? value
      : segment(shape, value, bytes === 0 ? null : (bytes * 8) / shape.unit, index);
  return joinPair(to, part);
}

/** So many bits of a number can be moved by up to seven and are still exact. */
const PACKED = 45;
/** A number that is no bigint has so many. */
const SAFE = 53;
const POWERS = Array.from({ length: SAFE + 1 }, (_, bits) => 2 ** bits);

/** Integers alone are written where they belong; `null` if there is anything else, or one of many bits. */
function integersBits(
  shapes: readonly SegmentShape[],
  values: readonly Term[],
  sizes: readonly (Term | null)[],
): Bitstring | null {
  let total = 0;
  for (let i = 0; i < shapes.length; i++) {
    const { type, unit, little } = shapes[i];
    const [value, size] = [values[i], sizes[i] ?? 8];
    if (type !== "integer" || little || typeof size !== "number" || size < 0 || size * unit > 64) return null;
    if (typeof value !== "bigint" && (typeof value !== "number" || (value < 0 && size * unit > SAFE)))
      return null;
    total += size * unit;
  }
  const bytes = new Uint8Array((total + 7) >>> 3);
  let at = 0;
  for (let i = 0; i < shapes.length; i++) {
    const value = values[i] as number | bigint;
    const bits = ((sizes[i] as number | null) ?? 8) * shapes[i].unit;
    at += bits;
    if (typeof value === "bigint") {
      const low = Math.min(bits, 32);
      writeNumber(bytes, at, Number(BigInt.asUintN(low, value)), low);
      writeNumber(bytes, at - low, Number(BigInt.asUintN(bits, value) >> 32n), bits - low);
    } else {
      const kept = Math.min(bits, SAFE);
      const rest = value % POWERS[kept];
      writeNumber(bytes, at, rest < 0 ? rest + POWERS[kept] : rest, kept);
    }
  }
  return bitstring(bytes, total);
}

/** The bits of a number before the position, where all are zero. */
function writeNumber(bytes: Uint8Array, end: number, value: number, bits: number): void {
  for (let left = bits; left > 0; left -= FEW, end -= FEW, value = Math.floor(value / 2 ** FEW)) {
    const start = end - Math.min(left, FEW);
    // From where the first of its bytes begins.
    let word = (value % 2 ** FEW) << (32 - (start & 7) - (end - start));
    for (let i = start >>> 3; word !== 0; i++, word <<= 8) bytes[i] |= word >>> 24;
  }
}

export function buildBits(
  shapes: readonly SegmentShape[],
  values: readonly Term[],
  sizes: readonly (Term | null)[],
): Bitstring {
  const integers = integersBits(shapes, values, sizes);
  if (integers !== null) return integers;
  const parts: Bitstring[] = [];
  // Small numbers are put together as one, as most of them are no whole bytes.
  let packed = 0;
  let held = 0;
  let isChecked = false;
  for (let i = 0; i < shapes.length; i++) {
    const { type, unit, little } = shapes[i];
    const [value, size] = [values[i], sizes[i] ?? 8];
    const isPlain = type === "integer" && !little && typeof value === "number" && typeof size === "number";
    const bits = isPlain && size >= 0 ? size * unit : PACKED + 1;
    if (held > 0 && held + bits > PACKED) {
      parts.push(integerBits(packed, held, false));
      packed = held = 0;
    }
    if (bits > PACKED) {
      // Nothing is wrong with a small number of a small size.
      if (!isChecked) checkSizes(shapes, values, sizes);
      isChecked = true;
      parts.push(segment(shapes[i], value, sizes[i] as number | null, i));
    } else {
      const range = POWERS[bits];
      const rest = (value as number) % range;
      packed = packed * range + (rest < 0 ? rest + range : rest);
      held += bits;
    }
  }
  if (parts.length === 0) return integerBits(packed, held, false);
  if (held > 0) parts.push(integerBits(packed, held, false));
  return parts.length === 1 ? parts[0] : join(parts);
}

/** Sizes are looked at first, then what the size is taken from, and only then the other values. */
function checkSizes(
  shapes: readonly SegmentShape[],
  values: readonly Term[],
  sizes: readonly (Term | null)[],
): void {
  for (let i = 0; i < shapes.length; i++) {
    const size = sizes[i];
    if (size === null || (typeof size === "number" && size >= 0)) continue;
    const isLarge = typeof size === "bigint" && size > 0n;
    throw failed(i, shapes[i].type, isLarge ? "limit" : "size", size, isLarge ? "system_limit" : "badarg");
  }
  for (let i = 0; i < shapes.length; i++) {
    const { type } = shapes[i];
    const value = values[i];
    if (type === "utf32" && !isCharacter(value)) throw failed(i, type, "type", value);
    if ((type === "binary" || type === "bitstring") && sizes[i] === null && !(value instanceof Bitstring))
      throw notWhole(i, type, value);
  }
}

function isCharacter(value: Term): value is number {
  return typeof value === "number" && value >= 0 && isScalar(value);
}

function segment(
  { type, unit, little }: SegmentShape,
  value: Term,
  size: number | null,
  index: number,
): Bitstring {
  switch (type) {
    case "integer": {
      if (typeof value !== "number" && typeof value !== "bigint") throw failed(index, type, "type", value);
      return integerBits(value, (size ?? 8) * unit, little);
    }
    case "float": {
      const number =
        value instanceof Float
          ? value.value
          : typeof value === "number" || typeof value === "bigint"
            ? Number(value)
            : null;
      if (number === null) throw failed(index, type, "type", value);
      return floatBits(number, (size ?? 64) * unit, little, index, value);
    }
    case "utf8":
    case "utf16":
    case "utf32": {
      if (!isCharacter(value)) throw failed(index, type, "type", value);
      if (type === "utf8") return text(String.fromCodePoint(value));
      if (type === "utf32" || value < 0x10000) return integerBits(value, type === "utf32" ? 32 : 16, little);
      const high = 0xd800 + ((value - 0x10000) >> 10);
      const low = 0xdc00 + ((value - 0x10000) & 0x3ff);
      return integerBits(high, 16, little).appended(low, 2, little);
    }
    default: {
      if (!(value instanceof Bitstring))
        throw size === null ? notWhole(index, type, value) : failed(index, type, "type", value);
      if (size === null) {
        if (value.bitLength % unit !== 0) throw notMultiple(index, type, value);
        return value;
      }
      const bits = size * unit;
      if (bits > value.bitLength) {
        throw failed(index, type, "short", value);
      }
      return sliceBits(value, 0, bits);
    }
  }
}

function integerBits(value: number | bigint, bits: number, little: boolean): Bitstring {
  if (bits === 0) return EMPTY_BINARY;
  const spare = bits & 7;
  if (typeof value === "number") {
    if (spare === 0) return EMPTY_BINARY.appended(value, bits >>> 3, little);
    if (bits <= PACKED && !little) {
      const whole = EMPTY_BINARY.appended((value % POWERS[bits]) * (256 >> spare), (bits + 7) >>> 3, false);
      return bitstring(whole.bytes, bits);
    }
  }
  const bytes = new Uint8Array((bits + 7) >>> 3);
  const last = bytes.length - 1;
  let rest = BigInt.asUintN(bits, BigInt(value));
  if (!little && spare > 0) rest <<= BigInt(8 - spare);
  for (let i = 0; i <= last; i++, rest >>= 8n) bytes[little ? i : last - i] = Number(rest & 255n);
  if (little && spare > 0) bytes[last] <<= 8 - spare;
  return bitstring(bytes, bits);
}

function floatBits(number: number, bits: number, little: boolean, index: number, value: Term): Bitstring {
  if (bits !== 16 && bits !== 32 && bits !== 64) {
    throw failed(index, "float", "invalid", bits);
  }
  if (bits === 64) scratch.setFloat64(0, number, little);
  else if (bits === 32) scratch.setFloat32(0, number, little);
  else scratch.setUint16(0, toHalf(number), little);
  // What is too large for the segment becomes infinite, as Erlang has it; only an integer beyond all floats is refused.
  if (!Number.isFinite(number)) {
    throw failed(index, "float", "no_float", value);
  }
  const result = EMPTY_BINARY.extended(bits >>> 3);
  result.write(0, bits === 64 ? scratchBytes : scratchBytes.view(0, bits >>> 3));
  return result;
}

function toHalf(value: number): number {
  const sign = value < 0 || Object.is(value, -0) ? 0x8000 : 0;
  const x = Math.abs(value);
  if (x === 0) return sign;
  let exponent = Math.max(-14, Math.floor(Math.log2(x)));
  let fraction = x / 2 ** exponent;
  if (fraction >= 2) {
    fraction /= 2;
    exponent++;
  }
  let scaled = roundEven(fraction * 1024);
  if (scaled >= 2048) {
    scaled = 1024;
    exponent++;
  }
  if (exponent > 15) return sign | 0x7c00;
  return sign | (scaled < 1024 ? scaled : ((exponent + 15) << 10) | (scaled - 1024));
}

function roundEven(x: number): number {
  const floor = Math.floor(x);
  const rest = x - floor;
  return rest > 0.5 || (rest === 0.5 && floor % 2 === 1) ? floor + 1 : floor;
}

/** Failures of segments that have no size: evaluated code tells them in other words. */
export const notWholes = new WeakSet<Raised>();

function notWhole(index: number, type: string, value: Term): Raised {
  const raised = failed(index, type, "type", value);
  notWholes.add(raised);
  return raised;
}

function notMultiple(index: number, type: string, value: Term): Raised {
  return failed(index, type, "unit", value);
}

/**
 * `badarg`, with what the message of the error is made from: the number of the segment, its type, what is wrong and the value
 * (`:erl_erts_errors.format_bs_fail/2`).
 */
function failed(index: number, type: string, complaint: string, value: Term, reason = "badarg"): Raised {
  const raised = errorOf(reason);
  const kind = type === "bitstring" ? "binary" : type;
  raised.info = mapFrom([
    [atom("cause"), tuple(index + 1, atom(kind), atom(complaint), value)],
    [atom("function"), atom("format_bs_fail")],
    [atom("module"), atom("erl_erts_errors")],
  ]);
  return withHost(raised);
}
