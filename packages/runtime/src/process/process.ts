/**
 * The record of a process. It is its own pid, so that a send is one field away from the mailbox.
 *
 * A million of them must fit in a tab: what few processes use (links, monitors, dictionary, names)
 * lives in `extra`, made on first use; the frame stack exists only while something is suspended.
 */
import { LOCAL_NODE, Pid, type Reference } from "../term/identifier.ts";
import type { Term } from "../term/term.ts";
import type { ProcessExtra } from "./extra.ts";
import type { Timer } from "./timer.ts";

/**
 * A message in a mailbox: a singly linked queue, so that selective receive unlinks in place. It is also what an iterator returns with
 * its value, so that a generator that receives it needs no further object.
 */
export class Message {
  readonly term: Term;
  next: Message | null = null;

  constructor(term: Term) {
    this.term = term;
  }

  get done(): true {
    return true;
  }

  get value(): Term {
    return this.term;
  }
}

/** Behind which message all lie that can contain a reference: none in front of it is as young. */
export interface Mark {
  reference: Reference;
  message: Message | null;
}

/** What a process is doing. Numbers, as the scheduler compares them for every slice. */
export const RUNNABLE = 0;
export const WAITING = 1;
export const EXITED = 2;
/** Held by the host: waiting for a promise, a code load or a debugger; messages do not wake it. */
export const HELD = 3;

// Bits of `flags`.
export const TRAP_EXIT = 1;
/** An exit signal hit the process while it was running: it dies as soon as its slice can end. */
export const EXITING = 2;
/** Somebody called `suspend_process`: it is not run, whatever its status. */
export const SUSPENDED = 4;
/** Suspended, and taken out of the run queue: resuming puts it back. */
export const PARKED = 8;
/** Has a priority other than normal; `extra.priority` says which. */
export const PRIORITISED = 16;
/** Part of the system, such as the output device: not listed as a waiting process of the program. */
export const SYSTEM = 32;
/** Hibernating: the next run begins with an empty stack. Only shown. */
export const HIBERNATING = 64;

/** From this bit on `flags` of TypeScript processes tell their systems apart. */
export const MARK = 18;

/** Continues the innermost suspended call with the arguments in the registers `x0`…; see `stack.ts`. */
export type Entry = (process: Process) => unknown;

/** The function that a process was started with, as `initial_call` shows it. */
export interface InitialCall {
  readonly module: Term;
  readonly name: Term;
  readonly arity: number;
}

export class Process extends Pid {
  status = RUNNABLE;
  flags = 0;
  /** How the innermost suspended call goes on; `null` when the top frame is next. */
  entry: Entry | null = null;
  target: unknown = null;
  x0: unknown = undefined;
  x1: unknown = undefined;
  x2: unknown = undefined;
  x3: unknown = undefined;
  /** Suspended callers, outermost first: `[…locals, resume function, control word]` each, behind what their depth is less than their index. */
  frames: unknown[] | null = null;
  depth = 0;

  head: Message | null = null;
  /** `null` where `head` is the last: most mailboxes hold one, and a store into an old object costs as much as making one. */
  last: Message | null = null;
  /** The last message that the running receive has seen and skipped: the save pointer. */
  saved: Message | null = null;
  /** Set for the last reference that was made while messages waited: a receive of it skips them. */
  mark: Mark | null = null;
  mailboxLength = 0;
  /** The running timeout of the current receive; one that has fired is no longer `armed`. */
  timer: Timer | null = null;

  /** The next process in the run queue. */
  nextRunnable: Process | null = null;
  /** Reductions used up in finished slices. */
  reductions = 0;

  /** The id of the process that spawned this one, 0 for the host. Not the process, which may be long gone. */
  parent = 0;
  /** The group leader, inherited: it receives the I/O of the process. */
  leader: Pid;
  /** `null` for a process that runs a fun. */
  initial: InitialCall | null = null;
  /** What few processes use; see `extra.ts`. */
  extra: ProcessExtra | null = null;

  constructor(id: number, leader: Pid | null) {
    super(LOCAL_NODE, id, 0);
    this.leader = leader ?? this;
  }
}

/** Puts a message behind the others. */
export function appendMessage(p: Process, message: Message): void {
  if (p.head === null) p.head = message;
  else {
    (p.last ?? p.head).next = message;
    p.last = message;
  }
  p.mailboxLength++;
}
