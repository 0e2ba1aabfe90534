/** What is wrong with the arguments of the builtins about processes. */
import { S } from "../process/stack.ts";
import { Atom, UNDEFINED } from "../term/atom.ts";
import { Pid, Port } from "../term/identifier.ts";
import { listToArray } from "../term/list.ts";
import type { Term } from "../term/term.ts";
import {
  anything,
  atomic,
  type Check,
  type Explanation,
  type Explanations,
  each,
  fun,
  integral,
  lastIfOthersAreRight,
  options,
  pid,
  port,
  properList,
  reference,
} from "./argument-errors.ts";
import { isFlag } from "./process-flag.ts";
import { isTimeUnit } from "./process-time.ts";

const DEAD = "the pid does not refer to an existing process";
const OPTION = "invalid option in list";

const always =
  (complaint: string): Check =>
  () =>
    complaint;
const livePid: Check = (term) => pid(term) ?? (S.system.find(term as Pid) === null ? DEAD : null);
const timeUnit: Check = (term) => (isTimeUnit(term) ? null : "invalid time unit");
const invalidOptions = options(OPTION);
const destination = always("invalid destination");
const spawnOptions = options("invalid spawn option");

/** The options are examined first, as nothing else can be wrong with them in place. */
const toSend =
  (allowed: readonly string[]): Explanation =>
  ([, , given]) => {
    const items = listToArray(given);
    if (items === null) return [null, null, "not a list"];
    const right = items.every((item) => item instanceof Atom && allowed.includes(item.name));
    return right ? ["invalid destination", null, null] : [null, null, OPTION];
  };

function register([name, who]: readonly Term[]): (string | null)[] {
  const wrongName = name === UNDEFINED ? "'undefined' is not a valid name" : atomic(name);
  if (wrongName !== null || !(who instanceof Pid)) {
    return [wrongName, who instanceof Pid || who instanceof Port ? null : "not a pid or port"];
  }
  const target = S.system.find(who);
  if (target === null) return [null, DEAD];
  if (S.system.names.has(name as Atom)) return ["name is in use", null];
  return [null, "this process or port already has a name"];
}

function monitor([type, item, given]: readonly Term[]): (string | null)[] {
  const wrongOptions = given === undefined ? null : listToArray(given) === null ? "not a list" : null;
  if (wrongOptions !== null) return [null, null, wrongOptions];
  const kind = type instanceof Atom ? type.name : "";
  if (kind === "process") {
    const right = item instanceof Pid || item instanceof Atom || isNamed(item);
    return right && given !== undefined ? [null, null, OPTION] : [null, right ? null : "not a pid"];
  }
  if (kind === "port") return [null, port(item) ?? (given === undefined ? null : OPTION)];
  return kind === "time_offset" ? [] : ["invalid monitor type"];
}

const isNamed = (item: Term): boolean =>
  typeof item === "object" && "a" in item && "b" in item && item.a instanceof Atom && item.b instanceof Atom;

const MAX_TIME = 2 ** 49;

const time: Check = (term) => {
  const wrong = integral(term);
  if (wrong !== null) return wrong;
  if ((term as number) > MAX_TIME) return "exceeds the maximum supported time value";
  return (term as number) < 0 ? "out of range" : null;
};
const receiver: Check = (term) =>
  term instanceof Atom || term instanceof Pid ? null : "not a pid or an atom";

const setTimer: Explanation = (args) => {
  const wrong = [time(args[0]), receiver(args[1]), null];
  if (wrong.some((complaint) => complaint !== null) || args.length < 4) return wrong;
  return [null, null, null, invalidOptions(args[3])];
};
/** Erlang counts the options as the third argument here. */
const setTimerWith: Explanation = (args) => {
  const complaints = setTimer(args, "");
  return complaints.length === 4 ? [null, null, complaints[3]] : complaints;
};

const wrongOption =
  (check: Check): Explanation =>
  (args) => {
    const first = check(args[0]);
    const list = listToArray(args[1]) === null ? "not a list" : null;
    return first === null && list === null ? [null, OPTION] : [first, list];
  };

export const processErrors: Explanations = {
  "spawn/1": each(fun),
  "spawn/2": each(atomic, fun),
  "spawn/3": each(atomic, atomic, properList),
  "spawn/4": each(atomic, atomic, atomic, properList),
  "spawn_link/1": each(fun),
  "spawn_link/2": each(atomic, fun),
  "spawn_link/3": each(atomic, atomic, properList),
  "spawn_link/4": each(atomic, atomic, atomic, properList),
  "spawn_monitor/1": each(fun),
  "spawn_monitor/2": each(atomic, fun),
  "spawn_monitor/3": each(atomic, atomic, properList),
  "spawn_monitor/4": each(atomic, atomic, atomic, properList),
  "spawn_opt/2": lastIfOthersAreRight(fun, spawnOptions),
  "spawn_opt/3": lastIfOthersAreRight(atomic, fun, spawnOptions),
  "spawn_opt/4": ([module, name, args, given]) => {
    const wrong = [atomic(module), atomic(name), properList(args), properList(given)];
    return wrong.every((complaint) => complaint === null)
      ? [null, null, null, "invalid spawn option"]
      : wrong;
  },
  "exit/2": each(pid, anything),
  "link/1": (args, reason) => [reason === "noproc" ? DEAD : pid(args[0])],
  "unlink/1": each(pid),
  "monitor/2": monitor,
  "monitor/3": monitor,
  "demonitor/1": each(reference),
  "demonitor/2": wrongOption(reference),
  "alias/1": each(invalidOptions),
  "unalias/1": each(reference),
  "register/2": register,
  "unregister/1": each(always("not a pid")),
  "whereis/1": each(atomic),
  "is_process_alive/1": each(pid),
  "group_leader/2": each(pid, pid),
  "list_to_pid/1": each((chars) => properList(chars) ?? "not a textual representation of a pid"),
  "send/2": each(destination, anything),
  "!/2": each(destination, anything),
  "send/3": toSend(["nosuspend", "noconnect"]),
  "send_nosuspend/2": each(destination, anything),
  "send_nosuspend/3": toSend(["noconnect"]),
  "process_flag/2": ([flag]) =>
    isFlag(flag) ? [null, "invalid value for this process flag"] : ["invalid process flag", null],
  "process_flag/3": ([target, flag]) => {
    const wrong = livePid(target);
    if (wrong !== null) return [wrong];
    const known = flag instanceof Atom && flag.name === "save_calls";
    return known
      ? [null, null, "invalid value for process flag 'save_calls'"]
      : [null, "invalid process flag"];
  },
  "process_info/1": each(pid),
  "process_info/2": lastIfOthersAreRight(pid, always("invalid item or item list")),
  "suspend_process/1": ([target]) => [
    target === S.p ? "the pid refers to the current process" : livePid(target),
  ],
  "suspend_process/2": ([target, given]) => [
    target === S.p ? "the pid refers to the current process" : livePid(target),
    listToArray(given) === null ? "not a list" : OPTION,
  ],
  "resume_process/1": ([target]) => [pid(target) ?? "process is not suspended or is not alive"],
  "garbage_collect/1": each(pid),
  "garbage_collect/2": each(pid, anything),
  "hibernate/3": each(atomic, atomic, properList),
  "bump_reductions/1": ([count]) => [integral(count) ?? "out of range"],
  "halt/1": each(always("invalid status")),
  "halt/2": each(always("invalid status"), anything),

  "send_after/3": setTimer,
  "send_after/4": setTimerWith,
  "start_timer/3": setTimer,
  "start_timer/4": setTimerWith,
  "cancel_timer/1": each(reference),
  "cancel_timer/2": wrongOption(reference),
  "read_timer/1": each(reference),
  "read_timer/2": wrongOption(reference),

  "monotonic_time/1": each(timeUnit),
  "system_time/1": each(timeUnit),
  "time_offset/1": each(timeUnit),
  "convert_time_unit/3": each(integral, timeUnit, timeUnit),
  "unique_integer/1": each((given) => properList(given) ?? "invalid modifier"),
  "universaltime_to_localtime/1": each(always("not a valid universal time")),
  "localtime_to_universaltime/1": each(always("not a valid local time")),

  "statistics/1": each(always("invalid statistics item")),
  "system_info/1": each(always("invalid system info item")),
  "system_flag/2": each(always("invalid system flag"), anything),
  "memory/1": ([kind]) => [kind instanceof Atom ? "invalid memory type option" : OPTION],
  "node/1": each(always("not a pid")),
  "nodes/1": ([type]) => [type instanceof Atom ? "not a valid node type" : "not a list of valid node types"],
  "set_cookie/1": each(atomic),
  "set_cookie/2": each(always("the node name is not part of a distributed system"), atomic),
};

export const osErrors: Explanations = {
  "system_time/1": each(timeUnit),
  "perf_counter/1": each(timeUnit),
};
