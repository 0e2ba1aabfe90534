/**
 * Prints what conformance programs with one or two random changes do differently under the real Elixir: `mutant-fuzz.ts COUNT
 * SEED` changes programs of every area, `mutant-fuzz.ts COUNT SEED AREA` of one. The lines of the library's sources are its own
 * business, as is the order of atoms in large maps: a value that shows them differs.
 */
import { realElixir } from "./both.ts";
import { modules, mutants, programs } from "./mutants/mutants.ts";
import { differing, library, ourOutcomes, realOutcomes } from "./mutants/outcomes.ts";

const LIBRARY_FRAME = /\[file: ~c\\?"(?:[a-z_]+\.erl|lib\/|src\/)/;

const [count = "400", seed = "1", area] = process.argv.slice(2);
const elixir = realElixir();
if (elixir === null) throw new Error("there is no Elixir 1.18 on the path");
const cases = programs(area);
const changed = mutants(Number(count), Number(seed), cases, await library([elixir], modules(cases)));
const [real, ours] = await Promise.all([realOutcomes(elixir, changed), ourOutcomes(changed)]);
let compared = 0;
let different = 0;
let frames = 0;
for (const [i, mutant] of changed.entries()) {
  const expected = real[i];
  if (expected === null) continue;
  compared++;
  const found = differing(mutant, expected, ours[i]);
  if (found.length === 0) continue;
  different++;
  if (found.every((line) => LIBRARY_FRAME.test(line))) frames++;
  console.log(`${"=".repeat(100)} ${mutant.id}\n${mutant.code}\n${"-".repeat(20)}\n${found.join("\n")}`);
}
console.log(`${different} of ${compared} differ, ${frames} of them in values with frames of the library`);
