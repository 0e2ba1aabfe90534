/**
 * `:erlang`, the process dictionary. What every process of OTP has, `$ancestors` and `$initial_call`, are fields of its record; a few other
 * entries with atoms for keys are one flat array, `[key, value, …]`, which takes half the room of a map; what does not fit is in
 * `otherKeys`.
 */
import { extraOf, type ProcessExtra } from "../process/extra.ts";
import type { Process } from "../process/process.ts";
import { S } from "../process/stack.ts";
import { Atom, atom, UNDEFINED } from "../term/atom.ts";
import { strictEquals } from "../term/compare.ts";
import { Cons, EMPTY, list } from "../term/list.ts";
import { EMPTY_MAP, mapDelete, mapEntries, mapGet, mapPut } from "../term/map.ts";
import type { Term } from "../term/term.ts";
import { Tuple2 } from "../term/tuple.ts";
import type { NativeModule } from "./native.ts";

const ANCESTORS = atom("$ancestors");
const INITIAL_CALL = atom("$initial_call");

/** Elements of the array, beyond which searching it costs more than a map. */
const MOST = 32;

/** Where the value of a key is in `atomKeys`, or 0. */
function slotOf(extra: ProcessExtra, key: Term): number {
  const { atomKeys } = extra;
  for (let i = 0; i < atomKeys.length; i += 2) if (atomKeys[i] === key) return i + 1;
  return 0;
}

export function valueOf(p: Process | null, key: Term): Term | undefined {
  const extra = p?.extra ?? null;
  if (extra === null) return undefined;
  if (key === ANCESTORS) return extra.ancestors;
  if (key === INITIAL_CALL) return extra.initialCall;
  const slot = slotOf(extra, key);
  if (slot > 0) return extra.atomKeys[slot];
  return extra.otherKeys === null ? undefined : mapGet(extra.otherKeys, key);
}

/** OTP's own come last, in the order of Erlang. */
export function dictionaryOf(p: Process): [Term, Term][] {
  const { extra } = p;
  if (extra === null) return [];
  const { ancestors, initialCall, atomKeys, otherKeys } = extra;
  const entries: [Term, Term][] = [];
  for (let i = 0; i < atomKeys.length; i += 2) entries.push([atomKeys[i], atomKeys[i + 1]]);
  if (initialCall !== undefined) entries.push([INITIAL_CALL, initialCall]);
  if (ancestors !== undefined) entries.push([ANCESTORS, ancestors]);
  return [...entries, ...mapEntries(otherKeys ?? EMPTY_MAP)];
}

/** The dictionary as a list of pairs, as `process_info(pid, :dictionary)` shows it. */
export function dictionaryList(p: Process): Term {
  return list(dictionaryOf(p).map(([key, value]) => new Tuple2(key, value)));
}

/** The processes of one supervisor have the same ancestors and initial calls; they share the terms of those started just before. */
let lastAncestors: Term = EMPTY;
const lastCalls: Term[] = [];

function sharedAncestors(ancestors: Term): Term {
  const last = lastAncestors;
  const isSame =
    ancestors instanceof Cons &&
    last instanceof Cons &&
    ancestors.head === last.head &&
    ancestors.tail === last.tail;
  if (!isSame) lastAncestors = ancestors;
  return lastAncestors;
}

/** Of two, as a process is first what `proc_lib` calls and then what the behaviour says. */
function sharedCall(call: Term): Term {
  const known = lastCalls.find((last) => strictEquals(last, call));
  if (known !== undefined) return known;
  if (lastCalls.unshift(call) > 2) lastCalls.pop();
  return call;
}

export function putKey(key: Term, value: Term, p: Process = S.p): Term {
  const extra = extraOf(p);
  const old = valueOf(p, key);
  const slot = slotOf(extra, key);
  if (key === ANCESTORS) extra.ancestors = sharedAncestors(value);
  else if (key === INITIAL_CALL) extra.initialCall = sharedCall(value);
  else if (slot > 0) extra.atomKeys[slot] = value;
  else if (old !== undefined || !(key instanceof Atom) || extra.atomKeys.length >= MOST)
    extra.otherKeys = mapPut(extra.otherKeys ?? EMPTY_MAP, key, value);
  // A literal takes no more room than it needs; what is pushed to makes room for many more.
  else if (extra.atomKeys.length === 0) extra.atomKeys = [key, value];
  else extra.atomKeys.push(key, value);
  return old ?? UNDEFINED;
}

export function eraseKey(p: Process, key: Term): Term {
  const { extra } = p;
  const old = valueOf(p, key);
  if (old === undefined || extra === null) return UNDEFINED;
  const slot = slotOf(extra, key);
  if (key === ANCESTORS) extra.ancestors = undefined;
  else if (key === INITIAL_CALL) extra.initialCall = undefined;
  else if (slot > 0) extra.atomKeys = extra.atomKeys.toSpliced(slot - 1, 2);
  else if (extra.otherKeys !== null) extra.otherKeys = mapDelete(extra.otherKeys, key);
  return old;
}

export function eraseAll(p: Process): void {
  const { extra } = p;
  if (extra === null) return;
  extra.ancestors = extra.initialCall = undefined;
  extra.atomKeys = [];
  extra.otherKeys = null;
}

export const erlangDictionary: NativeModule = {
  module: "erlang",
  functions: {
    "put/2": (key, value) => putKey(key, value),
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
      eraseAll(S.p);
      return all;
    },
    "erase/1": (key) => eraseKey(S.p, key),
  },
};
