defmodule Stack do
  use GenServer
  def init(items), do: {:ok, items}
  def handle_call(:pop, _from, [head | tail]), do: {:reply, head, tail}
  def handle_cast({:push, item}, items), do: {:noreply, [item | items]}
  def handle_info(message, items), do: {:noreply, [{:info, message} | items]}
end

{:ok, stack} = GenServer.start_link(Stack, [1])
GenServer.cast(stack, {:push, 2})
send(stack, :plain)
IO.inspect(for _ <- 1..3, do: GenServer.call(stack, :pop))
# expect: [{:info, :plain}, 2, 1]
