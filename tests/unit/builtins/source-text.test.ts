import assert from "node:assert/strict";
import { test } from "node:test";
import {
  type AtomPlace,
  classifyName,
  escapeText,
  writeAtom,
} from "../../../packages/runtime/src/builtins/source-text.ts";
import { atom } from "../../../packages/runtime/src/term/atom.ts";

const atoms: [name: string, literal: string, key: string, call: string][] = [
  ["ok", ":ok", "ok:", "ok"],
  ["nil", "nil", "nil:", "nil"],
  ["foo?", ":foo?", "foo?:", "foo?"],
  ["foo?x", ':"foo?x"', '"foo?x":', '"foo?x"'],
  ["Foo", ":Foo", "Foo:", '"Foo"'],
  ["Elixir.Foo.Bar", "Foo.Bar", '"Elixir.Foo.Bar":', '"Elixir.Foo.Bar"'],
  ["Elixir", "Elixir", '"Elixir":', '"Elixir"'],
  ["Elixir.Elixir.A", "Elixir.Elixir.A", '"Elixir.Elixir.A":', '"Elixir.Elixir.A"'],
  ["Elixir.a", ':"Elixir.a"', '"Elixir.a":', '"Elixir.a"'],
  ["a b", ':"a b"', '"a b":', '"a b"'],
  ['a"b', ':"a\\"b"', '"a\\"b":', '"a\\"b"'],
  ["a@b", ":a@b", "a@b:", '"a@b"'],
  ["+", ":+", "+:", "+"],
  ["::", ':"::"', '"::":', "::"],
  ["..", ":..", "..:", '".."'],
  ["%{}", ":%{}", "%{}:", '"%{}"'],
  ["été", ":été", "été:", "été"],
  ["e\u0301", ':"e\u0301"', '"e\u0301":', '"e\u0301"'],
  ["日本", ":日本", "日本:", "日本"],
  ["", ':""', '"":', '""'],
  ["1a", ':"1a"', '"1a":', '"1a"'],
];

for (const [name, ...expected] of atoms) {
  test(`the atom of ${JSON.stringify(name)} in its places`, () => {
    const places: AtomPlace[] = ["literal", "key", "remote_call"];
    assert.deepEqual(
      places.map((place) => writeAtom(place, atom(name))),
      expected,
    );
  });
}

test("names are classified as Macro.classify_atom tells them apart", () => {
  assert.equal(classifyName("Elixir.Foo"), "alias");
  assert.equal(classifyName("foo!"), "identifier");
  assert.equal(classifyName("->"), "not_callable");
  assert.equal(classifyName("<|>"), "quoted_operator");
});

test("what cannot be seen or would end the text is escaped", () => {
  assert.deepEqual(escapeText('a"b\n\t\0\u001b#{x} #x \\ é \ufeff\u202e', 0x22, Infinity), [
    'a\\"b\\n\\t\\0\\e\\#{x} #x \\\\ é \\uFEFF\\u202E',
    "",
  ]);
  assert.deepEqual(escapeText("'\"", 0x27, Infinity), ["\\'\"", ""]);
  assert.deepEqual(escapeText("\u0080\udcff\uffff", -1, Infinity), ["\\x80\\xFF\\x{FFFF}", ""]);
});

test("the limit counts characters, of which an interpolation is one", () => {
  assert.deepEqual(escapeText("👍#{ab", 0x22, 2), ["👍\\#{", "ab"]);
  assert.deepEqual(escapeText("abc", 0x22, 0), ["", "abc"]);
});
