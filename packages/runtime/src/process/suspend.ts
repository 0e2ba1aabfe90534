/** Suspending: a suspended process is not run, whatever its status, until all who have suspended it resume it or end. */
import { PARKED, type Process, RUNNABLE, SUSPENDED } from "./process.ts";
import { S } from "./stack.ts";

/** The processes that one has suspended. */
export class Suspensions extends Set<Process> {
  ended(by: Process): void {
    for (const p of this) {
      const counts = p.extra?.suspendedBy;
      if (counts?.delete(by) && counts.size === 0) resume(p);
    }
  }
}

export function suspend(p: Process): void {
  p.flags |= SUSPENDED;
}

export function resume(p: Process): void {
  const parked = p.flags & PARKED;
  p.flags &= ~(SUSPENDED | PARKED);
  if (parked && p.status === RUNNABLE) S.system.ready(p);
}
