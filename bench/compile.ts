/**
 * `node bench/compile.ts [ROUNDS]`: how long compiling a dense module of a thousand lines takes in a warm shell: what passes, and the
 * processor time of all threads, the host's collector and optimizer among them. Other builds are measured by setting `BEAMLET_DIST`; on a
 * busy machine take turns with them, and compare the best rounds.
 */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { TestSession } from "../tests/support/session.ts";

const rounds = Number(process.argv[2] ?? 25);
/** Rounds until V8 has made the compiler fast; they are not counted. */
const warmUp = 25;
const part = readFileSync(join(import.meta.dirname, "dense.ex"), "utf8");
const copies = Array.from({ length: 20 }, (_, n) => part.replaceAll("N", String(n)));
const source = `defmodule Dense do\n  defstruct [:id, lines: [], total: 0, tags: []]\n${copies.join("")}end\n`;

const session = new TestSession({ clock: "real" });
await session.run("options", "Code.put_compiler_option(:ignore_module_conflict, true)");
const elapsed: number[] = [];
const processor: number[] = [];
for (let round = -warmUp; round < rounds; round++) {
  const before = process.cpuUsage();
  const started = performance.now();
  await session.run(`round-${round}`, source);
  const passed = performance.now() - started;
  const { user, system } = process.cpuUsage(before);
  if (session.banner(`round-${round}`) !== null) throw new Error(`${session.banner(`round-${round}`)}`);
  if (round < 0) continue;
  elapsed.push(passed);
  processor.push((user + system) / 1000);
}
session.close();
const lines = source.split("\n").length;
for (const [what, times] of Object.entries({ elapsed, processor })) {
  times.sort((a, b) => a - b);
  console.log(
    `${lines} lines, ${what}: best ${times[0].toFixed(0)} ms, median ${times[rounds >> 1].toFixed(0)} ms`,
  );
}
