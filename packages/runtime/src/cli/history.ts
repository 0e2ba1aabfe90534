/**
 * What was typed into the shell, on disk: an expression a line, its own lines separated by carriage returns. A history that cannot be read
 * or written costs a warning, once; what was typed in this run is in memory in any case.
 */
import { appendFileSync, mkdirSync, readFileSync, renameSync, statSync, writeFileSync } from "node:fs";
import { homedir } from "node:os";
import { dirname, join } from "node:path";
import process from "node:process";

/** Expressions that are kept; the file may grow to twice as many before it is cut. */
const MOST = 1000;

export class History {
  readonly #path: string | null;
  readonly #warn: (message: string) => void;
  #failed = false;

  /** An empty path keeps nothing on disk. */
  constructor(path: string, warn: (message: string) => void) {
    this.#path = path === "" ? null : path;
    this.#warn = warn;
  }

  /** The expressions, the latest first. */
  load(): string[] {
    if (this.#path === null) return [];
    let lines: string[];
    try {
      // A device may be written to, and has no end to be read.
      if (!statSync(this.#path).isFile()) return [];
      lines = readFileSync(this.#path, "utf8")
        .split("\n")
        .filter((line) => line !== "");
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "ENOENT") this.#fail("read", error);
      return [];
    }
    if (lines.length > 2 * MOST) {
      lines = lines.slice(-MOST);
      this.#write((path) => {
        // In one step, so that a full disk leaves the old file.
        writeFileSync(`${path}.new`, `${lines.join("\n")}\n`, { mode: 0o600 });
        renameSync(`${path}.new`, path);
      });
    }
    return lines
      .slice(-MOST)
      .map((line) => line.replaceAll("\r", "\n"))
      .reverse();
  }

  add(expression: string): void {
    const line = expression.replaceAll("\n", "\r");
    this.#write((path) => {
      makeFolder(dirname(path));
      appendFileSync(path, `${line}\n`, { mode: 0o600 });
    });
  }

  #write(action: (path: string) => void): void {
    if (this.#path === null || this.#failed) return;
    try {
      action(this.#path);
    } catch (error) {
      this.#fail("saved", error);
    }
  }

  #fail(what: "read" | "saved", error: unknown): void {
    if (this.#failed) return;
    this.#failed = true;
    this.#warn(`warning: the history is not ${what}: ${(error as Error).message}\n`);
  }
}

/** Makes a folder and those above it. Node's own way of doing so tries for half a minute where a system refuses, as below `/proc`. */
function makeFolder(path: string): void {
  try {
    mkdirSync(path);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === "EEXIST") return;
    if (code !== "ENOENT" || dirname(path) === path) throw error;
    makeFolder(dirname(path));
    mkdirSync(path);
  }
}

/** `BEAMLET_HISTORY`, or a file in the user's directory for state. */
export function historyPath(): string {
  const { BEAMLET_HISTORY, XDG_STATE_HOME } = process.env;
  return BEAMLET_HISTORY ?? join(XDG_STATE_HOME || join(homedir(), ".local", "state"), "beamlet", "history");
}
