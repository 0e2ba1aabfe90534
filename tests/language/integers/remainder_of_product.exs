defmodule Remainders do
  def plain(a, b, m), do: rem(a * b, m)
  def added(a, b, c, m), do: rem(a * b + c, m)
  def stepwise(a, b, c, m), do: a |> Kernel.*(b) |> Kernel.+(c) |> then(&rem(&1, m))
end

edges = for n <- [0, 1, 2, 3, 65_535, 65_536, 1_000_000_007, 2 ** 31, 2 ** 32 - 1, 2 ** 32, 2 ** 53 - 1, 2 ** 70], sign <- [1, -1], do: n * sign

wrong =
  for a <- edges, b <- edges, c <- [0, 7, -7, 4_294_967_295, 2 ** 60], m <- edges, m != 0,
      expected = Remainders.stepwise(a, b, c, m),
      Remainders.added(a, b, c, m) != expected or (c == 0 and Remainders.plain(a, b, m) != expected),
      do: {a, b, c, m}

IO.inspect(wrong)
# expect: []
IO.inspect(Enum.reduce(1..1000, 123_456_789, &Remainders.added(&2, &2, &1, 1_000_000_007)))
# expect: 920101235
for args <- [[4, 5, 6, 0], [4_294_967_295, 4_294_967_295, 6, 0], [4, 5, 6, 7.0], [4, 5.0, 6, 7], [:a, 5, 6, 7], [4, 5, nil, 7]] do
  try do
    apply(Remainders, :added, args)
  rescue
    e ->
      [{module, name, arguments, _} | _] = __STACKTRACE__
      IO.inspect({Exception.message(e), module, name, arguments})
  end
end
# expect: {"bad argument in arithmetic expression", :erlang, :rem, [26, 0]}
# expect: {"bad argument in arithmetic expression", :erlang, :rem,
# expect:  [18446744065119617031, 0]}
# expect: {"bad argument in arithmetic expression", :erlang, :rem, [26, 7.0]}
# expect: {"bad argument in arithmetic expression", :erlang, :rem, [26.0, 7]}
# expect: {"bad argument in arithmetic expression", :erlang, :*, [:a, 5]}
# expect: {"bad argument in arithmetic expression", :erlang, :+, [20, nil]}
