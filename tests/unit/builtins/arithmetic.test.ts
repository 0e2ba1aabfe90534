import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import * as arithmetic from "../../../packages/runtime/src/builtins/erlang-arithmetic.ts";
import * as t from "../../../packages/runtime/src/term/index.ts";
import { integer } from "../term/generate.ts";

type Operation = (a: t.Term, b: t.Term) => t.Term;

const EXACT: [string, Operation, (a: bigint, b: bigint) => bigint | null][] = [
  ["add", arithmetic.add, (a, b) => a + b],
  ["sub", arithmetic.sub, (a, b) => a - b],
  ["mul", arithmetic.mul, (a, b) => a * b],
  ["div", arithmetic.div, (a, b) => (b === 0n ? null : a / b)],
  ["rem", arithmetic.rem, (a, b) => (b === 0n ? null : a % b)],
  ["band", arithmetic.band, (a, b) => a & b],
  ["bor", arithmetic.bor, (a, b) => a | b],
  ["bxor", arithmetic.bxor, (a, b) => a ^ b],
];

for (const [name, operation, expected] of EXACT)
  test(`${name} agrees with integers without bound`, () => {
    fc.assert(
      fc.property(integer, integer, (a, b) => {
        const value = expected(BigInt(a), BigInt(b));
        if (value === null) assert.throws(() => operation(a, b), t.Raised);
        else {
          const result = operation(a, b);
          assert.equal(result, t.integer(value));
          assert.ok(!Object.is(result, -0), "there is no negative zero among integers");
        }
      }),
      { numRuns: 500 },
    );
  });

test("shifts agree with integers without bound", () => {
  fc.assert(
    fc.property(integer, fc.integer({ min: -80, max: 80 }), (a, bits) => {
      const value = bits < 0 ? BigInt(a) >> BigInt(-bits) : BigInt(a) << BigInt(bits);
      assert.equal(arithmetic.bsl(a, bits), t.integer(value));
      assert.equal(arithmetic.bsr(a, -bits), t.integer(value));
    }),
  );
});

test("powers agree with integers without bound", () => {
  fc.assert(
    fc.property(integer, fc.integer({ min: 0, max: 40 }), (a, exponent) => {
      assert.equal(arithmetic.integerPow(a, exponent), t.integer(BigInt(a) ** BigInt(exponent)));
    }),
  );
});

test("a result beyond all memory is refused at once", () => {
  const limit = (run: () => unknown) =>
    assert.throws(run, (error) => error instanceof t.Raised && error.reason === t.atom("system_limit"));
  limit(() => arithmetic.bsl(1, 10_000_000_000));
  limit(() => arithmetic.bsl(1, 2n ** 70n));
  limit(() => arithmetic.integerPow(3, 10_000_000_000));
});

test("a failure names the operator and its arguments", () => {
  try {
    arithmetic.add(1, t.atom("a"));
    assert.fail("it must raise");
  } catch (error) {
    assert.ok(error instanceof t.Raised);
    assert.equal(error.reason, t.atom("badarith"));
    assert.deepEqual([error.call?.module.name, error.call?.name.name], ["erlang", "+"]);
    assert.deepEqual(error.call?.args, [1, t.atom("a")]);
  }
});

test("floats that overflow are an error, as on the BEAM", () => {
  assert.throws(() => arithmetic.mul(new t.Float(1e300), new t.Float(1e300)), t.Raised);
  assert.throws(() => arithmetic.divide(1, new t.Float(0)), t.Raised);
});
