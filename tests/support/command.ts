/** Runs the `beamlet` command of this checkout, as a user's shell would. */
import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { join, resolve } from "node:path";
import { createInterface } from "node:readline";

/** What a mistake in the checker of types would hide is shown. */
process.env.BEAMLET_STRICT = "1";

const built = process.env.BEAMLET_DIST;
export const beamlet = built
  ? join(built, "cli.js")
  : resolve(import.meta.dirname, "../../packages/runtime/bin/beamlet.js");

export interface Finished {
  readonly stdout: string;
  readonly stderr: string;
  readonly status: number | null;
}

/** One run of the command to its end. */
export function run(args: readonly string[], input = ""): Finished {
  const { stdout, stderr, status } = spawnSync(process.execPath, [beamlet, ...args], {
    input,
    encoding: "utf8",
    timeout: 60_000,
  });
  return { stdout, stderr, status };
}

/** `beamlet eval --jsonl` kept open: answers one request after the other, and is started anew when one hangs it. */
export class Evaluator {
  #child: ChildProcess | null = null;
  #answer: ((line: string | null) => void) | null = null;
  readonly #options: readonly string[];

  constructor(options: readonly string[] = []) {
    this.#options = options;
  }

  /** The outcome of one program; `null` when there was none within the time limit, in milliseconds. */
  async evaluate<T>(
    request: { readonly id: string; readonly code: string },
    limit = 20_000,
  ): Promise<T | null> {
    const child = this.#child ?? this.#start();
    const line = await new Promise<string | null>((done) => {
      const timer = setTimeout(() => {
        child.kill("SIGKILL");
        this.#child = null;
        done(null);
      }, limit);
      this.#answer = (text) => {
        clearTimeout(timer);
        done(text);
      };
      child.stdin!.write(`${JSON.stringify({ id: request.id, code: request.code })}\n`);
    });
    if (line === null) return null;
    const answer = JSON.parse(line);
    if (answer.id !== request.id) throw new Error(`asked for ${request.id}, answered ${line.slice(0, 200)}`);
    return answer;
  }

  close(): void {
    this.#child?.kill();
    this.#child = null;
  }

  #start(): ChildProcess {
    const child = spawn(process.execPath, [beamlet, "eval", "--jsonl", ...this.#options], {
      stdio: ["pipe", "pipe", "ignore"],
    });
    createInterface({ input: child.stdout! }).on("line", (line) => this.#answer?.(line));
    child.on("exit", () => {
      if (this.#child !== child) return;
      this.#child = null;
      this.#answer?.(null);
    });
    child.stdin!.on("error", () => {});
    this.#child = child;
    return child;
  }
}
