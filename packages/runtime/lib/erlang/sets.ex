defmodule :sets do
  @moduledoc """
  Erlang's `:sets`: a hash table (version 1, the default), or a map from the elements to `[]` (version 2, with the option
  `version: 2`).
  """

  alias Beamlet.LinearHash

  defguardp is_table(set) when is_tuple(set) and tuple_size(set) == 9 and elem(set, 0) === :set

  @doc "The empty set."
  def new, do: LinearHash.new(:set)

  @doc "The empty set; `version: 2` chooses a map."
  def new(options) do
    case :proplists.get_value(:version, options, 1) do
      1 -> new()
      2 -> %{}
    end
  end

  @doc "The set of the elements of a list."
  def from_list(list), do: :lists.foldl(&add_element/2, new(), list)

  @doc "Like `from_list/1`, with options as `new/1` takes them."
  def from_list(list, options) do
    case :proplists.get_value(:version, options, 1) do
      1 -> from_list(list)
      2 -> :maps.from_keys(list, [])
    end
  end

  @doc "Whether a term is a set."
  def is_set(term) when is_table(term), do: true
  def is_set(term) when is_map(term), do: :lists.all(&(&1 === []), :maps.values(term))
  def is_set(_), do: false

  @doc "The number of elements."
  def size(set) when is_map(set), do: map_size(set)
  def size(set) when is_table(set), do: LinearHash.size(set)

  @doc "Whether the set has no elements."
  def is_empty(set), do: size(set) === 0

  @doc "The elements as a list, in no particular order."
  def to_list(set) when is_map(set), do: :maps.keys(set)
  def to_list(set) when is_table(set), do: LinearHash.fold(set, [], &[&1 | &2])

  @doc "Whether the set has the element."
  def is_element(element, set) when is_map(set), do: is_map_key(set, element)

  def is_element(element, set) when is_table(set) do
    :lists.member(element, LinearHash.bucket(set, LinearHash.slot(set, element)))
  end

  @doc "The set with the element."
  def add_element(element, set) when is_map(set), do: :maps.put(element, [], set)

  def add_element(element, set) when is_table(set) do
    slot = LinearHash.slot(set, element)
    bucket = LinearHash.bucket(set, slot)

    if :lists.member(element, bucket),
      do: set,
      else: set |> LinearHash.put_bucket(slot, [element | bucket]) |> LinearHash.grow()
  end

  @doc "The set without the element."
  def del_element(element, set) when is_map(set), do: :maps.remove(element, set)

  def del_element(element, set) when is_table(set) do
    slot = LinearHash.slot(set, element)
    bucket = LinearHash.bucket(set, slot)

    if :lists.member(element, bucket),
      do: set |> LinearHash.put_bucket(slot, :lists.delete(element, bucket)) |> LinearHash.shrink(1),
      else: set
  end

  @doc "The elements of either set."
  def union(left, right) when is_map(left) and is_map(right), do: :maps.merge(left, right)

  def union(left, right) do
    if size(left) < size(right),
      do: fold(&add_element/2, right, left),
      else: fold(&add_element/2, left, right)
  end

  @doc "The elements of any of the sets."
  def union([first | rest]), do: :lists.foldl(fn set, acc -> union(acc, set) end, first, rest)
  def union([]), do: new()

  @doc "The elements of both sets."
  def intersection(left, right) do
    if size(left) < size(right),
      do: filter(&is_element(&1, right), left),
      else: filter(&is_element(&1, left), right)
  end

  @doc "The elements of all the sets, of which there is at least one."
  def intersection([first | rest]), do: :lists.foldl(fn set, acc -> intersection(acc, set) end, first, rest)

  @doc "Whether the sets have no element in common."
  def is_disjoint(left, right) do
    if size(left) < size(right),
      do: not :lists.any(&is_element(&1, right), to_list(left)),
      else: not :lists.any(&is_element(&1, left), to_list(right))
  end

  @doc "The elements of the first set that the second does not have."
  def subtract(left, right), do: filter(&(not is_element(&1, right)), left)

  @doc "Whether every element of the first set is in the second."
  def is_subset(left, right) do
    (not is_map(left) or not is_map(right) or map_size(left) <= map_size(right)) and
      fold(fn element, all? -> all? and is_element(element, right) end, true, left)
  end

  @doc "Folds over the elements."
  def fold(fun, acc, set) when is_map(set), do: :maps.fold(fn element, _, acc -> fun.(element, acc) end, acc, set)
  def fold(fun, acc, set) when is_table(set), do: LinearHash.fold(set, acc, fun)

  @doc "The elements for which the predicate holds."
  def filter(pred, set) when is_map(set) and is_function(pred), do: :maps.filter(fn element, _ -> pred.(element) end, set)

  def filter(pred, set) when is_table(set) do
    # Erlang turns the buckets round in passing, which shows.
    LinearHash.filter(set, &:lists.reverse(:lists.filter(pred, &1)))
  end

  @doc "The results of the fun for each element, as a set."
  def map(fun, set) when is_map(set), do: from_list(:lists.map(fun, to_list(set)), version: 2)
  def map(fun, set), do: from_list(:lists.map(fun, to_list(set)))

  @doc "The elements for which the fun gives `true`, and what it gives as `{true, element}`."
  def filtermap(fun, set) when is_map(set), do: from_list(:lists.filtermap(fun, to_list(set)), version: 2)
  def filtermap(fun, set), do: from_list(:lists.filtermap(fun, to_list(set)))

  @doc "Whether the sets have the same elements, of whichever kind they are."
  def is_equal(left, right), do: size(left) == size(right) and is_subset(left, right)
end
