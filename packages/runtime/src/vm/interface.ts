/** `$`, the object that all compiled code is given: the compiler's runtime on this code server. */
import type { NativeModule } from "../builtins/native.ts";
import { createRuntime } from "../compile/index.ts";
import { currentScheduler, type FrameRunner } from "../scheduler/scheduler.ts";
import type { Term } from "../term/term.ts";
import { exportCell } from "./code-server.ts";

const plain = new Map<string, NativeModule["functions"][]>();

/** Makes the plain functions of a native module callable directly from compiled code. */
export function exposeNative({ module, functions }: NativeModule): void {
  plain.set(module, [functions, ...(plain.get(module) ?? [])]);
}

export const runtimeInterface = createRuntime({
  cell: exportCell,
  waited: () => (currentScheduler().frames as FrameRunner).waitInPlace(),
  native(module, key) {
    const code = plain.get(module)?.find((functions) => Object.hasOwn(functions, key))?.[key];
    if (code === undefined)
      throw new Error(`compiled code needs the native function ${module}:${key}, which is missing`);
    return code as (...args: Term[]) => Term;
  },
});
