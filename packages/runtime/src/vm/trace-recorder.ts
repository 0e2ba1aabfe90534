/**
 * Keeps events of the trace as they come, so cheaply that every run of a page is recorded: what is costly, such as terms as
 * text and lines of the source, is left to the reader (`trace-reader.ts`), who may never come. What may change until then
 * is noted: the time, the calls that led here, the mailboxes at the beginning.
 */
import { labelOf } from "../process/label.ts";
import { linksOf } from "../process/links.ts";
import { monitorsOf } from "../process/monitor.ts";
import { EXITED, HELD, type Message, type Process, SYSTEM, WAITING } from "../process/process.ts";
import { S, type Suspended, suspendedCallers } from "../process/stack.ts";
import type { TraceEvent } from "../process/trace.ts";
import { atom } from "../term/atom.ts";
import type { Term } from "../term/term.ts";
import { Tuple3 } from "../term/tuple.ts";

/** A process as it was when the trace began. */
export interface KnownProcess {
  readonly type: "known";
  readonly process: Process;
  readonly state: "ready" | "waiting" | "held";
  readonly name: string | null;
  readonly label: Term | null;
  readonly links: readonly Process[];
  readonly monitors: readonly { readonly id: number; readonly target: Process | null }[];
  readonly mailbox: readonly Message[];
}

export type Recorded =
  | TraceEvent
  | KnownProcess
  | { readonly type: "unknown"; readonly count: number }
  /** Slices in which nothing but computing happened, of which there had been many. */
  | { readonly type: "omitted"; readonly slices: number; readonly reductions: number }
  /** The event before was a message of the system to this process: no part of the program. */
  | { readonly type: "fromSystem"; readonly message: Message };

/** The call that a process continues with, and those that wait for it. */
export interface Calls {
  readonly target: unknown;
  readonly args: readonly unknown[];
  readonly callers: readonly Suspended[];
}

export interface RawEntry {
  readonly event: Recorded;
  readonly time: number;
  /** The host's stack when the program did this, which is written out when it is read. */
  readonly host: { stack?: string } | null;
  readonly calls: Calls | null;
}

const SHELL = atom("shell");
const DONE = atom("done");

/** Enough to get from a send in the library, such as that of a call to a server, to the line of the program. */
const MOST_FRAMES = 16;
const MOST_CALLERS = 8;
/** So many slices in a row in which nothing happens are kept. */
const MOST_QUIET = 300;
const MOST_KNOWN = 200;
const MOST_KNOWN_MESSAGES = 20;

/** What a program does by a call, which is somewhere in its text. */
const called = new Set<TraceEvent["type"]>([
  "spawn",
  "send",
  "match",
  "block",
  "timeout",
  "link",
  "unlink",
  "monitor",
  "demonitor",
  "signal",
  "register",
  "unregister",
  "label",
]);

export class Recorder {
  readonly entries: RawEntry[] = [];
  readonly #now: () => number;
  #ofSystem: Term | null = null;
  /** Slices since something else happened; those beyond the first are only counted. */
  #quiet = 0;
  #omittedSlices = 0;
  #omittedReductions = 0;
  /** A shell that has nothing more to evaluate: how it waits for more is not the program's doing. */
  #idle: Process | null = null;

  constructor(now: () => number) {
    this.#now = now;
  }

  /** Notes who is there already. */
  begin(processes: Iterable<Process>): void {
    const time = this.#now();
    let left = MOST_KNOWN;
    let count = 0;
    for (const process of processes) {
      if (process.flags & SYSTEM) continue;
      if (left-- > 0) this.entries.push({ event: known(process), time, host: null, calls: null });
      else count++;
    }
    if (count > 0) this.entries.push({ event: { type: "unknown", count }, time, host: null, calls: null });
  }

  /** Keeps an event, unless it is the system's own. */
  add(event: TraceEvent): void {
    const { process } = event;
    if (event.type === "send") {
      const isOfSystem = process !== null && ((process as Process).flags & SYSTEM) !== 0;
      this.#ofSystem = isOfSystem ? event.message : null;
      if (isOfSystem) return;
      if (process !== null && isDone(event.message)) this.#idle = process as Process;
    } else if (process === this.#idle && (event.type === "skip" || event.type === "block")) return;
    else if (process !== null && ((process as Process).flags & SYSTEM) !== 0) return;
    else if (event.type === "deliver" && event.message.term === this.#ofSystem) {
      this.#ofSystem = null;
      this.#keep({ type: "fromSystem", message: event.message }, null, null);
      return;
    }
    if (event.type === "in") {
      if (this.#quiet < MOST_QUIET) this.#keep(event, null, null);
      return;
    }
    if (event.type === "out") {
      if (this.#quiet++ < MOST_QUIET) this.#keep(event, null, callsOf(event.process, true));
      else {
        this.#omittedSlices++;
        this.#omittedReductions += event.reductions;
      }
      return;
    }
    this.#endQuiet();
    if (S.p !== null && called.has(event.type)) this.#keep(event, hostStack(this.add), callsOf(S.p, false));
    else this.#keep(event, null, null);
  }

  /** Something happens: what was left out is told, and whose slice it is in. */
  #endQuiet(): void {
    const wasLeftOut = this.#quiet >= MOST_QUIET;
    this.#quiet = 0;
    if (!wasLeftOut) return;
    const [slices, reductions] = [this.#omittedSlices, this.#omittedReductions];
    this.#omittedSlices = this.#omittedReductions = 0;
    if (slices > 0) this.#keep({ type: "omitted", slices, reductions }, null, null);
    if (S.p !== null) this.#keep({ type: "in", process: S.p }, null, null);
  }

  #keep(event: Recorded, host: RawEntry["host"], calls: Calls | null): void {
    this.entries.push({ event, time: this.#now(), host, calls });
  }
}

/** What a shell tells its owner at the end. */
function isDone(message: Term): boolean {
  return message instanceof Tuple3 && message.a === SHELL && message.c === DONE;
}

function known(process: Process): KnownProcess {
  const { extra, status } = process;
  const mailbox: Message[] = [];
  for (let m = process.head; m !== null && mailbox.length < MOST_KNOWN_MESSAGES; m = m.next) mailbox.push(m);
  return {
    type: "known",
    process,
    state: status === WAITING ? "waiting" : status === HELD ? "held" : "ready",
    name: extra?.name?.name ?? null,
    label: labelOf(process),
    links: linksOf(extra),
    monitors: monitorsOf(extra).map(({ id, target }) => ({ id, target })),
    mailbox,
  };
}

function hostStack(above: Function): { stack?: string } | null {
  if (Error.captureStackTrace === undefined) return new Error();
  const host = {};
  const limit = Error.stackTraceLimit;
  Error.stackTraceLimit = MOST_FRAMES;
  Error.captureStackTrace(host, above);
  Error.stackTraceLimit = limit;
  return host;
}

/** `null` for a process that calls nothing any more. While it runs, only its callers are known. */
function callsOf(p: Process, isSuspended: boolean): Calls | null {
  if (p.status === EXITED) return null;
  return {
    target: isSuspended ? p.target : null,
    args: isSuspended ? [p.x0, p.x1, p.x2, p.x3] : [],
    callers: suspendedCallers(p, MOST_CALLERS),
  };
}
