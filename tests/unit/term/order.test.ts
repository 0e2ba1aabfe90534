import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import * as t from "../../../packages/runtime/src/term/index.ts";
import { term } from "./generate.ts";

const sign = Math.sign;

test("the standard order is total and transitive", () => {
  fc.assert(
    fc.property(term, term, term, (a, b, c) => {
      assert.equal(sign(t.compareTerms(a, b)), -sign(t.compareTerms(b, a)) + 0);
      const [x, y, z] = [a, b, c].sort(t.compareTerms);
      assert.ok(t.compareTerms(x, y) <= 0 && t.compareTerms(y, z) <= 0 && t.compareTerms(x, z) <= 0);
    }),
  );
});

test("the exact order agrees with strict equality, the standard one with loose equality", () => {
  fc.assert(
    fc.property(term, term, (a, b) => {
      assert.equal(t.compareExact(a, b) === 0, t.strictEquals(a, b));
      assert.equal(t.compareTerms(a, b) === 0, t.looseEquals(a, b));
      assert.equal(sign(t.compareExact(a, b)), -sign(t.compareExact(b, a)) + 0);
    }),
  );
});

test("equal terms have equal hashes", () => {
  fc.assert(
    fc.property(term, term, (a, b) => {
      if (t.strictEquals(a, b)) assert.equal(t.hashTerm(a), t.hashTerm(b));
    }),
    { numRuns: 300 },
  );
});

test("types are ordered as Erlang orders them", () => {
  const fun = new t.Fun(() => 0, { module: t.atom("m"), name: t.atom("f"), arity: 0, index: 0 });
  const ascending = [
    new t.Float(1.5),
    2,
    2n ** 70n,
    t.atom("b"),
    new t.Reference(0, 1),
    fun,
    new t.Port(0, 1),
    new t.Pid(0, 1, 0),
    t.tuple(1),
    t.tuple(0, 0),
    t.EMPTY_MAP,
    t.EMPTY,
    t.list([1]),
    t.text("a"),
  ];
  for (let i = 0; i < ascending.length; i++)
    for (let j = 0; j < ascending.length; j++)
      assert.equal(sign(t.compareTerms(ascending[i], ascending[j])), sign(i - j), `${i} and ${j}`);
});

test("integers and floats compare by exact value beyond 2^53", () => {
  assert.equal(t.looseEquals(2n ** 53n + 1n, new t.Float(2 ** 53)), false);
  assert.ok(t.compareTerms(2n ** 53n + 1n, new t.Float(2 ** 53)) > 0);
  assert.equal(t.looseEquals(2n ** 53n, new t.Float(2 ** 53)), true);
});

test("text sorts by code point, whatever form it is held in", () => {
  const high = "\u{10000}";
  const low = "\u{ffff}";
  const bytes = (s: string) => t.binary(new TextEncoder().encode(s));
  for (const a of [t.text(high), bytes(high)])
    for (const b of [t.text(low), bytes(low)]) assert.ok(t.compareTerms(a, b) > 0);
});

test("long lists and deep nests neither overflow comparing nor hashing", () => {
  const make = () => {
    let nest: t.Term = t.EMPTY;
    let long: t.Term = t.EMPTY;
    for (let i = 0; i < 100_000; i++) {
      nest = t.tuple(t.list([nest]));
      long = new t.Cons(i, long);
    }
    return t.tuple(long, nest);
  };
  const a = make();
  const b = make();
  assert.ok(t.strictEquals(a, b));
  assert.equal(t.compareTerms(a, b), 0);
  assert.equal(t.hashTerm(a), t.hashTerm(b));
});
