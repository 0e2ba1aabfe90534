defmodule Beamlet.LinearHash do
  @moduledoc """
  The table behind Erlang's `:sets` and `:dict`: linear hashing over segments of sixteen buckets, as Erlang has it, because the
  order of its elements shows.

  A table grows and shrinks by one bucket at a time. Of `most` buckets that there is room for, `active` are in use; what hashes to one
  beyond them lies `buddy` buckets before. The entries of a dictionary are improper lists, `[key | value]`.
  """

  @segment 16
  @expand_load 5
  @contract_load 3
  @empty Tuple.duplicate([], @segment)

  @doc "An empty table; the tag says what its entries are."
  def new(tag) do
    {tag, 0, @segment, @segment, div(@segment, 2), @segment * @expand_load, @segment * @contract_load, @empty, {@empty}}
  end

  def size({_, size, _, _, _, _, _, _, _}), do: size

  @doc "The number of the bucket in which a key is, or would be."
  def slot({_, _, active, most, buddy, _, _, _, _}, key) do
    slot = :erlang.phash(key, most)
    if slot > active, do: slot - buddy, else: slot
  end

  def bucket({_, _, _, _, _, _, _, _, segments}, slot) do
    segments |> elem(div(slot - 1, @segment)) |> elem(rem(slot - 1, @segment))
  end

  def put_bucket(table, slot, bucket) do
    segments = elem(table, 8)
    index = div(slot - 1, @segment)
    segment = put_elem(elem(segments, index), rem(slot - 1, @segment), bucket)
    put_elem(table, 8, put_elem(segments, index, segment))
  end

  @doc "The table with one more entry, which is in its bucket already."
  def grow({tag, size, active, most, buddy, expand, contract, empty, segments}) when size + 1 <= expand do
    {tag, size + 1, active, most, buddy, expand, contract, empty, segments}
  end

  def grow(table) do
    {tag, size, active, most, buddy, _, _, empty, segments} = with_room(table)
    active = active + 1
    table = {tag, size + 1, active, most, buddy, active * @expand_load, active * @contract_load, empty, segments}
    near = active - buddy
    # From the last to the first, so that each part keeps the order.
    {stay, move} =
      :lists.foldr(
        fn entry, {stay, move} ->
          if :erlang.phash(key(tag, entry), most) == near,
            do: {[entry | stay], move},
            else: {stay, [entry | move]}
        end,
        {[], []},
        bucket(table, near)
      )

    table |> put_bucket(near, stay) |> put_bucket(active, move)
  end

  defp with_room({tag, size, most, most, buddy, expand, contract, empty, segments}) do
    twice = :erlang.list_to_tuple(Tuple.to_list(segments) ++ List.duplicate(empty, tuple_size(segments)))
    {tag, size, most, most * 2, buddy * 2, expand, contract, empty, twice}
  end

  defp with_room(table), do: table

  defp key(:set, element), do: element
  defp key(:dict, [key | _value]), do: key

  @doc "The table with so many entries less, which have left their buckets already."
  def shrink({tag, size, active, most, buddy, expand, contract, empty, segments}, by)
      when size - by >= contract or active == @segment do
    {tag, size - by, active, most, buddy, expand, contract, empty, segments}
  end

  def shrink({_, _, active, _, buddy, _, _, _, _} = table, by) do
    near = active - buddy
    merged = bucket(table, near) ++ bucket(table, active)

    {tag, size, _, most, _, _, _, empty, segments} =
      table |> put_bucket(near, merged) |> put_bucket(active, [])

    active = active - 1
    expand = active * @expand_load
    contract = active * @contract_load

    if active == buddy do
      half = segments |> Tuple.to_list() |> Enum.take(div(tuple_size(segments), 2)) |> :erlang.list_to_tuple()
      {tag, size - by, active, div(most, 2), div(buddy, 2), expand, contract, empty, half}
    else
      {tag, size - by, active, most, buddy, expand, contract, empty, segments}
    end
  end

  @doc "Folds over the entries, from the last bucket to the first."
  def fold(table, acc, fun) do
    in_bucket = fn bucket, acc -> :lists.foldl(fun, acc, bucket) end
    in_segment = fn segment, acc -> :lists.foldr(in_bucket, acc, Tuple.to_list(segment)) end
    :lists.foldr(in_segment, acc, Tuple.to_list(elem(table, 8)))
  end

  @doc "Replaces each bucket."
  def map_buckets(table, fun) do
    map = fn tuple, fun -> tuple |> Tuple.to_list() |> Enum.map(fun) |> :erlang.list_to_tuple() end
    put_elem(table, 8, map.(elem(table, 8), fn segment -> map.(segment, fun) end))
  end

  @doc "The table with what `keep` leaves of each bucket."
  def filter(table, keep) do
    kept = map_buckets(table, keep)
    shrink(kept, size(table) - fold(kept, 0, fn _, count -> count + 1 end))
  end
end
