/** Parts and joins of bitstrings. What starts at a byte shares the bytes; the rest is shifted into new ones. */
import { Bitstring, bitstring, byteBinary, EMPTY_BINARY } from "./bitstring.ts";

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

/** The bitstrings joined. */
export function joinBits(parts: readonly Bitstring[]): Bitstring {
  if (parts.length === 1) return parts[0];
  let bits = 0;
  let allText = true;
  for (const part of parts) {
    bits += part.bitLength;
    if (part.knownText === null) allText = false;
  }
  if (allText) return new Bitstring(parts.map((part) => part.knownText).join(""), null, bits);
  const result = new Uint8Array((bits + 7) >>> 3);
  let at = 0;
  for (const part of parts) {
    const shift = at & 7;
    if (shift === 0 && part.bitLength === 8) {
      result[at >>> 3] = part.byteAt(0);
      at += 8;
      continue;
    }
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
