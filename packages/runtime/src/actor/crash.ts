/** Reports of processes that an error has ended, as data and as text. */
import type { Process } from "../process/process.ts";
import type { Term } from "../term/term.ts";
import { TYPESCRIPT } from "./bridge.ts";
import type { Pid } from "./pid.ts";
import { fromReason, pidText, type Reason, reasonText } from "./reason.ts";

export interface CrashReport {
  readonly kind: "process" | "server";
  readonly pid: Pid;
  readonly name: string | null;
  /** What it was thrown: an `Error`, usually. */
  readonly reason: Reason;
  /** Of a server: the message that it was handling, and its state then. */
  readonly message?: unknown;
  readonly state?: unknown;
}

/** `null` for a process that is not TypeScript, which others report. */
export function reportOf(process: Process, reason: Term): CrashReport | null {
  if (!(process.flags & TYPESCRIPT)) return null;
  const name = process.extra?.name?.name ?? null;
  return { kind: "process", pid: process as Pid, name, reason: fromReason(reason) };
}

/** The text of a report. */
export function reportText({ kind, pid, name, reason, ...server }: CrashReport): string {
  const who = `${kind === "server" ? "GenServer" : "Process"} ${name ?? pidText(pid as Process)}`;
  const why = reason instanceof Error ? (reason.stack ?? reason.message) : reasonText(reason);
  const more =
    kind === "server"
      ? `\nLast message: ${reasonText(server.message)}\nState: ${reasonText(server.state)}`
      : "";
  return `${who} terminating\n${why}${more}`;
}

export function printReport(report: CrashReport): void {
  console.error(reportText(report));
}
