/** Compiling an evaluated expression: a cell, or the body of a module. Its function takes and gives variables in arrays. */
import { type Atom, NIL } from "../term/atom.ts";
import type { Term } from "../term/term.ts";
import { value } from "./expression.ts";
import { CONSTANTS, FunctionCompiler, TAIL } from "./function.ts";
import { js, listed } from "./ir.ts";
import { ModuleCompiler } from "./module-compiler.ts";
import { CELL } from "./trace.ts";

export interface CellSource {
  readonly expanded: Term;
  /** What stack traces and funs name as the module. */
  readonly module: Atom;
  readonly file: string;
  /** What stack traces call the code: `__FILE__`, `__MODULE__`. */
  readonly name?: string;
  /** Whether Elixir would compile it rather than interpret it: some errors differ. */
  readonly compiled?: boolean;
  /** Versions of the variables that the expression may read; behind them those of its constants, -1, -2 and so on. */
  readonly inputs: readonly number[];
  /** Versions of the variables whose values are wanted. */
  readonly outputs: readonly number[];
}

/**
 * The JavaScript text of a cell: the body of a function of `$` that returns `{ module, cell }`. `cell` takes an array of the
 * inputs' values and returns, if it is not suspended, an array: the value, then the outputs.
 */
export function compileCell({
  expanded,
  module,
  file,
  name = "__FILE__",
  compiled = false,
  inputs,
  outputs,
}: CellSource): string {
  const compiler = new ModuleCompiler(module, file, { temporary: true, interpreted: !compiled });
  const f = new FunctionCompiler(compiler, compiler.constants.unique(CELL), name, 1);
  const values = f.param("inputs");
  const variables = inputs.filter((version) => version >= 0);
  for (const [i, version] of variables.entries()) f.env.set(version, f.let("x", js`${values}[${i}]`));
  f.env.set(CONSTANTS, f.let("constants", js`${values}.slice(${variables.length})`));
  const result = value(f, expanded);
  const bound = outputs.map((version) => f.env.get(version) ?? f.literal(NIL));
  f.finish(listed("[", [result, ...bound], "]"), TAIL);
  f.define();
  compiler.catchUp();
  return compiler.finish(
    `{ module: ${JSON.stringify(module.name)}, cell: ${f.name}, functions: {}, funs: [${compiler.funs.join(", ")}] }`,
  );
}
