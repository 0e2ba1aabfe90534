/**
 * `node bench/compile.ts [ROUNDS]`: the processor time of compiling a dense module of a thousand lines in a warm shell. Other builds
 * are measured by setting `BEAMLET_DIST`; on a busy machine take turns with them, and compare the best rounds.
 */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { TestSession } from "../tests/support/session.ts";

const rounds = Number(process.argv[2] ?? 30);
const part = readFileSync(join(import.meta.dirname, "dense.ex"), "utf8");
const copies = Array.from({ length: 20 }, (_, n) => part.replaceAll("N", String(n)));
const source = `defmodule Dense do\n  defstruct [:id, lines: [], total: 0, tags: []]\n${copies.join("")}end\n`;

const session = new TestSession({ clock: "real" });
await session.run("options", "Code.put_compiler_option(:ignore_module_conflict, true)");
const times: number[] = [];
for (let round = 0; round < rounds; round++) {
  const before = process.cpuUsage();
  await session.run(`round-${round}`, source);
  const { user, system } = process.cpuUsage(before);
  if (session.banner(`round-${round}`) !== null) throw new Error(`${session.banner(`round-${round}`)}`);
  times.push((user + system) / 1000);
}
session.close();
times.sort((a, b) => a - b);
const lines = source.split("\n").length;
console.log(`${lines} lines: best ${times[0].toFixed(0)} ms, median ${times[rounds >> 1].toFixed(0)} ms`);
