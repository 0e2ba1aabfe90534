/** Reads DEFLATE, with the frames of zlib and gzip around it: synchronous, which the streams of browsers are not. */
export type Frame = "raw" | "zlib" | "gzip";

export class MalformedData extends Error {}

/** More input may follow: what has come out so far. */
export class EndsEarly extends MalformedData {
  data: Uint8Array = new Uint8Array(0);
}

/** What the data refers to is not there: a dictionary with this Adler-32. */
export class NeedsDictionary extends MalformedData {
  readonly checksum: number;

  constructor(checksum: number) {
    super("a dictionary is needed");
    this.checksum = checksum;
  }
}

/** The flag of zlib's header that says so. */
export const WITH_DICTIONARY = 0x20;

export const LENGTH_BASE = [
  3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 15, 17, 19, 23, 27, 31, 35, 43, 51, 59, 67, 83, 99, 115, 131, 163, 195,
  227, 258,
];
export const LENGTH_EXTRA = [
  0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5, 0,
];
export const DISTANCE_BASE = Array.from({ length: 30 }, (_, i) =>
  i < 4 ? i + 1 : ((2 + (i & 1)) << ((i >> 1) - 1)) + 1,
);
export const DISTANCE_EXTRA = Array.from({ length: 30 }, (_, i) => (i < 4 ? 0 : (i >> 1) - 1));
export const CODE_ORDER = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15];

/** A canonical Huffman code: how many codes each length has, and the symbols in order. */
class Code {
  readonly counts = new Uint16Array(16);
  readonly symbols: Uint16Array;

  constructor(lengths: ArrayLike<number>) {
    const offsets = new Uint16Array(16);
    for (let i = 0; i < lengths.length; i++) this.counts[lengths[i]]++;
    this.counts[0] = 0;
    for (let i = 1; i < 16; i++) offsets[i] = offsets[i - 1] + this.counts[i - 1];
    this.symbols = new Uint16Array(lengths.length);
    for (let i = 0; i < lengths.length; i++) if (lengths[i] > 0) this.symbols[offsets[lengths[i]]++] = i;
  }
}

export const FIXED_LENGTHS = Array.from({ length: 288 }, (_, i) =>
  i < 144 ? 8 : i < 256 ? 9 : i < 280 ? 7 : 8,
);
const FIXED_LITERALS = new Code(FIXED_LENGTHS);
const FIXED_DISTANCES = new Code(new Array(30).fill(5));

class Inflater {
  private readonly input: Uint8Array;
  at: number;
  private bitBuffer = 0;
  private bitCount = 0;
  private output: Uint8Array;
  private length: number;
  private readonly start: number;

  /** Data may refer to what is in the dictionary, as if that had come out before. */
  constructor(input: Uint8Array, at: number, dictionary: Uint8Array) {
    this.input = input;
    this.at = at;
    this.start = dictionary.length;
    this.length = this.start;
    this.output = new Uint8Array(this.start + 1024);
    this.output.set(dictionary);
  }

  run(): Uint8Array {
    for (;;) {
      const last = this.bits(1);
      const kind = this.bits(2);
      if (kind === 0) this.stored();
      else if (kind === 1) this.block(FIXED_LITERALS, FIXED_DISTANCES);
      else if (kind === 2) this.dynamic();
      else throw new MalformedData("a block of unknown kind");
      if (last === 1) return this.written();
    }
  }

  written(): Uint8Array {
    return this.output.slice(this.start, this.length);
  }

  private bits(count: number): number {
    while (this.bitCount < count) {
      if (this.at >= this.input.length) throw new EndsEarly("the data ends early");
      this.bitBuffer |= this.input[this.at++] << this.bitCount;
      this.bitCount += 8;
    }
    const value = this.bitBuffer & ((1 << count) - 1);
    this.bitBuffer >>>= count;
    this.bitCount -= count;
    return value;
  }

  private symbol(code: Code): number {
    let value = 0;
    let first = 0;
    let index = 0;
    for (let length = 1; length < 16; length++) {
      value |= this.bits(1);
      const count = code.counts[length];
      if (value - count < first) return code.symbols[index + (value - first)];
      index += count;
      first = (first + count) << 1;
      value <<= 1;
    }
    throw new MalformedData("a code that stands for nothing");
  }

  private emit(byte: number): void {
    if (this.length === this.output.length) {
      const grown = new Uint8Array(this.length * 2);
      grown.set(this.output);
      this.output = grown;
    }
    this.output[this.length++] = byte;
  }

  private stored(): void {
    this.bitBuffer = 0;
    this.bitCount = 0;
    if (this.at + 4 > this.input.length) throw new EndsEarly("the data ends early");
    const length = this.input[this.at] | (this.input[this.at + 1] << 8);
    this.at += 4;
    if (this.at + length > this.input.length) throw new EndsEarly("the data ends early");
    for (let i = 0; i < length; i++) this.emit(this.input[this.at++]);
  }

  private dynamic(): void {
    const literals = this.bits(5) + 257;
    const distances = this.bits(5) + 1;
    const codes = this.bits(4) + 4;
    const lengths = new Uint8Array(19);
    for (let i = 0; i < codes; i++) lengths[CODE_ORDER[i]] = this.bits(3);
    const code = new Code(lengths);
    const all = new Uint8Array(literals + distances);
    for (let i = 0; i < all.length; ) {
      const symbol = this.symbol(code);
      if (symbol < 16) {
        all[i++] = symbol;
        continue;
      }
      const repeated = symbol === 16 ? all[i - 1] : 0;
      const times = symbol === 16 ? 3 + this.bits(2) : symbol === 17 ? 3 + this.bits(3) : 11 + this.bits(7);
      if (i + times > all.length) throw new MalformedData("too many code lengths");
      all.fill(repeated, i, i + times);
      i += times;
    }
    this.block(new Code(all.subarray(0, literals)), new Code(all.subarray(literals)));
  }

  private block(literals: Code, distances: Code): void {
    for (;;) {
      const symbol = this.symbol(literals);
      if (symbol === 256) return;
      if (symbol < 256) {
        this.emit(symbol);
        continue;
      }
      const length = LENGTH_BASE[symbol - 257] + this.bits(LENGTH_EXTRA[symbol - 257]);
      const code = this.symbol(distances);
      const distance = DISTANCE_BASE[code] + this.bits(DISTANCE_EXTRA[code]);
      if (!(distance <= this.length)) throw new MalformedData("a copy from before the start");
      for (let i = 0; i < length; i++) this.emit(this.output[this.length - distance]);
    }
  }
}

/** The data, and how many bytes of the input it took with its frame. Checksums are left to the caller. */
export function inflate(
  input: Uint8Array,
  frame: Frame,
  dictionary: Uint8Array | null = null,
): { data: Uint8Array; used: number } {
  let start = 0;
  if (frame === "zlib") {
    if (input.length < 2) throw new EndsEarly("no zlib header");
    if ((input[0] & 15) !== 8 || ((input[0] << 8) | input[1]) % 31 !== 0)
      throw new MalformedData("no zlib header");
    start = 2;
    if (input[1] & WITH_DICTIONARY) {
      if (input.length < 6) throw new EndsEarly("no checksum of the dictionary");
      if (dictionary === null)
        throw new NeedsDictionary(new DataView(input.buffer, input.byteOffset).getUint32(2));
      start = 6;
    }
  } else if (frame === "gzip") start = gzipHeader(input);
  const inflater = new Inflater(input, start, dictionary ?? new Uint8Array(0));
  const trailer = frame === "zlib" ? 4 : frame === "gzip" ? 8 : 0;
  try {
    const data = inflater.run();
    if (inflater.at + trailer > input.length) throw new EndsEarly("the checksum is missing");
    return { data, used: inflater.at + trailer };
  } catch (thrown) {
    if (thrown instanceof EndsEarly) thrown.data = inflater.written();
    throw thrown;
  }
}

function gzipHeader(input: Uint8Array): number {
  if (input.length < 10) throw new EndsEarly("no gzip header");
  if (input[0] !== 0x1f || input[1] !== 0x8b) throw new MalformedData("no gzip header");
  const flags = input[3];
  let at = 10;
  if (flags & 4) at += 2 + (input[at] | (input[at + 1] << 8));
  for (const flag of [8, 16]) if (flags & flag) at = input.indexOf(0, at) + 1;
  return flags & 2 ? at + 2 : at;
}
