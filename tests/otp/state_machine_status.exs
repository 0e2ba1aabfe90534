# What a state machine shows of itself, and what its module makes of that.
defmodule Machine do
  def callback_mode, do: :state_functions
  def init(data), do: {:ok, :on, data}
  def on(:cast, :later, _data), do: {:keep_state_and_data, [:postpone, {:state_timeout, 60_000, :tick}]}
end

defmodule Shown do
  defdelegate callback_mode, to: Machine
  defdelegate init(data), to: Machine
  defdelegate on(type, event, data), to: Machine
  def format_status(status), do: Map.new(status, fn {key, value} -> {key, {:shown, value}} end)
end

defmodule Fails do
  defdelegate callback_mode, to: Machine
  defdelegate init(data), to: Machine
  defdelegate on(type, event, data), to: Machine
  def format_status(_opt, [_dictionary, _state, _data]), do: raise("no")
end

for module <- [Machine, Shown, Fails] do
  {:ok, pid} = :gen_statem.start(module, 1, [])
  :sys.log(pid, true)
  :gen_statem.cast(pid, :later)
  {:status, _, _, [_, _, _, _, [_, {:data, facts}, {:data, state}]]} = :sys.get_status(pid)
  IO.inspect(facts |> Enum.drop(2) |> Enum.map(&elem(&1, 1)))
  IO.inspect(state)
end

# expect: [
# expect:   [Machine],
# expect:   {1, [state_timeout: :tick]},
# expect:   [
# expect:     {:in, {:cast, :later}, :on},
# expect:     {:postpone, {:cast, :later}, :on, :on},
# expect:     {:start_timer, {:state_timeout, 60000, :tick, []}, :on}
# expect:   ],
# expect:   [cast: :later]
# expect: ]
# expect: [{~c"State", {:on, 1}}]
# expect: [
# expect:   [Shown],
# expect:   {1, {:shown, [state_timeout: :tick]}},
# expect:   {:shown,
# expect:    [
# expect:      {:in, {:cast, :later}, :on},
# expect:      {:postpone, {:cast, :later}, :on, :on},
# expect:      {:start_timer, {:state_timeout, 60000, :tick, []}, :on}
# expect:    ]},
# expect:   {:shown, [cast: :later]}
# expect: ]
# expect: [{~c"State", {{:shown, :on}, {:shown, 1}}}]
# expect: [
# expect:   [Fails],
# expect:   {1, [state_timeout: :tick]},
# expect:   [
# expect:     {:in, {:cast, :later}, :on},
# expect:     {:postpone, {:cast, :later}, :on, :on},
# expect:     {:start_timer, {:state_timeout, 60000, :tick, []}, :on}
# expect:   ],
# expect:   [cast: :later]
# expect: ]
# expect: [{~c"State", {:on, ~c"Elixir.Fails:format_status/2 crashed"}}]

# An event that is done with is not in the queue of a machine that is told to end.
defmodule Reports do
  def log(%{msg: {:string, text}}, %{config: pid}), do: send(pid, to_string(text))
end

:logger.remove_handler(:default)
:logger.add_handler(:reports, Reports, %{config: self()})
{:ok, pid} = :gen_statem.start(Machine, 1, [])
:gen_statem.cast(pid, :later)
:sys.terminate(pid, :done)
receive(do: (text -> IO.puts(Regex.run(~r/^Queue.*$/m, text))))
# expect: Queue: []
