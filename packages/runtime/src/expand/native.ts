/** The shape of the native modules here, as `builtins/native.ts` has it. */
import type { Task } from "../process/task.ts";
import type { Term } from "../term/term.ts";

export interface ExpanderModule {
  readonly module: string;
  readonly functions: Record<string, (...args: any[]) => Term>;
  readonly tasks?: Record<string, (...args: any[]) => Task>;
}
