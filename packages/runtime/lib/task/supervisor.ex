# Tasks under a dynamic supervisor, which dies with none of them.
defmodule Task.Supervisor do
  @moduledoc "Starts and supervises tasks, by default temporary ones."

  @type option :: GenServer.option() | DynamicSupervisor.init_option()
  @type async_stream_option :: Task.async_stream_option() | {:shutdown, Supervisor.shutdown()}

  @doc false
  def child_spec(opts) when is_list(opts) do
    id =
      case Keyword.get(opts, :name, Task.Supervisor) do
        name when is_atom(name) -> name
        {:global, name} -> name
        {:via, _module, name} -> name
      end

    %{id: id, start: {Task.Supervisor, :start_link, [opts]}, type: :supervisor}
  end

  @doc "Starts a supervisor of tasks; options as for `DynamicSupervisor.start_link/1`."
  @spec start_link([option]) :: Supervisor.on_start()
  def start_link(options \\ []) do
    {restart, options} = Keyword.pop(options, :restart)
    {shutdown, options} = Keyword.pop(options, :shutdown)

    if restart || shutdown do
      IO.warn(
        ":restart and :shutdown options in Task.Supervisor.start_link/1 " <>
          "are deprecated. Please pass those options on start_child/3 instead"
      )
    end

    {init, start} = Keyword.split(options, [:max_children, :max_seconds, :max_restarts])
    defaults = {restart || :temporary, shutdown || 5000}
    DynamicSupervisor.start_link(__MODULE__, {defaults, init}, start)
  end

  @doc false
  def init({{_restart, _shutdown} = defaults, options}) do
    Process.put(__MODULE__, defaults)
    DynamicSupervisor.init([strategy: :one_for_one] ++ options)
  end

  @doc "Starts a task linked to the caller, to be awaited."
  @spec async(Supervisor.supervisor(), (-> any), keyword) :: Task.t()
  def async(supervisor, fun, options \\ []) do
    async(supervisor, :erlang, :apply, [fun, []], options)
  end

  @doc "Starts a task linked to the caller, to be awaited."
  @spec async(Supervisor.supervisor(), module, atom, [term], keyword) :: Task.t()
  def async(supervisor, module, fun, args, options \\ []) do
    start_async(supervisor, :link, {module, fun, args}, options)
  end

  @doc "Starts a task that is not linked to the caller, to be awaited."
  @spec async_nolink(Supervisor.supervisor(), (-> any), keyword) :: Task.t()
  def async_nolink(supervisor, fun, options \\ []) do
    async_nolink(supervisor, :erlang, :apply, [fun, []], options)
  end

  @doc "Starts a task that is not linked to the caller, to be awaited."
  @spec async_nolink(Supervisor.supervisor(), module, atom, [term], keyword) :: Task.t()
  def async_nolink(supervisor, module, fun, args, options \\ []) do
    start_async(supervisor, :nolink, {module, fun, args}, options)
  end

  defp start_async(supervisor, link, mfa, options) do
    args = [Task.Supervised.owner(), :monitor]

    case start_task(supervisor, args, :temporary, options[:shutdown]) do
      {:ok, pid} ->
        if link == :link, do: Process.link(pid)
        Task.Supervised.assign(pid, mfa)

      {:error, :max_children} ->
        raise """
        reached the maximum number of tasks for this task supervisor. The maximum number \
        of tasks that are allowed to run at the same time under this supervisor can be \
        configured with the :max_children option passed to Task.Supervisor.start_link/1\
        """
    end
  end

  @doc "Like `Task.async_stream/5`, with tasks under the supervisor."
  @spec async_stream(
          Supervisor.supervisor(),
          Enumerable.t(),
          module,
          atom,
          [term],
          [async_stream_option]
        ) :: Enumerable.t()
  def async_stream(supervisor, enumerable, module, function, args, options \\ [])
      when is_atom(module) and is_atom(function) and is_list(args) do
    build_stream(supervisor, :link, enumerable, {module, function, args}, options)
  end

  @doc "Like `Task.async_stream/3`, with tasks under the supervisor."
  @spec async_stream(Supervisor.supervisor(), Enumerable.t(), (term -> term), [
          async_stream_option
        ]) :: Enumerable.t()
  def async_stream(supervisor, enumerable, fun, options \\ []) when is_function(fun, 1) do
    build_stream(supervisor, :link, enumerable, fun, options)
  end

  @doc "Like `async_stream/6`, with tasks that are not linked to the caller."
  @spec async_stream_nolink(
          Supervisor.supervisor(),
          Enumerable.t(),
          module,
          atom,
          [term],
          [async_stream_option]
        ) :: Enumerable.t()
  def async_stream_nolink(supervisor, enumerable, module, function, args, options \\ [])
      when is_atom(module) and is_atom(function) and is_list(args) do
    build_stream(supervisor, :nolink, enumerable, {module, function, args}, options)
  end

  @doc "Like `async_stream/4`, with tasks that are not linked to the caller."
  @spec async_stream_nolink(Supervisor.supervisor(), Enumerable.t(), (term -> term), [
          async_stream_option
        ]) :: Enumerable.t()
  def async_stream_nolink(supervisor, enumerable, fun, options \\ []) when is_function(fun, 1) do
    build_stream(supervisor, :nolink, enumerable, fun, options)
  end

  defp build_stream(supervisor, link, enumerable, fun, options) do
    shutdown = Keyword.get(options, :shutdown, 5000)

    unless (is_integer(shutdown) and shutdown >= 0) or shutdown == :brutal_kill do
      raise ArgumentError, ":shutdown must be either a positive integer or :brutal_kill"
    end

    options = Task.Supervised.validate_stream_options(options)

    fn acc, reducer ->
      owner = Task.Supervised.owner()

      spawn = fn ->
        case start_task(supervisor, [owner, :monitor], :temporary, shutdown) do
          {:ok, pid} ->
            if link == :link, do: Process.link(pid)
            {:ok, link, pid}

          {:error, :max_children} ->
            {:error, :max_children}
        end
      end

      callers = Task.Supervised.callers()
      Task.Supervised.stream(enumerable, acc, reducer, callers, fun, options, spawn)
    end
  end

  @doc "Ends a task."
  @spec terminate_child(Supervisor.supervisor(), pid) :: :ok | {:error, :not_found}
  def terminate_child(supervisor, pid) when is_pid(pid) do
    DynamicSupervisor.terminate_child(supervisor, pid)
  end

  @doc "Gives the pids of the tasks."
  @spec children(Supervisor.supervisor()) :: [pid]
  def children(supervisor) do
    for {_, pid, _, _} <- DynamicSupervisor.which_children(supervisor), is_pid(pid), do: pid
  end

  @doc "Starts a task that answers nobody; options are `:restart` and `:shutdown`."
  @spec start_child(Supervisor.supervisor(), (-> any), keyword) ::
          DynamicSupervisor.on_start_child()
  def start_child(supervisor, fun, options \\ []) do
    args = [Task.Supervised.owner(), Task.Supervised.callers(), {:erlang, :apply, [fun, []]}]
    start_task(supervisor, args, options[:restart], options[:shutdown])
  end

  @doc "Starts a task that answers nobody; options are `:restart` and `:shutdown`."
  @spec start_child(Supervisor.supervisor(), module, atom, [term], keyword) ::
          DynamicSupervisor.on_start_child()
  def start_child(supervisor, module, fun, args, options \\ [])
      when is_atom(fun) and is_list(args) do
    mfa = {module, fun, args}
    args = [Task.Supervised.owner(), Task.Supervised.callers(), mfa]
    start_task(supervisor, args, options[:restart], options[:shutdown])
  end

  defp start_task(supervisor, args, restart, shutdown) do
    case GenServer.call(supervisor, {:start_task, args, restart, shutdown}, :infinity) do
      {:restart, restart} ->
        GenServer.call(supervisor, {:start_task, args, restart, shutdown}, :infinity)

      result ->
        result
    end
  end
end
