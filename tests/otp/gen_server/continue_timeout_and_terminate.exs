defmodule Life do
  use GenServer
  def init(_), do: {:ok, [], {:continue, :born}}
  def handle_continue(:born, s), do: {:noreply, [:born | s], 20}
  def handle_info(:timeout, s), do: {:stop, :normal, [:timeout | s]}
  def terminate(reason, s), do: IO.inspect({reason, s})
end

{:ok, pid} = GenServer.start(Life, nil)
monitor = Process.monitor(pid)

receive do
  {:DOWN, ^monitor, _, _, reason} -> IO.inspect(reason)
end

# expect: {:normal, [:timeout, :born]}
# expect: :normal
