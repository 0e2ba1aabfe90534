/**
 * `:erlang`, the part about processes: links, exits, names, messages, suspending.
 */

import { extraOf } from "../process/extra.ts";
import { labelOf } from "../process/label.ts";
import { link as linkProcesses, linkSignal, unlink as unlinkProcesses } from "../process/links.ts";
import { Monitor } from "../process/monitor.ts";
import { register } from "../process/names.ts";
import { EXITING, HIBERNATING, Process, TRAP_EXIT } from "../process/process.ts";
import { resumeWith, S, U, yield0 } from "../process/stack.ts";
import { NOCONNECTION } from "../process/system.ts";
import { hold } from "../scheduler/hold.ts";
import { currentScheduler, halt as haltScheduler } from "../scheduler/scheduler.ts";
import { Atom, atom, bool, OK, TRUE, UNDEFINED } from "../term/atom.ts";
import { badarg, CLASS_ERROR, CLASS_EXIT, CLASS_THROW, errorIn, Raised, withHost } from "../term/error.ts";
import { Fun } from "../term/fun.ts";
import { LOCAL_NODE, Pid, Port, Reference } from "../term/identifier.ts";
import { Cons, EMPTY, list, listToArray } from "../term/list.ts";
import type { Term } from "../term/term.ts";
import { Tuple, Tuple2, Tuple3 } from "../term/tuple.ts";
import type { NativeModule } from "./native.ts";
import { setFlag } from "./process-flag.ts";

const EXIT = atom("EXIT");
const NOPROC = atom("noproc");
const NOSUSPEND = atom("nosuspend");
const NOCONNECT = atom("noconnect");

const fail = (name: string, ...args: Term[]) => badarg("erlang", name, args);

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

/** Of a stack trace: `{module, function, arity}` or `{fun, arguments}`, and where that is. */
function isPlace(place: Term): boolean {
  if (!(place instanceof Tuple)) return false;
  const [first, second, ...rest] = place.toArray();
  const isFun = first instanceof Fun;
  const [args, location = EMPTY, ...more] = isFun ? [second, ...rest] : rest;
  const isNamed = isFun || (first instanceof Atom && second instanceof Atom);
  return (
    isNamed && args !== undefined && more.length === 0 && (location === EMPTY || location instanceof Cons)
  );
}

/** `erlang:send/2`, that is `!`: returns the message. */
export function send(to: Term, message: Term): Term {
  // As nearly all are.
  if (to instanceof Process && S.trace === null) {
    S.system.deliver(to, message);
    return message;
  }
  const target = to instanceof Process || to instanceof Monitor ? to : destination(to);
  if (target === undefined) throw fail("send", to, message);
  if (target !== null) sendNamed(target, message, to);
  return message;
}

/** What the send at hand is addressed to, for who tells of it: `to` of the event is whom that names. */
export let address: Term | null = null;

function sendNamed(target: Pid | Reference, message: Term, to: Term): void {
  address = to;
  S.system.send(target, message);
  address = null;
}

function sendWith(name: string, allowed: readonly Atom[], to: Term, message: Term, options: Term): void {
  const items = listToArray(options);
  const target = destination(to);
  if (target === undefined || !items?.every((item) => allowed.includes(item as Atom))) {
    throw fail(name, to, message, options);
  }
  if (target !== null) sendNamed(target, message, to);
}

// -- Exits

function exit(to: Term, reason: Term): Term | typeof U {
  if (!(to instanceof Pid) && !(to instanceof Port)) throw fail("exit", to, reason);
  const { p, system } = S;
  const target = to instanceof Pid ? system.find(to) : null;
  if (target !== null) system.exitSignal(p, target, reason);
  return p.flags & EXITING ? U : TRUE;
}

/** The argument of a native function that has to be a pid. */
export function requirePid(name: string, term: Term, all: Term[]): Pid {
  if (!(term instanceof Pid)) throw badarg("erlang", name, all);
  return term;
}

/** `'<0.12.0>'` as the process itself where it lives, else as a pid of nobody. */

function link(to: Term): Term {
  const { p, system } = S;
  if (to instanceof Port) return TRUE;
  if (!(to instanceof Pid)) throw fail("link", to);
  const target = system.find(to);
  if (target !== null) linkProcesses(p, target);
  else if (to.node !== LOCAL_NODE) linkSignal(to, p, NOCONNECTION);
  else if (p.flags & TRAP_EXIT) system.deliver(p, new Tuple3(EXIT, to, NOPROC));
  else throw errorIn("noproc", "erlang", "link", [to]);
  return TRUE;
}

/** What hibernating processes go on with. */
export const wakeUps = new WeakSet<object>();

/** Throws the stack away and sleeps until a message is there, then calls the function. */
function hibernate(module: Term, name: Term, args: Term): typeof U {
  const items = listToArray(args);
  if (!(module instanceof Atom) || !(name instanceof Atom) || items === null) {
    throw fail("hibernate", module, name, args);
  }
  const { p } = S;
  const callee = S.system.callee(module, name, items.length);
  p.flags |= HIBERNATING;
  const wakeUp = () => callee.code(...items);
  wakeUps.add(wakeUp);
  return yield0(wakeUp);
}

function halt(status: Term, all: Term[]): typeof U {
  const valid =
    (typeof status === "number" && status >= 0) || status === atom("abort") || listToArray(status) !== null;
  if (!valid) throw badarg("erlang", "halt", all);
  const scheduler = currentScheduler();
  haltScheduler(scheduler, status);
  hold(scheduler, S.p);
  return U;
}

export const erlangProcess: NativeModule = {
  module: "erlang",
  functions: {
    "self/0": () => S.p,
    // Calls by name are compiled to raising in place; these are for captures and `apply`.
    "exit/1": (reason) => {
      throw new Raised(CLASS_EXIT, reason);
    },
    "throw/1": (value) => {
      throw new Raised(CLASS_THROW, value);
    },
    "error/1": (reason) => {
      throw withHost(new Raised(CLASS_ERROR, reason));
    },
    "error/2": (reason) => {
      throw withHost(new Raised(CLASS_ERROR, reason));
    },
    "error/3": (reason) => {
      throw withHost(new Raised(CLASS_ERROR, reason));
    },
    "raise/3": (kind, reason, stacktrace) => {
      const isKind = kind === CLASS_ERROR || kind === CLASS_EXIT || kind === CLASS_THROW;
      if (!isKind || !listToArray(stacktrace)?.every(isPlace)) return atom("badarg");
      throw new Raised(kind as Atom, reason, stacktrace);
    },
    "exit/2": exit,
    "link/1": link,
    "unlink/1": (pid) => {
      if (pid instanceof Port) return TRUE;
      const target = S.system.find(requirePid("unlink", pid, [pid]));
      if (target !== null) unlinkProcesses(S.p, target);
      return TRUE;
    },

    "register/2": (name, pid) => {
      const target = pid instanceof Pid && name instanceof Atom ? S.system.find(pid) : null;
      if (target === null || !register(S.system, name, target)) throw fail("register", name, pid);
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
      // A name of another node: nothing connects to one for that.
      const elsewhere = to instanceof Tuple2 && to.b !== S.system.node;
      return elsewhere && listToArray(options)?.includes(NOCONNECT) ? NOCONNECT : OK;
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

    "hibernate/3": hibernate,
    "yield/0": () => {
      S.r = 0;
      resumeWith(S.p, TRUE);
      return U;
    },
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
      return (target === null ? null : labelOf(target)) ?? UNDEFINED;
    },
  },
};
