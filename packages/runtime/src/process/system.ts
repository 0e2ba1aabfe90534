/**
 * A system of processes: its table, names, and the signals between them. Scheduling is left to the
 * subclass (`scheduler/scheduler.ts`), so that this file says what Erlang says and no more.
 *
 * Signals take effect at once, which is one of the orders that Erlang allows and keeps those of each pair.
 * One exception: a running process that is hit by an exit signal dies when its slice ends, as
 * its JavaScript frames are still there.
 */
import { type Atom, atom } from "../term/atom.ts";
import { CLASS_EXIT, CLASS_THROW, type Raised } from "../term/error.ts";
import { Pid, type Reference } from "../term/identifier.ts";
import { EMPTY } from "../term/list.ts";
import type { Term } from "../term/term.ts";
import { Tuple2, Tuple3 } from "../term/tuple.ts";
import { extraOf, type ProcessExtra } from "./extra.ts";
import type { Alias } from "./monitor.ts";
import { KILL, KILLED, NORMAL, type Outcome } from "./outcome.ts";
import {
  appendMessage,
  type Entry,
  EXITED,
  EXITING,
  type InitialCall,
  Message,
  Process,
  RUNNABLE,
  TRAP_EXIT,
  WAITING,
} from "./process.ts";
import { S } from "./stack.ts";
import type { Callee } from "./start.ts";
import { ProcessTable } from "./table.ts";
import { Timer } from "./timer.ts";

/** @internal */
export const EXIT = atom("EXIT");
const NOCATCH = atom("nocatch");
export const NOCONNECTION = atom("noconnection");

export const NODE = atom("nonode@nohost");

/** Told of what grows, where the host has set limits. */
export interface Guard {
  spawned(system: System): void;
  delivered(p: Process): void;
  /** Throws what ends the run on; errors of processes are others. */
  passOn(thrown: unknown): void;
}

export abstract class System {
  readonly processes = new ProcessTable();
  readonly names = new Map<Atom, Process>();
  readonly node: Atom = NODE;
  guard: Guard | null = null;
  /** The group leader of processes that the host starts; `null`: each is its own. */
  hostLeader: Pid | null = null;
  /** What its processes hold in common, such as tables: a measure of the heap starts there too. */
  readonly stores: object[] = [];
  /**
   * One object of each kind that comes and goes. An engine forgets the shape of a class when a full collection finds no object
   * of it, and with it all code that was compiled for it: a system that happens to be at rest would be slow again.
   */
  protected readonly lasting: object[];
  /** The last of the unique integers; all kinds of them share one sequence. */
  lastUnique = 0;
  /** How many processes have been started so far: the id of the last one. */
  started = 0;
  /** Those whose end is still to be told, and how each has ended; `null` while there are none. */
  #exits: [Process, Outcome][] | null = null;
  /** The last timeout that did not happen: the next one takes it, as nobody else has it. */
  #spareTimer: Timer | null = null;

  /** Told of each error that ended a process, before its links hear of it. */
  onCrash: (process: Process, raised: Raised, reason: Term) => void = () => {};
  /** Signals the end of a process to its links; see `links.ts`. */
  endLinks: ((p: Process, extra: ProcessExtra, reason: Term) => void) | null = null;
  /** The same for monitors; see `monitor.ts`. */
  endMonitors: ((extra: ProcessExtra, reason: Term) => void) | null = null;
  // Set where there is compiled code.
  /** The exported function of that name, loaded or not: the code server's export cell. */
  declare callee: (module: Atom, name: Atom, arity: number) => Callee;
  /** Which Elixir function some compiled code is, where known. */
  declare functionOf: (code: unknown) => InitialCall | null;
  /** Makes the Erlang stack trace from what unwinding has noted. */
  stacktraceOf: (raised: Raised) => Term = (raised) => raised.stacktrace ?? EMPTY;

  /** Puts a process that has just become runnable where the run loop finds it. */
  abstract ready(p: Process): void;
  /** Milliseconds on the clock of the system. */
  abstract now(): number;
  abstract arm(timer: Timer, deadline: number): void;
  /** Arms a timer at the next look at the clock, which is soon: most timeouts are over before it. */
  abstract armSoon(timer: Timer, duration: number): void;
  abstract disarm(timer: Timer): void;

  constructor() {
    const timer = new Timer(0, new Process(0, null), receiveTimedOut);
    // Deadlines are fractions, which engines hold in another way than 0.
    timer.deadline = 0.5;
    this.lasting = [timer, new Message(NODE)];
  }

  // -- Processes

  /** Starts a process whose first act is `entry`, given `target` and `argument` in its registers. */
  spawn(entry: Entry, target: unknown, argument: unknown, initial: InitialCall | null = null): Process {
    const parent = S.p;
    const p = new Process(++this.started, parent === null ? this.hostLeader : parent.leader);
    p.entry = entry;
    p.target = target;
    p.x0 = argument;
    p.initial = initial;
    if (parent !== null) p.parent = parent.id;
    this.processes.add(p);
    this.guard?.spawned(this);
    S.trace?.({ type: "spawn", process: p, parent });
    this.ready(p);
    return p;
  }

  /** The process of a local pid, which may be a copy that came out of a decoder; `null` when it is gone. */
  find(pid: Pid): Process | null {
    if (pid instanceof Process) return pid.status === EXITED ? null : pid;
    return pid.node || pid.serial ? null : (this.processes.get(pid.id) ?? null);
  }

  /** Calls back when the process has ended. */
  observe(p: Process, observer: (outcome: Outcome, process: Process) => void): void {
    (extraOf(p).observers ??= []).push(observer);
  }

  // -- Messages

  deliver(p: Process, term: Term): void {
    if (p.status === EXITED) return;
    const message = new Message(term);
    appendMessage(p, message);
    this.guard?.delivered(p);
    S.trace?.({ type: "deliver", process: p, message });
    if (p.status === WAITING) {
      p.status = RUNNABLE;
      this.ready(p);
    }
  }

  /** Sends to a pid or an alias. */
  send(to: Pid | Reference, message: Term): void {
    S.trace?.({ type: "send", process: S.p, to, message });
    // Asking for the class first would follow all those that an alias inherits from.
    if ((to as Partial<Alias>).accept) (to as Alias).accept(message);
    else if (to instanceof Process) this.deliver(to, message);
    else if (to instanceof Pid) {
      const p = this.find(to);
      if (p !== null) this.deliver(p, message);
    }
  }

  // -- Names

  unregister(name: Atom): boolean {
    const p = this.names.get(name);
    if (p === undefined) return false;
    this.names.delete(name);
    if (p.extra !== null) p.extra.name = null;
    S.trace?.({ type: "unregister", process: p, name });
    return true;
  }

  // -- Exits

  /** An exit signal as `exit/2` sends it. */
  exitSignal(from: Pid, p: Process, reason: Term): void {
    if (p.status === EXITED) return;
    S.trace?.({ type: "signal", process: p, from, reason });
    if (reason === KILL) this.die(p, KILLED);
    else if (p.flags & TRAP_EXIT) this.deliver(p, new Tuple3(EXIT, from, reason));
    else if (reason !== NORMAL || from === p) this.die(p, reason);
  }

  /** Ends a process, or the running one as soon as its slice can end. */
  die(p: Process, reason: Term): void {
    if (p !== S.p) {
      this.end(p, { kind: "signalled", reason });
      return;
    }
    if (p.flags & EXITING) return;
    p.flags |= EXITING;
    extraOf(p).exitReason = reason;
    S.r = 0;
  }

  /** Ends a process that returned from its function. */
  endReturned(p: Process, value: Term): void {
    this.end(p, { kind: "returned", value, reason: NORMAL });
  }

  /** Ends a process that did not catch an error, throw or exit of its own. */
  endRaised(p: Process, raised: Raised): void {
    let reason = raised.reason;
    if (raised.kind !== CLASS_EXIT) {
      const stacktrace = this.stacktraceOf(raised);
      if (raised.kind === CLASS_THROW) reason = new Tuple2(NOCATCH, reason);
      reason = new Tuple2(reason, stacktrace);
      this.onCrash(p, raised, reason);
    }
    this.end(p, { kind: "raised", raised, reason });
  }

  /** Ends a process and tells all who must know; those who die of it end in turn, without recursion. */
  end(p: Process, outcome: Outcome): void {
    if (this.#exits !== null) {
      this.#exits.push([p, outcome]);
      return;
    }
    this.#exits = [[p, outcome]];
    try {
      for (const [process, outcome] of this.#exits) this.#endOne(process, outcome);
    } finally {
      this.#exits = null;
    }
  }

  #endOne(p: Process, outcome: Outcome): void {
    if (p.status === EXITED) return;
    S.trace?.({ type: "exit", process: p, reason: outcome.reason });
    p.status = EXITED;
    p.entry = p.target = p.frames = p.head = p.last = p.saved = p.mark = null;
    p.x0 = p.x1 = p.x2 = p.x3 = undefined;
    p.depth = 0;
    p.mailboxLength = 0;
    this.processes.delete(p.id);
    if (p.timer !== null) this.stopReceiveTimer(p);
    const extra = p.extra;
    if (extra === null) return;
    if (extra.name !== null) this.unregister(extra.name);
    p.extra = null;
    const { reason } = outcome;
    if (extra.aliases !== null) for (const alias of extra.aliases) alias.owner = null;
    extra.suspending?.ended(p);
    if (extra.observers !== null) for (const observer of extra.observers) observer(outcome, p);
    this.endLinks?.(p, extra, reason);
    this.endMonitors?.(extra, reason);
  }

  // -- Timeouts of receives

  startReceiveTimer(p: Process, timeout: number): void {
    // Its id is never shown.
    const timer = this.#spareTimer ?? new Timer(0, p, receiveTimedOut);
    this.#spareTimer = null;
    timer.subject = p;
    p.timer = timer;
    if (S.trace === null) this.armSoon(timer, timeout);
    else this.arm(timer, this.now() + timeout);
  }

  stopReceiveTimer(p: Process): void {
    const timer = p.timer as Timer;
    p.timer = null;
    if (timer.slot >= 0) this.disarm(timer);
    this.#spareTimer = timer;
  }
}

/** The timer is no longer armed, which is how `timedOut` knows. */
function receiveTimedOut(timer: Timer): void {
  const p = timer.subject as Process;
  if (p.status === WAITING && p.timer === timer) {
    p.status = RUNNABLE;
    S.trace?.({ type: "wake", process: p });
    S.system.ready(p);
  }
}
