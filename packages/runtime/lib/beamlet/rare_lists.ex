defmodule Beamlet.RareLists do
  @moduledoc false
  # The functions of `:lists` that few programs call, apart from it so that only those load them.

  ## Lists in descending order

  @doc "Merges two lists in descending order."
  def rmerge(left, right), do: :lists.reverse(:lists.merge(:lists.reverse(left), :lists.reverse(right)))

  @doc "Like `rmerge/2`, by a function as `merge/3` takes it."
  def rmerge(fun, left, right) when is_function(fun, 2),
    do: :lists.reverse(:lists.merge(fun, :lists.reverse(left), :lists.reverse(right)))

  @doc "Merges three lists in descending order."
  def rmerge3(first, second, third), do: rmerge(first, rmerge(second, third))

  @doc "Like `rmerge/2`, without what is equal."
  def rumerge(left, right), do: :lists.reverse(:lists.umerge(:lists.reverse(left), :lists.reverse(right)))

  def rumerge(fun, left, right) when is_function(fun, 2),
    do: :lists.reverse(:lists.umerge(fun, :lists.reverse(left), :lists.reverse(right)))

  @doc "Merges three lists in descending order, without what is equal."
  def rumerge3(first, second, third), do: rumerge(first, rumerge(second, third))

  @doc "Merges two lists of tuples that descend by their `n`th elements."
  def rkeymerge(n, left, right), do: :lists.reverse(:lists.keymerge(n, :lists.reverse(left), :lists.reverse(right)))

  @doc "Like `rkeymerge/3`, without what has an equal element."
  def rukeymerge(n, left, right), do: :lists.reverse(:lists.ukeymerge(n, :lists.reverse(left), :lists.reverse(right)))

  ## Lists of unequal length, of OTP 26: the rest of the longer fails, is left out, or is paired with what `{:pad, values}` names.

  @doc "Pairs the elements of lists that may be of unequal length."
  def zip(left, right, how), do: zipwith(&{&1, &2}, left, right, how)

  @doc "Triples the elements of lists that may be of unequal length."
  def zip3(first, second, third, how), do: zipwith3(&{&1, &2, &3}, first, second, third, how)

  @doc "What the fun gives for the elements of lists that may be of unequal length."
  def zipwith(fun, [a | as], [b | bs], how) when is_function(fun, 2), do: [fun.(a, b) | zipwith(fun, as, bs, how)]
  def zipwith(fun, [], [], _how) when is_function(fun, 2), do: []
  def zipwith(fun, as, bs, :fail) when is_function(fun, 2), do: :erlang.error(:function_clause, [fun, as, bs, :fail])
  def zipwith(fun, as, bs, :trim) when is_function(fun, 2) and (as == [] or bs == []), do: []

  def zipwith(fun, as, bs, {:pad, {a, b}} = how) when is_function(fun, 2),
    do: zipwith(fun, padded(as, a), padded(bs, b), how)

  @doc "What the fun gives for the elements of three lists that may be of unequal length."
  def zipwith3(fun, [a | as], [b | bs], [c | cs], how) when is_function(fun, 3),
    do: [fun.(a, b, c) | zipwith3(fun, as, bs, cs, how)]

  def zipwith3(fun, [], [], [], _how) when is_function(fun, 3), do: []

  def zipwith3(fun, as, bs, cs, :fail) when is_function(fun, 3),
    do: :erlang.error(:function_clause, [fun, as, bs, cs, :fail])

  def zipwith3(fun, as, bs, cs, :trim) when is_function(fun, 3) and (as == [] or bs == [] or cs == []), do: []

  def zipwith3(fun, as, bs, cs, {:pad, {a, b, c}} = how) when is_function(fun, 3),
    do: zipwith3(fun, padded(as, a), padded(bs, b), padded(cs, c), how)

  defp padded([], value), do: [value]
  defp padded([_ | _] = list, _value), do: list
end
