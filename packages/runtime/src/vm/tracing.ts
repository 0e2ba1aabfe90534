/**
 * Who traces whom, for `:erlang.trace/3`: the flags of traced processes, and the messages that their tracers get for what the
 * scheduler's own trace tells. It listens to that trace only while somebody is traced, so that nobody else pays for it.
 *
 * A tracer is no tracee of those that it traces, and what is sent to tracers is not traced.
 */
import { address } from "../builtins/process.ts";
import { currentFunction } from "../builtins/process-info.ts";
import { NORMAL } from "../process/outcome.ts";
import { EXITED, type Process, TRAP_EXIT } from "../process/process.ts";
import { S } from "../process/stack.ts";
import type { System } from "../process/system.ts";
import type { TraceEvent, TraceSink } from "../process/trace.ts";
import type { Scheduler } from "../scheduler/scheduler.ts";
import { watch } from "../scheduler/watch.ts";
import { atom, TRUE, UNDEFINED } from "../term/atom.ts";
import { Fun } from "../term/fun.ts";
import { Pid } from "../term/identifier.ts";
import { EMPTY, list } from "../term/list.ts";
import type { Term } from "../term/term.ts";
import { Tuple2, Tuple3, tuple, tupleOf } from "../term/tuple.ts";
import { exportCell } from "./code-server.ts";
import { TraceSpec } from "./tracing-spec.ts";

/** All that `trace/3` takes but `tracer`, in the order in which `trace_info/2` tells them. */
export const FLAGS = [
  "running_procs",
  "running_ports",
  "ports",
  "scheduler_id",
  "silent",
  "return_to",
  "arity",
  "garbage_collection",
  "exiting",
  "running",
  "set_on_first_link",
  "set_on_link",
  "set_on_first_spawn",
  "procs",
  "call",
  "set_on_spawn",
  "receive",
  "send",
  "monotonic_timestamp",
  "strict_monotonic_timestamp",
  "timestamp",
];

export interface Tracee {
  readonly tracer: Process;
  readonly flags: Set<string>;
}

const EXIT = atom("exit");
const TIMEOUT = atom("timeout");
const RECEIVE = atom("receive");
const CLOCK_SERVICE = atom("clock_service");
const ERLANG = atom("erlang");
const APPLY = atom("apply");

export class Tracing {
  readonly tracees = new Map<Process, Tracee>();
  /** What processes are to get that nobody traced starts. */
  ofNew: Tracee | null = null;
  /** Which messages are told; `null` is for none. */
  onSend: TraceSpec | null = TraceSpec.of(TRUE);
  onReceive: TraceSpec | null = TraceSpec.of(TRUE);
  readonly #scheduler: Scheduler;
  /** The process whose end is being told to others: their messages about it come from it. */
  #ending: Process | null = null;
  #isTelling = false;
  #isListening = false;

  constructor(scheduler: Scheduler) {
    this.#scheduler = scheduler;
  }

  /** To be called when tracees have changed: listens while there are any. */
  settle(): void {
    const isWanted = this.tracees.size > 0 || this.ofNew !== null;
    if (isWanted === this.#isListening) return;
    this.#isListening = isWanted;
    watch(this.#scheduler, { program: isWanted ? this.#sink : null });
  }

  /** Adds flags to a process, which has another tracer already when the answer is false. */
  add(p: Process, tracer: Process, flags: Iterable<string>): boolean {
    const known = this.tracees.get(p);
    if (known !== undefined && known.tracer !== tracer) return false;
    if (p !== tracer) this.tracees.set(p, { tracer, flags: new Set([...(known?.flags ?? []), ...flags]) });
    return true;
  }

  /** Takes flags from a process, whoever traces it. */
  remove(p: Process, flags: Iterable<string>): true {
    const known = this.tracees.get(p);
    for (const flag of flags) known?.flags.delete(flag);
    if (known?.flags.size === 0) this.tracees.delete(p);
    return true;
  }

  /** Sends `{trace, pid, …}` to the tracer of a process. */
  tell(p: Process, { tracer, flags }: Tracee, ...items: Term[]): void {
    const stamp = stampOf(flags);
    const parts = [atom(stamp === null ? "trace" : "trace_ts"), p, ...items];
    if (stamp !== null) parts.push(stamp);
    this.#isTelling = true;
    S.system.deliver(tracer, tupleOf(parts));
    this.#isTelling = false;
  }

  /** Tells it if the process has the flag. */
  #note(p: unknown, flag: string, ...items: Term[]): void {
    const tracee = this.tracees.get(p as Process);
    if (tracee?.flags.has(flag)) this.tell(p as Process, tracee, ...items);
  }

  /** The same where the specification lets it pass, with what that adds. */
  #noteMessage(p: Process, flag: string, spec: TraceSpec | null, parts: Term[], ...items: Term[]): void {
    const tracee = this.tracees.get(p);
    if (!tracee?.flags.has(flag)) return;
    const told = spec?.judge(parts, tracee)?.told ?? null;
    if (told !== null) this.tell(p, tracee, ...items, ...(told === TRUE ? [] : [told]));
  }

  readonly #sink: TraceSink = (event) => {
    if (this.#isTelling) return;
    if (event.type === "in" || event.type === "out" || event.type === "send") this.#ending = null;
    switch (event.type) {
      case "send":
        if (event.process !== null) this.#sent(event.process, event);
        break;
      case "deliver":
        this.#received(event.process, event.message.term);
        break;
      case "timeout":
        this.#received(event.process, TIMEOUT);
        break;
      case "spawn":
        this.#spawned(event.process, event.parent);
        break;
      case "link":
        this.#linked(event.process, event.other);
        break;
      case "unlink":
        this.#note(event.process, "procs", atom("unlink"), event.other);
        this.#note(event.other, "procs", atom("getting_unlinked"), event.process);
        break;
      case "signal":
        // One that dies of it has no time to tell.
        if (event.from === this.#ending && (event.reason === NORMAL || event.process.flags & TRAP_EXIT))
          this.#note(event.process, "procs", atom("getting_unlinked"), event.from);
        break;
      case "register":
      case "unregister":
        this.#note(event.process, "procs", atom(event.type), event.name);
        break;
      case "in":
      case "out":
        if (event.process.status !== EXITED) this.#scheduled(event);
        break;
      case "exit":
        this.#ended(event.process, event.reason);
    }
  };

  #sent(p: Process, { to, message }: TraceEvent & { type: "send" }): void {
    const name = address ?? to;
    const isGone = to instanceof Pid && to.node === 0 && S.system.find(to) === null;
    const tag = isGone ? "send_to_non_existing_process" : "send";
    this.#noteMessage(p, "send", this.onSend, [name, message], atom(tag), message, name);
  }

  #received(p: Process, message: Term): void {
    const sender = message === TIMEOUT ? null : (this.#ending ?? S.p);
    const from = sender === null ? [CLOCK_SERVICE, UNDEFINED] : [S.system.node, sender];
    this.#noteMessage(p, "receive", this.onReceive, [...from, message], RECEIVE, message);
  }

  #spawned(p: Process, parent: Process | null): void {
    const call = callOf(p);
    const from = parent === null ? undefined : this.tracees.get(parent);
    if (parent !== null && from !== undefined) {
      this.#note(parent, "procs", atom("spawn"), p, call);
      this.#inherit(p, from, "set_on_spawn", "set_on_first_spawn");
    } else if (this.ofNew !== null && p !== this.ofNew.tracer)
      this.add(p, this.ofNew.tracer, this.ofNew.flags);
    this.#note(p, "procs", atom("spawned"), parent ?? UNDEFINED, call);
  }

  /** Gives the flags of one to another that has none, if they say so: each time, or this time only. */
  #inherit(to: Process, { tracer, flags }: Tracee, always: string, once: string): void {
    if (this.tracees.has(to) || !(flags.has(always) || flags.has(once))) return;
    const isOnce = flags.delete(once);
    const given = new Set(flags);
    if (isOnce) given.delete(always);
    this.add(to, tracer, given);
  }

  #linked(p: Process, other: Pid): void {
    this.#note(p, "procs", atom("link"), other);
    const from = this.tracees.get(p);
    if (from !== undefined) this.#inherit(other as Process, from, "set_on_link", "set_on_first_link");
    this.#note(other, "procs", atom("getting_linked"), p);
  }

  #scheduled({ type, process }: TraceEvent & { type: "in" | "out" }): void {
    const { module, name, arity } = currentFunction(process);
    const items: Term[] = [atom(type), tuple(module, name, arity)];
    if (this.tracees.get(process)?.flags.has("scheduler_id")) items.push(1);
    this.#note(process, "running", ...items);
  }

  #ended(p: Process, reason: Term): void {
    this.#ending = p;
    this.#note(p, "exiting", atom("out_exited"), 0);
    this.#note(p, "procs", EXIT, reason);
    const name = p.extra?.name ?? null;
    if (name !== null) this.#note(p, "procs", atom("unregister"), name);
    this.tracees.delete(p);
    for (const [tracee, { tracer }] of this.tracees) if (tracer === p) this.tracees.delete(tracee);
    if (this.ofNew?.tracer === p) this.ofNew = null;
    this.settle();
  }
}

/** The time, as the flags want it told; `null` when they do not. */
function stampOf(flags: ReadonlySet<string>): Term | null {
  const now = (name: string) => exportCell(ERLANG, atom(name), 0).code() as Term;
  if (flags.has("timestamp")) return now("timestamp");
  if (flags.has("strict_monotonic_timestamp"))
    return new Tuple2(now("monotonic_time"), now("unique_integer"));
  return flags.has("monotonic_timestamp") ? now("monotonic_time") : null;
}

/** The call that a process is going to begin with: what `process/start.ts` has put into its registers. */
function callOf({ initial, target, x0 }: Process): Term {
  if (initial !== null) return new Tuple3(initial.module, initial.name, list(x0 as Term[]));
  const [fun, args] = target === null ? [x0, EMPTY] : [target, list(x0 as Term[])];
  return new Tuple3(ERLANG, APPLY, fun instanceof Fun ? list([fun, args]) : EMPTY);
}

const all = new WeakMap<System, Tracing>();

/** That of the running system. */
export function tracing(): Tracing {
  let found = all.get(S.system);
  if (found === undefined) {
    found = new Tracing(S.system as Scheduler);
    all.set(S.system, found);
  }
  return found;
}
