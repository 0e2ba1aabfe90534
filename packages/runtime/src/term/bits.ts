/** Parts and joins of bitstrings. What starts at a byte shares the bytes; the rest is shifted into new ones. */
import { Bitstring, bitstring, byteBinary, EMPTY_BINARY, joinTexts, text } from "./bitstring.ts";

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

/** Of more parts than this none is made of the first ones alone. */
const MANY = 16;

/** The bitstrings joined. */
export function joinBits(parts: readonly Bitstring[]): Bitstring {
  if (parts.length <= MANY) {
    const joined = joinKnownTexts(parts);
    if (joined !== null) return joined;
    if (parts.every((part) => part.isBinary)) return parts.reduce(joinPair, EMPTY_BINARY);
  }
  const joined = new BitsBuilder();
  for (const part of parts) joined.push(part);
  return joined.result();
}

/** The texts as one, as interpolation makes it; `null` if one of them is not known to be text. */
function joinKnownTexts(parts: readonly Bitstring[]): Bitstring | null {
  let joined = "";
  let bits = 0;
  for (const { knownText, knownBits } of parts) {
    if (knownText === null) return null;
    joined += knownText;
    bits = bits < 0 || knownBits < 0 ? -1 : bits + knownBits;
  }
  return new Bitstring(joined, null, bits);
}

/** Two binaries as one. What a loop appends to is not copied each time. */
export function joinPair(a: Bitstring, b: Bitstring): Bitstring {
  if (a === EMPTY_BINARY) return b;
  if (a.knownText !== null && b.knownText !== null) return joinTexts(a, b);
  const { byteLength } = a;
  const result = a.extended(byteLength + b.byteLength);
  result.write(byteLength, b);
  return result;
}

/** The binary with a byte more. */
export function appendByte(to: Bitstring, byte: number): Bitstring {
  const { byteLength, knownText } = to;
  if (knownText === null || byte > 0x7f) return to.appended(byte, 1, false);
  return byteLength === 0
    ? byteBinary(byte)
    : new Bitstring(knownText + String.fromCharCode(byte), null, (byteLength + 1) * 8);
}

/** Puts many parts together, one after the other: as text while all of them are text, then as bytes. */
export class BitsBuilder {
  #text = "";
  #bytes: Uint8Array | null = null;
  #bits = 0;

  push(part: Bitstring): void {
    if (this.#bytes === null && part.knownText !== null) {
      this.#text += part.knownText;
      return;
    }
    const { bitLength } = part;
    const bytes = this.#room(bitLength);
    const shift = this.#bits & 7;
    let to = this.#bits >>> 3;
    this.#bits += bitLength;
    if (bitLength === 8 && shift === 0) bytes[to] = part.byteAt(0);
    else if (shift === 0) bytes.set(part.bytes, to);
    else {
      for (const byte of part.bytes) {
        bytes[to++] |= byte >>> shift;
        bytes[to] = byte << (8 - shift);
      }
    }
  }

  /** Of whole bytes before it. */
  pushByte(byte: number): void {
    if (this.#bytes === null && byte < 0x80) this.#text += String.fromCharCode(byte);
    else {
      this.#room(8)[this.#bits >>> 3] = byte;
      this.#bits += 8;
    }
  }

  result(): Bitstring {
    if (this.#bytes === null) return text(this.#text);
    return bitstring(this.#bytes.slice(0, (this.#bits + 7) >>> 3), this.#bits);
  }

  /** The bytes, with room for so many bits more and for one that the last of them begins. */
  #room(bits: number): Uint8Array {
    let bytes = this.#bytes;
    if (bytes === null) {
      bytes = text(this.#text).bytes;
      this.#bits = bytes.length * 8;
    }
    const length = ((this.#bits + bits) >>> 3) + 2;
    if (length > bytes.length) {
      const larger = new Uint8Array(2 * length);
      larger.set(bytes);
      bytes = larger;
    }
    this.#bytes = bytes;
    return bytes;
  }
}
