/**
 * Writes DEFLATE as zlib does, byte for byte: what is a match, which of two is taken and how codes are built are zlib's
 * choices, so that what Erlang compresses and what is compressed here are the same. `compress-codes.ts` writes the blocks.
 */
import { BLOCK_SYMBOLS, BlockWriter } from "./compress-codes.ts";

export const DEFAULT_LEVEL = 6;

/** How long is looked for a match: less behind one that is `good`, not at all behind a `lazy` one, no further than a `nice` one. */
interface Effort {
  readonly good: number;
  readonly lazy: number;
  readonly nice: number;
  /** How many earlier places of one hash are looked at. */
  readonly chain: number;
}

/** By level, from 1 on. The first three take each match that they find. */
const EFFORTS: readonly Effort[] = [
  { good: 4, lazy: 4, nice: 8, chain: 4 },
  { good: 4, lazy: 5, nice: 16, chain: 8 },
  { good: 4, lazy: 6, nice: 32, chain: 32 },
  { good: 4, lazy: 4, nice: 16, chain: 16 },
  { good: 8, lazy: 16, nice: 32, chain: 32 },
  { good: 8, lazy: 16, nice: 128, chain: 128 },
  { good: 8, lazy: 32, nice: 128, chain: 256 },
  { good: 32, lazy: 128, nice: 258, chain: 1024 },
  { good: 32, lazy: 258, nice: 258, chain: 4096 },
];
const LAST_EAGER_LEVEL = 3;

const WINDOW = 32768;
const SHORTEST = 3;
const LONGEST = 258;
const FURTHEST = WINDOW - LONGEST - SHORTEST - 1;
/** The shortest match is not worth a longer distance. */
const FAR = 4096;
const HASHES = 32768;

class Deflater {
  private readonly input: Uint8Array;
  private readonly effort: Effort;
  private readonly writer: BlockWriter;
  /** The last place of each hash, and the place before each with its hash. Place 0 is none, so nothing matches it. */
  private readonly heads = new Int32Array(HASHES);
  private readonly previous = new Int32Array(WINDOW);
  private at = 0;
  private matchAt = 0;
  private blockStart = 0;

  /** Of the input, the first `known` bytes are only there to be referred to. */
  constructor(input: Uint8Array, effort: Effort, known: number) {
    this.input = input;
    this.effort = effort;
    this.writer = new BlockWriter();
    for (; this.at < known; this.at++) this.insert();
    this.blockStart = known;
  }

  run(eager: boolean): Uint8Array {
    if (eager) this.eager();
    else this.lazy();
    this.flush(true);
    return this.writer.result();
  }

  private eager(): void {
    const { input, effort, writer } = this;
    while (this.at < input.length) {
      const length = this.longest(this.insert(), SHORTEST - 1);
      if (length >= SHORTEST) {
        writer.match(length, this.at - this.matchAt);
        const end = this.at + length;
        if (length <= effort.lazy && end + SHORTEST <= input.length) {
          for (this.at++; this.at < end; this.at++) this.insert();
        } else this.at = end;
      } else writer.literal(input[this.at++]);
      if (writer.count === BLOCK_SYMBOLS) this.flush(false);
    }
  }

  /** A match is taken when the next place has no longer one. */
  private lazy(): void {
    const { input, effort, writer } = this;
    let length = SHORTEST - 1;
    let isPending = false;
    while (this.at < input.length) {
      const place = this.insert();
      const before = length;
      const beforeAt = this.matchAt;
      length = SHORTEST - 1;
      if (before < effort.lazy) {
        length = this.longest(place, before);
        if (length === SHORTEST && this.at - this.matchAt > FAR) length = SHORTEST - 1;
      }
      if (before >= SHORTEST && length <= before) {
        writer.match(before, this.at - 1 - beforeAt);
        const end = this.at - 1 + before;
        for (this.at++; this.at < end; this.at++) this.insert();
        isPending = false;
        length = SHORTEST - 1;
        if (writer.count === BLOCK_SYMBOLS) this.flush(false);
      } else {
        if (isPending) {
          writer.literal(input[this.at - 1]);
          if (writer.count === BLOCK_SYMBOLS) this.flush(false);
        }
        isPending = true;
        this.at++;
      }
    }
    if (isPending) writer.literal(input[this.at - 1]);
  }

  private flush(isLast: boolean): void {
    this.writer.flush(this.input.subarray(this.blockStart, this.at), isLast);
    this.blockStart = this.at;
  }

  /** Notes this place under its hash; the place before with the same. */
  private insert(): number {
    const { input, at } = this;
    if (at + SHORTEST > input.length) return 0;
    const hash = ((input[at] << 10) ^ (input[at + 1] << 5) ^ input[at + 2]) & (HASHES - 1);
    const place = this.heads[hash];
    this.previous[at & (WINDOW - 1)] = place;
    this.heads[hash] = at;
    return place;
  }

  /** The length of the longest match at this place that is longer than `before`, or less than the shortest. */
  private longest(place: number, before: number): number {
    const { input, at, effort } = this;
    const limit = Math.max(0, at - FURTHEST);
    const most = Math.min(LONGEST, input.length - at);
    const nice = Math.min(effort.nice, most);
    let best = before;
    if (place === 0 || at - place > FURTHEST) return SHORTEST - 1;
    let tries = before >= effort.good ? effort.chain >> 2 : effort.chain;
    do {
      if (input[place + best] === input[at + best]) {
        let length = 0;
        while (length < most && input[place + length] === input[at + length]) length++;
        if (length > best) {
          this.matchAt = place;
          best = length;
          if (length >= nice) break;
        }
      }
      place = this.previous[place & (WINDOW - 1)];
    } while (place > limit && --tries > 0);
    return Math.min(best, most);
  }
}

/** Compressed, without a frame; of the input without its first `known` bytes, which who inflates has. */
export function deflate(input: Uint8Array, level = DEFAULT_LEVEL, known = 0): Uint8Array {
  return new Deflater(input, EFFORTS[level - 1], known).run(level <= LAST_EAGER_LEVEL);
}

/** Compressed, in the frame of zlib. */
export function zlib(input: Uint8Array, level = DEFAULT_LEVEL): Uint8Array {
  const data = deflate(input, level);
  const result = new Uint8Array(data.length + 6);
  const view = new DataView(result.buffer);
  const header = 0x7800 | ((level < 2 ? 0 : level < 6 ? 1 : level === 6 ? 2 : 3) << 6);
  view.setUint16(0, header + 31 - (header % 31));
  result.set(data, 2);
  let a = 1;
  let b = 0;
  for (const byte of input) {
    a = (a + byte) % 65521;
    b = (b + a) % 65521;
  }
  view.setUint32(data.length + 2, b * 65536 + a);
  return result;
}
