# Key-value stores on the native map. Patterns on the key look up and test for "is a map" at once;
# what is no map ends in `BadMapError`, a missing key in `KeyError`, both from Erlang's reasons.
defmodule Map do
  @moduledoc "Functions on maps; keys may be any terms and are compared with `===`."

  @type key :: any
  @type value :: any

  ## Making and converting

  @doc "Gives an empty map."
  @spec new() :: map
  def new, do: %{}

  @doc "Makes a map of `{key, value}` pairs; later ones win."
  @spec new(Enumerable.t()) :: map
  def new(enumerable)
  def new(list) when is_list(list), do: :maps.from_list(list)
  def new(%_{} = enumerable), do: :maps.from_list(Enum.to_list(enumerable))
  def new(%{} = map), do: map
  def new(enumerable), do: :maps.from_list(Enum.to_list(enumerable))

  @doc "Makes a map of the pairs that `transform` returns."
  @spec new(Enumerable.t(), (term -> {key, value})) :: map
  def new(%_{} = enumerable, transform), do: new_from_enum(enumerable, transform)
  def new(%{} = map, transform), do: new_from_map(map, transform)
  def new(enumerable, transform), do: new_from_enum(enumerable, transform)

  defp new_from_map(map, transform) when is_function(transform, 1), do: new_from_enum(map, transform)

  defp new_from_enum(enumerable, transform) when is_function(transform, 1) do
    :maps.from_list(Enum.map(enumerable, transform))
  end

  @doc "Makes a map in which all `keys` have the same value."
  @spec from_keys([key], value) :: map
  defdelegate from_keys(keys, value), to: :maps

  @doc "Turns a struct into a plain map."
  @spec from_struct(atom | struct) :: map
  def from_struct(struct)

  def from_struct(module) when is_atom(module) do
    IO.warn("Map.from_struct/1 with a module is deprecated, please pass a struct instead")
    delete(module.__struct__(), :__struct__)
  end

  def from_struct(%_{} = struct), do: delete(struct, :__struct__)

  @doc "Gives the `{key, value}` pairs."
  @spec to_list(map) :: [{term, term}]
  defdelegate to_list(map), to: :maps

  @doc "Gives the keys."
  @spec keys(map) :: [key]
  defdelegate keys(map), to: :maps

  @doc "Gives the values."
  @spec values(map) :: [value]
  defdelegate values(map), to: :maps

  @doc false
  @deprecated "Use Kernel.map_size/1 instead"
  def size(map), do: map_size(map)

  ## Looking up

  @doc "Tells whether `key` is in the map."
  @spec has_key?(map, key) :: boolean
  def has_key?(map, key), do: :maps.is_key(key, map)

  @doc "Gives `{:ok, value}` or `:error`."
  @spec fetch(map, key) :: {:ok, value} | :error
  def fetch(map, key), do: :maps.find(key, map)

  @doc "Gives the value or raises `KeyError`."
  @spec fetch!(map, key) :: value
  def fetch!(map, key), do: :erlang.map_get(key, map)

  @doc "Gives the value or `default`."
  @spec get(map, key, value) :: value
  def get(map, key, default \\ nil) do
    case map do
      %{^key => value} -> value
      %{} -> default
      _ -> :erlang.error({:badmap, map}, [map, key, default])
    end
  end

  @doc "Gives the value or what `fun` returns."
  @spec get_lazy(map, key, (-> value)) :: value
  def get_lazy(map, key, fun) when is_function(fun, 0) do
    case map do
      %{^key => value} -> value
      %{} -> fun.()
      _ -> :erlang.error({:badmap, map}, [map, key, fun])
    end
  end

  ## Changing

  @doc "Puts `value` under `key`."
  @spec put(map, key, value) :: map
  def put(map, key, value), do: :maps.put(key, value, map)

  @doc "Puts `value` under `key` unless the key is there."
  @spec put_new(map, key, value) :: map
  def put_new(map, key, value) do
    case map do
      %{^key => _} -> map
      %{} -> :maps.put(key, value, map)
      _ -> :erlang.error({:badmap, map})
    end
  end

  @doc "Puts what `fun` returns under `key` unless the key is there."
  @spec put_new_lazy(map, key, (-> value)) :: map
  def put_new_lazy(map, key, fun) when is_function(fun, 0) do
    case map do
      %{^key => _} -> map
      %{} -> :maps.put(key, fun.(), map)
      _ -> :erlang.error({:badmap, map})
    end
  end

  @doc "Replaces the value under `key` if the key is there."
  @spec replace(map, key, value) :: map
  def replace(map, key, value) do
    case map do
      %{^key => _} -> %{map | key => value}
      %{} -> map
      _ -> :erlang.error({:badmap, map})
    end
  end

  @doc "Replaces the value under `key` or raises `KeyError`."
  @spec replace!(map, key, value) :: map
  def replace!(map, key, value), do: :maps.update(key, value, map)

  @doc "Replaces the value under `key`, if the key is there, by what `fun` makes of it."
  @spec replace_lazy(map, key, (value -> value)) :: map
  def replace_lazy(map, key, fun) when is_map(map) and is_function(fun, 1) do
    case map do
      %{^key => value} -> %{map | key => fun.(value)}
      %{} -> map
    end
  end

  @doc "Replaces the value by what `fun` makes of it, or puts `default` if there is none."
  @spec update(map, key, value, (value -> value)) :: map
  def update(map, key, default, fun) when is_function(fun, 1) do
    case map do
      %{^key => value} -> %{map | key => fun.(value)}
      %{} -> :maps.put(key, default, map)
      _ -> :erlang.error({:badmap, map}, [map, key, default, fun])
    end
  end

  @doc "Replaces the value by what `fun` makes of it, or raises `KeyError`."
  @spec update!(map, key, (value -> value)) :: map
  def update!(map, key, fun) when is_function(fun, 1) do
    %{map | key => fun.(:maps.get(key, map))}
  end

  @doc """
  Gets a value and updates it.

  `fun` takes the value, or `nil`, and returns `{result, new_value}`, or `:pop` to delete the key.
  """
  @spec get_and_update(map, key, (value | nil -> {result, value} | :pop)) :: {result, map}
        when result: term
  def get_and_update(map, key, fun) when is_function(fun, 1) do
    current = get(map, key)

    case fun.(current) do
      {result, value} -> {result, put(map, key, value)}
      :pop -> {current, delete(map, key)}
      other -> refuse_update(other)
    end
  end

  @doc "Like `get_and_update/3`, but raises `KeyError` if the key is missing."
  @spec get_and_update!(map, key, (value -> {result, value} | :pop)) :: {result, map}
        when result: term
  def get_and_update!(map, key, fun) when is_function(fun, 1) do
    current = :maps.get(key, map)

    case fun.(current) do
      {result, value} -> {result, %{map | key => value}}
      :pop -> {current, delete(map, key)}
      other -> refuse_update(other)
    end
  end

  defp refuse_update(other) do
    raise "the given function must return a two-element tuple or :pop, got: #{inspect(other)}"
  end

  @doc "Deletes `key`, if it is there."
  @spec delete(map, key) :: map
  def delete(map, key), do: :maps.remove(key, map)

  @doc "Gives the value, or `default`, and the map without the key."
  @spec pop(map, key, default) :: {value, map} | {default, map} when default: value
  def pop(map, key, default \\ nil) do
    case :maps.take(key, map) do
      :error -> {default, map}
      taken -> taken
    end
  end

  @doc "Gives the value and the map without the key, or raises `KeyError`."
  @spec pop!(map, key) :: {value, map}
  def pop!(map, key) do
    case :maps.take(key, map) do
      :error -> raise KeyError, key: key, term: map
      taken -> taken
    end
  end

  @doc "Gives the value, or what `fun` returns, and the map without the key."
  @spec pop_lazy(map, key, (-> value)) :: {value, map}
  def pop_lazy(map, key, fun) when is_function(fun, 0) do
    case :maps.take(key, map) do
      :error -> {fun.(), map}
      taken -> taken
    end
  end

  ## Whole maps

  @doc "Keeps only the given keys."
  @spec take(map, [key]) :: map
  def take(map, keys) when is_map(map) and is_list(keys), do: :maps.from_list(pairs(keys, map))
  def take(map, keys) when is_map(map), do: take(map, key_list("take", keys))
  def take(other, _keys), do: :erlang.error({:badmap, other})

  defp pairs([key | keys], map) do
    case map do
      %{^key => value} -> [{key, value} | pairs(keys, map)]
      _ -> pairs(keys, map)
    end
  end

  defp pairs([], _map), do: []

  @doc "Deletes the given keys."
  @spec drop(map, [key]) :: map
  def drop(map, keys) when is_map(map) and is_list(keys), do: drop_keys(keys, map)
  def drop(map, keys) when is_map(map), do: drop(map, key_list("drop", keys))
  def drop(other, keys), do: :erlang.error({:badmap, other}, [other, keys])

  defp drop_keys([key | keys], map), do: drop_keys(keys, :maps.remove(key, map))
  defp drop_keys([], map), do: map

  @doc "Splits into the map with the given keys and the rest."
  @spec split(map, [key]) :: {map, map}
  def split(map, keys) when is_map(map) and is_list(keys), do: {take(map, keys), drop(map, keys)}
  def split(map, keys) when is_map(map), do: split(map, key_list("split", keys))
  def split(other, keys), do: :erlang.error({:badmap, other}, [other, keys])

  defp key_list(name, keys) do
    IO.warn(
      "Map.#{name}/2 with an Enumerable of keys that is not a list is deprecated. " <>
        " Use a list of keys instead."
    )

    Enum.to_list(keys)
  end

  @doc "Splits into the pairs for which `fun` is truthy and the others."
  @spec split_with(map, ({key, value} -> as_boolean(term))) :: {map, map}
  def split_with(map, fun) when is_map(map) and is_function(fun, 1) do
    {yes, no} = Enum.split_with(:maps.to_list(map), fun)
    {:maps.from_list(yes), :maps.from_list(no)}
  end

  @doc "Keeps the pairs for which `fun` is truthy."
  @spec filter(map, ({key, value} -> as_boolean(term))) :: map
  def filter(map, fun) when is_map(map) and is_function(fun, 1) do
    :maps.from_list(Enum.filter(:maps.to_list(map), fun))
  end

  @doc "Drops the pairs for which `fun` is truthy."
  @spec reject(map, ({key, value} -> as_boolean(term))) :: map
  def reject(map, fun) when is_map(map) and is_function(fun, 1) do
    :maps.from_list(Enum.reject(:maps.to_list(map), fun))
  end

  @doc "Merges two maps; values of the second win."
  @spec merge(map, map) :: map
  defdelegate merge(map1, map2), to: :maps

  @doc "Merges two maps; `fun` decides about keys of both."
  @spec merge(map, map, (key, value, value -> value)) :: map
  def merge(map1, map2, fun) when is_function(fun, 3), do: :maps.merge_with(fun, map1, map2)

  @doc "Keeps the keys of both maps, with the values of the second."
  @spec intersect(map, map) :: map
  defdelegate intersect(map1, map2), to: :maps

  @doc "Keeps the keys of both maps; `fun` makes the values."
  @spec intersect(map, map, (key, value, value -> value)) :: map
  def intersect(map1, map2, fun) when is_function(fun, 3) do
    :maps.intersect_with(fun, map1, map2)
  end

  @doc "Tells whether two maps are strictly equal."
  @spec equal?(map, map) :: boolean
  def equal?(map1, map2)
  def equal?(%{} = map1, %{} = map2), do: map1 === map2
  def equal?(%{} = map1, other), do: :erlang.error({:badmap, other}, [map1, other])
  def equal?(other, map2), do: :erlang.error({:badmap, other}, [other, map2])

  @doc false
  @deprecated "Use Map.new/2 instead (invoke Map.from_struct/1 before if you have a struct)"
  def map(map, fun) when is_map(map), do: :maps.map(fn k, v -> fun.({k, v}) end, map)
end
