/** `:erlang`, the system around the processes: statistics, what kind of system it is, nodes, memory. */

import { NO_LIMITS } from "../process/limit.ts";
import { S } from "../process/stack.ts";
import { VirtualClock } from "../scheduler/clock.ts";
import type { LimitGuard } from "../scheduler/guard.ts";
import { runnableIn } from "../scheduler/lane-queue.ts";
import { currentScheduler, memoryEstimate, type Scheduler } from "../scheduler/scheduler.ts";
import { Atom, atom, atomCount, bool, FALSE, TRUE, UNDEFINED } from "../term/atom.ts";
import { badarg } from "../term/error.ts";
import { list, listToArray } from "../term/list.ts";
import { mapFrom } from "../term/map.ts";
import { integer } from "../term/number.ts";
import type { Term } from "../term/term.ts";
import { Tuple2, Tuple3 } from "../term/tuple.ts";
import type { NativeModule } from "./native.ts";

const chars = (value: string): Term => list([...value].map((c) => c.codePointAt(0) as number));
const pair = (key: string, value: Term) => new Tuple2(atom(key), value);
const sinceLast = new WeakMap<Scheduler, Map<string, number>>();

/** `{total, since the last call}` */
function counted(item: string, total: number): Term {
  const scheduler = currentScheduler();
  let seen = sinceLast.get(scheduler);
  if (seen === undefined) {
    seen = new Map();
    sinceLast.set(scheduler, seen);
  }
  const since = total - (seen.get(item) ?? 0);
  seen.set(item, total);
  return new Tuple2(total, since);
}

const reductions = () =>
  currentScheduler().totalReductions + Math.max(0, currentScheduler().sliceBudget - S.r);
const milliseconds = () => Math.floor(S.system.now());
/** Milliseconds that the processor has worked for; in virtual time, and where the host does not tell, as in a browser, those that have passed. */
const processorTime = () => {
  const isVirtual = currentScheduler().clock instanceof VirtualClock;
  const used = isVirtual ? undefined : globalThis.process?.cpuUsage?.();
  return used === undefined ? milliseconds() : Math.floor((used.user + used.system) / 1000);
};
const runnable = () => runnableIn(currentScheduler().queue).length;

const STATISTICS: Record<string, () => Term> = {
  reductions: () => counted("reductions", reductions()),
  exact_reductions: () => counted("exact_reductions", reductions()),
  wall_clock: () => counted("wall_clock", milliseconds()),
  runtime: () => counted("runtime", processorTime()),
  run_queue: runnable,
  total_run_queue_lengths: runnable,
  total_run_queue_lengths_all: runnable,
  total_active_tasks: () => runnable() + 1,
  total_active_tasks_all: () => runnable() + 1,
  run_queue_lengths: () => list([runnable()]),
  run_queue_lengths_all: () => list([runnable()]),
  active_tasks: () => list([runnable() + 1]),
  active_tasks_all: () => list([runnable() + 1]),
  context_switches: () => new Tuple2(currentScheduler().slices, 0),
  garbage_collection: () => new Tuple3(0, 0, 0),
  io: () => new Tuple2(pair("input", 0), pair("output", 0)),
  scheduler_wall_time: () => UNDEFINED,
  scheduler_wall_time_all: () => UNDEFINED,
};

const MAX_HEAP_SIZE = mapFrom([
  [atom("error_logger"), TRUE],
  [atom("kill"), TRUE],
  [atom("size"), 0],
]);

const SYSTEM_INFO: Record<string, () => Term> = {
  process_count: () => S.system.processes.size,
  process_limit: () =>
    (currentScheduler().guard as LimitGuard | null)?.limits.processes ?? NO_LIMITS.processes,
  schedulers: () => 1,
  schedulers_online: () => 1,
  schedulers_state: () => new Tuple3(1, 1, 1),
  scheduler_id: () => 1,
  dirty_cpu_schedulers: () => 0,
  dirty_cpu_schedulers_online: () => 0,
  dirty_io_schedulers: () => 0,
  logical_processors: () => 1,
  logical_processors_available: () => 1,
  logical_processors_online: () => 1,
  cpu_topology: () => UNDEFINED,
  scheduler_bind_type: () => atom("unbound"),
  scheduler_bindings: () => new Tuple2(atom("unbound"), atom("unbound")),
  multi_scheduling: () => atom("disabled"),
  otp_release: () => chars("25"),
  version: () => chars("13.2.2"),
  nif_version: () => chars("2.16"),
  driver_version: () => chars("3.3"),
  compat_rel: () => 25,
  build_type: () => atom("opt"),
  emu_type: () => atom("opt"),
  emu_flavor: () => atom("jit"),
  machine: () => chars("BEAM"),
  debug_compiled: () => FALSE,
  system_version: () => chars("Erlang/OTP 25 [erts-13.2.2] [beamlet] [64-bit] [smp:1:1]\n"),
  system_architecture: () => chars("javascript"),
  os_type: () => new Tuple2(atom("unix"), atom("linux")),
  os_version: () => new Tuple3(0, 0, 0),
  wordsize: () => 8,
  endian: () => atom("little"),
  atom_count: atomCount,
  atom_limit: () => 1_048_576,
  port_count: () => 0,
  port_limit: () => 65_536,
  ets_limit: () => 8192,
  threads: () => TRUE,
  smp_support: () => TRUE,
  kernel_poll: () => FALSE,
  thread_pool_size: () => 1,
  heap_type: () => atom("private"),
  creation: () => 0,
  start_time: () => 0,
  end_time: () => integer(8_646_911_283_000_000_000n),
  time_correction: () => TRUE,
  time_warp_mode: () => atom("no_time_warp"),
  tolerant_timeofday: () => atom("enabled"),
  message_queue_data: () => atom("on_heap"),
  min_heap_size: () => pair("min_heap_size", 233),
  min_bin_vheap_size: () => pair("min_bin_vheap_size", 46422),
  max_heap_size: () => MAX_HEAP_SIZE,
  fullsweep_after: () => pair("fullsweep_after", 65535),
  garbage_collection: () =>
    list([
      pair("max_heap_size", 0),
      pair("min_bin_vheap_size", 46422),
      pair("min_heap_size", 233),
      pair("fullsweep_after", 65535),
    ]),
  delayed_node_table_gc: () => 60,
  dist_buf_busy_limit: () => 1_048_576,
  dynamic_trace: () => atom("none"),
  dynamic_trace_probes: () => FALSE,
  trace_control_word: () => 0,
  time_offset: () => atom("final"),
  os_monotonic_time_source: () => timeSource("monotonic_time"),
  os_system_time_source: () => timeSource("system_time"),
  update_cpu_info: () => atom("unchanged"),
  multi_scheduling_blockers: () => list([]),
  normal_multi_scheduling_blockers: () => list([]),
  dist_ctrl: () => list([]),
  port_parallelism: () => FALSE,
  modified_timing_level: () => UNDEFINED,
  cpu_quota: () => atom("unknown"),
  outstanding_system_requests_limit: () => 4,
  check_io: () => list([]),
};

/** Where times come from; the host tells them in fractions of a millisecond, which are at least a microsecond each. */
function timeSource(name: string): Term {
  return list([
    pair("function", atom(name)),
    pair("resolution", 1_000_000),
    pair("extended", atom("no")),
    pair("parallel", atom("yes")),
    pair("time", integer(BigInt(milliseconds()) * 1_000_000n)),
  ]);
}

function statistics(item: Term): Term {
  if (!(item instanceof Atom) || !Object.hasOwn(STATISTICS, item.name)) {
    throw badarg("erlang", "statistics", [item]);
  }
  return STATISTICS[item.name]();
}

function systemInfo(item: Term): Term {
  if (item instanceof Tuple2 && item.a === atom("wordsize")) return 8;
  if (item instanceof Tuple2 && item.a === atom("cpu_topology")) return UNDEFINED;
  if (!(item instanceof Atom) || !Object.hasOwn(SYSTEM_INFO, item.name)) {
    throw badarg("erlang", "system_info", [item]);
  }
  return SYSTEM_INFO[item.name]();
}

// -- Nodes: there is one, which is not alive.

// -- Memory

const MEMORY = [
  "total",
  "processes",
  "processes_used",
  "system",
  "atom",
  "atom_used",
  "binary",
  "code",
  "ets",
];

function memory(kind: string): number {
  const processes = memoryEstimate(currentScheduler());
  switch (kind) {
    case "total":
      return processes + atomCount() * 64;
    case "processes":
    case "processes_used":
      return processes;
    case "system":
    case "atom":
    case "atom_used":
      return atomCount() * 64;
    default:
      return 0;
  }
}

export const erlangSystem: NativeModule = {
  module: "erlang",
  functions: {
    "statistics/1": statistics,
    "system_info/1": systemInfo,
    "system_flag/2": (flag, value) => {
      throw badarg("erlang", "system_flag", [flag, value]);
    },
    "memory/0": () => list(MEMORY.map((kind) => pair(kind, memory(kind)))),
    "memory/1": (kind) => {
      const kinds = kind instanceof Atom ? [kind] : listToArray(kind);
      if (!kinds?.every((k) => k instanceof Atom && MEMORY.includes(k.name))) {
        throw badarg("erlang", "memory", [kind]);
      }
      if (kind instanceof Atom) return memory(kind.name);
      return list(kinds.map((k) => new Tuple2(k, memory((k as Atom).name))));
    },
    "check_process_code/2": () => FALSE,
    "is_builtin/3": (module, _name, _arity) => bool(module === atom("erlang")),
  },
};
