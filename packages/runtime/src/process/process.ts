/**
 * The record of a process. It is its own pid, so that a send is one field away from the mailbox.
 *
 * A million of them must fit in a tab: what few processes use (links, monitors, dictionary, names, flags)
 * lives in `extra`, made on first use; the frame stack exists only while something is suspended.
 */
import { LOCAL_NODE, Pid } from "../term/identifier.ts";
import type { Term } from "../term/term.ts";

/** A message in a mailbox: a singly linked queue, so that selective receive unlinks in place. */
export class Message {
  readonly term: Term;
  next: Message | null = null;

  constructor(term: Term) {
    this.term = term;
  }
}

/** What a process is doing. Numbers, as the scheduler compares them for every slice. */
export const RUNNABLE = 0;
export const WAITING = 1;
export const EXITED = 2;
/** Held by the host: waiting for a promise, a code load or a debugger; messages do not wake it. */
export const HELD = 3;

/** Continues the innermost suspended call with the arguments in the registers `x0`…; see `stack.ts`. */
export type Entry = (process: Process) => unknown;

export class Process extends Pid {
  status = RUNNABLE;
  /** How the innermost suspended call goes on; `null` when `value` is ready for the top frame. */
  entry: Entry | null = null;
  target: unknown = null;
  x0: unknown = undefined;
  x1: unknown = undefined;
  x2: unknown = undefined;
  x3: unknown = undefined;
  /** Suspended callers, outermost first: `[…locals, resume function, control word]` each. */
  frames: unknown[] | null = null;
  depth = 0;

  head: Message | null = null;
  last: Message | null = null;
  /** The last message that the running receive has seen and skipped: the save pointer. */
  saved: Message | null = null;
  mailboxLength = 0;

  /** The next process in the run queue. */
  nextRunnable: Process | null = null;

  /** The group leader, inherited: it receives the I/O of the process. */
  leader: Pid;
  /** What few processes use; see `extra.ts`. */
  extra: ProcessExtra | null = null;

  constructor(id: number, leader: Pid | null) {
    super(LOCAL_NODE, id, 0);
    this.leader = leader ?? this;
  }
}

/** Declared here for the field's type; `extra.ts` extends it with what it holds. */
export interface ProcessExtra {
  readonly process: Process;
}
