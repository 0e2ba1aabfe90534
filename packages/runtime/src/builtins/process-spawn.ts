/** `:erlang`, starting processes. */
import { link, linkSignal } from "../process/links.ts";
import { monitor as monitorProcess } from "../process/monitor.ts";
import type { Process } from "../process/process.ts";
import { S } from "../process/stack.ts";
import { spawnCall, spawnFun } from "../process/start.ts";
import { NOCONNECTION } from "../process/system.ts";
import { Atom, atom, FALSE, OK } from "../term/atom.ts";
import { badarg } from "../term/error.ts";
import { Fun } from "../term/fun.ts";
import { makeReference, Pid } from "../term/identifier.ts";
import { Cons, EMPTY, list, listToArray } from "../term/list.ts";
import { nodeIndex } from "../term/node.ts";
import type { Term } from "../term/term.ts";
import { Tuple2, Tuple4 } from "../term/tuple.ts";
import type { NativeModule } from "./native.ts";
import { setFlag } from "./process-flag.ts";
import { DOWN, type MonitorOptions, monitor, monitorOptions, PROCESS } from "./process-monitor.ts";

const LINK = atom("link");
const MONITOR = atom("monitor");

interface SpawnOptions {
  link: boolean;
  monitor: MonitorOptions | null;
  flags: [Atom, Term][];
}

const PLAIN: SpawnOptions = { link: false, monitor: null, flags: [] };
const LINKED: SpawnOptions = { ...PLAIN, link: true };
const MONITORED: SpawnOptions = { ...PLAIN, monitor: { tag: DOWN, mode: "none" } };

const SPAWN_FLAGS = new Set([
  "priority",
  "fullsweep_after",
  "min_heap_size",
  "min_bin_vheap_size",
  "max_heap_size",
  "message_queue_data",
]);

function spawnOptions(options: Term): SpawnOptions | null {
  const items = listToArray(options);
  if (items === null) return null;
  const result: SpawnOptions = { link: false, monitor: null, flags: [] };
  for (const item of items) {
    if (item === LINK) result.link = true;
    else if (item === MONITOR) result.monitor = { tag: DOWN, mode: "none" };
    else if (item instanceof Tuple2 && item.a === MONITOR) {
      result.monitor = monitorOptions(item.b);
      if (result.monitor === null) return null;
    } else if (item instanceof Tuple2 && item.a instanceof Atom && SPAWN_FLAGS.has(item.a.name)) {
      result.flags.push([item.a, item.b]);
    } else if (!(item instanceof Tuple2 && item.a instanceof Atom && item.a.name === "async_dist"))
      return null;
  }
  return result;
}

/** `null` when a flag has a wrong value. */
function started(p: Process, options: SpawnOptions): Term | null {
  const { p: self } = S;
  for (const [flag, value] of options.flags) if (setFlag(p, flag, value) === null) return null;
  if (options.link) link(self, p);
  if (options.monitor === null) return p;
  const { tag, mode } = options.monitor;
  return new Tuple2(p, monitorProcess(self, p, p, tag, mode));
}

/** What spawning on another node gives, as nothing connects to one: a pid of nobody. */
function unreachable(node: Atom, options: SpawnOptions): Term {
  const pid = new Pid(nodeIndex(node), 0, 0);
  if (options.link) linkSignal(pid, S.p, NOCONNECTION);
  if (options.monitor === null) return pid;
  return new Tuple2(pid, monitor(PROCESS, pid, options.monitor));
}

const isElsewhere = (node: Term): node is Atom => node instanceof Atom && node !== S.system.node;

function startFun(name: string, options: SpawnOptions, fun: Term, args: Term[]): Term {
  // Of all that start a process only this one looks at how many arguments the function takes.
  if (!(fun instanceof Fun) || (name === "spawn_monitor" && fun.arity !== 0))
    throw badarg("erlang", name, args);
  if (fun !== args[0] && isElsewhere(args[0])) return unreachable(args[0], options);
  return started(spawnFun(fun), options) as Term;
}

function startCall(
  name: string,
  options: SpawnOptions,
  module: Term,
  func: Term,
  args: Term,
  all: Term[],
): Term {
  const items = listToArray(args);
  if (!(module instanceof Atom) || !(func instanceof Atom) || items === null)
    throw badarg("erlang", name, all);
  if (module !== all[0] && isElsewhere(all[0])) return unreachable(all[0], options);
  const callee = S.system.callee(module, func, items.length);
  return started(spawnCall(callee, items), options) as Term;
}

function spawnOpt(options: Term, all: Term[]): SpawnOptions {
  // As `proc_lib` starts nearly all.
  if (options instanceof Cons && options.head === LINK && options.tail === EMPTY) return LINKED;
  const parsed = spawnOptions(options);
  if (parsed === null || parsed.flags.some(([flag, value]) => setFlag(null, flag, value) === null)) {
    throw badarg("erlang", "spawn_opt", all);
  }
  return parsed;
}

const SPAWN_REPLY = atom("spawn_reply");
const REPLY = atom("reply");
const REPLY_TAG = atom("reply_tag");

/** Asks for a process: the answer, and with a monitor its end, come as messages under the reference that is returned. */
function request(start: (options: SpawnOptions) => Term, options: Term, all: Term[]): Term {
  const items = listToArray(options);
  if (items === null) throw badarg("erlang", "spawn_request", all);
  let [tag, reply] = [SPAWN_REPLY as Term, atom("yes")];
  const rest: Term[] = [];
  for (const item of items) {
    if (item instanceof Tuple2 && item.a === REPLY_TAG) tag = item.b;
    else if (item instanceof Tuple2 && item.a === REPLY && item.b instanceof Atom) reply = item.b;
    else rest.push(item);
  }
  const made = start(spawnOpt(list(rest), all));
  const [pid, reference] = made instanceof Tuple2 ? [made.a, made.b] : [made, makeReference()];
  if (reply.name === "yes" || reply.name === "success_only")
    S.system.deliver(S.p, new Tuple4(tag, reference, OK, pid));
  return reference;
}

export const erlangSpawn: NativeModule = {
  module: "erlang",
  functions: {
    "spawn/1": (f) => startFun("spawn", PLAIN, f, [f]),
    "spawn/2": (n, f) => startFun("spawn", PLAIN, f, [n, f]),
    "spawn/3": (m, f, a) => startCall("spawn", PLAIN, m, f, a, [m, f, a]),
    "spawn/4": (n, m, f, a) => startCall("spawn", PLAIN, m, f, a, [n, m, f, a]),
    "spawn_link/1": (f) => startFun("spawn_link", LINKED, f, [f]),
    "spawn_link/2": (n, f) => startFun("spawn_link", LINKED, f, [n, f]),
    "spawn_link/3": (m, f, a) => startCall("spawn_link", LINKED, m, f, a, [m, f, a]),
    "spawn_link/4": (n, m, f, a) => startCall("spawn_link", LINKED, m, f, a, [n, m, f, a]),
    "spawn_monitor/1": (f) => startFun("spawn_monitor", MONITORED, f, [f]),
    "spawn_monitor/2": (n, f) => startFun("spawn_monitor", MONITORED, f, [n, f]),
    "spawn_monitor/3": (m, f, a) => startCall("spawn_monitor", MONITORED, m, f, a, [m, f, a]),
    "spawn_monitor/4": (n, m, f, a) => startCall("spawn_monitor", MONITORED, m, f, a, [n, m, f, a]),
    "spawn_opt/2": (f, o) => startFun("spawn_opt", spawnOpt(o, [f, o]), f, [f, o]),
    "spawn_opt/3": (n, f, o) => startFun("spawn_opt", spawnOpt(o, [n, f, o]), f, [n, f, o]),
    "spawn_opt/4": (m, f, a, o) => startCall("spawn_opt", spawnOpt(o, [m, f, a, o]), m, f, a, [m, f, a, o]),
    "spawn_request/1": (f) => request((options) => startFun("spawn_request", options, f, [f]), EMPTY, [f]),
    "spawn_request/2": (f, o) =>
      request((options) => startFun("spawn_request", options, f, [f, o]), o, [f, o]),
    "spawn_request/3": (m, f, a) =>
      request((options) => startCall("spawn_request", options, m, f, a, [m, f, a]), EMPTY, [m, f, a]),
    "spawn_request/4": (m, f, a, o) =>
      request((options) => startCall("spawn_request", options, m, f, a, [m, f, a, o]), o, [m, f, a, o]),
    "spawn_request_abandon/1": () => FALSE,
    "spawn_opt/5": (n, m, f, a, o) =>
      startCall("spawn_opt", spawnOpt(o, [n, m, f, a, o]), m, f, a, [n, m, f, a, o]),
  },
};
