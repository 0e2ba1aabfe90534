/** Text: functions of String with all of Unicode, charlists, encodings. */
import type { Rules } from "../rules.ts";

export const strings: Rules = {
  call: String.raw`
    String.$case($text)
    String.$case($text, $mode)
    String.capitalize($text, $mode)
    String.$one($text)
    String.$one($text)
    String.$two($text, $piece)
    String.slice($text, $int, $small)
    String.slice($text, $range)
    String.byte_slice($text, $int, $small)
    String.at($text, $int)
    String.split_at($text, $int)
    String.split($text, $pattern)
    String.split($text, $pattern, $splitting)
    String.splitter($text, $pattern) |> Enum.to_list()
    String.splitter($text, $pattern, trim: true) |> Enum.take(2)
    String.replace($text, $pattern, $piece)
    String.replace($text, $pattern, $replacement, global: $bool)
    String.replace($text, $regex, $replacement)
    String.$replace($text, $piece, $piece)
    String.$pad($text, $small)
    String.$pad($text, $small, $padding)
    String.normalize($text, $form)
    String.duplicate($piece, $int)
    String.contains?($text, $pattern)
    String.starts_with?($text, $pattern)
    String.match?($text, $regex)
    String.equivalent?($text, $text)
    String.$distance($text, $text)
    String.myers_difference($short, $short)
    String.$trim($text, $piece)
    String.chunk($text, $chunk)
    String.count($text, $pattern)
    String.valid?($bytes)
    String.replace_invalid($bytes)
    String.valid?($bytes, :fast_ascii)
    String.to_$number($numeral)
    String.to_integer($numeral, $base)
    for <<c::utf8 <- $text>>, do: c
    for <<c <- $short>>, into: "", do: <<c + 1>>
    $text |> String.to_charlist() |> Enum.map(&(&1 + 1)) |> List.to_string()
    List.to_string($chardata)
    IO.chardata_to_string($chardata)
    IO.iodata_to_binary($iodata)
    IO.iodata_length($iodata)
    :unicode.characters_to_$target($bytes)
    :unicode.characters_to_binary($text, :utf8, $encoding)
    :unicode.characters_to_list($bytes, $encoding)
    :unicode.characters_to_$nf($text)
    :string.$erl1($text)
    :string.$erl1(String.to_charlist($text))
    :string.$erl2($text, $piece)
    :string.split($text, $piece, $where)
    :string.replace($text, $piece, "-", $where)
    :string.pad($text, $small, $direction)
    :string.pad($text, $small, $direction, ?*)
    :string.slice($text, $small, $small)
    :string.trim($text, $direction2)
    :string.lexemes($text, ~c"a b,")
    :string.tokens(String.to_charlist($text), ~c" ,a")
    :string.to_integer($numeral)
    :string.to_float($numeral)
    :binary.split($text, $piece, $binopts)
    :binary.replace($text, $piece, "<>", [:global])
    :binary.matches($text, $piece)
    :binary.part($text, $int, $int)
    binary_part($text, $int, $int)
    :binary.longest_common_$fix([$text, $text])
    :binary.decode_unsigned($bytes)
    :binary.bin_to_list($short, $small, 1)
    inspect($bytes)
    inspect($bytes, binaries: $binaries)
    inspect($text, limit: 3)
    inspect($text, printable_limit: $small)
    inspect(String.to_charlist($text))
    inspect(String.to_charlist($text), charlists: $lists)
    inspect(String.to_atom($short))
    inspect(%{String.to_atom($short) => 1})
    inspect([{String.to_atom($short), 1}])
    Macro.inspect_atom($literal, String.to_atom($short))
    Macro.underscore($camel)
    Macro.camelize($camel)
    ~w($words)$wmod
    "#{$text}-#{$number}" |> String.reverse()
    to_string($piece) <> to_charlist($number)
    String.printable?($bytes)
    String.printable?($text, $small)
    Base.encode$bits($bytes)
    Base.encode$bits($bytes, padding: $bool)
    Base.url_encode64($bytes)
    Base.decode16($hex, case: $hexcase)
    Base.decode64($encoded)
    Base.decode64($encoded, padding: $bool, ignore: :whitespace)
    Base.decode32($encoded32)
    Base.decode64!($encoded)`,
  case: "upcase\ndowncase",
  mode: ":default\n:ascii\n:greek\n:turkic",
  one: "capitalize\nlength\ngraphemes\ncodepoints\nreverse\ntrim\ntrim_leading\ntrim_trailing\nto_charlist\nsplit\nfirst\nlast\nnext_grapheme\nnext_codepoint\nprintable?\nto_atom\nvalid?\nsplit",
  two: "starts_with?\nends_with?\ncontains?\nsplit\njaro_distance\nbag_distance\ntrim\ntrim_leading\ntrim_trailing",
  distance: "jaro_distance\nbag_distance\nmyers_difference",
  replace: "replace_leading\nreplace_trailing\nreplace_prefix\nreplace_suffix",
  trim: "trim\ntrim_leading\ntrim_trailing",
  pad: "pad_leading\npad_trailing",
  padding: `"*"\n"ab"\n["1", "22"]\n""\n"é"\n[]\n"👍"`,
  form: ":nfc\n:nfd\n:nfkc\n:nfkd",
  nf: "nfc_binary\nnfd_binary\nnfkc_binary\nnfkd_list",
  chunk: ":valid\n:printable",
  bool: "true\nfalse",
  int: "0\n1\n2\n3\n5\n-1\n-2\n-4\n100",
  small: "0\n1\n2\n3\n4\n8\n12",
  range: "0..2\n1..-1//1\n-3..-1\n2..1\n0..-1//1\n..\n5..9//1\n0..4//2\n-2..-1\n1..-2//1",
  piece: `"a"\n" "\n","\n"l"\n"é"\n"e\\u0301"\n"\\n"\n""\n"ß"\n"👍"\n"ab"\n"\\u0301"`,
  pattern: `$piece\n$regex\n[" ", ""]\n["a", "l"]\n[" ", ","]\n[]\n["é", "e"]`,
  regex: `~r/[aeiou]/\n~r/\\s+/u\n~r/(l+)(o)?/\n~r/\\X/u\n~r/^./m\n~r/[[:upper:]]/u\n~r//\n~r/(?<x>.)\\k<x>/\n~r/\\b/\n~r/$/`,
  replacement: String.raw`
    $piece
    "\\0\\0"
    "<\\1>"
    fn m -> "[" <> m <> "]" end
    &String.upcase/1
    "\\g{0}"`,
  splitting: "trim: true\nparts: 2\nparts: 1\ntrim: true, parts: 3\nparts: :infinity\ntrim: false",
  text: String.raw`
    "$word $word"
    "$word$word$word"
    " $word,$word  "
    "$word\n$word\r\n"
    "$word"
    ""`,
  short: String.raw`
    "$word"
    "ab"
    ""
    "a b"
    "Foo.Bar"
    "x?"
    "@"
    "+"
    "1a"
    "ß!"`,
  word: String.raw`
    hello
    Hello
    WORLD
    élan
    e\u0301te\u0301
    ΣΊΣΥΦΟΣ
    ὈΔΥΣΣΕΎΣ
    straße
    ﬁne
    İstanbul
    ıI
    日本語
    한글
    각
    👨‍👩‍👧‍👦
    👍🏽!
    🇩🇪🇫🇷🇮
    a\u0300\u0301\u0302
    ǆǅ
    ŉ
    ՙև
    ẞ
    \t\v\u00A0\u2003
    नमस्ते
    ก็
    \u200d\u200b
    x1_y2
    Å\u212B\uFB01
    ½²
    \0
    "
    \\
    ${"#"}{1}
    \u0130\u0131
    aaa,bb;c`,
  bytes: String.raw`
    $text
    <<255>> <> $text
    $text <> <<0xE2, 0x82>>
    <<0, 1, 2, 127, 128>>
    <<0xED, 0xA0, 0x80>>
    <<0xF4, 0x90, 0x80, 0x80>>
    <<0xC0, 0x80>>
    "a" <> <<0xF0, 0x9F>> <> "b"
    <<"é"::utf16>>
    <<3::3>>
    <<1, 2, 3::5>>`,
  target: "binary\nlist",
  encoding: ":utf16\n:utf32\n{:utf16, :little}\n:latin1\n:utf8",
  chardata: String.raw`
    [$text, ?a]
    [104, [$text], ~c"x"]
    [$text | $text]
    ~c"héé"
    [0x110000]
    [-1]
    [:a]
    [0xD800]
    [[[]]]`,
  iodata: String.raw`
    [$text, 255]
    [256]
    ["a" | "b"]
    [1, [2, <<3>>]]
    [:a]
    $text
    [<<1::3>>]`,
  erl1: "length\nto_graphemes\nreverse\nuppercase\nlowercase\ntitlecase\ncasefold\ntrim\nis_empty\nnext_grapheme\nnext_codepoint",
  erl2: "prefix\nequal\nfind\nsplit",
  where: ":leading\n:trailing\n:all",
  direction: ":leading\n:trailing\n:both",
  direction2: ':leading\n:trailing\n:both\n:both, ~c"ho "',
  numeral: `"12"\n"-7"\n"+3"\n"12abc"\n"1.5"\n"1e5"\n"1.0e5x"\n"x"\n""\n"1_000"\n"ff"\n" 1"\n".5"\n"-0.0"\n"1.7976931348623157e309"\n"0x1F"\n"123456789012345678901234567890"`,
  number: "1\n-5\n1.5\n1.0e100\n0.1\n1.0e-7\n123456.0\n12345678901234567890.0",
  base: "2\n16\n36\n10\n37",
  binopts: "[]\n[:global]\n[:trim]\n[:global, :trim_all]\n[scope: {1, 2}]",
  fix: "prefix\nsuffix",
  binaries: ":as_binaries\n:as_strings\n:infer",
  lists: ":as_lists\n:as_charlists\n:infer",
  literal: ":literal\n:key\n:remote_call",
  camel: `"FooBar"\n"foo_bar"\n"Foo.BarBaz"\n"fooBAR"\n"HTTPServer"\n"foo/bar_baz"\n"a1_b2"\n"_x"\n"Foo10"\n"FOO_BAR"\n"éÉ"\nFoo.BarBaz\n""`,
  words: "a b c\n$word $word\nx1 yy",
  wmod: "\na\nc\ns",
  bits: "16\n32\n64",
  hex: `"0aFF"\n"zz"\n"0"\n"AB"\n"ab"\n""`,
  hexcase: ":upper\n:lower\n:mixed",
  encoded: `"YWI="\n"YWI"\n"YQ=="\n"Y W I ="\n"!!"\n"-_8="\n"+/8="\n"YWJj"`,
  encoded32: `"ME======"\n"ME"\n"mfra===="\n"MFRGG==="`,
};
