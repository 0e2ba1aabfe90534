/**
 * The part of the process dictionary that nearly all processes of OTP have: a few entries with atoms for keys. They are one
 * flat array, `[key, value, …]`, which takes half the room of a map; what does not fit is in `otherKeys`.
 */
import type { Atom } from "../term/atom.ts";
import type { Term } from "../term/term.ts";
import type { ProcessExtra } from "./extra.ts";

/** Elements of the array, beyond which searching it costs more than a map. */
const MOST = 32;

/** Where the value of a key is in `atomKeys`, or 0. */
export function slotOf(extra: ProcessExtra, key: Term): number {
  const { atomKeys } = extra;
  for (let i = 0; i < atomKeys.length; i += 2) if (atomKeys[i] === key) return i + 1;
  return 0;
}

export function atomValue(extra: ProcessExtra | null | undefined, key: Atom): Term | undefined {
  return extra ? extra.atomKeys[slotOf(extra, key) || -1] : undefined;
}

/** Whether there is room for one more key, which then has been put there. */
export function addAtomKey(extra: ProcessExtra, key: Atom, value: Term): boolean {
  if (extra.atomKeys.length >= MOST) return false;
  const old = extra.atomKeys;
  // Literals take no more room than they need; what is pushed to makes room for many more.
  if (old.length === 0) extra.atomKeys = [key, value];
  else if (old.length === 2) extra.atomKeys = [old[0], old[1], key, value];
  else old.push(key, value);
  return true;
}
