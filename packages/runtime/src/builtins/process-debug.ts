/** `:erlang`, what shells and debuggers ask for: suspending and showing processes, identifiers from their text. */
import { extraOf } from "../process/extra.ts";
import { S } from "../process/stack.ts";
import { resume as resumeProcess, Suspensions, suspend as suspendProcess } from "../process/suspend.ts";
import { atom, bool, FALSE, TRUE } from "../term/atom.ts";
import { badarg } from "../term/error.ts";
import { Pid, Port, Reference } from "../term/identifier.ts";
import { listToArray } from "../term/list.ts";
import type { Term } from "../term/term.ts";
import { Tuple2, Tuple3 } from "../term/tuple.ts";
import type { NativeModule } from "./native.ts";
import { requirePid } from "./process.ts";

const ASYNC = atom("async");
const TYPE = atom("type");

const fail = (name: string, ...args: Term[]) => badarg("erlang", name, args);

function listToPid(chars: Term): Term {
  const [node, id, serial] = numbersOf("list_to_pid", chars, /^<(\d+)\.(\d+)\.(\d+)>$/);
  const pid = new Pid(node, id, serial);
  return S.system.find(pid) ?? pid;
}

function numbersOf(name: string, chars: Term, form: RegExp): number[] {
  const codes = listToArray(chars);
  const match = codes?.every((code) => typeof code === "number")
    ? form.exec(String.fromCharCode(...(codes as number[])))
    : null;
  if (!match) throw fail(name, chars);
  return match.slice(1).map(Number);
}

function listToRef(chars: Term): Term {
  const numbers = numbersOf("list_to_ref", chars, /^#Ref<(\d+)\.(\d+)\.(\d+)\.(\d+)>$/);
  // Words of 32 bits.
  if (numbers.some((number) => number > 0xffffffff)) throw fail("list_to_ref", chars);
  return new Reference(numbers[0], numbers[3]);
}

function listToPort(chars: Term): Term {
  const [node, id] = numbersOf("list_to_port", chars, /^#Port<(\d+)\.(\d+)>$/);
  return new Port(node, id);
}

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
  (extraOf(S.p).suspending ??= new Suspensions()).add(target);
  suspendProcess(target);
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
    if (counts.size === 0) resumeProcess(target);
  }
  return TRUE;
}

/** Nothing is collected on demand; whoever asks is answered as if it had been. */
function collect(pid: Term, options: Term): Term {
  const { p, system } = S;
  const alive = bool(system.find(requirePid("garbage_collect", pid, [pid, options])) !== null);
  const items = listToArray(options);
  if (items === null) throw fail("garbage_collect", pid, options);
  for (const item of items) {
    if (!(item instanceof Tuple2) || (item.a !== ASYNC && item.a !== TYPE))
      throw fail("garbage_collect", pid, options);
    if (item.a !== ASYNC) continue;
    system.deliver(p, new Tuple3(atom("garbage_collect"), item.b, alive));
    return ASYNC;
  }
  return alive;
}

export const erlangDebug: NativeModule = {
  module: "erlang",
  functions: {
    "list_to_pid/1": listToPid,
    "list_to_port/1": listToPort,
    "list_to_ref/1": listToRef,
    "suspend_process/1": (pid) => suspend(pid, null),
    "suspend_process/2": (pid, options) => suspend(pid, options),
    "resume_process/1": resume,
    "bump_reductions/1": (count) => {
      if (typeof count !== "number" || count < 1) throw fail("bump_reductions", count);
      S.r -= count;
      return TRUE;
    },
    "garbage_collect/0": () => TRUE,
    "garbage_collect/1": (pid) => bool(S.system.find(requirePid("garbage_collect", pid, [pid])) !== null),
    "garbage_collect/2": (pid, options) => collect(pid, options),
    "process_display/2": (pid, what) => {
      if (!(pid instanceof Pid) || S.system.find(pid) === null || what !== atom("backtrace"))
        throw fail("process_display", pid, what);
      return TRUE;
    },
  },
};
