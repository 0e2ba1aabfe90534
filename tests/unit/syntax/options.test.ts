/** The options of `Code.string_to_quoted/2`, and the reasons that it gives. */
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import {
  type Comment,
  DeferredEncoder,
  fill,
  type ParseOptions,
  parse,
  SyntaxDiagnostic,
} from "../../../packages/runtime/src/syntax/index.ts";
import { node } from "../../../packages/runtime/src/syntax/quoted.ts";
import { atom } from "../../../packages/runtime/src/term/atom.ts";
import { text } from "../../../packages/runtime/src/term/bitstring.ts";
import type { Term } from "../../../packages/runtime/src/term/term.ts";
import { failure } from "./check.ts";
import { inspect } from "./inspect.ts";

function quoted(source: string, options: ParseOptions = {}): string {
  return inspect(parse(source, options));
}

function reason(source: string, options: ParseOptions = {}): string {
  try {
    parse(source, options);
  } catch (error) {
    if (error instanceof SyntaxDiagnostic) return inspect(error.reason);
  }
  return "no error";
}

const literal = (value: Term, meta: Term) => ({ ok: node(atom("lit"), meta, [value]) });

test("line and column shift all places", () => {
  assert.equal(
    quoted("a\n b", { line: 10, column: 5, columns: true }),
    "{:__block__, [], [{:a, [line: 10, column: 5], nil}, {:b, [line: 11, column: 6], nil}]}",
  );
});

test("a shifted text is shown indented", () => {
  assert.equal(
    failure("foo(a,\n  b]", { line: 10, column: 5, file: "x.ex" }),
    `** (MismatchedDelimiterError) mismatched delimiter found on x.ex:11:8:
    error: unexpected token: ]
    │
 10 │     foo(a,
    │        └ unclosed delimiter
 11 │       b]
    │        └ mismatched closing delimiter (expected ")")
    │
    └─ x.ex:11:8`,
  );
});

test("line ends may be CRLF", () => {
  assert.equal(
    quoted("a\r\n+ b\r\nc"),
    "{:__block__, [], [{:a, [line: 1], nil}, {:+, [line: 2], [{:b, [line: 2], nil}]}, {:c, [line: 3], nil}]}",
  );
});

test("unescape: false keeps escapes", () => {
  assert.equal(quoted('"a\\n"', { unescape: false }), '"a\\\\n"');
});

describe("literal encoder", () => {
  test("gets every literal with its metadata", () => {
    assert.equal(
      quoted("[1, :a, {c, ?b}, e: 'f']", { literalEncoder: literal, tokenMetadata: true, columns: true }),
      '{:lit, [closing: [line: 1, column: 24], line: 1, column: 1], [[{:lit, [token: "1", line: 1, column: 2], [1]}, ' +
        "{:lit, [line: 1, column: 5], [:a]}, {:lit, [closing: [line: 1, column: 15], line: 1, column: 9], " +
        '[{{:c, [line: 1, column: 10], nil}, {:lit, [token: "?b", line: 1, column: 13], [98]}}]}, ' +
        "{{:lit, [format: :keyword, line: 1, column: 18], [:e]}, " +
        '{:lit, [delimiter: "\'", line: 1, column: 21], [[102]]}}]]}',
    );
  });

  test("its error is a syntax error", () => {
    const literalEncoder = () => ({ error: "no" });
    assert.equal(reason("[1]", { literalEncoder }), '{[line: 1, column: 2], "no: ", "literal"}');
  });

  test("can be deferred until the tree is made", () => {
    const source = "[1, {:a, [2]}]";
    const deferred = new DeferredEncoder();
    const tree = parse(source, { literalEncoder: deferred.encode });
    for (const call of deferred.calls) call.answer(literal(call.argument(), call.meta).ok);
    assert.equal(inspect(fill(tree)), quoted(source, { literalEncoder: literal }));
  });
});

describe("atoms", () => {
  test("existing_atoms_only refuses new names", () => {
    const options = { existingAtomsOnly: true };
    assert.equal(
      reason("never_seen_before", options),
      '{[line: 1, column: 1], "unsafe atom does not exist: ", "never_seen_before"}',
    );
    assert.match(quoted(':"new#{1}"', options), /:binary_to_existing_atom/);
  });

  test("the static atoms encoder replaces names, not operators and keywords", () => {
    const staticAtomsEncoder = (name: string, _meta: Term) => ({ ok: text(name) });
    assert.equal(
      quoted("if a, do: :b + C.d(nil)", { staticAtomsEncoder }),
      '{"if", [line: 1], [{"a", [line: 1], nil}, [{"do", {:+, [line: 1], ["b", ' +
        '{{:., [line: 1], [{:__aliases__, [line: 1], ["C"]}, "d"]}, [line: 1], [nil]}]}}]]}',
    );
  });
});

test("comments are reported with the line breaks around them", () => {
  const comments: Comment[] = [];
  parse("# a\n\nb # c\n\n# d\n# e\n\n\nf(# g\n1)\n# h", { onComment: (comment) => comments.push(comment) });
  assert.deepEqual(
    comments.map((c) => [c.text, c.line, c.column, c.previousEolCount, c.nextEolCount]),
    [
      ["# a", 1, 1, 1, 2],
      ["# c", 3, 3, 0, 2],
      ["# d", 5, 1, 2, 1],
      ["# e", 6, 1, 1, 3],
      ["# g", 9, 3, 0, 1],
      ["# h", 11, 1, 1, 0],
    ],
  );
});

describe("reasons", () => {
  const rows: [string, string][] = [
    ["+", '{[line: 1, column: 1], "syntax error before: ", ""}'],
    ["a 1 b", '{[line: 1, column: 5], "syntax error before: ", "b"}'],
    ['a "b" "c"', '{[line: 1, column: 7], "syntax error before: ", "[<<\\"c\\">>]"}'],
    ["end", '{[line: 1, column: 1], {"unexpected reserved word: ", ""}, "end"}'],
    [
      "foo(a",
      '{[opening_delimiter: :"(", expected_delimiter: :")", line: 1, column: 4, end_line: 1, end_column: 6], ' +
        '"missing terminator: )", ""}',
    ],
    [
      "foo(a]",
      "{[line: 1, column: 4, end_line: 1, end_column: 6, error_type: :mismatched_delimiter, " +
        'opening_delimiter: :"(", closing_delimiter: :"]", expected_delimiter: :")"], "unexpected token: ", "]"}',
    ],
  ];
  for (const [source, expected] of rows) test(source, () => assert.equal(reason(source), expected));
});
