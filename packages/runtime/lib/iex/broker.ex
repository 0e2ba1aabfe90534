defmodule IEx.Broker do
  @moduledoc false
  # Between a process that wants to be looked at and the shells that could do it: every shell is asked, the first that accepts
  # gets it, and the process goes on when all have refused or died.

  use GenServer

  @doc "Makes a shell known to those that want to be looked at."
  def register(shell) do
    # Not linked: it outlives the first shell.
    GenServer.start(__MODULE__, :ok, name: __MODULE__)
    GenServer.call(__MODULE__, {:register, shell})
  end

  @doc """
  Asks the shells to take over the calling process.

  Returns `{:ok, shell, group_leader, counter}`, or `{:error, reason}`: `:no_iex` where there is no shell, or `:refused`.
  """
  def take_over(location, whereami, options) do
    case Process.whereis(__MODULE__) do
      nil -> {:error, :no_iex}
      broker -> GenServer.call(broker, {:take_over, location, whereami, options}, :infinity)
    end
  end

  @doc "The answer of a shell to a request: `:ok`, or `{:error, reason}` when it does not get the process."
  def respond(broker, request, counter, true),
    do: GenServer.call(broker, {:accept, request, Process.group_leader(), counter})

  def respond(broker, request, _counter, false), do: GenServer.call(broker, {:refuse, request})

  @impl true
  def init(:ok), do: {:ok, %{shells: %{}, requests: %{}}}

  @impl true
  def handle_call({:register, shell}, _from, state) do
    {:reply, :ok, put_in(state.shells[Process.monitor(shell)], shell)}
  end

  def handle_call({:take_over, _, _, _}, _from, %{shells: shells} = state) when shells == %{} do
    {:reply, {:error, :no_iex}, state}
  end

  def handle_call({:take_over, location, whereami, options}, from, state) do
    request = make_ref()

    for {monitor, shell} <- state.shells,
        do: send(shell, {:take_over, self(), {request, monitor}, location, whereami, options})

    {:noreply, put_in(state.requests[request], {from, Map.keys(state.shells)})}
  end

  def handle_call({:accept, {request, _}, leader, counter}, {shell, _}, state) do
    case pop_in(state.requests[request]) do
      {nil, state} ->
        {:reply, {:error, :already_accepted}, state}

      {{from, _}, state} ->
        GenServer.reply(from, {:ok, shell, leader, counter})
        {:reply, :ok, state}
    end
  end

  def handle_call({:refuse, {request, monitor}}, _from, state) do
    {:reply, {:error, :refused}, refuse(state, request, monitor)}
  end

  @impl true
  def handle_info({:DOWN, monitor, _, _, _}, state) do
    {_, state} = pop_in(state.shells[monitor])
    {:noreply, Enum.reduce(Map.keys(state.requests), state, &refuse(&2, &1, monitor))}
  end

  defp refuse(state, request, monitor) do
    with {from, waiting} <- state.requests[request] do
      case List.delete(waiting, monitor) do
        [] ->
          GenServer.reply(from, {:error, :refused})
          elem(pop_in(state.requests[request]), 1)

        waiting ->
          put_in(state.requests[request], {from, waiting})
      end
    else
      nil -> state
    end
  end
end
