/**
 * Traced functions: the code in the export cell of each is replaced by one that tells of calls, and calls it. So a function
 * that nobody traces runs as ever, and what a module calls of its own without naming itself is not seen. A module
 * that is loaded anew has lost its traces.
 */
import { S } from "../process/stack.ts";
import { call, runTask, type Task } from "../process/task.ts";
import { atom } from "../term/atom.ts";
import { Raised } from "../term/error.ts";
import type { Code } from "../term/fun.ts";
import { list } from "../term/list.ts";
import type { Term } from "../term/term.ts";
import { Tuple2, Tuple3 } from "../term/tuple.ts";
import type { ExportCell } from "./code-server.ts";
import { type Tracee, tracing } from "./tracing.ts";
import type { TraceSpec, Verdict } from "./tracing-spec.ts";

export interface TracedCalls {
  readonly spec: TraceSpec;
  readonly kind: "global" | "local";
  readonly own: Code;
  readonly telling: Code;
}

const traced = new WeakMap<ExportCell, TracedCalls>();

/** How a function is traced, `null` when it is not. */
export function tracedCalls(cell: ExportCell): TracedCalls | null {
  const found = traced.get(cell);
  return found !== undefined && found.telling === cell.code ? found : null;
}

export function traceCalls(cell: ExportCell, spec: TraceSpec, kind: TracedCalls["kind"]): void {
  const own = tracedCalls(cell)?.own ?? cell.code;
  cell.code = telling(cell, own, spec);
  traced.set(cell, { spec, kind, own, telling: cell.code });
}

export function untraceCalls(cell: ExportCell): void {
  cell.code = tracedCalls(cell)?.own ?? cell.code;
}

const traceeOf = (): Tracee | undefined => {
  const tracee = tracing().tracees.get(S.p);
  return tracee?.flags.has("call") ? tracee : undefined;
};

function telling(cell: ExportCell, own: Code, spec: TraceSpec): Code {
  return (...args) => {
    const tracee = traceeOf();
    const verdict = tracee === undefined ? null : spec.judge(args, tracee);
    if (tracee === undefined || verdict === null) return own(...args);
    if (verdict.told !== null) tellCall(cell, tracee, args, verdict.told);
    return verdict.returns ? runTask(returning(cell, own, args, verdict)) : own(...args);
  };
}

function tellCall({ module, name, arity }: ExportCell, tracee: Tracee, args: Term[], told: Term): void {
  if (tracee.flags.has("silent")) return;
  const called = new Tuple3(module, name, tracee.flags.has("arity") ? arity : list(args));
  tracing().tell(S.p, tracee, atom("call"), called, ...(told === atom("true") ? [] : [told]));
}

function* returning(cell: ExportCell, own: Code, args: Term[], { exceptions }: Verdict): Task {
  try {
    const value: Term = yield* call(own, ...args);
    tellEnd(cell, "return_from", value);
    return value;
  } catch (error) {
    if (exceptions && error instanceof Raised)
      tellEnd(cell, "exception_from", new Tuple2(error.kind, error.reason));
    throw error;
  }
}

function tellEnd({ module, name, arity }: ExportCell, tag: string, result: Term): void {
  const tracee = traceeOf();
  if (tracee === undefined || tracee.flags.has("silent")) return;
  tracing().tell(S.p, tracee, atom(tag), new Tuple3(module, name, arity), result);
}
