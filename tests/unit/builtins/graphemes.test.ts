import assert from "node:assert/strict";
import { test } from "node:test";
import * as fc from "fast-check";
import { clusterCount, clusterStart, clusters } from "../../../packages/runtime/src/builtins/graphemes.ts";

const table: [string, string[]][] = [
  ["", []],
  ["abc", ["a", "b", "c"]],
  ["\r\n\n\r", ["\r\n", "\n", "\r"]],
  ["e\u0301\u0323x", ["e\u0301\u0323", "x"]],
  ["\u0301a", ["\u0301", "a"]],
  ["a\u200db", ["a\u200d", "b"]],
  ["🏳️‍🌈👍🏽", ["🏳️‍🌈", "👍🏽"]],
  ["👨‍👩‍👧!", ["👨‍👩‍👧", "!"]],
  ["🇫🇷🇩🇪🇬", ["🇫🇷", "🇩🇪", "🇬"]],
  ["각", ["각"]],
  ["\u1100\u1161\u11a8\u1100", ["\u1100\u1161\u11a8", "\u1100"]],
  ["नि", ["नि"]],
  ["ก็", ["ก็"]],
  ["日本", ["日", "本"]],
  ["\u0600a", ["\u0600a"]],
];

for (const [text, expected] of table) {
  test(`clusters of ${JSON.stringify(text)}`, () => {
    assert.deepEqual(clusters(text), expected);
    assert.equal(clusterCount(text), expected.length);
  });
}

test("consonants joined by a virama are two clusters, as in Unicode 14", () => {
  assert.deepEqual(clusters("क्ष"), ["क्", "ष"]);
});

test("clusters put together are the text, and each stays one", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), (text) => {
      const found = clusters(text);
      assert.equal(found.join(""), text);
      let start = 0;
      for (let i = 0; i < found.length; i++) {
        assert.equal(clusterStart(text, i), start);
        start += found[i].length;
      }
      assert.equal(clusterStart(text, found.length + 3), text.length);
    }),
  );
});
