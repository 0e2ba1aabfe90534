/** What supervisors decide, without any process. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { type Child, decide, type Settings } from "../../packages/runtime/src/actor/strategy.ts";

const settings: Settings = { strategy: "one_for_one", intensity: 3, period: 5000, autoShutdown: "never" };

function children(...specs: (string | Partial<Child>)[]): Child[] {
  return specs.map((spec, i) => ({
    id: typeof spec === "string" ? spec : `c${i}`,
    restart: "permanent",
    significant: false,
    running: true,
    ...(typeof spec === "string" ? {} : spec),
  }));
}

const abc = children("a", "b", "c");
const failed = (id: string) => ({ id, orderly: false });
const finished = (id: string) => ({ id, orderly: true });

test("one_for_one restarts the child that has ended", () => {
  assert.deepEqual(decide(settings, abc, failed("b"), [], 0), {
    actions: [
      { type: "ended", id: "b" },
      { type: "start", ids: ["b"] },
    ],
    restarts: [0],
  });
});

test("one_for_all ends the others in reverse and starts all in order", () => {
  const { actions } = decide({ ...settings, strategy: "one_for_all" }, abc, failed("b"), [], 0);
  assert.deepEqual(actions.slice(1), [
    { type: "stop", ids: ["c", "a"] },
    { type: "start", ids: ["a", "b", "c"] },
  ]);
});

test("rest_for_one spares those that were started before", () => {
  const { actions } = decide({ ...settings, strategy: "rest_for_one" }, abc, failed("b"), [], 0);
  assert.deepEqual(actions.slice(1), [
    { type: "stop", ids: ["c"] },
    { type: "start", ids: ["b", "c"] },
  ]);
});

test("temporary children are not restarted: neither when they end nor with the others", () => {
  const some = children({ id: "a", restart: "temporary" }, "b");
  assert.deepEqual(decide(settings, some, failed("a"), [], 0).actions, [{ type: "remove", id: "a" }]);
  assert.deepEqual(
    decide({ ...settings, strategy: "one_for_all" }, some, failed("b"), [], 0).actions.slice(1),
    [
      { type: "stop", ids: ["a"] },
      { type: "remove", id: "a" },
      { type: "start", ids: ["b"] },
    ],
  );
});

test("transient children are restarted after an abnormal end only", () => {
  const some = children({ id: "a", restart: "transient" });
  assert.deepEqual(decide(settings, some, finished("a"), [], 0).actions, [{ type: "ended", id: "a" }]);
  assert.equal(decide(settings, some, failed("a"), [], 0).actions.at(-1)?.type, "start");
});

test("more restarts than the intensity within the period: shutdown; older ones do not count", () => {
  const after = (restarts: number[], now: number) =>
    decide(settings, abc, failed("a"), restarts, now).actions.at(-1);
  assert.equal(after([0, 1], 2)?.type, "start");
  assert.deepEqual(after([0, 1, 2], 3), { type: "shutdown", because: "intensity" });
  assert.deepEqual(after([0, 1, 2], 5000), { type: "shutdown", because: "intensity" });
  assert.equal(after([0, 1, 2], 5001)?.type, "start");
});

test("an intensity of 0 allows none", () => {
  assert.equal(
    decide({ ...settings, intensity: 0 }, abc, failed("a"), [], 0).actions.at(-1)?.type,
    "shutdown",
  );
});

test("a significant child that ends by itself ends the supervisor, the first or the last of them", () => {
  const some = children(
    { id: "a", restart: "transient", significant: true },
    { id: "b", restart: "temporary", significant: true },
    "c",
  );
  const over = { type: "shutdown", because: "significant" };
  const any = { ...settings, autoShutdown: "any_significant" } as const;
  const all = { ...settings, autoShutdown: "all_significant" } as const;
  assert.deepEqual(decide(any, some, finished("a"), [], 0).actions.at(-1), over);
  assert.deepEqual(decide(any, some, failed("b"), [], 0).actions.at(-1), over);
  assert.equal(decide(any, some, failed("a"), [], 0).actions.at(-1)?.type, "start");
  assert.deepEqual(decide(all, some, finished("a"), [], 0).actions, [{ type: "ended", id: "a" }]);
  const last = some.map((child) => (child.id === "b" ? { ...child, running: false } : child));
  assert.deepEqual(decide(all, last, finished("a"), [], 0).actions.at(-1), over);
});

test("a restart that has failed is tried again, whatever the child's restart type", () => {
  const some = children({ id: "a", restart: "transient", running: false });
  const { actions } = decide(settings, some, { ...finished("a"), failedStart: true }, [], 0);
  assert.deepEqual(actions.at(-1), { type: "start", ids: ["a"] });
});
