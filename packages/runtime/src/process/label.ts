/** What a process is shown as, beside its pid. */
import { text } from "../term/bitstring.ts";
import type { Term } from "../term/term.ts";
import type { Process } from "./process.ts";

/** The label of a process as a term. */
export function labelOf(p: Process): Term | null {
  const label = p.extra?.label ?? null;
  return typeof label === "string" ? text(label) : label;
}
