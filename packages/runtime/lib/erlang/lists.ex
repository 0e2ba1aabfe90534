defmodule :lists do
  @moduledoc """
  Erlang's `:lists`: the functions that take callbacks. The others are native.

  Predicates must answer `true` or `false`; anything else is an error, as in Erlang.
  """

  @doc "Whether the predicate holds for every element."
  def all(pred, list) when is_function(pred, 1) do
    case list do
      [head | tail] ->
        case pred.(head) do
          true -> all(pred, tail)
          false -> false
        end

      [] ->
        true
    end
  end

  @doc "Whether the predicate holds for some element."
  def any(pred, list) when is_function(pred, 1) do
    case list do
      [head | tail] ->
        case pred.(head) do
          true -> true
          false -> any(pred, tail)
        end

      [] ->
        false
    end
  end

  @doc "The results of the fun for each element."
  def map(fun, list) when is_function(fun, 1), do: map_1(fun, list)

  defp map_1(fun, [head | tail]), do: [fun.(head) | map_1(fun, tail)]
  defp map_1(_fun, []), do: []

  @doc "The lists that the fun gives for each element, joined."
  def flatmap(fun, list) when is_function(fun, 1), do: flatmap_1(fun, list)

  defp flatmap_1(fun, [head | tail]), do: fun.(head) ++ flatmap_1(fun, tail)
  defp flatmap_1(_fun, []), do: []

  @doc "Folds the list from its first element."
  def foldl(fun, acc, list) when is_function(fun, 2), do: foldl_1(fun, acc, list)

  defp foldl_1(fun, acc, [head | tail]), do: foldl_1(fun, fun.(head, acc), tail)
  defp foldl_1(_fun, acc, []), do: acc

  @doc "Folds the list from its last element."
  def foldr(fun, acc, list) when is_function(fun, 2) and length(list) >= 0, do: foldl_1(fun, acc, :lists.reverse(list))

  @doc "Calls the fun for each element, for its effects."
  def foreach(fun, list) when is_function(fun, 1), do: foreach_1(fun, list)

  defp foreach_1(fun, [head | tail]) do
    fun.(head)
    foreach_1(fun, tail)
  end

  defp foreach_1(_fun, []), do: :ok

  @doc "The elements for which the predicate holds."
  def filter(pred, list) when is_function(pred, 1), do: do_filter(list, pred)

  defp do_filter([head | tail], pred) do
    case pred.(head) do
      true -> [head | do_filter(tail, pred)]
      false -> do_filter(tail, pred)
      other -> :erlang.error({:bad_filter, other})
    end
  end

  defp do_filter([], _pred), do: []
  defp do_filter(other, _pred), do: :erlang.error({:bad_generator, other})

  @doc "Filters and maps at once: the fun answers `true`, `false` or `{true, new}`."
  def filtermap(fun, list) when is_function(fun, 1), do: filtermap_1(fun, list)

  defp filtermap_1(fun, [head | tail]) do
    case fun.(head) do
      true -> [head | filtermap_1(fun, tail)]
      {true, value} -> [value | filtermap_1(fun, tail)]
      false -> filtermap_1(fun, tail)
    end
  end

  defp filtermap_1(_fun, []), do: []

  @doc "The old name of `filtermap/2`."
  def zf(fun, list), do: filtermap(fun, list)

  @doc "The elements for which the predicate holds, and the others."
  def partition(pred, list) when is_function(pred, 1), do: partition_1(pred, list, [], [])

  defp partition_1(pred, [head | tail], yes, no) do
    case pred.(head) do
      true -> partition_1(pred, tail, [head | yes], no)
      false -> partition_1(pred, tail, yes, [head | no])
    end
  end

  defp partition_1(_pred, [], yes, no), do: {:lists.reverse(yes), :lists.reverse(no)}

  @doc "The first elements, as long as the predicate holds."
  def takewhile(pred, list) when is_function(pred, 1), do: takewhile_1(pred, list)

  defp takewhile_1(pred, [head | tail]) do
    case pred.(head) do
      true -> [head | takewhile_1(pred, tail)]
      false -> []
    end
  end

  defp takewhile_1(_pred, []), do: []

  @doc "What follows the first elements for which the predicate holds."
  def dropwhile(pred, list) when is_function(pred, 1), do: dropwhile_1(pred, list)

  defp dropwhile_1(pred, [head | tail] = list) do
    case pred.(head) do
      true -> dropwhile_1(pred, tail)
      false -> list
    end
  end

  defp dropwhile_1(_pred, []), do: []

  @doc "`takewhile/2` and `dropwhile/2` in one."
  def splitwith(pred, list) when is_function(pred, 1), do: splitwith_1(pred, list, [])

  defp splitwith_1(pred, [head | tail] = list, taken) do
    case pred.(head) do
      true -> splitwith_1(pred, tail, [head | taken])
      false -> {:lists.reverse(taken), list}
    end
  end

  defp splitwith_1(_pred, [], taken), do: {:lists.reverse(taken), []}

  @doc "`{:value, element}` of the first element for which the predicate holds, or `false`."
  def search(pred, list) when is_function(pred, 1), do: search_1(pred, list)

  defp search_1(pred, [head | tail]) do
    case pred.(head) do
      true -> {:value, head}
      false -> search_1(pred, tail)
    end
  end

  defp search_1(_pred, []), do: false

  @doc "Maps the element at a position of each tuple."
  def keymap(fun, position, [tuple | rest]) do
    [:erlang.setelement(position, tuple, fun.(:erlang.element(position, tuple))) | keymap(fun, position, rest)]
  end

  def keymap(fun, position, []) when is_function(fun, 1) and is_integer(position) and position >= 1, do: []

  @doc "Maps and folds from the first element: the fun answers `{mapped, acc}`."
  def mapfoldl(fun, acc, list) when is_function(fun, 2), do: do_mapfoldl(list, acc, fun, [])

  defp do_mapfoldl([head | tail], acc, fun, done) do
    {value, acc} = fun.(head, acc)
    do_mapfoldl(tail, acc, fun, [value | done])
  end

  defp do_mapfoldl([], acc, _fun, done), do: {:lists.reverse(done), acc}

  @doc "Maps and folds from the last element."
  def mapfoldr(fun, acc, list) when is_function(fun, 2) and length(list) >= 0, do: do_mapfoldr(:lists.reverse(list), acc, fun, [])

  defp do_mapfoldr([head | tail], acc, fun, done) do
    {value, acc} = fun.(head, acc)
    do_mapfoldr(tail, acc, fun, [value | done])
  end

  defp do_mapfoldr([], acc, _fun, done), do: {done, acc}

  @doc "Combines two lists of one length element by element."
  def zipwith(fun, [a | as], [b | bs]), do: [fun.(a, b) | zipwith(fun, as, bs)]
  def zipwith(fun, [], []) when is_function(fun, 2), do: []

  @doc "Combines three lists of one length element by element."
  def zipwith3(fun, [a | as], [b | bs], [c | cs]),
    do: [fun.(a, b, c) | zipwith3(fun, as, bs, cs)]

  def zipwith3(fun, [], [], []) when is_function(fun, 3), do: []

  @doc "The list without repeated elements; the first of each stays."
  def uniq(list), do: uniq_1(list, %{})

  defp uniq_1([head | tail], seen) do
    case seen do
      %{^head => _} -> uniq_1(tail, seen)
      %{} -> [head | uniq_1(tail, :maps.put(head, true, seen))]
    end
  end

  defp uniq_1([], _seen), do: []

  @doc "The list without elements for which the fun gives a value given before."
  def uniq(fun, list) when is_function(fun, 1), do: uniq_2(list, fun, %{})

  defp uniq_2([head | tail], fun, seen) do
    key = fun.(head)

    case seen do
      %{^key => _} -> uniq_2(tail, fun, seen)
      %{} -> [head | uniq_2(tail, fun, :maps.put(key, true, seen))]
    end
  end

  defp uniq_2([], _fun, _seen), do: []

  @doc """
  Sorts by a fun that tells whether its first argument may come before its second.
  Elements for which it holds both ways keep their order.
  """
  def sort(fun, [first, second | _]) when not is_function(fun, 2), do: fun.(first, second)

  def sort(fun, list)
      when length(list) > 1 or (length(list) >= 0 and is_function(fun, 2)) do
    case :erlang.length(list) do
      0 ->
        []

      count ->
        {sorted, []} = sort_first(count, list, fun)
        sorted
    end
  end

  defp sort_first(1, [a | rest], _fun), do: {[a], rest}

  defp sort_first(2, [a, b | rest], fun) do
    case fun.(a, b) do
      true -> {[a, b], rest}
      false -> {[b, a], rest}
    end
  end

  defp sort_first(count, list, fun) do
    half = :erlang.div(count, 2)
    {left, rest} = sort_first(half, list, fun)
    {right, rest} = sort_first(count - half, rest, fun)
    {do_merge(left, right, fun), rest}
  end

  @doc "Two lists sorted by the fun as one."
  def merge(fun, a, b) when is_function(fun, 2), do: do_merge(a, b, fun)

  defp do_merge([a | as] = left, [b | bs] = right, fun) do
    case fun.(a, b) do
      true -> [a | do_merge(as, right, fun)]
      false -> [b | do_merge(left, bs, fun)]
    end
  end

  defp do_merge([], right, _fun), do: right
  defp do_merge(left, [], _fun), do: left

  @doc "Sorts and drops elements that the fun takes for equal to the one before."
  def usort(fun, list) when is_function(fun, 2), do: drop_equal(sort(fun, list), fun)

  defp drop_equal([a, b | rest], fun) do
    case fun.(b, a) do
      true -> drop_equal([a | rest], fun)
      false -> [a | drop_equal([b | rest], fun)]
    end
  end

  defp drop_equal(list, _fun), do: list

  @doc "Two lists sorted without repetition by the fun as one, without repetition."
  def umerge(fun, a, b) when is_function(fun, 2), do: drop_equal(do_merge(a, b, fun), fun)

  ## What few programs need is in a module of its own: lists in descending order, and lists of unequal length.

  alias Beamlet.RareLists

  @doc "Merges two lists in descending order."
  def rmerge(left, right), do: RareLists.rmerge(left, right)
  @doc "Like `rmerge/2`, by a function as `merge/3` takes it."
  def rmerge(fun, left, right) when is_function(fun, 2), do: RareLists.rmerge(fun, left, right)
  @doc "Merges three lists in descending order."
  def rmerge3(first, second, third), do: RareLists.rmerge3(first, second, third)
  @doc "Like `rmerge/2`, without what is equal."
  def rumerge(left, right), do: RareLists.rumerge(left, right)
  def rumerge(fun, left, right) when is_function(fun, 2), do: RareLists.rumerge(fun, left, right)
  @doc "Merges three lists in descending order, without what is equal."
  def rumerge3(first, second, third), do: RareLists.rumerge3(first, second, third)
  @doc "Merges two lists of tuples that descend by their `n`th elements."
  def rkeymerge(n, left, right), do: RareLists.rkeymerge(n, left, right)
  @doc "Like `rkeymerge/3`, without what has an equal element."
  def rukeymerge(n, left, right), do: RareLists.rukeymerge(n, left, right)

  @doc "Pairs the elements of lists that may be of unequal length, of which the rest fails (`:fail`), is left out (`:trim`) or padded."
  def zip(left, right, how), do: RareLists.zip(left, right, how)
  @doc "Triples the elements of lists that may be of unequal length."
  def zip3(first, second, third, how), do: RareLists.zip3(first, second, third, how)
  @doc "What the fun gives for the elements of lists that may be of unequal length."
  def zipwith(fun, left, right, how), do: RareLists.zipwith(fun, left, right, how)
  @doc "What the fun gives for the elements of three lists that may be of unequal length."
  def zipwith3(fun, first, second, third, how), do: RareLists.zipwith3(fun, first, second, third, how)
end
