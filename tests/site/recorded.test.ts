/** Every block of every page shows in a real Chromium what is recorded. */
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { pages } from "../../src/notes/blocks.ts";
import { recordingsOf } from "../../src/notes/recording.ts";
import { block, comparable, finish, run, shown, useNotes } from "../support/page.ts";

const { open } = useNotes();

for (const { page: name, blocks } of pages()) {
  describe(name, () => {
    test("every block shows in the page what is recorded", async () => {
      const page = await open(name);
      const recorded = recordingsOf(name);
      for (const { id, interrupt, exercise, buttons } of blocks) {
        if (exercise !== null) continue;
        await run(page, id);
        if (interrupt) {
          await block(page, id)
            .locator(".status")
            .filter({ hasText: /running|waits/ })
            .waitFor();
          await block(page, id).getByRole("button", { name: "Stop" }).click();
          await block(page, id).locator(".status").filter({ hasText: "stopped" }).waitFor();
        } else await finish(page, id);
        for (const { label } of buttons) await block(page, id).getByRole("button", { name: label }).click();
      }
      for (const { id, order, exercise } of blocks) {
        if (exercise !== null) continue;
        const expected = comparable(recorded[id].shown, order);
        let actual = comparable(await shown(page, id), order);
        // What a button does, and what is logged, may come later.
        for (let i = 0; i < 300 && actual.join() !== expected.join(); i++) {
          await page.waitForTimeout(100);
          actual = comparable(await shown(page, id), order);
        }
        assert.deepEqual(actual, expected, id);
      }
      await page.close();
    });
  });
}
