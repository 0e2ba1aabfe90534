/**
 * `npm run bench:peers`: the same work in this package, in other actor libraries and on the real BEAM, in turn, so that all see
 * the same machine. Prints nanoseconds of processor time per operation, medians of the rounds. Libraries that are not installed
 * (`npm install --prefix bench/peers`) and a missing `erl` are left out. `npm run bench:peers -- 5 call` runs five rounds of one row.
 */
import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const here = import.meta.dirname;
const [rounds = "3", only = ""] = process.argv.slice(2);
const operations: Record<string, number> = {
  spawn: 100_000,
  churn: 200_000,
  pingpong: 1_000_000,
  ring: 500_000,
  call: 300_000,
  fanin: 1_000_000,
};
/** What the package aims at, in nanoseconds on a quiet machine. */
const goals: Record<string, number> = { spawn: 1000, pingpong: 80, call: 220 };

const libraries = ["nact", "xstate", "effect"].filter((name) => existsSync(join(here, "node_modules", name)));
const compiled = mkdtempSync(join(tmpdir(), "beamlet-peers-"));
const hasBeam = spawnSync("erlc", ["-o", compiled, join(here, "peers.erl")]).status === 0;
/** Xstate delivers by a call and watches over nothing; guarded, it gives nearly what this package and the BEAM do: see there. */
const peers = [
  "beamlet",
  ...libraries.flatMap((name) => (name === "xstate" ? [name, "xstate guarded"] : [name])),
  ...(hasBeam ? ["beam"] : []),
];

interface Measured {
  readonly cpu: number;
  readonly heap?: number;
}

function measure(peer: string, row: string, count: number): Measured | null {
  const beam = ["erl", "+S", "1:1", "+P", "2000000", "-noshell", "-pa", compiled, "-run", "peers", "main"];
  // A ring of xstate actors is one nest of calls, which overflows the stack that Node gives; guarded, it is none.
  const node = [
    process.execPath,
    "--expose-gc",
    ...(peer === "xstate" ? ["--stack-size=7000"] : []),
    join(here, `${peer.split(" ")[0]}.mjs`),
  ];
  const [command, ...args] = [...(peer === "beam" ? beam : node), row, String(count)];
  const env = peer.endsWith(" guarded") ? { ...process.env, GUARDED: "1" } : process.env;
  const { stdout, status } = spawnSync(command, args, { encoding: "utf8", timeout: 120_000, env });
  const line = stdout
    ?.trim()
    .split("\n")
    .findLast((text) => text.startsWith("{"));
  return status === 0 && line !== undefined ? JSON.parse(line) : null;
}

function median(values: number[]): number {
  return values.toSorted((a, b) => a - b)[values.length >> 1];
}

try {
  const table: Record<string, Record<string, string | number>> = {};
  for (const [row, count] of Object.entries(operations).filter(([row]) => row.includes(only))) {
    const results = new Map<string, Measured[]>(peers.map((peer) => [peer, []]));
    for (let round = 0; round < Number(rounds); round++)
      for (const peer of peers) {
        const measured = measure(peer, row, count);
        if (measured !== null) results.get(peer)!.push(measured);
      }
    table[row] = {};
    for (const [peer, measured] of results)
      table[row][peer] = measured.length === 0 ? "-" : Math.round(median(measured.map(({ cpu }) => cpu)));
    table[row].goal = goals[row] ?? "";
    if (row !== "spawn") continue;
    table["bytes a process"] = { goal: 500 };
    for (const [peer, measured] of results)
      table["bytes a process"][peer] =
        measured.length === 0 ? "-" : Math.round(median(measured.map(({ heap = 0 }) => heap)));
  }
  console.table(table);
  console.log(`What each row counts for:
              queued and in turn   copied   selected   preempted   a call has timeout and monitor
  beamlet     yes                  yes      yes        at yield*   yes
  nact        yes                  no       no         no          timeout
  xstate      no, nested calls     no       no         no          no
   guarded    yes                  flat     yes        no          yes
  effect      yes                  no       no         yes         timeout
  beam        yes                  yes      yes        yes         yes`);
  if (!hasBeam) console.log("erl is not installed: no comparison with the BEAM");
  if (libraries.length < 3) console.log("npm install --prefix bench/peers installs the other libraries");
} finally {
  rmSync(compiled, { recursive: true });
}
