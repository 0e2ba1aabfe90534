/**
 * Turns recorded events into entries of the trace, in their order: gives messages their numbers, finds the lines of the program,
 * shows terms. What processes and the devices of the system tell each other becomes what it means: `print`, `value`.
 */
import { namesAt, type Place, placeOf, placesOf } from "../compile/index.ts";
import { type Message, Process, SYSTEM } from "../process/process.ts";
import { atom } from "../term/atom.ts";
import { Bitstring } from "../term/bitstring.ts";
import { chardataText } from "../term/chardata.ts";
import { Fun } from "../term/fun.ts";
import { Pid, Reference } from "../term/identifier.ts";
import type { Term } from "../term/term.ts";
import { Tuple } from "../term/tuple.ts";
import { show } from "./show.ts";
import type { TraceBinding, TraceEntry, TraceFrame, TracePlace } from "./trace-entry.ts";
import type { Calls, RawEntry } from "./trace-recorder.ts";

/** What a trace calls the status in which a slice has left a process. */
const STATES = ["preempted", "waiting", "exited", "held"] as const;

const MOST_CHARACTERS = 120;
const DEPTH = 5;

const IO_REQUEST = atom("io_request");
const PUT_CHARS = atom("put_chars");
const SHELL = atom("shell");
const VALUE = atom("value");
const NORMAL = atom("normal");
const SHUTDOWN = atom("shutdown");

/** What the entry of a kind says beyond its time, process and place. */
type Told = TraceEntry extends infer Entry
  ? Entry extends TraceEntry
    ? Omit<Entry, "time" | "pid" | "place">
    : never
  : never;

interface Sending {
  readonly raw: RawEntry;
  readonly from: number;
  readonly to: Term;
  readonly message: Term;
}

export class TraceReader {
  readonly #isProgram: (file: string) => boolean;
  readonly #numbers = new WeakMap<Message, number>();
  #lastNumber = 0;
  /** A send whose delivery, if there is one, comes next. */
  #sending: Sending | null = null;
  /** Who has received an exit signal, or has ended, since: whose message is delivered next. */
  #signalFrom = 0;
  #exited = 0;
  /** Processes that have asked a device of the system for something and wait for its answer. */
  readonly #asking = new Set<number>();
  readonly #out: TraceEntry[] = [];

  /** `isProgram` tells files whose lines are worth naming from those of the library. */
  constructor(isProgram: (file: string) => boolean) {
    this.#isProgram = isProgram;
  }

  /** The entries of some events, to be called for all of them in order. */
  read(raws: Iterable<RawEntry>): TraceEntry[] {
    for (const raw of raws) this.#read(raw);
    this.#endSending(0);
    return this.#out.splice(0);
  }

  #read(raw: RawEntry): void {
    const { event } = raw;
    if (event.type === "deliver") return this.#deliver(raw, event.process, event.message);
    this.#endSending(0);
    switch (event.type) {
      case "known": {
        const { process, state, name, links } = event;
        this.#tell(raw, process.id, {
          type: "known",
          parent: process.parent,
          code: codeOf(process),
          name: name === null ? null : show(atom(name)),
          label: event.label === null ? null : shown(event.label),
          state,
          links: links.map(({ id }) => id),
          monitors: event.monitors.map(({ id, target }) => ({ reference: id, other: target?.id ?? 0 })),
          mailbox: event.mailbox.map((message) => ({
            message: this.#number(message),
            text: shown(message.term),
          })),
        });
        return;
      }
      case "unknown":
      case "omitted":
        return this.#tell(raw, 0, event);
      case "fromSystem":
        // The answer of a device: whoever waits for it is going to run.
        return;
      case "spawn":
        return this.#tell(raw, event.process.id, {
          type: "spawn",
          parent: event.parent?.id ?? 0,
          code: codeOf(event.process),
        });
      case "exit":
        this.#exited = event.process.id;
        return this.#tell(raw, event.process.id, {
          type: "exit",
          reason: shown(event.reason),
          isCrash: isCrash(event.reason),
        });
      case "send":
        return this.#send(raw, event.process, event.to, event.message);
      case "skip":
      case "match": {
        const number = this.#numbers.get(event.message);
        if (number === undefined) {
          if (event.type === "match") this.#asking.delete(event.process.id);
          return;
        }
        // What a library function passes over while it waits for a device is not the program's doing.
        if (event.type === "skip" && this.#asking.has(event.process.id)) return;
        if (event.type === "skip")
          return this.#tell(raw, event.process.id, { type: "skip", message: number });
        return this.#tell(raw, event.process.id, {
          type: "match",
          message: number,
          clauses: this.#clauses(raw),
        });
      }
      case "block":
        return this.#tell(raw, event.process.id, {
          type: "block",
          until: event.until,
          on: this.#asking.has(event.process.id) ? "device" : "message",
          clauses: this.#clauses(raw),
        });
      case "out":
        return this.#tell(raw, event.process.id, {
          type: "out",
          reductions: event.reductions,
          state: STATES[event.status],
          frames: raw.calls === null ? [] : this.#frames(raw.calls),
        });
      case "link":
      case "unlink":
        return this.#tell(raw, event.process.id, { type: event.type, other: event.other.id });
      case "monitor":
      case "demonitor": {
        const { other } = event;
        if (other instanceof Process && other.flags & SYSTEM) return;
        const watched = other instanceof Pid ? other.id : 0;
        return this.#tell(raw, event.process.id, {
          type: event.type,
          other: watched,
          reference: event.reference.id,
        });
      }
      case "signal":
        this.#signalFrom = event.from.id;
        return this.#tell(raw, event.process.id, {
          type: "signal",
          from: event.from.id,
          reason: shown(event.reason),
        });
      case "register":
        return this.#tell(raw, event.process.id, { type: "name", name: show(event.name) });
      case "unregister":
        return this.#tell(raw, event.process.id, { type: "name", name: null });
      case "label":
        return this.#tell(raw, event.process.id, { type: "label", label: shown(event.label) });
      case "wake":
      case "timeout":
      case "in":
      case "hold":
      case "release":
        return this.#tell(raw, event.process.id, { type: event.type });
    }
  }

  #send(raw: RawEntry, process: Process | null, to: Term, message: Term): void {
    if (to instanceof Process && to.flags & SYSTEM) return this.#toSystem(raw, process, message);
    this.#sending = { raw, from: process?.id ?? 0, to, message };
  }

  #toSystem(raw: RawEntry, process: Process | null, message: Term): void {
    if (process === null || !(message instanceof Tuple)) return;
    const [tag, second, , request] = message.toArray();
    if (tag === IO_REQUEST) {
      this.#asking.add(process.id);
      if (!(request instanceof Tuple) || request.at(0) !== PUT_CHARS) return;
      const text = chardataText(request.at(request.size - 1));
      if (text !== null && request.size <= 3)
        this.#tell(raw, process.id, { type: "print", text: cut(text, 2000) });
    } else if (tag === SHELL && second instanceof Bitstring && message.at(2) instanceof Tuple) {
      const [kind, line, inspected] = (message.at(2) as Tuple).toArray();
      if (kind === VALUE && inspected instanceof Bitstring)
        this.#tell(raw, process.id, {
          type: "value",
          text: cut(inspected.text ?? "", MOST_CHARACTERS),
          line: typeof line === "number" ? line : null,
        });
    }
  }

  #deliver(raw: RawEntry, process: Process, message: Message): void {
    const sending = this.#sending?.message === message.term ? this.#sending : null;
    const number = this.#number(message);
    const text = shown(message.term);
    if (sending !== null) this.#endSending(number, process.id);
    else this.#endSending(0);
    const origin = sending === null ? originOf(message.term) : sending.from === 0 ? "timer" : "send";
    const from =
      sending?.from ??
      (origin === "exit" ? this.#signalFrom : origin === "down" ? downOf(message.term, this.#exited) : 0);
    this.#tell(raw, process.id, { type: "deliver", from, origin, message: number, text });
  }

  /** Tells the send that waits for its delivery: to this process, or to nobody. */
  #endSending(message: number, receiver = 0): void {
    const sending = this.#sending;
    if (sending === null) return;
    this.#sending = null;
    const { raw, from, to } = sending;
    const target = receiver !== 0 ? receiver : to instanceof Pid ? to.id : 0;
    this.#tell(raw, from, {
      type: "send",
      to: target,
      target: shown(to),
      message,
      text: shown(sending.message),
    });
  }

  #number(message: Message): number {
    let number = this.#numbers.get(message);
    if (number === undefined) {
      number = ++this.#lastNumber;
      this.#numbers.set(message, number);
    }
    return number;
  }

  #tell(raw: RawEntry, pid: number, told: Told): void {
    const place = raw.host === null ? null : this.#place(raw);
    const entry = { time: raw.time, pid, ...told } as TraceEntry;
    this.#out.push(place === null ? entry : { ...entry, place });
  }

  /** The innermost line of the program. */
  #place(raw: RawEntry): TracePlace | null {
    for (const { file, line } of placesAt(raw)) if (line > 0 && this.#isProgram(file)) return { file, line };
    return null;
  }

  /** The clauses of the receive that this is about, if it is one of the program. */
  #clauses(raw: RawEntry): readonly number[] {
    const [innermost] = placesAt(raw);
    return innermost !== undefined && this.#isProgram(innermost.file) ? (innermost.clauses ?? []) : [];
  }

  #frames({ target, args, callers }: Calls): TraceFrame[] {
    const frames: TraceFrame[] = [];
    const add = (code: Function, label: number, values: readonly unknown[]) => {
      const place = placeOf(code, label);
      if (place === null || !this.#isProgram(place.file)) return;
      const bindings: TraceBinding[] = [];
      namesAt(code, label).forEach((name, i) => {
        if (/^[a-z_]/.test(name) && values[i] !== undefined)
          bindings.push({ name, text: shown(values[i] as Term) });
      });
      const { file, line } = place;
      const last = frames.at(-1);
      const isSame =
        last !== undefined && last.place === null && last.function === `${place.name}/${place.arity}`;
      // What was lifted out of a function, such as a receive, is a part of it to the reader.
      if (isSame) {
        const known = new Set(last.bindings.map(({ name }) => name));
        const more = bindings.filter(({ name }) => !known.has(name));
        const at = line > 0 ? { file, line } : null;
        frames[frames.length - 1] = { ...last, place: at, bindings: [...last.bindings, ...more] };
        return;
      }
      frames.push({
        function: `${place.name}/${place.arity}`,
        place: line > 0 ? { file, line } : null,
        bindings,
      });
    };
    if (typeof target === "function") add(target, 0, Array.isArray(args[0]) ? args[0] : args);
    for (const { resume, label, locals } of callers) add(resume, label, locals.flat());
    return frames;
  }
}

/** The calls of the moment, innermost first. */
function placesAt({ host, calls }: RawEntry): Place[] {
  const trace = calls?.callers.flatMap(({ resume, label }) => [resume, label]) ?? [];
  return placesOf({ host, trace });
}

/** `Module.function/arity`; `null` for an anonymous function. */
function codeOf({ initial }: Process): string | null {
  if (initial === null) return null;
  return `${show(initial.module)}.${show(initial.name).replace(/^:/, "")}/${initial.arity}`;
}

function isCrash(reason: Term): boolean {
  if (reason === NORMAL || reason === SHUTDOWN) return false;
  return !(reason instanceof Tuple && reason.size === 2 && reason.at(0) === SHUTDOWN);
}

/** Who sent a message that no process sent. */
function originOf(message: Term): "timer" | "exit" | "down" {
  if (message instanceof Tuple && message.size === 5 && message.at(1) instanceof Reference) return "down";
  if (message instanceof Tuple && message.size === 3 && message.at(1) instanceof Pid) return "exit";
  return "timer";
}

/** The watched process of a `DOWN`, which names it or, for one that was watched by name, has just ended. */
function downOf(message: Term, exited: number): number {
  const object = (message as Tuple).at(3);
  return object instanceof Pid ? object.id : exited;
}

function shown(term: Term): string {
  if (term instanceof Fun) return show(term);
  return cut(show(term, DEPTH), MOST_CHARACTERS);
}

function cut(text: string, most: number): string {
  return text.length > most ? `${text.slice(0, most)}…` : text;
}
