/** Prints how the parser differs from the real one on texts broken at random: `parser-fuzz.ts CASES SEED`. */
import { readFileSync } from "node:fs";
import { parsedDifferently, realElixir } from "./both.ts";
import { corpus } from "./corpus.ts";
import { mutate } from "./mutate.ts";
import { Random } from "./random.ts";

const [cases = "1000", seed = "1"] = process.argv.slice(2);
const elixir = realElixir();
if (elixir === null) throw new Error("there is no Elixir 1.18 on the path");
const random = new Random(Number(seed));
const sources = corpus().map((file) => readFileSync(file, "utf8"));
const codes = Array.from({ length: Number(cases) }, () => mutate(random, random.pick(sources)));
const found = await parsedDifferently(elixir, codes);
for (const { code, real, ours } of found) {
  console.log(`${JSON.stringify(code)}\n  real ${real.value}\n  ours ${ours.value}`);
  if (JSON.stringify(real.warnings) !== JSON.stringify(ours.warnings))
    console.log("  real", real.warnings, "\n  ours", ours.warnings);
}
console.log(`${found.length} of ${codes.length} differ`);
