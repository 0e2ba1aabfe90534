defmodule :pg do
  @moduledoc """
  Erlang's `:pg`: groups of processes by name. A scope is a server with groups of its own, `:pg` the usual one; it must be started.
  A process may join a group several times, and leaves all groups when it ends.
  """
  use GenServer

  @scope :pg

  @doc "Starts the usual scope."
  def start_link, do: start_link(@scope)
  def start_link(scope) when is_atom(scope), do: :gen_server.start_link({:local, scope}, __MODULE__, [scope], [])

  @doc "Starts a scope that is linked to nobody."
  def start(scope) when is_atom(scope), do: :gen_server.start({:local, scope}, __MODULE__, [scope], [])

  @doc "Lets processes join a group."
  def join(group, pids), do: join(@scope, group, pids)

  def join(scope, group, pids) when is_pid(pids) or is_list(pids) do
    check!(pids)
    :gen_server.call(scope, {:join, group, List.wrap(pids)}, :infinity)
  end

  @doc "Lets processes leave a group: `:ok`, or `:not_joined` when none was in it."
  def leave(group, pids), do: leave(@scope, group, pids)

  def leave(scope, group, pids) when is_pid(pids) or is_list(pids) do
    check!(pids)
    :gen_server.call(scope, {:leave, group, List.wrap(pids)}, :infinity)
  end

  defp check!(pids) do
    for pid <- List.wrap(pids), not is_pid(pid) or node(pid) != node(), do: :erlang.error({:nolocal, pid})
  end

  @doc "The members of a group."
  def get_members(group), do: get_members(@scope, group)

  def get_members(scope, group) do
    :ets.lookup_element(scope, group, 2)
  catch
    :error, :badarg -> []
  end

  @doc "The members of a group on this node."
  def get_local_members(group), do: get_members(group)
  def get_local_members(scope, group), do: get_members(scope, group)

  @doc "The groups that have members."
  def which_groups, do: which_groups(@scope)
  def which_groups(scope) when is_atom(scope), do: for([group] <- :ets.match(scope, {:"$1", :_}), do: group)

  @doc "The groups that have members on this node."
  def which_local_groups, do: which_groups()
  def which_local_groups(scope), do: which_groups(scope)

  @doc "The groups as they are, and messages `{ref, :join | :leave, group, pids}` from now on."
  def monitor_scope, do: monitor_scope(@scope)
  def monitor_scope(scope), do: :gen_server.call(scope, :monitor, :infinity)

  @doc "The members of a group as they are, and messages about it from now on."
  def monitor(group), do: monitor(@scope, group)
  def monitor(scope, group), do: :gen_server.call(scope, {:monitor, group}, :infinity)

  @doc "Ends the messages."
  def demonitor(ref), do: demonitor(@scope, ref)

  def demonitor(scope, ref) when is_reference(ref) do
    result = :gen_server.call(scope, {:demonitor, ref}, :infinity)
    flush(ref)
    result
  end

  defp flush(ref) do
    receive do
      {^ref, kind, _group, _pids} when kind in [:join, :leave] -> flush(ref)
    after
      0 -> :ok
    end
  end

  ## The server: who is in which groups, and who watches which group (or `:all`)

  @impl true
  def init([scope]) do
    ^scope = :ets.new(scope, [:set, :protected, :named_table, read_concurrency: true])
    {:ok, %{scope: scope, members: %{}, watchers: %{}}}
  end

  @impl true
  def handle_call({:join, group, pids}, _from, state) do
    put(state.scope, group, pids ++ get_members(state.scope, group))
    state = Enum.reduce(pids, state, &add_member(&2, &1, group))
    tell(state, :join, group, pids)
    {:reply, :ok, state}
  end

  def handle_call({:leave, group, pids}, _from, state) do
    {left, state} =
      Enum.reduce(pids, {[], state}, fn pid, {left, state} ->
        case state.members[pid] do
          {monitor, groups} ->
            if group in groups do
              {[pid | left], remove_member(state, pid, monitor, List.delete(groups, group))}
            else
              {left, state}
            end

          nil ->
            {left, state}
        end
      end)

    if left == [] do
      {:reply, :not_joined, state}
    else
      put(state.scope, group, get_members(state.scope, group) -- left)
      tell(state, :leave, group, Enum.reverse(left))
      {:reply, :ok, state}
    end
  end

  def handle_call(:monitor, {pid, _}, state) do
    groups = Map.new(:ets.tab2list(state.scope))
    {ref, state} = watch(state, pid, :all)
    {:reply, {ref, groups}, state}
  end

  def handle_call({:monitor, group}, {pid, _}, state) do
    {ref, state} = watch(state, pid, {:group, group})
    {:reply, {ref, get_members(state.scope, group)}, state}
  end

  def handle_call({:demonitor, ref}, _from, state) do
    case Map.pop(state.watchers, ref) do
      {nil, _} ->
        {:reply, false, state}

      {_, watchers} ->
        Process.demonitor(ref, [:flush])
        {:reply, :ok, %{state | watchers: watchers}}
    end
  end

  @impl true
  def handle_info({:DOWN, ref, :process, pid, _reason}, state) do
    if is_map_key(state.watchers, ref) do
      {:noreply, %{state | watchers: Map.delete(state.watchers, ref)}}
    else
      {{^ref, groups}, members} = Map.pop!(state.members, pid)

      for group <- groups do
        put(state.scope, group, List.delete(get_members(state.scope, group), pid))
        tell(state, :leave, group, [pid])
      end

      {:noreply, %{state | members: members}}
    end
  end

  def handle_info(_message, state), do: {:noreply, state}

  defp put(scope, group, []), do: :ets.delete(scope, group)
  defp put(scope, group, pids), do: :ets.insert(scope, {group, pids})

  defp add_member(state, pid, group) do
    {monitor, groups} = state.members[pid] || {Process.monitor(pid), []}
    put_in(state.members[pid], {monitor, [group | groups]})
  end

  defp remove_member(state, pid, monitor, []) do
    Process.demonitor(monitor, [:flush])
    %{state | members: Map.delete(state.members, pid)}
  end

  defp remove_member(state, pid, monitor, groups), do: put_in(state.members[pid], {monitor, groups})

  defp watch(state, pid, what) do
    ref = Process.monitor(pid)
    {ref, put_in(state.watchers[ref], {pid, what})}
  end

  defp tell(state, kind, group, pids) do
    for {ref, {watcher, what}} <- state.watchers,
        what in [:all, {:group, group}],
        do: send(watcher, {ref, kind, group, pids})
  end
end
