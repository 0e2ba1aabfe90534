/**
 * A quick look at conformance while working: `node tests/support/conform.ts [area|id]… [--quiet] [-- options of eval]` prints
 * each failing case with what differs, then a line for each area.
 */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { Evaluator } from "./command.ts";
import { type Case, differences, type Outcome } from "./conformance.ts";

const folder = join(import.meta.dirname, "../conformance/cases");
const own = process.argv.slice(2);
const separator = own.indexOf("--");
const options = separator < 0 ? [] : own.splice(separator).slice(1);
const quiet = own.includes("--quiet");
const listing = own.includes("--ids");
const wanted = own.filter((word) => !word.startsWith("--"));

const evaluator = new Evaluator(options);
let passed = 0;
let failed = 0;
for (const file of readdirSync(folder).filter((name) => name.endsWith(".json"))) {
  const cases: Case[] = JSON.parse(readFileSync(join(folder, file), "utf8"));
  const chosen = cases.filter(
    ({ id, area }) => wanted.length === 0 || wanted.some((word) => word === area || word === id),
  );
  let passedHere = 0;
  for (const expected of chosen) {
    const actual = await evaluator.evaluate<Outcome>(expected);
    const found = actual === null ? ["no answer"] : differences(expected, actual);
    if (found.length === 0) passedHere++;
    else if (listing) console.log(expected.id);
    else if (!quiet) console.log(`--- ${expected.id}\n${expected.code}\n${found.join("\n")}\n`);
  }
  passed += passedHere;
  failed += chosen.length - passedHere;
  if (chosen.length > 0 && !listing)
    console.log(`${file.replace(".json", "")}: ${passedHere}/${chosen.length}`);
}
evaluator.close();
console.log(`${passed} passed, ${failed} failed`);
