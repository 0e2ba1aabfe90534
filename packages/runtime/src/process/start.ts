/** What a new process does first: a fun, a function of a module, a task. Each is an `Entry` of `System.spawn`. */
import { atom } from "../term/atom.ts";
import { error } from "../term/error.ts";
import type { Fun } from "../term/fun.ts";
import { EMPTY, list } from "../term/list.ts";
import type { Term } from "../term/term.ts";
import { Tuple2 } from "../term/tuple.ts";
import type { Entry, InitialCall, Process } from "./process.ts";
import { raise, S } from "./stack.ts";
import { runTask, type Task } from "./task.ts";

/** An exported function as the code server holds it: its `code` is looked up when the process runs. */
export interface Callee extends InitialCall {
  readonly code: Function;
}

const BADARITY = atom("badarity");

const enterFun: Entry = (p) => {
  const fun = p.x0 as Fun;
  p.x0 = undefined;
  if (fun.arity !== 0) return raise(error(new Tuple2(BADARITY, new Tuple2(fun, EMPTY))));
  return fun.code(fun);
};

const enterFunWith: Entry = (p) => {
  const fun = p.target as Fun;
  const args = p.x0 as Term[];
  p.x0 = undefined;
  p.target = null;
  if (fun.arity !== args.length) return raise(error(new Tuple2(BADARITY, new Tuple2(fun, list(args)))));
  return fun.code(fun, ...args);
};

const enterCall: Entry = (p) => {
  const callee = p.target as Callee;
  const args = p.x0 as Term[];
  p.x0 = undefined;
  p.target = null;
  return callee.code(...args);
};

const enterTask: Entry = (p) => {
  const start = p.x0 as () => Task;
  p.x0 = undefined;
  return runTask(start());
};

/** Starts a process that calls a fun of no arguments; of any other arity it fails when it runs. */
export function spawnFun(fun: Fun): Process {
  return S.system.spawn(enterFun, null, fun);
}

export function spawnApply(fun: Fun, args: Term[]): Process {
  return S.system.spawn(enterFunWith, fun, args);
}

export function spawnCall(callee: Callee, args: Term[]): Process {
  return S.system.spawn(enterCall, callee, args, callee);
}

/** For the host: a process whose body is TypeScript that may call Elixir code. */
export function spawnTask(start: () => Task): Process {
  return S.system.spawn(enterTask, null, start);
}
