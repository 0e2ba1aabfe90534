defmodule :ets do
  @moduledoc "Erlang's `:ets`: the functions that take callbacks. The others are native."

  @doc "Folds over the objects of a table, an ordered one from its first key."
  def foldl(fun, acc, table) do
    fold(keys(table), acc, table, &:lists.foldl(fun, &1, &2))
  end

  @doc "Folds over the objects of a table, an ordered one from its last key."
  def foldr(fun, acc, table) do
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
  def init_table(table, fun) do
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

  @doc "The compiler makes a match specification of a fun that a shell has in the call; of any other this exits, as in Elixir."
  def fun2ms(fun) when is_function(fun) do
    words = ~w(function called with real fun should be transformed with parse_transform or called with a fun generated in the shell)a
    exit({:badarg, {__MODULE__, :fun2ms, words}})
  end

  @doc "Writes a table to a file, in a form of our own."
  def tab2file(table, path), do: tab2file(table, path, [])

  def tab2file(table, path, options) do
    with :ok <- known(options, &match?({:extended_info, _}, &1) or match?({:sync, _}, &1)),
         [_ | _] <- :ets.info(table) do
      kept = [:name, :type, :protection, :named_table, :keypos, :size]
      extended = :lists.reverse(:lists.usort(Keyword.get(options, :extended_info, [])))
      info = for(key <- kept, do: {key, :ets.info(table, key)}) ++ [extended_info: extended, version: {1, 0}]

      with {:error, reason} <- :file.write_file(path, :erlang.term_to_binary({:ets, info, :ets.tab2list(table)})),
           do: {:error, {:file_error, path, reason}}
    else
      :undefined -> {:error, :badtab}
      error -> error
    end
  end

  @doc "Makes the table that a file of `tab2file/2` holds."
  def file2tab(path), do: file2tab(path, [])

  def file2tab(path, options) do
    with :ok <- known(options, &match?({:verify, _}, &1)),
         {:ok, info, objects} <- read(path),
         {:ok, table} <- created(info) do
      :ets.insert(table, objects)
      {:ok, table}
    end
  end

  @doc "What a file of `tab2file/2` says of its table."
  def tabfile_info(path) do
    with {:ok, info, _objects} <- read(path), do: {:ok, info}
  end

  defp known(options, known?) do
    case :lists.dropwhile(known?, options) do
      [] -> :ok
      [option | _] -> {:error, {:unknown_option, option}}
    end
  end

  defp created(info) do
    named = if info[:named_table], do: [:named_table], else: []
    {:ok, :ets.new(info[:name], [info[:type], info[:protection], {:keypos, info[:keypos]} | named])}
  catch
    :error, _ -> {:error, :cannot_create_table}
  end

  defp read(path) do
    with {:ok, binary} <- :file.read_file(path),
         {:ets, info, objects} <- decoded(binary) do
      {:ok, info, objects}
    else
      {:error, reason} -> {:error, {:read_error, {:file_error, path, reason}}}
      _ -> {:error, {:read_error, {:not_a_log_file, path}}}
    end
  end

  defp decoded(binary) do
    :erlang.binary_to_term(binary)
  catch
    :error, _ -> :badfile
  end

  ## For a person

  @doc "Prints the tables that there are."
  def i do
    row(["id", "name", "type", "size", "mem", "owner"])
    :io.format(~c" ----------------------------------------------------------------------------~n", [])

    for table <- :lists.sort(:ets.all()), info = :ets.info(table), info != :undefined do
      [name: name, type: type, size: size, memory: memory, owner: owner] =
        for key <- [:name, :type, :size, :memory, :owner], do: {key, :proplists.get_value(key, info)}

      owner = with {_, registered} <- :erlang.process_info(owner, :registered_name), do: registered, else: (_ -> owner)
      row(for term <- [table, name, type, size, memory, owner], do: :io_lib.write(term))
    end

    :ok
  end

  # What is too long for its column moves the rest.
  defp row(columns) do
    padded = for {text, width} <- :lists.zip(columns, [15, 17, 5, 6, 8, 0]), do: [?\s, :string.pad(text, width)]
    :io.put_chars([padded, ?\n])
  end

  @doc "Prints the objects of a table."
  def i(table) do
    if :ets.info(table) == :undefined, do: :erlang.error(:badarg, [table])

    show(table, :ets.first(table), 1)
  end

  defp show(_table, :"$end_of_table", _place), do: :ok

  defp show(table, key, place) do
    next =
      :lists.foldl(
        fn object, place ->
          :io.format(~c"<~-4w> ~tP~n", [place, object, 30])
          place + 1
        end,
        place,
        :ets.lookup(table, key)
      )

    show(table, :ets.next(table, key), next)
  end

  ## A key together with its objects, of OTP 27

  @doc "`{key, objects}` of the first key, or `:\"$end_of_table\"`."
  def first_lookup(table), do: with_objects(table, :ets.first(table))
  @doc "`{key, objects}` of the last key, or `:\"$end_of_table\"`."
  def last_lookup(table), do: with_objects(table, :ets.last(table))
  @doc "`{key, objects}` of the key after the given one, or `:\"$end_of_table\"`."
  def next_lookup(table, key), do: with_objects(table, :ets.next(table, key))
  @doc "`{key, objects}` of the key before the given one, or `:\"$end_of_table\"`."
  def prev_lookup(table, key), do: with_objects(table, :ets.prev(table, key))

  defp with_objects(_table, :"$end_of_table"), do: :"$end_of_table"
  defp with_objects(table, key), do: {key, :ets.lookup(table, key)}

  @doc "Replaces elements of an object; when there is none of the key, those of a default that becomes its object."
  def update_element(table, key, updates, default) do
    if not :ets.update_element(table, key, updates) do
      updates = [{:ets.info(table, :keypos), key} | :lists.flatten([updates])]
      object = :lists.foldl(fn {position, value}, acc -> :erlang.setelement(position, acc, value) end, default, updates)
      :ets.insert(table, object)
    end

    true
  end
end
