/**
 * Maps. Up to 32 keys live in a flat pair of arrays, the keys in the exact term order that OTP 25 shows;
 * storing under a key that is there shares the array of keys, so maps of one shape (structs, above all) share
 * one. Larger maps are CHAMP tries: persistent, hashed by structure, with nodes for full collisions. A map is
 * flat exactly when it has at most 32 keys: deleting brings it back, so equal maps have equal representations.
 * Iteration over a trie goes in the order of hashes, which promises nothing.
 */
import { Atom } from "./atom.ts";
import { compareExact, strictEquals } from "./compare.ts";
import { hashTerm } from "./hash.ts";
import type { Term } from "./term.ts";

export const MAX_FLAT = 32;

export class TermMap {
  readonly size: number;
  /** Sorted by `compareExact`; `null` in a trie. Never written to. */
  readonly keys: readonly Term[] | null;
  readonly values: readonly Term[] | null;
  readonly root: Node | null;

  constructor(size: number, keys: readonly Term[] | null, values: readonly Term[] | null, root: Node | null) {
    this.size = size;
    this.keys = keys;
    this.values = values;
    this.root = root;
  }

  get isFlat(): boolean {
    return this.keys !== null;
  }
}

export const EMPTY_MAP = new TermMap(0, [], [], null);

/** A map over keys that are already sorted and distinct, at most `MAX_FLAT`; it keeps both arrays. */
export function flatMap(keys: readonly Term[], values: readonly Term[]): TermMap {
  return new TermMap(keys.length, keys, values, null);
}

/** The value under the key, compared with `=:=`. */
export function mapGet(map: TermMap, key: Term): Term | undefined {
  const keys = map.keys;
  if (keys !== null) {
    const values = map.values as readonly Term[];
    if (key instanceof Atom || typeof key === "number") {
      for (let i = 0; i < keys.length; i++) if (keys[i] === key) return values[i];
      return undefined;
    }
    const i = indexOf(keys, key);
    return i < 0 ? undefined : values[i];
  }
  return (map.root as Node).get(hashTerm(key), 0, key);
}

export function mapHas(map: TermMap, key: Term): boolean {
  return mapGet(map, key) !== undefined;
}

/** The map with the value under the key, whether it was there or not. */
export function mapPut(map: TermMap, key: Term, value: Term): TermMap {
  const keys = map.keys;
  if (keys === null) return trieOf((map.root as Node).put(hashTerm(key), 0, key, value), map);
  const values = map.values as readonly Term[];
  let i = indexOf(keys, key);
  if (i >= 0) {
    if (values[i] === value) return map;
    const changed = values.slice();
    changed[i] = value;
    return new TermMap(map.size, keys, changed, null);
  }
  i = ~i;
  if (keys.length === MAX_FLAT) {
    let root: Node = EMPTY_NODE;
    for (let j = 0; j < MAX_FLAT; j++) root = root.put(hashTerm(keys[j]), 0, keys[j], values[j]);
    return new TermMap(MAX_FLAT + 1, null, null, root.put(hashTerm(key), 0, key, value));
  }
  return new TermMap(map.size + 1, inserted(keys, i, key), inserted(values, i, value), null);
}

export function mapDelete(map: TermMap, key: Term): TermMap {
  const keys = map.keys;
  if (keys !== null) {
    const i = indexOf(keys, key);
    if (i < 0) return map;
    if (keys.length === 1) return EMPTY_MAP;
    return new TermMap(map.size - 1, removed(keys, i), removed(map.values as readonly Term[], i), null);
  }
  const root = map.root as Node;
  const rest = root.delete(hashTerm(key), 0, key);
  if (rest === root) return map;
  if (map.size - 1 > MAX_FLAT) return new TermMap(map.size - 1, null, null, rest);
  const entries: [Term, Term][] = [];
  rest.collect(entries);
  return flatFrom(entries);
}

/** Keys and values, in the order of `mapKeys`. */
export function mapEntries(map: TermMap): [Term, Term][] {
  const entries: [Term, Term][] = [];
  const keys = map.keys;
  if (keys !== null) {
    const values = map.values as readonly Term[];
    for (let i = 0; i < keys.length; i++) entries.push([keys[i], values[i]]);
  } else (map.root as Node).collect(entries);
  return entries;
}

export function mapKeys(map: TermMap): readonly Term[] {
  return map.keys ?? mapEntries(map).map((entry) => entry[0]);
}

export function mapValues(map: TermMap): readonly Term[] {
  return map.values ?? mapEntries(map).map((entry) => entry[1]);
}

/** The map of the entries; of those with one key the last counts. */
export function mapFrom(entries: Iterable<readonly [Term, Term]>): TermMap {
  const all = Array.isArray(entries) ? (entries as (readonly [Term, Term])[]) : [...entries];
  if (all.length <= MAX_FLAT) {
    let map = EMPTY_MAP;
    if (all.length > 8) return flatFrom(all);
    for (const [key, value] of all) map = mapPut(map, key, value);
    return map;
  }
  const edit = {};
  let root: Node = new BitmapNode(0, 0, [], edit);
  for (const [key, value] of all) root = root.put(hashTerm(key), 0, key, value, edit);
  const distinct: [Term, Term][] = [];
  root.collect(distinct);
  return distinct.length > MAX_FLAT ? new TermMap(distinct.length, null, null, root) : flatFrom(distinct);
}

/** At most `MAX_FLAT` distinct keys; of several entries with one key the last counts. */
function flatFrom(entries: readonly (readonly [Term, Term])[]): TermMap {
  const sorted = entries.slice().sort((a, b) => compareExact(a[0], b[0]));
  const keys: Term[] = [];
  const values: Term[] = [];
  for (const [key, value] of sorted) {
    const last = keys.length - 1;
    if (last >= 0 && strictEquals(keys[last], key)) values[last] = value;
    else {
      keys.push(key);
      values.push(value);
    }
  }
  return keys.length === 0 ? EMPTY_MAP : new TermMap(keys.length, keys, values, null);
}

/** The index of the key, or the complement of the index at which it would be inserted. */
function indexOf(keys: readonly Term[], key: Term): number {
  if (key instanceof Atom || typeof key === "number") {
    for (let i = 0; i < keys.length; i++) if (keys[i] === key) return i;
  }
  let low = 0;
  let high = keys.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    const order = compareExact(keys[middle], key);
    if (order === 0) return middle;
    if (order < 0) low = middle + 1;
    else high = middle;
  }
  return ~low;
}

function inserted(items: readonly Term[], at: number, item: Term): Term[] {
  const result = items.slice(0, at);
  result.push(item);
  for (let i = at; i < items.length; i++) result.push(items[i]);
  return result;
}

function removed(items: readonly Term[], at: number): Term[] {
  const result = items.slice(0, at);
  for (let i = at + 1; i < items.length; i++) result.push(items[i]);
  return result;
}

/** Wraps the root that a `put` on the map's root made: the size grew if a key was added. */
function trieOf(root: Node, map: TermMap): TermMap {
  if (root === map.root) return map;
  return new TermMap(map.size + (added ? 1 : 0), null, null, root);
}

/** Whether the last `put` added a key. A result of `put` beside its node, kept here to spare an object. */
let added = false;

interface Node {
  get(hash: number, shift: number, key: Term): Term | undefined;
  /** With `edit`, nodes of the same token are changed in place: for building, before anyone sees them. */
  put(hash: number, shift: number, key: Term, value: Term, edit?: object): Node;
  /** The node itself when the key is not there. */
  delete(hash: number, shift: number, key: Term): Node;
  collect(entries: [Term, Term][]): void;
}

const BITS = 5;
const MASK = 31;

/**
 * `content` holds key and value of each bit of `dataMap`, in the order of bits, then from its end backwards the
 * children of each bit of `nodeMap`.
 */
class BitmapNode implements Node {
  dataMap: number;
  nodeMap: number;
  content: any[];
  readonly edit: object | null;

  constructor(dataMap: number, nodeMap: number, content: any[], edit: object | null) {
    this.dataMap = dataMap;
    this.nodeMap = nodeMap;
    this.content = content;
    this.edit = edit;
  }

  get(hash: number, shift: number, key: Term): Term | undefined {
    const bit = 1 << ((hash >>> shift) & MASK);
    if (this.dataMap & bit) {
      const i = 2 * countBits(this.dataMap & (bit - 1));
      const found = this.content[i];
      return found === key || strictEquals(found, key) ? this.content[i + 1] : undefined;
    }
    if (this.nodeMap & bit) return this.child(bit).get(hash, shift + BITS, key);
    return undefined;
  }

  put(hash: number, shift: number, key: Term, value: Term, edit?: object): Node {
    const bit = 1 << ((hash >>> shift) & MASK);
    const mine = edit !== undefined && this.edit === edit;
    if (this.dataMap & bit) {
      const i = 2 * countBits(this.dataMap & (bit - 1));
      const found = this.content[i];
      if (found === key || strictEquals(found, key)) {
        added = false;
        if (this.content[i + 1] === value) return this;
        return this.with(mine, i + 1, value);
      }
      added = true;
      const old = this.content[i + 1];
      const child = pair(hashTerm(found), found, old, hash, key, value, shift + BITS, edit ?? null);
      return this.turnIntoNode(bit, i, child, edit ?? null);
    }
    if (this.nodeMap & bit) {
      const i = this.childIndex(bit);
      const child: Node = this.content[i];
      const changed = child.put(hash, shift + BITS, key, value, edit);
      return changed === child ? this : this.with(mine, i, changed);
    }
    added = true;
    const i = 2 * countBits(this.dataMap & (bit - 1));
    if (mine) {
      this.content.splice(i, 0, key, value);
      this.dataMap |= bit;
      return this;
    }
    const old = this.content;
    const content = new Array(old.length + 2);
    for (let j = 0; j < i; j++) content[j] = old[j];
    content[i] = key;
    content[i + 1] = value;
    for (let j = i; j < old.length; j++) content[j + 2] = old[j];
    return new BitmapNode(this.dataMap | bit, this.nodeMap, content, edit ?? null);
  }

  delete(hash: number, shift: number, key: Term): Node {
    const bit = 1 << ((hash >>> shift) & MASK);
    if (this.dataMap & bit) {
      const i = 2 * countBits(this.dataMap & (bit - 1));
      if (!strictEquals(this.content[i], key)) return this;
      const content = this.content.slice();
      content.splice(i, 2);
      return new BitmapNode(this.dataMap ^ bit, this.nodeMap, content, null);
    }
    if (!(this.nodeMap & bit)) return this;
    const at = this.childIndex(bit);
    const child: Node = this.content[at];
    const rest = child.delete(hash, shift + BITS, key);
    if (rest === child) return this;
    const single = singleEntry(rest);
    if (single === null) return this.with(false, at, rest);
    // A child of one entry moves up, which keeps equal maps equally deep.
    const content = this.content.slice();
    content.splice(at, 1);
    content.splice(2 * countBits(this.dataMap & (bit - 1)), 0, single[0], single[1]);
    return new BitmapNode(this.dataMap | bit, this.nodeMap ^ bit, content, null);
  }

  collect(entries: [Term, Term][]): void {
    const content = this.content;
    const data = 2 * countBits(this.dataMap);
    for (let i = 0; i < data; i += 2) entries.push([content[i], content[i + 1]]);
    for (let i = content.length - 1; i >= data; i--) content[i].collect(entries);
  }

  private childIndex(bit: number): number {
    return this.content.length - 1 - countBits(this.nodeMap & (bit - 1));
  }

  private child(bit: number): Node {
    return this.content[this.childIndex(bit)];
  }

  private with(inPlace: boolean, index: number, item: unknown): BitmapNode {
    if (inPlace) {
      this.content[index] = item;
      return this;
    }
    const content = this.content.slice();
    content[index] = item;
    return new BitmapNode(this.dataMap, this.nodeMap, content, null);
  }

  private turnIntoNode(bit: number, at: number, child: Node, edit: object | null): BitmapNode {
    const content = this.content.slice();
    content.splice(at, 2);
    const before = countBits(this.nodeMap & (bit - 1));
    content.splice(content.length - before, 0, child);
    return new BitmapNode(this.dataMap ^ bit, this.nodeMap | bit, content, edit);
  }
}

/** Entries whose keys have one and the same hash. */
class CollisionNode implements Node {
  readonly keys: readonly Term[];
  readonly values: readonly Term[];

  constructor(keys: readonly Term[], values: readonly Term[]) {
    this.keys = keys;
    this.values = values;
  }

  get(_hash: number, _shift: number, key: Term): Term | undefined {
    const i = this.find(key);
    return i < 0 ? undefined : this.values[i];
  }

  put(_hash: number, _shift: number, key: Term, value: Term): Node {
    const i = this.find(key);
    added = i < 0;
    if (added) return new CollisionNode([...this.keys, key], [...this.values, value]);
    if (this.values[i] === value) return this;
    const values = this.values.slice();
    values[i] = value;
    return new CollisionNode(this.keys, values);
  }

  delete(_hash: number, _shift: number, key: Term): Node {
    const i = this.find(key);
    return i < 0 ? this : new CollisionNode(removed(this.keys, i), removed(this.values, i));
  }

  collect(entries: [Term, Term][]): void {
    for (let i = 0; i < this.keys.length; i++) entries.push([this.keys[i], this.values[i]]);
  }

  private find(key: Term): number {
    return this.keys.findIndex((other) => strictEquals(other, key));
  }
}

const EMPTY_NODE = new BitmapNode(0, 0, [], null);

/** The smallest node of two entries with different keys. */
function pair(
  hashA: number,
  keyA: Term,
  valueA: Term,
  hashB: number,
  keyB: Term,
  valueB: Term,
  shift: number,
  edit: object | null,
): Node {
  if (shift > 31) return new CollisionNode([keyA, keyB], [valueA, valueB]);
  const a = (hashA >>> shift) & MASK;
  const b = (hashB >>> shift) & MASK;
  if (a === b)
    return new BitmapNode(
      0,
      1 << a,
      [pair(hashA, keyA, valueA, hashB, keyB, valueB, shift + BITS, edit)],
      edit,
    );
  const content = a < b ? [keyA, valueA, keyB, valueB] : [keyB, valueB, keyA, valueA];
  return new BitmapNode((1 << a) | (1 << b), 0, content, edit);
}

function singleEntry(node: Node): [Term, Term] | null {
  if (node instanceof CollisionNode) return node.keys.length === 1 ? [node.keys[0], node.values[0]] : null;
  const { nodeMap, content } = node as BitmapNode;
  return nodeMap === 0 && content.length === 2 ? [content[0], content[1]] : null;
}

function countBits(map: number): number {
  map -= (map >>> 1) & 0x55555555;
  map = (map & 0x33333333) + ((map >>> 2) & 0x33333333);
  return Math.imul((map + (map >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
}
