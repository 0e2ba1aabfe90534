# The state and the data that a machine has when it fails, and timeouts of zero, which wait for the events that there are.
defmodule Machine do
  def callback_mode, do: [:handle_event_function, :state_enter]
  def init(data), do: {:ok, :first, data}

  def handle_event(:enter, _, _, {:raises, _}), do: raise("no")
  def handle_event(:enter, from, state, {:again, n}), do: IO.inspect({from, state}) && {:repeat_state, {:raises, n}}
  def handle_event(:enter, _, _, {:acts, n}), do: {:keep_state, {:changed, n}, [:bad]}
  def handle_event(:enter, _, _, _), do: :keep_state_and_data
  def handle_event(:cast, {:do, result}, _, _), do: result
  def handle_event(type, content, _, _), do: IO.inspect({type, content}) && :keep_state_and_data

  def terminate(reason, state, data), do: IO.inspect({reason, state, data})
end

Logger.configure(level: :none)

fails = fn result ->
  {:ok, {machine, ref}} = :gen_statem.start_monitor(Machine, :data, [])
  :gen_statem.cast(machine, {:do, result})
  receive do: ({:DOWN, ^ref, _, ^machine, _} -> :ok)
end

# What raises on entry has not left the state before.
fails.({:next_state, :second, {:raises, 1}})
# expect: {%RuntimeError{message: "no"}, :first, :data}
fails.({:repeat_state, {:raises, 2}})
# expect: {%RuntimeError{message: "no"}, :first, :data}
fails.({:next_state, :second, {:again, 3}})
# expect: {:first, :second}
# expect: {%RuntimeError{message: "no"}, :first, :data}

# Actions are those of the state that follows.
fails.({:next_state, :second, {:acts, 4}})
# expect: {{:bad_action_from_state_function, :bad}, :second, {:changed, 4}}
fails.({:next_state, :second, :new, [:bad]})
# expect: {{:bad_action_from_state_function, :bad}, :second, :new}
fails.({:keep_state, :new, [{:timeout, -1, :x}]})
# expect: {{:bad_action_from_state_function, {:timeout, -1, :x}}, :first, :new}

{:ok, machine} = :gen_statem.start(Machine, :data, [])
act = fn actions -> :gen_statem.cast(machine, {:do, {:keep_state_and_data, actions}}) && :sys.get_state(machine) end
due = {{:timeout, :due}, 0, :due}

act.([due, {:next_event, :internal, :before}])
# expect: {:internal, :before}
# expect: {{:timeout, :due}, :due}
act.([due, {:next_event, :cast, {:do, {:keep_state_and_data, [{{:timeout, :due}, :cancel}]}}}])
act.([due, {:next_event, :cast, {:do, {:keep_state_and_data, [{{:timeout, :due}, :update, :other}]}}}])
# expect: {{:timeout, :due}, :other}
act.([{:state_timeout, 0, :over}, {:next_event, :cast, {:do, {:next_state, :second, :data}}}])
act.([{{:timeout, :due}, :update, :at_once}])
# expect: {{:timeout, :due}, :at_once}
