/** Evaluating source text from the host, as a task of a process. */

import { call, type Task } from "../process/task.ts";
import { parse } from "../syntax/index.ts";
import { atom } from "../term/atom.ts";
import { text } from "../term/bitstring.ts";
import { EMPTY, list } from "../term/list.ts";
import type { Term } from "../term/term.ts";
import { type Tuple, tuple } from "../term/tuple.ts";
import { exportCell } from "./code-server.ts";

/** Evaluates a file's text; the value of its last expression. Mirrors `Code.eval_string/3` with `file: file`. */
export function* evaluateFile(source: string, file: string, binding: Term = EMPTY): Task {
  const quoted = parse(source, { file });
  const options = list([tuple(atom("file"), text(file)), tuple(atom("line"), 1)]);
  const env: Term = yield* call(exportCell(atom("elixir"), atom("env_for_eval"), 1).code, options);
  const result: Term = yield* call(
    exportCell(atom("elixir"), atom("eval_forms"), 3).code,
    quoted,
    binding,
    env,
  );
  return (result as Tuple).at(0);
}
