/** Elixir for those who import the package's main entry: it is loaded when it is first asked for. */
import type { AsyncOperation } from "./actor/operation.ts";
import { operation } from "./actor/process.ts";
import { wait } from "./actor/receive.ts";
import type { ElixirModule, EvaluateOptions } from "./vm/elixir-api.ts";

const elixir = () => import("./elixir.ts");

/**
 * The value of Elixir text, evaluated in the process that asks. See `beamlet/elixir`, which is loaded by this.
 *
 * @example
 * await evaluate("Enum.map(list, & &1 * 2)", { bindings: { list: [1, 2, 3] } }); // [2, 4, 6]
 */
export function evaluate<Result = any>(source: string, options?: EvaluateOptions): AsyncOperation<Result> {
  return operation(function* () {
    const { evaluate } = yield* wait(elixir());
    return (yield* evaluate<Result>(source, options)) as Result;
  });
}

/** Compiles the file of an Elixir module, and gives its functions. See `beamlet/elixir`, which is loaded by this. */
export function loadModule<Functions extends object = ElixirModule>(
  file: string | URL,
): AsyncOperation<Functions> {
  return operation(function* () {
    const { loadModule } = yield* wait(elixir());
    return (yield* loadModule<Functions>(file)) as Functions;
  });
}
