defmodule :orddict do
  @moduledoc "Erlang's `:orddict`: dictionaries as lists of pairs sorted by key; keys are compared with `==`."

  @doc "The empty dictionary."
  def new, do: []

  @doc "Whether the dictionary has the key."
  def is_key(key, [{k, _} | _]) when key < k, do: false
  def is_key(key, [{k, _} | rest]) when key > k, do: is_key(key, rest)
  def is_key(_key, [{_, _} | _]), do: true
  def is_key(_key, []), do: false

  @doc "The entries as a list of pairs."
  def to_list(dict), do: dict

  @doc "The dictionary of a list of pairs; the last of a key counts."
  def from_list(pairs), do: stored(pairs, [])

  defp stored([{key, value} | pairs], dict), do: stored(pairs, store(key, value, dict))
  defp stored([], dict), do: dict

  @doc "The number of entries."
  def size(dict), do: :erlang.length(dict)

  @doc "Whether there are no entries."
  def is_empty(dict) when is_list(dict), do: dict === []

  @doc "The value of a key that must be there."
  def fetch(key, [{k, _} | rest]) when key > k, do: fetch(key, rest)
  def fetch(key, [{k, value} | _]) when key == k, do: value

  @doc "`{:ok, value}` or `:error`."
  def find(key, [{k, _} | _]) when key < k, do: :error
  def find(key, [{k, _} | rest]) when key > k, do: find(key, rest)
  def find(_key, [{_, value} | _]), do: {:ok, value}
  def find(_key, []), do: :error

  @doc "The keys in order."
  def fetch_keys([{key, _} | rest]), do: [key | fetch_keys(rest)]
  def fetch_keys([]), do: []

  @doc "The dictionary without the key."
  def erase(key, [{k, _} | _] = dict) when key < k, do: dict
  def erase(key, [{k, _} = entry | rest]) when key > k, do: [entry | erase(key, rest)]
  def erase(_key, [{_, _} | rest]), do: rest
  def erase(_key, []), do: []

  @doc "`{value, rest}` of a key, or `:error`."
  def take(key, dict) do
    case find(key, dict) do
      {:ok, value} -> {value, erase(key, dict)}
      :error -> :error
    end
  end

  @doc "The dictionary with the value under the key."
  def store(key, value, [{k, _} | _] = dict) when key < k, do: [{key, value} | dict]
  def store(key, value, [{k, _} = entry | rest]) when key > k, do: [entry | store(key, value, rest)]
  def store(key, value, [{_, _} | rest]), do: [{key, value} | rest]
  def store(key, value, []), do: [{key, value}]

  @doc "Adds a value to the list under a key."
  def append(key, value, dict), do: append_list(key, [value], dict)

  @doc "Adds values to the list under a key."
  def append_list(key, values, dict), do: update(key, fn old -> old ++ values end, values, dict)

  @doc "Changes the value of a key that must be there."
  def update(key, fun, [{k, _} = entry | rest]) when key > k, do: [entry | update(key, fun, rest)]
  def update(key, fun, [{k, value} | rest]) when key == k, do: [{key, fun.(value)} | rest]

  @doc "Changes the value of a key, or stores the initial one."
  def update(key, fun, initial, dict) do
    case find(key, dict) do
      {:ok, value} -> store(key, fun.(value), dict)
      :error -> store(key, initial, dict)
    end
  end

  @doc "Adds to the number under a key."
  def update_counter(key, increment, dict), do: update(key, fn old -> old + increment end, increment, dict)

  @doc "Folds over the entries: the fun is given key, value and accumulator."
  def fold(fun, acc, [{key, value} | rest]), do: fold(fun, fun.(key, value, acc), rest)
  def fold(fun, acc, []) when is_function(fun, 3), do: acc

  @doc "The dictionary with each value replaced by what the fun gives for key and value."
  def map(fun, [{key, value} | rest]), do: [{key, fun.(key, value)} | map(fun, rest)]
  def map(_fun, []), do: []

  @doc "The entries for which the predicate holds."
  def filter(pred, [{key, value} = entry | rest]) do
    if pred.(key, value), do: [entry | filter(pred, rest)], else: filter(pred, rest)
  end

  def filter(_pred, []), do: []

  @doc "Both dictionaries; the fun combines the values of keys that are in both."
  def merge(fun, [{k1, v1} | d1], [{k2, _} | _] = d2) when k1 < k2, do: [{k1, v1} | merge(fun, d1, d2)]
  def merge(fun, [{k1, _} | _] = d1, [{k2, v2} | d2]) when k1 > k2, do: [{k2, v2} | merge(fun, d1, d2)]
  def merge(fun, [{k, v1} | d1], [{_, v2} | d2]), do: [{k, fun.(k, v1, v2)} | merge(fun, d1, d2)]
  def merge(fun, [], d2) when is_function(fun, 3), do: d2
  def merge(fun, d1, []) when is_function(fun, 3), do: d1
end
