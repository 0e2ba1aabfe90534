/**
 * Hashes of terms for the tries of large maps: 32 bits, equal for terms that are `=:=`, the same in every
 * scheduler. Not `:erlang.phash2`, which is slower and fixed by its documentation.
 *
 * Terms are hashed to a limited depth only: what lies deeper does not change the hash, which keeps the stack
 * small and costs a collision at worst.
 */
import { Atom, atomHash } from "./atom.ts";
import { Bitstring } from "./bitstring.ts";
import { Fun } from "./fun.ts";
import { Pid, Port, Reference } from "./identifier.ts";
import { Cons } from "./list.ts";
import { mapEach, TermMap } from "./map.ts";
import { Float } from "./number.ts";
import type { Term } from "./term.ts";
import { Tuple, Tuple2 } from "./tuple.ts";

const MAX_DEPTH = 64;
const TUPLE = 0x1b873593;

export function hashTerm(term: Term): number {
  if (typeof term === "number") return hashNumber(term, 0x2545f491);
  if (term instanceof Atom) return atomHash(term);
  return hash(term, MAX_DEPTH);
}

function hash(term: Term, depth: number): number {
  if (typeof term === "number") return hashNumber(term, 0x2545f491);
  if (term instanceof Atom) return atomHash(term);
  if (term instanceof Bitstring) return hashBitstring(term);
  if (depth === 0) return 0x51ed270b;
  // Most tuples that are keys are pairs.
  if (term instanceof Tuple2)
    return finish(mix(mix(2 + TUPLE, hash(term.a, depth - 1)), hash(term.b, depth - 1)));
  if (term instanceof Tuple) {
    const size = term.size;
    let h = size + TUPLE;
    for (let i = 0; i < size; i++) h = mix(h, hash(term.at(i), depth - 1));
    return finish(h);
  }
  if (term instanceof Cons) {
    let h = 0x38b34ae5;
    let rest: Term = term;
    while (rest instanceof Cons) {
      h = mix(h, hash(rest.head, depth - 1));
      rest = rest.tail;
    }
    return finish(mix(h, hash(rest, depth - 1)));
  }
  if (typeof term === "bigint") return hashText(term.toString(36), 0x7f4a7c15);
  if (term instanceof Float) return hashNumber(term.value, 0x165667b1);
  if (term instanceof TermMap) {
    let h = term.size;
    // A sum, so that the order of the entries does not matter.
    mapEach(term, (key, value) => {
      h = (h + finish(mix(hash(key, depth - 1), hash(value, depth - 1)))) | 0;
    });
    return finish(h);
  }
  if (term instanceof Pid) return finish(mix(mix(0x9e3779b1, term.id), term.serial ^ (term.node << 8)));
  if (term instanceof Reference) return finish(mix(mix(0x85ebca77, term.id), term.node));
  if (term instanceof Port) return finish(mix(mix(0xc2b2ae3d, term.id), term.node));
  if (term instanceof Fun) {
    const info = term.info;
    return finish(mix(mix(mix(0x27d4eb2f, atomHash(info.module)), atomHash(info.name)), info.arity));
  }
  return 0x6d2b79f5;
}

function mix(h: number, k: number): number {
  k = Math.imul(k, 0xcc9e2d51);
  k = (k << 15) | (k >>> 17);
  h ^= Math.imul(k, 0x1b873593);
  h = (h << 13) | (h >>> 19);
  return (Math.imul(h, 5) + 0xe6546b64) | 0;
}

function finish(h: number): number {
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return h ^ (h >>> 16);
}

const float64 = new Float64Array(1);
const words = new Int32Array(float64.buffer);

function hashNumber(value: number, seed: number): number {
  if (value === (value | 0)) return finish((value | 0) ^ seed);
  float64[0] = value;
  return finish(mix(mix(seed, words[0]), words[1]));
}

function hashText(value: string, seed: number): number {
  let h = seed;
  for (let i = 0; i < value.length; i++) h = Math.imul(h ^ value.charCodeAt(i), 0x01000193);
  return finish(h);
}

/** By text whenever the bytes are valid UTF-8, whichever form is at hand. */
function hashBitstring(bits: Bitstring): number {
  const text = bits.text;
  if (text !== undefined) return hashText(text, 0x811c9dc5);
  const bytes = bits.bytes;
  let h = bits.bitLength;
  for (let i = 0; i < bits.byteLength; i++) h = Math.imul(h ^ bytes[i], 0x01000193);
  return finish(h);
}
