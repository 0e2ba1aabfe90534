/**
 * Prints how programs made at random run differently under the real Elixir: `program-fuzz.ts CASES SEED`; `program-fuzz.ts CASES SEED
 * regex` makes regular expressions. PCRE accepts some calls that it could see to loop: of those few, it is strict here.
 */
import { realElixir, runDifferently } from "./both.ts";
import { Grammar } from "./grammar.ts";
import { Random } from "./random.ts";
import { RegexGrammar } from "./regex-grammar.ts";

const [cases = "1000", seed = "1", kind] = process.argv.slice(2);
const elixir = realElixir();
if (elixir === null) throw new Error("there is no Elixir 1.18 on the path");
const random = new Random(Number(seed));
const grammar = kind === "regex" ? new RegexGrammar(random) : new Grammar(random);
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
