/** `:erlang`, the process dictionary. */
import { extraOf, type ProcessExtra } from "../process/extra.ts";
import type { Process } from "../process/process.ts";
import { S } from "../process/stack.ts";
import { Atom, UNDEFINED } from "../term/atom.ts";
import { strictEquals } from "../term/compare.ts";
import { list } from "../term/list.ts";
import { EMPTY_MAP, mapDelete, mapEntries, mapGet, mapPut } from "../term/map.ts";
import type { Term } from "../term/term.ts";
import { Tuple2 } from "../term/tuple.ts";
import type { NativeModule } from "./native.ts";

function lookUp(extra: ProcessExtra | null, key: Term): Term | undefined {
  if (extra === null) return undefined;
  if (key instanceof Atom) return extra.atomKeys?.get(key);
  return extra.otherKeys === null ? undefined : mapGet(extra.otherKeys, key);
}

export function dictionaryOf(p: Process): [Term, Term][] {
  const { extra } = p;
  if (extra === null) return [];
  return [...(extra.atomKeys ?? []), ...mapEntries(extra.otherKeys ?? EMPTY_MAP)];
}

/** The dictionary as a list of pairs, as `process_info(pid, :dictionary)` shows it. */
export function dictionaryList(p: Process): Term {
  return list(dictionaryOf(p).map(([key, value]) => new Tuple2(key, value)));
}

function put(key: Term, value: Term): Term {
  const extra = extraOf(S.p);
  const old = lookUp(extra, key) ?? UNDEFINED;
  if (key instanceof Atom) (extra.atomKeys ??= new Map()).set(key, value);
  else extra.otherKeys = mapPut(extra.otherKeys ?? EMPTY_MAP, key, value);
  return old;
}

function erase(key: Term): Term {
  const { extra } = S.p;
  const old = lookUp(extra, key);
  if (old === undefined || extra === null) return UNDEFINED;
  if (key instanceof Atom) extra.atomKeys?.delete(key);
  else if (extra.otherKeys !== null) extra.otherKeys = mapDelete(extra.otherKeys, key);
  return old;
}

export const erlangDictionary: NativeModule = {
  module: "erlang",
  functions: {
    "put/2": put,
    "get/0": () => dictionaryList(S.p),
    "get/1": (key) => lookUp(S.p.extra, key) ?? UNDEFINED,
    "get_keys/0": () => list(dictionaryOf(S.p).map(([key]) => key)),
    "get_keys/1": (value) =>
      list(
        dictionaryOf(S.p)
          .filter(([, stored]) => strictEquals(stored, value))
          .map(([key]) => key),
      ),
    "erase/0": () => {
      const all = dictionaryList(S.p);
      const { extra } = S.p;
      if (extra !== null) {
        extra.atomKeys = null;
        extra.otherKeys = null;
      }
      return all;
    },
    "erase/1": erase,
  },
};
