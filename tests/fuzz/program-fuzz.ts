/** Prints how programs made at random run differently under the real Elixir: `program-fuzz.ts CASES SEED`. */
import { realElixir, runDifferently } from "./both.ts";
import { Grammar } from "./grammar.ts";
import { Random } from "./random.ts";

const [cases = "1000", seed = "1"] = process.argv.slice(2);
const elixir = realElixir();
if (elixir === null) throw new Error("there is no Elixir 1.18 on the path");
const grammar = new Grammar(new Random(Number(seed)));
const codes = Array.from({ length: Number(cases) }, () => grammar.program());
const found = await runDifferently(elixir, codes);
for (const { code, real, ours } of found) {
  console.log(`${"=".repeat(100)}\n${code}\n${"-".repeat(20)}`);
  for (const field of ["value", "output"] as const) {
    if (real[field] !== ours[field])
      console.log(`real ${field}: ${real[field]}\nours ${field}: ${ours[field]}`);
  }
}
console.log(`${found.length} of ${codes.length} differ`);
