import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import * as t from "../../../packages/runtime/src/term/index.ts";
import { term } from "./generate.ts";

/** A map as a list of entries, the obvious way. */
class Model {
  entries: [t.Term, t.Term][] = [];
  put(key: t.Term, value: t.Term): void {
    this.delete(key);
    this.entries.push([key, value]);
  }
  delete(key: t.Term): void {
    this.entries = this.entries.filter((entry) => !t.strictEquals(entry[0], key));
  }
}

const key = fc.oneof(fc.integer({ min: 0, max: 80 }), term);
const step = fc.tuple(fc.boolean(), fc.boolean(), key, fc.integer());

test("a map agrees with a list of entries, through both representations", () => {
  fc.assert(
    fc.property(fc.array(step, { minLength: 30, maxLength: 150, size: "max" }), (steps) => {
      const model = new Model();
      let map = t.EMPTY_MAP;
      for (const [remove, again, k, v] of steps) {
        if (remove && again) {
          model.delete(k);
          map = t.mapDelete(map, k);
        } else {
          model.put(k, v);
          map = t.mapPut(map, k, v);
        }
        assert.equal(map.size, model.entries.length);
        assert.equal(map.isFlat, map.size <= 32);
      }
      for (const [k, v] of model.entries) assert.equal(t.mapGet(map, k), v);
      const rebuilt = t.mapFrom(model.entries.toReversed());
      assert.ok(t.strictEquals(map, rebuilt));
      assert.equal(t.compareTerms(map, rebuilt), 0);
      assert.equal(t.hashTerm(map), t.hashTerm(rebuilt));
      for (const [k] of model.entries) map = t.mapDelete(map, k);
      assert.equal(map, t.EMPTY_MAP);
    }),
    { numRuns: 50 },
  );
});

test("the last of several entries with one key counts", () => {
  for (const count of [2, 20, 100]) {
    const entries: [t.Term, t.Term][] = [];
    for (let i = 0; i < count; i++) entries.push([i, "first" as never], [i, i]);
    const map = t.mapFrom(entries);
    assert.equal(map.size, count);
    for (let i = 0; i < count; i++) assert.equal(t.mapGet(map, i), i);
  }
});

test("keys with equal hashes stay apart", () => {
  // Funs of one place hash alike whatever they captured.
  const info = { module: t.atom("m"), name: t.atom("f"), arity: 0, index: 1 };
  const funs = Array.from({ length: 60 }, (_, i) => new t.Fun(() => 0, info, i));
  let map = t.mapFrom(funs.map((fun, i) => [fun, i]));
  assert.equal(map.size, 60);
  for (const [i, fun] of funs.entries()) assert.equal(t.mapGet(map, fun), i);
  for (const fun of funs.slice(0, 50)) map = t.mapDelete(map, fun);
  assert.equal(map.size, 10);
  assert.equal(t.mapGet(map, funs[55]), 55);
});

test("integers and floats are different keys", () => {
  const map = t.mapFrom([
    [1, 1],
    [new t.Float(1), 2],
  ]);
  assert.equal(map.size, 2);
  assert.equal(t.mapGet(map, new t.Float(1)), 2);
});

test("changing a value shares the keys", () => {
  const map = t.mapFrom([
    [t.atom("a"), 1],
    [t.atom("b"), 2],
  ]);
  assert.equal(t.mapPut(map, t.atom("a"), 3).keys, map.keys);
});

test("a merge is the entries of both, of one key those of the second", () => {
  const info = { module: t.atom("m"), name: t.atom("f"), arity: 0, index: 1 };
  // Integers, and funs that all have one hash.
  const some = fc.oneof(
    fc.integer({ min: 0, max: 400 }),
    fc.integer({ min: 0, max: 20 }).map((i) => new t.Fun(() => 0, info, i)),
  );
  const entries = fc.array(fc.tuple(some, fc.integer({ min: 0, max: 3 })), { maxLength: 200, size: "max" });
  fc.assert(
    fc.property(entries, entries, (first, second) => {
      const a = t.mapFrom(first);
      const b = t.mapFrom(second);
      const merged = t.mapMerge(a, b);
      const expected = t.mapFrom([...first, ...second]);
      assert.equal(merged.size, expected.size);
      assert.ok(t.strictEquals(merged, expected));
      assert.equal(t.mapKeys(merged).length, merged.size);
      assert.equal(t.mapMerge(merged, b).size, merged.size);
    }),
    { numRuns: 100 },
  );
});

test("equal large maps are found equal, and those that differ in one value not", () => {
  const of = (last: number) => t.mapFrom(Array.from({ length: 1000 }, (_, i) => [i, i === 999 ? last : i]));
  assert.ok(t.strictEquals(of(0), of(0)));
  assert.ok(!t.strictEquals(of(0), of(1)));
  assert.ok(!t.strictEquals(of(0), t.mapPut(t.mapDelete(of(0), 5), 5000, 5)));
});

test("maps made one after the other of the same keys share the sorted ones", () => {
  const made = (...names: string[]) => t.mapFrom(names.map((name, i): [t.Term, t.Term] => [t.atom(name), i]));
  const maps = [made("c", "a", "b"), made("c", "a", "b"), made("c", "a", "b")];
  for (const { keys } of maps) assert.equal(keys, maps[0].keys);
  assert.deepEqual(maps.map(t.mapValues), Array(3).fill([1, 2, 0]));
  assert.deepEqual(t.mapValues(made("a", "c", "b")), [0, 2, 1]);
});
