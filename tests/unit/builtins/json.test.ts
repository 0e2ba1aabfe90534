import assert from "node:assert/strict";
import { test } from "node:test";
import * as fc from "fast-check";
import { beamletJson } from "../../../packages/runtime/src/builtins/json.ts";
import {
  Atom,
  Bitstring,
  binary,
  Float,
  listToArray,
  mapEntries,
  NIL,
  type Term,
  TermMap,
  Tuple,
  text,
} from "../../../packages/runtime/src/term/index.ts";

const { functions } = beamletJson;

/** The term as JavaScript's JSON has it; tuples as arrays. */
function plain(term: Term): unknown {
  if (term instanceof Bitstring) return term.text ?? [...term.bytes];
  if (term instanceof Float) return term.value;
  if (term === NIL) return null;
  if (term instanceof Atom) return term.name === "true" ? true : term.name === "false" ? false : term.name;
  if (term instanceof Tuple) return term.toArray().map(plain);
  if (term instanceof TermMap) {
    return Object.fromEntries(mapEntries(term).map(([key, value]) => [plain(key), plain(value)]));
  }
  return listToArray(term)?.map(plain) ?? term;
}

const decode = (source: string | Uint8Array) =>
  plain(functions["decode/1"](typeof source === "string" ? text(source) : binary(source)) as Term);

test("values decode to terms", () => {
  assert.deepEqual(decode('{"a": [1, 2.5, null, true, "x\\u00e9\\n"]} '), [
    "ok",
    { a: [1, 2.5, null, true, "xé\n"] },
    "",
  ]);
  assert.deepEqual(decode('"\\ud83d\\ude00"'), ["ok", "😀", ""]);
  assert.deepEqual(decode("1e2"), ["ok", 100, ""]);
  assert.deepEqual(decode("12345678901234567890"), ["ok", 12345678901234567890n, ""]);
});

test("what follows a value is returned with the blanks before it", () => {
  assert.deepEqual(decode("1 x"), ["ok", 1, " x"]);
});

const errors: [string | Uint8Array, unknown][] = [
  ["", ["unexpected_end", 0]],
  ["[1,", ["unexpected_end", 3]],
  ["trux", ["unexpected_end", 4]],
  ["truxx", ["invalid_byte", 1, 114]],
  ["-x", ["invalid_byte", 1, 120]],
  ["1.x", ["invalid_byte", 2, 120]],
  ["1e400", ["unexpected_sequence", 0, "1.0e400"]],
  ['"a\\x"', ["invalid_byte", 3, 120]],
  ['"\\udc00"', ["unexpected_sequence", 1, "\\udc00"]],
  ['"\\ud83dxxxxxxx"', ["invalid_byte", 7, 120]],
  ['"\u0001"', ["invalid_byte", 1, 1]],
  ['{"a":1,}', ["invalid_byte", 7, 125]],
  ["[1 2]", ["invalid_byte", 3, 50]],
  [Uint8Array.of(34, 255, 34), ["invalid_byte", 1, 255]],
  [Uint8Array.of(34, 0xe2, 0x28, 34), ["invalid_byte", 2, 0x28]],
];

for (const [source, reason] of errors) {
  test(`${JSON.stringify(source)} cannot be read`, () => assert.deepEqual(decode(source), ["error", reason]));
}

test("nesting is limited by memory alone", () => {
  const depth = 100_000;
  const [ok] = decode(`${"[".repeat(depth)}x`) as [string];
  assert.equal(ok, "error");
});

test("strings are quoted as JavaScript does, but for lone surrogates, which there are none of", () => {
  fc.assert(
    fc.property(fc.string({ unit: "grapheme" }), (value) => {
      const quoted = (functions["quote/1"](text(value)) as Bitstring).text as string;
      assert.equal(JSON.parse(quoted), value);
    }),
  );
});

test("a document decodes to what JavaScript reads", () => {
  fc.assert(
    fc.property(fc.jsonValue({ depthSize: "medium" }), (value) => {
      const source = JSON.stringify(value);
      const [ok, decoded] = decode(source) as [string, unknown];
      assert.equal(ok, "ok");
      const numbers = (_key: string, item: unknown) => (typeof item === "bigint" ? Number(item) : item);
      assert.deepEqual(JSON.parse(JSON.stringify(decoded, numbers)), JSON.parse(source));
    }),
  );
});
