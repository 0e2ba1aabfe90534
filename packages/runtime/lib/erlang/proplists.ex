defmodule :proplists do
  @moduledoc """
  Erlang's `:proplists`: lists of `{key, value, …}` tuples, in which an atom stands for `{atom, true}`.
  The first entry of a key counts.
  """

  @doc "The entry of a key and value; an atom alone when the value is `true`."
  def property({key, true}) when is_atom(key), do: key
  def property(property), do: property

  @doc "Like `property/1`, given key and value."
  def property(key, true) when is_atom(key), do: key
  def property(key, value), do: {key, value}

  @doc "The value of a key, `:undefined` if there is none."
  def get_value(key, list), do: get_value(key, list, :undefined)

  @doc "The value of a key, or the default. An entry of another shape than a pair counts as none."
  def get_value(key, [entry | rest], default) do
    cond do
      is_atom(entry) and entry === key ->
        true

      is_tuple(entry) and :erlang.tuple_size(entry) >= 1 and :erlang.element(1, entry) === key ->
        case entry do
          {_, value} -> value
          _ -> default
        end

      true ->
        get_value(key, rest, default)
    end
  end

  def get_value(_key, [], default), do: default

  @doc "Whether the first entry of a key says `true`."
  def get_bool(key, list), do: get_value(key, list, false) === true

  @doc "All values of a key, in order."
  def get_all_values(key, [entry | rest]) do
    case entry do
      ^key when is_atom(key) -> [true | get_all_values(key, rest)]
      {^key, value} -> [value | get_all_values(key, rest)]
      _ -> get_all_values(key, rest)
    end
  end

  def get_all_values(_key, []), do: []

  @doc "The values of all entries of a key joined; a value that is no list counts as a list of one."
  def append_values(key, [entry | rest]) do
    case get_all_values(key, [entry]) do
      [value] when is_list(value) -> value ++ append_values(key, rest)
      found -> found ++ append_values(key, rest)
    end
  end

  def append_values(_key, []), do: []

  @doc "All entries of a key, in order."
  def lookup_all(key, [entry | rest]) do
    if is_entry(entry, key),
      do: [expanded(entry) | lookup_all(key, rest)],
      else: lookup_all(key, rest)
  end

  def lookup_all(_key, []), do: []

  @doc "The first entry of a key as a tuple, or `:none`."
  def lookup(key, [entry | rest]), do: if(is_entry(entry, key), do: expanded(entry), else: lookup(key, rest))
  def lookup(_key, []), do: :none

  @doc "Whether there is an entry of the key."
  def is_defined(key, [entry | rest]), do: is_entry(entry, key) or is_defined(key, rest)
  def is_defined(_key, []), do: false

  @doc "The list without the entries of a key."
  def delete(key, [entry | rest]) do
    if is_entry(entry, key), do: delete(key, rest), else: [entry | delete(key, rest)]
  end

  def delete(_key, []), do: []

  @doc "The keys, each once."
  def get_keys(list), do: :lists.uniq(keys(list))

  defp keys([entry | rest]) when is_atom(entry), do: [entry | keys(rest)]
  defp keys([entry | rest]) when is_tuple(entry) and entry !== {}, do: [:erlang.element(1, entry) | keys(rest)]
  defp keys([_ | rest]), do: keys(rest)
  defp keys([]), do: []

  @doc "Atoms as pairs with `true`; pairs stay."
  def unfold([entry | rest]), do: [expanded(entry) | unfold(rest)]
  def unfold([]), do: []

  @doc "Pairs of an atom with `true` as the atom; others stay."
  def compact(list), do: for(entry <- generator(list), do: property(entry))

  # What is no list fails as in a comprehension.
  defp generator(list) when is_list(list), do: list
  defp generator(other), do: :erlang.error({:bad_generator, other})

  @doc "Splits the list into the entries of each of the keys and the rest."
  def split(list, keys) do
    groups = for key <- generator(keys), do: :lists.filter(&is_entry(&1, key), list)
    rest = :lists.filter(fn entry -> not :lists.any(&is_entry(entry, &1), keys) end, list)
    {groups, rest}
  end

  @doc "The list as a map; the first entry of a key counts."
  def to_map(list) do
    :lists.foldr(
      fn entry, map ->
        case expanded(entry) do
          {key, value} -> :maps.put(key, value, map)
          _ -> map
        end
      end,
      %{},
      list
    )
  end

  @doc "The list, changed in stages as `normalize/2` does, as a map."
  def to_map(list, stages), do: list |> apply_stages(stages) |> to_map()

  @doc "Changes the list in stages: `{:aliases, a}`, `{:negations, n}`, `{:expand, e}`; and compacts it."
  def normalize(list, stages), do: list |> apply_stages(stages) |> compact()

  defp apply_stages(list, stages) do
    :lists.foldl(
      fn
        {:aliases, aliases}, list -> substitute_aliases(aliases, list)
        {:negations, negations}, list -> substitute_negations(negations, list)
        {:expand, expansions}, list -> expand(expansions, list)
      end,
      list,
      stages
    )
  end

  @doc "Renames keys: `aliases` are pairs of the old and the new key."
  def substitute_aliases(aliases, list) do
    :lists.map(
      fn entry ->
        case :lists.search(fn {key, _} -> is_entry(entry, key) end, aliases) do
          {:value, {_, new}} when is_atom(entry) -> property({new, true})
          {:value, {_, new}} -> property(:erlang.setelement(1, entry, new))
          false -> entry
        end
      end,
      list
    )
  end

  @doc "Renames keys and turns `true` and `false` around: `negations` are pairs of the old and the new key."
  def substitute_negations(negations, list) do
    :lists.map(
      fn entry ->
        case {:lists.search(fn {key, _} -> is_entry(entry, key) end, negations), entry} do
          {{:value, {_, new}}, {_, false}} -> property({new, true})
          {{:value, {_, new}}, {_, true}} -> {new, false}
          {{:value, {_, new}}, entry} when is_atom(entry) -> {new, false}
          # What is no boolean counts as false.
          {{:value, {_, new}}, _} -> property({new, true})
          {false, _} -> entry
        end
      end,
      list
    )
  end

  @doc "Puts other entries in the place of an entry: `expansions` are pairs of the entry and what it stands for."
  def expand(expansions, list) do
    generator(expansions)
    {entries, _} = :lists.mapfoldl(&expand_entry(&1, &2, expansions), [], list)
    :lists.flatmap(fn entries -> entries end, entries)
  end

  # An entry stands for others only where it is the first of its key; those of the key that follow go.
  defp expand_entry(entry, seen, expansions) do
    key = if is_tuple(entry) and entry !== {}, do: :erlang.element(1, entry), else: entry
    found = :lists.search(fn {old, _} -> property(old) === property(entry) end, expansions)

    case {List.keyfind(seen, key, 0), found} do
      {nil, {:value, {_, new}}} -> {new, [{key, :expanded} | seen]}
      {nil, false} -> {[entry], [{key, :kept} | seen]}
      {{_, :expanded}, _} -> {[], seen}
      {{_, :kept}, _} -> {[entry], seen}
    end
  end

  @doc "The entries of a map as a list."
  def from_map(map), do: :maps.to_list(map)

  defp is_entry(entry, key) do
    entry === key and is_atom(key) or
      (is_tuple(entry) and entry !== {} and :erlang.element(1, entry) === key)
  end

  defp expanded(entry) when is_atom(entry), do: {entry, true}
  defp expanded(entry), do: entry
end
