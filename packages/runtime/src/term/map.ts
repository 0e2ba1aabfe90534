/**
 * Maps. Up to 32 keys live in a flat pair of arrays, the keys in the exact term order that OTP 25 shows;
 * storing under a key that is there shares the array of keys, so maps of one shape (structs, above all) share
 * one. Larger maps are tries (`trie.ts`). A map is
 * flat exactly when it has at most 32 keys: deleting brings it back, so equal maps have equal representations.
 * Iteration over a trie goes in the order of Erlang's lists, which is that of hashes.
 */
import { Atom } from "./atom.ts";
import { compareExact } from "./compare.ts";
import type { Term } from "./term.ts";
import {
  grownBy,
  TrieBuilder,
  type TrieNode,
  trieDelete,
  trieEach,
  trieFoldRight,
  trieGet,
  trieMerge,
  triePut,
} from "./trie.ts";

export const MAX_FLAT = 32;

export class TermMap {
  readonly size: number;
  /** Sorted by `compareExact`; `null` in a trie. Never written to. */
  readonly keys: readonly Term[] | null;
  readonly values: readonly Term[] | null;
  readonly root: TrieNode | null;

  constructor(
    size: number,
    keys: readonly Term[] | null,
    values: readonly Term[] | null,
    root: TrieNode | null,
  ) {
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
  return trieGet(map.root as TrieNode, key);
}

export function mapHas(map: TermMap, key: Term): boolean {
  return mapGet(map, key) !== undefined;
}

/** The map with the value under the key, whether it was there or not. */
export function mapPut(map: TermMap, key: Term, value: Term): TermMap {
  const keys = map.keys;
  if (keys === null) {
    const root = triePut(map.root as TrieNode, key, value);
    return root === map.root ? map : new TermMap(map.size + grownBy, null, null, root);
  }
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
    const trie = new TrieBuilder([...keys, key], [...values, value]);
    return new TermMap(MAX_FLAT + 1, null, null, trie.build());
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
  const rest = trieDelete(map.root as TrieNode, key);
  if (rest === map.root) return map;
  const smaller = new TermMap(map.size - 1, null, null, rest);
  return smaller.size > MAX_FLAT ? smaller : flatFrom(mapKeys(smaller), mapValues(smaller));
}

/** Calls back with each entry, in the order of `mapKeys`. */
export function mapEach(map: TermMap, callback: (key: Term, value: Term) => void): void {
  const keys = map.keys;
  if (keys === null) return trieEach(map.root as TrieNode, callback);
  const values = map.values as readonly Term[];
  for (let i = 0; i < keys.length; i++) callback(keys[i], values[i]);
}

/** The entries folded, the last one first: what a list is built with. */
export function mapFoldRight<Result>(
  map: TermMap,
  result: Result,
  step: (key: Term, value: Term, result: Result) => Result,
): Result {
  const keys = map.keys;
  if (keys === null) return trieFoldRight(map.root as TrieNode, result, step);
  const values = map.values as readonly Term[];
  for (let i = keys.length - 1; i >= 0; i--) result = step(keys[i], values[i], result);
  return result;
}

/** As `mapFoldRight`, in the order of Erlang's iterators: that of large maps is the other one. */
export function mapIterated<Result>(
  map: TermMap,
  result: Result,
  step: (key: Term, value: Term, result: Result) => Result,
): Result {
  if (map.root === null) return mapFoldRight(map, result, step);
  trieEach(map.root, (key, value) => {
    result = step(key, value, result);
  });
  return result;
}

/** Keys and values, in the order of Erlang's iterators. */
export function iteratedEntries(map: TermMap): [Term, Term][] {
  const entries: [Term, Term][] = [];
  mapIterated(map, entries, (key, value) => {
    entries.push([key, value]);
    return entries;
  });
  return entries.reverse();
}

/** Keys and values, in the order of `mapKeys`. */
export function mapEntries(map: TermMap): [Term, Term][] {
  const entries: [Term, Term][] = [];
  mapEach(map, (key, value) => entries.push([key, value]));
  return entries;
}

export function mapKeys(map: TermMap): readonly Term[] {
  if (map.keys !== null) return map.keys;
  const keys: Term[] = [];
  mapEach(map, (key) => keys.push(key));
  return keys;
}

export function mapValues(map: TermMap): readonly Term[] {
  if (map.values !== null) return map.values;
  const values: Term[] = [];
  mapEach(map, (_, value) => values.push(value));
  return values;
}

/** Both maps; where they share a key the second counts. */
export function mapMerge(a: TermMap, b: TermMap): TermMap {
  if (a === b || a.size === 0) return b;
  if (a.root !== null && b.root !== null) {
    const root = trieMerge(a.root, b.root);
    return root === b.root ? b : new TermMap(a.size + grownBy, null, null, root);
  }
  let result = a;
  if (b.root === null || b.size <= a.size) {
    mapEach(b, (key, value) => {
      result = mapPut(result, key, value);
    });
    return result;
  }
  result = b;
  mapEach(a, (key, value) => {
    if (!mapHas(b, key)) result = mapPut(result, key, value);
  });
  return result;
}

/** The map of the entries; of those with one key the last counts. */
export function mapFrom(entries: Iterable<readonly [Term, Term]>): TermMap {
  const keys: Term[] = [];
  const values: Term[] = [];
  for (const [key, value] of entries) {
    keys.push(key);
    values.push(value);
  }
  return mapOf(keys, values);
}

/** The map of keys and their values, arrays that the caller gives away; of those with one key the last counts. */
export function mapOf(keys: readonly Term[], values: readonly Term[]): TermMap {
  if (keys.length <= MAX_FLAT) {
    if (isGivenAgain(keys)) return flatAgain(values);
    if (keys.length === 0 || !isAscending(keys)) return flatFrom(keys, values);
    given = sorted = keys;
    places = null;
    return flatMap(keys, values);
  }
  const trie = new TrieBuilder(keys, values);
  const root = trie.build();
  const map = new TermMap(trie.size, null, null, root);
  return trie.size > MAX_FLAT ? map : flatFrom(mapKeys(map), mapValues(map));
}

/**
 * The keys of the map made last, in the order in which they came; the same sorted; where each belongs among these, once it is
 * asked for. Programs make many maps of the same keys one after the other, which share the sorted ones and are not compared again.
 */
let given: readonly Term[] = [];
let sorted: readonly Term[] = [];
let places: number[] | null = null;

function isGivenAgain(keys: readonly Term[]): boolean {
  if (keys.length !== given.length) return false;
  for (let i = 0; i < keys.length; i++) if (keys[i] !== given[i]) return false;
  return keys.length > 0;
}

function flatAgain(values: readonly Term[]): TermMap {
  if (sorted === given) return flatMap(sorted, values);
  places ??= given.map((key) => indexOf(sorted, key));
  const beside = values.slice(0, sorted.length);
  for (let i = 0; i < places.length; i++) beside[places[i]] = values[i];
  return flatMap(sorted, beside);
}

/** The same of at most `MAX_FLAT` entries: each is put where it belongs among those before it. */
function flatFrom(keys: readonly Term[], values: readonly Term[]): TermMap {
  const inOrder: Term[] = [];
  const beside: Term[] = [];
  for (let i = 0; i < keys.length; i++) {
    const at = indexOf(inOrder, keys[i]);
    if (at >= 0) beside[at] = values[i];
    else {
      insert(inOrder, ~at, keys[i]);
      insert(beside, ~at, values[i]);
    }
  }
  given = keys;
  sorted = inOrder;
  places = null;
  return inOrder.length === 0 ? EMPTY_MAP : flatMap(inOrder, beside);
}

function insert(items: Term[], at: number, item: Term): void {
  items.push(item);
  for (let i = items.length - 1; i > at; i--) items[i] = items[i - 1];
  items[at] = item;
}

function isAscending(keys: readonly Term[]): boolean {
  for (let i = 1; i < keys.length; i++) if (compareExact(keys[i - 1], keys[i]) >= 0) return false;
  return true;
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
