defmodule :gb_trees do
  @moduledoc """
  Erlang's `:gb_trees`: general balanced trees, `{size, node}` of nodes `{key, value, smaller, bigger}` or `nil`.

  A tree is rebuilt where an insertion finds it too deep for its size, and never on deletion. Keys are compared
  with `==`.
  """

  @doc "The empty tree."
  def empty, do: {0, nil}

  @doc "Whether the tree is empty."
  def is_empty({0, nil}), do: true
  def is_empty(_), do: false

  @doc "The number of entries."
  def size({size, _}), do: size

  @doc "`{:value, value}` or `:none`."
  def lookup(key, {_, node}), do: find(key, node)

  defp find(key, {k, _, smaller, _}) when key < k, do: find(key, smaller)
  defp find(key, {k, _, _, bigger}) when key > k, do: find(key, bigger)
  defp find(_key, {_, value, _, _}), do: {:value, value}
  defp find(_key, nil), do: :none

  @doc "Whether the tree has the key."
  def is_defined(key, {_, node}), do: find(key, node) !== :none

  @doc "The value of a key that must be there."
  def get(key, {_, node}), do: get_1(key, node)

  defp get_1(key, {k, _, smaller, _}) when key < k, do: get_1(key, smaller)
  defp get_1(key, {k, _, _, bigger}) when key > k, do: get_1(key, bigger)
  defp get_1(_key, {_, value, _, _}), do: value

  @doc "Replaces the value of a key that must be there."
  def update(key, value, {size, node}), do: {size, update_1(key, value, node)}

  defp update_1(key, value, {k, v, smaller, bigger}) when key < k, do: {k, v, update_1(key, value, smaller), bigger}
  defp update_1(key, value, {k, v, smaller, bigger}) when key > k, do: {k, v, smaller, update_1(key, value, bigger)}
  defp update_1(key, value, {_, _, smaller, bigger}), do: {key, value, smaller, bigger}

  @doc "Adds a key that must not be there."
  def insert(key, value, {size, node}) when is_integer(size) do
    size = size + 1
    {size, inserted(insert_1(key, value, node, size * size))}
  end

  defp inserted({:deep, node, _, _}), do: node
  defp inserted(node), do: node

  # While `limit` lasts the place is shallow enough. Below it `{:deep, node, height, size}` goes up to
  # the first node that is too high for its size, which is built anew.
  defp insert_1(key, value, {k, v, smaller, bigger}, limit) when key < k do
    case insert_1(key, value, smaller, :erlang.bsr(limit, 1)) do
      {:deep, changed, height, size} -> rebalance({k, v, changed, bigger}, height, size, bigger)
      changed -> {k, v, changed, bigger}
    end
  end

  defp insert_1(key, value, {k, v, smaller, bigger}, limit) when key > k do
    case insert_1(key, value, bigger, :erlang.bsr(limit, 1)) do
      {:deep, changed, height, size} -> rebalance({k, v, smaller, changed}, height, size, smaller)
      changed -> {k, v, smaller, changed}
    end
  end

  defp insert_1(key, value, nil, 0), do: {:deep, {key, value, nil, nil}, 1, 1}
  defp insert_1(key, value, nil, _limit), do: {key, value, nil, nil}
  defp insert_1(key, _value, _node, _limit), do: :erlang.error({:key_exists, key})

  defp rebalance(node, height, size, sibling) do
    {sibling_height, sibling_size} = count(sibling)
    height = 2 * max(height, sibling_height)
    size = size + sibling_size + 1

    if height > size * size,
      do: build(entries(node, []), size),
      else: {:deep, node, height, size}
  end

  defp count({_, _, nil, nil}), do: {1, 1}

  defp count({_, _, smaller, bigger}) do
    {h1, s1} = count(smaller)
    {h2, s2} = count(bigger)
    {2 * max(h1, h2), s1 + s2 + 1}
  end

  defp count(nil), do: {1, 0}

  @doc "The tree with the value under the key."
  def enter(key, value, tree) do
    if is_defined(key, tree), do: update(key, value, tree), else: insert(key, value, tree)
  end

  @doc "Builds a tree of least height."
  def balance({size, node}), do: {size, build(entries(node, []), size)}

  @doc "The tree of a list of pairs sorted by key, without repeated keys."
  def from_orddict(pairs) do
    size = :erlang.length(pairs)
    {size, build(pairs, size)}
  end

  defp build(pairs, size) do
    {node, []} = balance_list_1(pairs, size)
    node
  end

  defp balance_list_1(pairs, size) when size > 1 do
    right = :erlang.div(size - 1, 2)
    {smaller, [{key, value} | rest]} = balance_list_1(pairs, size - 1 - right)
    {bigger, rest} = balance_list_1(rest, right)
    {{key, value, smaller, bigger}, rest}
  end

  defp balance_list_1([{key, value} | rest], 1), do: {{key, value, nil, nil}, rest}
  defp balance_list_1(pairs, 0), do: {nil, pairs}

  @doc "The tree without the key, whether it was there or not."
  def delete_any(key, tree) do
    if is_defined(key, tree), do: delete(key, tree), else: tree
  end

  @doc "The tree without a key that must be there."
  def delete(key, {size, node}) when is_integer(size), do: {size - 1, delete_1(key, node)}

  defp delete_1(key, {k, v, smaller, bigger}) when key < k, do: {k, v, delete_1(key, smaller), bigger}
  defp delete_1(key, {k, v, smaller, bigger}) when key > k, do: {k, v, smaller, delete_1(key, bigger)}
  defp delete_1(_key, {_, _, smaller, bigger}), do: joined(smaller, bigger)

  defp joined(smaller, nil), do: smaller
  defp joined(nil, bigger), do: bigger

  defp joined(smaller, bigger) do
    {key, value, rest} = take_smallest1(bigger)
    {key, value, smaller, rest}
  end

  @doc "`{value, rest}` of a key that must be there."
  def take(key, {size, node}) when is_integer(size) do
    {value, rest} = take_1(key, node)
    {value, {size - 1, rest}}
  end

  defp take_1(key, {k, v, smaller, bigger}) when key < k do
    {value, rest} = take_1(key, smaller)
    {value, {k, v, rest, bigger}}
  end

  defp take_1(key, {k, v, smaller, bigger}) when key > k do
    {value, rest} = take_1(key, bigger)
    {value, {k, v, smaller, rest}}
  end

  defp take_1(_key, {_, value, smaller, bigger}), do: {value, joined(smaller, bigger)}

  @doc "`{value, rest}` of a key, or `:error`."
  def take_any(key, tree) do
    if is_defined(key, tree), do: take(key, tree), else: :error
  end

  @doc "`{key, value, rest}` of the smallest key; the tree must not be empty."
  def take_smallest({size, node}) when is_integer(size) do
    {key, value, rest} = take_smallest1(node)
    {key, value, {size - 1, rest}}
  end

  defp take_smallest1({key, value, nil, bigger}), do: {key, value, bigger}

  defp take_smallest1({key, value, smaller, bigger}) do
    {k, v, rest} = take_smallest1(smaller)
    {k, v, {key, value, rest, bigger}}
  end

  @doc "`{key, value, rest}` of the largest key; the tree must not be empty."
  def take_largest({size, node}) when is_integer(size) do
    {key, value, rest} = take_largest1(node)
    {key, value, {size - 1, rest}}
  end

  defp take_largest1({key, value, smaller, nil}), do: {key, value, smaller}

  defp take_largest1({key, value, smaller, bigger}) do
    {k, v, rest} = take_largest1(bigger)
    {k, v, {key, value, smaller, rest}}
  end

  @doc "The entry of the smallest key; the tree must not be empty."
  def smallest({_, node}), do: smallest_1(node)

  defp smallest_1({key, value, nil, _}), do: {key, value}
  defp smallest_1({_, _, smaller, _}), do: smallest_1(smaller)

  @doc "The entry of the largest key; the tree must not be empty."
  def largest({_, node}), do: largest_1(node)

  defp largest_1({key, value, _, nil}), do: {key, value}
  defp largest_1({_, _, _, bigger}), do: largest_1(bigger)

  @doc "The entries in order."
  def to_list({_, node}), do: entries(node, [])

  defp entries({key, value, smaller, bigger}, acc), do: entries(smaller, [{key, value} | entries(bigger, acc)])
  defp entries(nil, acc), do: acc

  @doc "The keys in order."
  def keys({_, node}), do: :lists.map(fn {key, _} -> key end, entries(node, []))

  @doc "The values in the order of their keys."
  def values({_, node}), do: :lists.map(fn {_, value} -> value end, entries(node, []))

  @doc "The tree with each value replaced by what the fun gives for key and value."
  def map(fun, {size, node}) when is_function(fun, 2), do: {size, map_1(fun, node)}

  defp map_1(fun, {key, value, smaller, bigger}),
    do: {key, fun.(key, value), map_1(fun, smaller), map_1(fun, bigger)}

  defp map_1(_fun, nil), do: nil

  @doc "An iterator for `next/1`, from the smallest key."
  def iterator({_, node}), do: descend(node, [])

  @doc "An iterator from the first key that is not below the given one."
  def iterator_from(key, {_, node}), do: descend_from(key, node, [])

  defp descend({_, _, nil, _} = node, rest), do: [node | rest]
  defp descend({_, _, smaller, _} = node, rest), do: descend(smaller, [node | rest])
  defp descend(nil, rest), do: rest

  defp descend_from(key, {k, _, _, bigger}, rest) when k < key, do: descend_from(key, bigger, rest)
  defp descend_from(key, {k, _, _, _} = node, rest) when key == k, do: [node | rest]
  defp descend_from(key, {_, _, smaller, _} = node, rest), do: descend_from(key, smaller, [node | rest])
  defp descend_from(_key, nil, rest), do: rest

  @doc "An iterator from the smallest key (`:ordered`) or from the largest (`:reversed`)."
  def iterator(tree, :ordered), do: iterator(tree)
  def iterator({_, node}, :reversed), do: {:reversed, ascend(node, [])}

  @doc "An iterator from the first key in an order that is not before the given one."
  def iterator_from(key, tree, :ordered), do: iterator_from(key, tree)
  def iterator_from(key, {_, node}, :reversed), do: {:reversed, ascend_from(key, node, [])}

  defp ascend({_, _, _, bigger} = node, rest), do: ascend(bigger, [node | rest])
  defp ascend(nil, rest), do: rest

  defp ascend_from(key, {k, _, smaller, _}, rest) when k > key, do: ascend_from(key, smaller, rest)
  defp ascend_from(key, {_, _, _, bigger} = node, rest), do: ascend_from(key, bigger, [node | rest])
  defp ascend_from(_key, nil, rest), do: rest

  @doc "`{key, value}` of the smallest key that is above the given one, or `:none`."
  def larger(key, {_, node}), do: larger(key, node, :none)

  defp larger(key, {k, value, smaller, _}, _found) when k > key, do: larger(key, smaller, {k, value})
  defp larger(key, {_, _, _, bigger}, found), do: larger(key, bigger, found)
  defp larger(_key, nil, found), do: found

  @doc "`{key, value}` of the largest key that is below the given one, or `:none`."
  def smaller(key, {_, node}), do: smaller(key, node, :none)

  defp smaller(key, {k, value, _, bigger}, _found) when k < key, do: smaller(key, bigger, {k, value})
  defp smaller(key, {_, _, smaller, _}, found), do: smaller(key, smaller, found)
  defp smaller(_key, nil, found), do: found

  @doc "`{key, value, iterator}` or `:none`."
  def next({:reversed, [{key, value, smaller, _} | rest]}), do: {key, value, {:reversed, ascend(smaller, rest)}}
  def next({:reversed, []}), do: :none
  def next([{key, value, _, bigger} | rest]), do: {key, value, descend(bigger, rest)}
  def next([]), do: :none
end
