/** Precedence, associativity and the double roles of operators. */
import { quotes } from "./check.ts";

quotes([
  [
    "a = b = c",
    "{:=, [line: 1], [{:a, [line: 1], nil}, {:=, [line: 1], [{:b, [line: 1], nil}, {:c, [line: 1], nil}]}]}",
  ],
  [
    "a + b * c - d",
    "{:-, [line: 1], [{:+, [line: 1], [{:a, [line: 1], nil}, {:*, [line: 1], [{:b, [line: 1], nil}, {:c, [line: 1], nil}]}]}, {:d, [line: 1], nil}]}",
  ],
  [
    "a - b - c",
    "{:-, [line: 1], [{:-, [line: 1], [{:a, [line: 1], nil}, {:b, [line: 1], nil}]}, {:c, [line: 1], nil}]}",
  ],
  [
    "a ++ b ++ c",
    "{:++, [line: 1], [{:a, [line: 1], nil}, {:++, [line: 1], [{:b, [line: 1], nil}, {:c, [line: 1], nil}]}]}",
  ],
  [
    "a <> b -- c",
    "{:<>, [line: 1], [{:a, [line: 1], nil}, {:--, [line: 1], [{:b, [line: 1], nil}, {:c, [line: 1], nil}]}]}",
  ],
  ["a..b", "{:.., [line: 1], [{:a, [line: 1], nil}, {:b, [line: 1], nil}]}"],
  ["a..b//c", "{:..//, [line: 1], [{:a, [line: 1], nil}, {:b, [line: 1], nil}, {:c, [line: 1], nil}]}"],
  [
    "a ** b ** c",
    "{:**, [line: 1], [{:**, [line: 1], [{:a, [line: 1], nil}, {:b, [line: 1], nil}]}, {:c, [line: 1], nil}]}",
  ],
  ["-a ** b", "{:**, [line: 1], [{:-, [line: 1], [{:a, [line: 1], nil}]}, {:b, [line: 1], nil}]}"],
  [
    "a ^^^ b &&& c ||| d",
    '{:|||, [line: 1], [{:&&&, [line: 1], [{:"^^^", [line: 1], [{:a, [line: 1], nil}, {:b, [line: 1], nil}]}, {:c, [line: 1], nil}]}, {:d, [line: 1], nil}]}',
  ],
  [
    "a |> b <~> c ~>> d <<~ e",
    "{:<<~, [line: 1], [{:~>>, [line: 1], [{:<~>, [line: 1], [{:|>, [line: 1], [{:a, [line: 1], nil}, {:b, [line: 1], nil}]}, {:c, [line: 1], nil}]}, {:d, [line: 1], nil}]}, {:e, [line: 1], nil}]}",
  ],
  [
    "a <<< b >>> c",
    "{:>>>, [line: 1], [{:<<<, [line: 1], [{:a, [line: 1], nil}, {:b, [line: 1], nil}]}, {:c, [line: 1], nil}]}",
  ],
  [
    "a == b != c === d !== e =~ f",
    "{:=~, [line: 1], [{:!==, [line: 1], [{:===, [line: 1], [{:!=, [line: 1], [{:==, [line: 1], [{:a, [line: 1], nil}, {:b, [line: 1], nil}]}, {:c, [line: 1], nil}]}, {:d, [line: 1], nil}]}, {:e, [line: 1], nil}]}, {:f, [line: 1], nil}]}",
  ],
  [
    "a < b > c <= d >= e",
    "{:>=, [line: 1], [{:<=, [line: 1], [{:>, [line: 1], [{:<, [line: 1], [{:a, [line: 1], nil}, {:b, [line: 1], nil}]}, {:c, [line: 1], nil}]}, {:d, [line: 1], nil}]}, {:e, [line: 1], nil}]}",
  ],
  [
    "a && b || c and d or e",
    "{:or, [line: 1], [{:||, [line: 1], [{:&&, [line: 1], [{:a, [line: 1], nil}, {:b, [line: 1], nil}]}, {:and, [line: 1], [{:c, [line: 1], nil}, {:d, [line: 1], nil}]}]}, {:e, [line: 1], nil}]}",
  ],
  [
    "a <- b \\\\ c",
    "{:\\\\, [line: 1], [{:<-, [line: 1], [{:a, [line: 1], nil}, {:b, [line: 1], nil}]}, {:c, [line: 1], nil}]}",
  ],
  [
    "a :: b | c",
    '{:"::", [line: 1], [{:a, [line: 1], nil}, {:|, [line: 1], [{:b, [line: 1], nil}, {:c, [line: 1], nil}]}]}',
  ],
  [
    "a when b when c",
    "{:when, [line: 1], [{:a, [line: 1], nil}, {:when, [line: 1], [{:b, [line: 1], nil}, {:c, [line: 1], nil}]}]}",
  ],
  [
    "a | b | c",
    "{:|, [line: 1], [{:a, [line: 1], nil}, {:|, [line: 1], [{:b, [line: 1], nil}, {:c, [line: 1], nil}]}]}",
  ],
  ["not a == b", "{:==, [line: 1], [{:not, [line: 1], [{:a, [line: 1], nil}]}, {:b, [line: 1], nil}]}"],
  ["not a and b", "{:and, [line: 1], [{:not, [line: 1], [{:a, [line: 1], nil}]}, {:b, [line: 1], nil}]}"],
  ["!!a", "{:!, [line: 1], [{:!, [line: 1], [{:a, [line: 1], nil}]}]}"],
  ["- - a", "{:-, [line: 1], [{:-, [line: 1], [{:a, [line: 1], nil}]}]}"],
  [
    "+a.b",
    "{:+, [line: 1], [{{:., [line: 1], [{:a, [line: 1], nil}, :b]}, [no_parens: true, line: 1], []}]}",
  ],
  ["^a", "{:^, [line: 1], [{:a, [line: 1], nil}]}"],
  ["~~~a + b", '{:+, [line: 1], [{:"~~~", [line: 1], [{:a, [line: 1], nil}]}, {:b, [line: 1], nil}]}'],
  ["a in b", "{:in, [line: 1], [{:a, [line: 1], nil}, {:b, [line: 1], nil}]}"],
  ["a not in b", "{:not, [line: 1], [{:in, [line: 1], [{:a, [line: 1], nil}, {:b, [line: 1], nil}]}]}"],
  ["not a in b", "{:not, [line: 1], [{:in, [line: 1], [{:a, [line: 1], nil}, {:b, [line: 1], nil}]}]}"],
  ["not(a) in b", "{:not, [line: 1], [{:in, [line: 1], [{:a, [line: 1], nil}, {:b, [line: 1], nil}]}]}"],
  ["!a in b", "{:!, [line: 1], [{:in, [line: 1], [{:a, [line: 1], nil}, {:b, [line: 1], nil}]}]}"],
  [
    "(not a) in b",
    "{:in, [line: 1], [{:__block__, [], [{:not, [line: 1], [{:a, [line: 1], nil}]}]}, {:b, [line: 1], nil}]}",
  ],
  ["not (a in b)", "{:not, [line: 1], [{:in, [line: 1], [{:a, [line: 1], nil}, {:b, [line: 1], nil}]}]}"],
  ["@a", "{:@, [line: 1], [{:a, [line: 1], nil}]}"],
  ["@a b", "{:@, [line: 1], [{:a, [line: 1], [{:b, [line: 1], nil}]}]}"],
  ["@a b, c", "{:@, [line: 1], [{:a, [line: 1], [{:b, [line: 1], nil}, {:c, [line: 1], nil}]}]}"],
  [
    "@a.b",
    "{{:., [line: 1], [{:@, [line: 1], [{:a, [line: 1], nil}]}, :b]}, [no_parens: true, line: 1], []}",
  ],
  [
    "@a[1][2]",
    "{{:., [from_brackets: true, line: 1], [Access, :get]}, [from_brackets: true, line: 1], [{{:., [from_brackets: true, line: 1], [Access, :get]}, [from_brackets: true, line: 1], [{:@, [line: 1], [{:a, [line: 1], nil}]}, 1]}, 2]}",
  ],
  [
    "@spec f(x) :: y when x: z",
    '{:@, [line: 1], [{:spec, [line: 1], [{:when, [line: 1], [{:"::", [line: 1], [{:f, [line: 1], [{:x, [line: 1], nil}]}, {:y, [line: 1], nil}]}, [x: {:z, [line: 1], nil}]]}]}]}',
  ],
  ["&1", "{:&, [line: 1], [1]}"],
  ["& &1 + &2", "{:&, [line: 1], [{:+, [line: 1], [{:&, [line: 1], [1]}, {:&, [line: 1], [2]}]}]}"],
  ["&f/1", "{:&, [line: 1], [{:/, [line: 1], [{:f, [line: 1], nil}, 1]}]}"],
  [
    "&A.b/2",
    "{:&, [line: 1], [{:/, [line: 1], [{{:., [line: 1], [{:__aliases__, [line: 1], [:A]}, :b]}, [no_parens: true, line: 1], []}, 2]}]}",
  ],
  ["&+/2", "{:&, [line: 1], [{:/, [line: 1], [{:+, [line: 1], nil}, 2]}]}"],
  ["&a | b", "{:|, [line: 1], [{:&, [line: 1], [{:a, [line: 1], nil}]}, {:b, [line: 1], nil}]}"],
  [
    "a * &b + c",
    "{:*, [line: 1], [{:a, [line: 1], nil}, {:&, [line: 1], [{:+, [line: 1], [{:b, [line: 1], nil}, {:c, [line: 1], nil}]}]}]}",
  ],
  ["..", "{:.., [line: 1], []}"],
  ["...", "{:..., [line: 1], []}"],
  ["... a", "{:..., [line: 1], [{:a, [line: 1], nil}]}"],
  ["f ...", "{:f, [line: 1], [{:..., [line: 1], []}]}"],
  ["f .. 1", "{:.., [line: 1], [{:f, [line: 1], nil}, 1]}"],
  ["//a", "{:/, [line: 1], [{:/, [line: 1], nil}, {:a, [line: 1], nil}]}"],
  ["f -1", "{:f, [ambiguous_op: nil, line: 1], [{:-, [line: 1], [1]}]}"],
  ["f - 1", "{:-, [line: 1], [{:f, [line: 1], nil}, 1]}"],
  ["f-1", "{:-, [line: 1], [{:f, [line: 1], nil}, 1]}"],
  ["f -1, 2", "{:f, [line: 1], [{:-, [line: 1], [1]}, 2]}"],
  ["f --1", "{:--, [line: 1], [{:f, [line: 1], nil}, 1]}"],
  [
    `a
+ b`,
    "{:__block__, [], [{:a, [line: 1], nil}, {:+, [line: 2], [{:b, [line: 2], nil}]}]}",
  ],
  [
    `a +
b`,
    "{:+, [line: 1], [{:a, [line: 1], nil}, {:b, [line: 2], nil}]}",
  ],
  [
    `a

|> b
|> c`,
    "{:|>, [line: 4], [{:|>, [line: 3], [{:a, [line: 1], nil}, {:b, [line: 3], nil}]}, {:c, [line: 4], nil}]}",
  ],
  [
    `a
not in b`,
    "{:not, [line: 2], [{:in, [line: 2], [{:a, [line: 1], nil}, {:b, [line: 2], nil}]}]}",
  ],
  [
    "-if a do b end + 1",
    "{:-, [line: 1], [{:+, [line: 1], [{:if, [line: 1], [{:a, [line: 1], nil}, [do: {:b, [line: 1], nil}]]}, 1]}]}",
  ],
  [
    "if a do b end + f c",
    "{:+, [line: 1], [{:if, [line: 1], [{:a, [line: 1], nil}, [do: {:b, [line: 1], nil}]]}, {:f, [line: 1], [{:c, [line: 1], nil}]}]}",
  ],
]);
