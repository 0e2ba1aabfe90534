# Lists of `{atom, value}` pairs, ordered and with duplicates. Lookups find the first pair; what
# puts or updates leaves one pair of the key.
defmodule Keyword do
  @moduledoc "Functions on keyword lists, mostly used for options."

  @type key :: atom
  @type value :: any
  @type default :: any
  @type t :: [{key, value}]
  @type t(value) :: [{key, value}]

  ## Making and converting

  @doc "Tells whether a term is a list of pairs whose first elements are atoms."
  @spec keyword?(term) :: boolean
  def keyword?(term)

  def keyword?([{key, _value} | rest]) when is_atom(key), do: keyword?(rest)
  def keyword?([]), do: true
  def keyword?(_other), do: false

  @doc "Gives an empty keyword list."
  @spec new() :: []
  def new, do: []

  @doc "Makes a keyword list of pairs; of duplicates the last stays."
  @spec new(Enumerable.t()) :: t
  def new(pairs), do: new(pairs, fn pair -> pair end)

  @doc "Makes a keyword list of the pairs that `transform` returns."
  @spec new(Enumerable.t(), (term -> {key, value})) :: t
  def new(pairs, transform) when is_function(transform, 1) do
    Enum.reduce(Enum.reverse(pairs), [], fn x, acc ->
      {key, value} = transform.(x)
      put_new(acc, key, value)
    end)
  end

  @doc "Makes a keyword list in which all `keys` have the same value."
  @spec from_keys([key], value) :: t
  def from_keys(keys, value) when is_list(keys), do: Enum.map(keys, fn key -> {key, value} end)

  @doc "Gives the keyword list itself."
  @spec to_list(t) :: t
  def to_list(keywords) when is_list(keywords), do: keywords

  @doc "Gives the keys, duplicates included."
  @spec keys(t) :: [key]
  def keys(keywords) when is_list(keywords), do: collect_keys(keywords)

  defp collect_keys([{key, _} | rest]) when is_atom(key), do: [key | collect_keys(rest)]
  defp collect_keys([]), do: []

  defp collect_keys([other | _]) do
    raise ArgumentError,
          "expected a keyword list, but an entry in the list is not a two-element tuple " <>
            "with an atom as its first element, got: #{inspect(other)}"
  end

  @doc "Gives the values."
  @spec values(t) :: [value]
  def values(keywords) when is_list(keywords),
    do: Enum.map(keywords, fn {_key, value} -> value end)

  @doc false
  @deprecated "Use Kernel.length/1 instead"
  def size(keywords), do: length(keywords)

  ## Checking options

  @doc """
  Checks that the keys are among `values`, atoms or `{key, default}` pairs, and adds the defaults.

      iex> Keyword.validate([port: 1], [:port, host: "::1"])
      {:ok, [host: "::1", port: 1]}
  """
  @spec validate(t, values :: [atom | {atom, term}]) :: {:ok, t} | {:error, [atom]}
  def validate(keyword, values) when is_list(keyword) and is_list(values) do
    validate(keyword, values, [], [], [])
  end

  # Keys usually come in the order of `values`: so look first in what is after the last one found.
  defp validate([{key, _} = pair | rest], ahead, passed, good, bad) when is_atom(key) do
    case find_key!(key, ahead, passed) || find_key!(key, passed, ahead) do
      {ahead, passed} -> validate(rest, ahead, passed, [pair | good], bad)
      nil -> validate(rest, ahead, passed, good, [key | bad])
    end
  end

  defp validate([], ahead, passed, good, []) do
    {:ok, add_defaults(ahead, add_defaults(passed, good))}
  end

  defp validate([], _ahead, _passed, _good, bad), do: {:error, bad}

  defp validate([entry | _], _ahead, _passed, _good, []) do
    raise ArgumentError,
          "expected a keyword list as first argument, got invalid entry: #{inspect(entry)}"
  end

  defp find_key!(key, [key | rest], passed), do: {rest, passed}
  defp find_key!(key, [{key, _} | rest], passed), do: {rest, passed}
  defp find_key!(key, [other | rest], passed), do: find_key!(key, rest, [other | passed])
  defp find_key!(_key, [], _passed), do: nil

  defp add_defaults([key | rest], acc) when is_atom(key), do: add_defaults(rest, acc)

  defp add_defaults([{key, _} = pair | rest], acc) when is_atom(key) do
    add_defaults(rest, [pair | acc])
  end

  defp add_defaults([], acc), do: acc

  defp add_defaults([other | _], _acc) do
    raise ArgumentError,
          "expected the second argument to be a list of atoms or tuples, got: #{inspect(other)}"
  end

  @doc "Like `validate/2`, but gives the keyword list or raises `ArgumentError`."
  @spec validate!(t, values :: [atom | {atom, term}]) :: t
  def validate!(keyword, values) do
    case validate(keyword, values) do
      {:ok, keyword} ->
        keyword

      {:error, bad} ->
        allowed = for value <- values, do: if(is_atom(value), do: value, else: elem(value, 0))

        case Enum.reject(bad, &(&1 in allowed)) do
          [] ->
            raise ArgumentError, "duplicate keys #{inspect(bad)} in #{inspect(keyword)}"

          unknown ->
            raise ArgumentError,
                  "unknown keys #{inspect(unknown)} in #{inspect(keyword)}, " <>
                    "the allowed keys are: #{inspect(allowed)}"
        end
    end
  end

  ## Looking up

  @doc "Tells whether `key` is in the list."
  @spec has_key?(t, key) :: boolean
  def has_key?(keywords, key) when is_list(keywords) and is_atom(key) do
    :lists.keymember(key, 1, keywords)
  end

  @doc "Gives the first value of `key`, or `default`."
  @spec get(t, key, default) :: value | default
  def get(keywords, key, default \\ nil) when is_list(keywords) and is_atom(key) do
    case :lists.keyfind(key, 1, keywords) do
      {^key, value} -> value
      false -> default
    end
  end

  @doc "Gives the first value of `key`, or what `fun` returns."
  @spec get_lazy(t, key, (-> value)) :: value
  def get_lazy(keywords, key, fun)
      when is_list(keywords) and is_atom(key) and is_function(fun, 0) do
    case :lists.keyfind(key, 1, keywords) do
      {^key, value} -> value
      false -> fun.()
    end
  end

  @doc "Gives `{:ok, value}` for the first value of `key`, or `:error`."
  @spec fetch(t, key) :: {:ok, value} | :error
  def fetch(keywords, key) when is_list(keywords) and is_atom(key) do
    case :lists.keyfind(key, 1, keywords) do
      {^key, value} -> {:ok, value}
      false -> :error
    end
  end

  @doc "Gives the first value of `key` or raises `KeyError`."
  @spec fetch!(t, key) :: value
  def fetch!(keywords, key) when is_list(keywords) and is_atom(key) do
    case :lists.keyfind(key, 1, keywords) do
      {^key, value} -> value
      false -> raise KeyError, key: key, term: keywords
    end
  end

  @doc "Gives all values of `key`."
  @spec get_values(t, key) :: [value]
  def get_values(keywords, key) when is_list(keywords) and is_atom(key) do
    get_values(keywords, key, [])
  end

  defp get_values([{key, value} | rest], key, values), do: get_values(rest, key, [value | values])
  defp get_values([{_, _} | rest], key, values), do: get_values(rest, key, values)
  defp get_values([], _key, values), do: :lists.reverse(values)

  ## Changing

  @doc "Puts a pair in front and deletes all others of the key."
  @spec put(t, key, value) :: t
  def put(keywords, key, value) when is_list(keywords) and is_atom(key) do
    [{key, value} | delete(keywords, key)]
  end

  @doc "Puts a pair in front unless the key is there."
  @spec put_new(t, key, value) :: t
  def put_new(keywords, key, value) when is_list(keywords) and is_atom(key) do
    if :lists.keymember(key, 1, keywords), do: keywords, else: [{key, value} | keywords]
  end

  @doc "Puts a pair with what `fun` returns in front unless the key is there."
  @spec put_new_lazy(t, key, (-> value)) :: t
  def put_new_lazy(keywords, key, fun)
      when is_list(keywords) and is_atom(key) and is_function(fun, 0) do
    if :lists.keymember(key, 1, keywords), do: keywords, else: [{key, fun.()} | keywords]
  end

  @doc "Deletes all pairs of `key`."
  @spec delete(t, key) :: t
  def delete(keywords, key) when is_list(keywords) and is_atom(key) do
    if :lists.keymember(key, 1, keywords), do: delete_key(keywords, key), else: keywords
  end

  defp delete_key([{key, _} | rest], key), do: delete_key(rest, key)
  defp delete_key([{_, _} = pair | rest], key), do: [pair | delete_key(rest, key)]
  defp delete_key([], _key), do: []

  @doc false
  @deprecated "Use Keyword.fetch/2 + Keyword.delete/2 instead"
  def delete(keywords, key, value) when is_list(keywords) and is_atom(key) do
    :lists.filter(fn pair -> pair !== {key, value} end, keywords)
  end

  @doc "Deletes the first pair of `key`."
  @spec delete_first(t, key) :: t
  def delete_first(keywords, key) when is_list(keywords) and is_atom(key) do
    :lists.keydelete(key, 1, keywords)
  end

  @doc "Replaces the value of `key`, if it is there, and deletes other pairs of it."
  @spec replace(t, key, value) :: t
  def replace(keywords, key, value) when is_list(keywords) and is_atom(key) do
    do_replace(keywords, key, value)
  end

  # Each of these is a function of its own, whose name is told when it comes upon what is no pair.
  defp do_replace([{key, _} | rest], key, value), do: [{key, value} | delete(rest, key)]
  defp do_replace([{_, _} = pair | rest], key, value), do: [pair | do_replace(rest, key, value)]
  defp do_replace([], _key, _value), do: []

  @doc "Like `replace/3`, but raises `KeyError` if the key is missing."
  @spec replace!(t, key, value) :: t
  def replace!(keywords, key, value) when is_list(keywords) and is_atom(key) do
    replace!(keywords, key, value, keywords)
  end

  defp replace!([{key, _} | rest], key, value, _all), do: [{key, value} | delete(rest, key)]
  defp replace!([{_, _} = pair | rest], key, value, all), do: [pair | replace!(rest, key, value, all)]
  defp replace!([], key, _value, all), do: raise(KeyError, key: key, term: all)

  @doc "Replaces the value of `key`, if it is there, by what `fun` makes of it."
  @spec replace_lazy(t, key, (value -> value)) :: t
  def replace_lazy(keywords, key, fun)
      when is_list(keywords) and is_atom(key) and is_function(fun, 1) do
    do_replace_lazy(keywords, key, fun)
  end

  defp do_replace_lazy([{key, value} | rest], key, fun), do: [{key, fun.(value)} | delete(rest, key)]
  defp do_replace_lazy([{_, _} = pair | rest], key, fun), do: [pair | do_replace_lazy(rest, key, fun)]
  defp do_replace_lazy([], _key, _fun), do: []

  @doc "Replaces the value by what `fun` makes of it, or appends a pair with `default`."
  @spec update(t, key, value, (value -> value)) :: t
  def update(keywords, key, default, fun)
      when is_list(keywords) and is_atom(key) and is_function(fun, 1) do
    update_guarded(keywords, key, default, fun)
  end

  defp update_guarded([{key, value} | rest], key, _default, fun), do: [{key, fun.(value)} | delete(rest, key)]
  defp update_guarded([{_, _} = pair | rest], key, default, fun), do: [pair | update_guarded(rest, key, default, fun)]
  defp update_guarded([], key, default, _fun), do: [{key, default}]

  @doc "Replaces the value by what `fun` makes of it, or raises `KeyError`."
  @spec update!(t, key, (value -> value)) :: t
  def update!(keywords, key, fun)
      when is_list(keywords) and is_atom(key) and is_function(fun, 1) do
    update!(keywords, key, fun, keywords)
  end

  defp update!([{key, value} | rest], key, fun, _all), do: [{key, fun.(value)} | delete(rest, key)]
  defp update!([{_, _} = pair | rest], key, fun, all), do: [pair | update!(rest, key, fun, all)]
  defp update!([], key, _fun, all), do: raise(KeyError, key: key, term: all)

  @doc """
  Gets a value and updates it.

  `fun` takes the value, or `nil`, and returns `{result, new_value}`, or `:pop` to delete the pair.
  """
  @spec get_and_update(t, key, (value | nil -> {result, value} | :pop)) :: {result, t}
        when result: value
  def get_and_update(keywords, key, fun) when is_list(keywords) and is_atom(key) do
    get_and_update(keywords, [], key, fun)
  end

  defp get_and_update([{key, current} | rest], passed, key, fun) do
    case fun.(current) do
      {result, value} -> {result, :lists.reverse(passed, [{key, value} | rest])}
      :pop -> {current, :lists.reverse(passed, rest)}
      other -> refuse_update(other)
    end
  end

  defp get_and_update([{_, _} = pair | rest], passed, key, fun) do
    get_and_update(rest, [pair | passed], key, fun)
  end

  defp get_and_update([], passed, key, fun) do
    case fun.(nil) do
      {result, value} -> {result, [{key, value} | :lists.reverse(passed)]}
      :pop -> {nil, :lists.reverse(passed)}
      other -> refuse_update(other)
    end
  end

  @doc "Like `get_and_update/3`, but raises `KeyError` if the key is missing."
  @spec get_and_update!(t, key, (value -> {result, value} | :pop)) :: {result, t}
        when result: value
  def get_and_update!(keywords, key, fun), do: get_and_update!(keywords, key, fun, [])

  defp get_and_update!([{key, current} | rest], key, fun, passed) do
    case fun.(current) do
      {result, value} -> {result, :lists.reverse(passed, [{key, value} | delete(rest, key)])}
      :pop -> {current, :lists.reverse(passed, rest)}
      other -> refuse_update(other)
    end
  end

  defp get_and_update!([{_, _} = pair | rest], key, fun, passed) do
    get_and_update!(rest, key, fun, [pair | passed])
  end

  defp get_and_update!([], key, _fun, passed) when is_atom(key) do
    raise KeyError, key: key, term: passed
  end

  defp refuse_update(other) do
    raise "the given function must return a two-element tuple or :pop, got: #{inspect(other)}"
  end

  @doc "Gives the first value of `key`, or `default`, and the list without the key."
  @spec pop(t, key, default) :: {value | default, t}
  def pop(keywords, key, default \\ nil) when is_list(keywords) and is_atom(key) do
    case fetch(keywords, key) do
      {:ok, value} -> {value, delete_key(keywords, key)}
      :error -> {default, keywords}
    end
  end

  @doc "Like `pop/3`, but raises `KeyError` if the key is missing."
  @spec pop!(t, key) :: {value, t}
  def pop!(keywords, key) when is_list(keywords) and is_atom(key) do
    case fetch(keywords, key) do
      {:ok, value} -> {value, delete_key(keywords, key)}
      :error -> raise KeyError, key: key, term: keywords
    end
  end

  @doc "Like `pop/3`, with a default that is only computed when needed."
  @spec pop_lazy(t, key, (-> value)) :: {value, t}
  def pop_lazy(keywords, key, fun)
      when is_list(keywords) and is_atom(key) and is_function(fun, 0) do
    case fetch(keywords, key) do
      {:ok, value} -> {value, delete_key(keywords, key)}
      :error -> {fun.(), keywords}
    end
  end

  @doc "Gives all values of `key` and the list without it."
  @spec pop_values(t, key) :: {[value], t}
  def pop_values(keywords, key) when is_list(keywords) and is_atom(key) do
    {get_values(keywords, key, []), delete_key(keywords, key)}
  end

  @doc "Gives the first value of `key`, or `default`, and the list without that pair."
  @spec pop_first(t, key, default) :: {value | default, t}
  def pop_first(keywords, key, default \\ nil) when is_list(keywords) and is_atom(key) do
    case :lists.keytake(key, 1, keywords) do
      {:value, {^key, value}, rest} -> {value, rest}
      false -> {default, keywords}
    end
  end

  ## Whole lists

  @doc "Tells whether two lists have the same pairs, in any order."
  @spec equal?(t, t) :: boolean
  def equal?(left, right) when is_list(left) and is_list(right) do
    :lists.sort(left) === :lists.sort(right)
  end

  @doc "Keeps the keys of both lists; `fun` makes the values, by default the second's."
  @spec intersect(t, t, (key, value, value -> value)) :: t
  def intersect(keyword1, keyword2, fun \\ fn _key, _value1, value2 -> value2 end)

  def intersect([{key, value1} | rest], keyword2, fun) do
    case :lists.keyfind(key, 1, keyword2) do
      {_, value2} -> [{key, fun.(key, value1, value2)} | intersect(rest, keyword2, fun)]
      false -> intersect(rest, keyword2, fun)
    end
  end

  def intersect([], _keyword2, _fun), do: []

  @doc "Merges two lists: pairs of the second replace all of their keys in the first."
  @spec merge(t, t) :: t
  def merge(keywords1, keywords2)
  def merge(keywords1, []) when is_list(keywords1), do: keywords1
  def merge([], keywords2) when is_list(keywords2), do: keywords2

  def merge(keywords1, keywords2) when is_list(keywords1) and is_list(keywords2) do
    if keyword?(keywords2) do
      kept =
        Enum.filter(keywords1, fn
          {key, _value} when is_atom(key) -> not :lists.keymember(key, 1, keywords2)
          _ -> refuse_merge("first", keywords1)
        end)

      kept ++ keywords2
    else
      refuse_merge("second", keywords2)
    end
  end

  @doc "Merges two lists; `fun` decides about keys of both."
  @spec merge(t, t, (key, value, value -> value)) :: t
  def merge(keywords1, keywords2, fun)
      when is_list(keywords1) and is_list(keywords2) and is_function(fun, 3) do
    if keyword?(keywords1) do
      merge_pairs(keywords2, [], keywords1, keywords1, fun, keywords2)
    else
      refuse_merge("first", keywords1)
    end
  end

  # Each pair of the second list meets the next pair of its key in the first.
  defp merge_pairs([{key, value2} | rest], acc, kept, unmet, fun, keywords2) when is_atom(key) do
    case :lists.keytake(key, 1, unmet) do
      {:value, {^key, value1}, unmet} ->
        acc = [{key, fun.(key, value1, value2)} | acc]
        merge_pairs(rest, acc, delete(kept, key), unmet, fun, keywords2)

      false ->
        merge_pairs(rest, [{key, value2} | acc], kept, unmet, fun, keywords2)
    end
  end

  defp merge_pairs([], acc, kept, _unmet, _fun, _keywords2), do: kept ++ :lists.reverse(acc)

  defp merge_pairs(_other, _acc, _kept, _unmet, _fun, keywords2) do
    refuse_merge("second", keywords2)
  end

  defp refuse_merge(place, term) do
    raise ArgumentError,
          "expected a keyword list as the #{place} argument, got: #{inspect(term)}"
  end

  @doc "Splits into the pairs of the given keys and the others."
  @spec split(t, [key]) :: {t, t}
  def split(keywords, keys) when is_list(keywords) and is_list(keys) do
    Enum.split_with(keywords, fn {key, _value} -> :lists.member(key, keys) end)
  end

  @doc "Splits into the pairs for which `fun` is truthy and the others."
  @spec split_with(t, ({key, value} -> as_boolean(term))) :: {t, t}
  def split_with(keywords, fun) when is_list(keywords) and is_function(fun, 1) do
    # From the back, as Elixir does; it shows in the order of effects.
    Enum.reduce(:lists.reverse(keywords), {[], []}, fn pair, {yes, no} ->
      if fun.(pair), do: {[pair | yes], no}, else: {yes, [pair | no]}
    end)
  end

  @doc "Keeps the pairs of the given keys."
  @spec take(t, [key]) :: t
  def take(keywords, keys) when is_list(keywords) and is_list(keys) do
    Enum.filter(keywords, fn {key, _value} -> :lists.member(key, keys) end)
  end

  @doc "Deletes the pairs of the given keys."
  @spec drop(t, [key]) :: t
  def drop(keywords, keys) when is_list(keywords) and is_list(keys) do
    Enum.reject(keywords, fn {key, _value} -> :lists.member(key, keys) end)
  end

  @doc "Keeps the pairs for which `fun` is truthy."
  @spec filter(t, ({key, value} -> as_boolean(term))) :: t
  def filter(keywords, fun) when is_list(keywords) and is_function(fun, 1) do
    do_filter(keywords, fun)
  end

  defp do_filter([{_, _} = pair | rest], fun) do
    if fun.(pair), do: [pair | do_filter(rest, fun)], else: do_filter(rest, fun)
  end

  defp do_filter([], _fun), do: []

  @doc "Drops the pairs for which `fun` is truthy."
  @spec reject(t, ({key, value} -> as_boolean(term))) :: t
  def reject(keywords, fun) when is_list(keywords) and is_function(fun, 1) do
    do_reject(keywords, fun)
  end

  defp do_reject([{_, _} = pair | rest], fun) do
    if fun.(pair), do: do_reject(rest, fun), else: [pair | do_reject(rest, fun)]
  end

  defp do_reject([], _fun), do: []

  @doc false
  @deprecated "Use Keyword.new/2 instead"
  def map(keywords, fun) when is_list(keywords) do
    Enum.map(keywords, fn {key, value} -> {key, fun.({key, value})} end)
  end
end
