/** Parts and joins of bitstrings. What starts at a byte shares the bytes; the rest is shifted into new ones. */
import { Bitstring, binary, bitstring, byteBinary, EMPTY_BINARY } from "./bitstring.ts";

/** The bits from `start` on, `length` of them, which the caller has checked. */
export function sliceBits(of: Bitstring, start: number, length: number): Bitstring {
  if (length === 0) return EMPTY_BINARY;
  if ((start & 7) === 0 && (length & 7) === 0) return sliceBytes(of, start >>> 3, length >>> 3);
  const bytes = of.bytes;
  const size = (length + 7) >>> 3;
  const result = new Uint8Array(size);
  const shift = start & 7;
  let at = start >>> 3;
  for (let i = 0; i < size; i++, at++)
    result[i] = shift === 0 ? bytes[at] : (bytes[at] << shift) | ((bytes[at + 1] ?? 0) >>> (8 - shift));
  if ((length & 7) !== 0) result[size - 1] &= 0xff00 >> (length & 7);
  return bitstring(result, length);
}

/** The bytes from `start` on, `length` of them, which the caller has checked. */
export function sliceBytes(of: Bitstring, start: number, length: number): Bitstring {
  if (length === 0) return EMPTY_BINARY;
  if (start === 0 && of.isBinary && length === of.byteLength) return of;
  if (length === 1) return byteBinary(of.byteAt(start));
  // With its length, which a program that takes text apart would else have counted at every step.
  if (of.isKnownAscii)
    return new Bitstring((of.knownText as string).slice(start, start + length), null, length * 8);
  return of.view(start, length);
}

/** From how many bytes on room is kept for more, when less is appended than there was. */
const LONG = 64;

/** Of more parts than this the host makes the text at once. */
const MANY = 16;

/** The bitstrings joined. */
export function joinBits(parts: readonly Bitstring[]): Bitstring {
  if (parts.length === 1) return parts[0];
  let bits = 0;
  let allText = true;
  let whole = true;
  for (const part of parts) {
    const { bitLength } = part;
    bits += bitLength;
    if ((bitLength & 7) !== 0) whole = false;
    if (part.knownText === null) allText = false;
  }
  if (allText) {
    // What a loop appends to must not be copied each time, as `join` does; of many parts, it makes the text at once.
    let text = "";
    if (parts.length > MANY) text = parts.map((part) => part.knownText).join("");
    else for (const part of parts) text += part.knownText;
    return new Bitstring(text, null, bits);
  }
  if (whole) return joinBytes(parts, bits >>> 3);
  const result = new Uint8Array((bits + 7) >>> 3);
  let at = 0;
  for (const part of parts) {
    const shift = at & 7;
    const bytes = part.bytes;
    if (shift === 0) result.set(bytes, at >>> 3);
    else
      for (let i = 0, to = at >>> 3; i < bytes.length; i++, to++) {
        result[to] |= bytes[i] >>> shift;
        if (to + 1 < result.length) result[to + 1] |= (bytes[i] << (8 - shift)) & 0xff;
      }
    at += part.bitLength;
  }
  return bitstring(result, bits);
}

/** The binary with a byte more. */
export function appendByte(to: Bitstring, byte: number): Bitstring {
  const { byteLength, knownText } = to;
  if (knownText !== null && byte < 0x80)
    return new Bitstring(knownText + String.fromCharCode(byte), null, (byteLength + 1) * 8);
  if (byteLength < LONG) return joinBits([to, byteBinary(byte)]);
  const result = to.extended(byteLength + 1);
  result.write(byteLength, byteBinary(byte));
  return result;
}

function joinBytes(parts: readonly Bitstring[], length: number): Bitstring {
  const [first] = parts;
  const appends = length >= LONG && length <= 2 * first.byteLength;
  const result = appends ? first.extended(length) : binary(new Uint8Array(length));
  let at = appends ? first.byteLength : 0;
  for (let i = appends ? 1 : 0; i < parts.length; i++) {
    result.write(at, parts[i]);
    at += parts[i].byteLength;
  }
  return result;
}
