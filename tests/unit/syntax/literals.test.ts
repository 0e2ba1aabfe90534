/** Numbers, atoms, names, strings and sigils. */
import { quotes } from "./check.ts";

quotes([
  ["1", "1"],
  ["1_000", "1000"],
  ["0x1F", "31"],
  ["0b101", "5"],
  ["0o17", "15"],
  ["123456789012345678901234567890", "123456789012345678901234567890"],
  ["0xFFFF_FFFF_FFFF_FFFF", "18446744073709551615"],
  ["9007199254740993", "9007199254740993"],
  ["1.5", "1.5"],
  ["1.0e10", "10000000000.0"],
  ["1.0E-3", "0.001"],
  ["-1", "{:-, [line: 1], [1]}"],
  ["?a", "97"],
  ["?\\n", "10"],
  ["?\\\\", "92"],
  ["?é", "233"],
  ["true", "true"],
  ["nil", "nil"],
  [":a", ":a"],
  [":a?", ":a?"],
  [":a@b", ":a@b"],
  [':"a b"', ':"a b"'],
  [
    ':"a#{b}"',
    '{{:., [line: 1], [:erlang, :binary_to_atom]}, [line: 1], [{:<<>>, [line: 1], ["a", {:"::", [line: 1], [{{:., [line: 1], [Kernel, :to_string]}, [from_interpolation: true, line: 1], [{:b, [line: 1], nil}]}, {:binary, [line: 1], nil}]}]}, :utf8]}',
  ],
  [":'a b'", ':"a b"'],
  [":+", ":+"],
  [":..", ":.."],
  [":...", ":..."],
  [":<<>>", ":<<>>"],
  [":%{}", ":%{}"],
  [":&&&", ":&&&"],
  [":.", ":."],
  [":->", ":->"],
  [':"::"', ':"::"'],
  [":É", ":É"],
  ["A", "{:__aliases__, [line: 1], [:A]}"],
  ["A.B.C", "{:__aliases__, [line: 1], [:A, :B, :C]}"],
  ["__MODULE__", "{:__MODULE__, [line: 1], nil}"],
  ["é", "{:é, [line: 1], nil}"],
  ["日本語", "{:日本語, [line: 1], nil}"],
  ["a_б", "{:a_б, [line: 1], nil}"],
  ['"abc"', '"abc"'],
  ['""', '""'],
  [
    '"a#{b}c"',
    '{:<<>>, [line: 1], ["a", {:"::", [line: 1], [{{:., [line: 1], [Kernel, :to_string]}, [from_interpolation: true, line: 1], [{:b, [line: 1], nil}]}, {:binary, [line: 1], nil}]}, "c"]}',
  ],
  [
    '"a#{}c"',
    '{:<<>>, [line: 1], ["a", {:"::", [line: 1], [{{:., [line: 1], [Kernel, :to_string]}, [from_interpolation: true, line: 1], [{:__block__, [], []}]}, {:binary, [line: 1], nil}]}, "c"]}',
  ],
  [
    '"a#{b; c}d"',
    '{:<<>>, [line: 1], ["a", {:"::", [line: 1], [{{:., [line: 1], [Kernel, :to_string]}, [from_interpolation: true, line: 1], [{:__block__, [], [{:b, [line: 1], nil}, {:c, [line: 1], nil}]}]}, {:binary, [line: 1], nil}]}, "d"]}',
  ],
  [
    '"#{"#{a}"}"',
    '{:<<>>, [line: 1], [{:"::", [line: 1], [{{:., [line: 1], [Kernel, :to_string]}, [from_interpolation: true, line: 1], [{:<<>>, [line: 1], [{:"::", [line: 1], [{{:., [line: 1], [Kernel, :to_string]}, [from_interpolation: true, line: 1], [{:a, [line: 1], nil}]}, {:binary, [line: 1], nil}]}]}]}, {:binary, [line: 1], nil}]}]}',
  ],
  [
    '"a\\nb\\tc\\0\\a\\b\\d\\e\\f\\r\\s\\v\\\\\\"\\#{x}"',
    "<<97, 10, 98, 9, 99, 0, 7, 8, 127, 27, 12, 13, 32, 11, 92, 34, 35, 123, 120, 125>>",
  ],
  ['"\\x41\\u0041\\u{41}\\u{1F600}"', '"AAA😀"'],
  ['"\\xFF"', "<<255>>"],
  [
    `"a\\
b"`,
    '"ab"',
  ],
  ["'abc'", "[97, 98, 99]"],
  [
    "'a#{b}c'",
    '{{:., [line: 1], [List, :to_charlist]}, [line: 1], [["a", {{:., [line: 1], [Kernel, :to_string]}, [from_interpolation: true, line: 1], [{:b, [line: 1], nil}]}, "c"]]}',
  ],
  [
    `"""
  a
    b
  """`,
    '"a\\n  b\\n"',
  ],
  [
    `"""
a#{b}c

d
"""`,
    '{:<<>>, [line: 1], ["a", {:"::", [line: 2], [{{:., [line: 2], [Kernel, :to_string]}, [from_interpolation: true, line: 2], [{:b, [line: 2], nil}]}, {:binary, [line: 2], nil}]}, "c\\n\\nd\\n"]}',
  ],
  [
    `"""
  a \\
  b
  """`,
    '"a b\\n"',
  ],
  ["~s(a)", '{:sigil_s, [delimiter: "(", line: 1], [{:<<>>, [line: 1], ["a"]}, []]}'],
  ["~s(a\\)b)", '{:sigil_s, [delimiter: "(", line: 1], [{:<<>>, [line: 1], ["a)b"]}, []]}'],
  ["~S(a#{b}c)", '{:sigil_S, [delimiter: "(", line: 1], [{:<<>>, [line: 1], ["a\\#{b}c"]}, []]}'],
  [
    "~s(a#{b}c)",
    '{:sigil_s, [delimiter: "(", line: 1], [{:<<>>, [line: 1], ["a", {:"::", [line: 1], [{{:., [line: 1], [Kernel, :to_string]}, [from_interpolation: true, line: 1], [{:b, [line: 1], nil}]}, {:binary, [line: 1], nil}]}, "c"]}, []]}',
  ],
  ["~r/a\\/b/iu", '{:sigil_r, [delimiter: "/", line: 1], [{:<<>>, [line: 1], ["a/b"]}, [105, 117]]}'],
  ["~w[a b]a", '{:sigil_w, [delimiter: "[", line: 1], [{:<<>>, [line: 1], ["a b"]}, [97]]}'],
  ['~ABC1"x"', '{:sigil_ABC1, [delimiter: "\\"", line: 1], [{:<<>>, [line: 1], ["x"]}, []]}'],
  [
    `~s"""
  a
  b
  """`,
    '{:sigil_s, [delimiter: "\\"\\"\\"", line: 1], [{:<<>>, [indentation: 2, line: 1], ["a\\nb\\n"]}, []]}',
  ],
  ["~D[2020-01-01]", '{:sigil_D, [delimiter: "[", line: 1], [{:<<>>, [line: 1], ["2020-01-01"]}, []]}'],
]);
