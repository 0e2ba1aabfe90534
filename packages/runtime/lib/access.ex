# `container[key]`, and the functions that `get_in/2` & co. take in place of keys.
defmodule Access do
  @moduledoc """
  Access to keys of maps, keyword lists and structs with this behaviour, and to parts of other data.

      user[:name]
      get_in(user, [:languages, Access.all(), :name])
  """

  @type container :: keyword | struct | map
  @type nil_container :: nil
  @type t :: container | nil_container | any
  @type key :: any
  @type value :: any
  @type get_fun(data) :: (:get, data, (term -> term) -> new_data :: container)
  @type get_and_update_fun(data, current_value) ::
          (:get_and_update, data, (term -> term) -> {current_value, new_data :: container} | :pop)
  @type access_fun(data, current_value) :: get_fun(data) | get_and_update_fun(data, current_value)

  @doc "Fetches the value of a key."
  @callback fetch(term :: t, key) :: {:ok, value} | :error

  @doc "Reads and updates the value of a key."
  @callback get_and_update(data, key, (value | nil -> {current_value, new_value :: value} | :pop)) ::
              {current_value, new_data :: data}
            when current_value: value, data: container

  @doc "Takes a key out."
  @callback pop(data, key) :: {value, data} when data: container

  # Calls the struct's module; if that has no such function the error says what to do instead.
  defp struct_call(module, fun, args) do
    apply(module, fun, args)
  rescue
    error in UndefinedFunctionError ->
      reraise with_reason(error, module, fun, length(args)), __STACKTRACE__
  end

  defp with_reason(%{module: module, function: fun, arity: arity} = error, module, fun, arity) do
    %{
      error
      | reason:
          "#{inspect(module)} does not implement the Access behaviour\n\n" <>
            "You can use the \"struct.field\" syntax to access struct fields. " <>
            "You can also use Access.key!/1 to access struct fields dynamically " <>
            "inside get_in/put_in/update_in"
    }
  end

  defp with_reason(error, _module, _fun, _arity), do: error

  @doc "Fetches the value of a key: `{:ok, value}` or `:error`."
  @spec fetch(container(), term()) :: {:ok, term()} | :error
  @spec fetch(nil_container(), any()) :: :error
  def fetch(container, key)
  def fetch(%module{} = container, key), do: struct_call(module, :fetch, [container, key])

  def fetch(map, key) when is_map(map) do
    case map do
      %{^key => value} -> {:ok, value}
      _ -> :error
    end
  end

  def fetch(list, key) when is_list(list) and is_atom(key) do
    case :lists.keyfind(key, 1, list) do
      {_, value} -> {:ok, value}
      false -> :error
    end
  end

  def fetch(list, key) when is_list(list) do
    raise ArgumentError,
          "the Access calls for keywords expect the key to be an atom, got: " <> inspect(key)
  end

  def fetch(nil, _key), do: :error

  @doc "Returns the value of a key, or raises `KeyError`."
  @spec fetch!(container(), term()) :: term()
  def fetch!(container, key) do
    case fetch(container, key) do
      {:ok, value} -> value
      :error -> raise KeyError, key: key, term: container
    end
  end

  @doc "Returns the value of a key, or the default."
  @spec get(container(), term(), term()) :: term()
  @spec get(nil_container(), any(), default) :: default when default: var
  def get(container, key, default \\ nil)

  def get(%module{} = container, key, default) do
    case struct_call(module, :fetch, [container, key]) do
      {:ok, value} -> value
      :error -> default
    end
  end

  def get(map, key, default) when is_map(map) do
    case map do
      %{^key => value} -> value
      _ -> default
    end
  end

  def get(list, key, default) when is_list(list) and is_atom(key) do
    case :lists.keyfind(key, 1, list) do
      {_, value} -> value
      false -> default
    end
  end

  def get(list, key, _default) when is_list(list) and is_integer(key) do
    raise ArgumentError,
          by_index(key) <>
            "as a whole. If you really must access a list element by index, " <>
            "you can use Enum.at/2 or the functions in the List module"
  end

  def get(list, key, _default) when is_list(list) do
    raise ArgumentError,
          "the Access module supports only keyword lists (with atom keys), got: #{inspect(key)}\n\n" <>
            "If you want to search lists of tuples, use List.keyfind/3"
  end

  def get(nil, _key, default), do: default

  defp by_index(index) do
    "the Access module does not support accessing lists by index, got: #{inspect(index)}\n\n" <>
      "Accessing a list by index is typically discouraged in Elixir, " <>
      "instead we prefer to use the Enum module to manipulate lists "
  end

  @doc "Reads and updates the value of a key: `fun` returns `{answer, new_value}` or `:pop`."
  @spec get_and_update(data, key(), (value() | nil -> {current_value, new_value :: value()} | :pop)) ::
          {current_value, new_data :: data}
        when data: container(), current_value: var
  def get_and_update(container, key, fun)

  def get_and_update(%module{} = container, key, fun),
    do: struct_call(module, :get_and_update, [container, key, fun])

  def get_and_update(map, key, fun) when is_map(map), do: Map.get_and_update(map, key, fun)

  def get_and_update(list, key, fun) when is_list(list) and is_atom(key),
    do: Keyword.get_and_update(list, key, fun)

  def get_and_update(list, key, _fun) when is_list(list) and is_integer(key) do
    raise ArgumentError,
          by_index(key) <>
            "as a whole. If you really must modify a list element by index, " <>
            "you can use Access.at/1 or the functions in the List module"
  end

  def get_and_update(list, key, _fun) when is_list(list) do
    raise ArgumentError,
          "the Access module supports only keyword lists (with atom keys), got: " <> inspect(key)
  end

  def get_and_update(nil, key, _fun) do
    raise ArgumentError, "could not put/update key #{inspect(key)} on a nil value"
  end

  @doc "Takes a key out: `{value, rest}`."
  @spec pop(data, key()) :: {value(), data} when data: container()
  def pop(container, key)
  def pop(%module{} = container, key), do: struct_call(module, :pop, [container, key])
  def pop(map, key) when is_map(map), do: Map.pop(map, key)
  def pop(list, key) when is_list(list), do: Keyword.pop(list, key)

  def pop(nil, key) do
    raise ArgumentError, "could not pop key #{inspect(key)} on a nil value"
  end

  ## Steps for get_in/2 & co.

  @doc "A step to a key of a map or struct, with a default for a missing one."
  @spec key(key(), term()) :: access_fun(data :: struct() | map(), current_value :: term())
  def key(key, default \\ nil) do
    fn
      :get, data, next -> next.(Map.get(data, key, default))
      :get_and_update, data, next -> update_key(data, key, Map.get(data, key, default), next)
    end
  end

  @doc "A step to a key of a map or struct that must be there."
  @spec key!(key()) :: access_fun(data :: struct() | map(), current_value :: term())
  def key!(key) do
    fn
      :get, %{} = data, next -> next.(Map.fetch!(data, key))
      :get_and_update, %{} = data, next -> update_key(data, key, Map.fetch!(data, key), next)
      _op, data, _next -> raise "Access.key!/1 expected a map/struct, got: #{inspect(data)}"
    end
  end

  defp update_key(data, key, value, next) do
    case next.(value) do
      {answer, new} -> {answer, Map.put(data, key, new)}
      :pop -> {value, Map.delete(data, key)}
    end
  end

  @doc "A step to an element of a tuple."
  @spec elem(non_neg_integer()) :: access_fun(data :: tuple(), current_value :: term())
  def elem(index) when is_integer(index) and index >= 0 do
    fn
      :get, data, next when is_tuple(data) ->
        next.(Kernel.elem(data, index))

      :get_and_update, data, next when is_tuple(data) ->
        case next.(Kernel.elem(data, index)) do
          {answer, new} -> {answer, put_elem(data, index, new)}
          :pop -> raise "cannot pop data from a tuple"
        end

      _op, data, _next ->
        raise "Access.elem/1 expected a tuple, got: #{inspect(data)}"
    end
  end

  @doc "A step to all elements of a list."
  @spec all() :: access_fun(data :: list(), current_value :: list())
  def all, do: &all/3

  defp all(:get, data, next) when is_list(data), do: Enum.map(data, next)

  defp all(:get_and_update, data, next) when is_list(data),
    do: update_each(data, next, fn _element -> true end, [], [])

  defp all(_op, data, _next), do: raise("Access.all/0 expected a list, got: #{inspect(data)}")

  # Updates the elements that `chosen?` picks; the answers are those of the elements picked.
  defp update_each([head | tail], next, chosen?, answers, kept) do
    if chosen?.(head) do
      case next.(head) do
        {answer, new} -> update_each(tail, next, chosen?, [answer | answers], [new | kept])
        :pop -> update_each(tail, next, chosen?, [head | answers], kept)
      end
    else
      update_each(tail, next, chosen?, answers, [head | kept])
    end
  end

  defp update_each([], _next, _chosen?, answers, kept),
    do: {:lists.reverse(answers), :lists.reverse(kept)}

  @doc "A step to the element of a list at an index; negative ones count from the end."
  @spec at(integer()) :: access_fun(data :: list(), current_value :: term())
  def at(index) when is_integer(index) do
    fn
      :get, data, next when is_list(data) ->
        next.(Enum.at(data, index))

      :get_and_update, data, next when is_list(data) ->
        update_at(data, index, next, fn -> nil end)

      _op, data, _next ->
        raise "Access.at/1 expected a list, got: #{inspect(data)}"
    end
  end

  @doc "Like `at/1`, but raises where there is no such element."
  @spec at!(integer()) :: access_fun(data :: list(), current_value :: term())
  def at!(index) when is_integer(index) do
    fn
      :get, data, next when is_list(data) ->
        case Enum.fetch(data, index) do
          {:ok, value} -> next.(value)
          :error -> raise Enum.OutOfBoundsError
        end

      :get_and_update, data, next when is_list(data) ->
        update_at(data, index, next, fn -> raise Enum.OutOfBoundsError end)

      _op, data, _next ->
        raise "Access.at!/1 expected a list, got: #{inspect(data)}"
    end
  end

  defp update_at(list, index, next, missing) do
    position = if index < 0, do: length(list) + index, else: index

    case if(position < 0, do: {list, []}, else: Enum.split(list, position)) do
      {before, [value | rest]} ->
        case next.(value) do
          {answer, new} -> {answer, before ++ [new | rest]}
          :pop -> {value, before ++ rest}
        end

      {_, []} ->
        {missing.(), list}
    end
  end

  @doc "A step to the elements of a list for which `func` is truthy."
  @spec filter((term() -> boolean())) :: access_fun(data :: list(), current_value :: list())
  def filter(func) when is_function(func) do
    fn
      :get, data, next when is_list(data) ->
        Enum.map(Enum.filter(data, func), next)

      :get_and_update, data, next when is_list(data) ->
        update_each(data, next, func, [], [])

      _op, data, _next ->
        raise "Access.filter/1 expected a list, got: #{inspect(data)}"
    end
  end

  @doc "A step to the elements of a list in a range of indices."
  @spec slice(Range.t()) :: access_fun(data :: list(), current_value :: list())
  def slice(%Range{step: step} = range) when step <= 0 do
    raise ArgumentError,
          "Access.slice/1 does not accept ranges with negative steps, got: #{inspect(range)}"
  end

  def slice(%Range{} = range) do
    fn
      :get, data, next when is_list(data) ->
        Enum.map(Enum.slice(data, range), next)

      :get_and_update, data, next when is_list(data) ->
        update_slice(data, range, next)

      _op, data, _next ->
        raise ArgumentError, "Access.slice/1 expected a list, got: #{inspect(data)}"
    end
  end

  defp update_slice(list, %{first: first, last: last, step: step}, next) do
    size = length(list)
    first = if first < 0, do: max(first + size, 0), else: first
    last = if last < 0, do: last + size, else: last
    range = first..last//step

    {answers, kept, _index} =
      Enum.reduce(list, {[], [], 0}, fn element, {answers, kept, index} ->
        if index in range do
          case next.(element) do
            {answer, new} -> {[answer | answers], [new | kept], index + 1}
            :pop -> {[element | answers], kept, index + 1}
          end
        else
          {answers, [element | kept], index + 1}
        end
      end)

    {:lists.reverse(answers), :lists.reverse(kept)}
  end

  @doc "A step to the first element of a list for which `predicate` is truthy."
  @spec find((term() -> as_boolean(term()))) :: access_fun(data :: list(), current_value :: term())
  def find(predicate) when is_function(predicate, 1) do
    fn
      :get, data, next when is_list(data) ->
        next.(Enum.find(data, predicate))

      :get_and_update, data, next when is_list(data) ->
        case Enum.find_index(data, predicate) do
          nil -> {nil, data}
          index -> update_at(data, index, next, fn -> nil end)
        end

      _op, data, _next ->
        raise "Access.find/1 expected a list, got: #{inspect(data)}"
    end
  end
end
