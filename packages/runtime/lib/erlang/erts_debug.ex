defmodule :erts_debug do
  @moduledoc "Erlang's `:erts_debug`, as far as it measures terms: in words of the BEAM, as they would take there."

  @doc "The words of a term, parts that are shared counted each time."
  def flat_size(term) when is_list(term), do: list(term, 0)
  def flat_size(term) when is_tuple(term), do: 1 + tuple_size(term) + parts(Tuple.to_list(term))

  def flat_size(term) when is_map(term) do
    {keys, values} = Enum.unzip(:maps.to_list(term))
    size = map_size(term)
    # A small map holds a tuple of its keys and, behind them, its values.
    own = if size <= 32, do: 3 + size + if(size == 0, do: 0, else: 1 + size), else: 2 + 4 * size
    own + parts(keys) + parts(values)
  end

  def flat_size(term) when is_float(term), do: 2
  def flat_size(term) when is_integer(term), do: integer(abs(term))
  def flat_size(term) when is_bitstring(term), do: binary(div(bit_size(term) + 7, 8))
  def flat_size(term) when is_reference(term), do: 3

  def flat_size(term) when is_function(term) do
    {:env, captured} = :erlang.fun_info(term, :env)
    5 + length(captured) + parts(captured)
  end

  def flat_size(_immediate), do: 0

  @doc "The words of a term. Here nothing is known of what is shared."
  def size(term), do: flat_size(term)

  def same(left, right), do: left === right

  defp list([head | tail], words), do: list(tail, words + 2 + flat_size(head))
  defp list([], words), do: words
  defp list(other, words), do: words + flat_size(other)

  defp parts(terms), do: Enum.reduce(terms, 0, &(flat_size(&1) + &2))

  defp integer(small) when small < 0x800000000000000, do: 0
  defp integer(big), do: 1 + div(length(Integer.digits(big, 2)) + 63, 64)

  # A long one is apart from the heap.
  defp binary(bytes) when bytes > 64, do: 6
  defp binary(bytes), do: 2 + div(bytes + 7, 8)
end
