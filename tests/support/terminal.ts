/** The command at a terminal: a pseudo-terminal made by `script`, which types keys and waits for what is shown. */
import { type ChildProcess, spawn } from "node:child_process";
import process from "node:process";
import { beamlet } from "./command.ts";

/** How long something may take to be shown, in milliseconds, on a busy machine. */
const PATIENCE = 30_000;

export class Terminal {
  readonly #child: ChildProcess;
  readonly exited: Promise<number | null>;
  /** What has been shown and not been waited for, without the codes of colours and cursor moves. */
  #shown = "";
  #changed: () => void = () => {};

  constructor(args: readonly string[], env: Record<string, string> = {}) {
    const words = [process.execPath, beamlet, ...args].map((word) => `'${word.replaceAll("'", "'\\''")}'`);
    this.#child = spawn("script", ["-qfec", words.join(" "), "/dev/null"], {
      env: { ...process.env, TERM: "xterm", BEAMLET_HISTORY: "", ...env },
      stdio: ["pipe", "pipe", "inherit"],
    });
    this.#child.stdout!.setEncoding("utf8").on("data", (chunk: string) => {
      // biome-ignore lint/suspicious/noControlCharactersInRegex: these are the codes to take out
      this.#shown += chunk.replaceAll(/\x1b\[[0-9;?]*[A-Za-z]/g, "").replaceAll("\r", "");
      this.#changed();
    });
    this.exited = new Promise((resolve) => {
      this.#child.on("exit", (status) => {
        resolve(status);
        this.#changed();
      });
    });
  }

  type(keys: string): void {
    this.#child.stdin!.write(keys);
  }

  /** Waits until this is shown, and returns everything shown up to there. */
  async shows(expected: string | RegExp): Promise<string> {
    const deadline = Date.now() + PATIENCE;
    for (;;) {
      const at = typeof expected === "string" ? this.#shown.indexOf(expected) : this.#shown.search(expected);
      if (at >= 0) {
        const length =
          typeof expected === "string" ? expected.length : expected.exec(this.#shown.slice(at))![0].length;
        const before = this.#shown.slice(0, at + length);
        this.#shown = this.#shown.slice(at + length);
        return before;
      }
      const left = deadline - Date.now();
      if (left <= 0 || this.#child.exitCode !== null)
        throw new Error(`waited for ${expected}, shown was ${JSON.stringify(this.#shown)}`);
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, left);
        this.#changed = () => {
          clearTimeout(timer);
          resolve();
        };
      });
    }
  }

  close(): void {
    this.#child.kill("SIGKILL");
  }
}
