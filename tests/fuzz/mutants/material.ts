/** What is put in the place of something else, by what that was. */

export const NUMBERS = (
  "0 1 -1 2 3 4 5 7 10 16 64 100 255 256 1000 -7 0.0 -0.0 1.0 1.5 -0.5 2.5e10 1.0e308 1.0e-10 4294967296 -2147483649 " +
  "9007199254740993 12345678901234567890 -123456789012345678901234567890 0x10FFFF 0xD800 nil :infinity"
).split(" ");

export const TEXTS = [
  ...[
    '""',
    '"a"',
    '"é"',
    '"héllo wörld"',
    '"abc"',
    '"  x "',
    '"日本"',
    '"a,b,,c"',
    '"123"',
    '"1.5"',
    '"\\n"',
    '"ABC"',
  ],
  ...[
    '"👨‍👩‍👧"',
    '"e\\u0301"',
    '"ßŒǆ"',
    '"İı"',
    '"\\0"',
    '"a\\tb\\r\\n"',
    '"مرحبا"',
    '"🇩🇪🇫🇷"',
    '"2024-02-30"',
    '"\\"q\\""',
    '"-0"',
  ],
  ...["<<255>>", "<<1::3>>", '<<"a", 200, "b">>', "nil", ":a", '~c"abc"', '["a", ?b, ["c"]]', '"#{1 + 1}"'],
];

export const COLLECTIONS = [
  ...[
    "[]",
    "[1]",
    "[1, 2, 3, 4, 5]",
    "[3, 1, 2, 3]",
    "[a: 1]",
    "[a: 1, b: 2, a: 3]",
    '~c"abc"',
    "[nil]",
    "[1 | 2]",
  ],
  ...[
    "[[1], [2]]",
    "%{}",
    "%{a: 1}",
    '%{"a" => 1, b: 2}',
    "{1, 2}",
    "{}",
    "1..3",
    "1..0//1",
    "10..1//-3",
    "MapSet.new([1, 2])",
  ],
  ...[
    '"abc"',
    '["a", "b"]',
    "[1.0, 2, 1]",
    "nil",
    '[:a, "b", 3, nil]',
    "[{1, 2}, {3, 4}]",
    "[{:a, 1}, :b]",
    "[{:a, 1, 2}]",
  ],
  ...[
    "Stream.cycle([1, 2, 3])",
    "Stream.map([1, 2], & &1)",
    "fn -> 1 end",
    "&Enum.map/2",
    "~D[2024-02-29]",
    "~T[10:00:00.5]",
  ],
];

export const OPERATORS = [
  ["+", "-", "*", "/"],
  ["++", "--", "<>"],
  ["==", "!=", "===", "!==", "<", ">", "<=", ">=", "=", "=~", " in "],
  ["&&", "||", " and ", " or "],
  ["..", "+", "-"],
];

export const ATOMS = [
  ":a",
  ":ok",
  ":error",
  "nil",
  "true",
  "false",
  ":normal",
  ":kill",
  ":infinity",
  ':"two words"',
  "Enum",
  ":é",
];

export const PIPES = [
  ...[
    "inspect()",
    "Enum.to_list()",
    "to_string()",
    "List.wrap()",
    "Enum.reverse()",
    "length()",
    "hd()",
    "elem(0)",
    "Map.new()",
  ],
  ...[
    "then(&{&1, &1})",
    "is_nil()",
    "IO.inspect()",
    'IO.inspect(label: "x")',
    "Enum.count()",
    "tuple_size()",
    "String.length()",
  ],
  ...[
    "Kernel.+(1)",
    "List.flatten()",
    "Enum.with_index()",
    "String.upcase()",
    "Enum.sort()",
    ":erlang.phash2()",
    "Enum.sum()",
  ],
];

export const PATTERNS = [
  ...[
    "_",
    "^x",
    "nil",
    "1",
    '"a"',
    ":a",
    "[]",
    "[_ | _]",
    "%{}",
    "{_, _}",
    "%{a: _}",
    "{:ok, _}",
    "{:error, _}",
    "[a: _]",
    '"a" <> _',
  ],
  ...[
    "<<_, _::binary>>",
    "%Range{}",
    "%_{}",
    "%_{a: 1}",
    "1..2",
    "_ = _",
    "x when is_integer(x)",
    "first..last//_",
    "%{^x => _}",
  ],
];

export const KEYS = (
  "a b key limit width pretty trim parts global timeout name id restart strategy max_restarts start keys on_timeout ordered " +
  "max_concurrency into uniq do else padding case charlists binaries base structs message step"
)
  .split(" ")
  .map((name) => `${name}:`);

export const SIGIL_MODIFIERS = ["", "a", "s", "c", "i", "u", "x", "m", "U", "g", "iu", "as", "r", "f"];
