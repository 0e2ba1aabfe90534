/** Runs compiled code without the rest of the machine: a scheduler, the natives and export cells. */

import { natives } from "../../../packages/runtime/src/builtins/index.ts";
import {
  type CodeHost,
  createRuntime,
  type ExportCell,
} from "../../../packages/runtime/src/compile/index.ts";
import type { Host } from "../../../packages/runtime/src/expand/index.ts";
import type { Outcome } from "../../../packages/runtime/src/process/outcome.ts";
import { spawnTask } from "../../../packages/runtime/src/process/start.ts";
import { call, runTask } from "../../../packages/runtime/src/process/task.ts";
import { drive } from "../../../packages/runtime/src/scheduler/driver.ts";
import { useFrames } from "../../../packages/runtime/src/scheduler/frames.ts";
import { makeScheduler } from "../../../packages/runtime/src/scheduler/make.ts";
import { currentScheduler, type FrameRunner } from "../../../packages/runtime/src/scheduler/scheduler.ts";
import { type Atom, atom, TRUE } from "../../../packages/runtime/src/term/atom.ts";
import { text } from "../../../packages/runtime/src/term/bitstring.ts";
import { CLASS_ERROR, Raised } from "../../../packages/runtime/src/term/error.ts";
import type { Code, Fun } from "../../../packages/runtime/src/term/fun.ts";
import { Cons, EMPTY } from "../../../packages/runtime/src/term/list.ts";
import { mapFrom, mapGet, TermMap } from "../../../packages/runtime/src/term/map.ts";
import type { Term } from "../../../packages/runtime/src/term/term.ts";
import { Tuple } from "../../../packages/runtime/src/term/tuple.ts";
import { lateNatives } from "../../../packages/runtime/src/vm/late.ts";

const cells = new Map<string, ExportCell>();

export function cell(module: Atom, name: Atom, arity: number): ExportCell {
  const key = `${module.name} ${name.name}/${arity}`;
  let found = cells.get(key);
  if (found === undefined) {
    const missing = (...args: Term[]) => {
      throw new Raised(CLASS_ERROR, atom("undef"), null, { module, name, args });
    };
    found = { module, name, arity, code: missing };
    cells.set(key, found);
  }
  return found;
}

function put(module: string, key: string, code: Code): void {
  const slash = key.lastIndexOf("/");
  cell(atom(module), atom(key.slice(0, slash)), Number(key.slice(slash + 1))).code = code;
}

for (const { module, functions, tasks } of [...natives, ...lateNatives({} as Host)]) {
  for (const [key, code] of Object.entries(functions)) put(module, key, code);
  for (const [key, task] of Object.entries(tasks ?? {}))
    put(module, key, (...args) => runTask(task(...args)));
}

function struct(name: string, fields: [string, Term][] = []): Term {
  const pairs: [Term, Term][] = fields.map(([key, value]) => [atom(key), value]);
  return mapFrom([[atom("__struct__"), atom(`Elixir.${name}`)], [atom("__exception__"), TRUE], ...pairs]);
}

// As much of the library as the programs here touch.
const names: Record<string, string> = { badarith: "ArithmeticError", badarg: "ArgumentError" };
put("Elixir.Exception", "normalize/3", (_kind: Term, reason: Term) => {
  const name = names[(reason as Atom).name];
  if (name === "ArithmeticError")
    return struct(name, [["message", text("bad argument in arithmetic expression")]]);
  return name === undefined
    ? struct("ErlangError", [
        ["original", reason],
        ["reason", atom("nil")],
      ])
    : struct(name);
});
for (const name of ["RuntimeError", "ArgumentError"]) {
  put(`Elixir.${name}`, "exception/1", (message: Term) => struct(name, [["message", message]]));
}
put("Elixir.Integer", "pow/2", (base: number, exponent: number) => BigInt(base) ** BigInt(exponent));
put("Elixir.Kernel.Utils", "raise/1", (message: Term) =>
  message instanceof TermMap ? message : struct("RuntimeError", [["message", message]]),
);
put("Elixir.String.Chars", "to_string/1", (term: Term) =>
  typeof term === "number" ? text(String(term)) : term,
);
put("Elixir.Enum", "reduce/3", function reduce(range: Term, acc: Term, fun: Fun) {
  return runTask(
    (function* () {
      let result = acc;
      const [first, last] = ["first", "last"].map((key) => mapGet(range as TermMap, atom(key)) as number);
      for (let i = first; i <= last; i++) result = yield* call(fun.code, fun, i, result);
      return result;
    })(),
  );
});

export const host: CodeHost = {
  cell,
  native(module, key) {
    const slash = key.lastIndexOf("/");
    return (cell(atom(module), atom(key.slice(0, slash)), Number(key.slice(slash + 1))) as ExportCell).code;
  },
  waited: () => (currentScheduler().frames as FrameRunner).waitInPlace(),
};

export const runtime = createRuntime(host);

export interface Loaded {
  readonly module: string;
  readonly functions: Record<string, Code>;
  readonly cell: Code;
}

/** The definition that a compiled text returns. */
export function load(source: string): Loaded {
  return new Function("$", source)(runtime) as Loaded;
}

/** Runs a function in a process of its own. */
export async function run(code: Function, args: readonly unknown[] = [], budget?: number): Promise<Outcome> {
  const scheduler = makeScheduler({ budget, clock: "fast", seed: 1 });
  useFrames(scheduler);
  let outcome: Outcome | null = null;
  const process = scheduler.enter(() =>
    spawnTask(function* () {
      return yield* call(code, ...args);
    }),
  );
  scheduler.observe(process, (result) => {
    outcome = result;
  });
  await drive(scheduler);
  if (outcome === null) throw new Error("the process waits for ever");
  return outcome;
}

export { Cons, EMPTY, Tuple };
