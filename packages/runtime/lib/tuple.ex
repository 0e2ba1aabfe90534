# Functions on tuples that Kernel and `:erlang` do not have under these names.
defmodule Tuple do
  @moduledoc "Functions on tuples. See also `elem/2`, `put_elem/3` and `tuple_size/1`."

  @doc """
  Makes a tuple of `size` times the same element.

      iex> Tuple.duplicate(:hello, 3)
      {:hello, :hello, :hello}
  """
  @spec duplicate(term(), non_neg_integer()) :: tuple()
  def duplicate(data, size) when is_integer(size) and size >= 0, do: :erlang.make_tuple(size, data)

  @doc "Inserts an element at a zero-based index."
  @spec insert_at(tuple(), non_neg_integer(), term()) :: tuple()
  def insert_at(tuple, index, value) when is_integer(index) and index >= 0,
    do: :erlang.insert_element(index + 1, tuple, value)

  @doc false
  @deprecated "Use insert_at instead"
  def append(tuple, value), do: :erlang.append_element(tuple, value)

  @doc "Removes the element at a zero-based index."
  @spec delete_at(tuple(), non_neg_integer()) :: tuple()
  def delete_at(tuple, index) when is_integer(index) and index >= 0,
    do: :erlang.delete_element(index + 1, tuple)

  @doc "Adds up the elements."
  @spec sum(tuple()) :: number()
  def sum(tuple), do: sum(tuple, tuple_size(tuple))

  defp sum(_tuple, 0), do: 0
  defp sum(tuple, index), do: :erlang.element(index, tuple) + sum(tuple, index - 1)

  @doc "Multiplies the elements."
  @spec product(tuple()) :: number()
  def product(tuple), do: product(tuple, tuple_size(tuple))

  defp product(_tuple, 0), do: 1
  defp product(tuple, index), do: :erlang.element(index, tuple) * product(tuple, index - 1)

  @doc "Returns the elements as a list."
  @spec to_list(tuple()) :: list()
  def to_list(tuple), do: :erlang.tuple_to_list(tuple)
end
