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

test("the same bytes are one atom as Latin-1 and another as UTF-8, whichever was read first", () => {
  const latin1 = Uint8Array.of(131, 100, 0, 2, 0xc3, 0xa9);
  const utf8 = Uint8Array.of(131, 119, 2, 0xc3, 0xa9);
  for (const [bytes, name] of [
    [latin1, "Ã©"],
    [utf8, "é"],
    [latin1, "Ã©"],
  ] as const)
    assert.equal(decode(bytes).term, t.atom(name));
});

test("the keys of a map may come in any order, but none of them twice", () => {
  const map = (...entries: number[]) => Uint8Array.of(131, 116, 0, 0, 0, entries.length / 4, ...entries);
  const expected = t.mapFrom([
    [1, 3],
    [2, 4],
  ]);
  for (const bytes of [map(97, 1, 97, 3, 97, 2, 97, 4), map(97, 2, 97, 4, 97, 1, 97, 3)])
    assert.ok(t.strictEquals(decode(bytes).term, expected));
  assert.throws(() => decode(map(97, 1, 97, 3, 97, 1, 97, 4)), MalformedTerm);
});

test("a term that was made before stays as it was when another is written", () => {
  const first = encode(t.text("first"));
  encode(t.text("second, and longer"));
  assert.deepEqual(decode(first).term, decode(encode(t.text("first"))).term);
});
