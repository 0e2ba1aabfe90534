defmodule Slow do
  use GenServer
  def init(_), do: {:ok, nil}
  def handle_call(:wait, _, state), do: {:noreply, state}
end

{:ok, pid} = GenServer.start(Slow, nil, name: Slow)
IO.inspect(is_pid(pid))
# expect: true
GenServer.call(Slow, :wait, 50)
# expect error: ** (exit) exited in: GenServer.call(Slow, :wait, 50)
