defmodule :erts_debug do
  @moduledoc "Erlang's `:erts_debug`, as far as it measures terms: in words of the BEAM, as they would take there."

  @doc "The words of a term, parts that are shared counted each time."
  def flat_size(term) when is_list(term), do: list(term, 0)
  def flat_size(term), do: own(term) + parts(:beamlet_term.parts(term))

  @doc "The words of a term, parts that are shared counted once."
  def size(term), do: Enum.reduce(:beamlet_term.boxes(term), 0, &(own(&1) + &2))

  @doc "Whether both are the same term in memory."
  def same(left, right), do: :beamlet_term.same(left, right)

  # The words of a term without those of its parts.
  defp own([_ | _]), do: 2
  defp own(term) when is_tuple(term), do: 1 + tuple_size(term)

  # A small map holds a tuple of its keys and, behind them, its values.
  defp own(term) when is_map(term) do
    case map_size(term) do
      0 -> 3
      size when size <= 32 -> 3 + size + 1 + size
      size -> 2 + 4 * size
    end
  end

  defp own(term) when is_float(term), do: 2
  defp own(term) when is_integer(term), do: integer(abs(term))
  defp own(term) when is_bitstring(term), do: binary(div(bit_size(term) + 7, 8))
  defp own(term) when is_reference(term), do: 3
  defp own(term) when is_function(term), do: 5 + length(:beamlet_term.parts(term))
  defp own(_immediate), do: 0

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
