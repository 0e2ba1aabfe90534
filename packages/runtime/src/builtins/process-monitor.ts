/** `:erlang`, monitors and aliases. */
import {
  Alias,
  type AliasMode,
  demonitor as endMonitor,
  Monitor,
  alias as makeAlias,
  monitor as startMonitor,
  unalias,
} from "../process/monitor.ts";
import { Process } from "../process/process.ts";
import { receiveFrom, unlinkMessage } from "../process/receive.ts";
import { S } from "../process/stack.ts";
import { NOCONNECTION } from "../process/system.ts";
import { Atom, atom, bool } from "../term/atom.ts";
import { badarg } from "../term/error.ts";
import { LOCAL_NODE, makeReference, Pid, Port, Reference } from "../term/identifier.ts";
import { Cons, EMPTY, listToArray } from "../term/list.ts";
import type { Term } from "../term/term.ts";
import { Tuple2, Tuple5 } from "../term/tuple.ts";
import type { NativeModule } from "./native.ts";

export const DOWN = atom("DOWN");
export const PROCESS = atom("process");
const NOPROC = atom("noproc");
const FLUSH = atom("flush");
const INFO = atom("info");
const TAG = atom("tag");
const ALIAS = atom("alias");
const EXPLICIT = atom("explicit_unalias");
const REPLY = atom("reply");
const PORT = atom("port");
const TIME_OFFSET = atom("time_offset");
const CLOCK_SERVICE = atom("clock_service");

const fail = (name: string, ...args: Term[]) => badarg("erlang", name, args);

export interface MonitorOptions {
  tag: Term;
  mode: AliasMode;
}

const ALIAS_MODES: Record<string, AliasMode> = {
  explicit_unalias: "explicit_unalias",
  demonitor: "demonitor",
  reply_demonitor: "reply_demonitor",
};

const PLAIN: MonitorOptions = { tag: DOWN, mode: "none" };

/** The options that were parsed last: they are nearly always the same constant. */
let lastOptions: Term = EMPTY;
let lastParsed: MonitorOptions | null = PLAIN;

export function monitorOptions(options: Term): MonitorOptions | null {
  if (options !== lastOptions) {
    lastParsed = parseOptions(options);
    lastOptions = options;
  }
  return lastParsed;
}

function parseOptions(options: Term): MonitorOptions | null {
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

export function monitor(type: Term, item: Term, options: MonitorOptions, given?: Term): Reference {
  const { system, p } = S;
  const { tag, mode } = options;
  if (type === PROCESS) {
    if (item instanceof Process) return startMonitor(p, item, item, tag, mode);
    if (item instanceof Pid) {
      const absent = item.node === LOCAL_NODE ? NOPROC : NOCONNECTION;
      return startMonitor(p, system.find(item), item, tag, mode, absent);
    }
    if (item instanceof Atom) {
      const target = system.names.get(item) ?? null;
      return startMonitor(p, target, new Tuple2(item, system.node), tag, mode);
    }
    if (item instanceof Tuple2 && item.a instanceof Atom && item.b instanceof Atom) {
      const local = item.b === system.node;
      const target = local ? (system.names.get(item.a) ?? null) : null;
      return startMonitor(p, target, item, tag, mode, local ? NOPROC : NOCONNECTION);
    }
  } else if (type === PORT && (item instanceof Port || item instanceof Atom)) {
    const ref = makeReference();
    const object = item instanceof Port ? item : new Tuple2(item, system.node);
    system.deliver(p, new Tuple5(tag, ref, PORT, object, NOPROC));
    return ref;
  } else if (type === TIME_OFFSET && item === CLOCK_SERVICE) return makeReference();
  throw given === undefined ? fail("monitor", type, item) : fail("monitor", type, item, given);
}

/** Takes `{_, ref, _, _, _}` out of the mailbox. */
function flushDown(p: Process, ref: Reference): void {
  let before = receiveFrom(p, ref);
  for (
    let message = before === null ? p.head : before.next;
    message !== null;
    before = message, message = message.next
  ) {
    const { term } = message;
    if (!(term instanceof Tuple5 && term.b === ref)) continue;
    unlinkMessage(p, before, message);
    return;
  }
}

/** Another process's monitor is left alone, as a reference that is none: OTP only looks among the caller's own. */
function demonitor(ref: Reference, flush: boolean, info: boolean): Atom {
  const { p } = S;
  const active = ref instanceof Monitor && ref.watcher === p && endMonitor(ref);
  if (!flush) return bool(!info || active);
  if (!active) flushDown(p, ref);
  return bool(!info || active);
}

export const erlangMonitor: NativeModule = {
  module: "erlang",
  functions: {
    "monitor/2": (type, item) => monitor(type, item, PLAIN),
    "monitor/3": (type, item, options) => {
      const parsed = monitorOptions(options);
      if (parsed === null) throw fail("monitor", type, item, options);
      return monitor(type, item, parsed, options);
    },
    "demonitor/1": (ref) => {
      if (!(ref instanceof Reference)) throw fail("demonitor", ref);
      return demonitor(ref, false, false);
    },
    "demonitor/2": (ref, options) => {
      if (
        ref instanceof Reference &&
        options instanceof Cons &&
        options.head === FLUSH &&
        options.tail === EMPTY
      ) {
        return demonitor(ref, true, false);
      }
      const items = listToArray(options);
      if (!(ref instanceof Reference) || !items?.every((item) => item === FLUSH || item === INFO)) {
        throw fail("demonitor", ref, options);
      }
      return demonitor(ref, items.includes(FLUSH), items.includes(INFO));
    },

    "alias/0": () => makeAlias(S.p, "explicit_unalias"),
    "alias/1": (options) => {
      const items = listToArray(options);
      if (!items?.every((item) => item === EXPLICIT || item === REPLY)) throw fail("alias", options);
      return makeAlias(S.p, items.includes(REPLY) ? "reply" : "explicit_unalias");
    },
    "unalias/1": (ref) => {
      if (!(ref instanceof Reference)) throw fail("unalias", ref);
      return bool(ref instanceof Alias && ref.owner === S.p && unalias(ref));
    },
  },
};
