# The server behind agents: every request carries what to do with the state.
defmodule Agent.Server do
  @moduledoc false

  use GenServer

  def init(fun) do
    Process.put(:"$initial_call", initial_call(fun))
    {:ok, run(fun, [])}
  end

  defp initial_call({module, fun, args}), do: {module, fun, length(args)}

  defp initial_call(fun) do
    {:module, module} = Function.info(fun, :module)
    {:name, name} = Function.info(fun, :name)
    {module, name, 0}
  end

  def handle_call({:get, fun}, _from, state), do: {:reply, run(fun, [state]), state}

  def handle_call({:get_and_update, fun}, _from, state) do
    case run(fun, [state]) do
      {reply, state} -> {:reply, reply, state}
      other -> {:stop, {:bad_return_value, other}, state}
    end
  end

  def handle_call({:update, fun}, _from, state), do: {:reply, :ok, run(fun, [state])}

  def handle_cast({:cast, fun}, state), do: {:noreply, run(fun, [state])}

  def code_change(_old_vsn, state, fun), do: {:ok, run(fun, [state])}

  defp run({module, fun, args}, state), do: apply(module, fun, state ++ args)
  defp run(fun, state), do: apply(fun, state)
end
