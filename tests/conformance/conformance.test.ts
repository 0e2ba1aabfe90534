/**
 * Every conformance case against the command, as the contract in `cases/README.md` says: as it runs by default, preempted at
 * every call, and with a shuffled schedule in virtual time, where nothing depends on how busy the machine is. `pending.json`
 * lists the cases that do not pass yet; one of them that passes fails the test, so the list can only shrink.
 */
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { after, describe, test } from "node:test";
import { Evaluator } from "../support/command.ts";
import { type Case, differences, type Outcome } from "../support/conformance.ts";

const folder = join(import.meta.dirname, "cases");
const pending = new Set<string>(JSON.parse(readFileSync(join(import.meta.dirname, "pending.json"), "utf8")));
const areas = readdirSync(folder)
  .filter((name) => name.endsWith(".json"))
  .map((name) => JSON.parse(readFileSync(join(folder, name), "utf8")) as Case[]);

const schedules: Record<string, readonly string[]> = {
  "in turn": [],
  "preempted at every call": ["--budget", "1"],
  "shuffled, in virtual time": ["--seed", "7", "--virtual-time"],
};

for (const [schedule, options] of Object.entries(schedules)) {
  describe(`conformance, ${schedule}`, () => {
    const evaluator = new Evaluator(options);
    after(() => evaluator.close());

    for (const cases of areas) {
      test(cases[0].area, async (t) => {
        for (const expected of cases) {
          await t.test(expected.id, async () => {
            const actual = await evaluator.evaluate<Outcome>(expected);
            const found =
              actual === null ? ["no answer in time, or the command ended"] : differences(expected, actual);
            if (pending.has(expected.id))
              assert.notDeepEqual(found, [], "passes now: take it off pending.json");
            else assert.equal(found.join("\n"), "", expected.code);
          });
        }
      });
    }
  });
}
