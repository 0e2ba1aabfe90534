/** What mutants come to under the real Elixir and here, and what differs by the contract of the conformance cases. */
import { spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Evaluator } from "../../support/command.ts";
import { differences, type Outcome } from "../../support/conformance.ts";
import type { Mutant } from "./mutants.ts";
import type { Material } from "./mutations.ts";

/** The real one is given less: what it does not end has no outcome to compare with. */
const LIMIT = 15_000;

interface RealOutcome extends Outcome {
  readonly timeout: boolean;
}

async function output(command: readonly string[], args: readonly string[]): Promise<string> {
  const child = spawn(command[0], [...command.slice(1), ...args], { stdio: ["ignore", "pipe", "ignore"] });
  let text = "";
  child.stdout.on("data", (data) => {
    text += data;
  });
  await new Promise((done) => child.on("close", done));
  return text;
}

/** The functions of modules, as the Elixir of this command has them. */
export async function library(
  command: readonly string[],
  modules: readonly string[],
): Promise<Material["library"]> {
  return JSON.parse(await output(command, [join(import.meta.dirname, "library.exs"), ...modules]));
}

/** The outcomes under the real Elixir; `null` where a program does not end, or ends the system, which is started anew for the next. */
export async function realOutcomes(elixir: string, mutants: readonly Mutant[]): Promise<(Outcome | null)[]> {
  const folder = mkdtempSync(join(tmpdir(), "mutants-"));
  const [programs, answered] = [join(folder, "programs"), join(folder, "outcomes")];
  const found: (RealOutcome | null)[] = [];
  try {
    while (found.length < mutants.length) {
      const lines = mutants.slice(found.length).map(({ code }) => `${JSON.stringify({ code })}\n`);
      writeFileSync(programs, lines.join(""));
      writeFileSync(answered, "");
      await output([elixir, join(import.meta.dirname, "outcomes.exs")], [programs, answered]);
      const outcomes = readFileSync(answered, "utf8").split("\n").slice(0, -1);
      found.push(...outcomes.map((line): RealOutcome => JSON.parse(line)));
      if (found.length < mutants.length) found.push(null);
    }
  } finally {
    rmSync(folder, { recursive: true });
  }
  return found.map((outcome) => (outcome === null || outcome.timeout ? null : outcome));
}

/** The outcomes here; `null` where there is none in time. */
export async function ourOutcomes(mutants: readonly Mutant[], limit = LIMIT): Promise<(Outcome | null)[]> {
  const evaluator = new Evaluator();
  const found: (Outcome | null)[] = [];
  for (const mutant of mutants) found.push(await evaluator.evaluate<Outcome>(mutant, limit));
  evaluator.close();
  return found;
}

/** The code of a module, from its first bytes, and of a compiled regex: nobody's business, and as long as it happens to be. */
const OBJECT_CODE = /<<70,\s+79,\s+82,\s+49,[^>]*>>|(?<=:re_pattern,[^<]{0,40})<<[^>]*>>/g;

/** Bytes that are no text are replaced, by one mark each or by one for several. */
function shown({ stdout, value, error }: Outcome): Outcome {
  const text = (shown: string) => shown.replace(/\ufffd+/g, "\ufffd").replace(OBJECT_CODE, "#Function<code>");
  return { stdout: text(stdout), value: value && text(value), error: error && text(error) };
}

export function differing(mutant: Mutant, real: Outcome, ours: Outcome | null): string[] {
  if (ours === null) return ["no answer in time"];
  return differences({ ...mutant, area: "", ...shown(real) }, shown(ours));
}
