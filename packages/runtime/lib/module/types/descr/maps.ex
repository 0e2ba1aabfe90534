defmodule Module.Types.Descr.Maps do
  @moduledoc false
  # Maps: a union of `{:closed | :open, fields, negations}`. Fields are a map from key to type; an open map may have more of them. A
  # negation is such a literal without negations.
  #
  # Fields with the key `:__struct__` are no struct, so they are never given to what works with any enumerable.

  import Module.Types.Descr
  alias Module.Types.Descr
  alias Module.Types.Descr.Pairs

  def new(tag, fields) do
    fields = Enum.to_list(fields)
    gradual? = Enum.any?(fields, fn {_, type} -> gradual?(type) end)
    fields = for {key, type} <- fields, into: %{}, do: {key, with(%{dynamic: upper} <- type, do: upper)}
    type = %{map: [{tag, fields, []}]}
    if gradual?, do: dynamic(type), else: type
  end

  ## Union

  def union([one], [other]) do
    case fuse(one, other) do
      nil -> concat([one], [other])
      fused -> [fused]
    end
  end

  def union(left, right), do: concat(left, right)

  defp concat(left, right), do: left ++ (right -- left)

  # Two literals as one, where that is easily found; else `nil`.
  defp fuse({tag1, fields1, []} = one, {tag2, fields2, []} = other) do
    size1 = map_size(fields1)
    size2 = map_size(fields2)

    cond do
      one == other -> one
      one == {:open, %{}, []} or other == {:open, %{}, []} -> {:open, %{}, []}
      tag1 == tag2 and size1 == size2 -> fuse_fields(one, other)
      tag1 == :open and size1 <= size2 -> if fields_within?(fields2, fields1), do: one
      tag2 == :open and size1 >= size2 -> if fields_within?(fields1, fields2), do: other
      true -> nil
    end
  end

  defp fuse(_, _), do: nil

  defp fuse_fields({tag, fields1, []} = one, {tag, fields2, []} = other) do
    if same_keys?(fields1, fields2) do
      case for({key, a} <- Map.to_list(fields1), b = Map.fetch!(fields2, key), a != b, do: {key, a, b}) do
        [{:__struct__, _, _} | _] -> nil
        [{key, a, b}] -> {tag, Map.put(fields1, key, Descr.union(a, b)), []}
        changed -> within(changed, one, other)
      end
    end
  end

  defp within(changed, one, other) do
    cond do
      Enum.all?(changed, fn {_, a, b} -> subtype?(a, b) end) -> other
      Enum.all?(changed, fn {_, a, b} -> subtype?(b, a) end) -> one
      true -> nil
    end
  end

  # Whether every field of the second is narrower in the first.
  defp fields_within?(narrow, wide) do
    Enum.all?(Map.to_list(wide), fn {key, type} ->
      case narrow do
        %{^key => same} when same == type -> true
        %{^key => other} -> subtype?(other, type)
        _ -> false
      end
    end)
  end

  ## Intersection and difference

  def intersection(left, right), do: Pairs.common(left, right, &both/2)

  # What two literals have in common, or `nil`.
  defp both({:open, a}, {:open, b}) do
    merged = Map.merge(a, b, fn _, a, b -> Descr.intersection(a, b) end)
    shared = Enum.filter(Map.keys(a), &is_map_key(b, &1))
    if Enum.any?(shared, &Descr.empty?(Map.fetch!(merged, &1))), do: nil, else: {:open, merged}
  end

  defp both({:closed, a}, {:closed, b}) do
    if same_keys?(a, b), do: narrow(Map.to_list(a), b)
  end

  defp both({:open, open}, {:closed, closed}), do: narrow(Map.to_list(open), closed)
  defp both({:closed, closed}, {:open, open}), do: narrow(Map.to_list(open), closed)

  defp same_keys?(a, b), do: map_size(a) == map_size(b) and Enum.all?(Map.keys(a), &is_map_key(b, &1))

  defp narrow([], fields), do: {:closed, fields}

  defp narrow([{key, type} | rest], fields) do
    case fields do
      %{^key => other} ->
        type = Descr.intersection(type, other)
        if Descr.empty?(type), do: nil, else: narrow(rest, %{fields | key => type})

      _ ->
        if match?(%{optional: 1}, type), do: narrow(rest, fields)
    end
  end

  def difference(left, right),
    do: Enum.reduce(right, left, fn literal, left -> Enum.reduce(left, [], &exclude(&1, literal, &2)) end)

  defp exclude({tag, fields, negs}, {:open, excluded, []}, done) when map_size(excluded) == 1 do
    [{key, type}] = Map.to_list(excluded)
    left = fields |> Map.get(key, beyond(tag)) |> Descr.difference(type)
    if Descr.empty?(left), do: done, else: [{tag, Map.put(fields, key, left), negs} | done]
  end

  defp exclude({tag, fields, negs}, {tag2, fields2, negs2}, done) do
    back = for neg <- negs2, {tag, fields} <- [both({tag, fields}, neg)], do: {tag, fields, negs}
    Enum.reverse(back, [{tag, fields, [{tag2, fields2} | negs]} | done])
  end

  defp beyond(:open), do: if_set(:term)
  defp beyond(:closed), do: not_set()

  def empty?(maps), do: Enum.all?(maps, fn {tag, fields, negs} -> empty?(tag, fields, negs) end)

  defp empty?(_tag, fields, []), do: fields |> Map.values() |> Enum.any?(&Descr.empty?/1)
  defp empty?(_tag, _fields, [{:open, none} | _]) when none == %{}, do: true
  defp empty?(:open, fields, [{:closed, _} | negs]), do: empty?(:open, fields, negs)

  defp empty?(tag, fields, [{neg_tag, neg_fields} | negs]) do
    covered? =
      Enum.all?(Map.to_list(neg_fields), fn {key, neg} ->
        is_map_key(fields, key) or
          if tag == :closed,
            do: match?(%{optional: 1}, neg),
            else: nothing_left?(tag, fields, key, if_set(:term), neg, negs)
      end) and
        Enum.all?(Map.to_list(fields), fn {key, type} ->
          cond do
            is_map_key(neg_fields, key) -> nothing_left?(tag, fields, key, type, Map.fetch!(neg_fields, key), negs)
            neg_tag == :open -> true
            match?(%{optional: 1}, type) -> nothing_left?(tag, fields, key, type, not_set(), negs)
            true -> false
          end
        end)

    covered? or empty?(tag, fields, negs)
  end

  defp nothing_left?(tag, fields, key, type, neg, negs) do
    left = Descr.difference(type, neg)
    Descr.empty?(left) or empty?(tag, Map.put(fields, key, left), negs)
  end

  ## Keys

  @doc "The type of the value of a key: a type, `:badkey` where there is none, `:badmap` where it is no map."
  def fetch(type, key) do
    cond do
      not only_kind?(type, :map) ->
        :badmap

      gradual?(type) ->
        {upper, static} = split(type)
        {_, upper} = value(upper, key)
        {optional?, static} = value(static, key)
        if optional? or Descr.empty?(upper), do: :badkey, else: Descr.union(dynamic(upper), static)

      true ->
        {optional?, type} = value(type, key)
        if optional? or Descr.empty?(type), do: :badkey, else: type
    end
  end

  @doc "Whether whatever map of the type it is has the key."
  def key?(type, key),
    do: only_kind?(type, :map) and is_type(fetch(type, key)) and match?({false, _}, value(elem(split(type), 0), key))

  defp value(:term, _key), do: {true, :term}

  defp value(%{map: maps}, key) do
    maps
    |> Enum.reduce(none(), fn {tag, fields, negs}, all ->
      cond do
        negs == [] -> fields |> Map.get(key, beyond(tag)) |> Descr.union(all)
        {:open, %{}} in negs -> all
        true -> {tag, fields} |> without(negs, key) |> elem(0) |> Descr.union(all)
      end
    end)
    |> pop_optional()
  end

  defp value(_type, _key), do: {false, none()}

  # The value of the key and the rest of the map, which is none of the negations.
  defp without(literal, negs, key), do: literal |> pop(key) |> Pairs.exclude(Enum.map(negs, &pop(&1, key)))

  defp pop({tag, fields}, key) do
    {type, rest} = Map.pop(fields, key, beyond(tag))
    {type, %{map: [{tag, rest, []}]}}
  end

  @doc "The map with another value for a key, which need not be there. `:badmap` where it is no map."
  def put(type, key, %{dynamic: value}), do: put(dynamic(type), key, value)

  def put(type, key, value) do
    cond do
      not only_kind?(type, :map) ->
        :badmap

      not gradual?(type) ->
        put_static(type, key, value)

      true ->
        with(
          {upper, static} <- split(type),
          do: Descr.union(dynamic(put_static(upper, key, value)), put_static(static, key, value))
        )
    end
  end

  @doc "The map with another value for a key that must be there."
  def replace(type, key, %{dynamic: value}), do: replace(dynamic(type), key, value)

  def replace(type, key, value) do
    with found when is_type(found) <- fetch(type, key), do: put(type, key, value)
  end

  defp put_static(:term, key, value), do: open_map([{key, value}])

  defp put_static(%{map: maps}, key, value) do
    maps
    |> Enum.reduce(none(), fn {tag, fields, negs}, all ->
      cond do
        negs == [] -> Descr.union(all, %{map: [{tag, Map.delete(fields, key), []}]})
        {:open, %{}} in negs -> all
        true -> Descr.union(all, {tag, fields} |> without(negs, key) |> elem(1))
      end
    end)
    |> Map.replace_lazy(:map, fn maps ->
      for {tag, fields, negs} <- maps do
        {tag, Map.put(fields, key, value), for({tag, fields} <- negs, do: {tag, Map.put(fields, key, value)})}
      end
    end)
  end

  defp put_static(_type, _key, _value), do: none()

  ## Showing

  @doc "The same union without what is empty, as few literals as are easily found."
  def normalize(maps) do
    {plain, with_negs} =
      for({tag, fields, negs} <- maps, not empty?(tag, fields, negs), do: exclude_known(tag, fields, negs))
      |> Enum.split_with(fn {_, _, negs} -> negs == [] end)

    plain
    |> Enum.group_by(fn {tag, fields, _} -> {tag, Map.keys(fields)} end)
    |> Enum.flat_map(fn {_, maps} -> Enum.reduce(maps, [], &fuse_with_first/2) end)
    |> Kernel.++(with_negs)
  end

  defp fuse_with_first(map, []), do: [map]

  defp fuse_with_first(map, [other | rest]) do
    case fuse(map, other) do
      nil -> [other | fuse_with_first(map, rest)]
      fused -> [fused | rest]
    end
  end

  # Negations that differ in one field narrow that field; those that have nothing in common are of no use.
  defp exclude_known(tag, fields, negs) do
    {fields, negs} =
      Enum.reduce(negs, {fields, []}, fn {neg_tag, neg_fields} = neg, {fields, kept} ->
        cond do
          apart?({tag, fields}, neg) ->
            {fields, kept}

          key = only_difference({tag, fields}, neg) ->
            {Map.update!(fields, key, &Descr.difference(&1, Map.fetch!(neg_fields, key))), kept}

          true ->
            {fields, [{neg_tag, neg_fields} | kept]}
        end
      end)

    {tag, fields, negs}
  end

  defp apart?({tag, fields}, {neg_tag, neg_fields}),
    do: lacks?(tag, fields, neg_fields) or lacks?(neg_tag, neg_fields, fields)

  defp lacks?(:open, _fields, _others), do: false

  defp lacks?(:closed, fields, others),
    do:
      Enum.any?(Map.to_list(others), fn {key, type} ->
        not is_map_key(fields, key) and not match?(%{optional: 1}, type)
      end)

  defp only_difference({:open, _}, {:closed, _}), do: nil

  defp only_difference({_, fields}, {_, neg_fields}) do
    if same_keys?(fields, neg_fields) do
      case for({key, type} <- Map.to_list(fields), type != Map.fetch!(neg_fields, key), do: key) do
        [key] -> key
        _ -> nil
      end
    end
  end
end
