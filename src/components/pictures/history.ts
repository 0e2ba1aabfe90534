/**
 * A run as its trace tells it, and what the world looked like at each moment of it: who lived, what each was doing, what
 * lay in the mailboxes, who was linked to whom. A moment is the index of an entry: the state just after it.
 */
import type { RunCost, TraceEntry, TraceFrame, TraceMessage, TracePlace } from "beamlet/protocol";

export type ProcessState = "ready" | "running" | "waiting" | "held" | "ended";

export interface Waiting extends TraceMessage {
  /** The receive that the process is in has looked at it and left it. */
  isSkipped: boolean;
}

export interface ProcessAt {
  readonly pid: number;
  readonly parent: number;
  readonly code: string | null;
  name: string | null;
  label: string | null;
  state: ProcessState;
  /** Why it ended. */
  reason: string | null;
  isCrash: boolean;
  /** By the number of the message, in the order of arrival. */
  mailbox: Map<number, Waiting>;
  readonly links: Set<number>;
  /** Watched processes by the reference of the monitor. */
  readonly monitors: Map<number, number>;
  /** The line of the program that it was at last. */
  place: TracePlace | null;
  /** Its suspended calls, as it was left by its last slice. */
  frames: readonly TraceFrame[];
  /** When the `after` of its receive is due. */
  until: number | null;
  reductions: number;
}

export interface Moment {
  readonly index: number;
  readonly time: number;
  readonly processes: ReadonlyMap<number, ProcessAt>;
  readonly running: number;
  /** Processes that are ready, in the order in which they will run. */
  readonly queue: ReadonlySet<number>;
}

/** Every entry costs the same, however many processes and messages there are. */
class Replay implements Moment {
  index = -1;
  time = 0;
  running = 0;
  readonly queue = new Set<number>();
  readonly processes = new Map<number, ProcessAt>();
  /** What the receive that a process is in has passed over. */
  readonly #skipped = new Map<number, Waiting[]>();

  apply(entry: TraceEntry): void {
    this.index++;
    this.time = entry.time;
    const p = this.processes.get(entry.pid);
    if (p !== undefined && entry.place !== undefined) p.place = entry.place;
    switch (entry.type) {
      case "known": {
        const { pid, parent, code, name, label, state, mailbox } = entry;
        const messages = new Map(
          mailbox.map((message) => [message.message, { ...message, isSkipped: false }]),
        );
        this.#add({ ...fresh(pid, parent, code), name, label, state, mailbox: messages });
        for (const other of entry.links) this.#link(pid, other);
        const known = this.processes.get(pid) as ProcessAt;
        for (const { reference, other } of entry.monitors) known.monitors.set(reference, other);
        if (state === "ready") this.queue.add(pid);
        return;
      }
      case "spawn":
        this.#add(fresh(entry.pid, entry.parent, entry.code));
        this.queue.add(entry.pid);
        return;
      case "exit":
        if (p === undefined) return;
        p.state = "ended";
        p.reason = entry.reason;
        p.isCrash = entry.isCrash;
        p.mailbox = new Map();
        p.frames = [];
        this.queue.delete(p.pid);
        return;
      case "deliver":
        if (p === undefined) return;
        p.mailbox.set(entry.message, { message: entry.message, text: entry.text, isSkipped: false });
        if (p.state === "waiting") this.#ready(p);
        return;
      case "skip": {
        const message = p?.mailbox.get(entry.message);
        if (message === undefined) return;
        message.isSkipped = true;
        if (!this.#skipped.has(entry.pid)) this.#skipped.set(entry.pid, []);
        this.#skipped.get(entry.pid)?.push(message);
        return;
      }
      case "match":
        if (p === undefined) return;
        p.mailbox.delete(entry.message);
        this.#endReceive(p);
        return;
      case "timeout":
        if (p !== undefined) this.#endReceive(p);
        return;
      case "block":
        if (p !== undefined) p.until = entry.until;
        return;
      case "wake":
      case "release":
        if (p !== undefined) this.#ready(p);
        return;
      case "in":
        this.running = entry.pid;
        this.queue.delete(entry.pid);
        if (p !== undefined) p.state = "running";
        return;
      case "out":
        this.running = 0;
        if (p === undefined) return;
        p.reductions += entry.reductions;
        p.frames = entry.frames;
        if (entry.state === "preempted") this.#ready(p);
        else if (entry.state !== "exited") p.state = entry.state;
        return;
      case "link":
        return this.#link(entry.pid, entry.other);
      case "unlink":
        p?.links.delete(entry.other);
        this.processes.get(entry.other)?.links.delete(entry.pid);
        return;
      case "monitor":
        p?.monitors.set(entry.reference, entry.other);
        return;
      case "demonitor":
        p?.monitors.delete(entry.reference);
        return;
      case "name":
        if (p !== undefined) p.name = entry.name;
        return;
      case "label":
        if (p !== undefined) p.label = entry.label;
        return;
    }
  }

  #add(p: ProcessAt): void {
    this.processes.set(p.pid, p);
  }

  #link(pid: number, other: number): void {
    this.processes.get(pid)?.links.add(other);
    this.processes.get(other)?.links.add(pid);
  }

  #ready(p: ProcessAt): void {
    if (p.state === "ended") return;
    p.state = "ready";
    this.queue.add(p.pid);
  }

  #endReceive(p: ProcessAt): void {
    p.until = null;
    for (const message of this.#skipped.get(p.pid) ?? []) message.isSkipped = false;
    this.#skipped.delete(p.pid);
  }
}

function fresh(pid: number, parent: number, code: string | null): ProcessAt {
  return {
    pid,
    parent,
    code,
    name: null,
    label: null,
    state: "ready",
    reason: null,
    isCrash: false,
    mailbox: new Map(),
    links: new Set(),
    monitors: new Map(),
    place: null,
    frames: [],
    until: null,
    reductions: 0,
  };
}

/** Calls back for every entry, with the world just before it. */
export function replay(
  entries: readonly TraceEntry[],
  visit: (entry: TraceEntry, index: number, before: Moment) => void,
): void {
  const world = new Replay();
  entries.forEach((entry, index) => {
    visit(entry, index, world);
    world.apply(entry);
  });
}

export interface Process {
  readonly pid: number;
  readonly parent: number;
  readonly code: string | null;
  /** The index of the entry that told of it, and of the one that told its end. */
  readonly begins: number;
  readonly wasKnown: boolean;
  ends: number | null;
}

export class History {
  readonly entries: TraceEntry[] = [];
  readonly processes = new Map<number, Process>();
  /** The process that evaluates the block. */
  readonly shell: number;
  readonly began: number;
  /** The run went on beyond what is recorded. */
  isCut = false;
  /** What its processes have cost, once it has ended. */
  cost: RunCost | null = null;
  /** Living processes that the trace does not name. */
  unnamed = 0;
  /** Those that do something in this run, or to which something happens. */
  readonly acting = new Set<number>();
  readonly #messages = new Map<number, string>();
  readonly #names = new Map<number, string>();
  readonly #variables = new Map<number, string>();
  readonly #lineOf: (line: number) => string;
  #replay = new Replay();

  /** `lineOf` gives a line of the block's code. */
  constructor(shell: number, began: number, lineOf: (line: number) => string = () => "") {
    this.shell = shell;
    this.began = began;
    this.#lineOf = lineOf;
  }

  add(entries: readonly TraceEntry[]): void {
    for (const entry of entries) {
      const { pid } = entry;
      const begins = this.entries.length;
      this.entries.push(entry);
      if (entry.type !== "known") this.acting.add(pid);
      switch (entry.type) {
        case "known":
        case "spawn": {
          const { parent, code } = entry;
          this.processes.set(pid, {
            pid,
            parent,
            code,
            begins,
            wasKnown: entry.type === "known",
            ends: null,
          });
          if (entry.type !== "known") break;
          if (entry.name !== null) this.#names.set(pid, entry.name);
          for (const { message, text } of entry.mailbox) this.#messages.set(message, text);
          break;
        }
        case "deliver":
          this.#messages.set(entry.message, entry.text);
          break;
        case "unknown":
          this.unnamed = entry.count;
          break;
        case "exit": {
          const process = this.processes.get(pid);
          if (process !== undefined) process.ends = begins;
          break;
        }
        case "name":
          if (entry.name !== null) this.#names.set(pid, entry.name);
          break;
        case "label":
          if (!this.#names.has(pid)) this.#names.set(pid, entry.label);
          break;
        case "value":
          this.#learn(entry.line === null ? "" : this.#lineOf(entry.line), entry.text);
          break;
        case "out":
          for (const { bindings } of entry.frames)
            for (const { name, text } of bindings) this.#call(name, text);
          break;
      }
    }
  }

  /** `pid = spawn(…)` says what the program calls the process; `_` and its like are no names. */
  #learn(line: string, value: string): void {
    const variable = /^\s*(?:\{:ok, *)?([a-z]\w*)\}?\s*=/.exec(line)?.[1];
    const pid = /^(?:\{:ok, )?(#PID<0\.\d+\.0>)\}?$/.exec(value)?.[1];
    if (variable !== undefined && pid !== undefined) this.#call(variable, pid);
  }

  #call(variable: string, value: string): void {
    const pid = Number(/^#PID<0\.(\d+)\.0>$/.exec(value)?.[1] ?? 0);
    if (pid > 0 && pid !== this.shell && !this.#variables.has(pid)) this.#variables.set(pid, variable);
  }

  /** What a reader knows the process as. */
  title(pid: number): string {
    if (pid === this.shell) return "this block";
    if (this.processes.get(pid)?.code?.startsWith("Beamlet.Shell.act/")) return "the button";
    return this.#names.get(pid) ?? this.#variables.get(pid) ?? pidText(pid);
  }

  /** The title, and the pid if that is another. */
  fullTitle(pid: number): string {
    const title = this.title(pid);
    return title === pidText(pid) ? title : `${title} ${pidText(pid)}`;
  }

  /** The text of a message that has arrived. */
  messageOf(message: number): string {
    return this.#messages.get(message) ?? "a message";
  }

  /** The world just after the entry. Good until the next call. */
  at(index: number): Moment {
    if (index < this.#replay.index) this.#replay = new Replay();
    while (this.#replay.index < index && this.#replay.index + 1 < this.entries.length)
      this.#replay.apply(this.entries[this.#replay.index + 1]);
    return this.#replay;
  }

  /** Milliseconds since the block began. */
  sinceBegin(time: number): number {
    return Math.max(0, time - this.began);
  }
}

export function pidText(pid: number): string {
  return `#PID<0.${pid}.0>`;
}

export function duration(milliseconds: number): string {
  if (milliseconds < 0.0005) return "0 ms";
  if (milliseconds < 1) return `${milliseconds.toFixed(2)} ms`;
  if (milliseconds < 1000)
    return `${milliseconds < 10 ? milliseconds.toFixed(1).replace(/\.0$/, "") : Math.round(milliseconds)} ms`;
  return `${(milliseconds / 1000).toFixed(2).replace(/\.?0+$/, "")} s`;
}

/** What the messages of OTP's servers say, without their wrapping. */
export function messageText(text: string): string {
  const call = /^\{:"?\$gen_call"?, \{#PID<[^>]*>, [^}]*?\}, ([\s\S]*)\}$/.exec(text);
  if (call !== null) return `call ${call[1]}`;
  const cast = /^\{:"?\$gen_cast"?, ([\s\S]*)\}$/.exec(text);
  if (cast !== null) return `cast ${cast[1]}`;
  const reply = /^\{(?:\[:alias \| )?#Reference<[^>]*>\]?, ([\s\S]*)\}$/.exec(text);
  if (reply !== null) return `reply ${reply[1]}`;
  return text;
}
