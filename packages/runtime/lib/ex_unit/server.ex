defmodule ExUnit.Server do
  @moduledoc false

  # Holds the test modules from when they are loaded until the runner takes them: `{module, parameters}`, those that run
  # concurrently in groups `{name, modules}`, of which each runs on its own. Owns the table of `ExUnit.OnExitHandler`.

  use GenServer

  def add_module(name, %{async?: async?, group: group, parameterize: parameters}) do
    modules = if parameters, do: Enum.map(parameters, &{name, &1}), else: [{name, %{}}]

    with :already_running <- call({:add, async?, group, modules}) do
      raise "cannot add module named #{inspect(name)} to test suite after the suite starts running"
    end
  end

  def modules_loaded(uniq?), do: call({:modules_loaded, uniq?})
  def take_async_modules(count), do: call({:take_async, count})
  def take_sync_modules, do: call(:take_sync)
  def restore_modules(async, sync), do: call({:restore, async, sync})

  defp call(request), do: GenServer.call(__MODULE__, request, :infinity)

  @impl true
  def init(:ok) do
    :ets.new(__MODULE__, [:public, :named_table])
    {:ok, %{loading_since: System.monotonic_time(), waiting: nil, async: [], sync: []}}
  end

  @impl true
  def handle_call({:add, _async?, _group, _modules}, _from, %{loading_since: nil} = state) do
    {:reply, :already_running, state}
  end

  def handle_call({:add, false, _group, modules}, _from, state) do
    {:reply, :ok, %{state | sync: state.sync ++ modules}}
  end

  def handle_call({:add, true, nil, modules}, _from, state) do
    groups = for module <- modules, do: {nil, [module]}
    {:reply, :ok, serve(%{state | async: state.async ++ groups})}
  end

  def handle_call({:add, true, group, modules}, _from, state) do
    {_, grouped} = List.keyfind(state.async, group, 0, {group, []})
    async = List.keystore(state.async, group, 0, {group, grouped ++ modules})
    {:reply, :ok, serve(%{state | async: async})}
  end

  def handle_call({:modules_loaded, _uniq?}, _from, %{loading_since: nil} = state) do
    {:reply, 0, state}
  end

  def handle_call({:modules_loaded, uniq?}, _from, state) do
    time = System.convert_time_unit(System.monotonic_time() - state.loading_since, :native, :microsecond)

    state =
      if uniq?, do: %{state | async: Enum.uniq(state.async), sync: Enum.uniq(state.sync)}, else: state

    {:reply, time, serve(%{state | loading_since: nil})}
  end

  def handle_call({:take_async, count}, from, state) do
    {:noreply, serve(%{state | waiting: {from, count}})}
  end

  def handle_call(:take_sync, _from, state) do
    {:reply, state.sync, %{state | sync: [], loading_since: System.monotonic_time()}}
  end

  def handle_call({:restore, async, sync}, _from, state) do
    {:reply, :ok, %{state | async: async, sync: sync, loading_since: nil}}
  end

  defp serve(%{waiting: nil} = state), do: state

  # Named groups may still grow until all modules are loaded.
  defp serve(%{waiting: {from, count}} = state) do
    {ready, growing} =
      if state.loading_since == nil,
        do: {state.async, []},
        else: Enum.split_with(state.async, fn {group, _modules} -> group == nil end)

    cond do
      ready != [] ->
        {taken, left} = Enum.split(ready, count)
        GenServer.reply(from, taken)
        %{state | waiting: nil, async: left ++ growing}

      state.loading_since == nil ->
        GenServer.reply(from, nil)
        %{state | waiting: nil}

      true ->
        state
    end
  end
end
