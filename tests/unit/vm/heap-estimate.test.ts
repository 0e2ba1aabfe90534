/** The estimate of what a program holds: in proportion to it, and with shared parts counted once. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { spawnNative } from "../../../packages/runtime/src/scheduler/native-process.ts";
import { Scheduler } from "../../../packages/runtime/src/scheduler/scheduler.ts";
import { text } from "../../../packages/runtime/src/term/bitstring.ts";
import { Cons, EMPTY, list } from "../../../packages/runtime/src/term/list.ts";
import type { Term } from "../../../packages/runtime/src/term/term.ts";
import { tuple } from "../../../packages/runtime/src/term/tuple.ts";
import { estimateHeap } from "../../../packages/runtime/src/vm/heap-estimate.ts";

/** Bytes that the messages add to an empty mailbox. */
function held(...messages: Term[]): number {
  const scheduler = new Scheduler();
  const process = spawnNative(scheduler, () => {});
  const empty = estimateHeap(scheduler, Infinity);
  scheduler.enter(() => {
    for (const message of messages) scheduler.send(process, message);
  });
  return estimateHeap(scheduler, Infinity) - empty;
}

const numbers = (count: number) => list(Array.from({ length: count }, (_, i) => i));

test("grows with what is held", () => {
  const small = held(numbers(1_000));
  const large = held(numbers(100_000));
  assert.ok(large > 90 * small && large < 110 * small, `${small} and ${large}`);
});

test("counts what is shared once", () => {
  const shared = numbers(10_000);
  assert.ok(held(shared, shared, tuple(shared, shared)) < 1.1 * held(shared));
  const big = text("x".repeat(100_000));
  assert.ok(held(big, tuple(big, big)) < 1.1 * held(big));
});

test("ends soon for terms that share so much that they would never end if unfolded", () => {
  let pairs: Term = 0;
  let cells: Term = EMPTY;
  for (let i = 0; i < 200; i++) {
    pairs = tuple(pairs, pairs);
    cells = new Cons(cells, cells);
  }
  assert.ok(held(pairs) < 20_000);
  assert.ok(held(cells) < 2_000_000);
});

test("gives up once it has counted enough", () => {
  const scheduler = new Scheduler();
  const process = spawnNative(scheduler, () => {});
  scheduler.enter(() => scheduler.send(process, numbers(1_000_000)));
  const found = estimateHeap(scheduler, 100_000);
  assert.ok(found > 100_000 && found < 200_000, `${found}`);
});
