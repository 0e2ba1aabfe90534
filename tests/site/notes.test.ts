/** Every block of every note, run in Node, shows what is recorded. */
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { pages } from "../../src/notes/blocks.ts";
import { masked, recordingsOf, type Shown } from "../../src/notes/recording.ts";
import { runPage } from "../../src/notes/run-page.ts";

for (const page of pages()) {
  // One after the other: there is one session at a time.
  const actual = await runPage(page);
  describe(page.page, () => {
    const recorded = recordingsOf(page.page);
    for (const { id, code, order } of page.blocks) {
      test(id, () => {
        assert.ok(recorded[id], "not recorded: npm run notes:record");
        assert.equal(recorded[id].code, code, "recorded with other code: npm run notes:record");
        assert.deepEqual(comparable(actual[id].shown, order), comparable(recorded[id].shown, order));
      });
    }
  });
}

/** Pids masked; for `order="any"`, the lines of the output sorted. */
function comparable(shown: readonly Shown[], order: "exact" | "any"): readonly unknown[] {
  const items = masked(shown);
  if (order === "exact") return items;
  return items.flatMap((item) => (item.kind === "stopped" ? [item.kind] : item.text.split("\n"))).sort();
}
