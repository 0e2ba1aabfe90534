/**
 * `:erlang`, the part about processes: starting and ending them, links, monitors, aliases, names, messages.
 */
import { extraOf } from "../process/extra.ts";
import { Alias, type AliasMode, Monitor } from "../process/monitor.ts";
import { EXITING, HIBERNATING, type Message, Process, TRAP_EXIT } from "../process/process.ts";
import { resumeWith, S, U, yield0 } from "../process/stack.ts";
import { spawnCall, spawnFun } from "../process/start.ts";
import { NOCONNECTION } from "../process/system.ts";
import { currentScheduler } from "../scheduler/scheduler.ts";
import { Atom, atom, bool, FALSE, OK, TRUE, UNDEFINED } from "../term/atom.ts";
import { badarg, errorIn } from "../term/error.ts";
import { Fun } from "../term/fun.ts";
import { LOCAL_NODE, makeReference, Pid, Port, Reference } from "../term/identifier.ts";
import { list, listToArray } from "../term/list.ts";
import type { Term } from "../term/term.ts";
import { Tuple2, Tuple3, Tuple5 } from "../term/tuple.ts";
import type { NativeModule } from "./native.ts";
import { setFlag } from "./process-flag.ts";

const DOWN = atom("DOWN");
const EXIT = atom("EXIT");
const NOPROC = atom("noproc");
const PROCESS = atom("process");
const LINK = atom("link");
const MONITOR = atom("monitor");
const FLUSH = atom("flush");
const INFO = atom("info");
const TAG = atom("tag");
const ALIAS = atom("alias");
const EXPLICIT = atom("explicit_unalias");
const REPLY = atom("reply");
const NOSUSPEND = atom("nosuspend");
const NOCONNECT = atom("noconnect");
const PORT = atom("port");
const TIME_OFFSET = atom("time_offset");
const CLOCK_SERVICE = atom("clock_service");

const fail = (name: string, ...args: Term[]) => badarg("erlang", name, args);

// -- Spawning

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
  const { system, p: self } = S;
  for (const [flag, value] of options.flags) if (setFlag(p, flag, value) === null) return null;
  if (options.link) system.link(self, p);
  if (options.monitor === null) return p;
  const { tag, mode } = options.monitor;
  return new Tuple2(p, system.monitor(self, p, p, tag, mode));
}

/** What spawning on another node gives, as nothing connects to one: a pid of nobody. */
function unreachable(options: SpawnOptions): Term {
  const pid = new Pid(LOCAL_NODE + 1, 0, 0);
  if (options.link) S.system.linkSignal(pid, S.p, NOCONNECTION);
  if (options.monitor === null) return pid;
  return new Tuple2(pid, monitor(PROCESS, pid, options.monitor, []));
}

const isElsewhere = (node: Term): boolean => node instanceof Atom && node !== S.system.node;

function startFun(name: string, options: SpawnOptions, fun: Term, args: Term[]): Term {
  if (!(fun instanceof Fun)) throw badarg("erlang", name, args);
  if (fun !== args[0] && isElsewhere(args[0])) return unreachable(options);
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
  if (module !== all[0] && isElsewhere(all[0])) return unreachable(options);
  const callee = S.system.callee(module, func, items.length);
  return started(spawnCall(callee, items), options) as Term;
}

function spawnOpt(options: Term, all: Term[]): SpawnOptions {
  const parsed = spawnOptions(options);
  if (parsed === null || parsed.flags.some(([flag, value]) => setFlag(null, flag, value) === null)) {
    throw badarg("erlang", "spawn_opt", all);
  }
  return parsed;
}

// -- Monitors

interface MonitorOptions {
  tag: Term;
  mode: AliasMode;
}

const ALIAS_MODES: Record<string, AliasMode> = {
  explicit_unalias: "explicit_unalias",
  demonitor: "demonitor",
  reply_demonitor: "reply_demonitor",
};

function monitorOptions(options: Term): MonitorOptions | null {
  const items = listToArray(options);
  if (items === null) return null;
  const result: MonitorOptions = { tag: DOWN, mode: "none" };
  for (const item of items) {
    if (!(item instanceof Tuple2)) return null;
    if (item.a === TAG) result.tag = item.b;
    else if (item.a === ALIAS && item.b instanceof Atom && item.b.name in ALIAS_MODES) {
      result.mode = ALIAS_MODES[item.b.name];
    } else return null;
  }
  return result;
}

function monitor(type: Term, item: Term, options: MonitorOptions, all: Term[]): Reference {
  const { system, p } = S;
  const { tag, mode } = options;
  if (type === PROCESS) {
    if (item instanceof Process) return system.monitor(p, item, item, tag, mode);
    if (item instanceof Pid) {
      const absent = item.node === LOCAL_NODE ? NOPROC : NOCONNECTION;
      return system.monitor(p, system.find(item), item, tag, mode, absent);
    }
    if (item instanceof Atom) {
      const target = system.names.get(item) ?? null;
      return system.monitor(p, target, new Tuple2(item, system.node), tag, mode);
    }
    if (item instanceof Tuple2 && item.a instanceof Atom && item.b instanceof Atom) {
      const local = item.b === system.node;
      const target = local ? (system.names.get(item.a) ?? null) : null;
      return system.monitor(p, target, item, tag, mode, local ? NOPROC : NOCONNECTION);
    }
  } else if (type === PORT && item instanceof Port) {
    const ref = makeReference();
    system.deliver(p, new Tuple5(tag, ref, PORT, item, NOPROC));
    return ref;
  } else if (type === TIME_OFFSET && item === CLOCK_SERVICE) return makeReference();
  throw badarg("erlang", "monitor", all);
}

/** Takes `{_, ref, _, _, _}` out of the mailbox. */
function flushDown(p: Process, ref: Reference): void {
  let before: Message | null = null;
  for (let message = p.head; message !== null; before = message, message = message.next) {
    const { term } = message;
    if (!(term instanceof Tuple5 && term.b === ref)) continue;
    if (before === null) p.head = message.next;
    else before.next = message.next;
    if (message === p.last) p.last = before;
    p.mailboxLength--;
    return;
  }
}

function demonitor(ref: Reference, flush: boolean, info: boolean, all: Term[]): Atom {
  const { p, system } = S;
  let active = false;
  if (ref instanceof Monitor) {
    if (ref.watcher !== p) throw badarg("erlang", "demonitor", all);
    active = system.demonitor(ref);
  }
  if (!flush) return bool(!info || active);
  if (!active) flushDown(p, ref);
  return bool(!info || active);
}

// -- Messages

/** The process of a name; sending to a name that nobody has is an error, to another node is not. */
function destination(to: Term): Pid | Reference | null | undefined {
  if (to instanceof Pid || to instanceof Reference) return to;
  if (to instanceof Atom) return S.system.names.get(to);
  if (to instanceof Tuple2 && to.a instanceof Atom && to.b instanceof Atom) {
    return to.b === S.system.node ? (S.system.names.get(to.a) ?? null) : null;
  }
  return to instanceof Port ? null : undefined;
}

/** `erlang:send/2`, that is `!`: returns the message. */
export function send(to: Term, message: Term): Term {
  if (to instanceof Pid) {
    S.system.send(to, message);
    return message;
  }
  const target = destination(to);
  if (target === undefined) throw fail("send", to, message);
  if (target !== null) S.system.send(target, message);
  return message;
}

function sendWith(name: string, allowed: readonly Atom[], to: Term, message: Term, options: Term): void {
  const items = listToArray(options);
  const target = destination(to);
  if (target === undefined || !items?.every((item) => allowed.includes(item as Atom))) {
    throw fail(name, to, message, options);
  }
  if (target !== null) S.system.send(target, message);
}

// -- Exits

function exit(to: Term, reason: Term): Term | typeof U {
  if (!(to instanceof Pid) && !(to instanceof Port)) throw fail("exit", to, reason);
  const { p, system } = S;
  const target = to instanceof Pid ? system.find(to) : null;
  if (target !== null) system.exitSignal(p, target, reason);
  return p.flags & EXITING ? U : TRUE;
}

function link(to: Term): Term {
  const { p, system } = S;
  if (to instanceof Port) return TRUE;
  if (!(to instanceof Pid)) throw fail("link", to);
  const target = system.find(to);
  if (target !== null) system.link(p, target);
  else if (to.node !== LOCAL_NODE) system.linkSignal(to, p, NOCONNECTION);
  else if (p.flags & TRAP_EXIT) system.deliver(p, new Tuple3(EXIT, to, NOPROC));
  else throw errorIn("noproc", "erlang", "link", [to]);
  return TRUE;
}

function requirePid(name: string, term: Term, all: Term[]): Pid {
  if (!(term instanceof Pid)) throw badarg("erlang", name, all);
  return term;
}

/** `'<0.12.0>'` as the process itself where it lives, else as a pid of nobody. */
function listToPid(chars: Term): Term {
  const codes = listToArray(chars);
  const match = codes?.every((code) => typeof code === "number")
    ? /^<(\d+)\.(\d+)\.(\d+)>$/.exec(String.fromCharCode(...(codes as number[])))
    : null;
  if (!match) throw fail("list_to_pid", chars);
  const [node, id, serial] = match.slice(1).map(Number);
  const pid = new Pid(node, id, serial);
  return S.system.find(pid) ?? pid;
}

// -- Suspending

function suspend(pid: Term, options: Term | null): Term {
  const all = options === null ? [pid] : [pid, options];
  const target = pid instanceof Pid ? S.system.find(pid) : null;
  if (target === null || target === S.p) throw badarg("erlang", "suspend_process", all);
  const unlessSuspending =
    options !== null && listToArray(options)?.some((item) => item === atom("unless_suspending"));
  const extra = extraOf(target);
  const counts = (extra.suspendedBy ??= new Map());
  const count = counts.get(S.p) ?? 0;
  if (unlessSuspending && count > 0) return FALSE;
  counts.set(S.p, count + 1);
  (extraOf(S.p).suspending ??= new Set()).add(target);
  currentScheduler().suspend(target);
  return TRUE;
}

function resume(pid: Term): Term {
  const target = pid instanceof Pid ? S.system.find(pid) : null;
  const counts = target?.extra?.suspendedBy;
  const count = counts?.get(S.p);
  if (target === null || counts === null || counts === undefined || count === undefined) {
    throw fail("resume_process", pid);
  }
  if (count > 1) counts.set(S.p, count - 1);
  else {
    S.p.extra?.suspending?.delete(target);
    counts.delete(S.p);
    if (counts.size === 0) currentScheduler().resume(target);
  }
  return TRUE;
}

/** Throws the stack away and sleeps until a message is there, then calls the function. */
function hibernate(module: Term, name: Term, args: Term): typeof U {
  const items = listToArray(args);
  if (!(module instanceof Atom) || !(name instanceof Atom) || items === null) {
    throw fail("hibernate", module, name, args);
  }
  const { p } = S;
  const callee = S.system.callee(module, name, items.length);
  p.flags |= HIBERNATING;
  return yield0(() => callee.code(...items));
}

function halt(status: Term, all: Term[]): typeof U {
  const valid =
    (typeof status === "number" && status >= 0) || status === atom("abort") || listToArray(status) !== null;
  if (!valid) throw badarg("erlang", "halt", all);
  const scheduler = currentScheduler();
  scheduler.halt(status);
  scheduler.hold(S.p);
  return U;
}

export const erlangProcess: NativeModule = {
  module: "erlang",
  functions: {
    "self/0": () => S.p,
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
    "spawn_opt/5": (n, m, f, a, o) =>
      startCall("spawn_opt", spawnOpt(o, [n, m, f, a, o]), m, f, a, [n, m, f, a, o]),

    "exit/2": exit,
    "link/1": link,
    "unlink/1": (pid) => {
      if (pid instanceof Port) return TRUE;
      const target = S.system.find(requirePid("unlink", pid, [pid]));
      if (target !== null) S.system.unlink(S.p, target);
      return TRUE;
    },

    "monitor/2": (type, item) => monitor(type, item, { tag: DOWN, mode: "none" }, [type, item]),
    "monitor/3": (type, item, options) => {
      const parsed = monitorOptions(options);
      if (parsed === null) throw fail("monitor", type, item, options);
      return monitor(type, item, parsed, [type, item, options]);
    },
    "demonitor/1": (ref) => {
      if (!(ref instanceof Reference)) throw fail("demonitor", ref);
      return demonitor(ref, false, false, [ref]);
    },
    "demonitor/2": (ref, options) => {
      const items = listToArray(options);
      if (!(ref instanceof Reference) || !items?.every((item) => item === FLUSH || item === INFO)) {
        throw fail("demonitor", ref, options);
      }
      return demonitor(ref, items.includes(FLUSH), items.includes(INFO), [ref, options]);
    },

    "alias/0": () => S.system.alias(S.p, "explicit_unalias"),
    "alias/1": (options) => {
      const items = listToArray(options);
      if (!items?.every((item) => item === EXPLICIT || item === REPLY)) throw fail("alias", options);
      return S.system.alias(S.p, items.includes(REPLY) ? "reply" : "explicit_unalias");
    },
    "unalias/1": (ref) => {
      if (!(ref instanceof Reference)) throw fail("unalias", ref);
      return bool(ref instanceof Alias && ref.owner === S.p && S.system.unalias(ref));
    },

    "register/2": (name, pid) => {
      const target = pid instanceof Pid && name instanceof Atom ? S.system.find(pid) : null;
      if (target === null || !S.system.register(name, target)) throw fail("register", name, pid);
      return TRUE;
    },
    "unregister/1": (name) => {
      if (!(name instanceof Atom) || !S.system.unregister(name)) throw fail("unregister", name);
      return TRUE;
    },
    "whereis/1": (name) => {
      if (!(name instanceof Atom)) throw fail("whereis", name);
      return S.system.names.get(name) ?? UNDEFINED;
    },
    "registered/0": () => list([...S.system.names.keys()]),
    "processes/0": () => list([...S.system.processes.values()]),
    "is_process_alive/1": (pid) => {
      if (!(pid instanceof Pid) || pid.node !== LOCAL_NODE) throw fail("is_process_alive", pid);
      return bool(S.system.find(pid) !== null);
    },
    "ports/0": () => list([]),
    "list_to_pid/1": listToPid,

    "group_leader/0": () => S.p.leader,
    "group_leader/2": (leader, pid) => {
      const target = pid instanceof Pid ? S.system.find(pid) : null;
      if (!(leader instanceof Pid) || target === null) throw fail("group_leader", leader, pid);
      target.leader = leader;
      return TRUE;
    },

    "send/2": send,
    "!/2": send,
    "send/3": (to, message, options) => {
      sendWith("send", [NOSUSPEND, NOCONNECT], to, message, options);
      return OK;
    },
    "send_nosuspend/2": (to, message) => {
      sendWith("send_nosuspend", [], to, message, list([]));
      return TRUE;
    },
    "send_nosuspend/3": (to, message, options) => {
      sendWith("send_nosuspend", [NOCONNECT], to, message, options);
      return TRUE;
    },

    "process_flag/2": (flag, value) => {
      const old = flag instanceof Atom ? setFlag(S.p, flag, value) : null;
      if (old === null) throw fail("process_flag", flag, value);
      return old;
    },
    "process_flag/3": (pid, flag, value) => {
      const target = pid instanceof Pid ? S.system.find(pid) : null;
      const old = target !== null && flag === atom("save_calls") ? setFlag(target, flag, value) : null;
      if (old === null) throw fail("process_flag", pid, flag, value);
      return old;
    },

    "suspend_process/1": (pid) => suspend(pid, null),
    "suspend_process/2": (pid, options) => suspend(pid, options),
    "resume_process/1": resume,
    "hibernate/3": hibernate,
    "yield/0": () => {
      S.r = 0;
      resumeWith(S.p, TRUE);
      return U;
    },
    "bump_reductions/1": (count) => {
      if (typeof count !== "number" || count < 1) throw fail("bump_reductions", count);
      S.r -= count;
      return TRUE;
    },
    "garbage_collect/0": () => TRUE,
    "garbage_collect/1": (pid) => bool(S.system.find(requirePid("garbage_collect", pid, [pid])) !== null),
    "garbage_collect/2": (pid, options) =>
      bool(S.system.find(requirePid("garbage_collect", pid, [pid, options])) !== null),

    "halt/0": () => halt(0, []),
    "halt/1": (status) => halt(status, [status]),
    "halt/2": (status, options) => halt(status, [status, options]),
  },
};

/** Labels are for people who look at a list of processes. */
export const procLibLabels: NativeModule = {
  module: "proc_lib",
  functions: {
    "set_label/1": (label) => {
      extraOf(S.p).label = label;
      if (S.trace !== null) S.trace({ type: "label", process: S.p, label });
      return OK;
    },
    "get_label/1": (pid) => {
      const target = pid instanceof Pid ? S.system.find(pid) : null;
      return target?.extra?.label ?? UNDEFINED;
    },
  },
};
