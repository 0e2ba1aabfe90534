/**
 * Process flags. Two of them mean something here, `trap_exit` and `priority`; the others are checked, kept and
 * given back, so that programs which tune a real system run unchanged.
 */

import { extraOf } from "../process/extra.ts";
import { PRIORITISED, type Process, TRAP_EXIT } from "../process/process.ts";
import { lanesOf } from "../scheduler/lane-queue.ts";
import { currentScheduler } from "../scheduler/scheduler.ts";
import { Atom, atom, bool, FALSE, TRUE } from "../term/atom.ts";
import { mapFrom, mapGet, TermMap } from "../term/map.ts";
import type { Term } from "../term/term.ts";

const SIZE = atom("size");
const KILL = atom("kill");
const ERROR_LOGGER = atom("error_logger");

const isCount = (value: Term): boolean => typeof value === "number" && value >= 0;
const isBoolean = (value: Term): boolean => value === TRUE || value === FALSE;

interface Flag {
  readonly initial: Term;
  readonly accepts: (value: Term) => boolean;
  /** The form in which the value is given back. */
  readonly normal?: (value: Term) => Term;
}

function maxHeapSize(value: Term): Term {
  const given = value instanceof TermMap ? value : null;
  return mapFrom([
    [ERROR_LOGGER, (given && mapGet(given, ERROR_LOGGER)) ?? TRUE],
    [KILL, (given && mapGet(given, KILL)) ?? TRUE],
    [SIZE, given ? (mapGet(given, SIZE) as Term) : value],
  ]);
}

/** Heaps of the BEAM grow by steps; a size that is asked for is rounded up to one of them. */
function heapSize(value: Term): Term {
  let [size, next] = [12, 38];
  while (size < Number(value))
    [size, next] = [next, next > 1_000_000 ? Math.ceil(next * 1.2) : size + next + 1];
  return size;
}

const FLAGS: Record<string, Flag> = {
  sensitive: { initial: FALSE, accepts: isBoolean },
  error_handler: { initial: atom("error_handler"), accepts: (value) => value instanceof Atom },
  message_queue_data: {
    initial: atom("on_heap"),
    accepts: (value) => value === atom("on_heap") || value === atom("off_heap"),
  },
  min_heap_size: { initial: 233, accepts: isCount, normal: heapSize },
  min_bin_vheap_size: { initial: 46422, accepts: isCount, normal: heapSize },
  max_heap_size: {
    initial: maxHeapSize(0),
    accepts: (value) =>
      isCount(value) || (value instanceof TermMap && isCount(mapGet(value, SIZE) ?? atom("none"))),
    normal: maxHeapSize,
  },
  fullsweep_after: { initial: 65535, accepts: isCount },
  save_calls: { initial: 0, accepts: (value) => isCount(value) && (value as number) <= 10000 },
};

const PRIORITIES = new Set(["low", "normal", "high", "max"]);

/** The value of a flag of those above. */
export function flagOf(p: Process, flag: string): Term {
  return p.extra?.options?.get(flag) ?? FLAGS[flag].initial;
}

export function priorityOf(p: Process): Atom {
  return atom(p.extra?.priority ?? "normal");
}

/** Sets a flag and returns its old value; `null` when there is no such flag or the value is wrong. Without a process it only checks. */
export function setFlag(p: Process | null, flag: Atom, value: Term): Term | null {
  if (flag.name === "trap_exit") {
    if (!isBoolean(value)) return null;
    if (p === null) return value;
    const old = bool((p.flags & TRAP_EXIT) !== 0);
    p.flags = value === TRUE ? p.flags | TRAP_EXIT : p.flags & ~TRAP_EXIT;
    return old;
  }
  if (flag.name === "priority") {
    if (!(value instanceof Atom) || !PRIORITIES.has(value.name)) return null;
    if (p === null) return value;
    lanesOf(currentScheduler());
    const old = priorityOf(p);
    extraOf(p).priority = value.name as "low" | "normal" | "high" | "max";
    p.flags = value.name === "normal" ? p.flags & ~PRIORITISED : p.flags | PRIORITISED;
    return old;
  }
  if (!Object.hasOwn(FLAGS, flag.name)) return null;
  const { accepts, normal } = FLAGS[flag.name];
  if (!accepts(value)) return null;
  if (p === null) return value;
  const old = flagOf(p, flag.name);
  const extra = extraOf(p);
  extra.options ??= new Map();
  extra.options.set(flag.name, normal ? normal(value) : value);
  return old;
}
