# A machine whose start fails is reported as it stands: without a state, or about to enter its first.
defmodule Reports do
  def log(%{msg: {:string, text}}, _config) do
    lines = text |> IO.chardata_to_string() |> String.split("\n")
    for line <- lines, line =~ ~r/^(\*\*|State|Queue)/, do: IO.puts(line)
  end
end

defmodule Machine do
  def callback_mode, do: :handle_event_function
  def init({:give, result}), do: result
  def init(:shutdown), do: exit(:shutdown)
  def handle_event(_, _, _, _), do: :keep_state_and_data
end

:logger.remove_handler(:default)
:logger.add_handler(:reports, Reports, %{filter_default: :log, filters: []})
Process.flag(:trap_exit, true)

start = fn arg ->
  started = :gen_statem.start_link(Machine, arg, [])

  receive do
    {:EXIT, _pid, {reason, [_ | _]}} -> IO.inspect({elem(started, 0), reason})
    {:EXIT, _pid, reason} -> IO.inspect({elem(started, 0), reason})
  end
end

start.({:give, :wrong})
# expect: ** (stop) {:bad_return_from_init, :wrong}
# expect: Queue: []
# expect: State: {:undefined, :undefined}
# expect: {:error, {:bad_return_from_init, :wrong}}
start.({:give, {:stop, :refused}})
# expect: {:error, :refused}
start.(:shutdown)
# expect: ** (stop) shutdown
# expect: Queue: []
# expect: State: {:undefined, :undefined}
# expect: {:error, :shutdown}
start.({:give, {:ok, :first, 1, [:nonsense]}})
# expect: ** (stop) {:bad_action_from_state_function, :nonsense}
# expect: Queue: [internal: :init_state]
# expect: State: {:first, 1}
# expect: {:ok, {:bad_action_from_state_function, :nonsense}}
