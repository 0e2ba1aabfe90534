/** Bitstrings: building and matching segments of every type, and comprehensions over them. */
import type { Rules } from "../rules.ts";

export const bits: Rules = {
  call: String.raw`
    <<$seg>>
    <<$seg, $seg>>
    <<$seg, $seg, $seg>>
    (<<$pat, rest::bits>> = Runner.itself($bits); {a, rest})
    (<<$pat, $pat2, rest::bits>> = Runner.itself($bits); {a, b, rest})
    (case Runner.itself($bits) do <<$pat, $pat2>> -> {a, b}; <<$pat, _::binary>> -> {:first, a}; <<$pat, _::bits>> -> {:bits, a}; _ -> :none end)
    (case Runner.itself($bits) do <<n::$num, a::binary-size(n), b::bits>> -> {n, a, b}; <<n::3, a::size(n), _::bits>> -> {n, a}; <<>> -> :empty; other -> {:other, bit_size(other)} end)
    (case Runner.itself($bits) do <<n, a::binary-size(n - 1), b::bits>> when n > 0 -> {n, a, b}; _ -> :none end)
    (case Runner.itself($bits) do <<$lit, rest::bits>> -> rest; <<_::4, $lit, rest::bits>> -> {:shifted, rest}; _ -> :none end)
    for(<<a::$num <- $bits>>, do: a)
    for(<<a::$num, b::$num <- $bits>>, do: {a, b})
    for(<<a::$num, b::$num <- $bits>>, into: "", do: <<b::$num, a::$num>>)
    for(<<a::utf8 <- $bits>>, do: a)
    for(<<0::1, a::7 <- $bits>>, do: a)
    for(x <- [1, 255, -1], into: <<>>, do: <<x::$num>>)
    for(<<a::4 <- $bits>>, a > 7, into: <<>>, do: <<a::8>>)
    for(<<a <- $bits>>, reduce: 0, do: (acc -> acc * 3 + a))
    for(<<a::binary-2 <- $bits>>, do: a)
    {bit_size($bits), byte_size($bits)}
    {is_binary($bits), is_bitstring($bits)}
    $bits <> $bits
    inspect($bits, base: $base)
    inspect($bits, binaries: :as_binaries, limit: 3)
    $bits == $bits
    $bits < $bits
    binary_part($bits, $int, $int)
    (fun = fn <<$pat, _::bits>> -> a; x -> {:no, x} end; fun.(Runner.itself($bits)))
    (n = Runner.itself($int); <<$val::size(n)>>)
    (n = Runner.itself($int); <<1, 2, 3, 4>> |> then(fn <<a::size(n), b::bits>> -> {a, b}; _ -> :no end))
    (n = Runner.itself($int); <<$val::binary-size(n)>>)
    (n = Runner.itself($int); <<"abcd"::bits, $val::size(n)-unit(4)>>)
    (f = fn <<h, t::binary>>, g -> [h | g.(t, g)]; <<>>, _ -> []; rest, _ -> [rest] end; f.($bits, f))
    (f = fn <<h::3, t::bits>>, g -> [h | g.(t, g)]; rest, _ -> rest end; f.($bits, f))
    (case {Runner.itself($bits), $int} do {<<x, _::bits>>, x} -> :same; {<<x, _::bits>>, y} -> {x, y}; _ -> :none end)
    (x = 97; case Runner.itself($bits) do <<^x, r::bits>> -> {:pinned, r}; <<^x::16, r::bits>> -> r; _ -> :none end)
    (case Runner.itself($bits) do "a" <> r -> r; "\0" <> r -> {:zero, r}; "é" <> r -> {:e, r}; _ -> :none end)
    (<<a::binary-size(1), b::binary>> = Runner.itself($bits); b <> a)
    (case Runner.itself($bits) do <<f::float, r::bits>> -> {f, r}; <<f::float-32, r::bits>> -> {f, r}; <<f::float-16, _::bits>> -> f; _ -> :none end)
    (case Runner.itself($bits) do <<a::signed, b::little-16, c::signed-little-12, _::bits>> -> {a, b, c}; _ -> :short end)
    :binary.split($bits, <<0>>)
    :erlang.bitstring_to_list($bits)
    :erlang.list_to_bitstring([$bits, 1, <<1::1>>])
    :erlang.term_to_binary($bits)
    Base.encode16($bits)
    :erlang.phash2($bits)
    String.length($bits)
    %{$bits => 1}
    match?(<<_::$num, _::binary>>, $bits)
    Enum.into([1, 2], $bits)
    (<<a::16, _::bits>> = Runner.itself($bits); a)
    is_bitstring($val) and bit_size($val) > 3`,
  seg: String.raw`
    $val
    $val::$num
    $val::$num
    $val::$type
    $val::$type
    $bits::bits
    $bits::binary
    $bits::binary-size($pos)
    $bits::bits-size($pos)
    $text
    $text::$utf
    $val::size($pos)-unit($pos)
    "ab"::utf16-little`,
  // No UTF-32: where there is no character of it, the emulator crashes (OTP 25) instead of matching nothing.
  pat: "a\na::$num\na::$num\na::$matched\na::binary-size($pos)\na::bits-size($pos)\na::utf8\na::utf16\na::size($pos)-unit($pos)\na::bytes-$pos\n_, a\na::float-32",
  pat2: "b\nb::$num\nb::$matched\nb::binary-size($pos)\nb::utf8\n_::3, b::5\nb::size($pos)",
  lit: '"a"\n0\n1, 2\n"é"\n255::16\n5::4\n"ab"\n1.0::float\n<<1>>\n-1\n?a::utf8',
  num: "8\n1\n3\n4\n7\n16\n12\n32\n64\n24\n9",
  matched:
    "little-16\nsigned\nsigned-7\nlittle-signed-24\nfloat\nfloat-32\nfloat-little\nunsigned-little-12\nnative-32\ninteger-size(5)\nfloat-16\nsigned-64\nbig-signed-13\nutf8\nutf16\nbinary\nbits\nsize(0)\n100\nlittle-65",
  type: "little-16\nsigned\nsigned-7\nlittle-signed-24\nfloat\nfloat-32\nfloat-little\nunsigned-little-12\nnative-32\ninteger-size(5)\nfloat-16\nsigned-64\nbig-signed-13\nutf8\nutf16\nutf32\nbinary\nbits\nsize(0)\n100\nlittle-65",
  utf: "utf8\nutf16\nutf32\nutf16-little\nutf32-little",
  val: '0\n1\n255\n256\n-1\n-128\n97\n1000\n0x10FFFF\n0xD800\n0x110000\nRunner.itself(1.5)\nRunner.itself(-0.1)\nRunner.itself(1.0e300)\nRunner.itself(65536.0)\n123456789012345678901\n-123456789012345678901\n:a\n"b"\nnil\n[1]\n233\n<<1, 2>>\nRunner.itself(0.1)',
  text: '"a"\n"é"\n"日本"\n"👍"\n""\n"abc"',
  bits: String.raw`<<>>
    "abc"
    <<1, 2, 3, 4>>
    <<255, 254, 0, 1>>
    <<5::3>>
    <<1, 2, 3::4>>
    "é日"
    <<0xD800::16>>
    <<3, 97, 98, 99, 100>>
    <<1.5::float>>
    <<127, 128, 255, 255, 255, 255, 255, 255, 255>>
    <<0::7, 1::1, 77::9>>
    "a\0b"
    <<$val::$num>>
    <<255, 240, 0, 0, 0, 0, 0, 0>>
    <<$text::utf16>>`,
  pos: "0\n1\n2\n3\n8\n16",
  int: "0\n1\n2\n3\n8\n12\n-1\n100\n97",
  base: ":hex\n:binary\n:octal",
};
