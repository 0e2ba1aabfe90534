/**
 * Every conformance case against the command, as the contract in `cases/README.md` says. `pending.json` lists the
 * cases that do not pass yet: one of them that passes fails the test, so the list can only shrink.
 */
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { after, describe, test } from "node:test";
import { Evaluator } from "../support/command.ts";
import { type Case, differences, type Outcome } from "../support/conformance.ts";

const folder = join(import.meta.dirname, "cases");
const pending = new Set<string>(JSON.parse(readFileSync(join(import.meta.dirname, "pending.json"), "utf8")));
const evaluator = new Evaluator();

after(() => evaluator.close());

for (const file of readdirSync(folder).filter((name) => name.endsWith(".json"))) {
  const cases: Case[] = JSON.parse(readFileSync(join(folder, file), "utf8"));
  describe(file.replace(".json", ""), () => {
    for (const expected of cases) {
      test(expected.id, async () => {
        const actual = await evaluator.evaluate<Outcome>(expected);
        const found =
          actual === null ? ["no answer within 20 s, or the command ended"] : differences(expected, actual);
        if (pending.has(expected.id)) {
          assert.notDeepEqual(found, [], "passes now: take it off pending.json");
        } else {
          assert.equal(found.join("\n"), "", expected.code);
        }
      });
    }
  });
}
