/**
 * A system of processes: its table, names, and the signals between them. Scheduling is left to the
 * subclass (`scheduler/scheduler.ts`), so that this file says what Erlang says and no more.
 *
 * Signals take effect at once, which is one of the orders that Erlang allows and keeps those of each pair.
 * One exception: a running process that is hit by an exit signal dies when its slice ends, as
 * its JavaScript frames are still there.
 */
import { type Atom, atom, UNDEFINED } from "../term/atom.ts";
import { CLASS_EXIT, CLASS_THROW, error, type Raised } from "../term/error.ts";
import { nextReferenceId, Pid, type Reference } from "../term/identifier.ts";
import { EMPTY } from "../term/list.ts";
import type { Term } from "../term/term.ts";
import { Tuple2, Tuple3, Tuple5 } from "../term/tuple.ts";
import { extraOf } from "./extra.ts";
import { LimitExceeded, type Limits, NO_LIMITS } from "./limit.ts";
import { addLink, linksOf, removeLink } from "./links.ts";
import { Alias, type AliasMode, Monitor, MonitorList } from "./monitor.ts";
import { KILL, KILLED, NOPROC, NORMAL, type Outcome } from "./outcome.ts";
import {
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
import { markMailbox } from "./receive.ts";
import { S } from "./stack.ts";
import type { Callee } from "./start.ts";
import { ProcessTable } from "./table.ts";
import { Timer } from "./timer.ts";

const EXIT = atom("EXIT");
const DOWN = atom("DOWN");
const PROCESS = atom("process");
const NOCATCH = atom("nocatch");
const INFINITY = atom("infinity");
export const NOCONNECTION = atom("noconnection");
const MAX_TIMEOUT = 0xffffffff;

export const NODE = atom("nonode@nohost");

export abstract class System {
  readonly processes = new ProcessTable();
  readonly names = new Map<Atom, Process>();
  readonly node: Atom = NODE;
  limits: Limits = NO_LIMITS;
  /** The group leader of processes that the host starts; `null`: each is its own. */
  hostLeader: Pid | null = null;
  /** What its processes hold in common, such as tables: a measure of the heap starts there too. */
  readonly stores: object[] = [];
  /** The last of the unique integers; all kinds of them share one sequence. */
  lastUnique = 0;
  #lastId = 0;
  readonly #exits: Process[] = [];
  readonly #outcomes: Outcome[] = [];
  #ending = false;

  /** Told of each error that ended a process, before its links hear of it. */
  onCrash: (process: Process, raised: Raised, reason: Term) => void = () => {};
  /** The exported function of that name, loaded or not: the code server's export cell. */
  callee: (module: Atom, name: Atom, arity: number) => Callee = (module, name, arity) => {
    throw new Error(`no code server to find ${module.name}.${name.name}/${arity} with`);
  };
  /** Which Elixir function some compiled code is, where known. */
  functionOf: (code: unknown) => InitialCall | null = () => null;
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
  /** A limit is exceeded: ends the run as soon as every process is in a state from which it could go on. */
  abstract exceed(limit: LimitExceeded): void;

  // -- Processes

  /** How many have been started so far. */
  get started(): number {
    return this.#lastId;
  }

  /** Starts a process whose first act is `entry`, given `target` and `argument` in its registers. */
  spawn(entry: Entry, target: unknown, argument: unknown, initial: InitialCall | null = null): Process {
    const parent = S.p;
    const p = new Process(++this.#lastId, parent === null ? this.hostLeader : parent.leader);
    p.entry = entry;
    p.target = target;
    p.x0 = argument;
    p.initial = initial;
    if (parent !== null) p.parent = parent.id;
    this.processes.add(p);
    if (this.processes.size > this.limits.processes) {
      this.exceed(new LimitExceeded("processes", this.limits.processes));
    }
    if (S.trace !== null) S.trace({ type: "spawn", process: p, parent });
    this.ready(p);
    return p;
  }

  /** The process of a local pid, which may be a copy that came out of a decoder; `null` when it is gone. */
  find(pid: Pid): Process | null {
    if (pid instanceof Process) return pid.status === EXITED ? null : pid;
    return pid.node === 0 ? (this.processes.get(pid.id) ?? null) : null;
  }

  /** Calls back when the process has ended. */
  observe(p: Process, observer: (outcome: Outcome, process: Process) => void): void {
    const extra = extraOf(p);
    extra.observers ??= [];
    extra.observers.push(observer);
  }

  // -- Messages

  deliver(p: Process, term: Term): void {
    if (p.status === EXITED) return;
    const message = new Message(term);
    if (p.last === null) p.head = message;
    else p.last.next = message;
    p.last = message;
    if (++p.mailboxLength > this.limits.mailbox)
      this.exceed(new LimitExceeded("mailbox", this.limits.mailbox));
    if (S.trace !== null) S.trace({ type: "deliver", process: p, message });
    if (p.status === WAITING) {
      p.status = RUNNABLE;
      this.ready(p);
    }
  }

  /** Sends to a pid or an alias. */
  send(to: Pid | Reference, message: Term): void {
    if (S.trace !== null) S.trace({ type: "send", process: S.p, to, message });
    if (to instanceof Process) this.deliver(to, message);
    else if (to instanceof Pid) {
      const p = this.find(to);
      if (p !== null) this.deliver(p, message);
    } else if (to instanceof Alias) this.#sendToAlias(to, message);
  }

  #sendToAlias(alias: Alias, message: Term): void {
    const owner = alias.owner;
    if (owner === null) return;
    if (alias.mode === "reply") this.unalias(alias);
    else if (alias.mode === "reply_demonitor") this.demonitor(alias as Monitor);
    this.deliver(owner, message);
  }

  // -- Links

  link(p: Process, other: Process): void {
    if (p === other || !addLink(p, other)) return;
    addLink(other, p);
    if (S.trace !== null) S.trace({ type: "link", process: p, other });
  }

  unlink(p: Process, other: Process): void {
    if (removeLink(p, other)) {
      removeLink(other, p);
      if (S.trace !== null) S.trace({ type: "unlink", process: p, other });
    }
  }

  // -- Monitors and aliases

  /** Watches a process; with `target` null its `DOWN` comes at once, for the reason given. */
  monitor(
    watcher: Process,
    target: Process | null,
    object: Term,
    tag: Term = DOWN,
    mode: AliasMode = "none",
    absent: Term = NOPROC,
  ): Monitor {
    const monitor = new Monitor(nextReferenceId(), watcher, object, tag, mode);
    markMailbox(watcher, monitor);
    if (S.trace !== null) {
      S.trace({ type: "monitor", process: watcher, other: object, reference: monitor });
    }
    if (target === null || target.status === EXITED) {
      this.#aliasOutlives(monitor);
      this.deliver(watcher, new Tuple5(tag, monitor, PROCESS, object, absent));
      return monitor;
    }
    // A process that watches itself gets a reference and never a message.
    if (target === watcher) {
      if (mode !== "none") this.#keepAlias(monitor);
    } else {
      monitor.target = target;
      (extraOf(watcher).monitors ??= new MonitorList("owned")).add(monitor);
      (extraOf(target).monitoredBy ??= new MonitorList("held")).add(monitor);
    }
    return monitor;
  }

  /** A monitor is over: its alias ends with it, or becomes one like others. */
  #aliasOutlives(monitor: Monitor): void {
    if (monitor.owner === null) return;
    if (monitor.mode === "explicit_unalias") this.#keepAlias(monitor);
    else this.unalias(monitor);
  }

  /** Ends a monitor; true when it was still to fire. */
  demonitor(monitor: Monitor): boolean {
    const target = monitor.target;
    if (target === null) {
      if (monitor.mode !== "explicit_unalias") this.unalias(monitor);
      return false;
    }
    monitor.target = null;
    monitor.watcher.extra?.monitors?.remove(monitor);
    target.extra?.monitoredBy?.remove(monitor);
    this.#aliasOutlives(monitor);
    if (S.trace !== null) {
      S.trace({ type: "demonitor", process: monitor.watcher, other: monitor.object, reference: monitor });
    }
    return true;
  }

  alias(owner: Process, mode: AliasMode): Alias {
    const alias = new Alias(nextReferenceId(), owner, mode);
    markMailbox(owner, alias);
    this.#keepAlias(alias);
    return alias;
  }

  #keepAlias(alias: Alias): void {
    const extra = extraOf(alias.owner as Process);
    extra.aliases ??= new Set();
    extra.aliases.add(alias);
  }

  /** Deactivates an alias; false when it was not active. */
  unalias(alias: Alias): boolean {
    const owner = alias.owner;
    if (owner === null) return false;
    alias.owner = null;
    owner.extra?.aliases?.delete(alias);
    return true;
  }

  // -- Names

  /** False when the name is taken, or the process has one already. */
  register(name: Atom, p: Process): boolean {
    if (name === UNDEFINED || this.names.has(name)) return false;
    const extra = extraOf(p);
    if (extra.name !== null || p.status === EXITED) return false;
    extra.name = name;
    this.names.set(name, p);
    if (S.trace !== null) S.trace({ type: "register", process: p, name });
    return true;
  }

  unregister(name: Atom): boolean {
    const p = this.names.get(name);
    if (p === undefined) return false;
    this.names.delete(name);
    if (p.extra !== null) p.extra.name = null;
    if (S.trace !== null) S.trace({ type: "unregister", process: p, name });
    return true;
  }

  // -- Exits

  /** An exit signal as `exit/2` sends it. */
  exitSignal(from: Pid, p: Process, reason: Term): void {
    if (p.status === EXITED) return;
    if (S.trace !== null) S.trace({ type: "signal", process: p, from, reason });
    if (reason === KILL) this.#die(p, KILLED);
    else if (p.flags & TRAP_EXIT) this.deliver(p, new Tuple3(EXIT, from, reason));
    else if (reason !== NORMAL || from === p) this.#die(p, reason);
  }

  /** The exit signal that a link carries, where `kill` is a reason like others. */
  linkSignal(from: Pid, p: Process, reason: Term): void {
    if (p.status === EXITED) return;
    if (S.trace !== null) S.trace({ type: "signal", process: p, from, reason });
    if (p.flags & TRAP_EXIT) this.deliver(p, new Tuple3(EXIT, from, reason));
    else if (reason !== NORMAL) this.#die(p, reason);
  }

  #die(p: Process, reason: Term): void {
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
    this.#exits.push(p);
    this.#outcomes.push(outcome);
    if (this.#ending) return;
    this.#ending = true;
    try {
      for (let i = 0; i < this.#exits.length; i++) this.#endOne(this.#exits[i], this.#outcomes[i]);
    } finally {
      this.#exits.length = 0;
      this.#outcomes.length = 0;
      this.#ending = false;
    }
  }

  #endOne(p: Process, outcome: Outcome): void {
    if (p.status === EXITED) return;
    if (S.trace !== null) S.trace({ type: "exit", process: p, reason: outcome.reason });
    p.status = EXITED;
    p.entry = null;
    p.target = null;
    p.x0 = undefined;
    p.x1 = undefined;
    p.x2 = undefined;
    p.x3 = undefined;
    p.frames = null;
    p.depth = 0;
    p.head = null;
    p.last = null;
    p.saved = null;
    p.mark = null;
    p.mailboxLength = 0;
    this.processes.delete(p.id);
    if (p.timer !== null) this.stopReceiveTimer(p);
    const extra = p.extra;
    if (extra === null) return;
    if (extra.name !== null) this.unregister(extra.name);
    p.extra = null;
    const { reason } = outcome;
    if (extra.aliases !== null) for (const alias of extra.aliases) alias.owner = null;
    if (extra.suspending !== null) for (const other of extra.suspending) this.unsuspended(other, p);
    if (extra.observers !== null) for (const observer of extra.observers) observer(outcome, p);
    for (const other of linksOf(extra)) {
      removeLink(other, p);
      this.linkSignal(p, other, reason);
    }
    for (const monitor of extra.monitors ?? []) {
      (monitor.target as Process).extra?.monitoredBy?.remove(monitor);
      monitor.target = null;
      monitor.owner = null;
    }
    for (const monitor of extra.monitoredBy ?? []) {
      const { watcher } = monitor;
      watcher.extra?.monitors?.remove(monitor);
      monitor.target = null;
      this.#aliasOutlives(monitor);
      this.deliver(watcher, new Tuple5(monitor.tag, monitor, PROCESS, monitor.object, reason));
    }
  }

  /** A process that had suspended `p` is gone. */
  abstract unsuspended(p: Process, by: Process): void;

  // -- Timeouts of receives

  startReceiveTimer(p: Process, timeout: Term): void {
    if (timeout === INFINITY) return;
    if (typeof timeout !== "number" || timeout < 0 || timeout > MAX_TIMEOUT) throw error("timeout_value");
    // Its id is never shown.
    const timer = new Timer(0, p, receiveTimedOut);
    p.timer = timer;
    if (S.trace === null) this.armSoon(timer, timeout);
    else this.arm(timer, this.now() + timeout);
  }

  stopReceiveTimer(p: Process): void {
    const timer = p.timer as Timer;
    p.timer = null;
    if (timer.slot >= 0) this.disarm(timer);
  }
}

/** The timer is no longer armed, which is how `receiveTimeout` knows. */
function receiveTimedOut(timer: Timer): void {
  const p = timer.subject as Process;
  if (p.status === WAITING && p.timer === timer) {
    p.status = RUNNABLE;
    if (S.trace !== null) S.trace({ type: "wake", process: p });
    S.system.ready(p);
  }
}
