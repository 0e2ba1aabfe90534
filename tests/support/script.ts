/**
 * Elixir scripts that state their own outcome, in comments behind the lines that bring it about:
 *
 *     # expect: TEXT            the next line that is printed
 *     # expect error: TEXT      the script ends in an error whose report begins with this line
 *     # expect in any order     the printed lines are compared as a set
 *     # long                    too many calls to be preempted at each: runs in turn only
 *
 * A script is evaluated whole in a fresh runtime with virtual time; all of them share one operating system process a
 * schedule. `node tests/support/script.ts --real PATH_TO_ELIXIR [FOLDER]` asks the real Elixir instead.
 */
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { join, relative, resolve } from "node:path";
import { after, describe, test } from "node:test";
import { Evaluator } from "./command.ts";

const tests = resolve(import.meta.dirname, "..");

interface Script {
  readonly title: string;
  readonly code: string;
  readonly output: readonly string[];
  readonly error: string | null;
  readonly anyOrder: boolean;
  readonly long: boolean;
}

interface Ended {
  readonly stdout: string;
  readonly error: string | null;
}

const schedules: Record<string, readonly string[]> = {
  "in turn": [],
  "preempted at every call": ["--budget", "1"],
  "shuffled by seed 1": ["--seed", "1"],
  "shuffled by seed 2": ["--seed", "2"],
  "shuffled by seed 3, preempted at every call": ["--seed", "3", "--budget", "1"],
};

function scriptsIn(folder: string): Script[] {
  const files = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((file) =>
    file.endsWith(".exs"),
  );
  return files.sort().map((file) => {
    const code = readFileSync(join(folder, file), "utf8");
    const all = (pattern: RegExp) => [...code.matchAll(pattern)].map(([, text]) => text.trimEnd());
    return {
      title: file.replace(/\.exs$/, ""),
      code,
      output: all(/# expect: ?(.*)/g),
      error: all(/# expect error: (.*)/g)[0] ?? null,
      anyOrder: /^# expect in any order$/m.test(code),
      long: /^# long$/m.test(code),
    };
  });
}

/** Both as texts, so that a failure shows what differs. */
function compared(script: Script, { stdout, error }: Ended): { expected: string; actual: string } {
  const lines = stdout === "" ? [] : stdout.replace(/\n$/, "").split("\n");
  const shown = (printed: readonly string[], raised: string | null) =>
    [...(script.anyOrder ? printed.toSorted() : printed), ...(raised === null ? [] : [raised])].join("\n");
  return {
    expected: shown(script.output, script.error),
    actual: shown(
      lines.map((line) => line.trimEnd()),
      error === null ? null : error.split("\n")[0].replace(/#(PID|Function|Reference)<[^>]*>/g, "#$1<...>"),
    ),
  };
}

/** Tests every script under a folder by every schedule. */
export function testScripts(folder: string): void {
  const scripts = scriptsIn(folder);
  for (const [schedule, options] of Object.entries(schedules)) {
    describe(schedule, () => {
      const evaluator = new Evaluator(["--virtual-time", ...options]);
      after(() => evaluator.close());
      for (const script of scripts) {
        if (script.long && schedule !== "in turn") continue;
        test(script.title, async () => {
          const ended = await evaluator.evaluate<Ended>({ id: script.title, code: script.code });
          assert.notEqual(ended, null, "no answer in time, or the command ended");
          const { expected, actual } = compared(script, ended!);
          assert.equal(actual, expected);
        });
      }
    });
  }
}

/** Prints the scripts for which the real Elixir has another outcome; the number of them. */
function compareWithReal(elixir: string, folder: string): number {
  const scripts = scriptsIn(folder);
  const files = scripts.map(({ title }) => join(folder, `${title}.exs`));
  const driver = join(import.meta.dirname, "real_outcomes.exs");
  const { stdout, stderr } = spawnSync(elixir, [driver, ...files], { encoding: "utf8", maxBuffer: 1 << 28 });
  const outcomes = stdout.split("\n").filter((line) => line.startsWith("{"));
  if (outcomes.length !== scripts.length) throw new Error(`${elixir} ended early: ${stdout}\n${stderr}`);
  let different = 0;
  for (const [index, script] of scripts.entries()) {
    const { expected, actual } = compared(script, JSON.parse(outcomes[index]));
    if (actual === expected) continue;
    different++;
    console.log(`--- ${relative(tests, files[index])}\nexpected\n${expected}\ngot\n${actual}\n`);
  }
  console.log(`${relative(tests, folder)}: ${scripts.length - different} agree, ${different} differ`);
  return different;
}

if (import.meta.main) {
  const [mode, elixir = "elixir", ...folders] = process.argv.slice(2);
  if (mode !== "--real")
    throw new Error("usage: node tests/support/script.ts --real PATH_TO_ELIXIR [FOLDER]...");
  const chosen =
    folders.length > 0
      ? folders.map((folder) => resolve(folder))
      : [join(tests, "language"), join(tests, "otp")];
  const different = chosen.map((folder) => compareWithReal(elixir, folder));
  process.exitCode = different.some((count) => count > 0) ? 1 : 0;
}
