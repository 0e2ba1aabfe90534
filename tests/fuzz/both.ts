/** Cases answered by the real Elixir and by Beamlet, with the same script, and what differs. */
import { spawn, spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";

/** How a case is answered; programs are compiled as a module, or interpreted. */
export type Mode = "parse" | "compile" | "eval";

export interface Answer {
  readonly value: string;
  readonly output: string;
  readonly warnings: readonly string[];
}

export interface Difference {
  readonly code: string;
  readonly real: Answer;
  readonly ours: Answer;
}

export const RUNNER = join(import.meta.dirname, "runner.exs");
export const BEAMLET = [
  process.execPath,
  resolve(import.meta.dirname, "../../packages/runtime/bin/beamlet.js"),
  "run",
];

/** The command of a real Elixir, if there is one: `ELIXIR`, or `elixir` on the path. */
export function realElixir(): string | null {
  const command = process.env.ELIXIR ?? "elixir";
  const { stdout, status } = spawnSync(command, ["--version"], { encoding: "utf8" });
  return status === 0 && stdout.includes("Elixir 1.18") ? command : null;
}

/** The texts that the two parsers answer differently. */
export async function parsedDifferently(elixir: string, codes: readonly string[]): Promise<Difference[]> {
  const [real, ours] = await Promise.all([
    answers([elixir, RUNNER], "parse", codes),
    answers([...BEAMLET, RUNNER], "parse", codes),
  ]);
  return codes
    .map((code, i) => ({ code, real: real[i], ours: ours[i] }))
    .filter((found) => JSON.stringify(found.real) !== JSON.stringify(found.ours));
}

/** What Erlang's compiler says when it crashes, and what becomes of that within a program. */
const COMPILER_CRASH = /^Function: \S+\/\d|"raised MatchError: no match of right hand side value: \[\]"/m;

/**
 * The programs with another value or output here than under the real Elixir. There Erlang's compiler, which moves and
 * drops what may fail, and its interpreter differ as well: what either does is right, line by line. A program on which that compiler
 * crashes tells nothing, nor does one that computes for ever: how long it may is a matter of the machine.
 */
export async function runDifferently(elixir: string, codes: readonly string[]): Promise<Difference[]> {
  const [compiled, ours] = await Promise.all([
    answers([elixir, RUNNER], "compile", codes),
    answers([...BEAMLET, RUNNER], "compile", codes),
  ]);
  const isRight = (ours: Answer, ...real: Answer[]): boolean =>
    (["value", "output"] as const).every((field) => {
      const [our, ...right] = [ours, ...real].map((answer) => unnamed(answer[field]).split("\n"));
      return (
        right.some((lines) => lines.length === our.length) &&
        our.every((line, i) => right.some((lines) => lines[i] === line))
      );
    });
  const suspects = codes
    .map((code, i) => ({ code, real: compiled[i], ours: ours[i] }))
    .filter(({ real }) => !COMPILER_CRASH.test(real.output) && real.value !== "timeout")
    .filter(({ real, ours }) => !isRight(ours, real));
  if (suspects.length === 0) return [];
  const texts = suspects.map(({ code }) => code);
  const interpreted = await answers([elixir, RUNNER], "eval", texts);
  return suspects.filter(({ real, ours }, i) => !isRight(ours, real, interpreted[i]));
}

/** A text without frames of the library, in which identifiers and the numbers of functions look alike: they are nobody's business. */
function unnamed(text: string): string {
  return text
    .replace(/\\+n {4}\((?:elixir|stdlib)(?:(?!\\+n).)*/g, "")
    .replace(/#(PID|Reference|Port)<[\d.]+>/g, "#$1<>")
    .replace(/#Function<(?:"(?:[^"\\]|\\.)*"|[^>"])*>/g, "#Function<>");
}

export async function answers(
  command: readonly string[],
  mode: Mode,
  codes: readonly string[],
): Promise<Answer[]> {
  const folder = mkdtempSync(join(tmpdir(), "fuzz-"));
  const cases = join(folder, "cases");
  const answered = join(folder, "answers");
  writeFileSync(cases, codes.map((code) => `${Buffer.from(code).toString("base64")}\n`).join(""));
  const [program, ...args] = command;
  const child = spawn(program, [...args, mode, cases, answered], { stdio: ["ignore", "ignore", "pipe"] });
  let complaints = "";
  child.stderr.on("data", (data) => {
    complaints = (complaints + data).slice(-2000);
  });
  const status = await new Promise((done) => child.on("exit", done));
  try {
    const lines = readFileSync(answered, "utf8").split("\n").slice(0, -1);
    if (lines.length < codes.length) {
      throw new Error(
        `${program} (exit status ${status}) stopped at case ${lines.length}: ${codes[lines.length]}\n${complaints}`,
      );
    }
    return lines.map((line) => {
      const [value, output, ...warnings] = line
        .split(" ")
        .map((field) => Buffer.from(field, "base64").toString());
      return { value, output, warnings };
    });
  } finally {
    rmSync(folder, { recursive: true });
  }
}
