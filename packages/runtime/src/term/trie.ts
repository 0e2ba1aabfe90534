/**
 * The tries of large maps: CHAMP, persistent, hashed by structure. A node is one array, as every object on the way to a key
 * costs a miss of the processor's cache:
 *
 *     [dataMap, nodeMap, key, value, …of each bit of dataMap, child, …of each bit of nodeMap, the last bit first]
 *
 * Keys with one and the same hash are in a node whose `dataMap` is `COLLISION`: `[COLLISION, 0, key, value, …]`. A child of
 * one entry does not exist, it is an entry of its parent; so equal maps have equal tries, but for the order of collisions.
 *
 * The order of the bits is that of Erlang's lists of large maps. Its tries take four bits of the hash at a time, the lowest first, and
 * list the last child first: that is the order of places, which are looked at from the highest bit on.
 */
import { strictEquals } from "./compare.ts";
import { hashTerm } from "./hash.ts";
import type { Term } from "./term.ts";

// Numbers, terms and nodes: `any`, as TypeScript cannot tell the places apart.
export type TrieNode = any[];

const COLLISION = null;
const BITS = 5;
const CHILDREN = 1 << BITS;
const ENTRIES = 2;

/** The number of keys by which the last `triePut` or `trieMerge` has made the trie larger than its (first) argument. */
export let grownBy = 0;

/** The place of a key: its hash from the last four bits to the first, and the greatest before the least. */
function placeOf(key: Term): number {
  let place = ~hashTerm(key);
  place = ((place & 0x0f0f0f0f) << 4) | ((place >>> 4) & 0x0f0f0f0f);
  place = ((place & 0x00ff00ff) << 8) | ((place >>> 8) & 0x00ff00ff);
  return (place << 16) | (place >>> 16);
}

/** Which child of a node a place is in. */
function childAt(place: number, shift: number): number {
  return (place << shift) >>> (32 - BITS);
}

export function trieGet(node: TrieNode, key: Term): Term | undefined {
  const place = placeOf(key);
  for (let shift = 0; ; shift += BITS) {
    const dataMap: number | null = node[0];
    if (dataMap === COLLISION) {
      const at = collided(node, key);
      return at < 0 ? undefined : node[at + 1];
    }
    const bit = 1 << childAt(place, shift);
    if (dataMap & bit) {
      const at = ENTRIES + 2 * countBits(dataMap & (bit - 1));
      const found = node[at];
      return found === key || strictEquals(found, key) ? node[at + 1] : undefined;
    }
    const nodeMap: number = node[1];
    if ((nodeMap & bit) === 0) return undefined;
    node = node[node.length - 1 - countBits(nodeMap & (bit - 1))];
  }
}

/** The node itself when the value is there already. */
export function triePut(node: TrieNode, key: Term, value: Term): TrieNode {
  return put(node, placeOf(key), 0, key, value);
}

function put(node: TrieNode, place: number, shift: number, key: Term, value: Term): TrieNode {
  const dataMap: number | null = node[0];
  if (dataMap === COLLISION) {
    const at = collided(node, key);
    grownBy = at < 0 ? 1 : 0;
    if (at < 0) return [...node, key, value];
    return node[at + 1] === value ? node : replaced(node, at + 1, value);
  }
  const nodeMap: number = node[1];
  const bit = 1 << childAt(place, shift);
  if (nodeMap & bit) {
    const at = node.length - 1 - countBits(nodeMap & (bit - 1));
    const child = node[at];
    const changed = put(child, place, shift + BITS, key, value);
    return changed === child ? node : replaced(node, at, changed);
  }
  const at = ENTRIES + 2 * countBits(dataMap & (bit - 1));
  if (dataMap & bit) {
    const found = node[at];
    if (found === key || strictEquals(found, key)) {
      grownBy = 0;
      return node[at + 1] === value ? node : replaced(node, at + 1, value);
    }
    grownBy = 1;
    const child = pair(placeOf(found), found, node[at + 1], place, key, value, shift + BITS);
    return entryToChild(node, bit, at, child);
  }
  grownBy = 1;
  const { length } = node;
  const result = new Array(length + 2);
  result[0] = dataMap | bit;
  result[1] = nodeMap;
  for (let i = ENTRIES; i < at; i++) result[i] = node[i];
  result[at] = key;
  result[at + 1] = value;
  for (let i = at; i < length; i++) result[i + 2] = node[i];
  return result;
}

/** The node itself when the key is not there. */
export function trieDelete(node: TrieNode, key: Term): TrieNode {
  return remove(node, placeOf(key), 0, key);
}

function remove(node: TrieNode, place: number, shift: number, key: Term): TrieNode {
  const dataMap: number | null = node[0];
  if (dataMap === COLLISION) {
    const at = collided(node, key);
    return at < 0 ? node : node.toSpliced(at, 2);
  }
  const nodeMap: number = node[1];
  const bit = 1 << childAt(place, shift);
  if (dataMap & bit) {
    const at = ENTRIES + 2 * countBits(dataMap & (bit - 1));
    if (!strictEquals(node[at], key)) return node;
    const rest = new Array(node.length - 2);
    for (let i = 1; i < at; i++) rest[i] = node[i];
    for (let i = at + 2; i < node.length; i++) rest[i - 2] = node[i];
    rest[0] = dataMap ^ bit;
    return rest;
  }
  if ((nodeMap & bit) === 0) return node;
  const at = node.length - 1 - countBits(nodeMap & (bit - 1));
  const child: TrieNode = node[at];
  const rest = remove(child, place, shift + BITS, key);
  if (rest === child) return node;
  const single = rest.length === ENTRIES + 2 && rest[1] === 0;
  return single ? childToEntry(node, bit, at, rest[2], rest[3]) : replaced(node, at, rest);
}

/** Calls back with each entry, in the order of places. */
export function trieEach(node: TrieNode, callback: (key: Term, value: Term) => void): void {
  const [dataMap, nodeMap] = node;
  let at = ENTRIES;
  let child = node.length;
  if (nodeMap === 0) for (; at < child; at += 2) callback(node[at], node[at + 1]);
  else
    for (let left = dataMap | nodeMap; left !== 0; left &= left - 1) {
      if (nodeMap & left & -left) trieEach(node[--child], callback);
      else {
        callback(node[at], node[at + 1]);
        at += 2;
      }
    }
}

/** The entries folded, the last one first. */
export function trieFoldRight<Result>(
  node: TrieNode,
  result: Result,
  step: (key: Term, value: Term, result: Result) => Result,
): Result {
  const [dataMap, nodeMap] = node;
  let at = endOfEntries(node);
  let child = at;
  if (nodeMap === 0) while ((at -= 2) >= ENTRIES) result = step(node[at], node[at + 1], result);
  else
    for (let left = dataMap | nodeMap; left !== 0; ) {
      const bit = 1 << (31 - Math.clz32(left));
      left ^= bit;
      if (nodeMap & bit) result = trieFoldRight(node[child++], result, step);
      else {
        at -= 2;
        result = step(node[at], node[at + 1], result);
      }
    }
  return result;
}

function endOfEntries(node: TrieNode): number {
  return node[0] === COLLISION ? node.length : ENTRIES + 2 * countBits(node[0]);
}

/** Both tries; where they share a key the second counts. */
export function trieMerge(a: TrieNode, b: TrieNode): TrieNode {
  const builder = { grown: 0 };
  const result = merge(a, b, 0, builder);
  grownBy = builder.grown;
  return result;
}

function merge(a: TrieNode, b: TrieNode, shift: number, count: { grown: number }): TrieNode {
  if (a === b) return b;
  if (a[0] === COLLISION || b[0] === COLLISION) {
    // Nodes of this depth are collisions of one hash both, or the level below is.
    let result = a;
    trieEach(b, (key, value) => {
      result = put(result, placeOf(key), shift, key, value);
      count.grown += grownBy;
    });
    return result;
  }
  const all = a[0] | a[1] | b[0] | b[1];
  const entries: Term[] = [];
  const children: TrieNode[] = [];
  let dataMap = 0;
  let nodeMap = 0;
  let same = true;
  for (let left = all; left !== 0; left &= left - 1) {
    const bit = left & -left;
    const inA = a[0] & bit ? ENTRIES + 2 * countBits(a[0] & (bit - 1)) : -1;
    const inB = b[0] & bit ? ENTRIES + 2 * countBits(b[0] & (bit - 1)) : -1;
    const childA: TrieNode | null = a[1] & bit ? a[a.length - 1 - countBits(a[1] & (bit - 1))] : null;
    const childB: TrieNode | null = b[1] & bit ? b[b.length - 1 - countBits(b[1] & (bit - 1))] : null;
    let child: TrieNode | null = null;
    if (childA !== null && childB !== null) child = merge(childA, childB, shift + BITS, count);
    else if (childA !== null) {
      child = childA;
      if (inB >= 0) {
        child = put(childA, placeOf(b[inB]), shift + BITS, b[inB], b[inB + 1]);
        count.grown += grownBy;
      }
    } else if (childB !== null) {
      child = childB;
      if (inA >= 0) child = putBelow(childB, a[inA], a[inA + 1], shift + BITS, count);
      else count.grown += trieSize(childB);
    } else if (inA >= 0 && inB >= 0 && !(a[inA] === b[inB] || strictEquals(a[inA], b[inB]))) {
      const [x, y] = [a[inA], b[inB]];
      child = pair(placeOf(x), x, a[inA + 1], placeOf(y), y, b[inB + 1], shift + BITS);
      count.grown++;
    }
    if (child !== null) {
      nodeMap |= bit;
      children.push(child);
      if (child !== childB) same = false;
      continue;
    }
    dataMap |= bit;
    if (inB >= 0) {
      entries.push(b[inB], b[inB + 1]);
      if (inA < 0) count.grown++;
    } else {
      entries.push(a[inA], a[inA + 1]);
      same = false;
    }
  }
  return same ? b : nodeOf(dataMap, nodeMap, entries, children);
}

/** An entry of the first map that meets a child of the second: it counts only when its key is not there. */
function putBelow(
  child: TrieNode,
  key: Term,
  value: Term,
  shift: number,
  count: { grown: number },
): TrieNode {
  const size = trieSize(child);
  const changed = put(child, placeOf(key), shift, key, value);
  count.grown += size - 1 + grownBy;
  return grownBy === 0 ? child : changed;
}

function trieSize(node: TrieNode): number {
  const data = endOfEntries(node);
  let size = (data - ENTRIES) / 2;
  for (let i = data; i < node.length; i++) size += trieSize(node[i]);
  return size;
}

/** A node of entries and children, both in the order of their bits. */
function nodeOf(
  dataMap: number,
  nodeMap: number,
  entries: readonly Term[],
  children: readonly TrieNode[],
): TrieNode {
  const node = new Array(ENTRIES + entries.length + children.length);
  node[0] = dataMap;
  node[1] = nodeMap;
  for (let i = 0; i < entries.length; i++) node[ENTRIES + i] = entries[i];
  for (let i = 0; i < children.length; i++) node[node.length - 1 - i] = children[i];
  return node;
}

/**
 * Whether both have the same keys; their values, where they are not identical, are then left in `pending` in pairs.
 * Tries of equal keys have the same nodes, and often share them.
 */
export function trieSameKeys(a: TrieNode, b: TrieNode, pending: Term[]): boolean {
  if (a === b) return true;
  if (a.length !== b.length || a[0] !== b[0] || a[1] !== b[1]) return false;
  const data = endOfEntries(a);
  for (let i = ENTRIES; i < data; i += 2) {
    const key = a[i];
    let at = i;
    if (key !== b[i] && !strictEquals(key, b[i])) {
      at = a[0] === COLLISION ? collided(b, key) : -1;
      if (at < 0) return false;
    }
    if (a[i + 1] !== b[at + 1]) pending.push(a[i + 1], b[at + 1]);
  }
  for (let i = data; i < a.length; i++) if (!trieSameKeys(a[i], b[i], pending)) return false;
  return true;
}

/**
 * Builds the trie of many entries at once, each node made when all that belongs to it is known. Of entries with one key the
 * last counts.
 */
export class TrieBuilder {
  /** Distinct keys found. */
  size = 0;
  readonly #keys: readonly Term[];
  readonly #values: readonly Term[];
  readonly #places: Int32Array;
  readonly #order: Int32Array;
  readonly #scratch: Int32Array;
  /** Where the entries of each child end, for each level. */
  readonly #ends: Int32Array[] = [];
  /** The one entry that a range turned out to hold. */
  #single = 0;

  constructor(keys: readonly Term[], values: readonly Term[]) {
    this.#keys = keys;
    this.#values = values;
    this.#places = new Int32Array(keys.length);
    this.#order = new Int32Array(keys.length);
    this.#scratch = new Int32Array(keys.length);
    for (let i = 0; i < keys.length; i++) {
      this.#places[i] = placeOf(keys[i]);
      this.#order[i] = i;
    }
  }

  /** Two distinct keys at least are among the entries. */
  build(): TrieNode {
    const root = this.#range(0, this.#keys.length, 0);
    if (root !== null) return root;
    const single = this.#single;
    return nodeOf(1 << childAt(this.#places[single], 0), 0, [this.#keys[single], this.#values[single]], []);
  }

  /** The node of entries whose places agree above `shift`; `null` when they have one key, whose last entry is `#single`. */
  #range(from: number, to: number, shift: number): TrieNode | null {
    const order = this.#order;
    if (to - from === 1 && shift > 0) return this.#alone(order[from]);
    if (to - from === 2 && shift > 0) {
      const [a, b] = [order[from], order[from + 1]];
      const [x, y] = [this.#keys[a], this.#keys[b]];
      if (x === y || strictEquals(x, y)) return this.#alone(b);
      this.size += 2;
      return pair(this.#places[a], x, this.#values[a], this.#places[b], y, this.#values[b], shift);
    }
    if (shift > 31) return this.#collision(from, to);
    // Sorted by the next bits of the place, entries with the same bits staying in order.
    const ends = (this.#ends[shift] ??= new Int32Array(CHILDREN + 1)).fill(0);
    const places = this.#places;
    for (let i = from; i < to; i++) ends[childAt(places[order[i]], shift) + 1]++;
    for (let i = 1; i <= CHILDREN; i++) ends[i] += ends[i - 1];
    const scratch = this.#scratch;
    for (let i = from; i < to; i++) scratch[from + ends[childAt(places[order[i]], shift)]++] = order[i];
    for (let i = from; i < to; i++) order[i] = scratch[i];
    const entries: Term[] = [];
    const children: TrieNode[] = [];
    let dataMap = 0;
    let nodeMap = 0;
    let start = from;
    for (let i = 0; i < CHILDREN; i++) {
      const end = from + ends[i];
      if (end === start) continue;
      const child = this.#range(start, end, shift + BITS);
      start = end;
      if (child !== null) {
        nodeMap |= 1 << i;
        children.push(child);
      } else {
        dataMap |= 1 << i;
        entries.push(this.#keys[this.#single], this.#values[this.#single]);
      }
    }
    if (nodeMap === 0 && entries.length === 2) return null;
    return nodeOf(dataMap, nodeMap, entries, children);
  }

  #alone(entry: number): null {
    this.size++;
    this.#single = entry;
    return null;
  }

  #collision(from: number, to: number): TrieNode | null {
    const node: TrieNode = [COLLISION, 0];
    for (let i = from; i < to; i++) {
      const entry = this.#order[i];
      const at = collided(node, this.#keys[entry]);
      if (at < 0) node.push(this.#keys[entry], this.#values[entry]);
      else node[at + 1] = this.#values[entry];
      this.#single = entry;
    }
    this.size += (node.length - ENTRIES) / 2;
    return node.length === ENTRIES + 2 ? null : node;
  }
}

/** The smallest node of two entries with different keys. */
function pair(
  placeA: number,
  keyA: Term,
  valueA: Term,
  placeB: number,
  keyB: Term,
  valueB: Term,
  shift: number,
): TrieNode {
  if (shift > 31) return [COLLISION, 0, keyA, valueA, keyB, valueB];
  const a = childAt(placeA, shift);
  const b = childAt(placeB, shift);
  if (a === b) return [0, 1 << a, pair(placeA, keyA, valueA, placeB, keyB, valueB, shift + BITS)];
  const map = (1 << a) | (1 << b);
  return a < b ? [map, 0, keyA, valueA, keyB, valueB] : [map, 0, keyB, valueB, keyA, valueA];
}

/** Where the key is in a node of collisions, or -1. */
function collided(node: TrieNode, key: Term): number {
  for (let i = ENTRIES; i < node.length; i += 2) if (strictEquals(node[i], key)) return i;
  return -1;
}

function replaced(node: TrieNode, at: number, item: unknown): TrieNode {
  const result = node.slice();
  result[at] = item;
  return result;
}

function entryToChild(node: TrieNode, bit: number, at: number, child: TrieNode): TrieNode {
  const { length } = node;
  const result = new Array(length - 1);
  const to = length - 2 - countBits(node[1] & (bit - 1));
  for (let i = ENTRIES; i < at; i++) result[i] = node[i];
  for (let i = at; i < to; i++) result[i] = node[i + 2];
  result[to] = child;
  for (let i = to + 1; i < length - 1; i++) result[i] = node[i + 1];
  result[0] = node[0] ^ bit;
  result[1] = node[1] | bit;
  return result;
}

function childToEntry(node: TrieNode, bit: number, at: number, key: Term, value: Term): TrieNode {
  const { length } = node;
  const result = new Array(length + 1);
  const to = ENTRIES + 2 * countBits(node[0] & (bit - 1));
  for (let i = ENTRIES; i < to; i++) result[i] = node[i];
  result[to] = key;
  result[to + 1] = value;
  for (let i = to; i < at; i++) result[i + 2] = node[i];
  for (let i = at + 1; i < length; i++) result[i + 1] = node[i];
  result[0] = node[0] | bit;
  result[1] = node[1] ^ bit;
  return result;
}

function countBits(map: number): number {
  map -= (map >>> 1) & 0x55555555;
  map = (map & 0x33333333) + ((map >>> 2) & 0x33333333);
  return Math.imul((map + (map >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
}
