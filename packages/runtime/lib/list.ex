# Functions that need a list, beyond what `Enum` does. Linear in the list, or in the index;
# negative indices need its length first.
defmodule List do
  @moduledoc "Functions on lists: ends, indices, lists of tuples, conversions."

  ## Ends and elements

  @doc "Deletes the first element that equals (`===`) `element`."
  @spec delete(list, any) :: list
  def delete(list, element)
  def delete([element | rest], element), do: rest
  def delete([other | rest], element), do: [other | delete(rest, element)]
  def delete([], _element), do: []

  @doc "Gives a list of `n` times `elem`."
  @spec duplicate(elem, non_neg_integer) :: [elem] when elem: var
  def duplicate(elem, n), do: :lists.duplicate(n, elem)

  @doc "Flattens nested lists."
  @spec flatten(deep) :: list when deep: [any | deep]
  def flatten(list), do: :lists.flatten(list)

  @doc "Flattens nested lists and appends `tail`."
  @spec flatten(deep, list) :: list when deep: [any | deep]
  def flatten(list, tail), do: :lists.flatten(list, tail)

  @doc "Reduces from the left."
  @spec foldl([elem], acc, (elem, acc -> acc)) :: acc when elem: var, acc: var
  def foldl(list, acc, fun) when is_list(list) and is_function(fun) do
    unquote(:"-foldl/3-lists^foldl/2-0-")(fun, acc, list)
  end

  # The names under which Elixir has what it inlines of OTP: failures show them.
  defp unquote(:"-foldl/3-lists^foldl/2-0-")(fun, acc, [h | t]),
    do: unquote(:"-foldl/3-lists^foldl/2-0-")(fun, fun.(h, acc), t)

  defp unquote(:"-foldl/3-lists^foldl/2-0-")(fun, acc, []) when is_function(fun, 2), do: acc

  @doc "Reduces from the right."
  @spec foldr([elem], acc, (elem, acc -> acc)) :: acc when elem: var, acc: var
  def foldr(list, acc, fun) when is_list(list) and is_function(fun) do
    unquote(:"-foldr/3-lists^foldr/2-0-")(fun, acc, list)
  end

  defp unquote(:"-foldr/3-lists^foldr/2-0-")(fun, acc, [h | t]),
    do: fun.(h, unquote(:"-foldr/3-lists^foldr/2-0-")(fun, acc, t))

  defp unquote(:"-foldr/3-lists^foldr/2-0-")(fun, acc, []) when is_function(fun, 2), do: acc

  @doc "Gives the first element, or `default`."
  @spec first([elem], any) :: elem | any when elem: var
  def first(list, default \\ nil)
  def first([], default), do: default
  def first([h | _], _default), do: h

  @doc "Gives the last element, or `default`."
  @spec last([elem], any) :: elem | any when elem: var
  def last(list), do: unquote(:"-inlined-last/2-")(list, nil)
  def last([], default), do: default
  def last([h], _default), do: h
  def last([_ | t], default), do: last(t, default)

  # The name under which OTP has what it inlines into `last/1`.
  defp unquote(:"-inlined-last/2-")([], default), do: default
  defp unquote(:"-inlined-last/2-")([_ | _] = list, default), do: last(list, default)

  @doc "Makes a list: a list stays, `nil` is empty, anything else is its only element."
  @spec wrap(term) :: maybe_improper_list
  def wrap(term)
  def wrap(list) when is_list(list), do: list
  def wrap(nil), do: []
  def wrap(other), do: [other]

  @doc "Tells whether the list ends in something else than `[]`."
  @spec improper?(maybe_improper_list) :: boolean
  def improper?(list) when is_list(list) and length(list) >= 0, do: false
  def improper?(list) when is_list(list), do: true

  @doc "Tells whether the list starts with the elements of `prefix`."
  @spec starts_with?(list, list) :: boolean
  def starts_with?(list, prefix)
  def starts_with?([h | t], [h | prefix]), do: starts_with?(t, prefix)
  def starts_with?(list, []) when is_list(list), do: true
  def starts_with?(list, [_ | _]) when is_list(list), do: false

  @doc "Tells whether the list ends with the elements of `suffix`."
  @spec ends_with?(list, list) :: boolean
  def ends_with?(list, suffix) do
    at = length(list) - length(suffix)
    at >= 0 and :lists.nthtail(at, list) === suffix
  end

  @doc "Tells whether the first `limit` elements are printable ASCII characters."
  @spec ascii_printable?(list, :infinity | non_neg_integer) :: boolean
  def ascii_printable?(list, limit \\ :infinity)
      when is_list(list) and (limit == :infinity or (is_integer(limit) and limit >= 0)) do
    printable?(list, limit)
  end

  defp printable?(_list, 0), do: true

  defp printable?([char | rest], limit)
       when is_integer(char) and (char in 32..126 or char in 7..13 or char == ?\e) do
    printable?(rest, if(limit == :infinity, do: limit, else: limit - 1))
  end

  defp printable?([], _limit), do: true
  defp printable?(_list, _limit), do: false

  ## Indices

  @doc "Inserts `value` before the element at `index`; -1 appends it."
  @spec insert_at(list, integer, any) :: list
  def insert_at(list, index, value) when is_list(list) and is_integer(index) do
    cond do
      index >= 0 -> insert(list, index, value)
      index == -1 -> list ++ [value]
      true -> insert(list, max(length(list) + index + 1, 0), value)
    end
  end

  defp insert(list, 0, value), do: [value | list]
  defp insert([h | t], index, value), do: [h | insert(t, index - 1, value)]
  defp insert([], _index, value), do: [value]

  @doc "Replaces the element at `index`, if there is one."
  @spec replace_at(list, integer, any) :: list
  def replace_at(list, index, value) when is_list(list) and is_integer(index) do
    change(list, from_start(list, index), fn _ -> value end)
  end

  @doc "Replaces the element at `index`, if there is one, by what `fun` makes of it."
  @spec update_at([elem], integer, (elem -> any)) :: list when elem: var
  def update_at(list, index, fun) when is_list(list) and is_function(fun) and is_integer(index) do
    change(list, from_start(list, index), fun)
  end

  defp change(list, index, _fun) when index < 0, do: list
  defp change([h | t], 0, fun), do: [fun.(h) | t]
  defp change([h | t], index, fun), do: [h | change(t, index - 1, fun)]
  defp change([], _index, _fun), do: []

  @doc "Deletes the element at `index`, if there is one."
  @spec delete_at(list, integer) :: list
  def delete_at(list, index) when is_integer(index), do: elem(pop_at(list, index), 1)

  @doc "Gives the element at `index`, or `default`, and the list without it."
  @spec pop_at(list, integer, any) :: {any, list}
  def pop_at(list, index, default \\ nil) when is_integer(index) do
    do_pop_at(list, from_start(list, index), default, [])
  end

  defp do_pop_at([h | t], 0, _default, passed), do: {h, :lists.reverse(passed, t)}
  defp do_pop_at([h | t], index, default, passed), do: do_pop_at(t, index - 1, default, [h | passed])
  defp do_pop_at([], _index, default, passed), do: {default, :lists.reverse(passed)}

  # Stays negative if it is before the start.
  defp from_start(_list, index) when index >= 0, do: index
  defp from_start(list, index), do: length(list) + index

  ## Lists of tuples

  @doc "Gives the first tuple with `key` at `position`, or `default`."
  @spec keyfind([tuple], any, non_neg_integer, any) :: any
  def keyfind(list, key, position, default \\ nil) when is_integer(position) do
    :lists.keyfind(key, position + 1, list) || default
  end

  @doc "Gives the first tuple with `key` at `position`, or raises `KeyError`."
  @spec keyfind!([tuple], any, non_neg_integer) :: any
  def keyfind!(list, key, position) when is_integer(position) do
    :lists.keyfind(key, position + 1, list) ||
      raise KeyError,
        key: key,
        term: list,
        message:
          "key #{inspect(key)} at position #{inspect(position)} not found in: #{inspect(list)}"
  end

  @doc "Tells whether a tuple has `key` at `position`."
  @spec keymember?([tuple], any, non_neg_integer) :: boolean
  def keymember?(list, key, position) when is_integer(position) do
    :lists.keymember(key, position + 1, list)
  end

  @doc "Replaces the first tuple with `key` at `position`, if there is one."
  @spec keyreplace([tuple], any, non_neg_integer, tuple) :: [tuple]
  def keyreplace(list, key, position, new_tuple) when is_integer(position) do
    :lists.keyreplace(key, position + 1, list, new_tuple)
  end

  @doc "Replaces the first tuple with `key` at `position`, or appends the new one."
  @spec keystore([tuple], any, non_neg_integer, tuple) :: [tuple]
  def keystore(list, key, position, new_tuple) when is_integer(position) do
    :lists.keystore(key, position + 1, list, new_tuple)
  end

  @doc "Deletes the first tuple with `key` at `position`."
  @spec keydelete([tuple], any, non_neg_integer) :: [tuple]
  def keydelete(list, key, position) when is_integer(position) do
    :lists.keydelete(key, position + 1, list)
  end

  @doc "Gives the first tuple with `key` at `position` and the list without it, or `nil`."
  @spec keytake([tuple], any, non_neg_integer) :: {tuple, [tuple]} | nil
  def keytake(list, key, position) when is_integer(position) do
    case :lists.keytake(key, position + 1, list) do
      {:value, tuple, rest} -> {tuple, rest}
      false -> nil
    end
  end

  @doc "Sorts by the element at `position`, with a sorter as for `Enum.sort/2`."
  @spec keysort(
          [tuple],
          non_neg_integer,
          (any, any -> boolean) | :asc | :desc | module | {:asc | :desc, module}
        ) :: [tuple]
  def keysort(list, position, sorter \\ :asc)

  def keysort(list, position, :asc) when is_list(list) and is_integer(position) do
    :lists.keysort(position + 1, list)
  end

  def keysort(list, position, sorter) when is_list(list) and is_integer(position) do
    :lists.sort(keysort_fun(sorter, position), list)
  end

  defp keysort_fun(sorter, at) when is_function(sorter, 2), do: &sorter.(elem(&1, at), elem(&2, at))
  defp keysort_fun(:desc, at), do: &(elem(&1, at) >= elem(&2, at))

  defp keysort_fun(module, at) when is_atom(module),
    do: &(module.compare(elem(&1, at), elem(&2, at)) != :gt)

  defp keysort_fun({:asc, module}, at) when is_atom(module), do: keysort_fun(module, at)

  defp keysort_fun({:desc, module}, at) when is_atom(module),
    do: &(module.compare(elem(&1, at), elem(&2, at)) != :lt)

  @doc false
  @deprecated "Use Enum.zip/1 instead"
  def zip([]), do: []
  def zip(lists) when is_list(lists), do: zip(lists, [])

  defp zip(lists, zipped) do
    lists = :lists.map(&to_list/1, lists)

    if :lists.member([], lists),
      do: :lists.reverse(zipped),
      else: zip(:lists.map(&tl/1, lists), [List.to_tuple(:lists.map(&hd/1, lists)) | zipped])
  end

  defp to_list(tuple) when is_tuple(tuple), do: Tuple.to_list(tuple)
  defp to_list(list) when is_list(list), do: list

  ## Conversions

  @doc "Makes an atom of a charlist."
  @spec to_atom(charlist) :: atom
  def to_atom(charlist), do: :erlang.list_to_atom(charlist)

  @doc "Gives the atom of a charlist if it exists."
  @spec to_existing_atom(charlist) :: atom
  def to_existing_atom(charlist), do: :erlang.list_to_existing_atom(charlist)

  @doc "Makes a float of its text, a charlist."
  @spec to_float(charlist) :: float
  def to_float(charlist), do: :erlang.list_to_float(charlist)

  @doc "Makes an integer of its text, a charlist."
  @spec to_integer(charlist) :: integer
  def to_integer(charlist), do: :erlang.list_to_integer(charlist)

  @doc "Makes an integer of its text in a base from 2 to 36."
  @spec to_integer(charlist, 2..36) :: integer
  def to_integer(charlist, base), do: :erlang.list_to_integer(charlist, base)

  @doc "Makes a tuple of the elements."
  @spec to_tuple(list) :: tuple
  def to_tuple(list), do: :erlang.list_to_tuple(list)

  @doc "Makes a string of code points, strings and nested lists of them."
  @spec to_string(:unicode.charlist()) :: String.t()
  def to_string(list) when is_list(list) do
    try do
      :unicode.characters_to_binary(list)
    rescue
      ArgumentError ->
        raise ArgumentError, """
        cannot convert the given list to a string.

        To be converted to a string, a list must either be empty or only
        contain the following elements:

          * strings
          * integers representing Unicode code points
          * a list containing one of these three elements

        Please check the given list or call inspect/1 to get the list representation, got:

        #{inspect(list)}
        """
    else
      result -> converted(result)
    end
  end

  @doc "Makes a charlist of code points, strings and nested lists of them."
  @spec to_charlist(:unicode.charlist()) :: charlist
  def to_charlist(list) when is_list(list) do
    try do
      :unicode.characters_to_list(list)
    rescue
      ArgumentError ->
        raise ArgumentError, """
        cannot convert the given list to a charlist.

        To be converted to a charlist, a list must contain only:

          * strings
          * integers representing Unicode code points
          * or a list containing one of these three elements

        Please check the given list or call inspect/1 to get the list representation, got:

        #{inspect(list)}
        """
    else
      result -> converted(result)
    end
  end

  defp converted({:error, encoded, rest}) do
    raise UnicodeConversionError, encoded: encoded, rest: rest, kind: :invalid
  end

  defp converted({:incomplete, encoded, rest}) do
    raise UnicodeConversionError, encoded: encoded, rest: rest, kind: :incomplete
  end

  defp converted(result), do: result

  ## Differences

  @doc """
  Gives a shortest edit script from one list to the other.

      iex> List.myers_difference([1, 4, 2, 3], [1, 2, 3, 4])
      [eq: [1], del: [4], eq: [2, 3], ins: [4]]
  """
  @spec myers_difference(list, list) :: [{:eq | :ins | :del, list}]
  def myers_difference(list1, list2) when is_list(list1) and is_list(list2) do
    diff(list1, list2, nil)
  end

  @doc "Like `myers_difference/2`; `diff_script` may give a nested script for two elements, or `nil`."
  @spec myers_difference(list, list, (term, term -> script | nil)) :: script
        when script: [{:eq | :ins | :del | :diff, list}]
  def myers_difference(list1, list2, diff_script)
      when is_list(list1) and is_list(list2) and is_function(diff_script) do
    diff(list1, list2, diff_script)
  end

  # Myers' greedy algorithm. A path is {elements of list1 consumed, rest1, rest2, edits reversed};
  # round n holds the furthest path on each diagonal from -n to n, every other one.
  # Improper lists have no length, and no difference.
  defp diff(list1, list2, nested) when length(list1) >= 0 and length(list2) >= 0 do
    round(0, [{0, list1, list2, []}], nested)
  end

  defp diff(list1, list2, _nested), do: length(list1) + length(list2)

  defp round(n, paths, nested) do
    case diagonals(-n, n, paths, [], nested) do
      {:done, edits} -> merge_edits(edits, [])
      {:next, paths} -> round(n + 1, paths, nested)
    end
  end

  defp diagonals(d, n, _paths, next, _nested) when d > n, do: {:next, :lists.reverse(next)}

  defp diagonals(d, n, paths, next, nested) do
    {path, paths} = extend(d, n, paths, nested)

    case slide_equal(path) do
      {_, [], [], edits} -> {:done, edits}
      path -> diagonals(d + 2, n, paths, [path | next], nested)
    end
  end

  defp extend(0, 0, [path], _nested), do: {path, []}

  defp extend(d, n, [path | _] = paths, nested) when d == -n,
    do: {delete_next(path, nested), paths}

  defp extend(n, n, [path], nested), do: {insert_next(path, nested), []}

  defp extend(_d, _n, [left, right | rest], nested) do
    if elem(left, 0) > elem(right, 0),
      do: {insert_next(left, nested), [right | rest]},
      else: {delete_next(right, nested), [right | rest]}
  end

  defp insert_next({y, [a | as] = list1, [b | bs], edits}, nested) when nested != nil do
    case nested.(a, b) do
      script when script in [nil, false] -> {y, list1, bs, [{:ins, b} | edits]}
      script -> {y + 1, as, bs, [{:diff, script} | edits]}
    end
  end

  defp insert_next({y, list1, [b | bs], edits}, _nested), do: {y, list1, bs, [{:ins, b} | edits]}
  defp insert_next(path, _nested), do: path

  defp delete_next({y, [a | as], [b | bs] = list2, edits}, nested) when nested != nil do
    case nested.(a, b) do
      script when script in [nil, false] -> {y + 1, as, list2, [{:del, a} | edits]}
      script -> {y + 1, as, bs, [{:diff, script} | edits]}
    end
  end

  defp delete_next({y, [a | as], list2, edits}, _nested) do
    {y + 1, as, list2, [{:del, a} | edits]}
  end

  defp delete_next({y, [], list2, edits}, _nested), do: {y + 1, [], list2, edits}

  defp slide_equal({y, [x | rest1], [x | rest2], edits}) do
    slide_equal({y + 1, rest1, rest2, [{:eq, x} | edits]})
  end

  defp slide_equal(path), do: path

  # Joins edits of one kind. An insertion between equals reads better after them: [a] [+b..] moves.
  defp merge_edits([], acc), do: acc
  defp merge_edits([{:diff, _} = edit | rest], acc), do: merge_edits(rest, [edit | acc])

  defp merge_edits([{kind, x} | rest], [{kind, xs} | acc]) do
    merge_edits(rest, [{kind, [x | xs]} | acc])
  end

  defp merge_edits(rest, [{:eq, xs}, {:ins, xs}, {:eq, more} | acc]) do
    merge_edits(rest, [{:ins, xs}, {:eq, xs ++ more} | acc])
  end

  defp merge_edits([{kind, x} | rest], acc), do: merge_edits(rest, [{kind, [x]} | acc])
end
