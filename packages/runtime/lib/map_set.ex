# Sets: the elements are the keys of a map whose values are all `[]`, the layout of `:sets` version 2,
# so that equal sets are equal terms.
defmodule MapSet do
  @moduledoc "Sets of distinct (`===`) elements, in no particular order."

  @type value :: term
  @opaque internal(value) :: %{optional(value) => []}
  @type t(value) :: %__MODULE__{map: internal(value)}
  @type t :: t(term)

  defstruct map: %{}

  @doc "Gives an empty set."
  @spec new() :: t
  def new, do: %MapSet{}

  @doc "Makes a set of the elements."
  @spec new(Enumerable.t()) :: t
  def new(enumerable)
  def new(%MapSet{} = set), do: set
  def new(enumerable), do: %MapSet{map: :maps.from_keys(Enum.to_list(enumerable), [])}

  @doc "Makes a set of what `transform` returns for each element."
  @spec new(Enumerable.t(), (term -> value)) :: t
  def new(enumerable, transform) when is_function(transform, 1) do
    %MapSet{map: :maps.from_keys(Enum.map(enumerable, transform), [])}
  end

  @doc "Adds a value."
  @spec put(t, value) :: t
  def put(map_set, value)

  def put(%MapSet{map: map} = set, value), do: %{set | map: :maps.put(value, [], map)}

  @doc "Deletes a value."
  @spec delete(t, value) :: t
  def delete(map_set, value)

  def delete(%MapSet{map: map} = set, value), do: %{set | map: :maps.remove(value, map)}

  @doc "Tells whether a value is in the set."
  @spec member?(t, value) :: boolean
  def member?(%MapSet{map: map}, value), do: is_map_key(map, value)

  @doc "Counts the elements."
  @spec size(t) :: non_neg_integer
  def size(%MapSet{map: map}), do: map_size(map)

  @doc "Gives the elements as a list."
  @spec to_list(t) :: [value]
  def to_list(%MapSet{map: map}), do: :maps.keys(map)

  @doc "Gives the elements of either set."
  @spec union(t, t) :: t
  def union(map_set1, map_set2)

  def union(%MapSet{map: map1} = set, %MapSet{map: map2}),
    do: %{set | map: :maps.merge(map1, map2)}

  @doc "Gives the elements of both sets."
  @spec intersection(t, t) :: t
  def intersection(map_set1, map_set2)

  def intersection(%MapSet{map: map1} = set, %MapSet{map: map2}) do
    %{set | map: :maps.intersect(map1, map2)}
  end

  @doc "Gives the elements of the first set that are not in the second."
  @spec difference(t, t) :: t
  def difference(map_set1, map_set2)

  def difference(%MapSet{map: map1} = set, %MapSet{map: map2}) do
    %{set | map: :maps.without(:maps.keys(map2), map1)}
  end

  @doc "Gives the elements that are in exactly one of the sets."
  @spec symmetric_difference(t, t) :: t
  def symmetric_difference(map_set1, map_set2)

  def symmetric_difference(%MapSet{map: map1} = set, %MapSet{map: map2}) do
    only1 = :maps.without(:maps.keys(map2), map1)
    only2 = :maps.without(:maps.keys(map1), map2)
    %{set | map: :maps.merge(only1, only2)}
  end

  @doc "Tells whether the sets have no element in common."
  @spec disjoint?(t, t) :: boolean
  def disjoint?(%MapSet{map: map1}, %MapSet{map: map2}) do
    {small, large} = if map_size(map1) <= map_size(map2), do: {map1, map2}, else: {map2, map1}
    not Enum.any?(:maps.keys(small), &is_map_key(large, &1))
  end

  @doc "Tells whether all elements of the first set are in the second."
  @spec subset?(t, t) :: boolean
  def subset?(%MapSet{map: map1}, %MapSet{map: map2}) do
    map_size(map1) <= map_size(map2) and Enum.all?(:maps.keys(map1), &is_map_key(map2, &1))
  end

  @doc "Tells whether the sets have the same elements."
  @spec equal?(t, t) :: boolean
  def equal?(%MapSet{map: map1}, %MapSet{map: map2}), do: map1 === map2

  @doc "Keeps the elements for which `fun` is truthy."
  @spec filter(t, (value -> as_boolean(term))) :: t
  def filter(map_set, fun)

  def filter(%MapSet{map: map} = set, fun) when is_function(fun) do
    %{set | map: :maps.from_keys(Enum.filter(:maps.keys(map), fun), [])}
  end

  @doc "Drops the elements for which `fun` is truthy."
  @spec reject(t, (value -> as_boolean(term))) :: t
  def reject(map_set, fun)

  def reject(%MapSet{map: map} = set, fun) when is_function(fun) do
    %{set | map: :maps.from_keys(Enum.reject(:maps.keys(map), fun), [])}
  end

  @doc "Splits into the elements for which `fun` is truthy and the others."
  @spec split_with(t, (value -> as_boolean(term))) :: {t, t}
  def split_with(%MapSet{map: map}, fun) when is_function(fun, 1) do
    {yes, no} = Enum.split_with(:maps.keys(map), fun)
    {%MapSet{map: :maps.from_keys(yes, [])}, %MapSet{map: :maps.from_keys(no, [])}}
  end

  defimpl Enumerable do
    def count(set), do: {:ok, MapSet.size(set)}
    def member?(set, value), do: {:ok, MapSet.member?(set, value)}
    def slice(set), do: {:ok, MapSet.size(set), &MapSet.to_list/1}
    def reduce(set, acc, fun), do: Enumerable.List.reduce(MapSet.to_list(set), acc, fun)
  end

  defimpl Collectable do
    def into(%MapSet{map: map} = set) do
      collector = fn
        collected, {:cont, x} -> [x | collected]
        collected, :done -> %{set | map: :maps.merge(map, :maps.from_keys(collected, []))}
        _collected, :halt -> :ok
      end

      {[], collector}
    end
  end

  defimpl Inspect do
    import Inspect.Algebra

    def inspect(set, opts) do
      opts = %Inspect.Opts{opts | charlists: :as_lists}
      concat(["MapSet.new(", Inspect.List.inspect(MapSet.to_list(set), opts), ")"])
    end
  end
end
