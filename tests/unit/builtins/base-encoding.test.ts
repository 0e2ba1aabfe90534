import assert from "node:assert/strict";
import { test } from "node:test";
import * as fc from "fast-check";
import { beamletBase } from "../../../packages/runtime/src/builtins/base-encoding.ts";
import {
  type Atom,
  atom,
  Bitstring,
  binary,
  FALSE,
  TRUE,
  Tuple,
  text,
} from "../../../packages/runtime/src/term/index.ts";

const { functions } = beamletBase;
const encode = (data: string, name: string, pad = true) =>
  (functions["encode/3"](text(data), atom(name), pad ? TRUE : FALSE) as Bitstring).text;

/** The data, `bad N` for a byte that is no digit, `padding`. */
function decode(string: string, name: string, pad = true): string {
  const result = functions["decode/3"](text(string), atom(name), pad ? TRUE : FALSE);
  if (!(result instanceof Tuple)) return (result as Atom).name;
  const value = result.at(1);
  return value instanceof Bitstring ? (value.text ?? [...value.bytes].join()) : `bad ${value}`;
}

test("digits of 4, 5 and 6 bits", () => {
  assert.equal(encode("foo", "16_upper", false), "666F6F");
  assert.equal(encode("foobar", "32_upper"), "MZXW6YTBOI======");
  assert.equal(encode("foob", "hex32_lower", false), "cpnmuog");
  assert.equal(encode("fo", "64"), "Zm8=");
  assert.equal(encode("\u00ff?", "url64", false), "w78_");
});

test("without padding only whole groups of digits pass", () => {
  assert.equal(decode("Zg", "64", false), "f");
  assert.equal(decode("Zg", "64"), "padding");
  assert.equal(decode("Z", "64", false), "padding");
  assert.equal(decode("MY", "32_upper", false), "f");
  assert.equal(decode("MYA", "32_upper", false), "padding");
});

test("a byte that is no digit is told before wrong padding, if it comes first", () => {
  assert.equal(decode("!A==", "64"), "bad 33");
  assert.equal(decode("AAAA====AA======", "64"), "bad 61");
  assert.equal(decode("====", "64"), "bad 61");
  assert.equal(decode("a", "64"), "padding");
});

test("what is encoded decodes to itself", () => {
  fc.assert(
    fc.property(
      fc.uint8Array(),
      fc.constantFrom("16_upper", "16_lower", "32_upper", "hex32_mixed", "64", "url64"),
      fc.boolean(),
      (bytes, name, pad) => {
        const padding = pad && !name.startsWith("16") ? TRUE : FALSE;
        const encoded = functions["encode/3"](binary(bytes.slice()), atom(name), padding) as Bitstring;
        const decoded = functions["decode/3"](encoded, atom(name), padding) as Tuple;
        assert.deepEqual([...(decoded.at(1) as Bitstring).bytes], [...bytes]);
      },
    ),
  );
});
