/** Tuples and maps of `:erlang`. Positions count from one, as everywhere in Erlang. */
import {
  atom,
  badarg,
  bool,
  CLASS_ERROR,
  EMPTY_TUPLE,
  list,
  listToArray,
  mapGet,
  mapHas,
  Raised,
  type Term,
  TermMap,
  Tuple,
  tuple,
  tupleOf,
  withHost,
} from "../term/index.ts";
import type { NativeModule } from "./native.ts";

function bad(name: string, ...args: Term[]): Raised {
  return badarg("erlang", name, args);
}

export function element(position: Term, of: Term): Term {
  if (!(of instanceof Tuple) || typeof position !== "number" || position < 1 || position > of.size)
    throw bad("element", position, of);
  return of.at(position - 1);
}

export function setelement(position: Term, of: Term, value: Term): Term {
  if (!(of instanceof Tuple) || typeof position !== "number" || position < 1 || position > of.size)
    throw bad("setelement", position, of, value);
  const items = of.toArray();
  items[position - 1] = value;
  return tupleOf(items);
}

/** The largest tuple of Erlang. */
const MAX_SIZE = 16_777_215;

function makeTuple(size: Term, fill: Term): Term {
  if (typeof size !== "number" || size < 0 || size > MAX_SIZE) throw bad("make_tuple", size, fill);
  return tupleOf(new Array(size).fill(fill));
}

function makeTupleWith(size: Term, fill: Term, settings: Term): Term {
  const wrong = () => bad("make_tuple", size, fill, settings);
  if (typeof size !== "number" || size < 0 || size > MAX_SIZE) throw wrong();
  const items: Term[] = new Array(size).fill(fill);
  const pairs = listToArray(settings);
  if (pairs === null) throw wrong();
  for (const pair of pairs) {
    if (!(pair instanceof Tuple) || pair.size !== 2) throw wrong();
    const at = pair.at(0);
    if (typeof at !== "number" || at < 1 || at > size) throw wrong();
    items[at - 1] = pair.at(1);
  }
  return tupleOf(items);
}

function insertElement(position: Term, into: Term, value: Term): Term {
  if (!(into instanceof Tuple) || typeof position !== "number" || position < 1 || position > into.size + 1)
    throw bad("insert_element", position, into, value);
  const items = into.toArray();
  items.splice(position - 1, 0, value);
  return tupleOf(items);
}

function deleteElement(position: Term, from: Term): Term {
  if (!(from instanceof Tuple) || typeof position !== "number" || position < 1 || position > from.size)
    throw bad("delete_element", position, from);
  const items = from.toArray();
  items.splice(position - 1, 1);
  return tupleOf(items);
}

/** An error about a map carries the failed call, which tells the map that lacks a key. */
export function mapError(reason: string, value: Term, module: string, name: string, args: Term[]): Raised {
  const call = { module: atom(module), name: atom(name), args };
  return withHost(new Raised(CLASS_ERROR, tuple(atom(reason), value), null, call));
}

export function mapGetOrRaise(key: Term, map: Term): Term {
  if (!(map instanceof TermMap)) throw mapError("badmap", map, "erlang", "map_get", [key, map]);
  const value = mapGet(map, key);
  if (value === undefined) throw mapError("badkey", key, "erlang", "map_get", [key, map]);
  return value;
}

export const erlangTuples: NativeModule = {
  module: "erlang",
  functions: {
    "element/2": element,
    "setelement/3": setelement,
    "make_tuple/2": makeTuple,
    "make_tuple/3": makeTupleWith,
    "append_element/2": (of, value) => {
      if (!(of instanceof Tuple)) throw bad("append_element", of, value);
      const items = of.toArray();
      items.push(value);
      return tupleOf(items);
    },
    "insert_element/3": insertElement,
    "delete_element/2": deleteElement,
    "tuple_size/1": (of) => {
      if (!(of instanceof Tuple)) throw bad("tuple_size", of);
      return of.size;
    },
    "tuple_to_list/1": (of) => {
      if (!(of instanceof Tuple)) throw bad("tuple_to_list", of);
      return list(of.toArray());
    },
    "list_to_tuple/1": (items) => {
      const array = listToArray(items);
      if (array === null) throw bad("list_to_tuple", items);
      return array.length === 0 ? EMPTY_TUPLE : tupleOf(array);
    },
    "map_size/1": (map) => {
      if (!(map instanceof TermMap)) throw mapError("badmap", map, "erlang", "map_size", [map]);
      return map.size;
    },
    "map_get/2": mapGetOrRaise,
    "is_map_key/2": (key, map) => {
      if (!(map instanceof TermMap)) throw mapError("badmap", map, "erlang", "is_map_key", [key, map]);
      return bool(mapHas(map, key));
    },
  },
};
