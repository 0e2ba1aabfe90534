/**
 * `:erlang.phash2`: the hash that Erlang documents to be the same on every machine. Jenkins' mixing of 32-bit
 * words, applied to the parts of a term in one fixed order.
 */
import {
  Atom,
  Bitstring,
  badarg,
  Cons,
  captured,
  EMPTY,
  Float,
  Fun,
  funUnique,
  mapEntries,
  Pid,
  Port,
  Reference,
  type Term,
  TermMap,
  Tuple,
} from "../term/index.ts";
import type { NativeModule } from "./native.ts";

const GOLDEN = 0x9e3779b9;
/** The constant that tells types apart: a multiple of the golden ratio. */
export const constant = (n: number): number => Math.imul(GOLDEN, n);

/** The three words that are mixed: numbers of 32 bits that need no objects. */
const words = new Int32Array(3);

function mix(): void {
  let a = words[0];
  let b = words[1];
  let c = words[2];
  a = (((a - b) | 0) - c) ^ (c >>> 13);
  b = (((b - c) | 0) - a) ^ (a << 8);
  c = (((c - a) | 0) - b) ^ (b >>> 13);
  a = (((a - b) | 0) - c) ^ (c >>> 12);
  b = (((b - c) | 0) - a) ^ (a << 16);
  c = (((c - a) | 0) - b) ^ (b >>> 5);
  a = (((a - b) | 0) - c) ^ (c >>> 3);
  b = (((b - c) | 0) - a) ^ (a << 10);
  c = (((c - a) | 0) - b) ^ (b >>> 15);
  words[0] = a;
  words[1] = b;
  words[2] = c;
}

export function hashWords(hash: number, x: number, y: number, constantValue: number): number {
  words[0] = constantValue + x;
  words[1] = constantValue + y;
  words[2] = hash;
  mix();
  return words[2];
}

export function hashWord(hash: number, x: number, constantValue: number): number {
  return hashWords(hash, x, 0, constantValue);
}

function hashBytes(bytes: Uint8Array, length: number, start: number): number {
  words[0] = words[1] = GOLDEN;
  words[2] = start;
  const word = (i: number) => bytes[i] | (bytes[i + 1] << 8) | (bytes[i + 2] << 16) | (bytes[i + 3] << 24);
  let i = 0;
  for (; length - i >= 12; i += 12) {
    words[0] += word(i);
    words[1] += word(i + 4);
    words[2] += word(i + 8);
    mix();
  }
  words[2] += length;
  const left = length - i;
  // The lowest byte of the last word is taken by the length.
  for (let j = 0; j < left; j++) {
    const byte = bytes[i + j];
    if (j < 4) words[0] += byte << (8 * j);
    else if (j < 8) words[1] += byte << (8 * (j - 4));
    else words[2] += byte << (8 * (j - 7));
  }
  mix();
  return words[2];
}

/** Whole bytes, and then what is left of the last one. */
export function hashBits(hash: number, bits: Bitstring): number {
  const start = (constant(13) + hash) | 0;
  if (bits.bitLength === 0) return start;
  const whole = bits.bitLength >>> 3;
  const left = bits.bitLength & 7;
  const bytes = hashBytes(bits.bytes, whole, start);
  return left === 0 ? bytes : hashWords(bytes, left, bits.bytes[whole] >> (8 - left), constant(15));
}

const atomHashes = new WeakMap<Atom, number>();
const encoder = new TextEncoder();

/** The hash of an atom's name, as the emulator's atom table has it. */
export function hashAtom(of: Atom): number {
  const known = atomHashes.get(of);
  if (known !== undefined) return known;
  const bytes = encoder.encode(of.name);
  let h = 0;
  for (let i = 0; i < bytes.length; i++) {
    let v = bytes[i];
    // Latin-1 characters count as one byte each, as before atoms were UTF-8.
    if (i + 1 < bytes.length && (v & 0xfe) === 0xc2 && (bytes[i + 1] & 0xc0) === 0x80) {
      v = ((v << 6) | (bytes[i + 1] & 0x3f)) & 0xff;
      i++;
    }
    h = ((h << 4) + v) | 0;
    const g = h & 0xf0000000;
    if (g !== 0) h = h ^ (g >>> 24) ^ g;
  }
  atomHashes.set(of, h);
  return h;
}

function hashInteger(hash: number, value: number | bigint): number {
  if (typeof value === "number" && value >= -(2 ** 27) && value < 2 ** 27) {
    if (value < 0) hash = hashWord(hash, -value, GOLDEN);
    return hashWord(hash, value, GOLDEN);
  }
  const kind = constant(value < 0 ? 10 : 11);
  let rest = value < 0 ? -BigInt(value) : BigInt(value);
  do {
    hash = hashWords(hash, Number(rest & 0xffffffffn), Number((rest >> 32n) & 0xffffffffn), kind);
    rest >>= 64n;
  } while (rest > 0n);
  return hash;
}

const float64 = new DataView(new ArrayBuffer(8));

/** Work that is not a term: the end of an entry of a map, and the end of the map with the hash before it. */
class EntryEnd {}
class MapEnd {
  readonly hash: number;
  readonly entries: number;
  constructor(hash: number, entries: number) {
    this.hash = hash;
    this.entries = entries;
  }
}
const ENTRY_END = new EntryEnd();

function portableHash(term: Term): number {
  const pending: (Term | EntryEnd | MapEnd)[] = [term];
  let hash = 0;
  let entries = 0;
  while (pending.length > 0) {
    const next = pending.pop() as Term | EntryEnd | MapEnd;
    if (next instanceof EntryEnd) {
      entries ^= hash;
      hash = 0;
    } else if (next instanceof MapEnd) {
      hash = hashWord(next.hash, entries, constant(19));
      entries = next.entries;
    } else if (typeof next === "number" || typeof next === "bigint") hash = hashInteger(hash, next);
    else if (next instanceof Atom)
      hash = hash === 0 ? hashAtom(next) : hashWord(hash, hashAtom(next), constant(3));
    else if (next === EMPTY) hash = hash === 0 ? 3468870702 | 0 : hashWord(hash, 2, constant(2));
    else if (next instanceof Cons) {
      let word = 0;
      let count = 0;
      let rest: Term = next;
      // Bytes in a list are hashed four at a time.
      while (rest instanceof Cons && isByte(rest.head)) {
        word = ((word << 8) + (rest.head as number)) | 0;
        if (++count === 4) {
          hash = hashWord(hash, word, constant(4));
          word = 0;
          count = 0;
        }
        rest = rest.tail;
      }
      if (count > 0) hash = hashWord(hash, word, constant(4));
      if (rest instanceof Cons) pending.push(rest.tail, rest.head);
      else pending.push(rest);
    } else if (next instanceof Tuple) {
      hash = hashWord(hash, next.size, constant(9));
      for (let i = next.size - 1; i >= 0; i--) pending.push(next.at(i));
    } else if (next instanceof TermMap) {
      hash = hashWord(hash, next.size, constant(16));
      if (next.size === 0) continue;
      pending.push(new MapEnd(hash, entries));
      hash = 0;
      entries = 0;
      for (const [key, value] of mapEntries(next)) pending.push(ENTRY_END, value, key);
    } else if (next instanceof Bitstring) hash = hashBits(hash, next);
    else if (next instanceof Float) {
      float64.setFloat64(0, next.value + 0);
      hash = hashWords(hash, float64.getUint32(0), float64.getUint32(4), constant(12));
    } else if (next instanceof Fun) {
      const { info } = next;
      const free = captured(next);
      if (info.index < 0) {
        hash = hashWords(hash, info.arity, hashAtom(info.module), constant(1));
        hash = hashWord(hash, hashAtom(info.name), constant(14));
      } else {
        hash = hashWords(hash, free.length, hashAtom(info.module), constant(1));
        hash = hashWords(hash, info.index, funUnique(next), constant(1));
        for (let i = free.length - 1; i >= 0; i--) pending.push(free[i]);
      }
    } else if (next instanceof Pid) hash = hashWord(hash, next.id, constant(5));
    else if (next instanceof Port) hash = hashWord(hash, next.id, constant(6));
    else if (next instanceof Reference) hash = hashWord(hash, next.id, constant(7));
  }
  return hash >>> 0;
}

export function isByte(term: Term): boolean {
  return typeof term === "number" && term >= 0 && term < 256;
}

/** A hash from 0 to below the range, of 2^27 unless given. */
export function phash2(term: Term, range?: Term): Term {
  if (range === undefined) return portableHash(term) & 0x7ffffff;
  if (typeof range !== "number" || range < 1 || range > 2 ** 32)
    throw badarg("erlang", "phash2", [term, range]);
  return portableHash(term) % range;
}

export const erlangHash: NativeModule = {
  module: "erlang",
  functions: {
    "phash2/1": (term) => phash2(term),
    "phash2/2": phash2,
  },
};
