/** `:maps`, the functions without callbacks; those with one are in `lib/erlang/maps.ex`. */
import {
  atom,
  badarg,
  bool,
  Cons,
  EMPTY,
  EMPTY_MAP,
  ERROR,
  list,
  listToArray,
  mapDelete,
  mapEntries,
  mapFrom,
  mapGet,
  mapHas,
  mapKeys,
  mapPut,
  mapValues,
  OK,
  type Raised,
  type Term,
  TermMap,
  Tuple,
  tuple,
} from "../term/index.ts";
import { mapError } from "./erlang-tuples.ts";
import type { NativeModule } from "./native.ts";

function check(map: Term, name: string, ...args: Term[]): asserts map is TermMap {
  if (!(map instanceof TermMap)) throw notMap(map, name, args);
}

function notMap(value: Term, name: string, args: Term[]): Raised {
  return mapError("badmap", value, "maps", name, args);
}

export function get(key: Term, map: Term): Term {
  check(map, "get", key, map);
  const value = mapGet(map, key);
  if (value === undefined) throw mapError("badkey", key, "maps", "get", [key, map]);
  return value;
}

export function put(key: Term, value: Term, map: Term): Term {
  check(map, "put", key, value, map);
  return mapPut(map, key, value);
}

/** Replaces the value of a key that must be there. */
export function update(key: Term, value: Term, map: Term): Term {
  check(map, "update", key, value, map);
  if (!mapHas(map, key)) throw mapError("badkey", key, "maps", "update", [key, value, map]);
  return mapPut(map, key, value);
}

/** Both maps; where they share a key the second counts. */
export function merge(a: Term, b: Term): Term {
  if (!(a instanceof TermMap)) throw notMap(a, "merge", [a, b]);
  if (!(b instanceof TermMap)) throw notMap(b, "merge", [a, b]);
  if (a.size === 0) return b;
  if (b.size === 0) return a;
  if (a.size + b.size > 64) return mapFrom([...mapEntries(a), ...mapEntries(b)]);
  let result = a;
  for (const [key, value] of mapEntries(b)) result = mapPut(result, key, value);
  return result;
}

export function fromList(of: Term): Term {
  const pairs = listToArray(of);
  if (pairs === null) throw badarg("maps", "from_list", [of]);
  return mapFrom(
    pairs.map((pair) => {
      if (!(pair instanceof Tuple) || pair.size !== 2) throw badarg("maps", "from_list", [of]);
      return [pair.at(0), pair.at(1)] as const;
    }),
  );
}

/** The entries as a list of pairs; also of an iterator, which is such a list. */
export function toList(map: Term): Term {
  if (map instanceof Cons || map === EMPTY) return map;
  check(map, "to_list", map);
  return list(mapEntries(map).map(([key, value]) => tuple(key, value)));
}

function keysOf(of: Term, name: string, args: Term[]): Term[] {
  const keys = listToArray(of);
  if (keys === null) throw badarg("maps", name, args);
  return keys;
}

function withKeys(keys: Term, map: Term): Term {
  check(map, "with", keys, map);
  let result = EMPTY_MAP;
  for (const key of keysOf(keys, "with", [keys, map])) {
    const value = mapGet(map, key);
    if (value !== undefined) result = mapPut(result, key, value);
  }
  return result;
}

function without(keys: Term, map: Term): Term {
  check(map, "without", keys, map);
  return keysOf(keys, "without", [keys, map]).reduce((rest: TermMap, key) => mapDelete(rest, key), map);
}

export const maps: NativeModule = {
  module: "maps",
  functions: {
    "new/0": () => EMPTY_MAP,
    "get/2": get,
    "get/3": (key, map, fallback) => {
      check(map, "get", key, map, fallback);
      return mapGet(map, key) ?? fallback;
    },
    "find/2": (key, map) => {
      check(map, "find", key, map);
      const value = mapGet(map, key);
      return value === undefined ? ERROR : tuple(OK, value);
    },
    "is_key/2": (key, map) => {
      check(map, "is_key", key, map);
      return bool(mapHas(map, key));
    },
    "put/3": put,
    "update/3": update,
    "remove/2": (key, map) => {
      check(map, "remove", key, map);
      return mapDelete(map, key);
    },
    "take/2": (key, map) => {
      check(map, "take", key, map);
      const value = mapGet(map, key);
      return value === undefined ? ERROR : tuple(value, mapDelete(map, key));
    },
    "keys/1": (map) => {
      check(map, "keys", map);
      return list(mapKeys(map));
    },
    "values/1": (map) => {
      check(map, "values", map);
      return list(mapValues(map));
    },
    "size/1": (map) => {
      check(map, "size", map);
      return map.size;
    },
    "merge/2": merge,
    "from_list/1": fromList,
    "from_keys/2": (keys, value) =>
      mapFrom(keysOf(keys, "from_keys", [keys, value]).map((key) => [key, value])),
    "to_list/1": toList,
    "with/2": withKeys,
    "without/2": without,
    "iterator/1": (map) => {
      check(map, "iterator", map);
      return toList(map);
    },
    "next/1": (iterator) => {
      if (iterator === EMPTY) return atom("none");
      if (!(iterator instanceof Cons) || !(iterator.head instanceof Tuple))
        throw badarg("maps", "next", [iterator]);
      return tuple(iterator.head.at(0), iterator.head.at(1), iterator.tail);
    },
  },
};
