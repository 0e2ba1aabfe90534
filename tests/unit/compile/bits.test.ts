/** Reading bitstrings at run time: any position, any size; and text that is taken apart from the front. */
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import * as bits from "../../../packages/runtime/src/compile/bits-support.ts";
import type { Bitstring } from "../../../packages/runtime/src/term/bitstring.ts";
import { binary, text } from "../../../packages/runtime/src/term/bitstring.ts";

const shape = { type: "integer", unit: 1, signed: false, little: false };

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
      const shapes = [shape, { ...shape, signed, little }, shape];
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
