/** Columns and token metadata. */
import { quotes } from "./check.ts";

quotes(
  [
    [
      `f(
  1
)`,
      "{:f, [newlines: 1, closing: [line: 3, column: 1], line: 1, column: 1], [1]}",
    ],
    [
      `f(1) do
  2
end`,
      "{:f, [do: [line: 1, column: 6], end: [line: 3, column: 1], closing: [line: 1, column: 4], line: 1, column: 1], [1, [do: 2]]}",
    ],
    [
      "a.b.c",
      "{{:., [line: 1, column: 4], [{{:., [line: 1, column: 2], [{:a, [line: 1, column: 1], nil}, :b]}, [no_parens: true, line: 1, column: 3], []}, :c]}, [no_parens: true, line: 1, column: 5], []}",
    ],
    ["A.B", "{:__aliases__, [last: [line: 1, column: 3], line: 1, column: 1], [:A, :B]}"],
    [
      `a = # x
  b`,
      "{:=, [newlines: 1, line: 1, column: 3], [{:a, [line: 1, column: 1], nil}, {:b, [line: 2, column: 3], nil}]}",
    ],
    [
      `a
|> b`,
      "{:|>, [newlines: 1, line: 2, column: 1], [{:a, [line: 1, column: 1], nil}, {:b, [line: 2, column: 4], nil}]}",
    ],
    [
      `fn ->
  a
end`,
      "{:fn, [closing: [line: 3, column: 1], line: 1, column: 1], [{:->, [newlines: 1, line: 1, column: 4], [[], {:a, [end_of_expression: [newlines: 1, line: 2, column: 4], line: 2, column: 3], nil}]}]}",
    ],
    [
      "fn a -> b end",
      "{:fn, [closing: [line: 1, column: 11], line: 1, column: 1], [{:->, [line: 1, column: 6], [[{:a, [line: 1, column: 4], nil}], {:b, [line: 1, column: 9], nil}]}]}",
    ],
    [
      "(a + b)",
      "{:+, [parens: [line: 1, column: 1, closing: [line: 1, column: 7]], line: 1, column: 4], [{:a, [line: 1, column: 2], nil}, {:b, [line: 1, column: 6], nil}]}",
    ],
    [
      "((a))",
      "{:a, [parens: [line: 1, column: 1, closing: [line: 1, column: 5]], parens: [line: 1, column: 2, closing: [line: 1, column: 4]], line: 1, column: 3], nil}",
    ],
    [
      `a; b


c`,
      "{:__block__, [], [{:a, [end_of_expression: [newlines: 0, line: 1, column: 2], line: 1, column: 1], nil}, {:b, [end_of_expression: [newlines: 3, line: 1, column: 5], line: 1, column: 4], nil}, {:c, [line: 4, column: 1], nil}]}",
    ],
    [
      "%{a => b}",
      "{:%{}, [closing: [line: 1, column: 9], line: 1, column: 1], [{{:a, [assoc: [line: 1, column: 5], line: 1, column: 3], nil}, {:b, [line: 1, column: 8], nil}}]}",
    ],
    [
      `%{a: 1
}`,
      "{:%{}, [closing: [line: 2, column: 1], line: 1, column: 1], [a: 1]}",
    ],
    [
      `[
  1]`,
      "[1]",
    ],
    [
      `{1,
2}`,
      "{1, 2}",
    ],
    [
      '"a#{b}"',
      '{:<<>>, [delimiter: "\\"", line: 1, column: 1], ["a", {:"::", [line: 1, column: 3], [{{:., [line: 1, column: 3], [Kernel, :to_string]}, [from_interpolation: true, closing: [line: 1, column: 6], line: 1, column: 3], [{:b, [line: 1, column: 5], nil}]}, {:binary, [line: 1, column: 3], nil}]}]}',
    ],
    [
      `"""
  a#{b}
  """`,
      '{:<<>>, [delimiter: "\\"\\"\\"", indentation: 2, line: 1, column: 1], ["a", {:"::", [line: 2, column: 4], [{{:., [line: 2, column: 4], [Kernel, :to_string]}, [from_interpolation: true, closing: [line: 2, column: 7], line: 2, column: 4], [{:b, [line: 2, column: 6], nil}]}, {:binary, [line: 2, column: 4], nil}]}, "\\n"]}',
    ],
    [
      ':"a#{b}"',
      '{{:., [line: 1, column: 1], [:erlang, :binary_to_atom]}, [delimiter: "\\"", line: 1, column: 1], [{:<<>>, [line: 1, column: 1], ["a", {:"::", [line: 1, column: 4], [{{:., [line: 1, column: 4], [Kernel, :to_string]}, [from_interpolation: true, closing: [line: 1, column: 7], line: 1, column: 4], [{:b, [line: 1, column: 6], nil}]}, {:binary, [line: 1, column: 4], nil}]}]}, :utf8]}',
    ],
    [
      `~s"""
  a
  """`,
      '{:sigil_s, [delimiter: "\\"\\"\\"", line: 1, column: 1], [{:<<>>, [indentation: 2, line: 1, column: 1], ["a\\n"]}, []]}',
    ],
    [
      "a[b]",
      "{{:., [from_brackets: true, closing: [line: 1, column: 4], line: 1, column: 2], [Access, :get]}, [from_brackets: true, closing: [line: 1, column: 4], line: 1, column: 2], [{:a, [line: 1, column: 1], nil}, {:b, [line: 1, column: 3], nil}]}",
    ],
    [
      "a.{b, c}",
      "{{:., [line: 1, column: 2], [{:a, [line: 1, column: 1], nil}, :{}]}, [closing: [line: 1, column: 8], line: 1, column: 2], [{:b, [line: 1, column: 4], nil}, {:c, [line: 1, column: 7], nil}]}",
    ],
    [
      'a."b"',
      '{{:., [line: 1, column: 2], [{:a, [line: 1, column: 1], nil}, :b]}, [no_parens: true, delimiter: "\\"", line: 1, column: 3], []}',
    ],
    ["f -1", "{:f, [ambiguous_op: nil, line: 1, column: 1], [{:-, [line: 1, column: 3], [1]}]}"],
    [
      `if a do
  b
else
  c
end`,
      "{:if, [do: [line: 1, column: 6], end: [line: 5, column: 1], line: 1, column: 1], [{:a, [line: 1, column: 4], nil}, [do: {:b, [end_of_expression: [newlines: 1, line: 2, column: 4], line: 2, column: 3], nil}, else: {:c, [end_of_expression: [newlines: 1, line: 4, column: 4], line: 4, column: 3], nil}]]}",
    ],
    [
      `case a do
  b -> c

  (d, e) -> f
end`,
      "{:case, [do: [line: 1, column: 8], end: [line: 5, column: 1], line: 1, column: 1], [{:a, [line: 1, column: 6], nil}, [do: [{:->, [line: 2, column: 5], [[{:b, [line: 2, column: 3], nil}], {:c, [end_of_expression: [newlines: 2, line: 2, column: 9], line: 2, column: 8], nil}]}, {:->, [parens: [line: 4, column: 3, closing: [line: 4, column: 8]], line: 4, column: 10], [[{:d, [line: 4, column: 4], nil}, {:e, [line: 4, column: 7], nil}], {:f, [end_of_expression: [newlines: 1, line: 4, column: 14], line: 4, column: 13], nil}]}]]]}",
    ],
    [
      "fn () -> 1 end",
      "{:fn, [closing: [line: 1, column: 12], line: 1, column: 1], [{:->, [parens: [line: 1, column: 4, closing: [line: 1, column: 5]], line: 1, column: 7], [[], 1]}]}",
    ],
    ["1..2//3", "{:..//, [line: 1, column: 2], [1, 2, 3]}"],
    [
      "not a in b",
      "{:not, [line: 1, column: 7], [{:in, [line: 1, column: 7], [{:a, [line: 1, column: 5], nil}, {:b, [line: 1, column: 10], nil}]}]}",
    ],
    [
      "a not in b",
      "{:not, [line: 1, column: 3], [{:in, [line: 1, column: 3], [{:a, [line: 1, column: 1], nil}, {:b, [line: 1, column: 10], nil}]}]}",
    ],
    [
      "%A{b | c: 1}",
      "{:%, [line: 1, column: 1], [{:__aliases__, [last: [line: 1, column: 2], line: 1, column: 2], [:A]}, {:%{}, [closing: [line: 1, column: 12], line: 1, column: 3], [{:|, [line: 1, column: 6], [{:b, [line: 1, column: 4], nil}, [c: 1]]}]}]}",
    ],
    ["@a 1", "{:@, [line: 1, column: 1], [{:a, [line: 1, column: 2], [1]}]}"],
    [
      "f(1)(2)",
      "{{:f, [closing: [line: 1, column: 4], line: 1, column: 1], [1]}, [closing: [line: 1, column: 7], closing: [line: 1, column: 4], line: 1, column: 1], [2]}",
    ],
    ['"日本" + é', '{:+, [line: 1, column: 6], ["日本", {:é, [line: 1, column: 8], nil}]}'],
  ],
  { columns: true, tokenMetadata: true },
);
