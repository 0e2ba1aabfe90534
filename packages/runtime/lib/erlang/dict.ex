defmodule :dict do
  @moduledoc """
  Erlang's `:dict`, on a map. Its representation is its own business in Erlang too: only the functions here
  should look inside.
  """

  @doc "The empty dictionary."
  def new, do: {:dict, %{}}

  @doc "Whether the dictionary has the key."
  def is_key(key, {:dict, map}), do: :maps.is_key(key, map)

  @doc "The entries as a list of pairs."
  def to_list({:dict, map}), do: :maps.to_list(map)

  @doc "The dictionary of a list of pairs; the last of a key counts."
  def from_list(pairs), do: {:dict, :maps.from_list(pairs)}

  @doc "The number of entries."
  def size({:dict, map}), do: :maps.size(map)

  @doc "Whether there are no entries."
  def is_empty({:dict, map}), do: :maps.size(map) === 0

  @doc "The value of a key that must be there."
  def fetch(key, {:dict, map}) do
    case map do
      %{^key => value} -> value
      %{} -> :erlang.error(:badarg, [key, {:dict, map}])
    end
  end

  @doc "`{:ok, value}` or `:error`."
  def find(key, {:dict, map}), do: :maps.find(key, map)

  @doc "The keys."
  def fetch_keys({:dict, map}), do: :maps.keys(map)

  @doc "The dictionary without the key."
  def erase(key, {:dict, map}), do: {:dict, :maps.remove(key, map)}

  @doc "`{value, rest}` of a key, or `:error`."
  def take(key, {:dict, map}) do
    case :maps.take(key, map) do
      {value, rest} -> {value, {:dict, rest}}
      :error -> :error
    end
  end

  @doc "The dictionary with the value under the key."
  def store(key, value, {:dict, map}), do: {:dict, :maps.put(key, value, map)}

  @doc "Adds a value to the list under a key."
  def append(key, value, dict), do: append_list(key, [value], dict)

  @doc "Adds values to the list under a key."
  def append_list(key, values, {:dict, map}) do
    {:dict, :maps.update_with(key, fn old -> old ++ values end, values, map)}
  end

  @doc "Changes the value of a key that must be there."
  def update(key, fun, dict), do: store(key, fun.(fetch(key, dict)), dict)

  @doc "Changes the value of a key, or stores the initial one."
  def update(key, fun, initial, {:dict, map}), do: {:dict, :maps.update_with(key, fun, initial, map)}

  @doc "Adds to the number under a key."
  def update_counter(key, increment, dict), do: update(key, fn old -> old + increment end, increment, dict)

  @doc "Folds over the entries: the fun is given key, value and accumulator."
  def fold(fun, acc, {:dict, map}), do: :maps.fold(fun, acc, map)

  @doc "The dictionary with each value replaced by what the fun gives for key and value."
  def map(fun, {:dict, map}), do: {:dict, :maps.map(fun, map)}

  @doc "The entries for which the predicate holds."
  def filter(pred, {:dict, map}), do: {:dict, :maps.filter(pred, map)}

  @doc "Both dictionaries; the fun combines the values of keys that are in both."
  def merge(fun, {:dict, left}, {:dict, right}), do: {:dict, :maps.merge_with(fun, left, right)}
end
