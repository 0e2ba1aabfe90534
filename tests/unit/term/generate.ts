/** Generators of terms for property tests: few distinct leaves, so that equal and nearly equal terms meet. */
import fc from "fast-check";
import * as t from "../../../packages/runtime/src/term/index.ts";

const float = fc
  .oneof(
    fc.constantFrom(0, 1, -1, 0.5, 2 ** 53, 2 ** 70, -(2 ** 53), 1e300),
    fc.double({ noNaN: true, noDefaultInfinity: true }),
  )
  .map((value) => new t.Float(value + 0));

export const integer: fc.Arbitrary<number | bigint> = fc
  .oneof(
    fc.integer({ min: -3, max: 3 }),
    fc.maxSafeInteger(),
    fc.constantFrom(t.MAX_SAFE, t.MIN_SAFE),
    fc.bigInt({ min: -(2n ** 80n), max: 2n ** 80n }).map(t.integer),
    fc.constantFrom(2n ** 53n, 2n ** 53n + 1n, 2n ** 70n, -(2n ** 53n) - 1n).map(t.integer),
  )
  .map((value) => (typeof value === "number" ? value + 0 : value));

const binary = fc.oneof(
  fc.constantFrom("", "a", "ab", "é", "\u{10000}", "\u{ffff}").map(t.text),
  fc.uint8Array({ maxLength: 4 }).map((bytes) => t.binary(bytes)),
  fc.string({ unit: "grapheme", maxLength: 5 }).map((s) => t.binary(new TextEncoder().encode(s))),
);

const bitstring = fc
  .tuple(fc.uint8Array({ minLength: 1, maxLength: 3 }), fc.integer({ min: 1, max: 7 }))
  .map(([bytes, bits]) => {
    bytes[bytes.length - 1] &= 0xff00 >> bits;
    return t.bitstring(bytes, bytes.length * 8 - 8 + bits);
  });

const leaf: fc.Arbitrary<t.Term> = fc.oneof(
  integer,
  float,
  fc.constantFrom("a", "b", "nil", "é").map(t.atom),
  binary,
  bitstring,
  fc.constant(t.EMPTY),
  fc.integer({ min: 1, max: 3 }).map((id) => new t.Pid(0, id, 0)),
  fc.integer({ min: 1, max: 3 }).map((id) => new t.Reference(0, id)),
);

export const term: fc.Arbitrary<t.Term> = fc.letrec<{ term: t.Term }>((tie) => ({
  term: fc.oneof(
    { maxDepth: 3, withCrossShrink: true },
    leaf,
    fc.array(tie("term"), { maxLength: 4 }).map((items) => t.list(items)),
    fc.tuple(tie("term"), tie("term")).map(([head, tail]) => new t.Cons(head, tail)),
    fc.array(tie("term"), { maxLength: 10 }).map((items) => t.tupleOf(items)),
    fc.array(fc.tuple(tie("term"), tie("term")), { maxLength: 5 }).map((entries) => t.mapFrom(entries)),
  ),
})).term;
