/** Calls with and without parentheses, dots, access and do-blocks. */
import { quotes } from "./check.ts";

quotes([
  ["f", "{:f, [line: 1], nil}"],
  ["f()", "{:f, [line: 1], []}"],
  ["f(1)", "{:f, [line: 1], [1]}"],
  ["f(1, 2)", "{:f, [line: 1], [1, 2]}"],
  ["f(1, a: 2)", "{:f, [line: 1], [1, [a: 2]]}"],
  ["f(a: 1,)", "{:f, [line: 1], [[a: 1]]}"],
  [
    `f(
1,
2
)`,
    "{:f, [line: 1], [1, 2]}",
  ],
  ["f 1", "{:f, [line: 1], [1]}"],
  ["f 1, 2", "{:f, [line: 1], [1, 2]}"],
  ["f 1, a: 2, b: 3", "{:f, [line: 1], [1, [a: 2, b: 3]]}"],
  ["f a: 1", "{:f, [line: 1], [[a: 1]]}"],
  ["f g a, b", "{:f, [line: 1], [{:g, [line: 1], [{:a, [line: 1], nil}, {:b, [line: 1], nil}]}]}"],
  ["f g(a), b", "{:f, [line: 1], [{:g, [line: 1], [{:a, [line: 1], nil}]}, {:b, [line: 1], nil}]}"],
  ["f(g a, b)", "{:f, [line: 1], [{:g, [line: 1], [{:a, [line: 1], nil}, {:b, [line: 1], nil}]}]}"],
  ["f (1)", "{:f, [line: 1], [1]}"],
  ["f (1) + 2", "{:f, [line: 1], [{:+, [line: 1], [1, 2]}]}"],
  ["f(1)(2)", "{{:f, [line: 1], [1]}, [line: 1], [2]}"],
  ["f(1)(2) do 3 end", "{{:f, [line: 1], [1]}, [line: 1], [2, [do: 3]]}"],
  ["f.()", "{{:., [line: 1], [{:f, [line: 1], nil}]}, [line: 1], []}"],
  [
    "f.(1).(2)",
    "{{:., [line: 1], [{{:., [line: 1], [{:f, [line: 1], nil}]}, [line: 1], [1]}]}, [line: 1], [2]}",
  ],
  ["f.(1)(2)", "{{{:., [line: 1], [{:f, [line: 1], nil}]}, [line: 1], [1]}, [line: 1], [2]}"],
  ["f [1]", "{:f, [line: 1], [[1]]}"],
  [
    "f[1]",
    "{{:., [from_brackets: true, line: 1], [Access, :get]}, [from_brackets: true, line: 1], [{:f, [line: 1], nil}, 1]}",
  ],
  [
    "f [1][2]",
    "{:f, [line: 1], [{{:., [from_brackets: true, line: 1], [Access, :get]}, [from_brackets: true, line: 1], [[1], 2]}]}",
  ],
  ["f {1}", "{:f, [line: 1], [{:{}, [line: 1], [1]}]}"],
  ['f "a"', '{:f, [line: 1], ["a"]}'],
  ["f fn -> a end", "{:f, [line: 1], [{:fn, [line: 1], [{:->, [line: 1], [[], {:a, [line: 1], nil}]}]}]}"],
  ["a.b", "{{:., [line: 1], [{:a, [line: 1], nil}, :b]}, [no_parens: true, line: 1], []}"],
  ["a.b()", "{{:., [line: 1], [{:a, [line: 1], nil}, :b]}, [line: 1], []}"],
  ["a.b c", "{{:., [line: 1], [{:a, [line: 1], nil}, :b]}, [line: 1], [{:c, [line: 1], nil}]}"],
  [
    "a.b c, d",
    "{{:., [line: 1], [{:a, [line: 1], nil}, :b]}, [line: 1], [{:c, [line: 1], nil}, {:d, [line: 1], nil}]}",
  ],
  [
    "a.b.c.d",
    "{{:., [line: 1], [{{:., [line: 1], [{{:., [line: 1], [{:a, [line: 1], nil}, :b]}, [no_parens: true, line: 1], []}, :c]}, [no_parens: true, line: 1], []}, :d]}, [no_parens: true, line: 1], []}",
  ],
  [
    "a.b[c]",
    "{{:., [from_brackets: true, line: 1], [Access, :get]}, [from_brackets: true, line: 1], [{{:., [line: 1], [{:a, [line: 1], nil}, :b]}, [no_parens: true, line: 1], []}, {:c, [line: 1], nil}]}",
  ],
  ["a.B", "{:__aliases__, [line: 1], [{:a, [line: 1], nil}, :B]}"],
  [
    "a.B.c",
    "{{:., [line: 1], [{:__aliases__, [line: 1], [{:a, [line: 1], nil}, :B]}, :c]}, [no_parens: true, line: 1], []}",
  ],
  ["A.b", "{{:., [line: 1], [{:__aliases__, [line: 1], [:A]}, :b]}, [no_parens: true, line: 1], []}"],
  ["A.B.c(1)", "{{:., [line: 1], [{:__aliases__, [line: 1], [:A, :B]}, :c]}, [line: 1], [1]}"],
  [
    "A.{B, C.D}",
    "{{:., [line: 1], [{:__aliases__, [line: 1], [:A]}, :{}]}, [line: 1], [{:__aliases__, [line: 1], [:B]}, {:__aliases__, [line: 1], [:C, :D]}]}",
  ],
  ["A.{}", "{{:., [line: 1], [{:__aliases__, [line: 1], [:A]}, :{}]}, [line: 1], []}"],
  [":a.b", "{{:., [line: 1], [:a, :b]}, [no_parens: true, line: 1], []}"],
  ['a."b c"', '{{:., [line: 1], [{:a, [line: 1], nil}, :"b c"]}, [no_parens: true, line: 1], []}'],
  ['a."b c"(1)', '{{:., [line: 1], [{:a, [line: 1], nil}, :"b c"]}, [line: 1], [1]}'],
  ['a."b"', "{{:., [line: 1], [{:a, [line: 1], nil}, :b]}, [no_parens: true, line: 1], []}"],
  ["a.+ 1", "{{:., [line: 1], [{:a, [line: 1], nil}, :+]}, [line: 1], [1]}"],
  ["Kernel.+(1, 2)", "{{:., [line: 1], [{:__aliases__, [line: 1], [:Kernel]}, :+]}, [line: 1], [1, 2]}"],
  ["a.and", "{{:., [line: 1], [{:a, [line: 1], nil}, :and]}, [no_parens: true, line: 1], []}"],
  ["a.nil", "{{:., [line: 1], [{:a, [line: 1], nil}, nil]}, [no_parens: true, line: 1], []}"],
  [
    `a.
b`,
    "{{:., [line: 1], [{:a, [line: 1], nil}, :b]}, [no_parens: true, line: 2], []}",
  ],
  [
    `a # c
.b`,
    "{{:., [line: 2], [{:a, [line: 1], nil}, :b]}, [no_parens: true, line: 2], []}",
  ],
  [
    "a[b]",
    "{{:., [from_brackets: true, line: 1], [Access, :get]}, [from_brackets: true, line: 1], [{:a, [line: 1], nil}, {:b, [line: 1], nil}]}",
  ],
  [
    "a[b: 1]",
    "{{:., [from_brackets: true, line: 1], [Access, :get]}, [from_brackets: true, line: 1], [{:a, [line: 1], nil}, [b: 1]]}",
  ],
  [
    "a[b,]",
    "{{:., [from_brackets: true, line: 1], [Access, :get]}, [from_brackets: true, line: 1], [{:a, [line: 1], nil}, {:b, [line: 1], nil}]}",
  ],
  [
    "a[b][c]",
    "{{:., [from_brackets: true, line: 1], [Access, :get]}, [from_brackets: true, line: 1], [{{:., [from_brackets: true, line: 1], [Access, :get]}, [from_brackets: true, line: 1], [{:a, [line: 1], nil}, {:b, [line: 1], nil}]}, {:c, [line: 1], nil}]}",
  ],
  ["a [b]", "{:a, [line: 1], [[{:b, [line: 1], nil}]]}"],
  [
    '"a"["b"]',
    '{{:., [from_brackets: true, line: 1], [Access, :get]}, [from_brackets: true, line: 1], ["a", "b"]}',
  ],
  [
    "[1][0]",
    "{{:., [from_brackets: true, line: 1], [Access, :get]}, [from_brackets: true, line: 1], [[1], 0]}",
  ],
  [
    "(a)[b]",
    "{{:., [from_brackets: true, line: 1], [Access, :get]}, [from_brackets: true, line: 1], [{:a, [line: 1], nil}, {:b, [line: 1], nil}]}",
  ],
  [
    "nil[0]",
    "{{:., [from_brackets: true, line: 1], [Access, :get]}, [from_brackets: true, line: 1], [nil, 0]}",
  ],
  ["f do a end", "{:f, [line: 1], [[do: {:a, [line: 1], nil}]]}"],
  [
    "f do a else b after c end",
    "{:f, [line: 1], [[do: {:a, [line: 1], nil}, else: {:b, [line: 1], nil}, after: {:c, [line: 1], nil}]]}",
  ],
  ["f a do b end", "{:f, [line: 1], [{:a, [line: 1], nil}, [do: {:b, [line: 1], nil}]]}"],
  [
    "f a, b: c do d end",
    "{:f, [line: 1], [{:a, [line: 1], nil}, [b: {:c, [line: 1], nil}], [do: {:d, [line: 1], nil}]]}",
  ],
  [
    "f g a do b end",
    "{:f, [line: 1], [{:g, [line: 1], [{:a, [line: 1], nil}]}, [do: {:b, [line: 1], nil}]]}",
  ],
  [
    "x = f a do b end",
    "{:=, [line: 1], [{:x, [line: 1], nil}, {:f, [line: 1], [{:a, [line: 1], nil}, [do: {:b, [line: 1], nil}]]}]}",
  ],
  [
    "f(a) do b end |> c",
    "{:|>, [line: 1], [{:f, [line: 1], [{:a, [line: 1], nil}, [do: {:b, [line: 1], nil}]]}, {:c, [line: 1], nil}]}",
  ],
  ["a.b do c end", "{{:., [line: 1], [{:a, [line: 1], nil}, :b]}, [line: 1], [[do: {:c, [line: 1], nil}]]}"],
  [
    "a.b c do d end",
    "{{:., [line: 1], [{:a, [line: 1], nil}, :b]}, [line: 1], [{:c, [line: 1], nil}, [do: {:d, [line: 1], nil}]]}",
  ],
  [
    "f a, do: b, else: c",
    "{:f, [line: 1], [{:a, [line: 1], nil}, [do: {:b, [line: 1], nil}, else: {:c, [line: 1], nil}]]}",
  ],
  ["f a: g b, c", "{:f, [line: 1], [[a: {:g, [line: 1], [{:b, [line: 1], nil}, {:c, [line: 1], nil}]}]]}"],
  [
    "spawn fn -> b end",
    "{:spawn, [line: 1], [{:fn, [line: 1], [{:->, [line: 1], [[], {:b, [line: 1], nil}]}]}]}",
  ],
  [
    "Enum.map a, &(&1 + 1)",
    "{{:., [line: 1], [{:__aliases__, [line: 1], [:Enum]}, :map]}, [line: 1], [{:a, [line: 1], nil}, {:&, [line: 1], [{:+, [line: 1], [{:&, [line: 1], [1]}, 1]}]}]}",
  ],
  [
    "x.unquote(f)(a)",
    "{{{:., [line: 1], [{:x, [line: 1], nil}, :unquote]}, [line: 1], [{:f, [line: 1], nil}]}, [line: 1], [{:a, [line: 1], nil}]}",
  ],
]);
