# A door that opens by a code, locks itself again, and makes callers wait for it.
defmodule Door do
  @behaviour :gen_statem

  def callback_mode, do: [:state_functions, :state_enter]
  def init(code), do: {:ok, :locked, {code, []}}

  def locked(:enter, from, {code, _}) do
    IO.puts("locked, was #{from}")
    {:keep_state, {code, []}}
  end

  def locked(:cast, {:button, button}, {code, pressed}) do
    case pressed ++ [button] do
      ^code -> {:next_state, :open, {code, []}}
      pressed -> {:keep_state, {code, pressed}, [{:timeout, 20, :forget}]}
    end
  end

  def locked(:timeout, :forget, {code, _}) do
    IO.puts("forgotten")
    {:keep_state, {code, []}}
  end

  def locked({:call, _from}, :enter, _data), do: {:keep_state_and_data, :postpone}

  def open(:enter, from, _data) do
    IO.puts("open, was #{from}")
    {:keep_state_and_data, {:state_timeout, 20, :lock}}
  end

  def open(:state_timeout, :lock, data), do: {:next_state, :locked, data}

  def open({:call, from}, :enter, _data) do
    {:keep_state_and_data, [{:reply, from, :entered}, {:next_event, :internal, :step}]}
  end

  def open(:internal, :step, _data) do
    IO.puts("a step inside")
    :keep_state_and_data
  end

  def terminate(reason, state, _data), do: IO.puts("#{state} for ever: #{reason}")
end

{:ok, door} = :gen_statem.start_link(Door, [1, 2], [])
# expect: locked, was locked
:gen_statem.cast(door, {:button, 1})
Process.sleep(40)
# expect: forgotten
visitor = Task.async(fn -> :gen_statem.call(door, :enter) end)
Process.sleep(5)
for button <- [1, 2], do: :gen_statem.cast(door, {:button, button})
IO.inspect(Task.await(visitor))
# expect: open, was locked
# expect: a step inside
# expect: :entered
Process.sleep(40)
# expect: locked, was open
IO.inspect(:sys.get_state(door))
# expect: {:locked, {[1, 2], []}}
IO.inspect(:gen_statem.stop(door))
# expect: locked for ever: normal
# expect: :ok
