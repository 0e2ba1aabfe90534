/** Lists, tuples, binaries, maps and structs. */
import { quotes } from "./check.ts";

quotes([
  ["[]", "[]"],
  ["[1, 2]", "[1, 2]"],
  ["[1, 2,]", "[1, 2]"],
  ["[a: 1, b: 2]", "[a: 1, b: 2]"],
  ["[1, a: 2]", "[1, {:a, 2}]"],
  ["[1 | 2]", "[{:|, [line: 1], [1, 2]}]"],
  ["[a: 1 | b]", "[a: {:|, [line: 1], [1, {:b, [line: 1], nil}]}]"],
  [
    '["a b": 1, "c#{d}": 2]',
    '[{:"a b", 1}, {{{:., [line: 1], [:erlang, :binary_to_atom]}, [line: 1], [{:<<>>, [line: 1], ["c", {:"::", [line: 1], [{{:., [line: 1], [Kernel, :to_string]}, [from_interpolation: true, line: 1], [{:d, [line: 1], nil}]}, {:binary, [line: 1], nil}]}]}, :utf8]}, 2}]',
  ],
  [
    "[+: 1, and: 2, nil: 3, do: 4, %{}: 5, <<>>: 6, ..//: 7]",
    "[+: 1, and: 2, nil: 3, do: 4, %{}: 5, <<>>: 6, ..//: 7]",
  ],
  ["[a?: 1, b!: 2, A: 3]", "[a?: 1, b!: 2, A: 3]"],
  ["{}", "{:{}, [line: 1], []}"],
  ["{1}", "{:{}, [line: 1], [1]}"],
  ["{1, 2}", "{1, 2}"],
  ["{1, 2, 3}", "{:{}, [line: 1], [1, 2, 3]}"],
  ["{1, a: 2}", "{1, [a: 2]}"],
  ["<<>>", "{:<<>>, [line: 1], []}"],
  [
    "<<1, a::8, b::binary-size(3)>>",
    '{:<<>>, [line: 1], [1, {:"::", [line: 1], [{:a, [line: 1], nil}, 8]}, {:"::", [line: 1], [{:b, [line: 1], nil}, {:-, [line: 1], [{:binary, [line: 1], nil}, {:size, [line: 1], [3]}]}]}]}',
  ],
  ["%{}", "{:%{}, [line: 1], []}"],
  ["%{a: 1}", "{:%{}, [line: 1], [a: 1]}"],
  ["%{1 => 2, a: 3}", "{:%{}, [line: 1], [{1, 2}, {:a, 3}]}"],
  ["%{a | b: 1}", "{:%{}, [line: 1], [{:|, [line: 1], [{:a, [line: 1], nil}, [b: 1]]}]}"],
  [
    "%{a | b => c, d: e}",
    "{:%{}, [line: 1], [{:|, [line: 1], [{:a, [line: 1], nil}, [{{:b, [line: 1], nil}, {:c, [line: 1], nil}}, {:d, {:e, [line: 1], nil}}]]}]}",
  ],
  [
    "%{a | b | c => d}",
    "{:%{}, [line: 1], [{:|, [line: 1], [{:a, [line: 1], nil}, [{{:|, [line: 1], [{:b, [line: 1], nil}, {:c, [line: 1], nil}]}, {:d, [line: 1], nil}}]]}]}",
  ],
  [
    "%{a :: b | c => d}",
    '{:%{}, [line: 1], [{{:"::", [line: 1], [{:a, [line: 1], nil}, {:|, [line: 1], [{:b, [line: 1], nil}, {:c, [line: 1], nil}]}]}, {:d, [line: 1], nil}}]}',
  ],
  ["%{a | b}", "{:%{}, [line: 1], [{:|, [line: 1], [{:a, [line: 1], nil}, [{:b, [line: 1], nil}]]}]}"],
  ["%{a}", "{:%{}, [line: 1], [{:a, [line: 1], nil}]}"],
  [
    "%{@a, -b}",
    "{:%{}, [line: 1], [{:@, [line: 1], [{:a, [line: 1], nil}]}, {:-, [line: 1], [{:b, [line: 1], nil}]}]}",
  ],
  [
    "%{if a do b end => c}",
    "{:%{}, [line: 1], [{{:if, [line: 1], [{:a, [line: 1], nil}, [do: {:b, [line: 1], nil}]]}, {:c, [line: 1], nil}}]}",
  ],
  ["%A{}", "{:%, [line: 1], [{:__aliases__, [line: 1], [:A]}, {:%{}, [line: 1], []}]}"],
  ["%A.B{a: 1}", "{:%, [line: 1], [{:__aliases__, [line: 1], [:A, :B]}, {:%{}, [line: 1], [a: 1]}]}"],
  ["%a{}", "{:%, [line: 1], [{:a, [line: 1], nil}, {:%{}, [line: 1], []}]}"],
  ["%^a{}", "{:%, [line: 1], [{:^, [line: 1], [{:a, [line: 1], nil}]}, {:%{}, [line: 1], []}]}"],
  [
    "%__MODULE__{b | c: 1}",
    "{:%, [line: 1], [{:__MODULE__, [line: 1], nil}, {:%{}, [line: 1], [{:|, [line: 1], [{:b, [line: 1], nil}, [c: 1]]}]}]}",
  ],
  [
    "%a.b{}",
    "{:%, [line: 1], [{{:., [line: 1], [{:a, [line: 1], nil}, :b]}, [no_parens: true, line: 1], []}, {:%{}, [line: 1], []}]}",
  ],
  ["%f(x){}", "{:%, [line: 1], [{:f, [line: 1], [{:x, [line: 1], nil}]}, {:%{}, [line: 1], []}]}"],
  ["%{a: 1}.a", "{{:., [line: 1], [{:%{}, [line: 1], [a: 1]}, :a]}, [no_parens: true, line: 1], []}"],
  [
    "%{a: 1}[:a]",
    "{{:., [from_brackets: true, line: 1], [Access, :get]}, [from_brackets: true, line: 1], [{:%{}, [line: 1], [a: 1]}, :a]}",
  ],
  ["[if a do b end]", "[{:if, [line: 1], [{:a, [line: 1], nil}, [do: {:b, [line: 1], nil}]]}]"],
  [
    "{if a do b end, c}",
    "{{:if, [line: 1], [{:a, [line: 1], nil}, [do: {:b, [line: 1], nil}]]}, {:c, [line: 1], nil}}",
  ],
]);
