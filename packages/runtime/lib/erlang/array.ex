defmodule :array do
  @moduledoc """
  Erlang's `:array`: arrays that grow unless they are fixed, `{:array, size, room, default, tree}`. Indices count from zero.

  A leaf is a tuple of ten elements. A node has ten subtrees, and behind them how many elements each has room for; that number
  alone stands for a subtree of which nothing has been set. `room` is how much the tree holds, or 0 when the size is fixed.
  """

  @leaf 10

  defguardp is_index(index) when is_integer(index) and index >= 0

  @doc "An empty array that grows."
  def new, do: {:array, 0, @leaf, :undefined, @leaf}

  @doc "An array of a size, which is then fixed, or of options `size`, `fixed`, `default`."
  def new(options), do: build(options, 0, false, :undefined)

  @doc "An array of a size, fixed unless the options say otherwise."
  def new(size, options) when is_index(size), do: build(options, size, true, :undefined)
  def new(_, _), do: :erlang.error(:badarg)

  defp build(options, size, fixed, default) do
    case options do
      [] -> built(size, fixed, default)
      [{:size, size} | rest] when is_index(size) -> build(rest, size, true, default)
      [size | rest] when is_index(size) -> build(rest, size, true, default)
      [:fixed | rest] -> build(rest, size, true, default)
      [{:fixed, fixed} | rest] when is_boolean(fixed) -> build(rest, size, fixed, default)
      [{:default, default} | rest] -> build(rest, size, fixed, default)
      [_ | _] -> :erlang.error(:badarg)
      option -> build([option], size, fixed, default)
    end
  end

  defp built(size, fixed, default) do
    room = room_for(size - 1, @leaf)
    {:array, size, if(fixed, do: 0, else: room), default, room}
  end

  defp room_for(index, room) when index >= room, do: room_for(index, room * 10)
  defp room_for(_index, room), do: room

  @doc "Whether a term is an array."
  def is_array({:array, size, room, _, _}), do: is_integer(size) and is_integer(room)
  def is_array(_), do: false

  @doc "The number of elements."
  def size({:array, size, _, _, _}), do: size
  def size(_), do: :erlang.error(:badarg)

  @doc "The value of elements that have not been set."
  def default({:array, _, _, default, _}), do: default
  def default(_), do: :erlang.error(:badarg)

  @doc "Whether the size is fixed."
  def is_fix({:array, _, room, _, _}), do: room === 0

  @doc "Fixes the size."
  def fix({:array, size, _, default, tree}), do: {:array, size, 0, default, tree}

  @doc "Lets the array grow."
  def relax({:array, size, _, default, tree}), do: {:array, size, room_for(size - 1, @leaf), default, tree}

  @doc "Changes the size; what lies beyond it is only hidden, as in Erlang."
  def resize(size, {:array, before, room, default, tree}) when is_index(size) and size > before do
    {tree, larger} = grown(size - 1, tree, if(room > 0, do: room, else: room_for(before - 1, @leaf)))
    {:array, size, if(room > 0, do: larger, else: 0), default, tree}
  end

  def resize(size, {:array, _, room, default, tree}) when is_index(size), do: {:array, size, room, default, tree}
  def resize(_size, _array), do: :erlang.error(:badarg)

  @doc "Cuts the elements behind the last one that has been set."
  def resize(array), do: resize(sparse_size(array), array)

  @doc "The index behind the last element that differs from the default."
  def sparse_size(array) do
    case :lists.reverse(sparse_to_orddict(array)) do
      [{last, _} | _] -> last + 1
      [] -> 0
    end
  end

  @doc "The element at an index; beyond an array that grows, the default."
  def get(index, {:array, size, _, default, tree}) when is_index(index) and index < size,
    do: get_in_tree(index, tree, default)

  def get(index, {:array, _, room, default, _}) when is_index(index) and room > 0, do: default
  def get(_index, _array), do: :erlang.error(:badarg)

  defp get_in_tree(_index, empty, default) when is_integer(empty), do: default
  defp get_in_tree(index, leaf, _default) when tuple_size(leaf) === @leaf, do: elem(leaf, index)

  defp get_in_tree(index, node, default) do
    each = elem(node, @leaf)
    get_in_tree(rem(index, each), elem(node, div(index, each)), default)
  end

  @doc "Sets the element at an index; an array that grows grows up to it."
  def set(index, value, {:array, size, room, default, tree}) when is_index(index) do
    cond do
      index < size ->
        {:array, size, room, default, set_in_tree(index, tree, value, default)}

      room > 0 ->
        {tree, room} = grown(index, tree, room)
        {:array, index + 1, room, default, set_in_tree(index, tree, value, default)}

      true ->
        :erlang.error(:badarg)
    end
  end

  def set(_index, _value, _array), do: :erlang.error(:badarg)

  defp set_in_tree(index, empty, value, default) when is_integer(empty),
    do: set_in_tree(index, unfolded(empty, default), value, default)

  defp set_in_tree(index, leaf, value, _default) when tuple_size(leaf) === @leaf, do: put_elem(leaf, index, value)

  defp set_in_tree(index, node, value, default) do
    each = elem(node, @leaf)
    at = div(index, each)
    put_elem(node, at, set_in_tree(rem(index, each), elem(node, at), value, default))
  end

  defp unfolded(@leaf, default), do: Tuple.duplicate(default, @leaf)
  defp unfolded(room, _default), do: Tuple.duplicate(div(room, 10), @leaf + 1)

  # A tree with room for the index: what there is becomes the first of ten parts.
  defp grown(index, empty, _room) when is_integer(empty) do
    room = room_for(index, empty)
    {room, room}
  end

  defp grown(index, tree, room) when index >= room,
    do: grown(index, put_elem(Tuple.duplicate(room, @leaf + 1), 0, tree), room * 10)

  defp grown(_index, tree, room), do: {tree, room}

  @doc "Sets an element back to the default."
  def reset(index, {:array, size, room, default, tree} = array) when is_index(index) do
    cond do
      index >= size and room === 0 -> :erlang.error(:badarg)
      get(index, array) === default -> array
      true -> {:array, size, room, default, set_in_tree(index, tree, default, default)}
    end
  end

  def reset(_index, _array), do: :erlang.error(:badarg)

  @doc "The elements in order."
  def to_list({:array, size, _, default, tree}), do: tree |> elements(default, []) |> Enum.take(size)
  def to_list(_), do: :erlang.error(:badarg)

  defp elements(room, default, after_it) when is_integer(room), do: elements(unfolded(room, default), default, after_it)
  defp elements(leaf, _default, after_it) when tuple_size(leaf) === @leaf, do: Tuple.to_list(leaf) ++ after_it

  defp elements(node, default, after_it) do
    :lists.foldr(&elements(&1, default, &2), after_it, Enum.take(Tuple.to_list(node), @leaf))
  end

  @doc "The elements that differ from the default, in order."
  def sparse_to_list(array), do: for({_, value} <- sparse_to_orddict(array), do: value)

  @doc "The elements with their indices."
  def to_orddict(array), do: indexed(0, to_list(array))

  @doc "The elements that differ from the default, with their indices."
  def sparse_to_orddict({:array, size, _, default, tree}), do: sparse(tree, 0, size, default, [])
  def sparse_to_orddict(_), do: :erlang.error(:badarg)

  defp sparse(empty, _first, _size, _default, after_it) when is_integer(empty), do: after_it

  defp sparse(leaf, first, size, default, after_it) when tuple_size(leaf) === @leaf do
    set = for {index, value} <- indexed(first, Tuple.to_list(leaf)), index < size, value !== default, do: {index, value}
    set ++ after_it
  end

  defp sparse(node, first, size, default, after_it) do
    each = elem(node, @leaf)

    :lists.foldr(
      fn {part, subtree}, after_it -> sparse(subtree, first + part * each, size, default, after_it) end,
      after_it,
      indexed(0, Enum.take(Tuple.to_list(node), @leaf))
    )
  end

  defp indexed(index, [value | rest]), do: [{index, value} | indexed(index + 1, rest)]
  defp indexed(_index, []), do: []

  @doc "The array of a list, which grows."
  def from_list(list), do: from_list(list, :undefined)

  @doc "The array of a list, with a default."
  def from_list(list, default) when length(list) >= 0, do: from_orddict(indexed(0, list), default)
  def from_list(_, _), do: :erlang.error(:badarg)

  @doc "The array of an ordered list of pairs of index and value."
  def from_orddict(pairs), do: from_orddict(pairs, :undefined)

  @doc "Like `from_orddict/1`, with a default."
  def from_orddict(pairs, default) when is_list(pairs) do
    check_order(pairs, 0)
    set_all(new({:default, default}), pairs)
  end

  def from_orddict(_pairs, _default), do: :erlang.error(:badarg)

  defp check_order([{index, _} | rest], least) when is_integer(index) and index >= least, do: check_order(rest, index + 1)
  defp check_order([], _least), do: :ok
  defp check_order(wrong, _least), do: :erlang.error({:badarg, wrong})

  defp set_all(array, pairs), do: :lists.foldl(fn {index, value}, array -> set(index, value, array) end, array, pairs)

  @doc "The array with each element replaced by what the fun gives for index and value."
  def map(fun, array) when is_function(fun, 2), do: replace(fun, array, to_orddict(array))
  def map(_, _), do: :erlang.error(:badarg)

  @doc "Like `map/2`, for the elements that differ from the default."
  def sparse_map(fun, array) when is_function(fun, 2), do: replace(fun, array, sparse_to_orddict(array))
  def sparse_map(_, _), do: :erlang.error(:badarg)

  defp replace(fun, array, pairs), do: set_all(array, for({index, value} <- pairs, do: {index, fun.(index, value)}))

  @doc "Folds from the first element: the fun is given index, value and accumulator."
  def foldl(fun, acc, array), do: fold(fun, acc, to_orddict(array))

  @doc "Folds from the last element."
  def foldr(fun, acc, array), do: fold(fun, acc, :lists.reverse(to_orddict(array)))

  @doc "Like `foldl/3`, over the elements that differ from the default."
  def sparse_foldl(fun, acc, array), do: fold(fun, acc, sparse_to_orddict(array))

  @doc "Like `foldr/3`, over the elements that differ from the default."
  def sparse_foldr(fun, acc, array), do: fold(fun, acc, :lists.reverse(sparse_to_orddict(array)))

  defp fold(fun, acc, pairs) when is_function(fun, 3),
    do: :lists.foldl(fn {index, value}, acc -> fun.(index, value, acc) end, acc, pairs)

  defp fold(_fun, _acc, _pairs), do: :erlang.error(:badarg)
end
