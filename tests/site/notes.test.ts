/**
 * Every block of every note, run in Node, shows what is recorded: always, or, where it has a seed, with that. Every exercise can be
 * solved, and is not solved yet.
 */
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { pages } from "../../src/notes/blocks.ts";
import { masked, recordingsOf, type Shown } from "../../src/notes/recording.ts";
import { runPage, tryExercises } from "../../src/notes/run-page.ts";

/** Recordings are made with another one. */
const OTHER_SEED = 2;

for (const page of pages()) {
  // One after the other: there is one session at a time.
  const actual = await runPage(page);
  const otherwise = await runPage(page, OTHER_SEED);
  describe(page.page, () => {
    const recorded = recordingsOf(page.page);
    for (const { id, code, order, exercise, picture } of page.blocks) {
      if (exercise !== null) continue;
      if (picture !== null && picture !== "cost")
        test(`${id}: its picture is recorded`, () => assert.match(recorded[id]?.picture ?? "", /<svg/));
      test(id, () => {
        assert.ok(recorded[id], "not recorded: npm run notes:record");
        assert.equal(recorded[id].code, code, "recorded with other code: npm run notes:record");
        const expected = comparable(recorded[id].shown, order);
        assert.deepEqual(comparable(actual[id].shown, order), expected);
        assert.deepEqual(comparable(otherwise[id].shown, order), expected, "with other random numbers");
      });
    }
  });
}

for (const page of pages().filter(({ blocks }) => blocks.some(({ exercise }) => exercise !== null))) {
  const attempts = await tryExercises(page);
  describe(`exercises of ${page.page}`, () => {
    for (const [id, { start, solution }] of Object.entries(attempts)) {
      test(`${id} is not solved at the start`, () => assert.notEqual(start, null));
      test(`${id} has a solution that passes its check`, () => assert.equal(solution, null));
    }
  });
}

/** Pids masked; for `order="any"`, the lines of the output sorted. */
function comparable(shown: readonly Shown[], order: "exact" | "any"): readonly unknown[] {
  const items = masked(shown);
  if (order === "exact") return items;
  return items.flatMap((item) => (item.kind === "stopped" ? [item.kind] : item.text.split("\n"))).sort();
}
