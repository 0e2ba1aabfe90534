defmodule :gb_sets do
  @moduledoc """
  Erlang's `:gb_sets`: sets as general balanced trees, `{size, node}` of nodes `{element, smaller, bigger}` or `nil`.
  Elements are compared with `==`; trees are built anew where an insertion finds them too deep.
  """

  @doc "The empty set."
  def empty, do: {0, nil}

  @doc "The empty set."
  def new, do: empty()

  @doc "Whether the set is empty."
  def is_empty({0, nil}), do: true
  def is_empty(_), do: false

  @doc "Whether a term looks like a set."
  def is_set({0, nil}), do: true
  def is_set({size, {_, _, _}}) when is_integer(size) and size >= 0, do: true
  def is_set(_), do: false

  @doc "The number of elements."
  def size({size, _}), do: size

  @doc "The set of one element."
  def singleton(element), do: {1, {element, nil, nil}}

  @doc "Whether the set has the element."
  def is_member(element, {_, node}), do: has(element, node)

  @doc "Whether the set has the element."
  def is_element(element, set), do: is_member(element, set)

  defp has(element, {e, smaller, _}) when element < e, do: has(element, smaller)
  defp has(element, {e, _, bigger}) when element > e, do: has(element, bigger)
  defp has(_element, {_, _, _}), do: true
  defp has(_element, nil), do: false

  @doc "Adds an element that must not be there."
  def insert(element, {size, node}) do
    size = size + 1

    case insert_1(element, node, size * size) do
      {:deep, node, _, _} -> {size, node}
      node -> {size, node}
    end
  end

  # As in `:gb_trees`.
  defp insert_1(element, {e, smaller, bigger}, limit) when element < e do
    case insert_1(element, smaller, :erlang.bsr(limit, 1)) do
      {:deep, changed, height, size} -> rebalance({e, changed, bigger}, height, size, bigger)
      changed -> {e, changed, bigger}
    end
  end

  defp insert_1(element, {e, smaller, bigger}, limit) when element > e do
    case insert_1(element, bigger, :erlang.bsr(limit, 1)) do
      {:deep, changed, height, size} -> rebalance({e, smaller, changed}, height, size, smaller)
      changed -> {e, smaller, changed}
    end
  end

  defp insert_1(element, nil, 0), do: {:deep, {element, nil, nil}, 1, 1}
  defp insert_1(element, nil, _limit), do: {element, nil, nil}
  defp insert_1(element, _node, _limit), do: :erlang.error({:key_exists, element})

  defp rebalance(node, height, size, sibling) do
    {sibling_height, sibling_size} = count(sibling)
    height = 2 * max(height, sibling_height)
    size = size + sibling_size + 1

    if height > size * size,
      do: build(elements(node, []), size),
      else: {:deep, node, height, size}
  end

  defp count({_, nil, nil}), do: {1, 1}

  defp count({_, smaller, bigger}) do
    {h1, s1} = count(smaller)
    {h2, s2} = count(bigger)
    {2 * max(h1, h2), s1 + s2 + 1}
  end

  defp count(nil), do: {1, 0}

  @doc "The set with the element."
  def add(element, set), do: if(is_member(element, set), do: set, else: insert(element, set))

  @doc "The set with the element."
  def add_element(element, set), do: add(element, set)

  @doc "The set without an element that must be there."
  def delete(element, {size, node}), do: {size - 1, delete_1(element, node)}

  @doc "The set without the element, whether it was there or not."
  def delete_any(element, set), do: if(is_member(element, set), do: delete(element, set), else: set)

  @doc "The set without the element."
  def del_element(element, set), do: delete_any(element, set)

  defp delete_1(element, {e, smaller, bigger}) when element < e, do: {e, delete_1(element, smaller), bigger}
  defp delete_1(element, {e, smaller, bigger}) when element > e, do: {e, smaller, delete_1(element, bigger)}
  defp delete_1(_element, {_, smaller, nil}), do: smaller
  defp delete_1(_element, {_, nil, bigger}), do: bigger

  defp delete_1(_element, {_, smaller, bigger}) do
    {next, rest} = take_smallest1(bigger)
    {next, smaller, rest}
  end

  @doc "`{element, rest}` of the smallest element; the set must not be empty."
  def take_smallest({size, node}) do
    {element, rest} = take_smallest1(node)
    {element, {size - 1, rest}}
  end

  defp take_smallest1({element, nil, bigger}), do: {element, bigger}

  defp take_smallest1({element, smaller, bigger}) do
    {found, rest} = take_smallest1(smaller)
    {found, {element, rest, bigger}}
  end

  @doc "`{element, rest}` of the largest element; the set must not be empty."
  def take_largest({size, node}) do
    {element, rest} = take_largest1(node)
    {element, {size - 1, rest}}
  end

  defp take_largest1({element, smaller, nil}), do: {element, smaller}

  defp take_largest1({element, smaller, bigger}) do
    {found, rest} = take_largest1(bigger)
    {found, {element, smaller, rest}}
  end

  @doc "The smallest element; the set must not be empty."
  def smallest({_, node}), do: smallest_1(node)

  defp smallest_1({element, nil, _}), do: element
  defp smallest_1({_, smaller, _}), do: smallest_1(smaller)

  @doc "The largest element; the set must not be empty."
  def largest({_, node}), do: largest_1(node)

  defp largest_1({element, _, nil}), do: element
  defp largest_1({_, _, bigger}), do: largest_1(bigger)

  @doc "The elements in order."
  def to_list({_, node}), do: elements(node, [])

  defp elements({element, smaller, bigger}, acc), do: elements(smaller, [element | elements(bigger, acc)])
  defp elements(nil, acc), do: acc

  @doc "The set of the elements of a list."
  def from_list(list), do: from_ordset(:lists.usort(list))

  @doc "The set of a sorted list without repetitions."
  def from_ordset(list) do
    size = :erlang.length(list)
    {size, build(list, size)}
  end

  @doc "Builds a tree of least height."
  def balance({size, node}), do: {size, build(elements(node, []), size)}

  defp build(list, size) do
    {node, []} = balance_list_1(list, size)
    node
  end

  defp balance_list_1(list, size) when size > 1 do
    right = :erlang.div(size - 1, 2)
    {smaller, [element | rest]} = balance_list_1(list, size - 1 - right)
    {bigger, rest} = balance_list_1(rest, right)
    {{element, smaller, bigger}, rest}
  end

  defp balance_list_1([element | rest], 1), do: {{element, nil, nil}, rest}
  defp balance_list_1(list, 0), do: {nil, list}

  @doc "The elements of either set."
  def union({s1, _} = left, {s2, _} = right) when s2 < s1, do: add_all(right, left)
  def union({_, _} = left, {_, _} = right), do: add_all(left, right)

  defp add_all(smaller, larger) do
    if merge?(smaller, larger),
      do: from_merged(:ordsets.union(to_list(smaller), to_list(larger))),
      else: :lists.foldl(&add/2, larger, to_list(smaller))
  end

  # Whether going through both sets takes less than looking up the elements of one in the other.
  defp merge?({size, _}, {other, _}), do: other < 10 or other < size * round(1.46 * :math.log(other))

  # Erlang builds these from the back: the smaller half of a tree is on the left.
  defp from_merged(list) do
    size = :erlang.length(list)
    {node, []} = build_back(:lists.reverse(list), size)
    {size, node}
  end

  defp build_back(list, size) when size > 1 do
    left = :erlang.div(size - 1, 2)
    {bigger, [element | rest]} = build_back(list, size - 1 - left)
    {smaller, rest} = build_back(rest, left)
    {{element, smaller, bigger}, rest}
  end

  defp build_back([element | rest], 1), do: {{element, nil, nil}, rest}
  defp build_back(list, 0), do: {nil, list}

  @doc "The elements of any of the sets."
  def union(sets), do: :lists.foldl(fn set, acc -> union(acc, set) end, empty(), sets)

  @doc "The elements of both sets."
  def intersection({_, node}, {_, other}),
    do: from_merged(:ordsets.intersection(elements(node, []), elements(other, [])))

  @doc "The elements of all the sets, of which there is at least one."
  def intersection([first | rest]), do: :lists.foldl(fn set, acc -> intersection(acc, set) end, first, rest)

  @doc "Whether the sets have no element in common."
  def is_disjoint({_, node}, {_, other}), do: :ordsets.is_disjoint(elements(node, []), elements(other, []))

  @doc "The elements of the first set that the second does not have."
  def subtract(left, right), do: difference(left, right)

  @doc "The elements of the first set that the second does not have."
  def difference({_, node}, {_, other}),
    do: from_merged(:ordsets.subtract(elements(node, []), elements(other, [])))

  @doc "Whether every element of the first set is in the second."
  def is_subset({_, node}, {_, other}), do: :ordsets.is_subset(elements(node, []), elements(other, []))

  @doc "Folds over the elements in order."
  def fold(fun, acc, {_, node}) when is_function(fun, 2), do: :lists.foldl(fun, acc, elements(node, []))

  @doc "The elements for which the predicate holds."
  def filter(pred, {_, node}) when is_function(pred, 1), do: from_ordset(:lists.filter(pred, elements(node, [])))

  @doc "The results of the fun for each element, as a set."
  def map(fun, set), do: from_list(:lists.map(fun, to_list(set)))

  @doc "An iterator for `next/1`, from the smallest element."
  def iterator({_, node}), do: descend(node, [])

  @doc "An iterator from the first element that is not below the given one."
  def iterator_from(element, {_, node}), do: descend_from(element, node, [])

  defp descend({_, nil, _} = node, rest), do: [node | rest]
  defp descend({_, smaller, _} = node, rest), do: descend(smaller, [node | rest])
  defp descend(nil, rest), do: rest

  defp descend_from(element, {e, _, bigger}, rest) when e < element, do: descend_from(element, bigger, rest)
  defp descend_from(element, {e, _, _} = node, rest) when element == e, do: [node | rest]
  defp descend_from(element, {_, smaller, _} = node, rest), do: descend_from(element, smaller, [node | rest])
  defp descend_from(_element, nil, rest), do: rest

  @doc "An iterator from the smallest element (`:ordered`) or from the largest (`:reversed`)."
  def iterator(set, :ordered), do: iterator(set)
  def iterator({_, node}, :reversed), do: {:reversed, ascend(node, [])}

  @doc "An iterator from the first element in an order that is not before the given one."
  def iterator_from(element, set, :ordered), do: iterator_from(element, set)
  def iterator_from(element, {_, node}, :reversed), do: {:reversed, ascend_from(element, node, [])}

  defp ascend({_, _, bigger} = node, rest), do: ascend(bigger, [node | rest])
  defp ascend(nil, rest), do: rest

  defp ascend_from(element, {e, smaller, _}, rest) when e > element, do: ascend_from(element, smaller, rest)
  defp ascend_from(element, {_, _, bigger} = node, rest), do: ascend_from(element, bigger, [node | rest])
  defp ascend_from(_element, nil, rest), do: rest

  @doc "`{:found, element}`, the smallest that is above the given one, or `:none`."
  def larger(element, {_, node}), do: larger(element, node, :none)

  defp larger(element, {e, smaller, _}, _found) when e > element, do: larger(element, smaller, {:found, e})
  defp larger(element, {_, _, bigger}, found), do: larger(element, bigger, found)
  defp larger(_element, nil, found), do: found

  @doc "`{:found, element}`, the largest that is below the given one, or `:none`."
  def smaller(element, {_, node}), do: smaller(element, node, :none)

  defp smaller(element, {e, _, bigger}, _found) when e < element, do: smaller(element, bigger, {:found, e})
  defp smaller(element, {_, smaller, _}, found), do: smaller(element, smaller, found)
  defp smaller(_element, nil, found), do: found

  @doc "The elements for which the fun gives `true`, and what it gives as `{true, element}`."
  def filtermap(fun, set), do: from_list(:lists.filtermap(fun, to_list(set)))

  @doc "Whether the sets have the same elements."
  def is_equal(left, right), do: size(left) == size(right) and to_list(left) == to_list(right)

  @doc "`{element, iterator}` or `:none`."
  def next({:reversed, [{element, smaller, _} | rest]}), do: {element, {:reversed, ascend(smaller, rest)}}
  def next({:reversed, []}), do: :none
  def next([{element, _, bigger} | rest]), do: {element, descend(bigger, rest)}
  def next([]), do: :none
end
