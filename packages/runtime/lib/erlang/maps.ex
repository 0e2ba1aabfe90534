defmodule :maps do
  @moduledoc """
  Erlang's `:maps`: the functions that take callbacks. The others are native.

  Functions that walk a map also take an iterator of `:maps.iterator/1`.
  """

  # Iterators are as Erlang's: `[0 | map]` before the first entry, then `{key, value, rest}`, at the end `:none`.
  defguardp is_walkable(term)
            when is_map(term) or term == :none or (is_list(term) and term != [] and is_map(tl(term))) or (is_tuple(term) and tuple_size(term) == 3)

  defp entries(map) when is_map(map), do: :maps.to_list(:maps.iterator(map))
  defp entries(iterator), do: iterator |> :maps.next() |> entries_left()

  defp entries_left(:none), do: []
  defp entries_left({key, value, rest}), do: [{key, value} | entries_left(rest)]

  defp bad_map(term), do: :erlang.error({:badmap, term})

  @doc "Folds the entries: the fun is given key, value and accumulator."
  def fold(fun, acc, map) when is_function(fun, 3) and is_walkable(map), do: do_fold(entries(map), acc, fun)
  def fold(fun, _acc, map) when is_function(fun, 3), do: bad_map(map)
  def fold(fun, acc, map), do: :erlang.error(:badarg, [fun, acc, map])

  defp do_fold([{key, value} | rest], acc, fun), do: do_fold(rest, fun.(key, value, acc), fun)
  defp do_fold([], acc, _fun), do: acc

  @doc "Calls the fun with each key and value, for its effects."
  def foreach(fun, map) when is_function(fun, 2) and is_walkable(map), do: do_foreach(entries(map), fun)
  def foreach(fun, map) when is_function(fun, 2), do: bad_map(map)
  def foreach(fun, map), do: :erlang.error(:badarg, [fun, map])

  defp do_foreach([{key, value} | rest], fun) do
    fun.(key, value)
    do_foreach(rest, fun)
  end

  defp do_foreach([], _fun), do: :ok

  @doc "The map with each value replaced by what the fun gives for key and value."
  def map(fun, map) when is_function(fun, 2) and is_walkable(map),
    do: :maps.from_list(do_map(entries(map), fun))

  def map(fun, map) when is_function(fun, 2), do: bad_map(map)
  def map(fun, map), do: :erlang.error(:badarg, [fun, map])

  defp do_map([{key, value} | rest], fun), do: [{key, fun.(key, value)} | do_map(rest, fun)]
  defp do_map([], _fun), do: []

  @doc "The entries for which the predicate holds."
  def filter(pred, map) when is_function(pred, 2) and is_walkable(map),
    do: :maps.from_list(do_filter(entries(map), pred))

  def filter(pred, map) when is_function(pred, 2), do: bad_map(map)
  def filter(pred, map), do: :erlang.error(:badarg, [pred, map])

  defp do_filter([{key, value} = entry | rest], pred) do
    case pred.(key, value) do
      true -> [entry | do_filter(rest, pred)]
      false -> do_filter(rest, pred)
    end
  end

  defp do_filter([], _pred), do: []

  @doc "Filters and maps at once: the fun answers `true`, `false` or `{true, new}`."
  def filtermap(fun, map) when is_function(fun, 2) and is_walkable(map),
    do: :maps.from_list(do_filtermap(entries(map), fun))

  def filtermap(fun, map) when is_function(fun, 2), do: bad_map(map)
  def filtermap(fun, map), do: :erlang.error(:badarg, [fun, map])

  defp do_filtermap([{key, value} = entry | rest], fun) do
    case fun.(key, value) do
      true -> [entry | do_filtermap(rest, fun)]
      {true, new} -> [{key, new} | do_filtermap(rest, fun)]
      false -> do_filtermap(rest, fun)
    end
  end

  defp do_filtermap([], _fun), do: []

  @doc "Replaces the value of a key that must be there by what the fun gives for it."
  def update_with(key, fun, map) when is_function(fun, 1) do
    case map do
      %{^key => value} -> :maps.put(key, fun.(value), map)
      %{} -> :erlang.error({:badkey, key}, [key, fun, map])
      _ -> bad_map(map)
    end
  end

  def update_with(_key, _fun, map) when not is_map(map), do: bad_map(map)
  def update_with(key, fun, map), do: :erlang.error(:badarg, [key, fun, map])

  @doc "Like `update_with/3`, storing `init` when the key is not there."
  def update_with(key, fun, init, map) when is_function(fun, 1) do
    case map do
      %{^key => value} -> :maps.put(key, fun.(value), map)
      %{} -> :maps.put(key, init, map)
      _ -> bad_map(map)
    end
  end

  def update_with(_key, _fun, _init, map) when not is_map(map), do: bad_map(map)
  def update_with(key, fun, init, map), do: :erlang.error(:badarg, [key, fun, init, map])

  @doc "Both maps; the fun combines the values of keys that are in both."
  def merge_with(fun, a, b) when is_function(fun, 3) and is_map(a) and is_map(b) do
    do_fold(:maps.to_list(b), a, fn key, value, acc ->
      case acc do
        %{^key => other} -> :maps.put(key, fun.(key, other, value), acc)
        %{} -> :maps.put(key, value, acc)
      end
    end)
  end

  def merge_with(fun, a, b) when is_function(fun, 3), do: bad_map(not_map(a, b))
  def merge_with(fun, a, b), do: :erlang.error(:badarg, [fun, a, b])

  @doc "The entries of the second map whose keys are in both."
  def intersect(a, b) when is_map(a) and is_map(b) do
    do_fold(:maps.to_list(a), %{}, fn key, _value, acc ->
      case b do
        %{^key => value} -> :maps.put(key, value, acc)
        %{} -> acc
      end
    end)
  end

  def intersect(a, b), do: bad_map(not_map(a, b))

  @doc "The keys that are in both maps, with the values that the fun makes of both."
  def intersect_with(fun, a, b) when is_function(fun, 3) and is_map(a) and is_map(b) do
    do_fold(:maps.to_list(a), %{}, fn key, value, acc ->
      case b do
        %{^key => other} -> :maps.put(key, fun.(key, value, other), acc)
        %{} -> acc
      end
    end)
  end

  def intersect_with(fun, a, b) when is_function(fun, 3), do: bad_map(not_map(a, b))
  def intersect_with(fun, a, b), do: :erlang.error(:badarg, [fun, a, b])

  defp not_map(a, b) when is_map(a), do: b
  defp not_map(a, _b), do: a

  @doc "The elements by the key that the fun gives for each, in their order."
  def groups_from_list(fun, list) when is_function(fun, 1) and is_list(list) and length(list) >= 0,
    do: groups_from_list(fun, fn item -> item end, list)

  def groups_from_list(fun, list), do: :erlang.error(:badarg, [fun, list])

  @doc "Like `groups_from_list/2`, with each element replaced by what `value_fun` gives."
  def groups_from_list(fun, value_fun, list)
      when is_function(fun, 1) and is_function(value_fun, 1) and is_list(list) and length(list) >= 0,
      do: do_groups(:lists.reverse(list), fun, value_fun, %{})

  def groups_from_list(fun, value_fun, list), do: :erlang.error(:badarg, [fun, value_fun, list])

  defp do_groups([item | rest], fun, value_fun, groups) do
    key = fun.(item)
    value = value_fun.(item)

    case groups do
      %{^key => values} -> do_groups(rest, fun, value_fun, :maps.put(key, [value | values], groups))
      %{} -> do_groups(rest, fun, value_fun, :maps.put(key, [value], groups))
    end
  end

  defp do_groups([], _fun, _value_fun, groups), do: groups

  @doc "An iterator in an order: of the keys, `:ordered` or `:reversed`, by a fun that compares two of them, or in any."
  def iterator(map, :undefined), do: :maps.iterator(map)
  def iterator(map, _order) when not is_map(map), do: bad_map(map)
  def iterator(map, :ordered), do: chained(:lists.sort(:maps.keys(map)), map)
  def iterator(map, :reversed), do: chained(:lists.reverse(:lists.sort(:maps.keys(map))), map)
  def iterator(map, order) when is_function(order, 2), do: chained(:lists.sort(order, :maps.keys(map)), map)
  def iterator(map, order), do: :erlang.error(:badarg, [map, order])

  defp chained([], _map), do: :none
  defp chained([key | rest], map), do: {key, :maps.get(key, map), chained(rest, map)}
end
