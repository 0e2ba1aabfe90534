/**
 * `beamlet eval`: one expression, what it prints and its value; or, for other programs, JSON: `--json -` reads one program, `--jsonl` one
 * request a line and answers each in a fresh runtime.
 */
import process from "node:process";
import { createInterface } from "node:readline";
import { nodePlatform } from "../platform/node/platform.ts";
import type { Platform } from "../platform/platform.ts";
import { LimitExceeded } from "../process/limit.ts";
import { Bitstring, text } from "../term/bitstring.ts";
import type { Term } from "../term/term.ts";
import type { Tuple } from "../term/tuple.ts";
import { Stuck } from "../vm/machine.ts";
import { haltStatus, makeMachine } from "./machine.ts";
import { type CommonOptions, parseArguments, UsageError } from "./options.ts";

interface Answer {
  readonly stdout: string;
  readonly value: string | null;
  readonly error: string | null;
  /** What the program has given to `System.halt/1`. */
  readonly halted?: number;
}

export async function evaluate(words: readonly string[]): Promise<number> {
  const { options, flags, rest } = parseArguments(words, { "--json": false, "--jsonl": false });
  const names = flags.map(([name]) => name);
  if (names.includes("--jsonl")) {
    if (rest.length > 0)
      throw new UsageError("--jsonl takes no expression: requests come in by the standard input");
    await answerLines(options);
    return 0;
  }
  if (rest.length !== 1) throw new UsageError('eval takes one expression, such as: beamlet eval "1 + 1"');
  const code = rest[0] === "-" ? await readAll() : rest[0];
  const { halted, ...answer } = await answerTo(code, options, !names.includes("--json"));
  if (names.includes("--json")) {
    process.stdout.write(`${JSON.stringify(answer)}\n`);
    return 0;
  }
  if (halted !== undefined) return halted;
  if (answer.error !== null) {
    process.stderr.write(`${answer.error}\n`);
    return 1;
  }
  process.stdout.write(`${answer.value}\n`);
  return 0;
}

async function answerLines(options: CommonOptions): Promise<void> {
  for await (const line of createInterface({ input: process.stdin })) {
    if (line.trim() === "") continue;
    const request = readRequest(line);
    const { halted: _, ...answer }: Answer =
      "error" in request
        ? { stdout: "", value: null, error: `** (request) ${request.error}` }
        : await answerTo(request.code, options);
    process.stdout.write(`${JSON.stringify({ id: request.id ?? null, ...answer })}\n`);
  }
}

/** A line that is no request is answered too, so that whoever sends many still counts as many answers. */
function readRequest(line: string): { id?: unknown; code: string } | { id?: unknown; error: string } {
  let request: { id?: unknown; code?: unknown } | null;
  try {
    request = JSON.parse(line);
  } catch (error) {
    return { error: `not a line of JSON, {"id": "…", "code": "…"}: ${(error as Error).message}` };
  }
  const { id, code } = request ?? {};
  if (typeof code === "string") return { id, code };
  return { id, error: `there is no program under "code": ${line.slice(0, 200)}` };
}

/** The answer to a program; `shown`: what it prints is on the terminal at once, and not in the answer. */
async function answerTo(code: string, options: CommonOptions, shown = false): Promise<Answer> {
  const platform = shown ? nodePlatform() : quietPlatform();
  const { machine, close } = makeMachine(options, { platform, log: shown });
  try {
    const outcome = await machine.call("Elixir.Beamlet.Eval", shown ? "shown" : "outcome", [
      text(code.toWellFormed()),
    ]);
    if (outcome.kind !== "returned")
      return { stdout: "", value: null, error: await machine.explain(outcome) };
    const [stdout, value, error] = (outcome.value as Tuple).toArray().map(textOrNull);
    return { stdout: stdout ?? "", value, error };
  } catch (error) {
    if (!(error instanceof LimitExceeded || error instanceof Stuck)) throw error;
    const { haltStatus: halted } = machine.scheduler;
    return {
      stdout: "",
      value: null,
      error: `** (${error.constructor.name}) ${error.message}`,
      halted: halted === null ? undefined : haltStatus(halted, machine.platform),
    };
  } finally {
    close();
  }
}

/** The standard output is for the answer: what goes past the program's group leader goes to the standard error. */
function quietPlatform(): Platform {
  const platform = nodePlatform();
  return { ...platform, write: (_stream, written) => platform.write("stderr", written) };
}

function textOrNull(term: Term): string | null {
  return term instanceof Bitstring ? (term.text ?? new TextDecoder().decode(term.bytes)) : null;
}

async function readAll(): Promise<string> {
  let result = "";
  process.stdin.setEncoding("utf8");
  for await (const chunk of process.stdin) result += chunk;
  return result;
}
