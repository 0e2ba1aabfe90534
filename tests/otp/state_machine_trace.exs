# The trace of a state machine, as `:sys` prints it.
defmodule Machine do
  def callback_mode, do: :handle_event_function
  def init(_), do: {:ok, :closed, nil}

  def handle_event(:cast, :later, :closed, _), do: {:keep_state_and_data, :postpone}
  def handle_event(:cast, :later, :open, _), do: {:keep_state_and_data, {:timeout, 0, :now}}

  def handle_event({:call, from}, :open, :closed, data) do
    {:next_state, :open, data, [{:reply, from, :opened}, {:state_timeout, 60_000, :close}]}
  end

  def handle_event(_, _, _, _), do: :keep_state_and_data
end

defmodule Reader do
  # The text of the trace, without pids.
  def print(text), do: text |> String.replace(~r/<[0-9.]+>/, "<pid>") |> IO.write()
end

{:ok, output} = StringIO.open("")
leader = Process.group_leader()
Process.group_leader(self(), output)
{:ok, machine} = :gen_statem.start({:local, :door}, Machine, nil, debug: [:trace])
:gen_statem.cast(machine, :later)
:gen_statem.call(machine, :open)
:gen_statem.stop(machine)
Process.group_leader(self(), leader)
{_, text} = StringIO.contents(output)
Reader.print(text)
# expect: *DBG* door enter 'Elixir.Machine' in state closed
# expect: *DBG* door consume internal init_state in state closed
# expect: *DBG* door receive cast later in state closed
# expect: *DBG* door postpone cast later in state closed
# expect: *DBG* door receive call open from <pid> in state closed
# expect: *DBG* door send opened to <pid>
# expect: *DBG* door consume call open from <pid> in state closed => open
# expect: *DBG* door start_timer {state_timeout,60000,close,[]} in state open
# expect: *DBG* door consume cast later in state open
# expect: *DBG* door start_timer {timeout,0,now,[]} in state open
# expect: *DBG* door receive timeout now in state open
# expect: *DBG* door consume timeout now in state open
# expect: *DBG* door terminate normal in state open

# A state function that fails: `terminate/3` gets the bare reason, whoever watches gets it with its stack, and the trace has no end.
defmodule Failing do
  def callback_mode, do: :handle_event_function
  def init(_), do: {:ok, :running, nil}
  def handle_event(:cast, :stop, _, _), do: {:stop, {:shutdown, :enough}}
  def handle_event(:cast, :raise, _, _), do: raise("failed")
  def handle_event(:cast, other, _, _), do: other
  def terminate(reason, _, _), do: IO.puts("terminates: #{inspect(reason)}")
end

:logger.set_primary_config(:level, :none)

for message <- [:stop, :raise, :nonsense] do
  {:ok, output} = StringIO.open("")
  Process.group_leader(self(), output)
  {:ok, machine} = :gen_statem.start({:local, :machine}, Failing, nil, debug: [:trace])
  watch = Process.monitor(machine)
  :gen_statem.cast(machine, message)

  reason =
    receive do
      {:DOWN, ^watch, :process, _, {reason, [_ | _]}} -> {reason, :stack}
      {:DOWN, ^watch, :process, _, reason} -> reason
    end

  Process.group_leader(self(), leader)
  {_, text} = StringIO.contents(output)
  text |> String.split("receive ") |> List.last() |> IO.write()
  IO.inspect(reason)
end
# expect: cast stop in state running
# expect: terminates: {:shutdown, :enough}
# expect: *DBG* machine terminate {shutdown,enough} in state running
# expect: {:shutdown, :enough}
# expect: cast raise in state running
# expect: terminates: %RuntimeError{message: "failed"}
# expect: {%RuntimeError{message: "failed"}, :stack}
# expect: cast nonsense in state running
# expect: terminates: {:bad_return_from_state_function, :nonsense}
# expect: {{:bad_return_from_state_function, :nonsense}, :stack}
