/**
 * The shape of a native module: an Erlang module whose functions are TypeScript.
 *
 * Functions are named `name/arity`, take terms and return a term; they throw `Raised` on error and return
 * `U` only after arranging how the process goes on (`process/stack.ts`). What must call Elixir code is a
 * task. The code server puts both into export cells, as it does with compiled modules.
 */
import type { U } from "../process/stack.ts";
import type { Task } from "../process/task.ts";
import type { Term } from "../term/term.ts";

export interface NativeModule {
  /** The module's atom as Erlang names it: `erlang`, `maps`, `Elixir.String`. */
  readonly module: string;
  readonly functions: Record<string, (...args: any[]) => Term | typeof U>;
  readonly tasks?: Record<string, (...args: any[]) => Task>;
}
