/** `:maps`, the functions without callbacks; those with one are in `lib/erlang/maps.ex`. */
import {
  atom,
  badarg,
  bool,
  Cons,
  EMPTY,
  EMPTY_MAP,
  ERROR,
  errorIn,
  listToArray,
  mapDelete,
  mapFoldRight,
  mapGet,
  mapHas,
  mapIterated,
  mapMerge,
  mapOf,
  mapPut,
  OK,
  type Raised,
  type Term,
  TermMap,
  Tuple,
  Tuple2,
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
  return mapMerge(a, b);
}

export function fromList(of: Term): Term {
  const keys: Term[] = [];
  const values: Term[] = [];
  let rest = of;
  for (; rest instanceof Cons; rest = rest.tail) {
    const pair = rest.head;
    if (!(pair instanceof Tuple2)) throw badarg("maps", "from_list", [of]);
    keys.push(pair.a);
    values.push(pair.b);
  }
  if (rest !== EMPTY) throw badarg("maps", "from_list", [of]);
  return mapOf(keys, values);
}

/** The entries of a map, or of an iterator at its beginning, as a list of pairs. */
export function toList(map: Term): Term {
  if (map instanceof Cons && map.head === 0 && map.tail instanceof TermMap)
    return mapIterated(map.tail, EMPTY as Term, (key, value, rest) => new Cons(new Tuple2(key, value), rest));
  check(map, "to_list", map);
  return mapFoldRight(map, EMPTY as Term, (key, value, rest) => new Cons(new Tuple2(key, value), rest));
}

function keysOf(of: Term, name: string, args: Term[]): Term[] {
  const keys = listToArray(of);
  if (keys === null && of instanceof Cons && name !== "from_keys")
    throw errorIn("function_clause", "maps", name, args);
  if (keys === null) throw badarg("maps", name, args);
  return keys;
}

function withKeys(keys: Term, map: Term): Term {
  check(map, "with", keys, map);
  const found: Term[] = [];
  const values: Term[] = [];
  for (const key of keysOf(keys, "with", [keys, map])) {
    const value = mapGet(map, key);
    if (value === undefined) continue;
    found.push(key);
    values.push(value);
  }
  return mapOf(found, values);
}

function without(keys: Term, map: Term): Term {
  check(map, "without", keys, map);
  return keysOf(keys, "without", [keys, map]).reduce((rest: TermMap, key) => mapDelete(rest, key), map);
}

const NONE = atom("none") as Term;

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
      return mapFoldRight(map, EMPTY as Term, (key, _, rest) => new Cons(key, rest));
    },
    "values/1": (map) => {
      check(map, "values", map);
      return mapFoldRight(map, EMPTY as Term, (_, value, rest) => new Cons(value, rest));
    },
    "size/1": (map) => {
      check(map, "size", map);
      return map.size;
    },
    "merge/2": merge,
    "from_list/1": fromList,
    "from_keys/2": (of, value) => {
      const keys = keysOf(of, "from_keys", [of, value]);
      return mapOf(keys, new Array(keys.length).fill(value));
    },
    "to_list/1": toList,
    "with/2": withKeys,
    "without/2": without,
    "iterator/1": (map) => {
      check(map, "iterator", map);
      return new Cons(0, map);
    },
    "next/1": (iterator) => {
      if (iterator instanceof Cons && iterator.head === 0 && iterator.tail instanceof TermMap)
        return mapIterated(iterator.tail, NONE, (key, value, rest): Term => tuple(key, value, rest));
      if (iterator === NONE || (iterator instanceof Tuple && iterator.size === 3)) return iterator;
      throw badarg("maps", "next", [iterator]);
    },
  },
};
