/**
 * `:beamlet_program`: programs of the operating system, under `System.cmd/3` and `:os.cmd/1`. Who runs one waits
 * for its end; other processes go on. A host without programs, such as a browser, answers `{:error, :enotsup}`.
 */

import type { Task } from "../process/task.ts";
import { awaitPromise } from "../scheduler/hold.ts";
import { currentScheduler } from "../scheduler/scheduler.ts";
import { atom, ERROR, NIL, OK, TRUE } from "../term/atom.ts";
import { Bitstring, binary } from "../term/bitstring.ts";
import { listToArray } from "../term/list.ts";
import type { Term } from "../term/term.ts";
import { type Tuple2, tuple } from "../term/tuple.ts";
import type { NativeModule } from "./native.ts";

/** What is needed of a host; `platform/` states it in full. */
interface Programs {
  run(
    file: string,
    args: readonly string[],
    options: ProgramOptions,
  ): Promise<{ status: number; output: Uint8Array }>;
}

export interface ProgramOptions {
  readonly cwd: string | null;
  /** Changes of the environment; `null` takes a variable away. */
  readonly env: Readonly<Record<string, string | null>>;
  /** Whether what it writes to the standard error is part of the output. */
  readonly mergeErrors: boolean;
}

let programs: Programs | null = null;

/** Says which programs there are from now on. */
export function usePrograms(host: Programs | null): void {
  programs = host;
}

const textOf = (term: Term): string | null => (term instanceof Bitstring ? (term.text ?? "") : null);

export const beamletProgram: NativeModule = {
  module: "beamlet_program",
  functions: {},
  tasks: {
    *"run/5"(file: Term, args: Term, cwd: Term, env: Term, merge: Term): Task {
      if (programs === null) return tuple(ERROR, atom("enotsup"));
      const variables = (listToArray(env) ?? []) as Tuple2[];
      try {
        const ended = programs.run(
          textOf(file) ?? "",
          (listToArray(args) ?? []).map((arg) => textOf(arg) ?? ""),
          {
            cwd: cwd === NIL ? null : textOf(cwd),
            env: Object.fromEntries(variables.map(({ a, b }) => [textOf(a) ?? "", textOf(b)])),
            mergeErrors: merge === TRUE,
          },
        );
        const { status, output } = yield* awaitPromise(currentScheduler(), ended);
        return tuple(OK, binary(output), status);
      } catch (error) {
        const { code } = error as { code?: string };
        return tuple(ERROR, atom((code ?? "einval").toLowerCase()));
      }
    },
  },
};
