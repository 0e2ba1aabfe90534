/** Who has started a process of OTP: the list under `$ancestors` in its dictionary, the nearest first, by name where there is one. */
import { extraOf } from "../process/extra.ts";
import type { Process } from "../process/process.ts";
import { Cons, EMPTY } from "../term/list.ts";

/** Notes that `parent` has started `p`. */
export function noteParent(p: Process, parent: Process): void {
  const above = parent.extra?.ancestors ?? EMPTY;
  extraOf(p).ancestors = new Cons(parent.extra?.name ?? parent, above);
}
