/** Hostile texts: all of them end at once, in a tree or in an error of the parser's own. */
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import * as fc from "fast-check";
import { parse, SyntaxDiagnostic } from "../../../packages/runtime/src/syntax/index.ts";

const MANY = 100_000;
const MEGABYTES = 10_000_000;

function outcome(source: string): string {
  try {
    parse(source);
    return "ok";
  } catch (error) {
    if (error instanceof SyntaxDiagnostic) return error.description;
    throw error;
  }
}

describe("nesting takes time in proportion", () => {
  const nested: Record<string, string> = {
    lists: "[".repeat(MANY) + "]".repeat(MANY),
    parentheses: `${"(".repeat(MANY)}1${")".repeat(MANY)}`,
    tuples: "{".repeat(MANY) + "}".repeat(MANY),
    maps: `${"%{a: ".repeat(MANY)}1${"}".repeat(MANY)}`,
    calls: "f(".repeat(MANY) + ")".repeat(MANY),
    "calls without parentheses": `${"f ".repeat(MANY)}x`,
    access: `${"a[".repeat(MANY)}1${"]".repeat(MANY)}`,
    functions: `${"fn -> ".repeat(MANY)}x${" end".repeat(MANY)}`,
    blocks: `${"if a do ".repeat(MANY)}x${" end".repeat(MANY)}`,
    prefixes: `${"not ".repeat(MANY)}x`,
    captures: `${"& ".repeat(MANY)}x`,
    matches: `${"a = ".repeat(MANY)}x`,
    operators: `${"a ++ ".repeat(MANY)}a`,
  };
  for (const [what, source] of Object.entries(nested)) {
    test(what, { timeout: 30_000 }, () => assert.equal(outcome(source), "ok"));
  }

  test("beyond all measure it is refused", () => {
    assert.match(outcome("[".repeat(300_000) + "]".repeat(300_000)), /^expression nested too deeply at: /);
  });

  test("interpolations", () => {
    assert.match(outcome('"#{'.repeat(MANY)), /^more than 100 interpolations in each other/);
  });

  test("what is not nested is not limited", () => {
    for (const part of ["a + ", "a |> ", "a.", "A."]) assert.equal(outcome(`${part.repeat(MANY)}B`), "ok");
  });
});

describe("large literals take time in proportion", () => {
  const large: Record<string, [string, RegExp]> = {
    string: [`"${"a".repeat(MEGABYTES)}"`, /^ok$/],
    "string without end": [`"${"a".repeat(MEGABYTES)}`, /^missing terminator: " \(for string/],
    "string of emoji": [`"${"👩‍👩‍👧".repeat(100_000)}"`, /^ok$/],
    "string of escapes": [`"${"\\n".repeat(1_000_000)}"`, /^ok$/],
    heredoc: [`"""\n${"  abc\n".repeat(1_000_000)}  """`, /^ok$/],
    comment: [`#${"a".repeat(MEGABYTES)}`, /^ok$/],
    digits: ["1".repeat(MEGABYTES), /^integer literal of more than 1000000 digits: 111/],
    name: ["a".repeat(MEGABYTES), /^atom length must be less than system limit: aaa/],
    list: [`[${"1,".repeat(300_000)}]`, /^ok$/],
    alias: [`A${".B".repeat(MANY)}`, /^ok$/],
  };
  for (const [what, [source, expected]] of Object.entries(large)) {
    test(what, { timeout: 5000 }, () => assert.match(outcome(source), expected));
  }
});

test("text that is no Unicode is refused", () => {
  assert.equal(outcome('"\ud800"'), "invalid encoding in source: \\uFFFD");
});

const TOKENS = (
  'a b f( f. A 1 2.0 :a ?a "s" ~s(x) a: do: "k": ( ) [ ] { } << >> %{ %A{ fn do end -> else , ; . + - * / // .. ' +
  "... | |> && & &1 @ ! not in when :: = == => <- \\\\ <> ++ ^ and or nil #{ '"
).split(" ");

test("any sequence of tokens gives a tree or a syntax error", () => {
  const token = fc.constantFrom(...TOKENS, "\n", "# c\n");
  fc.assert(
    fc.property(fc.array(token, { maxLength: 12 }), fc.constantFrom("", " "), (tokens, glue) => {
      outcome(tokens.join(glue));
    }),
    { numRuns: 2000 },
  );
});

test("any text gives a tree or a syntax error", () => {
  fc.assert(
    fc.property(fc.string({ unit: "grapheme", maxLength: 20 }), (source) => {
      outcome(source);
    }),
    { numRuns: 1000 },
  );
});
