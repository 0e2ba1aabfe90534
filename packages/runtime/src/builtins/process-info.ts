/** `:erlang.process_info`: what there is to know about a process, item by item. */

import { linksOf } from "../process/links.ts";
import { memoryOf } from "../process/memory.ts";
import { monitorsOf, monitorsOn } from "../process/monitor.ts";
import {
  EXITED,
  type InitialCall,
  type Process,
  RUNNABLE,
  SUSPENDED,
  TRAP_EXIT,
} from "../process/process.ts";
import { S, suspendedCallers, type U, yield3 } from "../process/stack.ts";
import { currentScheduler, type FrameRunner } from "../scheduler/scheduler.ts";
import { Atom, atom, bool, NIL, UNDEFINED } from "../term/atom.ts";
import { text } from "../term/bitstring.ts";
import { badarg, CLASS_ERROR, Raised, withHost } from "../term/error.ts";
import { LOCAL_NODE, Pid } from "../term/identifier.ts";
import { Cons, EMPTY, list, listToArray } from "../term/list.ts";
import type { Term } from "../term/term.ts";
import { Tuple2, Tuple3, Tuple4 } from "../term/tuple.ts";
import type { NativeModule } from "./native.ts";
import { wakeUps } from "./process.ts";
import { dictionaryList } from "./process-dict.ts";
import { flagOf, priorityOf } from "./process-flag.ts";

const APPLY: InitialCall = { module: atom("erlang"), name: atom("apply"), arity: 2 };
const OWN: InitialCall = { module: atom("Elixir.Process"), name: atom("info"), arity: 2 };

const HIBERNATE: InitialCall = { module: atom("erlang"), name: atom("hibernate"), arity: 3 };

const REGISTERED_NAME = atom("registered_name");

const mfa = ({ module, name, arity }: InitialCall) => new Tuple3(module, name, arity);
const pair = (key: string, value: Term) => new Tuple2(atom(key), value);

function status(p: Process): Atom {
  if (p === S.p) return atom("running");
  if (p.status === EXITED) return atom("exiting");
  if (p.flags & SUSPENDED) return atom("suspended");
  return atom(p.status === RUNNABLE ? "runnable" : "waiting");
}

function messages(p: Process): Term {
  const result: Term[] = [];
  for (let message = p.head; message !== null; message = message.next) result.push(message.term);
  return list(result);
}

export function currentFunction(p: Process): InitialCall {
  if (p === S.p) return OWN;
  if (p.target instanceof Function && wakeUps.has(p.target)) return HIBERNATE;
  return (p.target === null ? null : S.system.functionOf(p.target)) ?? p.initial ?? APPLY;
}

/** The calls, innermost first, in the form in which errors note them: of the running process also those on the host's stack. */
export function stacktrace(p: Process): Term {
  const raised = new Raised(CLASS_ERROR, UNDEFINED);
  if (p === S.p) withHost(raised);
  if (p !== S.p && p.target !== null) raised.trace.push(p.target, 0);
  for (const { resume, label } of suspendedCallers(p, 8)) raised.trace.push(resume, label);
  raised.trace.length = Math.min(raised.trace.length, 16);
  return S.system.stacktraceOf(raised);
}

function currentLocation(p: Process): Term {
  const trace = stacktrace(p);
  if (trace instanceof Cons) return trace.head;
  const { module, name, arity } = currentFunction(p);
  return new Tuple4(module, name, arity, EMPTY);
}

/** The reductions of the running slice are counted only when it ends. */
function reductions(p: Process): number {
  return p.reductions + (p === S.p ? Math.max(0, currentScheduler().sliceBudget - S.r) : 0);
}

const heapWords = (p: Process) => Math.ceil(memoryOf(p) / 8);
const stackWords = (p: Process) => p.depth + 1;

function garbageCollection(p: Process): Term {
  return list([
    pair("max_heap_size", flagOf(p, "max_heap_size")),
    pair("min_bin_vheap_size", flagOf(p, "min_bin_vheap_size")),
    pair("min_heap_size", flagOf(p, "min_heap_size")),
    pair("fullsweep_after", flagOf(p, "fullsweep_after")),
    pair("minor_gcs", 0),
  ]);
}

function garbageCollectionInfo(p: Process): Term {
  return list([
    pair("old_heap_block_size", 0),
    pair("heap_block_size", heapWords(p)),
    pair("mbuf_size", 0),
    pair("recent_size", 0),
    pair("stack_size", stackWords(p)),
    pair("old_heap_size", 0),
    pair("heap_size", heapWords(p)),
    pair("bin_vheap_size", 0),
    pair("bin_vheap_block_size", 46422),
    pair("bin_old_vheap_size", 0),
    pair("bin_old_vheap_block_size", 46422),
  ]);
}

function parentOf(p: Process): Term {
  if (p.parent === 0) return UNDEFINED;
  return S.system.processes.get(p.parent) ?? new Pid(LOCAL_NODE, p.parent, 0);
}

const ITEMS: Record<string, (p: Process) => Term> = {
  registered_name: (p) => p.extra?.name ?? EMPTY,
  current_function: (p) => mfa(currentFunction(p)),
  current_location: currentLocation,
  current_stacktrace: stacktrace,
  initial_call: (p) => mfa(p.initial ?? APPLY),
  status,
  message_queue_len: (p) => p.mailboxLength,
  messages,
  links: (p) => list(linksOf(p.extra)),
  dictionary: dictionaryList,
  trap_exit: (p) => bool((p.flags & TRAP_EXIT) !== 0),
  error_handler: (p) => flagOf(p, "error_handler"),
  priority: priorityOf,
  group_leader: (p) => p.leader,
  total_heap_size: heapWords,
  heap_size: heapWords,
  stack_size: stackWords,
  reductions,
  garbage_collection: garbageCollection,
  garbage_collection_info: garbageCollectionInfo,
  suspending: (p) =>
    list(
      [...(p.extra?.suspending ?? [])].map(
        (other) => new Tuple3(other, other.extra?.suspendedBy?.get(p) ?? 1, 0),
      ),
    ),
  memory: memoryOf,
  monitors: (p) => list(monitorsOf(p.extra).map((monitor) => new Tuple2(atom("process"), monitor.object))),
  monitored_by: (p) => list(monitorsOn(p.extra).map((monitor) => monitor.watcher)),
  binary: () => EMPTY,
  backtrace: () => text(""),
  catchlevel: () => 0,
  fullsweep_after: (p) => flagOf(p, "fullsweep_after"),
  last_calls: () => atom("false"),
  magic_ref: () => EMPTY,
  max_heap_size: (p) => flagOf(p, "max_heap_size"),
  message_queue_data: (p) => flagOf(p, "message_queue_data"),
  min_heap_size: (p) => flagOf(p, "min_heap_size"),
  min_bin_vheap_size: (p) => flagOf(p, "min_bin_vheap_size"),
  sequential_trace_token: () => EMPTY,
  trace: () => 0,
  parent: parentOf,
};

/** What `process_info/1` shows, in its order; the name comes first, if there is one. */
const SHOWN = [
  "current_function",
  "initial_call",
  "status",
  "message_queue_len",
  "links",
  "dictionary",
  "trap_exit",
  "error_handler",
  "priority",
  "group_leader",
  "total_heap_size",
  "heap_size",
  "stack_size",
  "reductions",
  "garbage_collection",
  "suspending",
];

function itemOf(p: Process, item: Term): Term | null {
  if (!(item instanceof Atom) || !Object.hasOwn(ITEMS, item.name)) return null;
  return new Tuple2(item, ITEMS[item.name](p));
}

const isItem = (item: Term): boolean => item instanceof Atom && Object.hasOwn(ITEMS, item.name);

/** Shows a process once all its calls can be seen. */
function shown(p: Process, show: (p: Process, spec: Term) => Term, spec: Term): Term | typeof U {
  if (p.status === EXITED) return UNDEFINED;
  if (!(currentScheduler().frames as FrameRunner).shows(p)) return yield3(shown, p, show, spec);
  return show(p, spec);
}

function info(pid: Term): Term | typeof U {
  if (!(pid instanceof Pid) || pid.node !== LOCAL_NODE) throw badarg("erlang", "process_info", [pid]);
  const p = S.system.find(pid);
  return p === null ? UNDEFINED : shown(p, allOf, NIL);
}

function allOf(p: Process): Term {
  const items = p.extra?.name ? ["registered_name", ...SHOWN] : SHOWN;
  return list(items.map((item) => itemOf(p, atom(item)) as Term));
}

function infoItem(pid: Term, spec: Term): Term | typeof U {
  const items = spec instanceof Atom ? null : listToArray(spec);
  const valid = items === null ? isItem(spec) : items.every(isItem);
  if (!(pid instanceof Pid) || pid.node !== LOCAL_NODE || !valid) {
    throw badarg("erlang", "process_info", [pid, spec]);
  }
  const p = S.system.find(pid);
  return p === null ? UNDEFINED : shown(p, someOf, spec);
}

function someOf(p: Process, spec: Term): Term {
  const items = spec instanceof Atom ? null : listToArray(spec);
  if (items !== null) return list(items.map((item) => itemOf(p, item) as Term));
  // A process without a name answers this one question alone with nothing at all.
  if (spec === REGISTERED_NAME && !p.extra?.name) return EMPTY;
  return itemOf(p, spec) as Term;
}

export const erlangProcessInfo: NativeModule = {
  module: "erlang",
  functions: { "process_info/1": info, "process_info/2": infoItem },
};
