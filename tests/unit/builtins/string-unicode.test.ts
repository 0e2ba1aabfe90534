import assert from "node:assert/strict";
import { test } from "node:test";
import * as fc from "fast-check";
import { beamletString } from "../../../packages/runtime/src/builtins/string-unicode.ts";
import {
  atom,
  Bitstring,
  binary,
  FALSE,
  list,
  listToArray,
  type Term,
  TRUE,
  Tuple,
  text,
} from "../../../packages/runtime/src/term/index.ts";

const { functions } = beamletString;

/** Texts as strings, other binaries as arrays of bytes. */
function plain(term: unknown): unknown {
  if (term instanceof Bitstring) return term.text ?? [...term.bytes];
  if (term instanceof Tuple) return term.toArray().map(plain);
  const items = listToArray(term as Term);
  return items === null ? ((term as { name?: string }).name ?? term) : items.map(plain);
}

const bytes = (...values: number[]) => binary(Uint8Array.from(values));
const call = (name: string, ...args: unknown[]) => plain(functions[name](...args));

test("invalid bytes are characters of their own", () => {
  const string = bytes(97, 255, 98, 0xe2, 0x82);
  assert.deepEqual(call("graphemes/1", string), ["a", [255], "b", [0xe2], [0x82]]);
  assert.equal(call("length/1", string), 5);
  assert.deepEqual(call("reverse/1", bytes(97, 98, 255, 99, 100)), [98, 97, 255, 100, 99]);
  assert.deepEqual(call("upcase/2", string, atom("default")), [65, 255, 66, 0xe2, 0x82]);
  assert.equal(call("replace_invalid/2", string, text("?")), "a?b?");
});

test("encoded surrogates and overlong forms are invalid bytes", () => {
  assert.equal(call("length/1", bytes(0xed, 0xa0, 0x80)), 3);
  assert.equal(call("length/1", bytes(0xc0, 0x80)), 2);
  assert.equal(call("replace_invalid/2", bytes(0xf0, 0x9f, 0x98, 120), text("?")), "?x");
});

test("case follows Unicode, without the context of letters", () => {
  const cases: [string, string, string, string][] = [
    ["upcase/2", "straße ﬁ", "default", "STRASSE FI"],
    ["upcase/2", "é i", "ascii", "é I"],
    ["upcase/2", "i", "turkic", "İ"],
    ["downcase/2", "ΑΣ İ", "default", "ασ i̇"],
    ["downcase/2", "ΑΣ ΣΑ ΑΣ́ aΣ", "greek", "ας σα ας́ aσ"],
    ["downcase/2", "I İ", "turkic", "ı i"],
    ["capitalize/2", "ßa", "default", "Ssa"],
    ["capitalize/2", "ǆX", "default", "ǅx"],
    ["capitalize/2", "ŉA", "default", "ʼNa"],
    ["capitalize/2", "iÉ", "turkic", "İé"],
  ];
  for (const [name, input, mode, expected] of cases)
    assert.equal(call(name, text(input), atom(mode)), expected);
});

test("white space that separates words leaves no-break spaces alone, trimming does not", () => {
  assert.deepEqual(call("split/1", text(" a\u00a0b\u2003c\n")), ["a\u00a0b", "c"]);
  assert.equal(call("trim/1", text("\u3000\u00a0x\u0085\u2028")), "x");
});

test("of several patterns the earliest match counts, and of those the longest", () => {
  const patterns = list([text("b"), text("bc")]);
  assert.deepEqual(call("split/4", text("abcbd"), patterns, atom("infinity"), FALSE), ["a", "", "d"]);
  assert.equal(call("replace/4", text("abcb"), patterns, text("$&"), TRUE), "a$&$&");
});

test("splitting keeps, leaves out or stops at parts", () => {
  const split = (string: string, count: Term, trim: Term) =>
    call("split/4", text(string), text(","), count, trim);
  assert.deepEqual(split(",a,,b", atom("infinity"), FALSE), ["", "a", "", "b"]);
  assert.deepEqual(split(",a,,b", atom("infinity"), TRUE), ["a", "b"]);
  assert.deepEqual(split(",a,,b", 2, TRUE), ["a", ",b"]);
  assert.deepEqual(split("", 1, TRUE), []);
});

test("searching bytes that are no text finds bytes", () => {
  assert.deepEqual(call("split/4", bytes(1, 255, 2), bytes(255), atom("infinity"), FALSE), [
    "\u0001",
    "\u0002",
  ]);
  assert.equal(call("contains?/2", bytes(0xe2, 0x82, 0xac), bytes(0x82)), "true");
});

test("slices and splits of a text are those of its graphemes", () => {
  fc.assert(
    fc.property(fc.string({ unit: "grapheme" }), fc.nat(6), fc.nat(6), (string, start, size) => {
      const graphemes = call("graphemes/1", text(string)) as string[];
      assert.equal(call("slice/3", text(string), start, size), graphemes.slice(start, start + size).join(""));
      assert.deepEqual(call("split_at/2", text(string), start), [
        graphemes.slice(0, start).join(""),
        graphemes.slice(start).join(""),
      ]);
    }),
  );
});

test("Jaro similarity", () => {
  assert.equal(
    (functions["jaro/2"](text("martha"), text("marhta")) as { value: number }).value,
    0.9444444444444445,
  );
  assert.equal((functions["jaro/2"](text("a"), text("b")) as { value: number }).value, 0);
});
