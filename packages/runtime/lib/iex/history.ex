defmodule IEx.History do
  @moduledoc false
  # The values of the expressions evaluated so far, for `v/1`. The counters of its entries have no gaps; the oldest go first.

  defstruct start: 1, size: 0, queue: :queue.new()

  @doc "An empty history whose first entry is going to have the number `start`."
  def init(start \\ 1), do: %__MODULE__{start: start}

  @doc "Adds an entry, `{counter, value}`; keeps `limit` entries, all when it is negative."
  def append(%__MODULE__{} = history, entry, limit) do
    %{history | queue: :queue.in(entry, history.queue), size: history.size + 1} |> shrink(limit)
  end

  defp shrink(%{size: size} = history, limit) when limit < 0 or size <= limit, do: history

  defp shrink(history, limit) do
    {_, queue} = :queue.out(history.queue)
    shrink(%{history | queue: queue, size: history.size - 1, start: history.start + 1}, limit)
  end

  @doc "The entry of that number, or counted from the last when it is negative. Raises when there is none."
  def nth(%__MODULE__{} = history, n) do
    index = if n < 0, do: history.size + n, else: n - history.start

    if history.size == 0, do: raise("v(#{n}) is out of bounds, no entries were stored in history so far")

    if n == 0 or index not in 0..(history.size - 1) do
      raise "v(#{n}) is out of bounds, the currently preserved history ranges from " <>
              "#{history.start} to #{history.start + history.size - 1} " <>
              "(or use negative numbers to look from the end)"
    end

    Enum.at(:queue.to_list(history.queue), index)
  end
end
