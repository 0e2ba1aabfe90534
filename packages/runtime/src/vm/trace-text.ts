/** Events of the trace as lines of JSON: what `--trace` writes. Terms are shown, pids are their numbers. */
import { Process } from "../process/process.ts";
import type { TraceEvent } from "../process/trace.ts";
import { Atom } from "../term/atom.ts";
import { Pid } from "../term/identifier.ts";
import type { Term } from "../term/term.ts";
import { show } from "./show.ts";

export function traceLine(event: TraceEvent): string {
  return JSON.stringify(event, (_key, value) => {
    if (value instanceof Process || value instanceof Pid) return value.id;
    if (value instanceof Atom) return value.name;
    if (value !== null && typeof value === "object" && value !== event) return show(value as Term);
    return typeof value === "bigint" ? String(value) : value;
  });
}
