/** The platform on Node: standard streams, files, the environment. */
import { writeSync } from "node:fs";
import process from "node:process";
import type { Platform } from "../platform.ts";
import { nodeFiles } from "./files.ts";
import { LineInput } from "./line-input.ts";
import { nodePrograms } from "./programs.ts";
import { nodeSignals } from "./signals.ts";

const descriptors = { stdout: 1, stderr: 2 } as const;

export function nodePlatform(argv: readonly string[] = []): Platform {
  let input: LineInput | null = null;
  return {
    kind: "node",
    write: (stream, text) => writeAll(descriptors[stream], text),
    async readLine(prompt) {
      writeAll(descriptors.stdout, prompt);
      input ??= new LineInput(process.stdin);
      return input.next();
    },
    terminalSize: () =>
      process.stdout.isTTY && process.stdout.columns > 0
        ? [process.stdout.columns, process.stdout.rows]
        : null,
    argv,
    env: process.env as Record<string, string>,
    files: nodeFiles,
    programs: nodePrograms,
    signals: nodeSignals,
  };
}

/** Writes synchronously, so that nothing is lost when the process ends right after; a full pipe is tried again. */
function writeAll(descriptor: number, text: string): void {
  const bytes = new TextEncoder().encode(text);
  for (let offset = 0; offset < bytes.length; ) {
    try {
      offset += writeSync(descriptor, bytes, offset);
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      if (code === "EPIPE") process.exit(1);
      if (code !== "EAGAIN") throw error;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 1);
    }
  }
}
