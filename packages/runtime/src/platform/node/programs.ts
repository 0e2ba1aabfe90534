/** Programs of the operating system, run to their end. */
import { spawnSync } from "node:child_process";
import process from "node:process";
import type { ProgramRunner } from "../platform.ts";

const MOST_OUTPUT = 1 << 30;

export const nodePrograms: ProgramRunner = {
  run(file, args, { cwd, env, mergeErrors }) {
    const variables = { ...process.env };
    for (const [name, value] of Object.entries(env)) {
      if (value === null) delete variables[name];
      else variables[name] = value;
    }
    // Only a shell puts both streams together in the order in which they are written.
    const [command, words] = mergeErrors
      ? (["/bin/sh", ["-c", 'exec "$0" "$@" 2>&1', file, ...args]] as const)
      : ([file, args] as const);
    const result = spawnSync(command, [...words], {
      cwd: cwd ?? undefined,
      env: variables,
      maxBuffer: MOST_OUTPUT,
      stdio: ["ignore", "pipe", "inherit"],
    });
    if (result.error !== undefined) throw result.error;
    // Of a program that a signal has ended a shell tells 128 and the signal's number.
    return { status: result.status ?? 128, output: result.stdout };
  },
};
