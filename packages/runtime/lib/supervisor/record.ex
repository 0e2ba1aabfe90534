# The state of a supervisor as Erlang keeps it, a record, for those who look at it through `:sys`.
defmodule Supervisor.Record do
  @moduledoc false

  def of_state(%{ids: ids, children: children} = state) do
    records = Map.new(children, fn {id, child} -> {id, of_child(child)} end)
    restarts = for {second, times} <- state.restarts, _ <- 1..times, do: second

    {:state, state.name, state.strategy, {ids, records}, dynamics(state), state.intensity, state.period, restarts, 0,
     state.auto_shutdown, state.module, state.args}
  end

  defp of_child(child) do
    {:child, child.pid, child.id, child.start, child.restart, child.significant, child.shutdown, child.type,
     child.modules}
  end

  # Of temporary children the arguments are not kept.
  defp dynamics(%{strategy: :simple_one_for_one, dynamics: dynamics, children: children}) do
    case Map.values(children) do
      [%{restart: :temporary}] -> {:sets, Map.new(dynamics, fn {pid, _} -> {pid, []} end)}
      _ -> {:maps, dynamics}
    end
  end

  defp dynamics(_state), do: :undefined

  def to_state(
        {:state, name, strategy, {ids, records}, dynamics, intensity, period, restarts, _, auto_shutdown, module, args}
      ) do
    %{
      name: name,
      strategy: strategy,
      ids: ids,
      children: Map.new(records, fn {id, record} -> {id, to_child(record)} end),
      dynamics: to_dynamics(dynamics),
      intensity: intensity,
      period: period,
      restarts: for([second | _] = same <- Enum.chunk_by(restarts, & &1), do: {second, length(same)}),
      auto_shutdown: auto_shutdown,
      module: module,
      args: args
    }
  end

  defp to_child({:child, pid, id, start, restart, significant, shutdown, type, modules}) do
    %{
      pid: pid,
      id: id,
      start: start,
      restart: restart,
      significant: significant,
      shutdown: shutdown,
      type: type,
      modules: modules
    }
  end

  defp to_dynamics({:sets, pids}), do: Map.new(pids, fn {pid, _} -> {pid, :undefined} end)
  defp to_dynamics({:maps, dynamics}), do: dynamics
  defp to_dynamics(:undefined), do: %{}
end
