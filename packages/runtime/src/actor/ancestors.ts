/** Who has started a process of OTP: the list under `$ancestors` in its dictionary, the nearest first, by name where there is one. */
import { addAtomKey, atomValue } from "../process/dictionary.ts";
import { extraOf } from "../process/extra.ts";
import type { Process } from "../process/process.ts";
import { atom } from "../term/atom.ts";
import { Cons, EMPTY } from "../term/list.ts";
import type { Term } from "../term/term.ts";

export const ANCESTORS = atom("$ancestors");

/** Notes that `parent` has started `p`. */
export function noteParent(p: Process, parent: Process): void {
  const above = atomValue(parent.extra, ANCESTORS) ?? EMPTY;
  const list: Term = new Cons(parent.extra?.name ?? parent, above);
  addAtomKey(extraOf(p), ANCESTORS, list);
}
