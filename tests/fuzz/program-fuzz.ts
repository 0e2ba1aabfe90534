/**
 * Prints how programs made at random run differently under the real Elixir: `program-fuzz.ts CASES SEED` makes programs of
 * every grammar in turn, `program-fuzz.ts CASES SEED NAME` of one. PCRE accepts some calls that it could see to loop: of
 * those few, it is strict here.
 */
import { realElixir, runDifferently } from "./both.ts";
import { programs } from "./grammars.ts";

const [cases = "1000", seed = "1", name] = process.argv.slice(2);
const elixir = realElixir();
if (elixir === null) throw new Error("there is no Elixir 1.18 on the path");
const codes = programs(Number(cases), Number(seed), name);
const found = await runDifferently(elixir, codes);
for (const { code, real, ours } of found) {
  console.log(`${"=".repeat(100)}\n${code}\n${"-".repeat(20)}`);
  for (const field of ["value", "output"] as const) {
    if (real[field] !== ours[field])
      console.log(`real ${field}: ${real[field]}\nours ${field}: ${ours[field]}`);
  }
}
console.log(`${found.length} of ${codes.length} differ`);
