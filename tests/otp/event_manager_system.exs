# An event manager as system messages see it, and what the owners of handlers are told.
defmodule Handler do
  @behaviour :gen_event
  def init(state), do: {:ok, state}
  def handle_event({:swap, to}, state), do: {:swap_handler, :old, state, to, :new}
  def handle_event(_event, state), do: {:ok, state}
  def handle_call(query, state), do: {:ok, {query, state}, state}
  def handle_info(message, state), do: {:ok, [message | List.wrap(state)]}
  def code_change(vsn, state, extra), do: {:ok, {vsn, state, extra}}
  def format_status(%{state: state} = status), do: %{status | state: {:shown, state}}
end

{:ok, _} = :gen_event.start({:local, :events}, [])
:gen_event.add_handler(:events, Handler, 1)
:gen_event.add_sup_handler(:events, {Handler, :sup}, 2)

:sys.trace(:events, true)
:gen_event.call(:events, {Handler, :sup}, :query)
:gen_event.notify(:events, :event)
:sys.trace(:events, false)
# expect: *DBG* events({'Elixir.Handler',sup}) got call query
# expect: *DBG* events got event event

{:status, _, _, [_, _, _, _, status]} = :sys.get_status(:events)
{_, handlers} = status[:items]
IO.inspect(Enum.map(handlers, &put_elem(&1, 4, &1 |> elem(4) |> is_pid())))
# expect: [
# expect:   {:handler, Handler, :sup, {:shown, 2}, true},
# expect:   {:handler, Handler, false, {:shown, 1}, false}
# expect: ]

# Only the handler that can be replaced is.
IO.inspect(:sys.replace_state(:events, fn {module, :sup, state} -> {module, :sup, state + 1} end))
# expect: [{Handler, :sup, 3}, {Handler, false, 1}]

:sys.suspend(:events)
IO.inspect(:sys.change_code(:events, Handler, 1, :extra))
# expect: :ok
:sys.resume(:events)
IO.inspect(:sys.get_state(:events))
# expect: [{Handler, :sup, {1, 3, :extra}}, {Handler, false, {1, 1, :extra}}]

:gen_event.swap_handler(:events, {{Handler, :sup}, :old}, {{Handler, :next}, 4})
:gen_event.sync_notify(:events, {:swap, {Handler, :last}})
for _ <- 1..2, do: receive(do: ({:gen_event_EXIT, handler, {:swapped, next, pid}} -> IO.inspect({handler, next, pid == self()})))
# expect: {{Handler, :sup}, {Handler, :next}, true}
# expect: {{Handler, :next}, {Handler, :last}, true}

# The exit of an owner is a message to the handlers that are left.
{owner, monitor} = spawn_monitor(fn -> :gen_event.add_sup_handler(:events, {Handler, :short}, 5) end)
receive(do: ({:DOWN, ^monitor, _, _, _} -> :ok))
[{Handler, _, [message | _]} | _] = :sys.get_state(:events)
IO.inspect(message == {:EXIT, owner, :normal})
# expect: true

IO.inspect(:gen_event.receive_response(:gen_event.send_request(:events, {Handler, :none}, :query), 100))
# expect: {:error, :bad_module}
IO.inspect(:gen_event.notify({:global, :nobody}, :event))
# expect: :ok

# The manager is linked to the owner of a handler only until it stops.
Process.flag(:trap_exit, true)
:gen_event.stop(:events)
receive(do: (message -> IO.inspect(message)))
# expect: {:gen_event_EXIT, {Handler, :last}, :shutdown}
receive(do: ({:EXIT, _, _} = message -> IO.inspect(message)), after: (20 -> IO.puts("none")))
# expect: none
