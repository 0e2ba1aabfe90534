/** Programs of the operating system, run to their end beside the processes of the system. */
import { spawn } from "node:child_process";
import { constants } from "node:os";
import process from "node:process";
import type { ProgramRunner } from "../platform.ts";

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
    return new Promise((resolve, reject) => {
      const child = spawn(command, [...words], {
        cwd: cwd ?? undefined,
        env: variables,
        stdio: ["ignore", "pipe", "inherit"],
      });
      const chunks: Buffer[] = [];
      child.stdout.on("data", (chunk: Buffer) => chunks.push(chunk));
      child.on("error", reject);
      child.on("close", (code, signal) =>
        resolve({
          status: code ?? 128 + signalNumber(signal),
          output: new Uint8Array(Buffer.concat(chunks)),
        }),
      );
    });
  },
};

/** Of a program that a signal has ended a shell tells 128 and the signal's number. */
function signalNumber(signal: NodeJS.Signals | null): number {
  return signal === null ? 0 : (constants.signals[signal] ?? 0);
}
