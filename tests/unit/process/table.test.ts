/** The process table against a Map. */
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { Process } from "../../../packages/runtime/src/process/process.ts";
import { ProcessTable } from "../../../packages/runtime/src/process/table.ts";

test("the table holds what a map would, in the order of ids", () => {
  const command = fc.oneof(
    fc.record({ add: fc.integer({ min: 1, max: 600 }) }),
    fc.record({ delete: fc.integer({ min: 0, max: 5000 }) }),
    fc.record({ deleteFrom: fc.integer({ min: 0, max: 2000 }) }),
  );
  fc.assert(
    fc.property(fc.array(command, { maxLength: 30 }), (commands) => {
      const table = new ProcessTable();
      const model = new Map<number, Process>();
      let id = 0;
      const remove = (victim: number) => assert.equal(table.delete(victim), model.delete(victim));
      for (const action of commands) {
        if ("add" in action) {
          for (let i = 0; i < action.add; i++) {
            const p = new Process(++id, null);
            table.add(p);
            model.set(id, p);
          }
        } else if ("delete" in action) remove(action.delete);
        else for (let i = 0; i < 400; i++) remove(action.deleteFrom + i);
      }
      assert.equal(table.size, model.size);
      assert.deepEqual(
        [...table.values()].map((p) => p.id),
        [...model.keys()],
      );
      for (let i = 0; i < id + 300; i += 37) assert.equal(table.get(i), model.get(i));
    }),
    { numRuns: 100 },
  );
});
