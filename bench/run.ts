/**
 * `npm run bench`: the rows of `bench.ex` here and of `bench.erl` on the real BEAM, interleaved in one run, so that both
 * see the same machine. Prints medians and their ratio; `--save` writes the baseline. Without `erl`, only our own times.
 */
import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beamlet } from "../tests/support/command.ts";

/** The goal of each row: our time over that of the BEAM's JIT. */
const goals: Record<string, number> = {
  fib: 1.3,
  tak: 1.5,
  mutual: 1,
  list_build: 0.5,
  list_body: 0.5,
  list_map: 0.5,
  list_reduce: 2,
  ring: 0.2,
  ping_pong: 0.2,
  gen_call: 0.25,
  spawn_many: 0.2,
  map_update: 0.8,
  raise_rescue: 0.6,
  binary_build: 2,
  enum_pipeline: 2,
  string_build: 2,
  map_build: 2,
  map_read: 2,
  sort: 2,
  sort_by: 2,
  ets: 2,
  mailbox: 2,
  deep: 2,
  byte_loop: 2,
  utf8_loop: 2,
  byte_words: 2,
  byte_append: 2,
  byte_for: 2,
  map_update_fun: 2,
  tuple_keys: 2,
  atom_keys: 2,
  products: 2,
  number_list: 2,
};

const here = import.meta.dirname;
const baselinePath = join(here, "baseline.json");
const save = process.argv.includes("--save");
const only = process.argv.slice(2).filter((word) => !word.startsWith("--"));
const rows = Object.keys(goals).filter((row) => only.length === 0 || only.includes(row));
const passes = 3;
const rounds = "15";

const hasBeam = spawnSync("erlc", ["-help"]).error === undefined;
const compiled = mkdtempSync(join(tmpdir(), "beamlet-bench-"));
try {
  if (hasBeam) execFileSync("erlc", ["-o", compiled, join(here, "bench.erl")]);
  const table = rows.map(measureRow);
  console.table(Object.fromEntries(table.map(({ row, ...cells }) => [row, cells])));
  if (!hasBeam) console.log("erl is not installed: no comparison with the BEAM");
  if (save) writeFileSync(baselinePath, `${JSON.stringify(table, null, 2)}\n`);
  else compareWithBaseline(table);
} finally {
  rmSync(compiled, { recursive: true });
}

interface Row {
  readonly row: string;
  readonly beamlet: string;
  readonly beam: string;
  readonly ratio: number | null;
  readonly goal: number;
}

function measureRow(row: string): Row {
  const ours: number[] = [];
  const theirs: number[] = [];
  let [result, other] = ["", ""];
  for (let pass = 0; pass < passes; pass++) {
    [ours[pass], result] = parse(
      execFileSync(
        process.execPath,
        [beamlet, "run", "-r", join(here, "bench.ex"), join(here, "run.exs"), row, rounds],
        { encoding: "utf8" },
      ),
    );
    if (!hasBeam) continue;
    [theirs[pass], other] = parse(
      execFileSync("erl", ["+S", "1:1", "-noshell", "-pa", compiled, "-run", "bench", "main", row, rounds], {
        encoding: "utf8",
      }),
    );
  }
  if (hasBeam && result.replace(":", "") !== other)
    throw new Error(`${row}: ${result} here, ${other} on the BEAM`);
  const ratio = hasBeam ? Number((median(ours) / median(theirs)).toFixed(2)) : null;
  return { row, beamlet: ms(median(ours)), beam: hasBeam ? ms(median(theirs)) : "", ratio, goal: goals[row] };
}

function parse(line: string): [number, string] {
  const [, time, result] = /^\w+ (\d+) (.*)/.exec(line.trim()) ?? [];
  return [Number(time), result];
}

function median(values: number[]): number {
  return values.toSorted((a, b) => a - b)[values.length >> 1];
}

function ms(microseconds: number): string {
  return `${(microseconds / 1000).toFixed(1)} ms`;
}

/** Machines differ, ratios less: a row fails when its ratio has become half as large again. */
function compareWithBaseline(table: Row[]): void {
  let baseline: Row[];
  try {
    baseline = JSON.parse(readFileSync(baselinePath, "utf8"));
  } catch {
    return;
  }
  for (const { row, ratio } of table) {
    const before = baseline.find((old) => old.row === row)?.ratio;
    if (before && ratio && ratio > before * 1.5) {
      console.log(`${row} is slower than its baseline: ${ratio}, was ${before}`);
      process.exitCode = 1;
    }
  }
}
