defmodule :dets do
  @moduledoc """
  Erlang's `:dets`: tables that are kept in files, in a form of our own. An open table is in memory, and written when it is
  closed, when the last process that has opened it ends, by `sync/1`, and a while after a change (`auto_save`).

  Objects are visited in the order of the slots that Erlang has for their keys.
  """

  # The open tables: `{name, ets, info}`, and `:changed` of those whose file is older. One process owns all of it.
  @tables :dets_tables
  @magic "beamlet dets 1\n"
  @slots 256
  @options [:access, :auto_save, :estimated_no_objects, :file, :max_no_slots, :min_no_slots, :keypos, :ram_file, :repair, :type, :delayed_write, :version]

  ## Opening and closing

  @doc "Opens the table of a file, under a reference."
  def open_file(file) when is_list(file) or is_atom(file) do
    path = path(file)

    case settled(path) do
      {:ok, kept, objects} -> ask({:open, make_ref(), Map.merge(kept, defaults(path)), objects})
      error -> error
    end
  end

  def open_file(file), do: :erlang.error(:badarg, [file])

  @doc "Opens a table under a name, of the options `:file`, `:type`, `:keypos`, `:access`, `:auto_save`, `:ram_file` and others."
  def open_file(name, options) when is_atom(name) or is_reference(name) do
    if not is_list(options) or not :lists.all(&option?/1, options), do: :erlang.error(:badarg, [name, options])
    path = options |> Keyword.get(:file, name) |> path()
    wanted = options |> Keyword.take([:type, :keypos, :access, :auto_save, :ram_file]) |> Map.new()

    case lookup_table(name) do
      {_, _, info} -> reopen(name, info, path, wanted)
      nil -> open_file(name, path, wanted)
    end
  end

  def open_file(name, options), do: :erlang.error(:badarg, [name, options])

  defp option?({:type, type}), do: type in [:set, :bag, :duplicate_bag]
  defp option?({:access, access}), do: access in [:read, :read_write]
  defp option?({:keypos, keypos}), do: is_integer(keypos) and keypos > 0
  defp option?({:file, file}), do: is_list(file) or is_atom(file)
  defp option?({:ram_file, ram?}), do: is_boolean(ram?)
  defp option?({key, _value}), do: key in @options
  defp option?(_), do: false

  defp path(file) when is_atom(file), do: Atom.to_charlist(file)
  defp path(file), do: file

  defp defaults(path), do: %{file: path, access: :read_write, auto_save: 180_000, ram_file: false}

  defp reopen(name, info, path, wanted) do
    if info.file == path and Enum.all?(Map.take(wanted, [:type, :keypos, :access]), fn {key, value} -> info[key] == value end),
      do: ask({:use, name}),
      else: {:error, :incompatible_arguments}
  end

  defp open_file(name, path, wanted) do
    info = Map.merge(defaults(path), wanted)

    case settled(path) do
      {:ok, kept, objects} ->
        cond do
          Map.get(wanted, :type, kept.type) != kept.type -> {:error, {:type_mismatch, path}}
          Map.get(wanted, :keypos, kept.keypos) != kept.keypos -> {:error, {:keypos_mismatch, path}}
          true -> ask({:open, name, Map.merge(info, kept), objects})
        end

      {:error, {:file_error, _, :enoent}} when info.access == :read_write ->
        info = Map.merge(%{type: :set, keypos: 1, slots: @slots}, info)
        with :ok <- write(info, []), do: ask({:open, name, info, []})

      error ->
        error
    end
  end

  @doc "Gives up a table: who opened it last closes the file."
  def close(name), do: if(lookup_table(name), do: ask({:close, name}), else: {:error, :not_owner})

  @doc "The names of the open tables."
  def all, do: for([name] <- tables(:match, [{:"$1", :_, :_}]), do: name)

  @doc "Writes what has changed."
  def sync(name) do
    table!(name, [name])
    ask({:sync, name})
  end

  @doc "Whether a file is one of a table, closed properly."
  def is_dets_file(file) do
    case read(file) do
      {:ok, _, _} -> true
      {:error, {:not_a_dets_file, _}} -> false
      error -> error
    end
  end

  def pid2name(_pid), do: :undefined

  ## The file

  # The file once what has ended before is written.
  defp settled(path) do
    :ok = ask(:settle)
    read(path)
  end

  defp read(path) do
    case :file.read_file(path) do
      {:ok, @magic <> term} ->
        try do
          {kept, objects} = :erlang.binary_to_term(term)
          {:ok, kept, objects}
        rescue
          ArgumentError -> {:error, {:not_a_dets_file, path}}
        end

      {:ok, _} ->
        {:error, {:not_a_dets_file, path}}

      {:error, reason} ->
        {:error, {:file_error, path, reason}}
    end
  end

  defp write(info, objects) do
    kept = Map.take(info, [:type, :keypos, :slots])

    # Who is interrupted while writing leaves the file as it was.
    new = info.file ++ ~c".new"

    with :ok <- :file.write_file(new, [@magic, :erlang.term_to_binary({kept, objects})]),
         :ok <- :file.rename(new, info.file) do
      :ok
    else
      {:error, reason} -> {:error, {:file_error, info.file, reason}}
    end
  end

  ## The process that owns the tables

  defp ask(request) do
    reference = :erlang.monitor(:process, server(), alias: :reply_demonitor)
    send(:dets, {reference, self(), request})

    receive do
      {^reference, answer} -> answer
      {:DOWN, ^reference, _, _, reason} -> :erlang.error(reason)
    end
  end

  defp server do
    case :erlang.whereis(:dets) do
      :undefined -> start()
      pid -> pid
    end
  end

  defp start do
    caller = self()

    {pid, monitor} =
      :erlang.spawn_monitor(fn ->
        :erlang.register(:dets, self())
        :ets.new(@tables, [:named_table, :public])
        send(caller, {:started, self()})
        serve(%{})
      end)

    receive do
      {:started, ^pid} -> :erlang.demonitor(monitor, [:flush])
      # Another process was faster.
      {:DOWN, ^monitor, _, _, _} -> :ok
    end

    :erlang.whereis(:dets)
  end

  # `users` has the monitors of each table's processes.
  defp serve(users) do
    receive do
      {reference, pid, request} when is_pid(pid) ->
        {answer, users} = answer(request, pid, users)
        send(reference, {reference, answer})
        serve(users)

      {:save, name} ->
        if table = lookup_table(name), do: save(table)
        serve(users)

      {:DOWN, monitor, _, _, _} ->
        gone = for {name, monitors} <- users, monitor in monitors, do: name
        serve(:lists.foldl(&left(&1, monitor, &2), users, gone))
    end
  end

  defp answer({:open, name, info, objects}, pid, users) do
    case lookup_table(name) do
      nil ->
        ets = :ets.new(:dets, [info.type, :public, keypos: info.keypos])
        :ets.insert(ets, objects)
        :ets.insert(@tables, {name, ets, Map.put(info, :users, [])})

      _ ->
        :ok
    end

    answer({:use, name}, pid, users)
  end

  defp answer(:settle, _pid, users), do: {:ok, users}

  defp answer({:use, name}, pid, users) do
    monitor = :erlang.monitor(:process, pid)
    {_, ets, info} = lookup_table(name)
    :ets.insert(@tables, {name, ets, %{info | users: [{monitor, pid} | info.users]}})
    {{:ok, name}, Map.update(users, name, [monitor], &[monitor | &1])}
  end

  defp answer({:close, name}, pid, users) do
    {_, _, info} = lookup_table(name)

    case :lists.keyfind(pid, 2, info.users) do
      {monitor, _} ->
        :erlang.demonitor(monitor, [:flush])
        {:ok, left(name, monitor, users)}

      false ->
        {{:error, :not_owner}, users}
    end
  end

  defp answer({:sync, name}, _pid, users), do: {save(lookup_table(name)), users}

  defp left(name, monitor, users) do
    {_, ets, info} = table = lookup_table(name)

    case :lists.keydelete(monitor, 1, info.users) do
      [] ->
        save(table)
        :ets.delete(@tables, name)
        :ets.delete(ets)
        Map.delete(users, name)

      others ->
        :ets.insert(@tables, {name, ets, %{info | users: others}})
        Map.update!(users, name, &:lists.delete(monitor, &1))
    end
  end

  defp save({name, ets, info}) do
    if :ets.take(@tables, {:changed, name}) == [], do: :ok, else: write(%{info | slots: slots(ets, info)}, :ets.tab2list(ets))
  end

  defp tables(function, args) do
    case :ets.whereis(@tables) do
      :undefined -> []
      table -> apply(:ets, function, [table | args])
    end
  end

  defp lookup_table(name) do
    case tables(:lookup, [name]) do
      [table] -> table
      [] -> nil
    end
  end

  defp table!(name, args) do
    case lookup_table(name) do
      {_, ets, _} -> ets
      nil -> :erlang.error(:badarg, args)
    end
  end

  # The table for a change: a file that is only read refuses it.
  defp changing(name, args, change) do
    case lookup_table(name) do
      nil ->
        :erlang.error(:badarg, args)

      {_, _, %{access: :read, file: file}} ->
        {:error, {:access_mode, file}}

      {_, ets, info} ->
        answer = wrong_arguments(args, fn -> change.(ets) end)

        if :ets.insert_new(@tables, {{:changed, name}}) and is_integer(info.auto_save),
          do: :erlang.send_after(info.auto_save, :dets, {:save, name})

        answer
    end
  end

  defp wrong_arguments(args, action) do
    action.()
  catch
    :error, :badarg -> :erlang.error(:badarg, args)
  end

  ## Objects

  def insert(name, objects) do
    changing(name, [name, objects], fn ets ->
      # In a bag, an object that is there already comes to stand last.
      if :ets.info(ets, :type) == :bag and is_list(objects),
        do: for(object <- objects, do: insert_last(ets, object)),
        else: insert_last(ets, objects)

      :ok
    end)
  end

  defp insert_last(ets, object) when is_tuple(object), do: :ets.delete_object(ets, object) and :ets.insert(ets, object)
  defp insert_last(ets, objects), do: :ets.insert(ets, objects)

  def insert_new(name, objects), do: changing(name, [name, objects], &:ets.insert_new(&1, objects))
  def delete(name, key), do: changing(name, [name, key], &ok(:ets.delete(&1, key)))
  def delete_object(name, object), do: changing(name, [name, object], &ok(:ets.delete_object(&1, object)))
  def delete_all_objects(name), do: changing(name, [name], &ok(:ets.delete_all_objects(&1)))
  def update_counter(name, key, update), do: changing(name, [name, key, update], &:ets.update_counter(&1, key, update))

  defp ok(true), do: :ok

  def lookup(name, key), do: :ets.lookup(table!(name, [name, key]), key)
  def member(name, key), do: :ets.member(table!(name, [name, key]), key)

  ## Slots: those of Erlang's tables, which grow by 256

  defp slots(ets, info), do: max(info.slots, div(keys(ets, info) + @slots - 1, @slots) * @slots)

  defp keys(ets, %{type: :set}), do: :ets.info(ets, :size)
  defp keys(ets, _info), do: ets |> keys_of() |> length()

  defp keys_of(ets), do: keys_from(:ets.first(ets), ets)
  defp keys_from(:"$end_of_table", _ets), do: []
  defp keys_from(key, ets), do: [key | keys_from(:ets.next(ets, key), ets)]

  defp slot_of(key, slots) do
    half = half(@slots, slots)
    hash = :erlang.phash2(key)
    slot = rem(hash, half)
    if slot < slots - half, do: rem(hash, half * 2), else: slot
  end

  defp half(size, slots), do: if(size * 2 <= slots, do: half(size * 2, slots), else: size)

  # The keys with their slots, by slot.
  defp placed(name, args) do
    case lookup_table(name) do
      {_, ets, info} ->
        slots = slots(ets, info)
        {ets, :lists.sort(for key <- keys_of(ets), do: {slot_of(key, slots), key})}

      nil ->
        :erlang.error(:badarg, args)
    end
  end

  # As objects lie in Erlang's file when it is written at once: the last slot first.
  defp objects(name, args) do
    {ets, placed} = placed(name, args)
    by_slot = Enum.chunk_by(placed, &elem(&1, 0))
    for slot <- :lists.reverse(by_slot), {_, key} <- slot, object <- :ets.lookup(ets, key), do: object
  end

  def first(name) do
    case placed(name, [name]) do
      {_, [{_, key} | _]} -> key
      {_, []} -> :"$end_of_table"
    end
  end

  def next(name, key) do
    {_, ets, info} = lookup_table(name) || :erlang.error(:badarg, [name, key])
    from = slot_of(key, slots(ets, info))
    {_, placed} = placed(name, [name, key])

    case Enum.find(placed, fn {slot, other} -> slot > from or (slot == from and other > key) end) do
      {_, next} -> next
      nil -> :"$end_of_table"
    end
  end

  def slot(name, index) do
    {_, ets, info} = lookup_table(name) || :erlang.error(:badarg, [name, index])

    cond do
      not is_integer(index) or index < 0 -> :erlang.error(:badarg, [name, index])
      index >= slots(ets, info) -> :"$end_of_table"
      true -> for {^index, key} <- elem(placed(name, [name, index]), 1), object <- :ets.lookup(ets, key), do: object
    end
  end

  ## Looking through a table

  def foldl(fun, acc, name), do: fold(objects(name, [fun, acc, name]), fun, acc)
  def foldr(fun, acc, name), do: foldl(fun, acc, name)

  defp fold([object | rest], fun, acc), do: fold(rest, fun, fun.(object, acc))
  defp fold([], _fun, acc), do: acc

  def traverse(name, fun), do: traverse_objects(objects(name, [name, fun]), fun, [])

  defp traverse_objects([object | rest], fun, found) do
    case fun.(object) do
      :continue -> traverse_objects(rest, fun, found)
      {:continue, value} -> traverse_objects(rest, fun, [value | found])
      {:done, value} -> [value | found]
      other -> other
    end
  end

  defp traverse_objects([], _fun, found), do: found

  def match(name, pattern), do: select_all(name, [{pattern, [], [:"$$"]}], [name, pattern])
  def match_object(name, pattern), do: select_all(name, [{pattern, [], [:"$_"]}], [name, pattern])
  def select(name, spec), do: select_all(name, spec, [name, spec])

  defp select_all(name, spec, args) do
    compiled = wrong_arguments(args, fn -> :ets.match_spec_compile(spec) end)
    objects(name, args) |> :ets.match_spec_run(compiled)
  end

  def match(name, pattern, count), do: chunk(name, [{pattern, [], [:"$$"]}], count, [name, pattern, count])
  def match_object(name, pattern, count), do: chunk(name, [{pattern, [], [:"$_"]}], count, [name, pattern, count])
  def select(name, spec, count), do: chunk(name, spec, count, [name, spec, count])

  defp chunk(name, spec, count, args) do
    if count != :default and not (is_integer(count) and count > 0), do: :erlang.error(:badarg, args)
    count = if count == :default, do: @slots, else: count
    next({:dets_cont, name, count, select_all(name, spec, args)})
  end

  def match({:dets_cont, _, _, _} = continuation), do: next(continuation)
  def match(continuation), do: :erlang.error(:badarg, [continuation])
  def match_object(continuation), do: match(continuation)
  def select(continuation), do: match(continuation)

  defp next({:dets_cont, _name, _count, []}), do: :"$end_of_table"

  defp next({:dets_cont, name, count, found}) do
    {chunk, rest} = Enum.split(found, count)
    {chunk, {:dets_cont, name, count, rest}}
  end

  def match_delete(name, pattern) do
    with count when is_integer(count) <- select_delete(name, [{pattern, [], [true]}]), do: :ok
  end

  def select_delete(name, spec), do: changing(name, [name, spec], &:ets.select_delete(&1, spec))

  def repair_continuation(continuation, _spec), do: continuation
  def safe_fixtable(name, fix?) when is_boolean(fix?), do: ok(:ets.safe_fixtable(table!(name, [name, fix?]), fix?))

  ## Other tables

  def to_ets(name, table) do
    :ets.insert(table, objects(name, [name, table]))
    table
  end

  @doc "Replaces the objects by those of an `:ets` table."
  def from_ets(name, table) do
    objects = wrong_arguments([name, table], fn -> :ets.tab2list(table) end)
    changing(name, [name, table], &(:ets.delete_all_objects(&1) and ok(:ets.insert(&1, objects))))
  end

  def init_table(name, fun), do: init_table(name, fun, [])

  @doc "Replaces the objects by what a fun gives; see Erlang's documentation for its protocol."
  def init_table(name, fun, options) when is_function(fun, 1) and is_list(options) do
    changing(name, [name, fun, options], &ok(:ets.init_table(&1, fun)))
  end

  def table(name), do: table(name, [])

  def table(name, options) do
    table!(name, [name, options])
    {:qlc_handle, {:dets, name, options}}
  end

  ## What a table is

  def info(name) do
    case lookup_table(name) do
      {_, ets, info} ->
        size = :ets.info(ets, :size)
        [type: info.type, keypos: info.keypos, size: size, file_size: file_size(info), filename: info.file]

      nil ->
        :undefined
    end
  end

  def info(name, item) do
    case lookup_table(name) do
      {_, ets, info} -> item(item, ets, info)
      nil -> :undefined
    end
  end

  defp item(item, ets, _info) when item in [:size, :no_objects], do: :ets.info(ets, :size)
  defp item(item, _ets, info) when item in [:type, :keypos, :access, :auto_save, :ram_file], do: Map.get(info, item)
  defp item(:filename, _ets, info), do: info.file
  defp item(item, _ets, info) when item in [:file_size, :memory], do: file_size(info)
  defp item(:no_keys, ets, info), do: keys(ets, info)
  defp item(:no_slots, ets, info), do: {@slots, slots(ets, info), 33_554_432}
  defp item(:users, _ets, info), do: for({_, pid} <- info.users, do: pid)
  defp item(:owner, _ets, _info), do: :erlang.whereis(:dets)
  defp item(:pid, _ets, _info), do: :erlang.whereis(:dets)
  defp item(:version, _ets, _info), do: 9
  defp item(:hash, _ets, _info), do: :phash2
  defp item(:safe_fixed, ets, _info), do: :ets.info(ets, :safe_fixed)
  defp item(:safe_fixed_monotonic_time, ets, _info), do: :ets.info(ets, :safe_fixed_monotonic_time)
  defp item(:bchunk_format, _ets, _info), do: @magic
  defp item(_item, _ets, _info), do: :undefined

  defp file_size(info) do
    case :file.read_file_info(info.file) do
      {:ok, stat} -> :erlang.element(2, stat)
      {:error, _} -> 0
    end
  end
end
