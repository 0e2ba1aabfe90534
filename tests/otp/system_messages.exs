# Any server can be looked into, changed, suspended and traced from outside.
defmodule Server do
  use GenServer

  def init(state), do: {:ok, state}
  def handle_call(:get, _from, state), do: {:reply, state, state}
  def handle_cast({:put, value}, _state), do: {:noreply, value}
end

{:ok, pid} = GenServer.start_link(Server, 1, name: Server)
IO.inspect(:sys.get_state(Server))
# expect: 1
IO.inspect(:sys.replace_state(pid, &(&1 + 1)))
# expect: 2
:ok = :sys.suspend(pid)
GenServer.cast(pid, {:put, 3})
IO.inspect(:sys.get_state(pid))
# expect: 2
:ok = :sys.resume(pid)
IO.inspect(GenServer.call(pid, :get))
# expect: 3
:ok = :sys.trace(pid, true)
GenServer.cast(pid, {:put, 4})
:ok = :sys.trace(pid, false)
IO.inspect(GenServer.call(pid, :get))
# expect: *DBG* 'Elixir.Server' got cast {put,4}
# expect: *DBG* 'Elixir.Server' new state 4
# expect: 4
:ok = :sys.log(pid, true)
for n <- 1..5, do: GenServer.cast(pid, {:put, n})
:ok = :sys.log(pid, {true, 3})
{:ok, logged} = :sys.log(pid, :get)
IO.inspect(for {:noreply, state} <- logged, do: state)
# expect: [1, 2, 3, 4, 5]
