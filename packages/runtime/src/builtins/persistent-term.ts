/** Terms that all processes of a system share: `:persistent_term`. */
import { S } from "../process/stack.ts";
import {
  atom,
  badarg,
  bool,
  EMPTY_MAP,
  list,
  mapDelete,
  mapEntries,
  mapFrom,
  mapGet,
  mapHas,
  mapPut,
  OK,
  type TermMap,
  tuple,
} from "../term/index.ts";
import type { NativeModule } from "./native.ts";

const bySystem = new WeakMap<object, TermMap>();

/** The persistent terms of the running system. */
export function persistentTerms(): TermMap {
  return bySystem.get(S.system) ?? EMPTY_MAP;
}

export const persistentTerm: NativeModule = {
  module: "persistent_term",
  functions: {
    "put/2": (key, value) => {
      bySystem.set(S.system, mapPut(persistentTerms(), key, value));
      return OK;
    },
    "get/0": () => list(mapEntries(persistentTerms()).map(([key, value]) => tuple(key, value))),
    "get/1": (key) => {
      const value = mapGet(persistentTerms(), key);
      if (value === undefined) throw badarg("persistent_term", "get", [key]);
      return value;
    },
    "get/2": (key, fallback) => mapGet(persistentTerms(), key) ?? fallback,
    "erase/1": (key) => {
      const terms = persistentTerms();
      bySystem.set(S.system, mapDelete(terms, key));
      return bool(mapHas(terms, key));
    },
    "info/0": () =>
      mapFrom([
        [atom("count"), persistentTerms().size],
        [atom("memory"), persistentTerms().size * 64],
      ]),
  },
};
