/** `:erlang`, the process dictionary. */
import { addAtomKey, slotOf } from "../process/dictionary.ts";
import { extraOf } from "../process/extra.ts";
import type { Process } from "../process/process.ts";
import { S } from "../process/stack.ts";
import { Atom, UNDEFINED } from "../term/atom.ts";
import { strictEquals } from "../term/compare.ts";
import { list } from "../term/list.ts";
import { EMPTY_MAP, mapDelete, mapEntries, mapGet, mapPut } from "../term/map.ts";
import type { Term } from "../term/term.ts";
import { Tuple2 } from "../term/tuple.ts";
import type { NativeModule } from "./native.ts";

export function valueOf(p: Process | null, key: Term): Term | undefined {
  const extra = p?.extra ?? null;
  if (extra === null) return undefined;
  const slot = slotOf(extra, key);
  if (slot > 0) return extra.atomKeys[slot];
  return extra.otherKeys === null ? undefined : mapGet(extra.otherKeys, key);
}

export function dictionaryOf(p: Process): [Term, Term][] {
  const { extra } = p;
  if (extra === null) return [];
  const { atomKeys } = extra;
  const first = atomKeys.flatMap((key, i): [Term, Term][] => (i % 2 === 0 ? [[key, atomKeys[i + 1]]] : []));
  return [...first, ...mapEntries(extra.otherKeys ?? EMPTY_MAP)];
}

/** The dictionary as a list of pairs, as `process_info(pid, :dictionary)` shows it. */
export function dictionaryList(p: Process): Term {
  return list(dictionaryOf(p).map(([key, value]) => new Tuple2(key, value)));
}

export function putKey(key: Term, value: Term): Term {
  const extra = extraOf(S.p);
  const old = valueOf(S.p, key);
  const slot = slotOf(extra, key);
  if (slot > 0) extra.atomKeys[slot] = value;
  else if (!(old === undefined && key instanceof Atom && addAtomKey(extra, key, value)))
    extra.otherKeys = mapPut(extra.otherKeys ?? EMPTY_MAP, key, value);
  return old ?? UNDEFINED;
}

export function eraseKey(p: Process, key: Term): Term {
  const { extra } = p;
  const old = valueOf(p, key);
  if (old === undefined || extra === null) return UNDEFINED;
  const slot = slotOf(extra, key);
  if (slot > 0) extra.atomKeys = extra.atomKeys.toSpliced(slot - 1, 2);
  else if (extra.otherKeys !== null) extra.otherKeys = mapDelete(extra.otherKeys, key);
  return old;
}

export const erlangDictionary: NativeModule = {
  module: "erlang",
  functions: {
    "put/2": putKey,
    "get/0": () => dictionaryList(S.p),
    "get/1": (key) => valueOf(S.p, key) ?? UNDEFINED,
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
        extra.atomKeys = [];
        extra.otherKeys = null;
      }
      return all;
    },
    "erase/1": (key) => eraseKey(S.p, key),
  },
};
