# A supervisor of children that come and go: any number, no order, found by pid. They end together.
defmodule DynamicSupervisor do
  @moduledoc """
  Supervisors that start with no children; `start_child/2` adds them.

      {:ok, sup} = DynamicSupervisor.start_link(strategy: :one_for_one)
      DynamicSupervisor.start_child(sup, {Agent, fn -> 0 end})
  """

  @behaviour GenServer

  @doc "Gives flags, usually by `init/1`."
  @callback init(init_arg :: term) :: {:ok, sup_flags} | :ignore

  @type sup_flags :: %{
          strategy: strategy,
          intensity: non_neg_integer,
          period: pos_integer,
          max_children: non_neg_integer | :infinity,
          extra_arguments: [term]
        }
  @type init_option ::
          {:strategy, strategy}
          | {:max_restarts, non_neg_integer}
          | {:max_seconds, pos_integer}
          | {:max_children, non_neg_integer | :infinity}
          | {:extra_arguments, [term]}
  @type strategy :: :one_for_one
  @type on_start_child ::
          {:ok, pid}
          | {:ok, pid, info :: term}
          | :ignore
          | {:error, {:already_started, pid} | :max_children | term}

  # `children` maps a pid to {start, restart, shutdown, type, modules}, or to
  # {:restarting, that} when a restart failed and is due again.
  defstruct [
    :args,
    :extra_arguments,
    :mod,
    :name,
    :strategy,
    :max_children,
    :max_restarts,
    :max_seconds,
    children: %{},
    restarts: []
  ]

  @doc "Gives a specification to start a dynamic supervisor under a supervisor."
  def child_spec(options) when is_list(options) do
    id =
      case Keyword.get(options, :name, DynamicSupervisor) do
        name when is_atom(name) -> name
        {:global, name} -> name
        {:via, _module, name} -> name
      end

    %{id: id, start: {DynamicSupervisor, :start_link, [options]}, type: :supervisor}
  end

  @doc false
  defmacro __using__(opts) do
    quote location: :keep, bind_quoted: [opts: opts] do
      @behaviour DynamicSupervisor

      unless Module.has_attribute?(__MODULE__, :doc) do
        @doc """
        Returns a specification to start this module under a supervisor.

        See `Supervisor`.
        """
      end

      def child_spec(arg) do
        default = %{
          id: __MODULE__,
          start: {__MODULE__, :start_link, [arg]},
          type: :supervisor
        }

        Supervisor.child_spec(default, unquote(Macro.escape(opts)))
      end

      defoverridable child_spec: 1
    end
  end

  ## Clients

  @doc "Starts a supervisor; options are those of `init/1` and of `GenServer.start_link/3`."
  @spec start_link([init_option | GenServer.option()]) :: Supervisor.on_start()
  def start_link(options) when is_list(options) do
    keys = [:extra_arguments, :max_children, :max_seconds, :max_restarts, :strategy]
    {init, start} = Keyword.split(options, keys)
    start_link(Supervisor.Default, init(init), start)
  end

  @doc "Starts a supervisor with a callback module."
  @spec start_link(module, term, [GenServer.option()]) :: Supervisor.on_start()
  def start_link(module, init_arg, opts \\ []) do
    GenServer.start_link(__MODULE__, {module, init_arg, opts[:name]}, opts)
  end

  @doc "Starts a child."
  @spec start_child(Supervisor.supervisor(), Supervisor.child_spec() | {module, term} | module) ::
          on_start_child
  def start_child(supervisor, child_spec)

  def start_child(supervisor, {_, _, _, _, _, _} = spec), do: check_and_start(supervisor, spec)

  def start_child(supervisor, spec) do
    check_and_start(supervisor, Supervisor.child_spec(spec, []))
  end

  defp check_and_start(supervisor, spec) do
    case check_spec(spec) do
      {:ok, child} -> call(supervisor, {:start_child, child})
      error -> {:error, error}
    end
  end

  defp check_spec(%{id: _, start: {module, _, _} = start} = spec) do
    type = Map.get(spec, :type, :worker)
    default_shutdown = if type == :supervisor, do: :infinity, else: 5_000

    check_spec(
      start,
      Map.get(spec, :restart, :permanent),
      Map.get(spec, :shutdown, default_shutdown),
      type,
      Map.get(spec, :modules, [module]),
      Map.get(spec, :significant, false)
    )
  end

  defp check_spec({_id, start, restart, shutdown, type, modules}) do
    check_spec(start, restart, shutdown, type, modules, false)
  end

  defp check_spec(other), do: {:invalid_child_spec, other}

  defp check_spec(start, restart, shutdown, type, modules, significant) do
    cond do
      not valid_start?(start) ->
        {:invalid_mfa, start}

      restart not in [:permanent, :temporary, :transient] ->
        {:invalid_restart_type, restart}

      not ((is_integer(shutdown) and shutdown >= 0) or shutdown in [:infinity, :brutal_kill]) ->
        {:invalid_shutdown, shutdown}

      type not in [:supervisor, :worker] ->
        {:invalid_child_type, type}

      not (modules == :dynamic or (is_list(modules) and Enum.all?(modules, &is_atom/1))) ->
        {:invalid_modules, modules}

      significant != false ->
        {:invalid_significant, significant}

      true ->
        {:ok, {start, restart, shutdown, type, modules}}
    end
  end

  defp valid_start?({module, fun, args}), do: is_atom(module) and is_atom(fun) and is_list(args)
  defp valid_start?(_start), do: false

  @doc "Ends a child."
  @spec terminate_child(Supervisor.supervisor(), pid) :: :ok | {:error, :not_found}
  def terminate_child(supervisor, pid) when is_pid(pid) do
    call(supervisor, {:terminate_child, pid})
  end

  @doc "Gives pid, type and modules of the children."
  @spec which_children(Supervisor.supervisor()) ::
          [{:undefined, pid | :restarting, :worker | :supervisor, [module] | :dynamic}]
  def which_children(supervisor), do: call(supervisor, :which_children)

  @doc "Counts specifications, active children, supervisors and workers."
  @spec count_children(Supervisor.supervisor()) :: %{
          specs: non_neg_integer,
          active: non_neg_integer,
          supervisors: non_neg_integer,
          workers: non_neg_integer
        }
  def count_children(supervisor), do: :maps.from_list(call(supervisor, :count_children))

  @doc "Stops a supervisor and its children."
  @spec stop(Supervisor.supervisor(), reason :: term, timeout) :: :ok
  def stop(supervisor, reason \\ :normal, timeout \\ :infinity) do
    GenServer.stop(supervisor, reason, timeout)
  end

  defp call(supervisor, request), do: GenServer.call(supervisor, request, :infinity)

  @doc """
  Makes what `c:init/1` returns of options.

  Options: `:strategy`, `:max_restarts` (3) in `:max_seconds` (5), `:max_children`,
  `:extra_arguments`, which come before those of a child.
  """
  @spec init([init_option]) :: {:ok, sup_flags}
  def init(options) when is_list(options) do
    {:ok,
     %{
       strategy: Keyword.get(options, :strategy, :one_for_one),
       intensity: Keyword.get(options, :max_restarts, 3),
       period: Keyword.get(options, :max_seconds, 5),
       max_children: Keyword.get(options, :max_children, :infinity),
       extra_arguments: Keyword.get(options, :extra_arguments, [])
     }}
  end

  ## The server

  @impl true
  def init({module, init_arg, name}) do
    Process.put(:"$initial_call", {:supervisor, module, 1})
    Process.flag(:trap_exit, true)

    case module.init(init_arg) do
      {:ok, flags} when is_map(flags) ->
        name =
          cond do
            name == nil -> {self(), module}
            is_atom(name) -> {:local, name}
            true -> name
          end

        state = %DynamicSupervisor{mod: module, args: init_arg, name: name}

        case configure(state, flags) do
          {:ok, state} -> {:ok, state}
          {:error, reason} -> {:stop, {:supervisor_data, reason}}
        end

      :ignore ->
        :ignore

      other ->
        {:stop, {:bad_return, {module, :init, other}}}
    end
  end

  defp configure(state, flags) do
    strategy = Map.get(flags, :strategy, :one_for_one)
    restarts = Map.get(flags, :intensity, 1)
    seconds = Map.get(flags, :period, 5)
    max_children = Map.get(flags, :max_children, :infinity)
    extra = Map.get(flags, :extra_arguments, [])
    auto_shutdown = Map.get(flags, :auto_shutdown, :never)

    cond do
      strategy != :one_for_one ->
        {:error, {:invalid_strategy, strategy}}

      not (is_integer(restarts) and restarts >= 0) ->
        {:error, {:invalid_intensity, restarts}}

      not (is_integer(seconds) and seconds > 0) ->
        {:error, {:invalid_period, seconds}}

      not (max_children == :infinity or (is_integer(max_children) and max_children >= 0)) ->
        {:error, {:invalid_max_children, max_children}}

      not is_list(extra) ->
        {:error, {:invalid_extra_arguments, extra}}

      auto_shutdown != :never ->
        {:error, {:invalid_auto_shutdown, auto_shutdown}}

      true ->
        {:ok,
         %{
           state
           | extra_arguments: extra,
             max_children: max_children,
             max_restarts: restarts,
             max_seconds: seconds,
             strategy: strategy
         }}
    end
  end

  @impl true
  def handle_call(:which_children, _from, %{children: children} = state) do
    reply =
      for {pid, child} <- children do
        case child do
          {:restarting, {_, _, _, type, modules}} -> {:undefined, :restarting, type, modules}
          {_, _, _, type, modules} -> {:undefined, pid, type, modules}
        end
      end

    {:reply, reply, state}
  end

  def handle_call(:count_children, _from, %{children: children} = state) do
    restarting = Enum.count(children, &match?({_, {:restarting, _}}, &1))

    supervisors =
      Enum.count(children, fn
        {_, {:restarting, child}} -> elem(child, 3) == :supervisor
        {_, child} -> elem(child, 3) == :supervisor
      end)

    specs = map_size(children)

    reply = [
      specs: specs,
      active: specs - restarting,
      supervisors: supervisors,
      workers: specs - supervisors
    ]

    {:reply, reply, state}
  end

  def handle_call({:terminate_child, pid}, _from, %{children: children} = state) do
    case children do
      %{^pid => child} ->
        end_children(%{pid => child}, state)
        {:reply, :ok, delete(state, pid)}

      _ ->
        {:reply, {:error, :not_found}, state}
    end
  end

  # For `Task.Supervisor`: the defaults of its tasks are in its dictionary.
  def handle_call({:start_task, args, restart, shutdown}, from, state) do
    {default_restart, default_shutdown} = Process.get(Task.Supervisor)

    if restart == nil and default_restart != :temporary do
      {:reply, {:restart, default_restart}, state}
    else
      start = {Task.Supervised, :start_link, args}
      restart = restart || default_restart
      shutdown = shutdown || default_shutdown
      child = {start, restart, shutdown, :worker, [Task.Supervised]}
      handle_call({:start_child, child}, from, state)
    end
  end

  def handle_call({:start_child, child}, _from, state) do
    if map_size(state.children) < state.max_children do
      case result = start(child, state) do
        {:ok, pid} -> {:reply, result, put(state, pid, child)}
        {:ok, pid, _info} -> {:reply, result, put(state, pid, child)}
        _ -> {:reply, result, state}
      end
    else
      {:reply, {:error, :max_children}, state}
    end
  end

  @impl true
  def handle_cast(_message, state), do: {:noreply, state}

  @impl true
  def handle_info({:EXIT, pid, reason}, state) do
    case state.children do
      %{^pid => {_, _, _, _, _} = child} -> ended(pid, child, reason, state)
      _ -> {:noreply, state}
    end
  end

  def handle_info({:"$gen_restart", pid}, state) do
    case state.children do
      %{^pid => {:restarting, child}} -> restart(pid, child, state)
      _ -> {:noreply, state}
    end
  end

  def handle_info(message, state) do
    :logger.error(
      %{label: {DynamicSupervisor, :unexpected_msg}, report: %{msg: message}},
      %{
        domain: [:otp, :elixir],
        error_logger: %{tag: :error_msg},
        report_cb: &__MODULE__.format_report/1
      }
    )

    {:noreply, state}
  end

  @doc false
  def format_report(%{label: {DynamicSupervisor, :unexpected_msg}, report: %{msg: message}}) do
    {~c"DynamicSupervisor received unexpected message: ~p~n", [message]}
  end

  @impl true
  def code_change(_old_vsn, %{mod: module, args: init_arg} = state, _extra) do
    case module.init(init_arg) do
      {:ok, flags} when is_map(flags) ->
        with {:error, reason} <- configure(state, flags), do: {:error, {:supervisor_data, reason}}

      :ignore ->
        {:ok, state}

      error ->
        error
    end
  end

  @impl true
  def terminate(_reason, state), do: end_children(state.children, state)

  ## Starting and restarting

  defp start({{module, fun, args}, _, _, _, _}, %{extra_arguments: extra}) do
    result =
      try do
        apply(module, fun, extra ++ args)
      catch
        :exit, reason -> {:error, reason}
        :error, reason -> {:error, {reason, __STACKTRACE__}}
        :throw, value -> {:error, {{:nocatch, value}, __STACKTRACE__}}
      end

    case result do
      {:ok, pid, _info} when is_pid(pid) -> result
      {:ok, pid} when is_pid(pid) -> result
      :ignore -> :ignore
      {:error, _} -> result
      other -> {:error, other}
    end
  end

  # The arguments of temporary children are never needed again.
  defp put(state, pid, {{module, fun, _args}, :temporary, shutdown, type, modules}) do
    child = {{module, fun, :undefined}, :temporary, shutdown, type, modules}
    %{state | children: Map.put(state.children, pid, child)}
  end

  defp put(state, pid, child), do: %{state | children: Map.put(state.children, pid, child)}

  defp delete(state, pid), do: %{state | children: Map.delete(state.children, pid)}

  defp ended(pid, {_, restart, _, _, _} = child, reason, state) do
    expected? = match?({:shutdown, _}, reason) or reason in [:normal, :shutdown]

    unless expected? and restart != :permanent do
      report(:child_terminated, reason, pid, child, state)
    end

    if restart == :permanent or (restart == :transient and not expected?),
      do: restart(pid, child, state),
      else: {:noreply, delete(state, pid)}
  end

  defp restart(old, child, state) do
    now = :erlang.monotonic_time(:second)
    {verdict, restarts} = Supervisor.Decision.count(state.restarts, now, state.max_restarts, state.max_seconds)
    state = %{state | restarts: restarts}

    case verdict do
      :ok ->
        {:noreply, start_again(old, child, state)}

      :too_many ->
        report(:shutdown, :reached_max_restart_intensity, old, child, state)
        {:stop, :shutdown, delete(state, old)}
    end
  end

  defp start_again(old, child, state) do
    case start(child, state) do
      {:ok, pid, _info} ->
        state |> delete(old) |> put(pid, child)

      {:ok, pid} ->
        state |> delete(old) |> put(pid, child)

      :ignore ->
        delete(state, old)

      {:error, reason} ->
        report(:start_error, reason, {:restarting, old}, child, state)
        send(self(), {:"$gen_restart", old})
        %{state | children: Map.put(state.children, old, {:restarting, child})}
    end
  end

  ## Ending: all children are monitored, then told, then awaited together. The first `:DOWN` comes only when no monitor is to be
  ## made any more, which looks for an exit among all messages.

  defp end_children(children, state) do
    monitored =
      for {pid, {_, restart, _, _, _} = child} <- children, reduce: %{} do
        monitored ->
          case monitor(pid) do
            {:error, :normal} when restart != :permanent ->
              monitored

            {:error, reason} ->
              report(:shutdown_error, reason, pid, child, state)
              monitored

            ref ->
              Map.put(monitored, ref, {pid, child})
          end
      end

    for {_, {pid, {_, _, shutdown, _, _}}} <- monitored do
      Process.exit(pid, if(shutdown == :brutal_kill, do: :kill, else: :shutdown))
    end

    times = for {_, {_, {_, _, time, _, _}}} <- monitored, is_integer(time), uniq: true, do: time
    timers = Map.new(times, &{:erlang.start_timer(&1, self(), :kill), &1})
    await(monitored, timers, state)
  end

  defp await(monitored, timers, _state) when map_size(monitored) == 0 do
    for {timer, _time} <- timers do
      :erlang.cancel_timer(timer)

      receive do
        {:timeout, ^timer, :kill} -> :ok
      after
        0 -> :ok
      end
    end

    :ok
  end

  defp await(monitored, timers, state) do
    receive do
      {:DOWN, ref, :process, _pid, reason} when is_map_key(monitored, ref) ->
        {{pid, child}, monitored} = Map.pop!(monitored, ref)

        unless asked_for?(child, reason) do
          report(:shutdown_error, reason, pid, child, state)
        end

        await(monitored, timers, state)

      {:timeout, timer, :kill} when is_map_key(timers, timer) ->
        {time, timers} = Map.pop!(timers, timer)
        for {_, {pid, {_, _, ^time, _, _}}} <- monitored, do: Process.exit(pid, :kill)
        await(monitored, timers, state)
    end
  end

  defp asked_for?({_, _, :brutal_kill, _, _}, reason), do: reason == :killed
  defp asked_for?(_child, :shutdown), do: true
  defp asked_for?(_child, {:shutdown, _}), do: true
  defp asked_for?({_, restart, _, _, _}, reason), do: reason == :normal and restart != :permanent

  # Unlinks, so that its end is seen once, by the monitor; it may have ended just before.
  defp monitor(pid) do
    ref = Process.monitor(pid)
    Process.unlink(pid)

    receive do
      {:EXIT, ^pid, reason} ->
        receive do
          {:DOWN, ^ref, :process, ^pid, _} -> {:error, reason}
        end
    after
      0 -> ref
    end
  end

  defp report(context, reason, pid, {{module, fun, args}, restart, shutdown, type, _}, state) do
    args = if is_list(args), do: state.extra_arguments ++ args, else: args

    if :logger.sasl?() do
      :logger.error(
        %{
          label: {:supervisor, context},
          report: [
            supervisor: state.name,
            errorContext: context,
            reason: reason,
            offender: [
              pid: pid,
              id: :undefined,
              mfargs: {module, fun, args},
              restart_type: restart,
              shutdown: shutdown,
              child_type: type
            ]
          ]
        },
        %{domain: [:otp, :sasl], error_logger: %{tag: :error_report, type: :supervisor_report}}
      )
    end
  end
end
