defmodule :ordsets do
  @moduledoc "Erlang's `:ordsets`: sets as sorted lists, whose elements are compared with `==`."

  @doc "The empty set."
  def new, do: []

  @doc "Whether a term is a set: a list that ascends strictly."
  def is_set([a, b | rest]), do: a < b and is_set([b | rest])
  def is_set([_]), do: true
  def is_set([]), do: true
  def is_set(term) when not is_list(term), do: false

  @doc "The number of elements."
  def size(set), do: :erlang.length(set)

  @doc "Whether the set has no elements."
  def is_empty(set), do: set === []

  @doc "The elements as a list."
  def to_list(set), do: set

  @doc "The set of the elements of a list."
  def from_list(list), do: :lists.usort(list)

  @doc "Whether the set has the element."
  def is_element(element, [head | tail]) when element > head, do: is_element(element, tail)
  def is_element(element, [head | _]), do: element == head
  def is_element(_element, []), do: false

  @doc "The set with the element."
  def add_element(element, [head | tail]) when element > head, do: [head | add_element(element, tail)]
  def add_element(element, [head | _] = set) when element < head, do: [element | set]
  def add_element(_element, [_ | _] = set), do: set
  def add_element(element, []), do: [element]

  @doc "The set without the element."
  def del_element(element, [head | tail]) when element > head, do: [head | del_element(element, tail)]
  def del_element(element, [head | _] = set) when element < head, do: set
  def del_element(_element, [_ | tail]), do: tail
  def del_element(_element, []), do: []

  @doc "The elements of either set."
  def union([a | as], [b | _] = right) when a < b, do: [a | union(as, right)]
  def union([a | _] = left, [b | bs]) when a > b, do: [b | union(left, bs)]
  def union([a | as], [_ | bs]), do: [a | union(as, bs)]
  def union([], right), do: right
  def union(left, []), do: left

  @doc "The elements of any of the sets."
  def union(sets), do: :lists.umerge(sets)

  @doc "The elements of both sets."
  def intersection([a | as], [b | _] = right) when a < b, do: intersection(as, right)
  def intersection([a | _] = left, [b | bs]) when a > b, do: intersection(left, bs)
  def intersection([a | as], [_ | bs]), do: [a | intersection(as, bs)]
  def intersection([], _), do: []
  def intersection(_, []), do: []

  @doc "The elements of all the sets, of which there is at least one."
  def intersection([first | rest]), do: :lists.foldl(fn set, acc -> intersection(acc, set) end, first, rest)

  @doc "Whether the sets have no element in common."
  def is_disjoint([a | as], [b | _] = right) when a < b, do: is_disjoint(as, right)
  def is_disjoint([a | _] = left, [b | bs]) when a > b, do: is_disjoint(left, bs)
  def is_disjoint([_ | _], [_ | _]), do: false
  def is_disjoint([], _), do: true
  def is_disjoint(_, []), do: true

  @doc "The elements of the first set that the second does not have."
  def subtract([a | as], [b | _] = right) when a < b, do: [a | subtract(as, right)]
  def subtract([a | _] = left, [b | bs]) when a > b, do: subtract(left, bs)
  def subtract([_ | as], [_ | bs]), do: subtract(as, bs)
  def subtract([], _right), do: []
  def subtract(left, []), do: left

  @doc "Whether every element of the first set is in the second."
  def is_subset([a | _], [b | _]) when a < b, do: false
  def is_subset([a | _] = left, [b | bs]) when a > b, do: is_subset(left, bs)
  def is_subset([_ | as], [_ | bs]), do: is_subset(as, bs)
  def is_subset([], _), do: true
  def is_subset(_, []), do: false

  @doc "Folds over the elements."
  def fold(fun, acc, set), do: :lists.foldl(fun, acc, set)

  @doc "The elements for which the predicate holds."
  def filter(pred, set), do: :lists.filter(pred, set)

  @doc "The results of the fun for each element, as a set."
  def map(fun, set), do: from_list(:lists.map(fun, set))

  @doc "The elements for which the fun gives `true`, and what it gives as `{true, element}`."
  def filtermap(fun, set), do: from_list(:lists.filtermap(fun, set))

  @doc "Whether the sets have the same elements."
  def is_equal(left, right), do: left == right
end
