/**
 * `:erlang.phash`: the older portable hash, by which `:dict` and `:sets` find their buckets, so that it decides in which
 * order they show what they hold. Each kind of term is multiplied in with primes of its own.
 */
import {
  Atom,
  Bitstring,
  badarg,
  Cons,
  EMPTY,
  Float,
  isByte,
  Pid,
  Port,
  Reference,
  type Term,
  Tuple,
} from "../term/index.ts";
import { hashAtom, phash2 } from "./erlang-hash.ts";
import type { NativeModule } from "./native.ts";

const BYTE = 268440163;
const WORD = 268439161;
const POSITIVE = 268435459;
const NEGATIVE = 268436141;
const EMPTY_LIST = POSITIVE;
const SIZE = NEGATIVE;
const FLOAT = 268437017;
const LIST_END = 268437511;
const TUPLE = 268439627;
const BITS = 268440581;
const OTHER = 268440593;
const OTHER_ADDED = 268440611;

/** Work that is not a term: what follows a list's last element, its elements, and those of a tuple. */
class ListEnd {}
const LIST_HAS_ENDED = new ListEnd();
class Rest {
  readonly term: Term;
  constructor(term: Term) {
    this.term = term;
  }
}
class TupleEnd {
  readonly size: number;
  constructor(size: number) {
    this.size = size;
  }
}

function add(hash: number, prime: number, value: number): number {
  return (Math.imul(hash, prime) + value) | 0;
}

function addInteger(hash: number, value: number | bigint): number {
  let rest = value < 0 ? -BigInt(value) : BigInt(value);
  let added = hash;
  do {
    const word = Number(rest & 0xffffffffn);
    for (let shift = 0; shift < 32; shift += 8) added = add(added, WORD, (word >>> shift) & 0xff);
    rest >>= 32n;
  } while (rest > 0n);
  return Math.imul(added, value < 0 ? NEGATIVE : POSITIVE);
}

function addBits(hash: number, { bytes, bitLength }: Bitstring): number {
  const whole = bitLength >>> 3;
  const left = bitLength & 7;
  let added = hash;
  for (let i = 0; i < whole; i++) added = add(added, BYTE, bytes[i]);
  if (left > 0) added = add(add(added, BYTE, bytes[whole] >> (8 - left)), BITS, left);
  return add(added, SIZE, whole);
}

const float64 = new DataView(new ArrayBuffer(8));

function phash(term: Term): number {
  const pending: (Term | ListEnd | Rest | TupleEnd)[] = [term];
  let hash = 0;
  while (pending.length > 0) {
    const next = pending.pop() as Term | ListEnd | Rest | TupleEnd;
    if (typeof next === "number" || typeof next === "bigint") hash = addInteger(hash, next);
    else if (next instanceof Atom) hash = add(hash, BYTE, hashAtom(next));
    else if (next === EMPTY) hash = add(hash, EMPTY_LIST, 1);
    else if (next instanceof Cons) {
      let cell = next;
      // Text is added a byte an element.
      while (isByte(cell.head)) {
        hash = add(hash, WORD, cell.head as number);
        if (!(cell.tail instanceof Cons)) break;
        cell = cell.tail;
      }
      if (isByte(cell.head)) pending.push(LIST_HAS_ENDED, cell.tail);
      else pending.push(new Rest(cell.tail), cell.head);
    } else if (next instanceof Rest) {
      if (!(next.term instanceof Cons)) pending.push(LIST_HAS_ENDED);
      pending.push(next.term);
    } else if (next instanceof ListEnd) hash = Math.imul(hash, LIST_END);
    else if (next instanceof Tuple) {
      pending.push(new TupleEnd(next.size));
      for (let i = next.size - 1; i >= 0; i--) pending.push(next.at(i));
    } else if (next instanceof TupleEnd) hash = add(hash, TUPLE, next.size);
    else if (next instanceof Bitstring) hash = addBits(hash, next);
    else if (next instanceof Float) {
      float64.setFloat64(0, next.value + 0);
      hash = add(hash, FLOAT, float64.getUint32(0) ^ float64.getUint32(4));
    } else if (next instanceof Pid || next instanceof Port || next instanceof Reference)
      hash = addInteger(hash, next.id);
    else hash = add(hash, OTHER, OTHER_ADDED + (phash2(next as Term, 2 ** 32) as number));
  }
  return hash >>> 0;
}

export const erlangPhash: NativeModule = {
  module: "erlang",
  functions: {
    "phash/2": (term, range) => {
      if (typeof range !== "number" || range < 1 || range > 2 ** 32)
        throw badarg("erlang", "phash", [term, range]);
      return 1 + (phash(term) % range);
    },
  },
};
