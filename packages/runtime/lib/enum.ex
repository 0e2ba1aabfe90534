# Eager operations on anything enumerable.
#
# Lists have a body-recursive or looping fast path of their own, which the compiler turns into
# loops (tail recursion modulo cons); ranges and maps have one where it pays. Everything else goes
# through `Enumerable.reduce/3`, element by element, so that a stream's effects interleave with
# the callback's. The price is two definitions of most functions.
defmodule Enum do
  @moduledoc """
  Functions that walk an enumerable at once and give a result.

  All of them run in linear time unless a shortcut applies; see `Stream` for lazy versions.
  """

  import Kernel, except: [max: 2, min: 2]

  @type t :: Enumerable.t()
  @type acc :: any
  @type element :: any
  @typedoc "Zero-based; negative ones count from the end."
  @type index :: integer
  @type default :: any

  ## Tests

  @doc "Tells whether all elements are truthy."
  @spec all?(t) :: boolean
  def all?(enumerable) when is_list(enumerable), do: all_list(enumerable)

  def all?(enumerable) do
    halting(enumerable, true, fn x, _ -> if x, do: {:cont, true}, else: {:halt, false} end)
  end

  @doc "Tells whether `fun` returns a truthy value for all elements."
  @spec all?(t, (element -> as_boolean(term))) :: boolean
  def all?(enumerable, fun) when is_list(enumerable), do: all_list(enumerable, fun)
  def all?(first..last//step, fun), do: all_range(first, last, step, fun)

  def all?(enumerable, fun) do
    halting(enumerable, true, fn x, _ -> if fun.(x), do: {:cont, true}, else: {:halt, false} end)
  end

  defp all_list([h | t]), do: if(h, do: all_list(t), else: false)
  defp all_list([]), do: true

  defp all_list([h | t], fun), do: if(fun.(h), do: all_list(t, fun), else: false)
  defp all_list([], _fun), do: true

  defp all_range(first, last, step, fun)
       when (step > 0 and first <= last) or (step < 0 and first >= last) do
    if fun.(first), do: all_range(first + step, last, step, fun), else: false
  end

  defp all_range(_first, _last, _step, _fun), do: true

  @doc "Tells whether some element is truthy."
  @spec any?(t) :: boolean
  def any?(enumerable) when is_list(enumerable), do: any_list(enumerable)

  def any?(enumerable) do
    halting(enumerable, false, fn x, _ -> if x, do: {:halt, true}, else: {:cont, false} end)
  end

  @doc "Tells whether `fun` returns a truthy value for some element."
  @spec any?(t, (element -> as_boolean(term))) :: boolean
  def any?(enumerable, fun) when is_list(enumerable), do: any_list(enumerable, fun)
  def any?(first..last//step, fun), do: any_range(first, last, step, fun)

  def any?(enumerable, fun) do
    halting(enumerable, false, fn x, _ -> if fun.(x), do: {:halt, true}, else: {:cont, false} end)
  end

  defp any_list([h | t]), do: if(h, do: true, else: any_list(t))
  defp any_list([]), do: false

  defp any_list([h | t], fun), do: if(fun.(h), do: true, else: any_list(t, fun))
  defp any_list([], _fun), do: false

  defp any_range(first, last, step, fun)
       when (step > 0 and first <= last) or (step < 0 and first >= last) do
    if fun.(first), do: true, else: any_range(first + step, last, step, fun)
  end

  defp any_range(_first, _last, _step, _fun), do: false

  @doc "Tells whether `enumerable` has no element."
  @spec empty?(t) :: boolean
  def empty?(enumerable) when is_list(enumerable), do: enumerable == []

  def empty?(enumerable) do
    case Enumerable.slice(enumerable) do
      {:ok, size, _fun} ->
        size == 0

      {:error, module} ->
        elem(module.reduce(enumerable, {:cont, true}, fn _, _ -> {:halt, false} end), 1)
    end
  end

  @doc "Tells whether an element is strictly equal (`===`) to `element`."
  @spec member?(t, element) :: boolean
  def member?(enumerable, element) when is_list(enumerable) do
    :lists.member(element, enumerable)
  end

  def member?(enumerable, element) do
    case Enumerable.member?(enumerable, element) do
      {:ok, answer} when is_boolean(answer) ->
        answer

      {:error, module} ->
        found = fn x, _ -> if x === element, do: {:halt, true}, else: {:cont, false} end
        elem(module.reduce(enumerable, {:cont, false}, found), 1)
    end
  end

  ## Counting

  @doc "Counts the elements."
  @spec count(t) :: non_neg_integer
  def count(enumerable) when is_list(enumerable), do: length(enumerable)

  def count(enumerable) do
    case Enumerable.count(enumerable) do
      {:ok, count} when is_integer(count) ->
        count

      {:error, module} ->
        elem(module.reduce(enumerable, {:cont, 0}, fn _, n -> {:cont, n + 1} end), 1)
    end
  end

  @doc "Counts the elements for which `fun` returns a truthy value."
  @spec count(t, (element -> as_boolean(term))) :: non_neg_integer
  def count(enumerable, fun) when is_list(enumerable), do: count_list(enumerable, fun, 0)

  def count(enumerable, fun) do
    reduce(enumerable, 0, fn x, n -> if fun.(x), do: n + 1, else: n end)
  end

  defp count_list([h | t], fun, n) do
    if fun.(h), do: count_list(t, fun, n + 1), else: count_list(t, fun, n)
  end

  defp count_list([], _fun, n), do: n

  @doc "Counts the elements, but stops at `limit`; so it ends for infinite streams."
  @spec count_until(t, pos_integer) :: non_neg_integer
  def count_until(enumerable, limit) when is_integer(limit) and limit > 0 do
    case Enumerable.count(enumerable) do
      {:ok, count} -> Kernel.min(count, limit)
      {:error, module} -> elem(module.reduce(enumerable, {:cont, 0}, until(limit)), 1)
    end
  end

  @doc "Counts the elements for which `fun` returns a truthy value, but stops at `limit`."
  @spec count_until(t, (element -> as_boolean(term)), pos_integer) :: non_neg_integer
  def count_until(enumerable, fun, limit) when is_integer(limit) and limit > 0 do
    next = until(limit)
    halting(enumerable, 0, fn x, n -> if fun.(x), do: next.(x, n), else: {:cont, n} end)
  end

  defp until(limit),
    do: fn _x, n -> if n + 1 == limit, do: {:halt, limit}, else: {:cont, n + 1} end

  @doc "Gives a map from each distinct element to how often it occurs."
  @spec frequencies(t) :: map
  def frequencies(enumerable) do
    reduce(enumerable, %{}, fn x, counts -> tally(counts, x) end)
  end

  @doc "Like `frequencies/1`, for what `key_fun` makes of each element."
  @spec frequencies_by(t, (element -> any)) :: map
  def frequencies_by(enumerable, key_fun) when is_function(key_fun) do
    reduce(enumerable, %{}, fn x, counts -> tally(counts, key_fun.(x)) end)
  end

  defp tally(counts, key) do
    case counts do
      %{^key => n} -> %{counts | key => n + 1}
      _ -> :maps.put(key, 1, counts)
    end
  end

  @doc "Adds the elements up, starting from 0."
  @spec sum(t) :: number
  def sum(enumerable) when is_list(enumerable), do: sum_list(enumerable, 0)

  def sum(first..last//step = range) do
    last_reached = last - rem(last - first, step)
    div(Range.size(range) * (first + last_reached), 2)
  end

  def sum(enumerable), do: reduce(enumerable, 0, fn x, sum -> x + sum end)

  defp sum_list([h | t], sum), do: sum_list(t, h + sum)
  defp sum_list([], sum), do: sum
  defp sum_list(rest, sum), do: unquote(:"-sum/1-lists^foldl/2-0-")(&+/2, sum, rest)

  defp unquote(:"-sum/1-lists^foldl/2-0-")(_fun, sum, []), do: sum

  @doc "Adds up what `mapper` makes of each element."
  @spec sum_by(t, (element -> number)) :: number
  def sum_by(enumerable, mapper)

  def sum_by(enumerable, mapper) when is_list(enumerable) and is_function(mapper, 1) do
    sum_list_by(enumerable, mapper, 0)
  end

  def sum_by(enumerable, mapper) when is_function(mapper, 1) do
    reduce(enumerable, 0, fn x, sum -> sum + mapper.(x) end)
  end

  defp sum_list_by([h | t], mapper, sum), do: sum_list_by(t, mapper, sum + mapper.(h))
  defp sum_list_by([], _mapper, sum), do: sum

  @doc "Multiplies the elements, starting from 1."
  @spec product(t) :: number
  def product(enumerable), do: reduce(enumerable, 1, fn x, product -> x * product end)

  @doc "Multiplies what `mapper` makes of each element."
  @spec product_by(t, (element -> number)) :: number
  def product_by(enumerable, mapper) when is_function(mapper, 1) do
    reduce(enumerable, 1, fn x, product -> product * mapper.(x) end)
  end

  ## Looking up

  @doc "Gives the element at `index`, or `default`."
  @spec at(t, index, default) :: element | default
  def at(enumerable, index, default \\ nil) when is_integer(index) do
    case slice_forward(enumerable, index, 1, 1) do
      [element] -> element
      [] -> default
    end
  end

  @doc "Gives `{:ok, element}` for the element at `index`, or `:error`."
  @spec fetch(t, index) :: {:ok, element} | :error
  def fetch(enumerable, index) when is_integer(index) do
    case slice_forward(enumerable, index, 1, 1) do
      [element] -> {:ok, element}
      [] -> :error
    end
  end

  @doc "Gives the element at `index` or raises `Enum.OutOfBoundsError`."
  @spec fetch!(t, index) :: element
  def fetch!(enumerable, index) when is_integer(index) do
    case slice_forward(enumerable, index, 1, 1) do
      [element] -> element
      [] -> raise Enum.OutOfBoundsError
    end
  end

  @doc "Gives the first element for which `fun` is truthy, or `default`."
  @spec find(t, default, (element -> any)) :: element | default
  def find(enumerable, default \\ nil, fun)

  def find(enumerable, default, fun) when is_list(enumerable) do
    find_list(enumerable, default, fun)
  end

  def find(enumerable, default, fun) do
    halting(enumerable, default, fn x, _ ->
      if fun.(x), do: {:halt, x}, else: {:cont, default}
    end)
  end

  defp find_list([h | t], default, fun), do: if(fun.(h), do: h, else: find_list(t, default, fun))
  defp find_list([], default, _fun), do: default

  @doc "Gives the index of the first element for which `fun` is truthy, or `nil`."
  @spec find_index(t, (element -> any)) :: non_neg_integer | nil
  def find_index(enumerable, fun) when is_list(enumerable) do
    find_index_list(enumerable, 0, fun)
  end

  def find_index(enumerable, fun) do
    step = fn x, {:at, n} -> if fun.(x), do: {:halt, n}, else: {:cont, {:at, n + 1}} end

    case halting(enumerable, {:at, 0}, step) do
      {:at, _} -> nil
      index -> index
    end
  end

  defp find_index_list([h | t], n, fun) do
    if fun.(h), do: n, else: find_index_list(t, n + 1, fun)
  end

  defp find_index_list([], _n, _fun), do: nil

  @doc "Gives the first truthy value that `fun` returns, or `default`."
  @spec find_value(t, default, (element -> found)) :: found | default when found: term
  def find_value(enumerable, default \\ nil, fun)

  def find_value(enumerable, default, fun) when is_list(enumerable) do
    find_value_list(enumerable, default, fun)
  end

  def find_value(enumerable, default, fun) do
    halting(enumerable, default, fn x, _ ->
      value = fun.(x)
      if value, do: {:halt, value}, else: {:cont, default}
    end)
  end

  defp find_value_list([h | t], default, fun) do
    value = fun.(h)
    if value, do: value, else: find_value_list(t, default, fun)
  end

  defp find_value_list([], default, _fun), do: default

  ## Mapping

  @doc "Calls `fun` with each element, for its effects; returns `:ok`."
  @spec each(t, (element -> any)) :: :ok
  def each(enumerable, fun) when is_list(enumerable), do: each_list(enumerable, fun)

  def each(enumerable, fun) do
    reduce(enumerable, nil, fn x, _ ->
      fun.(x)
      nil
    end)

    :ok
  end

  defp each_list([h | t], fun) do
    fun.(h)
    each_list(t, fun)
  end

  defp each_list([], fun) when is_function(fun, 1), do: :ok
  defp each_list(rest, fun), do: unquote(:"-each/2-lists^foreach/1-0-")(fun, rest)

  defp unquote(:"-each/2-lists^foreach/1-0-")(fun, []) when is_function(fun, 1), do: :ok

  @doc "Gives the list of what `fun` makes of each element."
  @spec map(t, (element -> any)) :: list
  def map(enumerable, fun)
  def map(enumerable, fun) when is_list(enumerable), do: map_list(enumerable, fun)
  def map(first..last//step, fun), do: map_range(first, last, step, fun)

  def map(enumerable, fun) do
    :lists.reverse(reduce(enumerable, [], fn x, acc -> [fun.(x) | acc] end))
  end

  defp map_list([h | t], fun), do: [fun.(h) | map_list(t, fun)]
  defp map_list([], fun) when is_function(fun, 1), do: []
  defp map_list(rest, fun), do: unquote(:"-map/2-lists^map/1-1-")(fun, rest)

  # What ends like no list, or has no function, fails in a function of OTP that is inlined, under the name that it has there.
  defp unquote(:"-map/2-lists^map/1-1-")(fun, []) when is_function(fun, 1), do: []

  defp map_range(first, last, step, fun)
       when (step > 0 and first <= last) or (step < 0 and first >= last) do
    [fun.(first) | map_range(first + step, last, step, fun)]
  end

  defp map_range(_first, _last, _step, _fun), do: []

  @doc "Applies `fun` to every `nth` element, beginning with the first; keeps the others."
  @spec map_every(t, non_neg_integer, (element -> any)) :: list
  def map_every(enumerable, nth, fun)
  def map_every(enumerable, 1, fun), do: map(enumerable, fun)
  def map_every(enumerable, 0, _fun), do: to_list(enumerable)
  def map_every([], nth, _fun) when is_integer(nth) and nth > 1, do: []

  def map_every(enumerable, nth, fun) when is_integer(nth) and nth > 1 do
    {mapped, _} =
      reduce(enumerable, {[], 1}, fn
        x, {acc, 1} -> {[fun.(x) | acc], nth}
        x, {acc, n} -> {[x | acc], n - 1}
      end)

    :lists.reverse(mapped)
  end

  @doc "Maps the elements and puts `separator` between the results."
  @spec map_intersperse(t, element, (element -> any)) :: list
  def map_intersperse(enumerable, separator, mapper)

  def map_intersperse(enumerable, separator, mapper) when is_list(enumerable) do
    map_intersperse_list(enumerable, separator, mapper)
  end

  def map_intersperse(enumerable, separator, mapper) do
    mapped =
      reduce(enumerable, [], fn
        x, [] -> [mapper.(x)]
        x, acc -> [mapper.(x), separator | acc]
      end)

    :lists.reverse(mapped)
  end

  defp map_intersperse_list([], _separator, _mapper), do: []
  defp map_intersperse_list([last], _separator, mapper), do: [mapper.(last)]

  defp map_intersperse_list([h | t], separator, mapper) do
    [mapper.(h), separator | map_intersperse_list(t, separator, mapper)]
  end

  @doc "Puts `separator` between the elements."
  @spec intersperse(t, element) :: list
  def intersperse(enumerable, separator) when is_list(enumerable) do
    intersperse_list(enumerable, separator)
  end

  def intersperse(enumerable, separator), do: map_intersperse(enumerable, separator, & &1)

  defp intersperse_list([h | [_ | _] = t], separator) do
    [h, separator | intersperse_list(t, separator)]
  end

  defp intersperse_list([_] = short, _separator), do: short
  defp intersperse_list([], _separator), do: []

  @doc "Joins the elements, as text, with `joiner` between them."
  @spec join(t, String.t()) :: String.t()
  def join(enumerable, joiner \\ "") when is_binary(joiner) do
    map_join(enumerable, joiner, fn x -> x end)
  end

  @doc "Maps the elements and joins the results, as text, with `joiner` between them."
  @spec map_join(t, String.t(), (element -> String.Chars.t())) :: String.t()
  def map_join(enumerable, joiner \\ "", mapper)

  def map_join(enumerable, "", mapper) do
    IO.iodata_to_binary(map(enumerable, fn x -> text(mapper.(x)) end))
  end

  def map_join(enumerable, joiner, mapper) when is_binary(joiner) do
    IO.iodata_to_binary(map_intersperse(enumerable, joiner, fn x -> text(mapper.(x)) end))
  end

  defp text(entry) when is_binary(entry), do: entry
  defp text(entry), do: String.Chars.to_string(entry)

  @doc "Maps and reduces at once: `fun` returns `{mapped, acc}`."
  @spec map_reduce(t, acc, (element, acc -> {element, acc})) :: {list, acc}
  def map_reduce(enumerable, acc, fun)

  def map_reduce(list, acc, fun) when is_list(list) do
    unquote(:"-map_reduce/3-lists^mapfoldl/2-0-")(fun, acc, list)
  end

  def map_reduce(enumerable, acc, fun) do
    {mapped, acc} =
      reduce(enumerable, {[], acc}, fn x, {mapped, acc} ->
        {y, acc} = fun.(x, acc)
        {[y | mapped], acc}
      end)

    {:lists.reverse(mapped), acc}
  end

  defp unquote(:"-map_reduce/3-lists^mapfoldl/2-0-")(fun, acc, [h | t]) do
    {h, acc} = fun.(h, acc)
    {t, acc} = unquote(:"-map_reduce/3-lists^mapfoldl/2-0-")(fun, acc, t)
    {[h | t], acc}
  end

  defp unquote(:"-map_reduce/3-lists^mapfoldl/2-0-")(fun, acc, []) when is_function(fun, 2), do: {[], acc}

  @doc "Maps each element to an enumerable and concatenates them."
  @spec flat_map(t, (element -> t)) :: list
  def flat_map(enumerable, fun) when is_list(enumerable), do: flat_map_list(enumerable, fun)

  def flat_map(enumerable, fun) do
    parts = reduce(enumerable, [], fn x, acc -> [to_list(fun.(x)) | acc] end)
    :lists.foldl(fn part, acc -> part ++ acc end, [], parts)
  end

  defp flat_map_list([h | t], fun) do
    case fun.(h) do
      [] -> flat_map_list(t, fun)
      [x] -> [x | flat_map_list(t, fun)]
      [x, y] -> [x, y | flat_map_list(t, fun)]
      list when is_list(list) -> list ++ flat_map_list(t, fun)
      other -> to_list(other) ++ flat_map_list(t, fun)
    end
  end

  defp flat_map_list([], _fun), do: []

  @doc """
  Maps to enumerables, concatenates them and keeps an accumulator.

  `fun` returns `{enumerable, acc}`, or `{:halt, acc}` to stop.
  """
  @spec flat_map_reduce(t, acc, (element, acc -> {t, acc} | {:halt, acc})) :: {[any], any}
  def flat_map_reduce(enumerable, acc, fun) do
    {list, acc} =
      halting(enumerable, {[], acc}, fn x, {list, acc} ->
        case fun.(x, acc) do
          {:halt, acc} -> {:halt, {list, acc}}
          {entries, acc} -> {:cont, {reduce(entries, list, &[&1 | &2]), acc}}
        end
      end)

    {:lists.reverse(list), acc}
  end

  @doc "Pairs each element with its index from an offset, or calls `fun.(element, index)`."
  @spec with_index(t, integer) :: [{term, integer}]
  @spec with_index(t, (element, index -> value)) :: [value] when value: any
  def with_index(enumerable, fun_or_offset \\ 0)

  def with_index(enumerable, offset) when is_list(enumerable) and is_integer(offset) do
    with_index_list(enumerable, offset)
  end

  def with_index(enumerable, fun) when is_list(enumerable) and is_function(fun, 2) do
    with_index_list(enumerable, 0, fun)
  end

  def with_index(enumerable, offset) when is_integer(offset) do
    elem(map_reduce(enumerable, offset, fn x, i -> {{x, i}, i + 1} end), 0)
  end

  def with_index(enumerable, fun) when is_function(fun, 2) do
    elem(map_reduce(enumerable, 0, fn x, i -> {fun.(x, i), i + 1} end), 0)
  end

  defp with_index_list([h | t], i), do: [{h, i} | with_index_list(t, i + 1)]
  defp with_index_list([], _i), do: []

  defp with_index_list([h | t], i, fun), do: [fun.(h, i) | with_index_list(t, i + 1, fun)]
  defp with_index_list([], _i, _fun), do: []

  ## Filtering

  @doc "Keeps the elements for which `fun` is truthy."
  @spec filter(t, (element -> as_boolean(term))) :: list
  def filter(enumerable, fun) when is_list(enumerable), do: filter_list(enumerable, fun)

  def filter(enumerable, fun) do
    kept = reduce(enumerable, [], fn x, acc -> if fun.(x), do: [x | acc], else: acc end)
    :lists.reverse(kept)
  end

  defp filter_list([h | t], fun) do
    if fun.(h), do: [h | filter_list(t, fun)], else: filter_list(t, fun)
  end

  defp filter_list([], _fun), do: []

  @doc "Drops the elements for which `fun` is truthy."
  @spec reject(t, (element -> as_boolean(term))) :: list
  def reject(enumerable, fun) when is_list(enumerable), do: reject_list(enumerable, fun)

  def reject(enumerable, fun) do
    kept = reduce(enumerable, [], fn x, acc -> if fun.(x), do: acc, else: [x | acc] end)
    :lists.reverse(kept)
  end

  defp reject_list([h | t], fun) do
    if fun.(h), do: reject_list(t, fun), else: [h | reject_list(t, fun)]
  end

  defp reject_list([], _fun), do: []

  @doc false
  @deprecated "Use Enum.filter/2 + Enum.map/2 or for comprehensions instead"
  def filter_map(enumerable, filter, mapper) do
    mapped = reduce(enumerable, [], &if(filter.(&1), do: [mapper.(&1) | &2], else: &2))
    :lists.reverse(mapped)
  end

  @doc "Splits the elements into those for which `fun` is truthy and the others."
  @spec split_with(t, (element -> as_boolean(term))) :: {list, list}
  def split_with(enumerable, fun) do
    {yes, no} =
      reduce(enumerable, {[], []}, fn x, {yes, no} ->
        if fun.(x), do: {[x | yes], no}, else: {yes, [x | no]}
      end)

    {:lists.reverse(yes), :lists.reverse(no)}
  end

  @doc false
  @deprecated "Use Enum.split_with/2 instead"
  def partition(enumerable, fun), do: split_with(enumerable, fun)

  @doc "Keeps one of each run of equal (`===`) elements."
  @spec dedup(t) :: list
  def dedup(enumerable) when is_list(enumerable), do: dedup_list(enumerable)
  def dedup(enumerable), do: dedup_list(map(enumerable, fn x -> x end))

  defp dedup_list([h | t]), do: [h | dedup_list(t, h)]
  defp dedup_list([]), do: []

  defp dedup_list([h | t], previous) do
    if h === previous, do: dedup_list(t, previous), else: [h | dedup_list(t, h)]
  end

  defp dedup_list([], _previous), do: []

  @doc "Keeps the first of each run of elements for which `fun` returns equal values."
  @spec dedup_by(t, (element -> term)) :: list
  def dedup_by(enumerable, fun) do
    {kept, _} =
      reduce(enumerable, {[], []}, fn x, {kept, previous} ->
        key = fun.(x)
        if previous === [key], do: {kept, previous}, else: {[x | kept], [key]}
      end)

    :lists.reverse(kept)
  end

  @doc "Keeps the first of all equal (`===`) elements."
  @spec uniq(t) :: list
  def uniq(enumerable), do: uniq_by(enumerable, fn x -> x end)

  @doc false
  @deprecated "Use Enum.uniq_by/2 instead"
  def uniq(enumerable, fun), do: uniq_by(enumerable, fun)

  @doc "Keeps the first of all elements for which `fun` returns equal values."
  @spec uniq_by(t, (element -> term)) :: list
  def uniq_by(enumerable, fun) when is_list(enumerable), do: uniq_list(enumerable, %{}, fun)

  def uniq_by(enumerable, fun) do
    {kept, _} =
      reduce(enumerable, {[], %{}}, fn x, {kept, seen} ->
        key = fun.(x)

        if is_map_key(seen, key),
          do: {kept, seen},
          else: {[x | kept], :maps.put(key, true, seen)}
      end)

    :lists.reverse(kept)
  end

  defp uniq_list([h | t], seen, fun) do
    key = fun.(h)

    if is_map_key(seen, key),
      do: uniq_list(t, seen, fun),
      else: [h | uniq_list(t, :maps.put(key, true, seen), fun)]
  end

  defp uniq_list([], _seen, _fun), do: []

  ## Reducing

  @doc "Reduces with the first element as accumulator; raises `Enum.EmptyError` if there is none."
  @spec reduce(t, (element, acc -> acc)) :: acc
  def reduce(enumerable, fun)
  def reduce([h | t], fun), do: reduce(t, h, fun)
  def reduce([], _fun), do: raise(Enum.EmptyError)
  def reduce(map, fun) when is_map(map) and not is_map_key(map, :__struct__), do: reduce(:maps.to_list(map), fun)

  def reduce(enumerable, fun) do
    step = fn
      x, [acc] -> [fun.(x, acc)]
      x, [] -> [x]
    end

    case reduce(enumerable, [], step) do
      [acc] -> acc
      [] -> raise Enum.EmptyError
    end
  end

  @doc "Calls `fun` with each element and the accumulator, which it returns anew."
  @spec reduce(t, acc, (element, acc -> acc)) :: acc
  def reduce(enumerable, acc, fun) when is_list(enumerable), do: reduce_list(enumerable, acc, fun)
  def reduce(first..last//step, acc, fun), do: reduce_range(first, last, step, acc, fun)
  def reduce(%_{} = enumerable, acc, fun), do: reduce_any(enumerable, acc, fun)
  def reduce(map, acc, _fun) when map == %{}, do: acc
  def reduce(%{} = map, acc, fun), do: reduce_list(iterated(map), acc, fun)
  def reduce(enumerable, acc, fun), do: reduce_any(enumerable, acc, fun)

  # What a map is reduced by, which is not how large ones are listed.
  defp iterated(map) when is_map(map) and not is_map_key(map, :__struct__), do: :maps.to_list(:maps.iterator(map))
  defp iterated(enumerable), do: to_list(enumerable)

  defp reduce_list([h | t], acc, fun), do: reduce_list(t, fun.(h, acc), fun)
  defp reduce_list([], acc, fun) when is_function(fun, 2), do: acc
  defp reduce_list(rest, acc, fun), do: unquote(:"-reduce/3-lists^foldl/2-0-")(fun, acc, rest)

  defp unquote(:"-reduce/3-lists^foldl/2-0-")(fun, acc, []) when is_function(fun, 2), do: acc

  defp reduce_range(first, last, step, acc, fun)
       when (step > 0 and first <= last) or (step < 0 and first >= last) do
    reduce_range(first + step, last, step, fun.(first, acc), fun)
  end

  defp reduce_range(_first, _last, _step, acc, _fun), do: acc

  defp reduce_any(enumerable, acc, fun) do
    halting(enumerable, acc, fn x, acc -> {:cont, fun.(x, acc)} end)
  end

  @doc "Reduces while `fun` returns `{:cont, acc}`; `{:halt, acc}` ends it."
  @spec reduce_while(t, any, (element, any -> {:cont, any} | {:halt, any})) :: any
  def reduce_while(enumerable, acc, fun), do: halting(enumerable, acc, fun)

  # The walk every early exit is made of.
  defp halting(enumerable, acc, fun),
    do: elem(Enumerable.reduce(enumerable, {:cont, acc}, fun), 1)

  @doc "Like `reduce/2`, but gives all accumulators."
  @spec scan(t, (element, any -> any)) :: list
  def scan(enumerable, fun)
  def scan([], _fun), do: []
  def scan([h | t], fun), do: [h | scan_list(t, h, fun)]

  def scan(enumerable, fun) do
    step = fn
      x, [] -> [x]
      x, [acc | _] = accs -> [fun.(x, acc) | accs]
    end

    :lists.reverse(reduce(enumerable, [], step))
  end

  @doc "Like `reduce/3`, but gives all accumulators, except the first."
  @spec scan(t, any, (element, any -> any)) :: list
  def scan(enumerable, acc, fun) when is_list(enumerable), do: scan_list(enumerable, acc, fun)

  def scan(enumerable, acc, fun) do
    {accs, _} =
      reduce(enumerable, {[], acc}, fn x, {accs, acc} ->
        acc = fun.(x, acc)
        {[acc | accs], acc}
      end)

    :lists.reverse(accs)
  end

  defp scan_list([h | t], acc, fun) do
    acc = fun.(h, acc)
    [acc | scan_list(t, acc, fun)]
  end

  defp scan_list([], _acc, _fun), do: []

  @doc "Groups the elements in a map by `key_fun`, in their order; `value_fun` makes the values."
  @spec group_by(t, (element -> any), (element -> any)) :: map
  def group_by(enumerable, key_fun, value_fun \\ fn x -> x end)

  def group_by(enumerable, key_fun, value_fun) when is_function(key_fun) do
    # From the back, so that each group is built in order.
    reduce_list(reverse(enumerable), %{}, fn x, groups ->
      key = key_fun.(x)
      value = value_fun.(x)

      case groups do
        %{^key => values} -> %{groups | key => [value | values]}
        _ -> :maps.put(key, [value], groups)
      end
    end)
  end

  # A dictionary to collect into, which nothing has implemented for long.
  def group_by(enumerable, dict, fun) do
    IO.warn(
      "Enum.group_by/3 with a map/dictionary as second element is deprecated. " <>
        "A map is used by default and it is no longer required to pass one to this function"
    )

    # No call of it in the text: nobody is told that there is no such module.
    module = String.to_atom("Dict")
    reduce(reverse(enumerable), dict, fn x, dict -> module.update(dict, fun.(x), [x], &[x | &1]) end)
  end

  ## Converting

  @doc "Gives the elements as a list."
  @spec to_list(t) :: [element]
  def to_list(enumerable) when is_list(enumerable), do: enumerable
  def to_list(_.._//_ = range), do: Range.to_list(range)
  def to_list(%_{} = enumerable), do: :lists.reverse(reverse(enumerable))
  def to_list(%{} = map), do: :maps.to_list(map)
  def to_list(enumerable), do: :lists.reverse(reverse(enumerable))

  @doc "Puts the elements into `collectable`."
  @spec into(Enumerable.t(), Collectable.t()) :: Collectable.t()
  def into(enumerable, collectable)
  def into(enumerable, []), do: to_list(enumerable)
  def into(%_{} = enumerable, collectable), do: collect(enumerable, collectable)
  def into(enumerable, %_{} = collectable), do: collect(enumerable, collectable)

  def into(enumerable, %{} = map) when map_size(map) == 0 do
    if is_map(enumerable), do: enumerable, else: :maps.from_list(to_list(enumerable))
  end

  def into(%{} = enumerable, %{} = map), do: :maps.merge(map, enumerable)

  def into(enumerable, %{} = map) when is_list(enumerable) do
    :maps.merge(map, :maps.from_list(enumerable))
  end

  def into(enumerable, %{} = map) do
    reduce(enumerable, map, fn {key, value}, map -> :maps.put(key, value, map) end)
  end

  def into(enumerable, collectable), do: collect(enumerable, collectable)

  @doc "Puts what `transform` makes of the elements into `collectable`."
  @spec into(Enumerable.t(), Collectable.t(), (term -> term)) :: Collectable.t()
  def into(enumerable, [], transform), do: map(enumerable, transform)

  def into(%_{} = enumerable, collectable, transform) do
    collect(enumerable, collectable, transform)
  end

  def into(enumerable, %_{} = collectable, transform) do
    collect(enumerable, collectable, transform)
  end

  def into(enumerable, %{} = map, transform) when map_size(map) == 0 do
    :maps.from_list(map(enumerable, transform))
  end

  def into(enumerable, %{} = map, transform) do
    reduce(enumerable, map, fn x, map ->
      {key, value} = transform.(x)
      :maps.put(key, value, map)
    end)
  end

  def into(enumerable, collectable, transform) do
    collect(enumerable, collectable, transform)
  end

  defp collect(enumerable, collectable, transform \\ fn x -> x end) do
    {initial, collector} = Collectable.into(collectable)

    try do
      reduce(enumerable, initial, fn x, acc -> collector.(acc, {:cont, transform.(x)}) end)
    catch
      kind, reason ->
        collector.(initial, :halt)
        :erlang.raise(kind, reason, __STACKTRACE__)
    else
      acc -> collector.(acc, :done)
    end
  end

  @doc "Gives the elements in reverse."
  @spec reverse(t) :: list
  def reverse(enumerable)
  def reverse(enumerable) when is_list(enumerable), do: :lists.reverse(enumerable)
  def reverse(enumerable), do: reduce(enumerable, [], fn x, acc -> [x | acc] end)

  @doc "Gives the elements in reverse, followed by those of `tail`."
  @spec reverse(t, t) :: list
  def reverse(enumerable, tail) when is_list(enumerable) do
    :lists.reverse(enumerable, to_list(tail))
  end

  def reverse(enumerable, tail) do
    reduce(enumerable, to_list(tail), fn x, acc -> [x | acc] end)
  end

  @doc "Reverses the `count` elements from `start_index` on, and keeps the others."
  @spec reverse_slice(t, non_neg_integer, non_neg_integer) :: list
  def reverse_slice(enumerable, start_index, count)
      when is_integer(start_index) and start_index >= 0 and is_integer(count) and count >= 0 do
    {before, rest} = enumerable |> reverse() |> :lists.reverse() |> split(start_index)
    {part, rest} = split(rest, count)
    before ++ :lists.reverse(part, rest)
  end

  @doc "Concatenates an enumerable of enumerables."
  @spec concat(t) :: t
  def concat(enumerables)
  def concat(list) when is_list(list), do: concat_list(list)
  def concat(enumerables), do: concat_any(enumerables)

  @doc "Concatenates two enumerables."
  @spec concat(t, t) :: t
  def concat(left, right) when is_list(left) and is_list(right), do: left ++ right
  def concat(left, right), do: concat_any([left, right])

  defp concat_list([h | t]) when is_list(h), do: h ++ concat_list(t)
  defp concat_list([]), do: []
  defp concat_list(enumerables), do: concat_any(enumerables)

  defp concat_any(enumerables) do
    push = fn x, acc -> [x | acc] end
    :lists.reverse(reduce(enumerables, [], fn part, acc -> reduce(part, acc, push) end))
  end

  ## Ends and middles

  @doc "Takes the first `amount` elements, or the last ones if negative."
  @spec take(t, integer) :: list
  def take(enumerable, amount)
  def take(_enumerable, 0), do: []

  def take(enumerable, amount) when is_list(enumerable) and is_integer(amount) and amount > 0 do
    take_list(enumerable, amount)
  end

  def take(enumerable, amount) when is_integer(amount) and amount > 0 do
    {taken, _} =
      halting(enumerable, {[], amount}, fn
        x, {taken, 1} -> {:halt, {[x | taken], 0}}
        x, {taken, n} -> {:cont, {[x | taken], n - 1}}
      end)

    :lists.reverse(taken)
  end

  def take(enumerable, amount) when is_integer(amount) and amount < 0 do
    {count, cut} = slicer(enumerable)
    start = Kernel.max(count + amount, 0)
    if start == count, do: [], else: cut.(start, count - start, 1)
  end

  defp take_list(_list, 0), do: []
  defp take_list([h | t], n), do: [h | take_list(t, n - 1)]
  defp take_list([], _n), do: []

  @doc "Takes every `nth` element, beginning with the first; 0 takes none."
  @spec take_every(t, non_neg_integer) :: list
  def take_every(enumerable, nth)
  def take_every(_enumerable, 0), do: []
  def take_every(enumerable, 1), do: to_list(enumerable)

  def take_every(enumerable, nth) when is_integer(nth) and nth > 1 do
    every_list(iterated(enumerable), nth)
  end

  defp every_list([h | t], nth), do: [h | every_list(drop_list(t, nth - 1), nth)]
  defp every_list([], _nth), do: []

  @doc "Takes elements while `fun` is truthy."
  @spec take_while(t, (element -> as_boolean(term))) :: list
  def take_while(enumerable, fun) when is_list(enumerable), do: take_while_list(enumerable, fun)

  def take_while(enumerable, fun) do
    taken =
      halting(enumerable, [], fn x, acc ->
        if fun.(x), do: {:cont, [x | acc]}, else: {:halt, acc}
      end)

    :lists.reverse(taken)
  end

  defp take_while_list([h | t], fun) do
    if fun.(h), do: [h | take_while_list(t, fun)], else: []
  end

  defp take_while_list([], _fun), do: []

  @doc "Drops the first `amount` elements, or the last ones if negative."
  @spec drop(t, integer) :: list
  def drop(enumerable, amount) when is_list(enumerable) and is_integer(amount) and amount >= 0 do
    drop_list(enumerable, amount)
  end

  def drop(enumerable, 0), do: to_list(enumerable)

  def drop(enumerable, amount) when is_integer(amount) and amount > 0 do
    kept =
      reduce(enumerable, amount, fn
        x, kept when is_list(kept) -> [x | kept]
        _x, 1 -> []
        _x, n -> n - 1
      end)

    if is_list(kept), do: :lists.reverse(kept), else: []
  end

  def drop(enumerable, amount) when is_integer(amount) and amount < 0 do
    {count, cut} = slicer(enumerable)
    if count + amount > 0, do: cut.(0, count + amount, 1), else: []
  end

  defp drop_list(list, 0), do: list
  defp drop_list([_ | t], n), do: drop_list(t, n - 1)
  defp drop_list([], _n), do: []

  @doc "Drops every `nth` element, beginning with the first; 0 drops none."
  @spec drop_every(t, non_neg_integer) :: list
  def drop_every(enumerable, nth)
  def drop_every(_enumerable, 1), do: []
  def drop_every(enumerable, 0), do: to_list(enumerable)
  def drop_every([], nth) when is_integer(nth), do: []

  def drop_every(enumerable, nth) when is_integer(nth) and nth > 1 do
    drop_every_list(iterated(enumerable), nth)
  end

  defp drop_every_list([], _nth), do: []

  defp drop_every_list([_ | t], nth) do
    {kept, rest} = split_list(t, nth - 1, [])
    kept ++ drop_every_list(rest, nth)
  end

  @doc "Drops elements while `fun` is truthy."
  @spec drop_while(t, (element -> as_boolean(term))) :: list
  def drop_while(enumerable, fun) when is_list(enumerable), do: drop_while_list(enumerable, fun)

  def drop_while(enumerable, fun) do
    kept =
      reduce(enumerable, :dropping, fn
        x, :dropping -> if fun.(x), do: :dropping, else: [x]
        x, kept -> [x | kept]
      end)

    if is_list(kept), do: :lists.reverse(kept), else: []
  end

  defp drop_while_list([h | t] = list, fun),
    do: if(fun.(h), do: drop_while_list(t, fun), else: list)

  defp drop_while_list([], _fun), do: []

  @doc "Splits after `count` elements; a negative count is counted from the end."
  @spec split(t, integer) :: {list, list}
  def split(enumerable, count) when is_integer(count) and count >= 0 do
    split_list(iterated(enumerable), count, [])
  end

  def split(enumerable, count) when is_integer(count) and count < 0 do
    {last, first} = enumerable |> reverse() |> split_list(-count, [])
    {:lists.reverse(first), :lists.reverse(last)}
  end

  defp split_list([h | t], n, acc) when n > 0, do: split_list(t, n - 1, [h | acc])
  defp split_list(rest, 0, acc), do: {:lists.reverse(acc), rest}
  defp split_list([], _n, acc), do: {:lists.reverse(acc), []}

  @doc "Splits before the first element for which `fun` is falsy."
  @spec split_while(t, (element -> as_boolean(term))) :: {list, list}
  def split_while(enumerable, fun) when is_list(enumerable) do
    split_while_list(enumerable, fun, [])
  end

  def split_while(enumerable, fun) do
    {left, right} =
      reduce(enumerable, {[], []}, fn
        x, {left, []} -> if fun.(x), do: {[x | left], []}, else: {left, [x]}
        x, {left, right} -> {left, [x | right]}
      end)

    {:lists.reverse(left), :lists.reverse(right)}
  end

  defp split_while_list([h | t] = list, fun, acc) do
    if fun.(h), do: split_while_list(t, fun, [h | acc]), else: {:lists.reverse(acc), list}
  end

  defp split_while_list([], _fun, acc), do: {:lists.reverse(acc), []}

  @doc """
  Cuts out the elements whose indices are in a range.

  Negative bounds count from the end; a step takes every so many elements.
  """
  @spec slice(t, Range.t()) :: list
  def slice(enumerable, index_range)

  def slice(enumerable, first..last//step = range) do
    cond do
      step > 0 ->
        slice_range(enumerable, first, last, step)

      step == -1 and first > last ->
        IO.warn(
          "negative steps are not supported in Enum.slice/2, pass #{first}..#{last}//1 instead"
        )

        slice_range(enumerable, first, last, 1)

      true ->
        raise ArgumentError,
              "Enum.slice/2 does not accept ranges with negative steps, got: #{inspect(range)}"
    end
  end

  # Made by Elixir before 1.12, without a step.
  def slice(enumerable, %{__struct__: Range, first: first, last: last} = range) do
    slice(enumerable, Map.put(range, :step, if(first <= last, do: 1, else: -1)))
  end

  @doc "Cuts out `amount` elements from `start_index` on."
  @spec slice(t, index, non_neg_integer) :: list
  def slice(_enumerable, start_index, 0) when is_integer(start_index), do: []

  def slice(enumerable, start_index, amount)
      when is_integer(start_index) and start_index < 0 and is_integer(amount) and amount >= 0 do
    {count, cut} = slicer(enumerable)
    start = Kernel.max(count + start_index, 0)
    if count > start, do: cut.(start, Kernel.min(amount, count - start), 1), else: []
  end

  def slice(enumerable, start_index, amount)
      when is_integer(start_index) and is_integer(amount) and amount >= 0 do
    slice_forward(enumerable, start_index, amount, 1)
  end

  defp slice_range(enumerable, first, -1, step) when first >= 0 do
    take_every(drop(enumerable, first), step)
  end

  defp slice_range(enumerable, first, last, step) when first >= 0 and last >= first do
    slice_forward(enumerable, first, last - first + 1, step)
  end

  defp slice_range(enumerable, first, last, step) do
    {count, cut} = slicer(enumerable)
    first = if first >= 0, do: first, else: Kernel.max(count + first, 0)
    last = if last >= 0, do: last, else: count + last
    amount = Kernel.min(last, count - 1) - first + 1
    if amount > 0, do: cut.(first, stepped(amount, step), step), else: []
  end

  # `amount` is in elements of the enumerable; of those every `step`th is taken.
  defp slice_forward(enumerable, start, amount, step) when start < 0 do
    {count, cut} = slicer(enumerable)
    start = count + start

    if start >= 0,
      do: cut.(start, stepped(Kernel.min(amount, count - start), step), step),
      else: []
  end

  defp slice_forward(list, start, amount, step) when is_list(list) do
    cut_list(list, start, stepped(amount, step), step)
  end

  defp slice_forward(enumerable, start, amount, step) do
    case Enumerable.slice(enumerable) do
      {:ok, count, _fun} when start >= count ->
        []

      {:ok, count, fun} ->
        cutter(enumerable, fun).(start, stepped(Kernel.min(amount, count - start), step), step)

      {:error, module} ->
        {_, {_, _, part}} =
          module.reduce(enumerable, {:cont, {start, amount, []}}, fn
            _x, {skip, n, part} when skip > 0 -> {:cont, {skip - 1, n, part}}
            x, {0, 1, part} -> {:halt, {0, 0, [x | part]}}
            x, {0, n, part} -> {:cont, {0, n - 1, [x | part]}}
          end)

        take_every(:lists.reverse(part), step)
    end
  end

  defp stepped(amount, 1), do: amount
  defp stepped(amount, step), do: div(amount - 1, step) + 1

  # The size of an enumerable and a fun that cuts `(start, amount, step)` out of it.
  defp slicer(list) when is_list(list), do: {length(list), &cut_list(list, &1, &2, &3)}

  defp slicer(enumerable) do
    case Enumerable.slice(enumerable) do
      {:ok, count, fun} -> {count, cutter(enumerable, fun)}
      {:error, _module} -> slicer(:lists.reverse(reverse(enumerable)))
    end
  end

  defp cutter(_enumerable, fun) when is_function(fun, 3), do: fun

  defp cutter(enumerable, fun) when is_function(fun, 1) do
    fn start, amount, step -> cut_list(fun.(enumerable), start, amount, step) end
  end

  defp cutter(enumerable, fun) when is_function(fun, 2) do
    IO.warn(
      "#{inspect(Enumerable.impl_for(enumerable))} must return a three arity function on slice/1"
    )

    fn start, amount, step -> take_every(fun.(start, (amount - 1) * step + 1), step) end
  end

  defp cut_list(list, start, amount, 1), do: take_list(drop_list(list, start), amount)

  defp cut_list(list, start, amount, step) do
    take_list(every_list(drop_list(list, start), step), amount)
  end

  @doc """
  Moves the element at an index, or those in a range of indices, to `insertion_index`.

      iex> Enum.slide([:a, :b, :c, :d], 1..2, 0)
      [:b, :c, :a, :d]
  """
  @spec slide(t, Range.t() | index, index) :: list
  def slide(enumerable, range_or_single_index, insertion_index)

  def slide(enumerable, index, insertion_index) when is_integer(index) do
    slide(enumerable, index..index, insertion_index)
  end

  def slide(_enumerable, _.._//step = range, _insertion_index) when step != 1 do
    raise ArgumentError,
          "Enum.slide/3 does not accept ranges with custom steps, got: #{inspect(range)}"
  end

  def slide(enumerable, first..last//_, insertion_index)
      when first < 0 or last < 0 or insertion_index < 0 do
    count = count(enumerable)
    from = if first >= 0, do: first, else: Kernel.max(count + first, 0)
    to = if last >= 0, do: last, else: count + last
    target = if insertion_index >= 0, do: insertion_index, else: count + insertion_index

    if from < count and from != target,
      do: slide(enumerable, from..to//1, target),
      else: to_list(enumerable)
  end

  def slide(enumerable, first.._//_, first), do: to_list(enumerable)

  def slide(_enumerable, first..last//_, insertion_index)
      when insertion_index > first and insertion_index <= last do
    raise ArgumentError,
          "insertion index for slide must be outside the range being moved " <>
            "(tried to insert #{first}..#{last} at #{insertion_index})"
  end

  def slide(enumerable, first..last//_, _insertion_index) when first > last do
    to_list(enumerable)
  end

  def slide(enumerable, first..last//_, insertion_index) do
    # Either way two neighbouring blocks change places.
    list = iterated(enumerable)

    {start, middle, stop} =
      cond do
        insertion_index < first ->
          {insertion_index, first, last + 1}

        # Greater than every index; of a list Elixir computes with it.
        not is_integer(insertion_index) and (list == [] or not is_list(enumerable)) ->
          {first, last + 1, Kernel.max(last + 1, length(list))}

        true ->
          {first, last + 1, insertion_index + 1}
      end

    {before, rest} = split_list(list, start, [])
    {left, rest} = split_list(rest, middle - start, [])
    {right, rest} = split_list(rest, stop - middle, [])
    before ++ right ++ left ++ rest
  end

  ## Chunks

  @doc false
  @deprecated "Use Enum.chunk_every/2 instead"
  def chunk(enumerable, count), do: chunk(enumerable, count, count, nil)

  @doc false
  @deprecated "Use Enum.chunk_every/3 instead"
  def chunk(enumerable, count, step), do: chunk_every(enumerable, count, step, :discard)

  @doc false
  @deprecated "Use Enum.chunk_every/4 instead"
  def chunk(enumerable, count, step, leftover) do
    chunk_every(enumerable, count, step, leftover || :discard)
  end

  @doc "Splits into lists of `count` elements; the last may be shorter."
  @spec chunk_every(t, pos_integer) :: [list]
  def chunk_every(enumerable, count), do: chunk_every(enumerable, count, count, [])

  @doc """
  Gives lists of `count` elements that begin `step` elements apart.

  A short last list is filled up from `leftover`, or left out if that is `:discard`.
  """
  @spec chunk_every(t, pos_integer, pos_integer, t | :discard) :: [list]
  def chunk_every(enumerable, count, step, leftover \\ [])
      when is_integer(count) and count > 0 and is_integer(step) and step > 0 do
    Stream.Reducers.chunk_every(&chunk_while/4, enumerable, count, step, leftover)
  end

  @doc """
  Chunks as `chunk_fun` and, at the end, `after_fun` say.

  `chunk_fun` returns `{:cont, chunk, acc}`, `{:cont, acc}` or `{:halt, acc}`.
  """
  @spec chunk_while(
          t,
          acc,
          (element, acc -> {:cont, chunk, acc} | {:cont, acc} | {:halt, acc}),
          (acc -> {:cont, chunk, acc} | {:cont, acc})
        ) :: Enumerable.t()
        when chunk: any
  def chunk_while(enumerable, acc, chunk_fun, after_fun) do
    {chunks, acc} =
      halting(enumerable, {[], acc}, fn x, {chunks, acc} ->
        case chunk_fun.(x, acc) do
          {:cont, chunk, acc} -> {:cont, {[chunk | chunks], acc}}
          {:cont, acc} -> {:cont, {chunks, acc}}
          {:halt, acc} -> {:halt, {chunks, acc}}
        end
      end)

    case after_fun.(acc) do
      {:cont, chunk, _acc} -> :lists.reverse(chunks, [chunk])
      {:cont, _acc} -> :lists.reverse(chunks)
    end
  end

  @doc "Starts a new list whenever `fun` returns another value than for the element before."
  @spec chunk_by(t, (element -> any)) :: [list]
  def chunk_by(enumerable, fun) do
    Stream.Reducers.chunk_by(&chunk_while/4, enumerable, fun)
  end

  ## Zipping

  @doc "Pairs the elements of two enumerables; ends with the shorter."
  @spec zip(t, t) :: [{any, any}]
  def zip(enumerable1, enumerable2) when is_list(enumerable1) and is_list(enumerable2), do: zip_list(enumerable1, enumerable2)
  def zip(enumerable1, enumerable2), do: zip([enumerable1, enumerable2])

  defp zip_list([h1 | t1], [h2 | t2]), do: [{h1, h2} | zip_list(t1, t2)]
  defp zip_list([], _), do: []
  defp zip_list(_, []), do: []

  @doc "Makes tuples of the corresponding elements; ends with the shortest enumerable."
  @spec zip(enumerables :: t) :: [tuple]
  def zip([]), do: []

  def zip(enumerables) do
    :lists.reverse(
      zip_reduce(enumerables, [], fn xs, acc -> [:erlang.list_to_tuple(xs) | acc] end)
    )
  end

  @doc "Calls `zip_fun` with corresponding elements of two enumerables."
  @spec zip_with(t, t, (term, term -> term)) :: list
  def zip_with(enumerable1, enumerable2, zip_fun)
      when is_list(enumerable1) and is_list(enumerable2) and is_function(zip_fun, 2) do
    zip_with_list(enumerable1, enumerable2, zip_fun)
  end

  def zip_with(enumerable1, enumerable2, zip_fun) when is_function(zip_fun, 2) do
    :lists.reverse(zip_reduce(enumerable1, enumerable2, [], fn l, r, acc -> [zip_fun.(l, r) | acc] end))
  end

  defp zip_with_list([h1 | t1], [h2 | t2], fun), do: [fun.(h1, h2) | zip_with_list(t1, t2, fun)]
  defp zip_with_list([], _, _fun), do: []
  defp zip_with_list(_, [], _fun), do: []

  @doc "Calls `zip_fun` with the list of corresponding elements."
  @spec zip_with(t, ([term] -> term)) :: list
  def zip_with([], _zip_fun), do: []

  def zip_with(enumerables, zip_fun) do
    :lists.reverse(zip_reduce(enumerables, [], fn xs, acc -> [zip_fun.(xs) | acc] end))
  end

  @doc "Reduces over corresponding elements of two enumerables."
  @spec zip_reduce(t, t, acc, (term, term, acc -> acc)) :: acc when acc: term
  def zip_reduce(left, right, acc, reducer)
      when is_list(left) and is_list(right) and is_function(reducer, 3) do
    zip_reduce_list(left, right, acc, reducer)
  end

  def zip_reduce(left, right, acc, reducer) when is_function(reducer, 3) do
    zip_reduce([left, right], acc, fn [l, r], acc -> reducer.(l, r, acc) end)
  end

  defp zip_reduce_list([h1 | t1], [h2 | t2], acc, reducer) do
    zip_reduce_list(t1, t2, reducer.(h1, h2, acc), reducer)
  end

  defp zip_reduce_list([], _, acc, _reducer), do: acc
  defp zip_reduce_list(_, [], acc, _reducer), do: acc

  @doc "Reduces over the lists of corresponding elements."
  @spec zip_reduce(t, acc, ([term], acc -> acc)) :: acc when acc: term
  def zip_reduce(enums, acc, reducer)

  def zip_reduce([], acc, reducer) when is_function(reducer, 2), do: acc

  def zip_reduce(enumerables, acc, reducer) when is_function(reducer, 2) do
    walk = Stream.Reducers.zip_with(enumerables, fn xs -> xs end)
    elem(walk.({:cont, acc}, fn xs, acc -> {:cont, reducer.(xs, acc)} end), 1)
  end

  @doc "Turns a list of pairs into a pair of lists."
  @spec unzip(t) :: {[element], [element]}
  # From the back, so that both are built in order.
  def unzip(list) when is_list(list), do: unzip(:lists.reverse(list), [], [])

  def unzip(enumerable) do
    pairs = reduce(enumerable, [], fn {_, _} = pair, pairs -> [pair | pairs] end)
    unzip(pairs, [], [])
  end

  defp unzip([{left, right} | rest], lefts, rights), do: unzip(rest, [left | lefts], [right | rights])
  defp unzip([], lefts, rights), do: {lefts, rights}

  ## Order

  @doc "Sorts by term order; stable."
  @spec sort(t) :: list
  def sort(enumerable), do: :lists.sort(to_list(enumerable))

  @doc """
  Sorts by `sorter`: `:asc`, `:desc`, a fun that tells whether its first argument comes first,
  a module with `compare/2`, or `{:asc | :desc, module}`. Stable if the fun is true for equals.
  """
  @spec sort(t, (element, element -> boolean) | :asc | :desc | module | {:asc | :desc, module}) ::
          list
  def sort(enumerable, :asc), do: :lists.sort(to_list(enumerable))
  def sort(list, :desc) when is_list(list), do: :lists.reverse(:lists.sort(list))

  def sort(enumerable, sorter) do
    :lists.sort(to_sort_fun(sorter), to_list(enumerable))
  end

  defp to_sort_fun(sorter) when is_function(sorter, 2), do: sorter
  defp to_sort_fun(:asc), do: &<=/2
  defp to_sort_fun(:desc), do: &>=/2
  defp to_sort_fun({:asc, module}) when is_atom(module), do: &(module.compare(&1, &2) != :gt)
  defp to_sort_fun({:desc, module}) when is_atom(module), do: &(module.compare(&1, &2) != :lt)
  defp to_sort_fun(module) when is_atom(module), do: &(module.compare(&1, &2) != :gt)

  @doc "Sorts by what `mapper` makes of each element, calling it once for each."
  @spec sort_by(
          t,
          (element -> mapped),
          (element, element -> boolean) | :asc | :desc | module | {:asc | :desc, module}
        ) :: list
        when mapped: element
  def sort_by(enumerable, mapper, sorter \\ :asc)

  def sort_by(enumerable, mapper, :asc) when is_function(mapper, 1) do
    firsts(:lists.keysort(2, map(enumerable, fn x -> {x, mapper.(x)} end)))
  end

  # Reversed before and after, so that equals keep their order.
  def sort_by(enumerable, mapper, :desc) when is_function(mapper, 1) do
    sorted = :lists.keysort(2, reduce(enumerable, [], fn x, acc -> [{x, mapper.(x)} | acc] end))
    reduce_list(sorted, [], fn {x, _}, acc -> [x | acc] end)
  end

  def sort_by(enumerable, mapper, sorter) when is_function(mapper, 1) do
    firsts(List.keysort(map(enumerable, fn x -> {x, mapper.(x)} end), 1, sorter))
  end

  defp firsts([{x, _} | t]), do: [x | firsts(t)]
  defp firsts([]), do: []

  ## Extremes

  @doc false
  def max([_ | _] = list), do: :lists.max(list)

  @doc false
  def max([_ | _] = list, empty_fallback) when is_function(empty_fallback, 0), do: :lists.max(list)

  @doc false
  @spec max(t, (-> empty)) :: element | empty when empty: any
  def max(enumerable, empty_fallback) when is_function(empty_fallback, 0) do
    max(enumerable, &>=/2, empty_fallback)
  end

  @doc """
  Gives the greatest element, the first of equals.

  `sorter` is a fun like `&>=/2` or a module with `compare/2`; without elements
  `empty_fallback` gives the result.
  """
  @spec max(t, (element, element -> boolean) | module) :: element | empty when empty: any
  @spec max(t, (element, element -> boolean) | module, (-> empty)) :: element | empty
        when empty: any
  def max(enumerable, sorter \\ &>=/2, empty_fallback \\ fn -> raise Enum.EmptyError end) do
    extreme(enumerable, max_sort_fun(sorter), empty_fallback)
  end

  defp max_sort_fun(sorter) when is_function(sorter, 2), do: sorter
  defp max_sort_fun(module) when is_atom(module), do: &(module.compare(&1, &2) != :lt)

  @doc false
  @spec max_by(t, (element -> any), (-> empty)) :: element | empty when empty: any
  def max_by(enumerable, fun, empty_fallback)
      when is_function(fun, 1) and is_function(empty_fallback, 0) do
    max_by(enumerable, fun, &>=/2, empty_fallback)
  end

  @doc "Gives the element for which `fun` returns the greatest value; options as for `max/3`."
  @spec max_by(t, (element -> any), (element, element -> boolean) | module) :: element | empty
        when empty: any
  @spec max_by(t, (element -> any), (element, element -> boolean) | module, (-> empty)) ::
          element | empty
        when empty: any
  def max_by(enumerable, fun, sorter \\ &>=/2, empty_fallback \\ fn -> raise Enum.EmptyError end)

  def max_by(enumerable, fun, sorter, empty_fallback) when is_function(fun, 1) do
    extreme_by(enumerable, fun, max_sort_fun(sorter), empty_fallback)
  end

  @doc false
  def min([_ | _] = list), do: :lists.min(list)

  @doc false
  def min([_ | _] = list, empty_fallback) when is_function(empty_fallback, 0), do: :lists.min(list)

  @doc false
  @spec min(t, (-> empty)) :: element | empty when empty: any
  def min(enumerable, empty_fallback) when is_function(empty_fallback, 0) do
    min(enumerable, &<=/2, empty_fallback)
  end

  @doc """
  Gives the least element, the first of equals.

  `sorter` is a fun like `&<=/2` or a module with `compare/2`; without elements
  `empty_fallback` gives the result.
  """
  @spec min(t, (element, element -> boolean) | module) :: element | empty when empty: any
  @spec min(t, (element, element -> boolean) | module, (-> empty)) :: element | empty
        when empty: any
  def min(enumerable, sorter \\ &<=/2, empty_fallback \\ fn -> raise Enum.EmptyError end) do
    extreme(enumerable, min_sort_fun(sorter), empty_fallback)
  end

  defp min_sort_fun(sorter) when is_function(sorter, 2), do: sorter
  defp min_sort_fun(module) when is_atom(module), do: &(module.compare(&1, &2) != :gt)

  @doc false
  @spec min_by(t, (element -> any), (-> empty)) :: element | empty when empty: any
  def min_by(enumerable, fun, empty_fallback)
      when is_function(fun, 1) and is_function(empty_fallback, 0) do
    min_by(enumerable, fun, &<=/2, empty_fallback)
  end

  @doc "Gives the element for which `fun` returns the least value; options as for `min/3`."
  @spec min_by(t, (element -> any), (element, element -> boolean) | module) :: element | empty
        when empty: any
  @spec min_by(t, (element -> any), (element, element -> boolean) | module, (-> empty)) ::
          element | empty
        when empty: any
  def min_by(enumerable, fun, sorter \\ &<=/2, empty_fallback \\ fn -> raise Enum.EmptyError end)

  def min_by(enumerable, fun, sorter, empty_fallback) when is_function(fun, 1) do
    extreme_by(enumerable, fun, min_sort_fun(sorter), empty_fallback)
  end

  # A range reaches its extremes at its ends.
  defp extreme(_.._//_ = range, fun, empty_fallback) do
    case ends(range) do
      {first, last} -> choose(fun.(first, last), first, last)
      :empty -> empty_fallback.()
    end
  end

  defp extreme(enumerable, fun, empty_fallback) do
    step = fn
      x, [best] = kept -> choose(fun.(best, x), kept, [x])
      x, [] -> [x]
    end

    case reduce(enumerable, [], step) do
      [best] -> best
      [] -> empty_fallback.()
    end
  end

  defp extreme_by(enumerable, fun, sorter, empty_fallback) do
    step = fn
      x, {_best, best_key} = kept ->
        key = fun.(x)
        choose(sorter.(best_key, key), kept, {x, key})

      x, :empty ->
        {x, fun.(x)}
    end

    case reduce(enumerable, :empty, step) do
      {best, _key} -> best
      :empty -> empty_fallback.()
    end
  end

  # Only a boolean decides.
  defp choose(first?, first, second) do
    case first? do
      true -> first
      false -> second
    end
  end

  defp ends(first..last//step = range) do
    if Range.size(range) == 0, do: :empty, else: {first, last - rem(last - first, step)}
  end

  @doc "Gives the least and the greatest element by term order."
  @spec min_max(t, (-> empty)) :: {element, element} | empty when empty: any
  def min_max(enumerable, empty_fallback \\ fn -> raise Enum.EmptyError end)

  def min_max(_.._//_ = range, empty_fallback) when is_function(empty_fallback, 0) do
    case ends(range) do
      {first, last} -> {Kernel.min(first, last), Kernel.max(first, last)}
      :empty -> empty_fallback.()
    end
  end

  def min_max(enumerable, empty_fallback) when is_function(empty_fallback, 0) do
    step = fn
      x, {least, greatest} -> {Kernel.min(least, x), Kernel.max(greatest, x)}
      x, :empty -> {x, x}
    end

    case reduce(enumerable, :empty, step) do
      :empty -> empty_fallback.()
      pair -> pair
    end
  end

  @doc false
  @spec min_max_by(t(), (element() -> any()), (-> empty_result)) :: {element(), element()} | empty_result
        when empty_result: any()
  @spec min_max_by(t(), (element() -> any()), (element(), element() -> boolean()) | module()) ::
          {element(), element()} | empty_result
        when empty_result: any()
  def min_max_by(enumerable, fun, empty_fallback)
      when is_function(fun, 1) and is_function(empty_fallback, 0) do
    min_max_by(enumerable, fun, &</2, empty_fallback)
  end

  @doc "Gives the elements for which `fun` returns the least and the greatest value."
  @spec min_max_by(
          t,
          (element -> any),
          (element, element -> boolean) | module,
          (-> empty)
        ) :: {element, element} | empty
        when empty: any
  def min_max_by(
        enumerable,
        fun,
        sorter_or_empty_fallback \\ &</2,
        empty_fallback \\ fn -> raise Enum.EmptyError end
      )

  def min_max_by(enumerable, fun, module, empty_fallback)
      when is_function(fun, 1) and is_atom(module) and is_function(empty_fallback, 0) do
    min_max_by(enumerable, fun, &(module.compare(&1, &2) == :lt), empty_fallback)
  end

  def min_max_by(enumerable, fun, sorter, empty_fallback)
      when is_function(fun, 1) and is_function(sorter, 2) and is_function(empty_fallback, 0) do
    step = fn
      x, {{_, least_key} = least, {_, greatest_key} = greatest} = kept ->
        key = fun.(x)

        cond do
          sorter.(key, least_key) -> {{x, key}, greatest}
          sorter.(greatest_key, key) -> {least, {x, key}}
          true -> kept
        end

      x, :empty ->
        key = fun.(x)
        {{x, key}, {x, key}}
    end

    case reduce(enumerable, :empty, step) do
      {{least, _}, {greatest, _}} -> {least, greatest}
      :empty -> empty_fallback.()
    end
  end

  ## Chance. `:rand` decides, drawn from in a fixed order, so that a seed fixes the result.

  @doc "Gives a random element; raises `Enum.EmptyError` if there is none."
  @spec random(t) :: element
  def random(enumerable)

  def random([]), do: raise(Enum.EmptyError)

  def random(enumerable) when is_list(enumerable) do
    hd(drop_list(enumerable, :rand.uniform(length(enumerable)) - 1))
  end

  def random(first.._//step = range) do
    case Range.size(range) do
      0 -> raise Enum.EmptyError
      size -> first + (:rand.uniform(size) - 1) * step
    end
  end

  def random(enumerable) do
    drawn =
      case Enumerable.slice(enumerable) do
        {:ok, 0, _fun} -> []
        {:ok, count, fun} -> cutter(enumerable, fun).(:rand.uniform(count) - 1, 1, 1)
        {:error, _module} -> take_random(enumerable, 1)
      end

    case drawn do
      [element] -> element
      [] -> raise Enum.EmptyError
    end
  end

  @doc "Gives the elements in random order."
  @spec shuffle(t) :: list
  def shuffle(enumerable) do
    drawn = reduce(enumerable, [], fn x, acc -> [{:rand.uniform(), x} | acc] end)
    seconds(:lists.keysort(1, drawn))
  end

  defp seconds([{_, x} | t]), do: [x | seconds(t)]
  defp seconds([]), do: []

  @doc "Gives `count` random elements, or all if there are fewer, in random order."
  @spec take_random(t, non_neg_integer) :: list
  def take_random(enumerable, count)
  def take_random(_enumerable, 0), do: []
  def take_random([], _count), do: []

  # Reservoir sampling, "algorithm L": `next` is the index of the next element that
  # replaces one of the sample, `w` the largest of the virtual keys.
  def take_random(enumerable, 1) do
    {_, _, _, sample} =
      reduce(enumerable, {0, 0, 1.0, []}, fn
        x, {next, next, w, _} ->
          {later, w} = skip(next, w, 1)
          {next + 1, later, w, [x]}

        _x, {i, next, w, sample} ->
          {i + 1, next, w, sample}
      end)

    sample
  end

  def take_random(enumerable, count) when is_integer(count) and count >= 0 do
    {size, _, _, sample} =
      reduce(enumerable, {0, count - 1, 1.0, %{}}, fn
        x, {i, next, w, sample} when i < count ->
          place = if i == 0, do: 0, else: :rand.uniform(i + 1) - 1

          # An inside-out shuffle: what was at `place` moves to the end.
          sample =
            case sample do
              %{^place => moved} -> :maps.put(place, x, :maps.put(i, moved, sample))
              _ -> :maps.put(i, x, sample)
            end

          {next, w} = if i == next, do: skip(i, w, count), else: {next, w}
          {i + 1, next, w, sample}

        x, {next, next, w, sample} ->
          place = :rand.uniform(count) - 1
          {later, w} = skip(next, w, count)
          {next + 1, later, w, %{sample | place => x}}

        _x, {i, next, w, sample} ->
          {i + 1, next, w, sample}
      end)

    sampled(sample, Kernel.min(count, size) - 1, [])
  end

  defp skip(i, w, count) do
    w = w * :math.exp(:math.log(:rand.uniform()) / count)
    {i + floor(:math.log(:rand.uniform()) / :math.log(1 - w)) + 1, w}
  end

  defp sampled(_sample, -1, acc), do: acc
  defp sampled(sample, i, acc), do: sampled(sample, i - 1, [:erlang.map_get(i, sample) | acc])
end
