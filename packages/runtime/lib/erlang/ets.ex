defmodule :ets do
  @moduledoc "Erlang's `:ets`: the functions that take callbacks. The others are native."

  @doc "Folds over the objects of a table, an ordered one from its first key."
  def foldl(fun, acc, table) when is_function(fun, 2), do: :lists.foldl(fun, acc, :ets.tab2list(table))

  @doc "Folds over the objects of a table, an ordered one from its last key."
  def foldr(fun, acc, table) when is_function(fun, 2), do: :lists.foldr(fun, acc, :ets.tab2list(table))

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
end
