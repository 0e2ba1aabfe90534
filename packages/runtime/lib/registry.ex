# Names and topics for local processes, in two public tables: keys with their processes and values,
# and processes with their keys. Clients write them directly; a partition's process, linked to every
# process that is registered through it, cleans up after the dead.
#
# Elixir splits the tables too by partition, for parallel writers; one pair serves a scheduler.
defmodule Registry do
  @moduledoc """
  A local key-value store of processes, with unique or duplicate keys.

  With unique keys, `{:via, Registry, {registry, key}}` names a process; with duplicate keys
  `dispatch/3` sends to all processes of a key.
  """

  # Metadata keys are atoms and tuples, so integers are free for the registry's own.
  @info -1

  @type registry :: atom
  @type keys :: :unique | :duplicate
  @type key :: term
  @type value :: term
  @type meta_key :: atom | tuple
  @type meta_value :: term
  @type match_pattern :: atom | term
  @type guard :: atom | tuple
  @type guards :: [guard]
  @type body :: [term]
  @type spec :: [{match_pattern, guards, body}]
  @type start_option ::
          {:keys, keys}
          | {:name, registry}
          | {:partitions, pos_integer}
          | {:listeners, [atom]}
          | {:meta, [{meta_key, meta_value}]}
  @type listener_message ::
          {:register, registry, key, registry_partition :: pid, value}
          | {:unregister, registry, key, registry_partition :: pid}

  ## Names

  @doc false
  def whereis_name({registry, key}), do: whereis_name(registry, key)
  def whereis_name({registry, key, _value}), do: whereis_name(registry, key)

  defp whereis_name(registry, key) do
    case info!(registry) do
      {:unique, _, key_ets, _, _} ->
        case :ets.lookup(key_ets, key) do
          [{_, {pid, _}}] -> if Process.alive?(pid), do: pid, else: :undefined
          [] -> :undefined
        end

      {kind, _, _, _, _} ->
        raise ArgumentError, ":via is not supported for #{kind} registries"
    end
  end

  @doc false
  def register_name({registry, key}, pid), do: register_name({registry, key, nil}, pid)

  def register_name({registry, key, value}, pid) when pid == self() do
    case register(registry, key, value) do
      {:ok, _} -> :yes
      {:error, _} -> :no
    end
  end

  @doc false
  def send({registry, key, _value}, message), do: Registry.send({registry, key}, message)

  def send({registry, key}, message) do
    case lookup(registry, key) do
      [{pid, _}] -> Kernel.send(pid, message)
      [] -> :erlang.error(:badarg, [{registry, key}, message])
    end
  end

  @doc false
  def unregister_name({registry, key}), do: unregister(registry, key)
  def unregister_name({registry, key, _value}), do: unregister(registry, key)

  ## Starting

  @doc """
  Starts a registry.

  Options: `:keys` (`:unique` or `:duplicate`) and `:name`, both required; `:partitions`,
  `:listeners` (names of processes told of every change) and `:meta`.
  """
  @spec start_link([start_option]) :: {:ok, pid} | {:error, term}
  def start_link(options) do
    keys = Keyword.get(options, :keys)

    unless keys in [:unique, :duplicate] do
      raise ArgumentError,
            "expected :keys to be given and be one of :unique or :duplicate, got: #{inspect(keys)}"
    end

    name =
      case Keyword.fetch(options, :name) do
        {:ok, name} when is_atom(name) ->
          name

        {:ok, other} ->
          raise ArgumentError, "expected :name to be an atom, got: #{inspect(other)}"

        :error ->
          raise ArgumentError, "expected :name option to be present"
      end

    meta = option!(options, :meta, [], "a keyword list", &Keyword.keyword?/1)

    partitions =
      option!(options, :partitions, 1, "a positive integer", &(is_integer(&1) and &1 >= 1))

    listeners =
      option!(options, :listeners, [], "a list of named processes", fn listeners ->
        is_list(listeners) and Enum.all?(listeners, &is_atom/1)
      end)

    option!(options, :compressed, false, "a boolean", &is_boolean/1)
    arg = {keys, name, partitions, listeners, meta}
    Supervisor.start_link(Registry.Supervisor, arg, name: name)
  end

  @doc false
  @deprecated "Use Registry.start_link/1 instead"
  def start_link(keys, name, options \\ [])
      when keys in [:unique, :duplicate] and is_atom(name) do
    start_link([keys: keys, name: name] ++ options)
  end

  defp option!(options, name, default, expected, valid?) do
    value = Keyword.get(options, name, default)

    unless valid?.(value) do
      raise ArgumentError, "expected #{inspect(name)} to be #{expected}, got: #{inspect(value)}"
    end

    value
  end

  @doc "Gives a specification to start a registry under a supervisor."
  @spec child_spec([start_option]) :: Supervisor.child_spec()
  def child_spec(options) do
    %{
      id: Keyword.get(options, :name, Registry),
      start: {Registry, :start_link, [options]},
      type: :supervisor
    }
  end

  # {kind, count of partitions, table of keys, {server, table of pids} if there is one partition, listeners}
  defp info!(registry) do
    try do
      :ets.lookup_element(registry, @info, 2)
    catch
      :error, :badarg -> raise ArgumentError, "unknown registry: #{inspect(registry)}"
    end
  end

  ## Registering

  @doc "Registers the caller under `key`."
  @spec register(registry, key, value) ::
          {:ok, pid} | {:error, {:already_registered, pid}}
  def register(registry, key, value) when is_atom(registry) do
    self = self()
    {kind, _, key_ets, _, listeners} = info = info!(registry)
    {server, pid_ets} = partition(registry, self, info)
    Process.link(server)

    # First the process with its key, so that a crash in between leaves nothing behind.
    entry = {self, key, System.unique_integer()}
    true = :ets.insert(pid_ets, entry)

    case put_key(kind, key_ets, key, {key, {self, value}}) do
      :ok ->
        for listener <- listeners do
          Kernel.send(listener, {:register, registry, key, self, value})
        end

        {:ok, server}

      {:error, {:already_registered, _}} = error ->
        :ets.delete_object(pid_ets, entry)
        unlink_if_unregistered(server, pid_ets, self)
        error
    end
  end

  defp put_key(:duplicate, key_ets, _key, entry) do
    true = :ets.insert(key_ets, entry)
    :ok
  end

  defp put_key(:unique, key_ets, key, entry) do
    if :ets.insert_new(key_ets, entry) do
      :ok
    else
      [{_, {pid, _}} = current] = :ets.lookup(key_ets, key)

      if Process.alive?(pid) do
        {:error, {:already_registered, pid}}
      else
        :ets.delete_object(key_ets, current)
        put_key(:unique, key_ets, key, entry)
      end
    end
  end

  # The server and the table of the partition that a process or a lock belongs to.
  defp partition(registry, key, {_, partitions, _, nil, _}),
    do: :ets.lookup_element(registry, :erlang.phash2(key, partitions), 3)

  defp partition(_registry, _key, {_, 1, _, only, _}), do: only

  defp unlink_if_unregistered(server, pid_ets, pid) do
    unless :ets.member(pid_ets, pid), do: Process.unlink(server)
  end

  @doc "Removes all of the caller's entries under `key`."
  @spec unregister(registry, key) :: :ok
  def unregister(registry, key) when is_atom(registry) do
    self = self()
    {_, _, key_ets, _, listeners} = info = info!(registry)
    {server, pid_ets} = partition(registry, self, info)
    delete_keys(key_ets, key, self)
    Enum.each(entries_of(pid_ets, self, key), &:ets.delete_object(pid_ets, &1))
    unregistered(registry, key, self, server, pid_ets, listeners)
  end

  defp unregistered(registry, key, self, server, pid_ets, listeners) do
    unlink_if_unregistered(server, pid_ets, self)
    for listener <- listeners, do: Kernel.send(listener, {:unregister, registry, key, self})
    :ok
  end

  @doc false
  def delete_keys(key_ets, key, pid) do
    for {_, {^pid, _}} = entry <- :ets.lookup(key_ets, key),
        do: :ets.delete_object(key_ets, entry)

    :ok
  end

  defp entries_of(pid_ets, pid, key) do
    for {_, k, _} = entry when k === key <- :ets.lookup(pid_ets, pid), do: entry
  end

  @doc "Removes the caller's entries under `key` whose value matches a pattern and guards."
  @spec unregister_match(registry, key, match_pattern, guards) :: :ok
  def unregister_match(registry, key, pattern, guards \\ []) when is_list(guards) do
    self = self()
    {_, _, key_ets, _, listeners} = info = info!(registry)
    {server, pid_ets} = partition(registry, self, info)
    matching = [{{:_, {self, pattern}}, [same_key(key) | guards], [:"$_"]}]
    deleted = :ets.select(key_ets, matching)
    Enum.each(deleted, &:ets.delete_object(key_ets, &1))

    entries = entries_of(pid_ets, self, key)
    Enum.each(Enum.take(entries, length(deleted)), &:ets.delete_object(pid_ets, &1))

    if deleted != [] and length(deleted) == length(entries),
      do: unregistered(registry, key, self, server, pid_ets, listeners),
      else: :ok
  end

  @doc "Replaces the caller's value under a unique key; gives the new and the old value, or `:error`."
  @spec update_value(registry, key, (value -> value)) :: {new :: term, old :: term} | :error
  def update_value(registry, key, callback) when is_atom(registry) and is_function(callback, 1) do
    case info!(registry) do
      {:unique, _, key_ets, _, _} ->
        case :ets.lookup(key_ets, key) do
          [{_, {pid, old}}] when pid == self() ->
            new = callback.(old)
            :ets.insert(key_ets, {key, {pid, new}})
            {new, old}

          _ ->
            :error
        end

      {kind, _, _, _, _} ->
        raise ArgumentError, "Registry.update_value/3 is not supported for #{kind} registries"
    end
  end

  @doc "Runs a function while no other process holds the lock of `lock_key`."
  @spec lock(registry, lock_key :: term, (-> result)) :: result when result: var
  def lock(registry, lock_key, function) when is_atom(registry) and is_function(function, 0) do
    {server, _pid_ets} = partition(registry, lock_key, info!(registry))
    Registry.Partition.lock(server, lock_key, function)
  end

  ## Looking up

  @doc "Gives the processes of `key` with their values."
  @spec lookup(registry, key) :: [{pid, value}]
  def lookup(registry, key) when is_atom(registry) do
    {kind, _, key_ets, _, _} = info!(registry)

    # The only owner may have ended without the registry having heard of it.
    for {_, {pid, _} = entry} <- :ets.lookup(key_ets, key), kind == :duplicate or Process.alive?(pid), do: entry
  end

  @doc "Calls `mfa_or_fun` with the entries of `key`, if there are any."
  @spec dispatch(
          registry,
          key,
          (entries :: [{pid, value}] -> term) | {module, atom, [term]},
          keyword
        ) ::
          :ok
  def dispatch(registry, key, mfa_or_fun, opts \\ [])
      when (is_atom(registry) and is_function(mfa_or_fun, 1)) or
             (is_atom(registry) and tuple_size(mfa_or_fun) == 3) do
    {kind, partitions, _, _, _} = info!(registry)
    entries = lookup(registry, key)

    cond do
      entries == [] ->
        :ok

      kind == :duplicate and partitions > 1 ->
        parts = by_partition(entries, partitions)

        if Keyword.get(opts, :parallel, false) do
          parts |> Enum.map(fn part -> start_aside(fn -> run(mfa_or_fun, part) end) end) |> Enum.each(&await_aside/1)
        else
          Enum.each(parts, &run(mfa_or_fun, &1))
        end

      true ->
        run(mfa_or_fun, entries)
        :ok
    end
  end

  # An entry is in the partition of its process; the last partition comes first.
  defp by_partition(entries, partitions) do
    entries
    |> Enum.group_by(fn {pid, _} -> :erlang.phash2(pid, partitions) end)
    |> Enum.sort(:desc)
    |> Enum.map(&elem(&1, 1))
  end

  defp start_aside(fun), do: :erlang.spawn_opt(fun, [:link, :monitor])

  # The caller may trap exits: that of the helper is none of its business, unless it crashed.
  defp await_aside({pid, ref}) do
    receive do
      {:DOWN, ^ref, _, _, :normal} ->
        Process.unlink(pid)

        receive do
          {:EXIT, ^pid, :normal} -> :ok
        after
          0 -> :ok
        end

      {:DOWN, ^ref, _, _, reason} ->
        exit(reason)
    end
  end

  defp run({module, fun, args}, entries), do: apply(module, fun, [entries | args])
  defp run(fun, entries), do: fun.(entries)

  @doc "Gives the keys of a process, duplicates included."
  @spec keys(registry, pid) :: [key]
  def keys(registry, pid) when is_atom(registry) and is_pid(pid) do
    {kind, _, _, _, _} = info = info!(registry)
    {_server, pid_ets} = partition(registry, pid, info)
    keys = for {_, key, _} <- :ets.lookup(pid_ets, pid), do: key
    keys = :lists.reverse(keys)
    if kind == :unique, do: Enum.uniq(keys), else: keys
  end

  @doc "Gives the values of a process under `key`."
  @spec values(registry, key, pid) :: [value]
  def values(registry, key, pid) when is_atom(registry) do
    for {^pid, value} <- lookup(registry, key), do: value
  end

  @doc "Gives the entries of `key` whose value matches a pattern and guards."
  @spec match(registry, key, match_pattern, guards) :: [{pid, term}]
  def match(registry, key, pattern, guards \\ []) when is_atom(registry) and is_list(guards) do
    {_, _, key_ets, _, _} = info!(registry)

    :ets.select(key_ets, [{{:_, {:_, pattern}}, [same_key(key) | guards], [{:element, 2, :"$_"}]}])
  end

  @doc "Counts the entries of `key` whose value matches a pattern and guards."
  @spec count_match(registry, key, match_pattern, guards) :: non_neg_integer
  def count_match(registry, key, pattern, guards \\ [])
      when is_atom(registry) and is_list(guards) do
    {_, _, key_ets, _, _} = info!(registry)
    :ets.select_count(key_ets, [{{:_, {:_, pattern}}, [same_key(key) | guards], [true]}])
  end

  # A guard, since atoms such as `:_` within a key would match anything in a pattern.
  defp same_key(key), do: {:"=:=", {:element, 1, :"$_"}, {:const, key}}

  @doc "Gives what a match specification on `{key, pid, value}` selects."
  @spec select(registry, spec) :: [term]
  def select(registry, spec) when is_atom(registry) and is_list(spec) do
    nested = nest(spec, "select")
    {_, _, key_ets, _, _} = info!(registry)
    :ets.select(key_ets, nested)
  end

  @doc "Counts what a match specification on `{key, pid, value}` selects."
  @spec count_select(registry, spec) :: non_neg_integer
  def count_select(registry, spec) when is_atom(registry) and is_list(spec) do
    nested = nest(spec, "count_select")
    {_, _, key_ets, _, _} = info!(registry)
    :ets.select_count(key_ets, nested)
  end

  defp nest(spec, fun) do
    Enum.map(spec, fn
      {{key, pid, value}, guards, body} ->
        {{key, {pid, value}}, guards, body}

      _ ->
        raise ArgumentError,
              "invalid match specification in Registry.#{fun}/2: #{inspect(spec)}"
    end)
  end

  @doc "Counts the entries."
  @spec count(registry) :: non_neg_integer
  def count(registry) when is_atom(registry) do
    {_, _, key_ets, _, _} = info!(registry)
    :ets.info(key_ets, :size)
  end

  ## Metadata

  @doc "Gives `{:ok, value}` of the registry's metadata, or `:error`."
  @spec meta(registry, meta_key) :: {:ok, meta_value} | :error
  def meta(registry, key) when is_atom(registry) and (is_atom(key) or is_tuple(key)) do
    try do
      :ets.lookup(registry, key)
    catch
      :error, :badarg ->
        raise ArgumentError,
              "unknown registry: #{inspect(registry)}. Either the registry name is invalid or " <>
                "the registry is not running, possibly because its application isn't started"
    else
      [{_, value}] -> {:ok, value}
      [] -> :error
    end
  end

  @doc "Puts a value into the registry's metadata."
  @spec put_meta(registry, meta_key, meta_value) :: :ok
  def put_meta(registry, key, value) when is_atom(registry) and (is_atom(key) or is_tuple(key)) do
    info!(registry)
    :ets.insert(registry, {key, value})
    :ok
  end

  @doc "Deletes a value from the registry's metadata."
  @spec delete_meta(registry, meta_key) :: :ok
  def delete_meta(registry, key) when is_atom(registry) and (is_atom(key) or is_tuple(key)) do
    info!(registry)
    :ets.delete(registry, key)
    :ok
  end
end
