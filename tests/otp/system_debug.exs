# What a server keeps of its debugging, and what of it is no good.
defmodule Server do
  use GenServer

  def init(state), do: {:ok, state}
  def handle_call(:get, _from, state), do: {:reply, state, state}
  def handle_cast({:put, value}, _state), do: {:noreply, value}
  def format_status(status), do: Map.new(status, fn {key, value} -> {key, {:shown, value}} end)
  def code_change(_vsn, _state, :raise), do: raise("no")
  def code_change(vsn, state, extra), do: {:ok, {vsn, state, extra}}
end

{:ok, pid} = GenServer.start_link(Server, 1, name: Server)
debug = fn -> with {:status, _, _, [_, _, _, debug, _]} <- :sys.get_status(Server), do: debug end

IO.inspect([:sys.trace(Server, :x), :sys.log(Server, {true, 0}), :sys.statistics(Server, :x)])
# expect: [:unknown_debug, :unknown_debug, :unknown_debug]

# Who logs already keeps the limit; the events are in two parts when there is no room for more.
:sys.log(Server, {true, 3})
:sys.log(Server, true)
for n <- 1..2, do: GenServer.cast(pid, {:put, n})
[log: [newer | older]] = debug.()
IO.inspect({Enum.map(newer, &elem(&1, 0)), Enum.map(older, &elem(&1, 0))})
# expect: {[], [noreply: 1, in: {:"$gen_cast", {:put, 2}}, noreply: 2]}
IO.inspect(:sys.log(Server, :get))
# expect: {:ok, [noreply: 1, in: {:"$gen_cast", {:put, 2}}, noreply: 2]}

{:status, _, _, [_, _, _, _, [_, {:data, data} | state]]} = :sys.get_status(Server)
IO.inspect({List.last(data), state})
# expect: {{~c"Logged events",
# expect:   {:shown, [noreply: 1, in: {:"$gen_cast", {:put, 2}}, noreply: 2]}},
# expect:  [data: [{~c"State", {:shown, 2}}]]}
:sys.no_debug(Server)

# A fun is known by itself or by its id, and is done when it says so or fails.
count = fn n, _event, _name -> if n == 2, do: :done, else: n + 1 end
:sys.install(Server, {count, 0})
:sys.install(Server, {:id, count, 1})
:sys.install(Server, {fn _, _, _ -> raise("no") end, 0})
GenServer.call(Server, :get)
IO.inspect(debug.() == [{count, 2}])
# expect: true
:sys.remove(Server, count)
IO.inspect(debug.())
# expect: []

:sys.suspend(Server)
{:error, {:EXIT, {error, _}}} = :sys.change_code(Server, Server, 1, :raise)
IO.inspect({error, :sys.change_code(Server, Server, 1, :extra), :sys.get_state(Server)})
# expect: {%RuntimeError{message: "no"}, :ok, {1, 2, :extra}}
:sys.resume(Server)

exit = fn fun -> IO.inspect(try(do: fun.(), catch: (:exit, reason -> reason))) end
exit.(fn -> :sys.replace_state(:nobody, :fun) end)
# expect: {:noproc, {:sys, {:replace_state, :fun}, [:nobody]}}
exit.(fn -> :sys.terminate(:nobody, :normal) end)
# expect: {:noproc, {:sys, :terminate, [:nobody, :normal]}}
exit.(fn -> :sys.install(:nobody, {:fun, 1}, 10) end)
# expect: {:noproc, {:sys, :install, [:nobody, {:fun, 1}, 10]}}
IO.inspect(elem(try(do: :proc_lib.stop(self()), catch: (:exit, reason -> reason)), 0))
# expect: :calling_self
