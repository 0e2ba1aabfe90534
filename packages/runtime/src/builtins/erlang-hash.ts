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
  hashBits,
  hashConstant,
  hashDigits,
  hashWord,
  hashWords,
  isByte,
  mapEntries,
  Pid,
  Port,
  Reference,
  type Term,
  TermMap,
  Tuple,
} from "../term/index.ts";
import type { NativeModule } from "./native.ts";

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
    if (value < 0) hash = hashWord(hash, -value, hashConstant(1));
    return hashWord(hash, value, hashConstant(1));
  }
  return hashDigits(hash, BigInt(value));
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
      hash = hashWord(next.hash, entries, hashConstant(19));
      entries = next.entries;
    } else if (typeof next === "number" || typeof next === "bigint") hash = hashInteger(hash, next);
    else if (next instanceof Atom)
      hash = hash === 0 ? hashAtom(next) : hashWord(hash, hashAtom(next), hashConstant(3));
    else if (next === EMPTY) hash = hash === 0 ? 3468870702 | 0 : hashWord(hash, 2, hashConstant(2));
    else if (next instanceof Cons) {
      let word = 0;
      let count = 0;
      let rest: Term = next;
      // Bytes in a list are hashed four at a time.
      while (rest instanceof Cons && isByte(rest.head)) {
        word = ((word << 8) + (rest.head as number)) | 0;
        if (++count === 4) {
          hash = hashWord(hash, word, hashConstant(4));
          word = 0;
          count = 0;
        }
        rest = rest.tail;
      }
      if (count > 0) hash = hashWord(hash, word, hashConstant(4));
      if (rest instanceof Cons) pending.push(rest.tail, rest.head);
      else pending.push(rest);
    } else if (next instanceof Tuple) {
      hash = hashWord(hash, next.size, hashConstant(9));
      for (let i = next.size - 1; i >= 0; i--) pending.push(next.at(i));
    } else if (next instanceof TermMap) {
      hash = hashWord(hash, next.size, hashConstant(16));
      if (next.size === 0) continue;
      pending.push(new MapEnd(hash, entries));
      hash = 0;
      entries = 0;
      for (const [key, value] of mapEntries(next)) pending.push(ENTRY_END, value, key);
    } else if (next instanceof Bitstring) hash = hashBits(hash, next);
    else if (next instanceof Float) {
      float64.setFloat64(0, next.value + 0);
      hash = hashWords(hash, float64.getUint32(0), float64.getUint32(4), hashConstant(12));
    } else if (next instanceof Fun) {
      const { info } = next;
      const free = captured(next);
      if (info.index < 0) {
        hash = hashWords(hash, info.arity, hashAtom(info.module), hashConstant(1));
        hash = hashWord(hash, hashAtom(info.name), hashConstant(14));
      } else {
        hash = hashWords(hash, free.length, hashAtom(info.module), hashConstant(1));
        hash = hashWords(hash, info.index, funUnique(next), hashConstant(1));
        for (let i = free.length - 1; i >= 0; i--) pending.push(free[i]);
      }
    } else if (next instanceof Pid) hash = hashWord(hash, next.id, hashConstant(5));
    else if (next instanceof Port) hash = hashWord(hash, next.id, hashConstant(6));
    else if (next instanceof Reference) hash = hashWord(hash, next.id, hashConstant(7));
  }
  return hash >>> 0;
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
