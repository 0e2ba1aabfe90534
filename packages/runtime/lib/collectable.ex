# What elements can be put into. `into/1` gives a start value and a collector that takes
# `{:cont, element}`, then `:done` (answer the collection) or `:halt` (free what is held).
defprotocol Collectable do
  @moduledoc "The protocol behind `Enum.into/2` and `for` with `:into`."

  @type t :: term
  @type command :: {:cont, term} | :done | :halt

  @doc "Gives the initial accumulator and the collector."
  @spec into(t) :: {initial_acc :: term, collector :: (term, command -> t | term)}
  def into(collectable)
end

defimpl Collectable, for: List do
  def into(list) do
    if list != [] do
      IO.warn(
        "the Collectable protocol is deprecated for non-empty lists. The behavior of " <>
          "Enum.into/2 and \"for\" comprehensions with an :into option is incorrect " <>
          "when collecting into non-empty lists. If you're collecting into a non-empty keyword " <>
          "list, consider using Keyword.merge/2 instead. If you're collecting into a non-empty " <>
          "list, consider concatenating the two lists with the ++ operator."
      )
    end

    collector = fn
      collected, {:cont, x} -> [x | collected]
      collected, :done -> list ++ :lists.reverse(collected)
      _collected, :halt -> :ok
    end

    {[], collector}
  end
end

defimpl Collectable, for: BitString do
  # Binaries gather as iodata, made into one at the end or when bits come that are no bytes.
  def into(binary) when is_binary(binary) do
    collector = fn
      acc, {:cont, x} when is_list(acc) and is_binary(x) -> [acc | x]
      acc, {:cont, x} when is_bitstring(x) -> append(flat(acc), x)
      acc, :done -> flat(acc)
      _acc, :halt -> :ok
      _acc, {:cont, other} -> refuse("binary", other)
    end

    {[binary], collector}
  end

  def into(bitstring) do
    collector = fn
      acc, {:cont, x} when is_bitstring(x) -> append(acc, x)
      acc, :done -> acc
      _acc, :halt -> :ok
      _acc, {:cont, other} -> refuse("bitstring", other)
    end

    {bitstring, collector}
  end

  defp append(left, right), do: <<left::bitstring, right::bitstring>>

  defp flat(acc) when is_bitstring(acc), do: acc
  defp flat(acc), do: IO.iodata_to_binary(acc)

  defp refuse(kind, other) do
    raise ArgumentError, "collecting into a #{kind} requires a bitstring, got: #{inspect(other)}"
  end
end

defimpl Collectable, for: Map do
  def into(map) do
    collector = fn
      map, {:cont, {key, value}} ->
        :maps.put(key, value, map)

      map, :done ->
        map

      _map, :halt ->
        :ok

      _map, {:cont, other} ->
        raise ArgumentError,
              "collecting into a map requires {key, value} tuples, got: #{inspect(other)}"
    end

    {map, collector}
  end
end
