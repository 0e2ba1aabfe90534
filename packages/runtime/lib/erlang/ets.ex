defmodule :ets do
  @moduledoc "Erlang's `:ets`: the functions that take callbacks. The others are native."

  @doc "Folds over the objects of a table, an ordered one from its first key."
  def foldl(fun, acc, table) when is_function(fun, 2) do
    fold(keys(table), acc, table, &:lists.foldl(fun, &1, &2))
  end

  @doc "Folds over the objects of a table, an ordered one from its last key."
  def foldr(fun, acc, table) when is_function(fun, 2) do
    keys = keys(table)
    keys = if :ets.info(table, :type) == :ordered_set, do: :lists.reverse(keys), else: keys
    fold(keys, acc, table, &:lists.foldr(fun, &1, &2))
  end

  defp fold(keys, acc, table, of_key) do
    :lists.foldl(fn key, acc -> of_key.(acc, :ets.lookup(table, key)) end, acc, keys)
  end

  defp keys(table), do: keys(:ets.first(table), table)

  defp keys(:"$end_of_table", _table), do: []
  defp keys(key, table), do: [key | keys(:ets.next(table, key), table)]

  @doc "Empties a table and fills it with what the fun gives; see Erlang's documentation for its protocol."
  def init_table(table, fun) when is_function(fun, 1) do
    :ets.delete_all_objects(table)
    fill(table, fun)
  end

  defp fill(table, fun) do
    case fun.(:read) do
      :end_of_input ->
        true

      {objects, next} when is_function(next, 1) ->
        :ets.insert(table, objects)
        fill(table, next)
    end
  end

  @doc "The continuation itself, as what it needs stays with it."
  def repair_continuation(continuation, _match_spec), do: continuation

  @doc "Match specifications of funs are made by a parse transform of Erlang, so this exits as it does in Elixir."
  def fun2ms(fun) when is_function(fun) do
    words = ~w(function called with real fun should be transformed with parse_transform or called with a fun generated in the shell)a
    exit({:badarg, {__MODULE__, :fun2ms, words}})
  end

  @doc "Writes a table to a file, in a form of our own."
  def tab2file(table, path, _options \\ []) do
    kept = [:name, :type, :protection, :keypos, :named_table]
    data = {:ets, for(key <- kept, do: {key, :ets.info(table, key)}), :ets.tab2list(table)}

    with {:error, reason} <- :file.write_file(path, :erlang.term_to_binary(data)),
         do: {:error, {:file_error, path, reason}}
  end

  @doc "Makes the table that a file of `tab2file/2` holds."
  def file2tab(path, _options \\ []) do
    with {:ok, binary} <- :file.read_file(path),
         {:ets, info, objects} <- decoded(binary) do
      named = if info[:named_table], do: [:named_table], else: []
      table = :ets.new(info[:name], [info[:type], info[:protection], {:keypos, info[:keypos]} | named])
      :ets.insert(table, objects)
      {:ok, table}
    else
      {:error, reason} -> {:error, {:read_error, {:file_error, path, reason}}}
      _ -> {:error, :badfile}
    end
  end

  defp decoded(binary) do
    :erlang.binary_to_term(binary)
  rescue
    ArgumentError -> :badfile
  end
end
