/** What runs, as data: each process with its mailbox and state, and the tree of who has started whom. */
import { linksOf } from "../process/links.ts";
import { monitorsOf, monitorsOn } from "../process/monitor.ts";
import { EXITED, HELD, type Process, RUNNABLE, SYSTEM } from "../process/process.ts";
import { S } from "../process/stack.ts";
import { Atom } from "../term/atom.ts";
import { Cons } from "../term/list.ts";
import { bridge, TYPESCRIPT } from "./bridge.ts";
import type { Pid } from "./pid.ts";
import { view } from "./receive.ts";
import { type ActorSystem, current } from "./system.ts";

/** What a server tells of itself. @internal */
export interface Inspectable {
  readonly kind: string;
  readonly state: unknown;
}

/** A process at one moment, as data. */
export interface ProcessInfo {
  readonly pid: Pid;
  readonly name: string | null;
  readonly label: string | null;
  readonly language: "typescript" | "elixir";
  /** What sort of server it is, such as `"GenServer"`; `null` for a plain process. */
  readonly kind: string | null;
  /** `"waiting"`: for a message or a timer; `"host"`: for a promise. */
  readonly status: "running" | "runnable" | "waiting" | "host";
  /** The time on the system's clock, in milliseconds, at which it goes on without a message. */
  readonly wakesAt: number | null;
  /** The supervisor, or whoever else has started it. */
  readonly parent: Pid | null;
  readonly links: readonly Pid[];
  /** Whom it watches, and who watches it. */
  readonly monitors: readonly Pid[];
  readonly monitoredBy: readonly Pid[];
  /** Messages that it has not received yet, oldest first: the very ones, not to be changed. */
  readonly mailbox: readonly unknown[];
  /** Of a server: its state, the very one, not to be changed. */
  readonly state?: unknown;
  /** Work done so far, in calls and receives. */
  readonly reductions: number;
}

/** A process with those that it has started. */
export interface ProcessTree extends ProcessInfo {
  readonly children: readonly ProcessTree[];
}

/**
 * The processes of the system, the oldest first. To be shown: what it says is over when the processes go on.
 *
 * @example
 * for (const { pid, mailbox } of listProcesses()) if (mailbox.length > 1000) console.warn(pid, "falls behind");
 */
export function listProcesses(system: ActorSystem = current()): ProcessInfo[] {
  const result: ProcessInfo[] = [];
  for (const p of system.scheduler.processes.values())
    if (!(p.flags & SYSTEM)) result.push(describe(p, system));
  return result;
}

/** One process, or `null` when it has ended. */
export function inspect(pid: Pid<never>, system: ActorSystem = current()): ProcessInfo | null {
  const p = system.scheduler.processes.get(pid.id);
  return p === undefined || p.status === EXITED ? null : describe(p, system);
}

/** The processes of the system under those that have started them. */
export function processTree(system: ActorSystem = current()): ProcessTree[] {
  const nodes = new Map<Pid, ProcessTree & { children: ProcessTree[] }>();
  for (const info of listProcesses(system)) nodes.set(info.pid, { ...info, children: [] });
  const roots: ProcessTree[] = [];
  for (const node of nodes.values()) {
    const parent = node.parent === null ? undefined : nodes.get(node.parent);
    (parent?.children ?? roots).push(node);
  }
  return roots;
}

function describe(p: Process, { scheduler }: ActorSystem): ProcessInfo {
  const { extra } = p;
  const mailbox: unknown[] = [];
  for (let m = p.head; m !== null; m = m.next) mailbox.push(view(m.term));
  const server = p.flags & TYPESCRIPT ? (p.x1 as Inspectable | undefined) : undefined;
  scheduler.armWaiting();
  const label = extra?.label;
  return {
    pid: p,
    name: extra?.name?.name ?? null,
    label: label === undefined || label === null ? null : String(bridge?.fromTerm(label) ?? label),
    language: p.flags & TYPESCRIPT ? "typescript" : "elixir",
    kind: server?.kind ?? null,
    status:
      p === S.p ? "running" : p.status === RUNNABLE ? "runnable" : p.status === HELD ? "host" : "waiting",
    wakesAt: p.timer?.armed ? p.timer.deadline : null,
    parent: parentOf(p, scheduler),
    links: linksOf(extra),
    monitors: monitorsOf(extra).map(({ target }) => target as Process),
    monitoredBy: monitorsOn(extra).map(({ watcher }) => watcher),
    mailbox,
    ...(server === undefined ? {} : { state: server.state }),
    reductions: p.reductions,
  };
}

/** The first of its `$ancestors`, as of all OTP processes; of others who has spawned it, while that lives. */
function parentOf(p: Process, scheduler: ActorSystem["scheduler"]): Process | null {
  const ancestors = p.extra?.ancestors;
  if (ancestors instanceof Cons) {
    const { head } = ancestors;
    return (head instanceof Atom ? scheduler.names.get(head) : (head as Process)) ?? null;
  }
  return scheduler.processes.get(p.parent) ?? null;
}
