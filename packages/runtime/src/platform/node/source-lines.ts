/**
 * Single lines of source files, for messages that quote them. The file asked for last stays in memory until it has changed:
 * a program with many faults has many messages about one file.
 */
import { readFileSync, statSync } from "node:fs";

interface Source {
  readonly path: string;
  readonly state: string;
  readonly lines: readonly string[];
}

let last: Source | null = null;

/** The line of that number, counted from 1; `null` when there is none. */
export function sourceLine(path: string, line: number): string | null {
  try {
    const { mtimeMs, size, ino } = statSync(path);
    const state = `${mtimeMs} ${size} ${ino}`;
    if (last?.path !== path || last.state !== state) {
      const lines = new TextDecoder().decode(readFileSync(path)).split("\n");
      if (lines.at(-1) === "") lines.pop();
      last = { path, state, lines };
    }
    return last.lines[line - 1] ?? null;
  } catch {
    return null;
  }
}
