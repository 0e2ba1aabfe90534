import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import {
  compressed,
  decode,
  encode,
  MalformedData,
  MalformedTerm,
} from "../../../packages/runtime/src/etf/index.ts";
import * as t from "../../../packages/runtime/src/term/index.ts";
import { term } from "../term/generate.ts";

test("every term survives the format", () => {
  fc.assert(
    fc.property(term, (value) => {
      const bytes = encode(value);
      const { term: back, used } = decode(bytes);
      assert.ok(t.strictEquals(back, value));
      assert.equal(used, bytes.length);
      assert.ok(t.strictEquals(decode(compressed(bytes)).term, value));
    }),
    { numRuns: 300 },
  );
});

test("bytes from anyone are read or refused, never more", () => {
  const broken = fc.tuple(term, fc.nat(), fc.nat({ max: 255 })).map(([value, at, byte]) => {
    const bytes = encode(value);
    bytes[at % bytes.length] = byte;
    return bytes;
  });
  fc.assert(
    fc.property(fc.oneof(broken, fc.uint8Array()), (bytes) => {
      try {
        decode(bytes);
      } catch (error) {
        assert.ok(error instanceof MalformedTerm || error instanceof MalformedData, String(error));
      }
    }),
    { numRuns: 1000 },
  );
});

test("a length that the data cannot hold is refused before room is made for it", () => {
  assert.throws(() => decode(Uint8Array.of(131, 108, 255, 255, 255, 255, 106)), MalformedTerm);
  assert.throws(() => decode(Uint8Array.of(131, 109, 255, 255, 255, 255, 1)), MalformedTerm);
});

test("atoms that do not exist are refused when asked to", () => {
  const bytes = Uint8Array.of(131, 119, 12, ...new TextEncoder().encode("never seen 1"));
  assert.throws(() => decode(bytes, { safe: true }), MalformedTerm);
  assert.equal((decode(bytes).term as t.Atom).name, "never seen 1");
});

test("nests of any depth pass", () => {
  let value: t.Term = t.EMPTY;
  for (let i = 0; i < 100_000; i++) value = t.tuple(value);
  assert.ok(t.strictEquals(decode(encode(value)).term, value));
});
