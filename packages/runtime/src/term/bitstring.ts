/**
 * Bitstrings; a binary is one whose length is a multiple of eight bits.
 *
 * Text is most of what programs hold, so a binary made of text keeps the JavaScript string and makes
 * its UTF-8 bytes only when something asks for them, once. The reverse holds too: bytes that turn out
 * to be valid UTF-8 remember their text. At least one of the two is present. Neither form is
 * canonical: compare through `bitstringsEqual`, never by looking at one field.
 *
 * A part of a binary is a view of the same bytes. It gets an array of its own only when something asks for one, as a
 * program that takes a binary apart makes a view at every step and reads a byte of each.
 */
const encoder = new TextEncoder();
const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

/** Marks in the place of where a view begins. */
const OWN = -1;
const ASCII = -2;

/** Up to so many bytes are copied one by one, which takes less than asking for their array. */
const FEW = 32;

/**
 * Bytes with room behind them, which is where a loop that appends to a binary writes: the binaries made before see none of it.
 * What is appended to one that others have been appended to already is copied. Small binaries share one, as an array of
 * its own costs more than they do.
 */
class Room extends Uint8Array {
  static get [Symbol.species]() {
    return Uint8Array;
  }
  /** How many bytes belong to some binary. */
  used = 0;
}

/** Binaries up to this length share a room. */
const SMALL = 256;
/** How much of it a small binary that lives for long may keep alive. */
const SHARED = 4096;

let shared = new Room(SHARED);

export class Bitstring {
  /** The well-formed text of the bytes; `null` when unknown; `undefined` when known not to be UTF-8. */
  #text: string | null | undefined;
  /** The bytes, the last one padded with zero bits at its low end; shared, never written to. */
  #bytes: Uint8Array | null;
  /** Length in bits; -1 while only the text is known. */
  #bits: number;
  /** Where this view begins in `#bytes`; `OWN` when the array is this binary's; `ASCII` while there is only text, which is known to be that. */
  #start: number;

  constructor(text: string | null | undefined, bytes: Uint8Array | null, bits: number, start = OWN) {
    this.#text = text;
    this.#bytes = bytes;
    this.#bits = bits;
    this.#start = start;
  }

  /** Length in bits. Mirrors `bit_size/1`. */
  get bitLength(): number {
    if (this.#bits < 0) this.#count(this.#text as string);
    return this.#bits;
  }

  /** The bytes of a long text are made at once, which takes less than looking at each character. */
  #count(value: string): void {
    if (value.length > SMALL) void this.bytes;
    else this.#bits = utf8Length(value) * 8;
  }

  /** Length in bytes, the last partial byte counted. Mirrors `byte_size/1`. */
  get byteLength(): number {
    return (this.bitLength + 7) >>> 3;
  }

  get isBinary(): boolean {
    return this.#bits < 0 || (this.#bits & 7) === 0;
  }

  get bytes(): Uint8Array {
    if (this.#bytes === null) {
      this.#bytes = encoder.encode(this.#text as string);
      this.#bits = this.#bytes.length * 8;
    } else if (this.#start >= 0) {
      this.#bytes = this.#bytes.subarray(this.#start, this.#start + this.byteLength);
      this.#start = OWN;
    }
    return this.#bytes;
  }

  /** The byte at an index, which the caller has checked. */
  byteAt(index: number): number {
    const bytes = this.#bytes;
    if (bytes !== null) return this.#start < 0 ? bytes[index] : bytes[this.#start + index];
    return this.#start === ASCII ? (this.#text as string).charCodeAt(index) : this.#byteOfText(index);
  }

  #byteOfText(index: number): number {
    if (!this.isKnownAscii) return this.bytes[index];
    this.#start = ASCII;
    return (this.#text as string).charCodeAt(index);
  }

  /** A view of the bytes from an index on, which the caller has checked. */
  view(start: number, length: number): Bitstring {
    const bytes = this.#bytes ?? this.bytes;
    return new Bitstring(null, bytes, length * 8, this.#start < 0 ? start : this.#start + start);
  }

  /** The binary of so many bytes that begins with those of this one; whoever asks writes the others. */
  extended(length: number): Bitstring {
    // Asking what is no room for it takes less than asking whether it is one.
    const bytes = this.#bytes as Room | null;
    const start = this.#start;
    const before = this.byteLength;
    if (bytes !== null && bytes.used === start + before && start + length <= bytes.length) {
      bytes.used = start + length;
      return new Bitstring(null, bytes, length * 8, start);
    }
    let result: Bitstring;
    if (length > SMALL && length > 2 * before)
      result = new Bitstring(null, new Uint8Array(length), length * 8);
    else {
      let room = shared;
      if (length > SMALL) room = new Room(2 * length);
      else if (room.used + length > SHARED) shared = room = new Room(SHARED);
      result = new Bitstring(null, room, length * 8, room.used);
      room.used += length;
    }
    if (before > 0) result.write(0, this);
    return result;
  }

  /** The binary with the low bytes of a whole number behind it. */
  appended(value: number, count: number, little: boolean): Bitstring {
    const length = this.byteLength;
    const result = this.extended(length + count);
    const bytes = result.#bytes as Uint8Array;
    let at = Math.max(result.#start, 0) + length;
    if (count === 1) bytes[at] = value;
    else {
      const step = little ? 1 : -1;
      if (!little) at += count - 1;
      for (; count > 0; count--, at += step) {
        bytes[at] = value;
        // What does not fit into 32 bits is divided, as shifts would cut it.
        value = count > 4 ? Math.floor(value / 256) : value >> 8;
      }
    }
    return result;
  }

  /** Writes into bytes that nobody else has seen. */
  write(index: number, part: Bitstring): void {
    const bytes = this.#bytes as Uint8Array;
    const at = Math.max(this.#start, 0) + index;
    const { byteLength } = part;
    if (byteLength > FEW) bytes.set(part.bytes, at);
    else for (let i = 0; i < byteLength; i++) bytes[at + i] = part.byteAt(i);
  }

  /** Length in bits if it is at hand without counting, else -1. */
  get knownBits(): number {
    return this.#bits;
  }

  /** The text, or `undefined` when the bits are not valid UTF-8. */
  get text(): string | undefined {
    if (this.#text === null) {
      if ((this.#bits & 7) !== 0) this.#text = undefined;
      else {
        try {
          this.#text = decoder.decode(this.bytes);
        } catch {
          this.#text = undefined;
        }
      }
    }
    return this.#text;
  }

  /** The text if it is at hand without decoding: the fast path of comparing, hashing and joining. */
  get knownText(): string | null {
    return this.#text ?? null;
  }

  /** Whether text is at hand and every character is one byte, so that indices of both forms agree. */
  get isKnownAscii(): boolean {
    const text = this.#text;
    return typeof text === "string" && this.bitLength === text.length * 8;
  }
}

export const EMPTY_BINARY = new Bitstring("", null, 0);

/** A binary of well-formed text. */
export function text(value: string): Bitstring {
  return new Bitstring(value, null, -1);
}

/** A binary of text without a character beyond ASCII, which then need not be counted. */
export function ascii(value: string): Bitstring {
  return new Bitstring(value, null, value.length * 8);
}

/** Two texts as one. */
export function joinTexts(a: Bitstring, b: Bitstring): Bitstring {
  const bits = a.knownBits < 0 || b.knownBits < 0 ? -1 : a.knownBits + b.knownBits;
  return new Bitstring((a.knownText as string) + (b.knownText as string), null, bits);
}

const ONE_BYTE: Bitstring[] = [];

/** The binary of one byte, always the same. */
export function byteBinary(byte: number): Bitstring {
  ONE_BYTE[byte] ??=
    byte < 0x80 ? new Bitstring(String.fromCharCode(byte), null, 8) : binary(Uint8Array.of(byte));
  return ONE_BYTE[byte];
}

/** A binary of bytes, which the caller gives away. */
export function binary(bytes: Uint8Array): Bitstring {
  return new Bitstring(null, bytes, bytes.length * 8);
}

/** A bitstring of the first `bits` bits of the bytes, which the caller gives away. */
export function bitstring(bytes: Uint8Array, bits: number): Bitstring {
  return new Bitstring(null, bytes, bits);
}

function utf8Length(value: string): number {
  let length = value.length;
  for (let i = 0; i < value.length; i++) {
    const unit = value.charCodeAt(i);
    if (unit < 0x80) continue;
    // A surrogate pair is four bytes in two units; each unit then adds one.
    length += unit < 0x800 || (unit >= 0xd800 && unit <= 0xdfff) ? 1 : 2;
  }
  return length;
}

/** Whether both hold the same bits. */
export function bitstringsEqual(a: Bitstring, b: Bitstring): boolean {
  const textA = a.knownText;
  const textB = b.knownText;
  if (textA !== null && textB !== null) return textA === textB;
  if (a.bitLength !== b.bitLength) return false;
  const x = a.bytes;
  const y = b.bytes;
  for (let i = a.byteLength - 1; i >= 0; i--) if (x[i] !== y[i]) return false;
  return true;
}

/** The order of bitstrings: by their bits from the left; a prefix comes first. */
export function compareBitstrings(a: Bitstring, b: Bitstring): number {
  const textA = a.knownText;
  const textB = b.knownText;
  if (textA !== null && textB !== null) return compareText(textA, textB);
  const x = a.bytes;
  const y = b.bytes;
  // The last byte is padded with zeros, so comparing it whole is right until the lengths decide.
  const length = Math.min(a.byteLength, b.byteLength);
  for (let i = 0; i < length; i++) {
    if (x[i] === y[i]) continue;
    const bits = Math.min(a.bitLength, b.bitLength) - i * 8;
    if (bits >= 8) return x[i] - y[i];
    const mask = 0xff & (0xff00 >> bits);
    return (x[i] & mask) - (y[i] & mask) || a.bitLength - b.bitLength;
  }
  return a.bitLength - b.bitLength;
}

/** The order of the UTF-8 bytes of two texts, which is that of their code points. */
export function compareText(a: string, b: string): number {
  if (a === b) return 0;
  const length = Math.min(a.length, b.length);
  for (let i = 0; i < length; i++) {
    const x = a.charCodeAt(i);
    const y = b.charCodeAt(i);
    if (x === y) continue;
    // UTF-16 puts the surrogates of U+10000 and beyond below U+E000.
    const highA = x >= 0xd800 && x <= 0xdfff;
    const highB = y >= 0xd800 && y <= 0xdfff;
    return highA === highB ? x - y : highA ? 1 : -1;
  }
  return a.length - b.length;
}
