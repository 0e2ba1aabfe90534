defmodule :sets do
  @moduledoc """
  Erlang's `:sets`. Every set is a map from its elements to `[]`, as Erlang represents sets of version 2;
  the option for the version is accepted and changes nothing.
  """

  @doc "The empty set."
  def new, do: %{}

  @doc "The empty set; the options choose a representation in Erlang."
  def new(_options), do: %{}

  @doc "The set of the elements of a list."
  def from_list(list), do: :maps.from_keys(list, [])

  @doc "Like `from_list/1`, with options as `new/1` takes them."
  def from_list(list, _options), do: from_list(list)

  @doc "Whether a term is a set."
  def is_set(term), do: is_map(term)

  @doc "The number of elements."
  def size(set), do: :maps.size(set)

  @doc "Whether the set has no elements."
  def is_empty(set), do: :maps.size(set) === 0

  @doc "The elements as a list, in no particular order."
  def to_list(set), do: :maps.keys(set)

  @doc "Whether the set has the element."
  def is_element(element, set), do: :maps.is_key(element, set)

  @doc "The set with the element."
  def add_element(element, set), do: :maps.put(element, [], set)

  @doc "The set without the element."
  def del_element(element, set), do: :maps.remove(element, set)

  @doc "The elements of either set."
  def union(left, right), do: :maps.merge(left, right)

  @doc "The elements of any of the sets."
  def union([first | rest]), do: :lists.foldl(fn set, acc -> union(acc, set) end, first, rest)
  def union([]), do: new()

  @doc "The elements of both sets."
  def intersection(left, right) when map_size(left) > map_size(right), do: intersection(right, left)
  def intersection(left, right), do: filter(fn element -> is_element(element, right) end, left)

  @doc "The elements of all the sets, of which there is at least one."
  def intersection([first | rest]), do: :lists.foldl(fn set, acc -> intersection(acc, set) end, first, rest)

  @doc "Whether the sets have no element in common."
  def is_disjoint(left, right) when map_size(left) > map_size(right), do: is_disjoint(right, left)
  def is_disjoint(left, right), do: not :lists.any(&is_element(&1, right), to_list(left))

  @doc "The elements of the first set that the second does not have."
  def subtract(left, right), do: filter(fn element -> not is_element(element, right) end, left)

  @doc "Whether every element of the first set is in the second."
  def is_subset(left, right) when map_size(left) > map_size(right), do: false
  def is_subset(left, right), do: :lists.all(&is_element(&1, right), to_list(left))

  @doc "Folds over the elements."
  def fold(fun, acc, set), do: :lists.foldl(fun, acc, to_list(set))

  @doc "The elements for which the predicate holds."
  def filter(pred, set), do: :maps.filter(fn element, _ -> pred.(element) end, set)
end
