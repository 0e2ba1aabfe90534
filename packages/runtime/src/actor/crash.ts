/** Reports of processes that an error has ended, as data and as text. */
import type { Process } from "../process/process.ts";
import type { Term } from "../term/term.ts";
import { TYPESCRIPT } from "./bridge.ts";
import type { Pid } from "./pid.ts";
import { fromReason, type Reason, reasonText } from "./reason.ts";
import { shortly } from "./show.ts";

/** An error that has ended a process: what `onCrash` handlers get. */
export interface CrashReport {
  readonly kind: "process" | "server";
  readonly pid: Pid;
  /** Its registered name. */
  readonly name: string | null;
  /** What it has thrown: an `Error`, usually. */
  readonly reason: Reason;
  /** Of a server: the message that it was handling, and its state then. */
  readonly message?: unknown;
  readonly state?: unknown;
}

/** `null` for a process that is not TypeScript, which others report. @internal */
export function reportOf(process: Process, reason: Term): CrashReport | null {
  if (!(process.flags & TYPESCRIPT)) return null;
  return {
    kind: "process",
    pid: process,
    name: process.extra?.name?.name ?? null,
    reason: fromReason(reason),
  };
}

/** The text of a report, as it is printed unless there is a handler. */
export function reportText({ kind, pid, name, reason, message, state }: CrashReport): string {
  const who = `${kind === "server" ? "GenServer" : "Process"} ${name ?? `${pid}`}`;
  const why = reason instanceof Error ? (reason.stack ?? reason.message) : reasonText(reason);
  const more = kind === "server" ? `\nLast message: ${shortly(message)}\nState: ${shortly(state)}` : "";
  return `${who} terminating\n${why}${more}`;
}

/** @internal */
export function printReport(report: CrashReport): void {
  console.error(reportText(report));
}
