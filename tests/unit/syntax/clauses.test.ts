/** Clauses, blocks and parentheses. */
import { quotes } from "./check.ts";

quotes([
  ["fn -> 1 end", "{:fn, [line: 1], [{:->, [line: 1], [[], 1]}]}"],
  ["fn a -> 1 end", "{:fn, [line: 1], [{:->, [line: 1], [[{:a, [line: 1], nil}], 1]}]}"],
  [
    "fn a, b -> 1 end",
    "{:fn, [line: 1], [{:->, [line: 1], [[{:a, [line: 1], nil}, {:b, [line: 1], nil}], 1]}]}",
  ],
  [
    "fn (a, b) -> 1 end",
    "{:fn, [line: 1], [{:->, [line: 1], [[{:a, [line: 1], nil}, {:b, [line: 1], nil}], 1]}]}",
  ],
  ["fn () -> 1 end", "{:fn, [line: 1], [{:->, [line: 1], [[], 1]}]}"],
  ["fn (a) -> 1 end", "{:fn, [line: 1], [{:->, [line: 1], [[{:a, [line: 1], nil}], 1]}]}"],
  [
    "fn a when b -> 1 end",
    "{:fn, [line: 1], [{:->, [line: 1], [[{:when, [line: 1], [{:a, [line: 1], nil}, {:b, [line: 1], nil}]}], 1]}]}",
  ],
  [
    "fn a, b when c -> 1 end",
    "{:fn, [line: 1], [{:->, [line: 1], [[{:when, [line: 1], [{:a, [line: 1], nil}, {:b, [line: 1], nil}, {:c, [line: 1], nil}]}], 1]}]}",
  ],
  [
    "fn (a, b) when c -> 1 end",
    "{:fn, [line: 1], [{:->, [line: 1], [[{:when, [line: 1], [{:a, [line: 1], nil}, {:b, [line: 1], nil}, {:c, [line: 1], nil}]}], 1]}]}",
  ],
  [
    "fn () when a -> 1 end",
    "{:fn, [line: 1], [{:->, [line: 1], [[{:when, [line: 1], [{:a, [line: 1], nil}]}], 1]}]}",
  ],
  ["fn a: 1 -> 2 end", "{:fn, [line: 1], [{:->, [line: 1], [[[a: 1]], 2]}]}"],
  ["fn (a, b: 1) -> 2 end", "{:fn, [line: 1], [{:->, [line: 1], [[{:a, [line: 1], nil}, [b: 1]], 2]}]}"],
  ["fn 1 -> 2; 3 -> 4 end", "{:fn, [line: 1], [{:->, [line: 1], [[1], 2]}, {:->, [line: 1], [[3], 4]}]}"],
  [
    "fn x -> y; z; w -> k end",
    "{:fn, [line: 1], [{:->, [line: 1], [[{:x, [line: 1], nil}], {:__block__, [], [{:y, [line: 1], nil}, {:z, [line: 1], nil}]}]}, {:->, [line: 1], [[{:w, [line: 1], nil}], {:k, [line: 1], nil}]}]}",
  ],
  ["fn a -> end", "{:fn, [line: 1], [{:->, [line: 1], [[{:a, [line: 1], nil}], nil]}]}"],
  [
    "fn f a, b -> c end",
    "{:fn, [line: 1], [{:->, [line: 1], [[{:f, [line: 1], [{:a, [line: 1], nil}, {:b, [line: 1], nil}]}], {:c, [line: 1], nil}]}]}",
  ],
  [
    "fn (unquote_splicing(a)) -> 1 end",
    "{:fn, [line: 1], [{:->, [line: 1], [[{:unquote_splicing, [line: 1], [{:a, [line: 1], nil}]}], 1]}]}",
  ],
  [
    "(unquote_splicing(a))",
    "{:__block__, [line: 1], [{:unquote_splicing, [line: 1], [{:a, [line: 1], nil}]}]}",
  ],
  ["(a; b)", "{:__block__, [line: 1], [{:a, [line: 1], nil}, {:b, [line: 1], nil}]}"],
  ["(a -> b)", "[{:->, [line: 1], [[{:a, [line: 1], nil}], {:b, [line: 1], nil}]}]"],
  [
    "(a, b -> c; d -> e)",
    "[{:->, [line: 1], [[{:a, [line: 1], nil}, {:b, [line: 1], nil}], {:c, [line: 1], nil}]}, {:->, [line: 1], [[{:d, [line: 1], nil}], {:e, [line: 1], nil}]}]",
  ],
  [
    "((a, b) -> c)",
    "[{:->, [line: 1], [[{:a, [line: 1], nil}, {:b, [line: 1], nil}], {:c, [line: 1], nil}]}]",
  ],
  ["()", "{:__block__, [], []}"],
  ["(;)", "{:__block__, [line: 1], []}"],
  ["(;a;)", "{:a, [line: 1], nil}"],
  ["(a)", "{:a, [line: 1], nil}"],
  ["(not a)", "{:__block__, [], [{:not, [line: 1], [{:a, [line: 1], nil}]}]}"],
  ["(1; !a)", "{:__block__, [line: 1], [1, {:!, [line: 1], [{:a, [line: 1], nil}]}]}"],
  ["a;b", "{:__block__, [], [{:a, [line: 1], nil}, {:b, [line: 1], nil}]}"],
  ["a;", "{:a, [line: 1], nil}"],
  [";a", "{:a, [line: 1], nil}"],
  [
    `

a
`,
    "{:a, [line: 3], nil}",
  ],
  [
    `# c
a # b
# c
b`,
    "{:__block__, [], [{:a, [line: 2], nil}, {:b, [line: 4], nil}]}",
  ],
  ["if a do end", "{:if, [line: 1], [{:a, [line: 1], nil}, [do: {:__block__, [], []}]]}"],
  [
    "if a do b else c end",
    "{:if, [line: 1], [{:a, [line: 1], nil}, [do: {:b, [line: 1], nil}, else: {:c, [line: 1], nil}]]}",
  ],
  [
    `case a do
  b -> c
  d when e -> f
    g
  (h, i) -> j
end`,
    "{:case, [line: 1], [{:a, [line: 1], nil}, [do: [{:->, [line: 2], [[{:b, [line: 2], nil}], {:c, [line: 2], nil}]}, {:->, [line: 3], [[{:when, [line: 3], [{:d, [line: 3], nil}, {:e, [line: 3], nil}]}], {:__block__, [], [{:f, [line: 3], nil}, {:g, [line: 4], nil}]}]}, {:->, [line: 5], [[{:h, [line: 5], nil}, {:i, [line: 5], nil}], {:j, [line: 5], nil}]}]]]}",
  ],
  [
    "try do a rescue b -> c catch d, e -> f after g else h -> i end",
    "{:try, [line: 1], [[do: {:a, [line: 1], nil}, rescue: [{:->, [line: 1], [[{:b, [line: 1], nil}], {:c, [line: 1], nil}]}], catch: [{:->, [line: 1], [[{:d, [line: 1], nil}, {:e, [line: 1], nil}], {:f, [line: 1], nil}]}], after: {:g, [line: 1], nil}, else: [{:->, [line: 1], [[{:h, [line: 1], nil}], {:i, [line: 1], nil}]}]]]}",
  ],
  [
    "with {:ok, a} <- b, c = d do e else f -> g end",
    "{:with, [line: 1], [{:<-, [line: 1], [{:ok, {:a, [line: 1], nil}}, {:b, [line: 1], nil}]}, {:=, [line: 1], [{:c, [line: 1], nil}, {:d, [line: 1], nil}]}, [do: {:e, [line: 1], nil}, else: [{:->, [line: 1], [[{:f, [line: 1], nil}], {:g, [line: 1], nil}]}]]]}",
  ],
  [
    "receive do a -> b after 10 -> c end",
    "{:receive, [line: 1], [[do: [{:->, [line: 1], [[{:a, [line: 1], nil}], {:b, [line: 1], nil}]}], after: [{:->, [line: 1], [[10], {:c, [line: 1], nil}]}]]]}",
  ],
  [
    "def f(a, b \\\\ 1) when is_integer(a), do: a",
    "{:def, [line: 1], [{:when, [line: 1], [{:f, [line: 1], [{:a, [line: 1], nil}, {:\\\\, [line: 1], [{:b, [line: 1], nil}, 1]}]}, {:is_integer, [line: 1], [{:a, [line: 1], nil}]}]}, [do: {:a, [line: 1], nil}]]}",
  ],
]);
