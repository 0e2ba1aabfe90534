defmodule :proplists do
  @moduledoc """
  Property lists: lists of `{key, value}` tuples, in which a lone atom stands for `{atom, true}`. The first entry of a key
  counts; other elements are ignored.
  """

  @doc "The entry of a value: `key` alone when the value is `true` and the key an atom."
  def property({key, true}) when is_atom(key), do: key
  def property(property), do: property

  @doc "As `property/1`, from key and value."
  def property(key, true) when is_atom(key), do: key
  def property(key, value), do: {key, value}

  @doc "The value of a key, or `default`."
  def get_value(key, list, default \\ :undefined)
  def get_value(key, [key | _], _default) when is_atom(key), do: true

  def get_value(key, [entry | rest], default) when is_tuple(entry) and tuple_size(entry) >= 1 do
    if elem(entry, 0) == key do
      case entry do
        {_, value} -> value
        # An entry of another size hides those behind it, and has no value.
        _ -> default
      end
    else
      get_value(key, rest, default)
    end
  end

  def get_value(key, [_ | rest], default), do: get_value(key, rest, default)
  def get_value(_key, [], default), do: default

  @doc "The values of all entries of a key."
  def get_all_values(key, list) do
    for entry <- lookup_all(key, list), tuple_size(entry) == 2, do: elem(entry, 1)
  end

  @doc "The values of all entries of a key, which are lists or single values, in one list."
  def append_values(key, list) do
    Enum.flat_map(get_all_values(key, list), fn
      values when is_list(values) -> values
      value -> [value]
    end)
  end

  @doc "Whether the value of a key is `true`; that of others is no boolean and counts as `false`."
  def get_bool(key, list) do
    case lookup(key, list) do
      {_, true} -> true
      _ -> false
    end
  end

  @doc "The first entry of a key as a tuple, or `:none`."
  def lookup(key, [key | _]) when is_atom(key), do: {key, true}

  def lookup(key, [entry | rest]) when is_tuple(entry) and tuple_size(entry) >= 1 do
    if elem(entry, 0) == key, do: entry, else: lookup(key, rest)
  end

  def lookup(key, [_ | rest]), do: lookup(key, rest)
  def lookup(_key, []), do: :none

  @doc "All entries of a key as tuples."
  def lookup_all(key, list), do: for(entry <- list, key_of(entry) == {:ok, key}, do: as_tuple(entry))

  @doc "Whether the key has an entry."
  def is_defined(key, list), do: lookup(key, list) != :none

  @doc "The keys, each once."
  def get_keys(list) do
    Enum.uniq(for entry <- list, {:ok, key} <- [key_of(entry)], do: key)
  end

  @doc "The list without the entries of a key."
  def delete(key, list), do: Enum.reject(list, &(key_of(&1) == {:ok, key}))

  @doc "All `{atom, true}` as atoms."
  def compact(list), do: Enum.map(list, &property/1)

  @doc "All atoms as `{atom, true}`."
  def unfold(list), do: Enum.map(list, &as_tuple/1)

  @doc "A map of the first entry of each key; what is no property is left out."
  def to_map(list) do
    List.foldr(list, %{}, fn
      {key, value}, map -> Map.put(map, key, value)
      key, map when is_atom(key) -> Map.put(map, key, true)
      _, map -> map
    end)
  end

  @doc "The list of a map's entries."
  def from_map(map), do: Map.to_list(map)

  @doc "Renames keys: `aliases` are `{old, new}`."
  def substitute_aliases(aliases, list) do
    Enum.map(list, fn entry ->
      with {:ok, key} <- key_of(entry), {_, new} <- List.keyfind(aliases, key, 0) do
        if is_atom(entry), do: property(new, true), else: property(put_elem(entry, 0, new))
      else
        _ -> entry
      end
    end)
  end

  @doc "Renames keys and negates their booleans: `negations` are `{old, new}`."
  def substitute_negations(negations, list) do
    Enum.map(list, fn entry ->
      with {:ok, key} <- key_of(entry), {_, new} <- List.keyfind(negations, key, 0) do
        case as_tuple(entry) do
          {_, true} -> {new, false}
          {_, false} -> property(new, true)
          _ -> property(new, true)
        end
      else
        _ -> entry
      end
    end)
  end

  @doc "Replaces each entry that equals a property by a list of others: `expansions` are `{property, list}`."
  def expand(expansions, list) do
    Enum.flat_map(list, fn entry ->
      Enum.find_value(expansions, [entry], fn {property, replacement} ->
        if property(property) == property(entry), do: replacement
      end)
    end)
  end

  @doc "Applies `{:aliases, _}`, `{:negations, _}` and `{:expand, _}` in turn, then compacts."
  def normalize(list, stages) do
    stages
    |> Enum.reduce(list, fn
      {:aliases, aliases}, list -> substitute_aliases(aliases, list)
      {:negations, negations}, list -> substitute_negations(negations, list)
      {:expand, expansions}, list -> expand(expansions, list)
    end)
    |> compact()
  end

  @doc "One list for each key of `keys`, and one of the rest."
  def split(list, keys) do
    {Enum.map(keys, fn key -> Enum.filter(list, &(key_of(&1) == {:ok, key})) end),
     Enum.reject(list, fn entry -> Enum.any?(keys, &(key_of(entry) == {:ok, &1})) end)}
  end

  defp key_of(entry) when is_atom(entry), do: {:ok, entry}
  defp key_of(entry) when is_tuple(entry) and tuple_size(entry) >= 1, do: {:ok, elem(entry, 0)}
  defp key_of(_), do: :error

  defp as_tuple(entry) when is_atom(entry), do: {entry, true}
  defp as_tuple(entry), do: entry
end
