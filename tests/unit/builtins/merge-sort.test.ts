import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { sortBy } from "../../../packages/runtime/src/builtins/merge-sort.ts";
import { spawnTask } from "../../../packages/runtime/src/process/start.ts";
import { call } from "../../../packages/runtime/src/process/task.ts";
import { useFrames } from "../../../packages/runtime/src/scheduler/frames.ts";
import { makeScheduler } from "../../../packages/runtime/src/scheduler/make.ts";
import * as t from "../../../packages/runtime/src/term/index.ts";
import { term } from "../term/generate.ts";

/** Sorts in a process; how many slices it took. */
function sortInProcess(keys: t.Term[], items: t.Term[]): { sorted: t.Term[]; slices: number } {
  const scheduler = makeScheduler({ clock: "virtual" });
  useFrames(scheduler);
  let sorted: t.Term[] = [];
  scheduler.enter(() =>
    spawnTask(function* () {
      return yield* call(() =>
        sortBy(keys, items, (result) => {
          sorted = result;
          return t.EMPTY;
        }),
      );
    }),
  );
  scheduler.run();
  return { sorted, slices: scheduler.slices };
}

test("items are sorted by their keys, those of equal keys staying in order", () => {
  fc.assert(
    fc.property(fc.array(term, { maxLength: 60 }), (keys) => {
      const items = keys.map((key, i) => t.tuple(key, i));
      const expected = items.slice().sort((a, b) => t.compareTerms(a.at(0), b.at(0)));
      assert.deepEqual(sortInProcess(keys.slice(), items.slice()).sorted, expected);
    }),
  );
});

test("a long list is sorted in many slices", () => {
  for (const length of [2001, 30_000, 65_537]) {
    const keys = Array.from({ length }, (_, i) => (i * 7919) % length);
    for (const given of [keys, keys.toSorted((a, b) => b - a), keys.map((key) => new t.Float(key + 0.5))]) {
      const { sorted, slices } = sortInProcess(given.slice(), given.slice());
      assert.equal(sorted.length, length);
      assert.ok(sorted.every((x, i) => i === 0 || t.compareTerms(sorted[i - 1], x) < 0));
      assert.ok(slices > length / 8000);
    }
  }
});
