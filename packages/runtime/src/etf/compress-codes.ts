/**
 * Blocks of DEFLATE: literals and matches are gathered, and written with the codes that take least room: those that fit the
 * block, the fixed ones, or none. Codes are built as zlib builds them, which decides between equals.
 */
import {
  CODE_ORDER,
  DISTANCE_BASE,
  DISTANCE_EXTRA,
  FIXED_LENGTHS,
  LENGTH_BASE,
  LENGTH_EXTRA,
} from "./deflate.ts";

/** A block is full with so many literals and matches. */
export const BLOCK_SYMBOLS = 16383;

const END = 256;
const LITERALS = 286;
const DISTANCES = 30;
const LENGTHS = 19;
const REPEAT = 16;
const ZEROS = 17;
const MANY_ZEROS = 18;

/** A prefix code: how many bits each symbol has, and which, the first to be written lowest. */
interface Code {
  readonly lengths: Uint8Array;
  readonly bits: Uint16Array;
  readonly last: number;
}

function bitsOf(lengths: Uint8Array): Uint16Array {
  const next = new Uint16Array(17);
  // Codes of a length begin behind those that are one bit shorter.
  for (const length of lengths) if (length > 0) next[length + 1]++;
  for (let i = 1; i < 17; i++) next[i] = (next[i] + next[i - 1]) << 1;
  return Uint16Array.from(lengths, (length) => {
    let code = length === 0 ? 0 : next[length]++;
    let result = 0;
    for (let i = 0; i < length; i++, code >>= 1) result = (result << 1) | (code & 1);
    return result;
  });
}

/** The code for how often each symbol comes. One symbol or none gets company, as a code has at least two. */
function codeFor(frequencies: readonly number[], most: number): Code {
  const size = frequencies.length;
  const weights = frequencies.slice();
  const depths: number[] = new Array(size).fill(0);
  const parents: number[] = [];
  const heap: number[] = [];
  let last = -1;
  for (let n = 0; n < size; n++)
    if (weights[n] > 0) {
      heap.push(n);
      last = n;
    }
  while (heap.length < 2) {
    const node = last < 2 ? ++last : 0;
    weights[node] = 1;
    heap.push(node);
  }
  const smaller = (n: number, m: number): boolean =>
    weights[n] < weights[m] || (weights[n] === weights[m] && depths[n] <= depths[m]);
  const sink = (k: number): void => {
    const node = heap[k];
    for (let j = 2 * k + 1; j < heap.length; j = 2 * k + 1) {
      if (j + 1 < heap.length && smaller(heap[j + 1], heap[j])) j++;
      if (smaller(node, heap[j])) break;
      heap[k] = heap[j];
      k = j;
    }
    heap[k] = node;
  };
  for (let k = (heap.length >> 1) - 1; k >= 0; k--) sink(k);
  // Nodes in the order in which they leave the heap, the lightest first.
  const order: number[] = [];
  for (let node = size; heap.length > 1; node++) {
    const first = heap[0];
    heap[0] = heap[heap.length - 1];
    heap.pop();
    sink(0);
    const second = heap[0];
    order.push(first, second);
    weights[node] = weights[first] + weights[second];
    depths[node] = Math.max(depths[first], depths[second]) + 1;
    parents[first] = parents[second] = node;
    heap[0] = node;
    sink(0);
  }
  const lengths = lengthsOf(order, parents, size, most);
  return { lengths, bits: bitsOf(lengths), last };
}

/** How deep the symbols are in the tree; those deeper than `most` are lifted at the cost of others. */
function lengthsOf(
  order: readonly number[],
  parents: readonly number[],
  size: number,
  most: number,
): Uint8Array {
  const lengths: number[] = [];
  const counts: number[] = new Array(most + 1).fill(0);
  let over = 0;
  for (let h = order.length - 1; h >= 0; h--) {
    const node = order[h];
    const depth = (lengths[parents[node]] ?? 0) + 1;
    if (depth > most) over++;
    lengths[node] = Math.min(depth, most);
    if (node < size) counts[lengths[node]]++;
  }
  if (over > 0) {
    for (; over > 0; over -= 2) {
      let bits = most - 1;
      while (counts[bits] === 0) bits--;
      counts[bits]--;
      counts[bits + 1] += 2;
      counts[most]--;
    }
    let h = 0;
    for (let bits = most; bits > 0; bits--)
      for (let n = counts[bits]; n > 0; h++) {
        if (order[h] >= size) continue;
        lengths[order[h]] = bits;
        n--;
      }
  }
  return Uint8Array.from({ length: size }, (_, n) => lengths[n] ?? 0);
}

const FIXED: readonly [literals: Code, distances: Code] = [
  fixedCode(Uint8Array.from(FIXED_LENGTHS)),
  fixedCode(new Uint8Array(DISTANCES).fill(5)),
];

function fixedCode(lengths: Uint8Array): Code {
  return { lengths, bits: bitsOf(lengths), last: lengths.length - 1 };
}

/** A symbol of the code of lengths, with the bits that say how often it counts. */
type Run = readonly [symbol: number, extra: number, extraBits: number];

/** The lengths of a code, those that repeat taken together. */
function runsOf({ lengths, last }: Code): Run[] {
  const runs: Run[] = [];
  let before = -1;
  for (let n = 0; n <= last; ) {
    const length = lengths[n];
    const most = length === 0 ? 138 : length === before ? 6 : 7;
    let count = 1;
    while (count < most && n + count <= last && lengths[n + count] === length) count++;
    n += count;
    const isNew = length !== 0 && length !== before;
    if (count < (length === 0 || !isNew ? 3 : 4)) for (let i = 0; i < count; i++) runs.push([length, 0, 0]);
    else if (length !== 0) {
      if (isNew) runs.push([length, 0, 0]);
      runs.push([REPEAT, count - (isNew ? 4 : 3), 2]);
    } else if (count <= 10) runs.push([ZEROS, count - 3, 3]);
    else runs.push([MANY_ZEROS, count - 11, 7]);
    before = length;
  }
  return runs;
}

/** The last entry that is no greater. */
function indexIn(bases: readonly number[], value: number): number {
  let i = bases.length - 1;
  while (bases[i] > value) i--;
  return i;
}

export class BlockWriter {
  /** Literals as they are; a match is its length beside its distance. */
  private readonly values = new Uint16Array(BLOCK_SYMBOLS);
  private readonly distances = new Uint16Array(BLOCK_SYMBOLS);
  count = 0;
  private literals: number[] = [];
  private places: number[] = [];
  private output = new Uint8Array(1024);
  private length = 0;
  private buffer = 0;
  private held = 0;

  constructor() {
    this.begin();
  }

  private begin(): void {
    this.count = 0;
    this.literals = new Array(LITERALS).fill(0);
    this.literals[END] = 1;
    this.places = new Array(DISTANCES).fill(0);
  }

  literal(byte: number): void {
    this.values[this.count] = byte;
    this.distances[this.count++] = 0;
    this.literals[byte]++;
  }

  match(length: number, distance: number): void {
    this.values[this.count] = length;
    this.distances[this.count++] = distance;
    this.literals[END + 1 + indexIn(LENGTH_BASE, length)]++;
    this.places[indexIn(DISTANCE_BASE, distance)]++;
  }

  /** Writes what was gathered, which stands for these bytes, in the way that is shortest. */
  flush(bytes: Uint8Array, isLast: boolean): void {
    const codes = [codeFor(this.literals, 15), codeFor(this.places, 15)] as const;
    const runs = codes.flatMap(runsOf);
    const frequencies: number[] = new Array(LENGTHS).fill(0);
    for (const [symbol] of runs) frequencies[symbol]++;
    const code = codeFor(frequencies, 7);
    let shown = LENGTHS;
    while (shown > 4 && code.lengths[CODE_ORDER[shown - 1]] === 0) shown--;
    const header = runs.reduce(
      (sum, [symbol, , extra]) => sum + code.lengths[symbol] + extra,
      14 + 3 * shown,
    );
    const own = (header + this.size(codes) + 10) >> 3;
    const fixed = (this.size(FIXED) + 10) >> 3;
    const last = isLast ? 1 : 0;
    if (bytes.length + 4 <= Math.min(own, fixed)) {
      this.bits(last, 3);
      this.align();
      this.bits(bytes.length, 16);
      this.bits(~bytes.length & 0xffff, 16);
      for (const byte of bytes) this.bits(byte, 8);
    } else if (fixed <= own) {
      this.bits(2 + last, 3);
      this.write(FIXED);
    } else {
      this.bits(4 + last, 3);
      this.bits(codes[0].last - 256, 5);
      this.bits(codes[1].last, 5);
      this.bits(shown - 4, 4);
      for (let i = 0; i < shown; i++) this.bits(code.lengths[CODE_ORDER[i]], 3);
      for (const [symbol, extra, extraBits] of runs) {
        this.bits(code.bits[symbol], code.lengths[symbol]);
        this.bits(extra, extraBits);
      }
      this.write(codes);
    }
    this.begin();
  }

  result(): Uint8Array {
    this.align();
    return this.output.slice(0, this.length);
  }

  /** How many bits the block takes in these codes. */
  private size([literals, places]: readonly [Code, Code]): number {
    let sum = 0;
    this.literals.forEach((count, n) => {
      sum += count * (literals.lengths[n] + (n > END ? LENGTH_EXTRA[n - END - 1] : 0));
    });
    this.places.forEach((count, n) => {
      sum += count * (places.lengths[n] + DISTANCE_EXTRA[n]);
    });
    return sum;
  }

  private write([literals, places]: readonly [Code, Code]): void {
    const symbol = (code: Code, n: number) => this.bits(code.bits[n], code.lengths[n]);
    for (let i = 0; i < this.count; i++) {
      const [value, distance] = [this.values[i], this.distances[i]];
      if (distance === 0) {
        symbol(literals, value);
        continue;
      }
      const length = indexIn(LENGTH_BASE, value);
      symbol(literals, END + 1 + length);
      this.bits(value - LENGTH_BASE[length], LENGTH_EXTRA[length]);
      const place = indexIn(DISTANCE_BASE, distance);
      symbol(places, place);
      this.bits(distance - DISTANCE_BASE[place], DISTANCE_EXTRA[place]);
    }
    symbol(literals, END);
  }

  private align(): void {
    if (this.held > 0) this.bits(0, 8 - this.held);
  }

  private bits(value: number, count: number): void {
    this.buffer |= value << this.held;
    this.held += count;
    while (this.held >= 8) {
      if (this.length === this.output.length) {
        const grown = new Uint8Array(this.length * 2);
        grown.set(this.output);
        this.output = grown;
      }
      this.output[this.length++] = this.buffer & 0xff;
      this.buffer >>>= 8;
      this.held -= 8;
    }
  }
}
