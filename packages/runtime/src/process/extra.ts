/**
 * What few processes use, made on first use: links, monitors, dictionary, names, options.
 */
import type { Atom } from "../term/atom.ts";
import type { TermMap } from "../term/map.ts";
import type { Term } from "../term/term.ts";
import type { Links } from "./links.ts";
import type { Alias, Monitor } from "./monitor.ts";
import type { Outcome } from "./outcome.ts";
import type { Process } from "./process.ts";
import type { Suspensions } from "./suspend.ts";

/** Shared by all that have none: replaced, never changed. */
const NO_KEYS: Term[] = [];

export class ProcessExtra {
  links: Links = null;
  /** The youngest of the monitors that this process holds, and of those held on it. */
  monitors: Monitor | null = null;
  monitoredBy: Monitor | null = null;
  /** Active aliases, but for those that are monitors still to fire. */
  aliases: Set<Alias> | null = null;

  name: Atom | null = null;
  /** A string from TypeScript: `labelOf` makes a term of it. */
  label: Term | string | null = null;
  /** The process dictionary: see `builtins/process-dict.ts`. */
  ancestors: Term | undefined = undefined;
  initialCall: Term | undefined = undefined;
  atomKeys: Term[] = NO_KEYS;
  otherKeys: TermMap | null = null;

  /** With the flag `PRIORITISED`. */
  priority: "low" | "high" | "max" | "normal" = "normal";
  /** Process flags that change nothing here but are given back: see `flag.ts`. */
  options: Map<string, Term> | null = null;
  /** With the flag `EXITING`: why. */
  exitReason: Term | null = null;
  /** How often each process has suspended this one. */
  suspendedBy: Map<Process, number> | null = null;
  /** Which processes this one has suspended. */
  suspending: Suspensions | null = null;
  /** Told when the process ends: the host that waits for its result, tables that it owns. */
  observers: ((outcome: Outcome, process: Process) => void)[] | null = null;
}

export function extraOf(p: Process): ProcessExtra {
  let extra = p.extra;
  if (extra === null) {
    extra = new ProcessExtra();
    p.extra = extra;
  }
  return extra;
}
