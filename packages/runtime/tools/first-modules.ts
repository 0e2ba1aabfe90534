/**
 * Prints, as JSON, the library modules that whatever block of a page comes first needs, or with `commands` those that every
 * run of the command needs, or with `tests` what `beamlet test` does: found by running such programs and listing what they load. A process of its own, as the build's
 * has the whole library loaded.
 */
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { nodePlatform } from "../src/platform/node/platform.ts";
import { text } from "../src/term/bitstring.ts";
import { EMPTY, list } from "../src/term/list.ts";
import type { Term } from "../src/term/term.ts";
import { type Loader, libraryModule } from "../src/vm/code-server.ts";
import { Machine } from "../src/vm/machine.ts";
import { Session } from "../src/vm/session.ts";

const BLOCKS = ["self()", ":ok", "1"];

const TEST = `defmodule FirstTest do
  use ExUnit.Case

  @tag :first
  test "one", do: assert Enum.sum([1, 1]) == 2
end`;

const [, , folder, host] = process.argv;
const names = readdirSync(folder)
  .filter((name) => name.endsWith(".js"))
  .map((name) => name.slice(0, -3));
const loaded: string[] = [];
const loader: Loader = {
  has: (name) => names.includes(name),
  names: () => names,
  load(name) {
    loaded.push(name);
    return libraryModule(name, readFileSync(join(folder, `${name}.js`), "utf8"));
  },
};

const platform = { ...nodePlatform(), write() {} };

async function runBlocks(): Promise<void> {
  const session = new Session({
    platform,
    loader,
    heapUsed: () => 0,
    post(message) {
      if (message.type === "error") throw new Error(`${message.banner}\n${message.stacktrace}`);
    },
  });
  session.receive({ type: "start", options: { clock: "virtual" } });
  for (const [index, code] of BLOCKS.entries()) session.receive({ type: "eval", id: `first-${index}`, code });
  await session.settled();
  session.close();
}

/** The handlers of log messages are part of what a run of tests loads. */
async function callAll(...calls: readonly [module: string, name: string, args: Term[]][]): Promise<void> {
  const machine = new Machine({ platform, loader, log: host === "tests" });
  for (const call of calls) {
    const outcome = await machine.call(...call);
    if (outcome.kind !== "returned") throw new Error(await machine.explain(outcome));
  }
  machine.end();
}

const runCommands = () =>
  callAll(
    ["Elixir.Beamlet.Eval", "outcome", [text("self()")]],
    ["Elixir.Beamlet.Script", "run", [EMPTY, text("/dev/null"), EMPTY]],
    ["Elixir.IO", "puts", [text("")]],
  );

async function runTests(): Promise<void> {
  const temporary = mkdtempSync(join(tmpdir(), "beamlet-first-"));
  try {
    const file = join(temporary, "first_test.exs");
    writeFileSync(file, TEST);
    await callAll(["Elixir.Beamlet.TestSuite", "run", [EMPTY, list([text(file)]), EMPTY]]);
  } finally {
    rmSync(temporary, { recursive: true });
  }
}

const runs: Record<string, () => Promise<void>> = {
  blocks: runBlocks,
  commands: runCommands,
  tests: runTests,
};
await runs[host]();
console.log(JSON.stringify(loaded));
