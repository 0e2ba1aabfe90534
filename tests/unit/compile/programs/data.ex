defmodule Data do
  @before_compile Record
  import Bitwise
  def id(x), do: x
  def t_arith do
    a = id(7)
    b = id(-2)
    {a + b, a - b, a * b, a / b, div(a, b), rem(a, b), -a, +a, abs(b), a * 0, rem(-4, id(2)), id(0) * b}
  end
  def t_overflow do
    m = id(9_007_199_254_740_991)
    {m + 1, m + 1 - 1, m * m, -m - 1, m * -1, m - -5, div(m * m, m), rem(m * 3, m), id(94_906_267) * id(94_906_267)}
  end
  def t_floats do
    {id(1.5) + 1, 1 + id(2.5), id(2.0) * 3, id(1) / 2, 1.0 == id(1), 1.0 === id(1), id(0.0) == -0.0, id(3.0) > 2, id(2) < 2.5, round(id(2.5))}
  end
  def t_badarith, do: id(:a) + 1
  def t_badarith_div, do: div(id(1), id(0))
  def t_badarith_mul, do: id("a") * 2
  def t_compare do
    terms = [1, 2.0, :a, {1}, [1], %{a: 1}, "s", nil]
    for a <- terms, b <- terms, do: {a < b, a > b, a <= b, a >= b, a == b, a != b, a === b, a !== b}
  end
  def t_bits do
    {band(id(12), 10), bor(id(12), 3), bxor(id(5), 1), bnot(id(5)), id(1) <<< 40, id(1) <<< 5, id(-256) >>> 4, id(1) <<< 70, band(id(-1), 0xFFFFFFFFFF), id(5) >>> 40}
  end
  def t_tests do
    for x <- [1, 1.0, :a, nil, true, "b", <<1::3>>, {}, [], [1], %{}, fn -> 1 end, 1_208_925_819_614_629_174_706_176, self()] do
      {is_integer(x), is_float(x), is_number(x), is_atom(x), is_boolean(x), is_binary(x), is_bitstring(x), is_tuple(x), is_list(x), is_map(x), is_function(x), is_pid(x), is_function(x, 0)}
    end
  end
  def t_structures do
    x = id(1)
    {[x, 2 | [3]], [x | x], {x, {x}}, {1, 2, 3, 4, 5, 6, 7, 8, x}, [1, 2, 3, 4, 5, 6, 7, 8, 9, x], "s#{"t"}", 'charlist', [a: x], {:a, "b", 1.5, %{c: [1]}}}
  end
  def t_builtins do
    {hd(id([1, 2])), tl(id([1, 2])), length(id([1, 2])), tuple_size(id({1, 2})), map_size(id(%{})), byte_size(id("héé")), bit_size(id(<<1::3>>)),
     elem(id({1, 2}), 1), put_elem(id({1, 2}), 0, :x), [1] ++ id([2]), [1, 2, 1] -- id([1]), max(1, id(2)), min(1, id(2)), trunc(id(2.7)), id(1) in [1, 2], id(3) not in [1, 2]}
  end
  def t_hd, do: hd(id([]))
  def t_elem, do: elem(id({1}), 3)
  def t_match_bits do
    <<a, b::4, c::4, d::16, rest::binary>> = id(<<1, 0x23, 4, 5, 6, 7>>)
    <<e::little-16, f::signed-8, _::binary>> = id(<<1, 2, 255, 9>>)
    <<n, s::binary-size(n), t::binary>> = id(<<2, "hi there">>)
    <<x::3, y::bitstring>> = id(<<0b10111111>>)
    <<g::float, h::float-32, i::float-little-64>> = id(<<1.5::float, 2.5::float-32, 3.5::float-little>>)
    <<big::128, little::little-128>> = id(<<1::128, 1::128>>)
    <<sz::8, v::size(sz)-unit(8)>> = id(<<2, 1, 0>>)
    {a, b, c, d, rest, e, f, n, s, t, x, y, g, h, i, big, little, sz, v}
  end
  def t_match_utf do
    <<a::utf8, b::utf8, c::utf8, d::utf8, r::binary>> = id("aé€😀rest")
    <<e::utf16, f::utf16>> = id(<<"é😀"::utf16>>)
    <<g::utf32-little>> = id(<<"é"::utf32-little>>)
    {a, b, c, d, r, e, f, g}
  end
  def bin("GET " <> path), do: {:get, path}
  def bin("POST " <> path), do: {:post, path}
  def bin(<<"x", n::8, "y">>), do: {:xy, n}
  def bin(<<c::utf8>>), do: {:char, c}
  def bin(<<0::1, r::bitstring>>), do: {:zero, r}
  def bin(<<_::8, 7, rest::bits>>), do: {:seven, rest}
  def bin(_), do: :other
  def t_bin, do: for(x <- ["GET /", "POST a", "x1y", "é", <<1, 2>>, <<255, 7, 1::2>>, <<128>>, "", 1], do: bin(x))
  def t_build_bits do
    n = id(3)
    s = id("str")
    {<<n, n::16, n::little-16, n::4, n::4>>, <<s::binary, "x">>, <<s::binary-size(2)>>, <<n::float>>, <<1.5::32>>, <<n::size(n)-unit(2)>>,
     <<?é::utf8>>, <<0x1F600::utf16>>, <<n::utf32>>, <<-1::8>>, <<300::8>>, <<1::1, s::bitstring>>, "a" <> s <> "b", <<n::size(n)>>, <<1_180_591_620_717_411_303_424::80>>, <<-5::little-24>>, <<1.5::float-16>>}
  end
  def t_build_error do
    try do
      "a" <> id(<<1::3>>)
    rescue
      _ in ArgumentError -> :argument
    end
  end
  def t_for do
    l = id([1, 2, 3, 4])
    {for(x <- l, do: x * 2), for(x <- l, rem(x, 2) == 0, do: x), for(x <- l, y <- l, x < y, do: {x, y}), for({:ok, v} <- [{:ok, 1}, :no, {:ok, 2}], do: v),
     for(x <- l, into: %{}, do: {x, x * x}), for(x <- [1, 2, 1, 3, 2], uniq: true, do: x), for(x <- l, reduce: 0, do: (acc -> acc + x)),
     for(x <- l, x > id(1), y = x * 2, y < 8, do: {x, y}), for(x when x > 2 <- l, do: x), for(_ <- [], do: 1)}
  end
  def t_for_bits do
    {for(<<c <- id("abc")>>, do: c), for(<<r::8, g::8, b::8 <- id(<<1, 2, 3, 4, 5, 6, 7>>)>>, do: {r, g, b}), for(<<c <- "aXbX">>, c != ?X, into: "", do: <<c>>),
     for(<<(c::utf8 <- "é€")>>, do: c), for(<<1::4, x::4 <- <<0x12, 0x23, 0x14>> >>, do: x), for(x <- [1, 2], <<y::4 <- <<0x34>> >>, do: {x, y}), for(<<b::1 <- <<5::3>> >>, do: b)}
  end
  def t_for_reduce_clauses do
    for x <- [1, 2, 3, 4], reduce: {[], []} do
      {e, o} when rem(x, 2) == 0 -> {[x | e], o}
      {e, o} -> {e, [x | o]}
    end
  end
  def t_for_calls do
    k = id(10)
    for x <- id([1, 2, 3]) do
      a = id(x)
      b = for y <- [1, 2], do: id(y) * a + k
      try do
        if a == 2, do: throw(b)
        {a, b}
      catch
        c -> c
      end
    end
  end
  def t_for_guard, do: for({x} when hd(x) == 1 when x == [] <- [{[1, 2]}, {[3]}], do: x)
  def t_for_guard_raises, do: for(x when hd(x) == 1 <- [[1, 2], []], do: x)
  def t_big_bitwise, do: {band(id(-1), id(1_180_591_620_717_411_303_424)), bxor(id(18_446_744_073_709_551_616), id(-1)), id(1_180_591_620_717_411_303_424) >>> id(60)}
  def t_for_bad, do: for(<<c <- id(:x)>>, do: c)
  # Constants reach every operation as they are.
  def t_literal_operands do
    n = 5
    f = -2.5
    {"#{n}", n + 1, -n, div(n, 2), rem(n, 2), n > 2, n == 5.0, is_binary(n), is_integer(n), is_function(n, 1), f + n, f < n, [n | [f]], <<n, n::size(n)>>,
     n in [1, 5], elem({n, f}, 1), hd([n]), tuple_size({n}), length([n, n]), %{n => f}, (case n do x when x > 3 -> x; _ -> 0 end), (if n, do: 1), n && f, not is_nil(n),
     bor(n, 2), n <<< 3, band(n, -1), abs(n), max(n, f), for(x <- [n], do: x), (with 5 <- n, do: :five), (fn ^n -> :same end).(5), {n, n} == {5, 5.0}, byte_size("abc")}
  end
  def t_literal_errors do
    for f <- [fn -> n = 5; n.(1) end, fn -> n = 5; hd(n) end, fn -> n = 5; elem(n, 1) end, fn -> n = 5; map_size(n) end, fn -> n = 5; %{n | a: 1} end, fn -> n = 5; {a, _} = n; a end,
              fn -> n = 5; byte_size(n) end, fn -> n = :a; n + 1 end, fn -> n = 5; [h | _] = n; h end, fn -> n = 5; %{a: x} = n; x end, fn -> n = 5; <<x, _::binary>> = n; x end] do
      try do
        f.()
      catch
        :error, reason -> reason
      end
    end
  end
  def t_literal_binary do
    n = 5
    try do
      <<n::binary>>
    rescue
      _ in ArgumentError -> :refused
    end
  end
  def t_big_literal do
    {[1, 2, 3, 4, 5, 6, 7, 8, 9, 10, %{a: [1, 2, %{b: {:c, "d", [e: 1]}}], z: {1, 2, 3, {4, 5, {6, 7, [8, [9, [10]]]}}}}], "a longer string, with \"quotes\" and \n newlines é", <<0, 255, 128>>, <<5::3>>}
  end
end
