# Several children of one specification, found by a key's partition. A table maps a partition's
# number to its process.
defmodule PartitionSupervisor do
  @moduledoc """
  Supervisors of equal children, among which work is spread.

  `{:via, PartitionSupervisor, {name, key}}` names the child of the key's partition.
  """

  @behaviour Supervisor

  @registry PartitionSupervisor.Registry

  @type name :: atom | {:via, module, term}

  @doc false
  def child_spec(opts) when is_list(opts) do
    id =
      case Keyword.get(opts, :name, PartitionSupervisor) do
        name when is_atom(name) -> name
        {:via, _module, name} -> name
      end

    %{id: id, start: {PartitionSupervisor, :start_link, [opts]}, type: :supervisor}
  end

  @doc """
  Starts the supervisor and its children.

  Options: `:name` and `:child_spec`, both required; `:partitions` (one a scheduler),
  `:with_arguments` (a fun from arguments and partition to arguments), and those of a supervisor.
  """
  @spec start_link(keyword) :: Supervisor.on_start()
  def start_link(opts) when is_list(opts) do
    name = opts[:name]

    unless name do
      raise ArgumentError, "the :name option must be given to PartitionSupervisor"
    end

    {child_spec, opts} = Keyword.pop(opts, :child_spec)

    unless child_spec do
      raise ArgumentError, "the :child_spec option must be given to PartitionSupervisor"
    end

    {partitions, opts} = Keyword.pop(opts, :partitions, System.schedulers_online())

    unless is_integer(partitions) and partitions >= 1 do
      raise ArgumentError,
            "the :partitions option must be a positive integer, got: #{inspect(partitions)}"
    end

    {with_arguments, opts} = Keyword.pop(opts, :with_arguments, fn args, _partition -> args end)

    unless is_function(with_arguments, 2) do
      raise ArgumentError,
            "the :with_arguments option must be a function that receives two arguments, " <>
              "the current call arguments and the partition, got: #{inspect(with_arguments)}"
    end

    spec = Supervisor.child_spec(child_spec, [])
    children = for i <- 0..(partitions - 1), do: child(spec, with_arguments, i)
    auto_shutdown = Keyword.get(opts, :auto_shutdown, :never)

    unless auto_shutdown == :never do
      raise ArgumentError,
            "the :auto_shutdown option must be :never, got: #{inspect(auto_shutdown)}"
    end

    {init, start} = Keyword.split(opts, [:strategy, :max_seconds, :max_restarts, :auto_shutdown])
    Supervisor.start_link(__MODULE__, {name, partitions, children, init}, start)
  end

  defp child(%{start: {module, fun, args}} = spec, with_arguments, partition) do
    args = with_arguments.(args, partition)

    unless is_list(args) do
      raise "the call to the function in :with_arguments must return a list, got: #{inspect(args)}"
    end

    Map.merge(spec, %{
      id: partition,
      start: {__MODULE__, :start_child, [module, fun, args, partition]},
      modules: spec[:modules] || [module]
    })
  end

  @doc false
  def start_child(module, fun, args, partition) do
    result = apply(module, fun, args)

    case result do
      {:ok, pid} -> :ets.insert(Process.get(:ets_table), {partition, pid})
      {:ok, pid, _info} -> :ets.insert(Process.get(:ets_table), {partition, pid})
      _ -> :ok
    end

    result
  end

  @doc false
  @impl true
  def init({name, partitions, children, options}) do
    table = new_table(name)
    :ets.insert(table, {:partitions, partitions, partitions})
    Process.put(:ets_table, table)
    Supervisor.init(children, Keyword.put_new(options, :strategy, :one_for_one))
  end

  defp new_table(name) when is_atom(name), do: :ets.new(name, [:set, :named_table, :public])

  defp new_table({:via, _, _}) do
    table = :ets.new(__MODULE__, [:set, :public])
    ensure_registry()
    Registry.register(@registry, self(), table)
    table
  end

  # Started when first needed, by a process that outlives whoever needs it.
  defp ensure_registry do
    unless Process.whereis(@registry) do
      caller = self()
      ref = make_ref()

      spawn(fn ->
        result = Registry.start_link(keys: :unique, name: @registry)
        Kernel.send(caller, {ref, result})
        Process.sleep(:infinity)
      end)

      receive do
        {^ref, _result} -> :ok
      end
    end
  end

  @doc "Changes how many partitions run, up to the number at the start; gives the old number."
  @spec resize!(name, non_neg_integer) :: non_neg_integer
  def resize!(name, partitions) when is_integer(partitions) do
    supervisor =
      GenServer.whereis(name) || exit({:noproc, {__MODULE__, :resize!, [name, partitions]}})

    table = table(name)
    ensure_registry()

    Registry.lock(@registry, supervisor, fn ->
      [{:partitions, current, max}] = :ets.lookup(table, :partitions)

      cond do
        partitions < 0 or partitions > max ->
          raise ArgumentError,
                "the number of partitions to resize to must be a number between 0 and #{max}, got: #{partitions}"

        partitions > current ->
          for id <- current..(partitions - 1), do: restart!(supervisor, id, name)
          :ets.insert(table, {:partitions, partitions, max})

        partitions < current ->
          :ets.insert(table, {:partitions, partitions, max})
          for id <- partitions..(current - 1), do: terminate!(supervisor, id, name)

        true ->
          :ok
      end

      current
    end)
  end

  defp restart!(supervisor, id, name) do
    with {:error, reason} <- Supervisor.restart_child(supervisor, id) do
      raise "cannot restart partition #{id} of PartitionSupervisor #{inspect(name)} due to reason #{inspect(reason)}"
    end
  end

  defp terminate!(supervisor, id, name) do
    with {:error, reason} <- Supervisor.terminate_child(supervisor, id) do
      raise "cannot terminate partition #{id} of PartitionSupervisor #{inspect(name)} due to reason #{inspect(reason)}"
    end
  end

  @doc "Gives the number of partitions."
  @spec partitions(name) :: pos_integer
  def partitions(name), do: partitions(table(name), name)

  defp partitions(table, name) do
    try do
      :ets.lookup_element(table, :partitions, 2)
    rescue
      _ -> no_process(name)
    end
  end

  defp table(name) when is_atom(name), do: name

  defp table(name) when is_tuple(name) do
    with pid when is_pid(pid) <- GenServer.whereis(name),
         [{_, table}] <- Registry.lookup(@registry, pid) do
      table
    else
      _ -> no_process(name)
    end
  end

  defp no_process(name), do: exit({:noproc, {__MODULE__, :partitions, [name]}})

  @doc "Gives partition, pid, type and modules of the children."
  @spec which_children(name) ::
          [{integer, pid | :restarting, :worker | :supervisor, [module] | :dynamic}]
  def which_children(name) when is_atom(name) or elem(name, 0) == :via do
    Supervisor.which_children(name)
  end

  @doc "Counts specifications, active children, supervisors and workers."
  @spec count_children(name) :: map
  def count_children(supervisor) when is_atom(supervisor) do
    Supervisor.count_children(supervisor)
  end

  @doc "Stops the supervisor and its children."
  @spec stop(name, reason :: term, timeout) :: :ok
  def stop(supervisor, reason \\ :normal, timeout \\ :infinity) when is_atom(supervisor) do
    Supervisor.stop(supervisor, reason, timeout)
  end

  @doc false
  def whereis_name({name, key}) when is_atom(name) or is_tuple(name) do
    table = table(name)
    partitions = partitions(table, name)

    if partitions == 0 do
      raise ArgumentError, "PartitionSupervisor #{inspect(name)} has zero partitions"
    end

    partition =
      if is_integer(key), do: rem(abs(key), partitions), else: :erlang.phash2(key, partitions)

    :ets.lookup_element(table, partition, 2)
  end

  @doc false
  def send(name_and_key, message), do: Kernel.send(whereis_name(name_and_key), message)

  @doc false
  def register_name(_, _) do
    raise "{:via, PartitionSupervisor, _} cannot be given on registration"
  end

  @doc false
  def unregister_name(_) do
    raise "{:via, PartitionSupervisor, _} cannot be given on unregistration"
  end
end
