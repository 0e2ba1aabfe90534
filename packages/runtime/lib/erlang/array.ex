defmodule :array do
  @moduledoc """
  Erlang's `:array`: arrays that grow unless they are fixed, `{:array, size, fixed?, default, elements}` with
  the elements that have been set in a map. Indices count from zero.
  """

  @doc "An empty array that grows."
  def new, do: {:array, 0, false, :undefined, %{}}

  @doc "An array of a size, which is then fixed, or of options `size`, `fixed`, `default`."
  def new(size) when is_integer(size) and size >= 0, do: {:array, size, true, :undefined, %{}}
  def new(options), do: configure(options, {:array, 0, false, :undefined, %{}})

  @doc "An array of a size, fixed unless the options say otherwise."
  def new(size, options) when is_integer(size) and size >= 0,
    do: configure(options, {:array, size, true, :undefined, %{}})

  defp configure(options, {:array, size, fixed, default, elements} = array) do
    case options do
      [option | rest] -> configure(rest, option(option, array))
      [] -> array
      option -> configure([option], {:array, size, fixed, default, elements})
    end
  end

  defp option(size, {:array, _, _, default, elements}) when is_integer(size) and size >= 0,
    do: {:array, size, true, default, elements}

  defp option({:size, size}, array), do: option(size, array)
  defp option(:fixed, array), do: option({:fixed, true}, array)

  defp option({:fixed, fixed}, {:array, size, _, default, elements}) when is_boolean(fixed),
    do: {:array, size, fixed, default, elements}

  defp option({:default, default}, {:array, size, fixed, _, elements}), do: {:array, size, fixed, default, elements}
  defp option(option, _array), do: :erlang.error(:badarg, [option])

  @doc "Whether a term is an array."
  def is_array({:array, size, fixed, _, elements})
      when is_integer(size) and is_boolean(fixed) and is_map(elements),
      do: true

  def is_array(_), do: false

  @doc "The number of elements."
  def size({:array, size, _, _, _}), do: size
  def size(_), do: :erlang.error(:badarg)

  @doc "The value of elements that have not been set."
  def default({:array, _, _, default, _}), do: default

  @doc "Whether the size is fixed."
  def is_fix({:array, _, fixed, _, _}), do: fixed

  @doc "Fixes the size."
  def fix({:array, size, _, default, elements}), do: {:array, size, true, default, elements}

  @doc "Lets the array grow."
  def relax({:array, size, _, default, elements}), do: {:array, size, false, default, elements}

  @doc "Changes the size; elements beyond it are dropped."
  def resize(size, {:array, _, fixed, default, elements}) when is_integer(size) and size >= 0,
    do: {:array, size, fixed, default, :maps.filter(fn index, _ -> index < size end, elements)}

  def resize(_size, _array), do: :erlang.error(:badarg)

  @doc "Cuts the elements behind the last one that has been set."
  def resize(array), do: resize(sparse_size(array), array)

  @doc "The index behind the last element that differs from the default."
  def sparse_size({:array, _, _, default, elements}) do
    :maps.fold(
      fn index, value, size -> if value === default, do: size, else: max(size, index + 1) end,
      0,
      elements
    )
  end

  @doc "The element at an index; beyond an array that grows, the default."
  def get(index, {:array, size, fixed, default, elements}) when is_integer(index) and index >= 0 do
    case elements do
      %{^index => value} -> value
      %{} when index < size or not fixed -> default
      %{} -> :erlang.error(:badarg)
    end
  end

  def get(_index, _array), do: :erlang.error(:badarg)

  @doc "Sets the element at an index; an array that grows grows up to it."
  def set(index, value, {:array, size, fixed, default, elements}) when is_integer(index) and index >= 0 do
    cond do
      index < size -> {:array, size, fixed, default, :maps.put(index, value, elements)}
      fixed -> :erlang.error(:badarg)
      true -> {:array, index + 1, fixed, default, :maps.put(index, value, elements)}
    end
  end

  def set(_index, _value, _array), do: :erlang.error(:badarg)

  @doc "Sets an element back to the default."
  def reset(index, {:array, size, fixed, default, elements} = array) when is_integer(index) and index >= 0 do
    if index >= size and fixed, do: :erlang.error(:badarg)
    if index >= size, do: array, else: {:array, size, fixed, default, :maps.remove(index, elements)}
  end

  def reset(_index, _array), do: :erlang.error(:badarg)

  @doc "The elements in order."
  def to_list({:array, size, _, default, elements}), do: to_list_1(size - 1, default, elements, [])
  def to_list(_), do: :erlang.error(:badarg)

  defp to_list_1(-1, _default, _elements, acc), do: acc

  defp to_list_1(index, default, elements, acc),
    do: to_list_1(index - 1, default, elements, [:maps.get(index, elements, default) | acc])

  @doc "The elements that differ from the default, in order."
  def sparse_to_list({:array, _, _, default, _} = array),
    do: :lists.filter(fn value -> value !== default end, to_list(array))

  @doc "The elements with their indices."
  def to_orddict({:array, _, _, _, _} = array), do: indexed(0, to_list(array))

  @doc "The elements that differ from the default, with their indices."
  def sparse_to_orddict({:array, _, _, default, _} = array),
    do: :lists.filter(fn {_, value} -> value !== default end, to_orddict(array))

  defp indexed(index, [value | rest]), do: [{index, value} | indexed(index + 1, rest)]
  defp indexed(_index, []), do: []

  @doc "The array of a list, which grows."
  def from_list(list), do: from_list(list, :undefined)

  @doc "The array of a list, with a default."
  def from_list(list, default), do: from_orddict(indexed(0, list), default)

  @doc "The array of a list of pairs of index and value."
  def from_orddict(pairs), do: from_orddict(pairs, :undefined)

  @doc "Like `from_orddict/1`, with a default."
  def from_orddict(pairs, default) do
    elements = :maps.from_list(pairs)
    {:array, :maps.fold(fn index, _, size -> max(size, index + 1) end, 0, elements), false, default, elements}
  end

  @doc "The array with each element replaced by what the fun gives for index and value."
  def map(fun, {:array, size, fixed, default, _} = array) when is_function(fun, 2) do
    elements = :lists.map(fn {index, value} -> {index, fun.(index, value)} end, to_orddict(array))
    {:array, size, fixed, default, :maps.from_list(elements)}
  end

  @doc "Like `map/2`, for the elements that differ from the default."
  def sparse_map(fun, {:array, size, fixed, default, _} = array) when is_function(fun, 2) do
    elements = :lists.map(fn {index, value} -> {index, fun.(index, value)} end, sparse_to_orddict(array))
    {:array, size, fixed, default, :maps.from_list(elements)}
  end

  @doc "Folds from the first element: the fun is given index, value and accumulator."
  def foldl(fun, acc, array), do: fold(fun, acc, to_orddict(array))

  @doc "Folds from the last element."
  def foldr(fun, acc, array), do: fold(fun, acc, :lists.reverse(to_orddict(array)))

  @doc "Like `foldl/3`, over the elements that differ from the default."
  def sparse_foldl(fun, acc, array), do: fold(fun, acc, sparse_to_orddict(array))

  @doc "Like `foldr/3`, over the elements that differ from the default."
  def sparse_foldr(fun, acc, array), do: fold(fun, acc, :lists.reverse(sparse_to_orddict(array)))

  defp fold(fun, acc, [{index, value} | rest]), do: fold(fun, fun.(index, value, acc), rest)
  defp fold(_fun, acc, []), do: acc
end
