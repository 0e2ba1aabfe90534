/** Registered names. */
import { type Atom, UNDEFINED } from "../term/atom.ts";
import { extraOf } from "./extra.ts";
import { EXITED, type Process } from "./process.ts";
import { S } from "./stack.ts";
import type { System } from "./system.ts";

/** False when the name is taken, or the process has one already. */
export function register(system: System, name: Atom, p: Process): boolean {
  if (name === UNDEFINED || system.names.has(name)) return false;
  const extra = extraOf(p);
  if (extra.name !== null || p.status === EXITED) return false;
  extra.name = name;
  system.names.set(name, p);
  S.trace?.({ type: "register", process: p, name });
  return true;
}
