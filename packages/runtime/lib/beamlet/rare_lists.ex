defmodule Beamlet.RareLists do
  @moduledoc false
  # The functions of `:lists` that few programs call, apart from it so that only those load them.

  ## Lists in descending order

  @doc "Merges two lists in descending order."
  def rmerge(left, right), do: rmerge(&Kernel.<=/2, left, right)

  @doc "Like `rmerge/2`, by a function as `merge/3` takes it."
  def rmerge(fun, left, right) when is_function(fun, 2) and is_list(left) and is_list(right), do: descending(fun, left, right)

  defp descending(fun, [a | as] = left, [b | bs] = right) do
    if fun.(a, b), do: [b | descending(fun, left, bs)], else: [a | descending(fun, as, right)]
  end

  defp descending(_fun, [], right), do: right
  defp descending(_fun, left, []), do: left

  @doc "Merges three lists in descending order."
  def rmerge3(first, second, third), do: first |> rmerge(second) |> rmerge(third)

  @doc "Like `rmerge/2`, without what is equal."
  def rumerge(left, right), do: rumerge(&Kernel.<=/2, left, right)

  def rumerge(fun, left, right) when is_function(fun, 2) and is_list(left) and is_list(right), do: distinct(fun, left, right, [])

  # `taken` is the last one taken, if it is of the right list: what equals it in the left is left out.
  defp distinct(fun, [a | as] = left, right, taken) do
    case {right, taken} do
      {[b | bs], taken} ->
        if fun.(a, b), do: [b | distinct(fun, left, bs, [b])], else: kept(fun, a, taken, distinct(fun, as, right, []))

      {[], taken} ->
        kept(fun, a, taken, as)
    end
  end

  defp distinct(_fun, [], right, _taken), do: right

  defp kept(fun, a, [taken], rest), do: if(fun.(taken, a), do: rest, else: [a | rest])
  defp kept(_fun, a, [], rest), do: [a | rest]

  @doc "Merges three lists in descending order, without what is equal."
  def rumerge3(first, second, third), do: first |> rumerge(second) |> rumerge(third)

  @doc "Merges two lists of tuples that descend by their `n`th elements."
  def rkeymerge(n, left, right), do: rmerge(by_element(n), left, right)

  @doc "Like `rkeymerge/3`, without what has an equal element."
  def rukeymerge(n, left, right), do: rumerge(by_element(n), left, right)

  defp by_element(n), do: &(:erlang.element(n, &1) <= :erlang.element(n, &2))

  ## Lists of unequal length, of OTP 26: the rest of the longer fails, is left out, or is paired with what `{:pad, values}` names.

  @doc "Pairs the elements of lists that may be of unequal length."
  def zip(left, right, how), do: pairs(&{&1, &2}, left, right, how, &no_clause(:zip, [&1, &2, how]))

  @doc "Triples the elements of lists that may be of unequal length."
  def zip3(first, second, third, how),
    do: triples(&{&1, &2, &3}, first, second, third, how, &no_clause(:zip3, [&1, &2, &3, how]))

  @doc "What the fun gives for the elements of lists that may be of unequal length."
  def zipwith(fun, left, right, how), do: pairs(fun, left, right, how, &no_clause(:zipwith, [fun, &1, &2, how]))

  @doc "What the fun gives for the elements of three lists that may be of unequal length."
  def zipwith3(fun, first, second, third, how),
    do: triples(fun, first, second, third, how, &no_clause(:zipwith3, [fun, &1, &2, &3, how]))

  defp pairs(fun, [a | as], [b | bs], how, fail) when is_function(fun, 2), do: [fun.(a, b) | pairs(fun, as, bs, how, fail)]
  defp pairs(fun, [], [], _how, _fail) when is_function(fun, 2), do: []
  defp pairs(fun, as, bs, :trim, _fail) when is_function(fun, 2) and (as == [] or bs == []), do: []

  defp pairs(fun, as, bs, {:pad, {a, b}} = how, fail) when is_function(fun, 2) and (as == [] or bs == []),
    do: pairs(fun, padded(as, a), padded(bs, b), how, fail)

  defp pairs(_fun, as, bs, _how, fail), do: fail.(as, bs)

  defp triples(fun, [a | as], [b | bs], [c | cs], how, fail) when is_function(fun, 3),
    do: [fun.(a, b, c) | triples(fun, as, bs, cs, how, fail)]

  defp triples(fun, [], [], [], _how, _fail) when is_function(fun, 3), do: []
  defp triples(fun, as, bs, cs, :trim, _fail) when is_function(fun, 3) and (as == [] or bs == [] or cs == []), do: []

  defp triples(fun, as, bs, cs, {:pad, {a, b, c}} = how, fail)
       when is_function(fun, 3) and (as == [] or bs == [] or cs == []),
       do: triples(fun, padded(as, a), padded(bs, b), padded(cs, c), how, fail)

  defp triples(_fun, as, bs, cs, _how, fail), do: fail.(as, bs, cs)

  defp padded([], value), do: [value]
  defp padded(list, _value), do: list

  # The function that a program has called is the one without a clause.
  defp no_clause(name, args), do: :erlang.raise(:error, :function_clause, [{:lists, name, args, []}])
end
