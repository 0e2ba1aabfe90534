# Supervisors: a server that starts children in order, restarts them by a strategy, and ends them
# in reverse order.
#
# A child is a map; its `pid` is also `:undefined` or `{:restarting, old_pid}`. `ids` has the last
# started first. A `simple_one_for_one` supervisor has one such record as a template, and maps
# pids to arguments in `dynamics`. What the end of a child leads to is decided by `Supervisor.Decision`.
defmodule :supervisor do
  @moduledoc false

  alias Supervisor.Decision

  @callback init(term) :: term

  ## Clients

  def start_link(module, args) do
    :gen_server.start_link(:supervisor, {:self, module, args}, [])
  end

  def start_link(name, module, args) do
    :gen_server.start_link(name, :supervisor, {name, module, args}, [])
  end

  def start_child(supervisor, spec), do: call(supervisor, {:start_child, spec})
  def restart_child(supervisor, id), do: call(supervisor, {:restart_child, id})
  def delete_child(supervisor, id), do: call(supervisor, {:delete_child, id})
  def terminate_child(supervisor, id), do: call(supervisor, {:terminate_child, id})
  def get_childspec(supervisor, id), do: call(supervisor, {:get_childspec, id})
  def which_children(supervisor), do: call(supervisor, :which_children)

  @doc "What `which_children/1` tells of one child: `{:ok, child}` or `{:error, :not_found}`."
  def which_child(supervisor, id) do
    case :lists.keyfind(id, 1, which_children(supervisor)) do
      false -> {:error, :not_found}
      child -> {:ok, child}
    end
  end

  def count_children(supervisor), do: call(supervisor, :count_children)

  def get_callback_module(supervisor) do
    {:status, _pid, {:module, _}, [_dictionary, _status, _parent, _debug, parts]} =
      :sys.get_status(supervisor, 5000)

    {:supervisor, [{~c"Callback", module}]} = :lists.keyfind(:supervisor, 1, parts)
    module
  end

  defp call(supervisor, request), do: :gen_server.call(supervisor, request, :infinity)

  def check_childspecs(specs), do: check_childspecs(specs, :undefined)

  def check_childspecs(specs, auto_shutdown)
      when is_list(specs) and auto_shutdown in [:undefined, :never, :any_significant, :all_significant] do
    case check_specs(specs, auto_shutdown) do
      {:ok, _} -> :ok
      {:error, reason} -> {:error, reason}
    end
  end

  def check_childspecs(specs, auto_shutdown) when is_list(specs), do: {:error, {:badarg, auto_shutdown}}
  def check_childspecs(other, _auto_shutdown), do: {:error, {:badarg, other}}

  ## Starting

  def init({name, module, args}) do
    :erlang.put(:"$initial_call", {:supervisor, module, 1})
    :erlang.process_flag(:trap_exit, true)

    case module.init(args) do
      {:ok, {flags, specs}} ->
        with {:ok, state} <- new_state(name, flags, module, args) do
          start_all(state, specs)
        else
          {:error, reason} -> {:stop, {:supervisor_data, reason}}
        end

      :ignore ->
        :ignore

      other ->
        {:stop, {:bad_return, {module, :init, other}}}
    end
  end

  defp new_state(name, flags, module, args) do
    name = if name == :self, do: {self(), module}, else: name

    with {:ok, flags} <- check_flags(flags) do
      {:ok,
       Map.merge(flags, %{
         name: name,
         ids: [],
         children: %{},
         dynamics: %{},
         restarts: [],
         module: module,
         args: args
       })}
    end
  end

  defp check_flags({strategy, intensity, period}) do
    check_flags(%{strategy: strategy, intensity: intensity, period: period})
  end

  defp check_flags(flags) when is_map(flags) do
    defaults = %{strategy: :one_for_one, intensity: 1, period: 5, auto_shutdown: :never}
    flags = Map.merge(defaults, flags)
    %{strategy: strategy, intensity: intensity, period: period, auto_shutdown: auto} = flags

    cond do
      strategy not in [:one_for_one, :one_for_all, :rest_for_one, :simple_one_for_one] ->
        {:error, {:invalid_strategy, strategy}}

      not (is_integer(intensity) and intensity >= 0) ->
        {:error, {:invalid_intensity, intensity}}

      not (is_integer(period) and period > 0) ->
        {:error, {:invalid_period, period}}

      auto not in [:never, :any_significant, :all_significant] ->
        {:error, {:invalid_auto_shutdown, auto}}

      true ->
        {:ok, Map.take(flags, [:strategy, :intensity, :period, :auto_shutdown])}
    end
  end

  defp check_flags(other), do: {:error, {:invalid_type, other}}

  defp start_all(%{strategy: :simple_one_for_one} = state, [_] = specs) do
    case check_specs(specs, state.auto_shutdown) do
      {:ok, [%{id: id} = template]} -> {:ok, %{state | ids: [id], children: %{id => template}}}
      {:error, reason} -> {:stop, {:start_spec, reason}}
    end
  end

  defp start_all(%{strategy: :simple_one_for_one}, specs), do: {:stop, {:bad_start_spec, specs}}

  defp start_all(state, specs) do
    case check_specs(specs, state.auto_shutdown) do
      {:ok, children} ->
        ids = :lists.reverse(Enum.map(children, & &1.id))
        children = Map.new(children, &{&1.id, &1})

        case start_children(%{state | ids: ids, children: children}, :lists.reverse(ids)) do
          {:ok, state} ->
            {:ok, state}

          {:error, state, id, reason} ->
            end_children(state, state.ids)
            {:stop, {:shutdown, {:failed_to_start_child, id, reason}}}
        end

      {:error, reason} ->
        {:stop, {:start_spec, reason}}
    end
  end

  # Starts children by id, first to last.
  defp start_children(state, [id | ids]) do
    child = Map.fetch!(state.children, id)

    case start(child) do
      {:ok, :undefined} when child.restart == :temporary ->
        start_children(remove(state, id), ids)

      {:ok, pid} ->
        start_children(started(state, child, pid), ids)

      {:ok, pid, _extra} ->
        start_children(started(state, child, pid), ids)

      {:error, reason} ->
        report(:start_error, reason, child, state)
        {:error, state, id, reason}
    end
  end

  defp start_children(state, []), do: {:ok, state}

  defp start(%{start: {module, fun, args}}), do: start(module, fun, args)

  defp start(module, fun, args) do
    result =
      try do
        apply(module, fun, args)
      catch
        :throw, value -> value
        :exit, reason -> {:EXIT, reason}
        :error, reason -> {:EXIT, {reason, __STACKTRACE__}}
      end

    case result do
      {:ok, pid} when is_pid(pid) -> {:ok, pid}
      {:ok, pid, extra} when is_pid(pid) -> {:ok, pid, extra}
      :ignore -> {:ok, :undefined}
      {:error, reason} -> {:error, reason}
      other -> {:error, other}
    end
  end

  ## Specifications

  defp check_specs(specs, auto_shutdown), do: check_specs(specs, auto_shutdown, [], %{})

  defp check_specs([spec | specs], auto_shutdown, checked, ids) do
    case check_spec(spec, auto_shutdown) do
      {:ok, %{id: id}} when is_map_key(ids, id) -> {:error, {:duplicate_child_name, id}}
      {:ok, child} -> check_specs(specs, auto_shutdown, [child | checked], :maps.put(child.id, true, ids))
      error -> error
    end
  end

  defp check_specs([], _auto_shutdown, checked, _ids), do: {:ok, :lists.reverse(checked)}
  defp check_specs(other, _auto_shutdown, _checked, _ids), do: {:error, {:invalid_child_spec, other}}

  defp check_spec({id, start, restart, shutdown, type, modules}, auto_shutdown) do
    check_spec(
      %{
        id: id,
        start: start,
        restart: restart,
        shutdown: shutdown,
        type: type,
        modules: modules
      },
      auto_shutdown
    )
  end

  defp check_spec(%{} = spec, _auto) when not is_map_key(spec, :id), do: {:error, :missing_id}

  defp check_spec(%{} = spec, _auto) when not is_map_key(spec, :start),
    do: {:error, :missing_start}

  defp check_spec(%{id: id, start: {module, fun, args} = start} = spec, auto_shutdown)
       when is_atom(module) and is_atom(fun) and is_list(args) do
    restart = Map.get(spec, :restart, :permanent)
    significant = Map.get(spec, :significant, false)
    type = Map.get(spec, :type, :worker)

    shutdown =
      Map.get_lazy(spec, :shutdown, fn -> if type == :worker, do: 5000, else: :infinity end)

    modules = Map.get(spec, :modules, [module])

    cond do
      restart not in [:permanent, :transient, :temporary] ->
        {:error, {:invalid_restart_type, restart}}

      significant == true and restart == :permanent and auto_shutdown != :never ->
        {:error, {:bad_combination, [restart: :permanent, significant: true]}}

      significant == true and auto_shutdown == :never ->
        {:error, {:bad_combination, [auto_shutdown: :never, significant: true]}}

      not is_boolean(significant) ->
        {:error, {:invalid_significant, significant}}

      type not in [:worker, :supervisor] ->
        {:error, {:invalid_child_type, type}}

      not ((is_integer(shutdown) and shutdown >= 0) or shutdown in [:infinity, :brutal_kill]) ->
        {:error, {:invalid_shutdown, shutdown}}

      not (modules == :dynamic or is_list(modules)) ->
        {:error, {:invalid_modules, modules}}

      modules != :dynamic and not Enum.all?(modules, &is_atom/1) ->
        {:error, {:invalid_module, Enum.find(modules, &(not is_atom(&1)))}}

      true ->
        {:ok,
         %{
           pid: :undefined,
           id: id,
           start: start,
           restart: restart,
           significant: significant,
           shutdown: shutdown,
           type: type,
           modules: modules
         }}
    end
  end

  defp check_spec(%{start: start}, _auto), do: {:error, {:invalid_mfa, start}}
  defp check_spec(other, _auto), do: {:error, {:invalid_child_spec, other}}

  ## The table of children

  defp put(state, %{id: id} = child) do
    %{state | children: Map.put(state.children, id, child)}
  end

  defp started(state, child, pid) do
    child = %{child | pid: pid}
    if is_pid(pid), do: report_progress(child, state)
    put(state, child)
  end

  defp remove(state, id) do
    %{state | ids: List.delete(state.ids, id), children: Map.delete(state.children, id)}
  end

  # A temporary child is forgotten once it has ended.
  defp forget(state, %{id: id, restart: :temporary}), do: remove(state, id)
  defp forget(state, child), do: put(state, %{child | pid: :undefined})

  ## Requests

  def handle_call({:start_child, extra}, _from, %{strategy: :simple_one_for_one} = state) do
    %{start: {module, fun, args}} = template(state)
    args = args ++ extra

    case start(module, fun, args) do
      {:ok, :undefined} -> {:reply, {:ok, :undefined}, state}
      {:ok, pid} -> {:reply, {:ok, pid}, put_dynamic(state, pid, args)}
      {:ok, pid, info} -> {:reply, {:ok, pid, info}, put_dynamic(state, pid, args)}
      error -> {:reply, error, state}
    end
  end

  def handle_call({:start_child, spec}, _from, state) do
    case check_spec(spec, state.auto_shutdown) do
      {:ok, %{id: id} = child} ->
        case state.children do
          %{^id => %{pid: :undefined}} -> {:reply, {:error, :already_present}, state}
          %{^id => %{pid: pid}} -> {:reply, {:error, {:already_started, pid}}, state}
          _ -> start_new(child, state)
        end

      error ->
        {:reply, error, state}
    end
  end

  def handle_call({:terminate_child, pid}, _from, %{strategy: :simple_one_for_one} = state)
      when is_pid(pid) do
    case state.dynamics do
      %{^pid => _} ->
        end_child(%{template(state) | pid: pid}, state)
        {:reply, :ok, %{state | dynamics: Map.delete(state.dynamics, pid)}}

      # One that has ended may have been a child.
      _ ->
        {:reply, if(:erlang.is_process_alive(pid), do: {:error, :not_found}, else: :ok), state}
    end
  end

  def handle_call({request, _id}, _from, %{strategy: :simple_one_for_one} = state)
      when request in [:terminate_child, :delete_child, :restart_child] do
    {:reply, {:error, :simple_one_for_one}, state}
  end

  def handle_call({:terminate_child, id}, _from, state) do
    case state.children do
      %{^id => child} ->
        end_child(child, state)
        {:reply, :ok, forget(state, child)}

      _ ->
        {:reply, {:error, :not_found}, state}
    end
  end

  def handle_call({:restart_child, id}, _from, state) do
    case state.children do
      %{^id => %{pid: :undefined} = child} ->
        case start(child) do
          {:ok, pid} ->
            {:reply, {:ok, pid}, started(state, child, pid)}

          {:ok, pid, info} ->
            {:reply, {:ok, pid, info}, started(state, child, pid)}

          error ->
            {:reply, error, state}
        end

      %{^id => %{pid: {:restarting, _}}} ->
        {:reply, {:error, :restarting}, state}

      %{^id => _} ->
        {:reply, {:error, :running}, state}

      _ ->
        {:reply, {:error, :not_found}, state}
    end
  end

  def handle_call({:delete_child, id}, _from, state) do
    case state.children do
      %{^id => %{pid: :undefined}} -> {:reply, :ok, remove(state, id)}
      %{^id => %{pid: {:restarting, _}}} -> {:reply, {:error, :restarting}, state}
      %{^id => _} -> {:reply, {:error, :running}, state}
      _ -> {:reply, {:error, :not_found}, state}
    end
  end

  def handle_call({:get_childspec, id}, _from, state) do
    found = Map.get(state.children, id) || (is_map_key(state.dynamics, id) && template(state))
    reply = if found, do: {:ok, spec(found)}, else: {:error, :not_found}
    {:reply, reply, state}
  end

  def handle_call(:which_children, _from, %{strategy: :simple_one_for_one} = state) do
    %{type: type, modules: modules} = template(state)

    reply =
      for {pid, _args} <- state.dynamics do
        {:undefined, shown(pid), type, modules}
      end

    {:reply, reply, state}
  end

  def handle_call(:which_children, _from, state) do
    reply =
      for id <- state.ids do
        %{pid: pid, type: type, modules: modules} = Map.fetch!(state.children, id)
        {id, shown(pid), type, modules}
      end

    {:reply, reply, state}
  end

  def handle_call(:count_children, _from, %{strategy: :simple_one_for_one} = state) do
    count = map_size(state.dynamics)
    active = Enum.count(Map.keys(state.dynamics), &is_pid/1)
    {supervisors, workers} = if supervisor?(template(state)), do: {count, 0}, else: {0, count}
    reply = [specs: 1, active: active, supervisors: supervisors, workers: workers]
    {:reply, reply, state}
  end

  def handle_call(:count_children, _from, state) do
    children = Map.values(state.children)
    supervisors = Enum.count(children, &supervisor?/1)

    reply = [
      specs: length(children),
      active: Enum.count(children, &is_pid(&1.pid)),
      supervisors: supervisors,
      workers: length(children) - supervisors
    ]

    {:reply, reply, state}
  end

  defp start_new(child, state) do
    case start(child) do
      {:ok, :undefined} when child.restart == :temporary ->
        {:reply, {:ok, :undefined}, state}

      {:ok, pid} ->
        {:reply, {:ok, pid}, started(%{state | ids: [child.id | state.ids]}, child, pid)}

      {:ok, pid, info} ->
        {:reply, {:ok, pid, info}, started(%{state | ids: [child.id | state.ids]}, child, pid)}

      {:error, reason} ->
        {:reply, {:error, {reason, record(child)}}, state}
    end
  end

  # What Erlang's supervisors keep of a child, and show in errors.
  defp record(child) do
    {:child, :undefined, child.id, child.start, child.restart, child.significant, child.shutdown,
     child.type, child.modules}
  end

  defp template(%{ids: [id], children: children}), do: Map.fetch!(children, id)

  # The arguments of temporary children are never needed again.
  defp put_dynamic(state, pid, args) do
    args = if template(state).restart == :temporary, do: :undefined, else: args
    %{state | dynamics: Map.put(state.dynamics, pid, args)}
  end

  defp shown({:restarting, _}), do: :restarting
  defp shown(pid), do: pid

  defp supervisor?(child), do: child.type == :supervisor

  defp spec(child), do: Map.delete(child, :pid)

  ## Restarting

  def handle_info({:EXIT, pid, reason}, %{strategy: :simple_one_for_one} = state) do
    case state.dynamics do
      %{^pid => args} -> ended(%{template(state) | pid: pid}, args, reason, state)
      _ -> {:noreply, state}
    end
  end

  def handle_info({:EXIT, pid, reason}, state) do
    case Enum.find(Map.values(state.children), &(&1.pid == pid)) do
      nil -> {:noreply, state}
      child -> ended(child, nil, reason, state)
    end
  end

  def handle_info(message, state) do
    :logger.error(~c"Supervisor received unexpected message: ~tp~n", [message], %{
      domain: [:otp],
      error_logger: %{tag: :error}
    })

    {:noreply, state}
  end

  def handle_cast({:try_again_restart, {:restarting, _} = key}, %{dynamics: dynamics} = state)
      when is_map_key(dynamics, key) do
    try_again(%{template(state) | pid: key}, Map.fetch!(dynamics, key), state)
  end

  def handle_cast({:try_again_restart, id}, state) do
    case state.children do
      %{^id => %{pid: {:restarting, _}} = child} -> try_again(child, nil, state)
      _ -> {:noreply, state}
    end
  end

  defp ended(child, args, reason, state) do
    %{strategy: strategy, auto_shutdown: auto_shutdown} = state
    actions = Decision.ended(strategy, auto_shutdown, in_order(state), child, reason)
    act(actions, child, args, reason, state)
  end

  # The decision, carried out.
  defp act([:report | actions], child, args, reason, state) do
    report(:child_terminated, reason, child, state)
    act(actions, child, args, reason, state)
  end

  defp act([:forget | actions], child, args, reason, state) do
    act(actions, child, args, reason, drop(state, child))
  end

  defp act([{:restart, stop, start}], child, args, _reason, state) do
    restart(child, args, stop, start, state)
  end

  defp act([:shutdown], _child, _args, _reason, state), do: {:stop, :shutdown, state}
  defp act([], _child, _args, _reason, state), do: {:noreply, state}

  # Which others there are matters only where one child is not like the next.
  defp in_order(%{strategy: strategy, auto_shutdown: :never})
       when strategy in [:one_for_one, :simple_one_for_one],
       do: []

  defp in_order(%{ids: ids, children: children}) do
    Enum.reduce(ids, [], fn id, children_in_order -> [Map.fetch!(children, id) | children_in_order] end)
  end

  defp drop(%{strategy: :simple_one_for_one} = state, %{pid: pid}) do
    %{state | dynamics: Map.delete(state.dynamics, pid)}
  end

  defp drop(state, child), do: forget(state, child)

  defp try_again(child, args, state) do
    {stop, start} = Decision.plan(state.strategy, in_order(state), child.id)
    restart(child, args, stop, start, state)
  end

  defp restart(child, args, stop, start, state) do
    now = :erlang.monotonic_time(:second)

    case Decision.count(state.restarts, now, state.intensity, state.period) do
      {:ok, restarts} ->
        {again, state} = restart_now(child, args, stop, start, %{state | restarts: restarts})
        if again, do: :gen_server.cast(self(), {:try_again_restart, again})
        {:noreply, state}

      {:too_many, restarts} ->
        report(:shutdown, :reached_max_restart_intensity, child, state)
        {:stop, :shutdown, drop(%{state | restarts: restarts}, child)}
    end
  end

  # Gives the id of a child to try again, or nil.
  defp restart_now(child, args, _stop, _start, %{strategy: :simple_one_for_one} = state) do
    %{pid: old, start: {module, fun, _}} = child
    state = %{state | dynamics: Map.delete(state.dynamics, old)}

    case start(module, fun, args) do
      {:ok, :undefined} ->
        {nil, state}

      {:ok, pid} ->
        {nil, put_dynamic(state, pid, args)}

      {:ok, pid, _info} ->
        {nil, put_dynamic(state, pid, args)}

      {:error, reason} ->
        key = restarting(old)
        state = %{state | dynamics: Map.put(state.dynamics, key, args)}
        report(:start_error, reason, %{template(state) | pid: key}, state)
        {key, state}
    end
  end

  defp restart_now(%{id: id, pid: old} = child, _args, stop, start, state) do
    state = end_children(put(state, %{child | pid: :undefined}), stop)

    case start_children(state, start) do
      {:ok, state} ->
        {nil, state}

      {:error, state, failed, _reason} ->
        pid = if failed == id, do: restarting(old), else: {:restarting, :undefined}
        {failed, put(state, %{Map.fetch!(state.children, failed) | pid: pid})}
    end
  end

  defp restarting({:restarting, _} = pid), do: pid
  defp restarting(pid), do: {:restarting, pid}

  ## Ending children

  def terminate(_reason, %{strategy: :simple_one_for_one} = state) do
    template = template(state)
    pids = Enum.filter(Map.keys(state.dynamics), &is_pid/1)

    # All are monitored, then told, then awaited together.
    monitors = for pid <- pids, ref = monitor(pid), is_reference(ref), do: ref
    for pid <- pids, do: :erlang.exit(pid, signal(template.shutdown))
    timer = timer(template.shutdown)
    await_all(MapSet.new(monitors), pids, timer)
  end

  def terminate(_reason, state) do
    end_children(state, state.ids)
    :ok
  end

  defp signal(:brutal_kill), do: :kill
  defp signal(_shutdown), do: :shutdown

  defp timer(shutdown) when is_integer(shutdown) do
    :erlang.start_timer(shutdown, self(), :kill)
  end

  defp timer(_shutdown), do: nil

  defp await_all(monitors, pids, timer) do
    if MapSet.size(monitors) == 0 do
      timer && :erlang.cancel_timer(timer)
      :ok
    else
      receive do
        {:DOWN, ref, :process, _pid, _reason} ->
          await_all(MapSet.delete(monitors, ref), pids, timer)

        {:timeout, ^timer, :kill} ->
          Enum.each(pids, &:erlang.exit(&1, :kill))
          await_all(monitors, pids, nil)
      end
    end
  end

  # In the order given; forgets temporary ones.
  defp end_children(state, ids) do
    Enum.reduce(ids, state, fn id, state ->
      child = Map.fetch!(state.children, id)
      end_child(child, state)
      forget(state, child)
    end)
  end

  defp end_child(%{pid: pid, shutdown: shutdown, restart: restart} = child, state)
       when is_pid(pid) do
    case shutdown(pid, shutdown) do
      :ok -> :ok
      {:error, :normal} when restart != :permanent -> :ok
      {:error, reason} -> report(:shutdown_error, reason, child, state)
    end
  end

  defp end_child(_child, _state), do: :ok

  defp shutdown(pid, how) do
    case monitor(pid) do
      {:error, _} = error ->
        error

      ref ->
        :erlang.exit(pid, signal(how))
        await(pid, ref, how)
    end
  end

  # Unlinks, so that its end is seen once, by the monitor; it may have ended just before.
  defp monitor(pid) do
    ref = :erlang.monitor(:process, pid)
    :erlang.unlink(pid)

    receive do
      {:EXIT, ^pid, reason} ->
        receive do
          {:DOWN, ^ref, :process, ^pid, _} -> {:error, reason}
        end
    after
      0 -> ref
    end
  end

  defp await(pid, ref, :brutal_kill) do
    receive do
      {:DOWN, ^ref, :process, ^pid, :killed} -> :ok
      {:DOWN, ^ref, :process, ^pid, reason} -> {:error, reason}
    end
  end

  defp await(pid, ref, time) do
    receive do
      {:DOWN, ^ref, :process, ^pid, :shutdown} -> :ok
      {:DOWN, ^ref, :process, ^pid, {:shutdown, _}} -> :ok
      {:DOWN, ^ref, :process, ^pid, reason} -> {:error, reason}
    after
      time ->
        :erlang.exit(pid, :kill)

        receive do
          {:DOWN, ^ref, :process, ^pid, reason} -> {:error, reason}
        end
    end
  end

  def code_change(_old_vsn, state, _extra), do: {:ok, state}

  def format_status(:terminate, [_dictionary, state]), do: Supervisor.Record.of_state(state)

  def format_status(_normal, [_dictionary, state]) do
    shown = Supervisor.Record.of_state(state)
    [{:data, [{~c"State", shown}]}, {:supervisor, [{~c"Callback", state.module}]}]
  end

  defp report(context, reason, child, state) do
    if :logger.sasl?() do
      :logger.error(
        %{
          label: {:supervisor, context},
          report: [
            supervisor: state.name,
            errorContext: context,
            reason: reason,
            offender: shown_child(child)
          ]
        },
        %{domain: [:otp, :sasl], error_logger: %{tag: :error_report, type: :supervisor_report}}
      )
    end
  end

  defp report_progress(child, state) do
    if :logger.sasl?() do
      :logger.info(
        %{label: {:supervisor, :progress}, report: [supervisor: state.name, started: shown_child(child)]},
        %{domain: [:otp, :sasl], error_logger: %{tag: :info_report, type: :progress}}
      )
    end
  end

  defp shown_child(child) do
    [
      pid: child.pid,
      id: child.id,
      mfargs: child.start,
      restart_type: child.restart,
      significant: child.significant,
      shutdown: child.shutdown,
      child_type: child.type
    ]
  end
end
