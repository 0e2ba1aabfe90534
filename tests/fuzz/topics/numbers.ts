/** Numbers: arithmetic on small and huge ones, conversion, formatting. */
import type { Rules } from "../rules.ts";

export const numbers: Rules = {
  call: String.raw`
    $int $op $int
    $num $op $num
    $num / $num
    $num $compare $num
    $idiv($int, $int)
    Bitwise.$bit($int, $int)
    Bitwise.$shift($int, $count)
    Bitwise.bnot($int)
    Integer.pow($int, $small)
    Integer.pow($base, $big)
    $num ** $small
    $float ** $float
    Integer.$one($int)
    Integer.digits($int, $base)
    Integer.undigits($digits, $base)
    Integer.to_string($int, $base)
    Integer.to_charlist($int, $base)
    Integer.parse($text)
    Integer.parse($text, $base)
    Integer.extended_gcd($int, $int)
    Integer.gcd($int, $int)
    Float.parse($text)
    Float.$round($float, $small)
    Float.$round($float)
    Float.ratio($float)
    Float.to_string($float)
    Float.to_charlist($float)
    Float.pow($num, $num)
    $trunc($num)
    :math.$math($num)
    :math.$math2($num, $num)
    to_string($num)
    inspect($int, base: $radix)
    inspect($num)
    :erlang.float_to_binary($float, $fmt)
    :erlang.float_to_list($float, $fmt)
    :erlang.float_to_binary($float)
    :erlang.integer_to_binary($int, $base)
    :erlang.binary_to_float($text)
    :erlang.binary_to_integer($text)
    :erlang.binary_to_integer($text, $base)
    String.to_float($text)
    String.to_integer($text, $base)
    List.to_integer(~c"$numeral")
    List.to_float(~c"$numeral")
    :io_lib.format(~c"$control", [$num]) |> IO.iodata_to_binary()
    :io_lib.format(~c"$control|$control", [$num, $num]) |> IO.iodata_to_binary()
    :io_lib.format(~c"~$width~p", [$num]) |> IO.iodata_to_binary()
    <<$int::$spec>>
    <<$num::float-$fsize>>
    <<x::$spec>> = <<$int::64>>; x
    <<x::float-$fsize, _::bits>> = <<$int::128>>; x
    <<$int::$spec, $num::float>>
    rem($int, 0)
    $num |> abs() |> max($num)
    min($num, $num)
    Enum.sum([$num, $num, $num])
    Enum.product([$num, $num])
    Enum.sort([$num, $num, $num, $num, $num])
    Enum.min_max([$num, $num, $num])
    Enum.uniq([$num, $num, $num, $num])
    MapSet.new([$num, $num, $num])
    %{$num => 1, $num => 2}
    :erlang.phash2($num)
    :erlang.term_to_binary($num)
    :erlang.phash2({$num, $num}, 17)
    case $num do x when x $compare $num -> {:yes, x}; _ -> :no end
    case $num do $int -> :int; $float -> :float; x when is_float(x) -> :f; _ -> :other end
    $int in $int..$int//$small
    Enum.to_list($small..$base//2)
    Range.size($int..$int//3)
    Enum.at($int..$int//-7, $small)
    Enum.slice($small..100//3, $small, $small)
    Enum.sum($int..$int//$step)
    Enum.count($int..$int//$step)
    $int..$int//$step |> Enum.take(3)
    Range.disjoint?($small..$base, $small..$big//3)
    Range.shift($int..$int//$step, $small)
    Range.split($small..$base, $small)
    :rand.seed($alg, {$small, $small, 42}); {:rand.uniform(), :rand.uniform($pos), :rand.uniform()}
    :rand.seed($alg, $pos); Enum.map(1..3, fn _ -> :rand.uniform($pos) end)
    :rand.seed(:exsss, $pos); {Enum.random(1..$base), Enum.shuffle([1, 2, 3, 4]), Enum.take_random(1..20, 3), :rand.normal()}
    :rand.seed($alg, $pos); :rand.normal(1.0, 2.0)
    Integer.floor_div($int, $int) * $int + Integer.mod($int, $int)
    Integer.ceil_div($int, $int)
    $num == $num and $num === $num
    -$num
    +$num
    $num |> Kernel.+($int)
    Decimal.new($int)
    is_integer($num) and $num > $num`,
  alg: ":exsss\n:exro928ss\n:exrop\n:exs1024s\n:exsp\n:exsplus\n:exs64\n:exs1024",
  pos: "1\n7\n10\n100\n1000000\n4294967296\n1152921504606846976",
  step: "1\n2\n-1\n7\n-3\n0",
  num: "$int\n$float\n$int\n$float\n$num2",
  num2: "($num $op $num)\n$int * $int\n:nan\n$float / $int",
  op: "+\n-\n*",
  compare: "<\n>\n<=\n>=\n==\n===\n!=\n!==",
  idiv: "div\nrem\nInteger.mod\nInteger.floor_div\nInteger.gcd\nInteger.ceil_div",
  bit: "band\nbor\nbxor",
  shift: "bsl\nbsr",
  count: "0\n1\n7\n31\n32\n33\n63\n64\n100\n-1\n-40\n200",
  small: "0\n1\n2\n3\n4\n5\n10\n15\n-1\n-2",
  many: "20\n60\n100\n248\n249\n252\n253\n254",
  big: "10\n64\n100\n77",
  one: "to_string\nto_charlist\ndigits\nis_odd\nis_even",
  digits: "[1, 0, 1]\n[9, 12]\n[]\n[-1, 2]\n[1, 35, 35]",
  base: "2\n8\n10\n16\n36\n3\n1\n37",
  radix: ":hex\n:binary\n:octal\n:decimal",
  round: "round\nfloor\nceil",
  trunc: "trunc\nround\nfloor\nceil\nabs",
  math: "sin\ncos\natan\nsqrt\nexp\nlog\nlog2\nlog10\nfloor\nceil\ntanh\nacos\ntan\nsinh\nasinh\nerf",
  math2: "pow\natan2\nfmod",
  fmt: "[decimals: $small]\n[decimals: $many]\n[:compact, decimals: $many]\n[scientific: $many]\n[:compact, decimals: $small]\n[scientific: 4]\n[scientific: 0]\n[:short]\n[]",
  control:
    "~w\n~p\n~s\n~f\n~e\n~g\n~.3f\n~10.2f\n~-10wx\n~10w\n~.2e\n~.4g\n~.16b\n~.2B\n~.16x\n~.8#\n~.16+\n~c\n~10.4.0f\n~*w\n~b\n~B\n~20g\n~.10e\n~#\n~3b\n~10..0b\n~.36B\n~.1f\n~5.1f\n~i~n",
  width: "\n10\n-10\n3",
  spec: "8\n16\n32\n64\n13\n128\n16-little\n32-little-signed\n7-signed\n64-signed\nsize(3)-unit(8)\n24-little\n12-little\n1\nutf8\nutf16\nutf32\ninteger\n9-little-signed\nsize(2)-unit(5)",
  fsize: "32\n64\n16\nlittle\n32-little\n64-native",
  text: `"$numeral"`,
  numeral:
    "12\n-7\n+3\n12abc\n1.5\n1e5\n1.0e5x\nx\n1_000\nff\nFF\n -1\n.5\n5.\n-0.0\n0.0\n-0\n1.7976931348623157e308\n1.0e309\n2.2250738585072011e-308\n5.0e-324\n1.0e-400\n0x1F\n123456789012345678901234567890\n3.141592653589793238\n0.1e1\n1.0E10\n1.0e+10\n00012\n1.e5\n--1\nzz",
  int: `
    0
    1
    -1
    2
    3
    7
    -10
    15
    100
    255
    -256
    1000000
    2147483647
    -2147483648
    4294967295
    576460752303423487
    576460752303423488
    -576460752303423488
    -576460752303423489
    9007199254740991
    9007199254740993
    -9007199254740992
    9223372036854775807
    -9223372036854775808
    18446744073709551615
    18446744073709551616
    -18446744073709551617
    340282366920938463463374607431768211456
    -123456789012345678901234567890123
    0xFFFF_FFFF
    0b1011
    0o777
    ?a
    1_000_000
    Integer.pow(2, $big) - 1
    1000000000000000000000`,
  float: `
    0.0
    1.0
    -1.0
    0.1
    0.2
    0.3
    1.5
    2.5
    -2.5
    0.5
    3.75
    1.0e10
    1.0e15
    1.0e16
    1.0e21
    1.0e22
    1.0e23
    1.0e-5
    1.0e-4
    0.001
    123456789.125
    9007199254740992.0
    9007199254740993.0
    4503599627370496.5
    1.7976931348623157e308
    2.2250738585072014e-308
    5.0e-324
    4.35
    2.675
    1.005
    5.015
    1234.5678
    99.995
    0.045
    1.23456789012345e-7
    6.02214076e23
    -0.75
    100.0
    1.0e100`,
};
