/**
 * The hash by which Erlang lays out large maps and tables, and thus the order in which programs see their entries: Jenkins' mixing of
 * 32-bit words, with numbers as a machine of 64 bits holds them. What differs there from start to start (the places of atoms in their
 * table, pids, references) counts by what it has here.
 *
 * Terms are hashed to a limited depth only: what lies deeper does not change the hash, which keeps the stack small and costs a
 * collision at worst.
 */
import { Atom, atomHash } from "./atom.ts";
import { Bitstring } from "./bitstring.ts";
import type { Fun } from "./fun.ts";
import { Pid, Port, Reference } from "./identifier.ts";
import { Cons, EMPTY } from "./list.ts";
import { mapEach, TermMap } from "./map.ts";
import { Float } from "./number.ts";
import type { Term } from "./term.ts";
import { Tuple, Tuple2 } from "./tuple.ts";

const GOLDEN = 0x9e3779b9;
const SALT = 3432918353 | 0;
const MAX_DEPTH = 64;

// What tells the kinds of words apart, of which a term is known by its type alone.
const EMPTY_TAG = 0x3b;
const SMALL_TAG = 0xf;
const PID_TAG = 0x3;
const PORT_TAG = 0x7;
const ATOM_TAG = 0xb;

/** The constant that tells types apart: a multiple of the golden ratio. */
export function hashConstant(n: number): number {
  return Math.imul(GOLDEN, n);
}

/** 32 bits, equal for terms that are `=:=`. Not `:erlang.phash2`, which is fixed by its documentation. */
export function hashTerm(term: Term): number {
  return hash(SALT, term, MAX_DEPTH);
}

/** The hash of what came before, and the term. */
function hash(before: number, term: Term, depth: number): number {
  // Numbers are whole: floats are of a class. Their words are those of sixteen times as much.
  if (typeof term === "number") {
    const high = (term & 0xfffffff) === term ? 0 : Math.floor(term / 2 ** 28);
    return hashWords(before, (term << 4) | SMALL_TAG, high, GOLDEN);
  }
  if (term instanceof Atom) return hashWords(before, (atomHash(term) << 6) | ATOM_TAG, 0, GOLDEN);
  if (term instanceof Bitstring) return hashBits(before, term);
  if (depth === 0) return before;
  // Most tuples that are keys are pairs.
  if (term instanceof Tuple2)
    return hash(hash(hashWord(before, 2, hashConstant(9)), term.a, depth - 1), term.b, depth - 1);
  if (term instanceof Tuple) {
    const { size } = term;
    let h = hashWord(before, size, hashConstant(9));
    for (let i = 0; i < size; i++) h = hash(h, term.at(i), depth - 1);
    return h;
  }
  if (term === EMPTY) return hashWords(before, EMPTY_TAG, 0, GOLDEN);
  if (term instanceof Cons) return hashList(before, term, depth - 1);
  if (typeof term === "bigint") return hashBigint(before, term);
  if (term instanceof Float) {
    // Both zeros are one.
    float64[0] = term.value + 0;
    return hashWords(before, words[0], words[1], hashConstant(12));
  }
  if (term instanceof TermMap) {
    const start = hashWord(before, term.size, hashConstant(16));
    let h = start;
    mapEach(term, (key, value) => {
      // The entries of large maps are summed up: those whose hashes collide are in no certain order.
      const entry = hash(hash(term.isFlat ? h : start, key, depth - 1), value, depth - 1);
      h = term.isFlat ? entry : (h + entry) | 0;
    });
    return h;
  }
  if (term instanceof Pid) return hashWords(before, (term.id << 4) | PID_TAG, term.node, GOLDEN);
  if (term instanceof Port) return hashWords(before, (term.id << 4) | PORT_TAG, term.node, GOLDEN);
  if (term instanceof Reference) return hashWords(before, term.id, term.node, hashConstant(7));
  const { module, name, arity } = (term as Fun).info;
  return hash(hash(hashWord(before, arity, hashConstant(20)), module, 1), name, 1);
}

const float64 = new Float64Array(1);
const words = new Int32Array(float64.buffer);

/** Bytes at the front of a list are hashed four at a time; other elements one by one, each with a mark. */
function hashList(before: number, list: Cons, depth: number): number {
  let h = before;
  let rest: Term = list;
  do {
    let word = 0;
    let count = 0;
    for (; rest instanceof Cons && isByte(rest.head); rest = rest.tail) {
      word = (word << 8) | (rest.head as number);
      if (++count < 4) continue;
      h = hashWord(h, word, hashConstant(4));
      word = count = 0;
    }
    if (count > 0) h = hashWords(h, word, count, hashConstant(22));
    if (!(rest instanceof Cons)) break;
    h = hash(turn(h, 17), rest.head, depth);
    rest = rest.tail;
    if (!(rest instanceof Cons)) h = turn(h, 18);
  } while (rest instanceof Cons);
  return hash(h, rest, depth);
}

function turn(h: number, kind: number): number {
  const mixed = h ^ hashConstant(kind);
  return (mixed << 17) ^ (mixed >>> 15);
}

export function isByte(term: Term): boolean {
  return typeof term === "number" && term >= 0 && term < 256;
}

function hashBigint(before: number, value: bigint): number {
  if (BigInt.asIntN(60, value) === value) {
    const low = (Number(BigInt.asUintN(28, value)) << 4) | SMALL_TAG;
    return hashWords(before, low, Number(BigInt.asIntN(32, value >> 28n)), GOLDEN);
  }
  return hashDigits(before, value);
}

/** The digits of a number, 64 bits at a time. */
export function hashDigits(before: number, value: bigint): number {
  const kind = hashConstant(value < 0n ? 10 : 11);
  let h = before;
  let rest = value < 0n ? -value : value;
  do {
    h = hashWords(h, Number(BigInt.asIntN(32, rest)), Number(BigInt.asIntN(32, rest >> 32n)), kind);
    rest >>= 64n;
  } while (rest > 0n);
  return h;
}

/** Whole bytes, and then what is left of the last one. */
export function hashBits(before: number, bits: Bitstring): number {
  const start = (hashConstant(13) + before) | 0;
  if (bits.bitLength === 0) return start;
  const whole = bits.bitLength >>> 3;
  const left = bits.bitLength & 7;
  const bytes = hashBytes(bits, whole, start);
  return left === 0 ? bytes : hashWords(bytes, left, bits.bytes[whole] >> (8 - left), hashConstant(15));
}

function hashBytes(bits: Bitstring, length: number, start: number): number {
  // Text of one byte a character need not be encoded.
  const text = bits.isKnownAscii ? bits.knownText : null;
  const bytes = text === null ? bits.bytes : null;
  let a = GOLDEN | 0;
  let b = a;
  let c = start;
  for (let i = 0; ; i += 12) {
    const isLast = length - i < 12;
    a = (a + wordAt(text, bytes, i, length)) | 0;
    b = (b + wordAt(text, bytes, i + 4, length)) | 0;
    const last = wordAt(text, bytes, i + 8, length);
    // The lowest byte of the last word is taken by the length.
    c = (c + (isLast ? (last << 8) + length : last)) | 0;
    c = mix(a, b, c);
    if (isLast) return c;
    a = mixed[0];
    b = mixed[1];
  }
}

/** Four bytes, or what is left of them, the first the lowest. */
function wordAt(text: string | null, bytes: Uint8Array | null, start: number, length: number): number {
  let word = 0;
  for (let i = Math.min(start + 4, length) - 1; i >= start; i--)
    word = (word << 8) | (text === null ? (bytes as Uint8Array)[i] : text.charCodeAt(i));
  return word;
}

/** The other two words after `mix`. */
const mixed = new Int32Array(2);

/** Mixes three words, of which it returns the last. */
function mix(a: number, b: number, c: number): number {
  a = (((a - b) | 0) - c) ^ (c >>> 13);
  b = (((b - c) | 0) - a) ^ (a << 8);
  c = (((c - a) | 0) - b) ^ (b >>> 13);
  a = (((a - b) | 0) - c) ^ (c >>> 12);
  b = (((b - c) | 0) - a) ^ (a << 16);
  c = (((c - a) | 0) - b) ^ (b >>> 5);
  mixed[0] = a = (((a - b) | 0) - c) ^ (c >>> 3);
  mixed[1] = b = (((b - c) | 0) - a) ^ (a << 10);
  return (((c - a) | 0) - b) ^ (b >>> 15);
}

/** Two words mixed into a hash. */
export function hashWords(before: number, x: number, y: number, constant: number): number {
  return mix((constant + x) | 0, (constant + y) | 0, before);
}

export function hashWord(before: number, x: number, constant: number): number {
  return hashWords(before, x, 0, constant);
}
