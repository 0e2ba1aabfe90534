# Removes the entries of processes that end, and hands out locks, one holder a key and the others
# in a queue.
defmodule Registry.Partition do
  @moduledoc false

  use GenServer

  def start_link(name, arg), do: GenServer.start_link(__MODULE__, arg, name: name)

  def lock(server, key, function) do
    ref = GenServer.call(server, {:lock, key})

    try do
      function.()
    after
      send(server, {:unlock, ref})
    end
  end

  # `holders` maps the monitor of a holder to its key, `queues` a held key to those who wait.
  def init({kind, registry, i, partitions, key_ets, pid_ets, listeners}) do
    Process.flag(:trap_exit, true)
    :ets.insert(registry, {i, key_ets, {self(), pid_ets}})
    if partitions == 1, do: :ets.insert(registry, {-1, {kind, 1, key_ets, {self(), pid_ets}, listeners}})

    # Those who were linked to a partition that crashed are dead.
    pids = for {pid, _, _} <- :ets.tab2list(pid_ets), uniq: true, do: pid
    state = %{key_ets: key_ets, pid_ets: pid_ets, holders: %{}, queues: %{}}
    for pid <- pids, not Process.alive?(pid), do: clean(pid, state)
    {:ok, state}
  end

  def handle_call(:sync, _from, state), do: {:reply, :ok, state}

  def handle_call({:lock, key}, from, state) do
    case state.queues do
      %{^key => queue} -> {:noreply, put_in(state.queues[key], queue ++ [from])}
      _ -> {:noreply, grant(from, key, [], state)}
    end
  end

  def handle_info({:EXIT, pid, _reason}, state) do
    clean(pid, state)
    {:noreply, state}
  end

  def handle_info({:unlock, ref}, state) do
    Process.demonitor(ref, [:flush])
    {:noreply, release(ref, state)}
  end

  def handle_info({:DOWN, ref, _, _, _}, state), do: {:noreply, release(ref, state)}

  defp clean(pid, state) do
    for {_, key, _} <- :ets.take(state.pid_ets, pid) do
      Registry.delete_keys(state.key_ets, key, pid)
    end
  end

  defp grant({pid, _tag} = from, key, queue, state) do
    ref = Process.monitor(pid)
    GenServer.reply(from, ref)

    %{
      state
      | holders: Map.put(state.holders, ref, key),
        queues: Map.put(state.queues, key, queue)
    }
  end

  defp release(ref, state) do
    {key, holders} = Map.pop!(state.holders, ref)
    state = %{state | holders: holders}

    case Enum.drop_while(state.queues[key], fn {pid, _} -> not Process.alive?(pid) end) do
      [] -> %{state | queues: Map.delete(state.queues, key)}
      [from | queue] -> grant(from, key, queue, state)
    end
  end
end
