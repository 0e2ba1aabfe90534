/**
 * The hash by which Erlang's tables are laid out, and thus the order in which programs see their objects. It mixes
 * words as `phash2` does, but takes numbers as a machine of 64 bits holds them. An atom within a larger key counts
 * by its place in the atom table there, which differs from start to start; here by its name.
 */
import {
  Atom,
  Bitstring,
  Cons,
  EMPTY,
  Float,
  mapEntries,
  Pid,
  Port,
  Reference,
  type Term,
  TermMap,
  Tuple,
} from "../term/index.ts";
import { constant, hashAtom, hashBits, hashWord, hashWords, isByte } from "./erlang-hash.ts";

const SALT = 3432918353;
const SMALL_MAX = 2n ** 59n;
const WORD = 0xffffffffn;
const FLOAT = new DataView(new ArrayBuffer(8));

/** Where the tail of a list begins that is no list. */
class TailMark {}
const TAIL = new TailMark();

/** A word that is known by its type alone, such as the empty list: its tag. */
const hashImmediate = (hash: number, low: number, high = 0) => hashWords(hash, low, high, constant(1));
const EMPTY_TAG = 0x3b;
const SMALL_TAG = 0xf;
const PID_TAG = 0x3;
const PORT_TAG = 0x7;

function turn(hash: number, kind: number): number {
  const mixed = hash ^ constant(kind);
  return (mixed << 17) ^ (mixed >>> 15);
}

function hashInteger(hash: number, value: number | bigint): number {
  if (typeof value === "number" && value >= 0 && value < 2 ** 28)
    return hashImmediate(hash, (value << 4) | SMALL_TAG);
  const integer = BigInt(value);
  if (integer >= -SMALL_MAX && integer < SMALL_MAX) {
    const word = BigInt.asUintN(64, (integer << 4n) | BigInt(SMALL_TAG));
    return hashImmediate(hash, Number(word & WORD), Number(word >> 32n));
  }
  const kind = constant(integer < 0n ? 10 : 11);
  let rest = integer < 0n ? -integer : integer;
  do {
    hash = hashWords(hash, Number(rest & WORD), Number((rest >> 32n) & WORD), kind);
    rest >>= 64n;
  } while (rest > 0n);
  return hash;
}

/** The hash of a key: of an atom that of its name, else of all its parts. */
export function hashKey(key: Term): number {
  if (key instanceof Atom) return hashAtom(key);
  const pending: (Term | TailMark)[] = [key];
  let hash = SALT | 0;
  while (pending.length > 0) {
    const next = pending.pop() as Term | TailMark;
    if (next instanceof TailMark) hash = turn(hash, 18);
    else if (typeof next === "number" || typeof next === "bigint") hash = hashInteger(hash, next);
    else if (next instanceof Atom) hash = hashImmediate(hash, hashAtom(next));
    else if (next === EMPTY) hash = hashImmediate(hash, EMPTY_TAG);
    else if (next instanceof Cons) hash = hashList(hash, next, pending);
    else if (next instanceof Tuple) {
      hash = hashWord(hash, next.size, constant(9));
      for (let i = next.size - 1; i >= 0; i--) pending.push(next.at(i));
    } else if (next instanceof TermMap) {
      hash = hashWord(hash, next.size, constant(16));
      for (const [name, value] of [...mapEntries(next)].reverse()) pending.push(value, name);
    } else if (next instanceof Bitstring) hash = hashBits(hash, next);
    else if (next instanceof Float) {
      FLOAT.setFloat64(0, next.value + 0);
      hash = hashWords(hash, FLOAT.getUint32(4), FLOAT.getUint32(0), constant(12));
    } else if (next instanceof Pid) hash = hashImmediate(hash, (next.id << 4) | PID_TAG);
    else if (next instanceof Port) hash = hashImmediate(hash, (next.id << 4) | PORT_TAG);
    else if (next instanceof Reference) hash = hashWord(hash, next.id, constant(7));
  }
  return hash >>> 0;
}

/** Bytes at the front of a list are hashed four at a time; the first that is none, and what follows it, waits. */
function hashList(hash: number, list: Cons, pending: (Term | TailMark)[]): number {
  let word = 0;
  let count = 0;
  let rest: Term = list;
  while (rest instanceof Cons && isByte(rest.head)) {
    word = ((word << 8) + (rest.head as number)) | 0;
    if (++count === 4) {
      hash = hashWord(hash, word, constant(4));
      word = 0;
      count = 0;
    }
    rest = rest.tail;
  }
  if (count > 0) hash = hashWords(hash, word, count, constant(22));
  if (!(rest instanceof Cons)) {
    pending.push(rest);
    return hash;
  }
  pending.push(rest.tail);
  if (!(rest.tail instanceof Cons)) pending.push(TAIL);
  pending.push(rest.head);
  return turn(hash, 17);
}
