/** Reading bitstrings at run time: any position, any size; and text that is taken apart from the front. */
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import * as bits from "../../../packages/runtime/src/compile/bits-support.ts";
import type { Bitstring } from "../../../packages/runtime/src/term/bitstring.ts";
import { binary, EMPTY_BINARY, text } from "../../../packages/runtime/src/term/bitstring.ts";

const shape = { type: "integer", unit: 1, little: false, bytes: 0 };

test("an integer is read back from where it was written, whatever stands before and behind it", () => {
  const integers = fc.tuple(
    fc.integer({ min: 0, max: 70 }),
    fc.integer({ min: 1, max: 130 }),
    fc.bigInt({ min: -(2n ** 129n), max: 2n ** 129n }),
    fc.boolean(),
    fc.boolean(),
  );
  fc.assert(
    fc.property(integers, ([before, size, value, signed, little]) => {
      const shapes = [shape, { ...shape, little }, shape];
      const built = bits.buildBits(shapes, [0, value, 5], [before, size, 3]);
      const wanted = signed ? BigInt.asIntN(size, value) : BigInt.asUintN(size, value);
      assert.equal(built.bitLength, before + size + 3);
      assert.equal(BigInt(bits.readInteger(built, before, size, signed, little) as number | bigint), wanted);
      assert.equal(bits.readInteger(built, before + size, 3, false, false), 5);
    }),
  );
});

test("a code point is read as it was written in every encoding", () => {
  const codePoint = fc.integer({ min: 0, max: 0x10ffff }).filter((c) => c < 0xd800 || c > 0xdfff);
  fc.assert(
    fc.property(codePoint, fc.boolean(), (c, little) => {
      const build = (type: string) => bits.buildBits([{ ...shape, type, little }], [c], [null]);
      assert.equal(bits.readUtf8(build("utf8"), 0), c);
      assert.equal(bits.readUtf16(build("utf16"), 0, little), c);
      assert.equal(bits.readUtf32(build("utf32"), 0, little), c);
      assert.equal(build("utf8").bitLength, bits.utf8Bits(c));
    }),
  );
});

test("segments of whole bytes appended one by one give what building them at once gives", () => {
  const integer = fc.record({
    type: fc.constant("integer"),
    little: fc.boolean(),
    bytes: fc.integer({ min: 1, max: 8 }),
    value: fc.oneof(
      fc.maxSafeInteger(),
      fc.integer({ min: -300, max: 300 }),
      fc.bigInt(-(2n ** 70n), 2n ** 70n),
    ),
  });
  const other = fc.oneof(
    fc.record({ type: fc.constant("utf8"), value: fc.integer({ min: 0, max: 0xd7ff }) }),
    fc.record({ type: fc.constant("utf8"), value: fc.integer({ min: 0, max: 0x7f }) }),
    fc.record({ type: fc.constant("binary"), value: fc.string({ maxLength: 300 }).map(text) }),
    fc.record({ type: fc.constant("binary"), value: fc.uint8Array({ maxLength: 300 }).map(binary) }),
  );
  const segments = fc.array(fc.oneof(integer, other), { minLength: 1, maxLength: 12 });
  fc.assert(
    fc.property(segments, segments, (first, second) => {
      const append = (to: Bitstring, given: typeof first) => {
        const shapes = given.map((one) => ({ ...shape, unit: one.type === "binary" ? 8 : 1, ...one }));
        return shapes.reduce((built, { value }, i) => bits.append(shapes, i, built, value), to);
      };
      const build = (given: typeof first) =>
        bits.buildBits(
          given.map((one) => ({ ...shape, ...one, unit: one.type === "binary" ? 8 : 1 })),
          given.map(({ value }) => value),
          given.map((one) => ("bytes" in one ? one.bytes * 8 : null)),
        ).bytes;
      const one = append(EMPTY_BINARY, first);
      const two = append(one, second);
      const three = append(one, second);
      assert.deepEqual([...one.bytes], [...build(first)]);
      assert.deepEqual([...two.bytes], [...build([...first, ...second])]);
      assert.deepEqual([...three.bytes], [...two.bytes], "what is appended to twice is two binaries");
    }),
  );
});

test("bytes that are no UTF-8 are no code point", () => {
  for (const bytes of [
    [0x80],
    [0xc0, 0x80],
    [0xe0, 0x80, 0x80],
    [0xed, 0xa0, 0x80],
    [0xf5, 0, 0, 0],
    [0xc3],
  ]) {
    assert.equal(bits.readUtf8(binary(Uint8Array.from(bytes)), 0), -1);
  }
});

test("taking text apart takes time in proportion to its length", () => {
  const walk = (length: number): number => {
    let rest: Bitstring = text("a".repeat(length));
    const start = performance.now();
    while (rest.bitLength > 0) {
      assert.equal(bits.readUtf8(rest, 0), 97);
      rest = bits.restOf(rest, 8);
    }
    return performance.now() - start;
  };
  walk(10_000);
  // Quadratic, it would take minutes.
  assert.ok(walk(300_000) < 5_000);
});
