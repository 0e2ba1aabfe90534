defmodule :dict do
  @moduledoc "Erlang's `:dict`: dictionaries as hash tables."

  alias Beamlet.LinearHash

  defguardp is_dict(dict) when is_tuple(dict) and tuple_size(dict) == 9 and elem(dict, 0) === :dict

  @doc "The empty dictionary."
  def new, do: LinearHash.new(:dict)

  @doc "Whether the dictionary has the key."
  def is_key(key, dict), do: find(key, dict) !== :error

  @doc "The entries as a list of pairs."
  def to_list(dict), do: fold(&[{&1, &2} | &3], [], dict)

  @doc "The dictionary of a list of pairs; the last of a key counts."
  def from_list(pairs), do: :lists.foldl(fn {key, value}, dict -> store(key, value, dict) end, new(), pairs)

  @doc "The number of entries."
  def size(dict) when is_dict(dict), do: LinearHash.size(dict)

  @doc "Whether there are no entries."
  def is_empty(dict), do: size(dict) === 0

  @doc "The value of a key that must be there."
  def fetch(key, dict) do
    case find(key, dict) do
      {:ok, value} -> value
      :error -> :erlang.error(:badarg, [key, dict])
    end
  end

  @doc "`{:ok, value}` or `:error`."
  def find(key, dict) when is_dict(dict), do: value_in(LinearHash.bucket(dict, LinearHash.slot(dict, key)), key)

  def find(_key, dict), do: bad(dict)

  defp bad(dict), do: :erlang.error({:badrecord, dict})

  defp value_in([[key | value] | _], key), do: {:ok, value}
  defp value_in([_ | rest], key), do: value_in(rest, key)
  defp value_in([], _), do: :error

  @doc "The keys."
  def fetch_keys(dict), do: fold(fn key, _, keys -> [key | keys] end, [], dict)

  @doc "The dictionary without the key."
  def erase(key, dict) do
    case take(key, dict) do
      {_, rest} -> rest
      :error -> dict
    end
  end

  @doc "`{value, rest}` of a key, or `:error`."
  def take(key, dict) do
    with {:ok, value} <- find(key, dict) do
      slot = LinearHash.slot(dict, key)
      bucket = :lists.delete([key | value], LinearHash.bucket(dict, slot))
      {value, dict |> LinearHash.put_bucket(slot, bucket) |> LinearHash.shrink(1)}
    end
  end

  @doc "The dictionary with the value under the key."
  def store(key, value, dict), do: update(key, fn _ -> value end, value, dict)

  @doc "Adds a value to the list under a key."
  def append(key, value, dict), do: append_list(key, [value], dict)

  @doc "Adds values to the list under a key."
  def append_list(key, values, dict), do: update(key, &(&1 ++ values), values, dict)

  @doc "Changes the value of a key that must be there."
  def update(key, fun, dict), do: store(key, fun.(fetch(key, dict)), dict)

  @doc "Changes the value of a key, or stores the initial one."
  def update(key, fun, initial, dict) when is_dict(dict) do
    slot = LinearHash.slot(dict, key)
    bucket = LinearHash.bucket(dict, slot)

    case changed(bucket, key, fun) do
      :error -> dict |> LinearHash.put_bucket(slot, bucket ++ [[key | initial]]) |> LinearHash.grow()
      bucket -> LinearHash.put_bucket(dict, slot, bucket)
    end
  end

  def update(_key, _fun, _initial, dict), do: bad(dict)

  defp changed([], _, _), do: :error
  defp changed([[key | value] | rest], key, fun), do: [[key | fun.(value)] | rest]

  defp changed([entry | rest], key, fun) do
    with [_ | _] = rest <- changed(rest, key, fun), do: [entry | rest]
  end

  @doc "Adds to the number under a key."
  def update_counter(key, increment, dict) when is_number(increment), do: update(key, &(&1 + increment), increment, dict)

  @doc "Folds over the entries: the fun is given key, value and accumulator."
  def fold(fun, acc, dict) when is_dict(dict) do
    LinearHash.fold(dict, acc, fn [key | value], acc -> fun.(key, value, acc) end)
  end

  def fold(_fun, _acc, dict), do: bad(dict)

  @doc "The dictionary with each value replaced by what the fun gives for key and value."
  def map(fun, dict) when is_dict(dict) do
    LinearHash.map_buckets(dict, &:lists.map(fn [key | value] -> [key | fun.(key, value)] end, &1))
  end

  def map(_fun, dict), do: bad(dict)

  @doc "The entries for which the predicate holds."
  def filter(pred, dict) when is_dict(dict) do
    LinearHash.filter(dict, &:lists.filter(fn [key | value] -> pred.(key, value) end, &1))
  end

  def filter(_pred, dict), do: bad(dict)

  @doc "Both dictionaries; the fun combines the values of keys that are in both."
  def merge(fun, left, right) do
    if is_dict(left) and is_dict(right) and size(left) < size(right) do
      fold(fn key, value, acc -> update(key, &fun.(key, value, &1), value, acc) end, right, left)
    else
      fold(fn key, value, acc -> update(key, &fun.(key, &1, value), value, acc) end, left, right)
    end
  end
end
