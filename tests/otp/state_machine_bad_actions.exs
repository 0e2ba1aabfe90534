# What a state machine may ask for, and what ends it: actions of events, actions on entry, replies of one that stops.
defmodule Machine do
  def callback_mode, do: [:handle_event_function, :state_enter]
  def init(on_entry), do: {:ok, :state, on_entry}

  def handle_event(:enter, _, _, {:return, result}), do: result
  def handle_event(:enter, _, _, :again), do: {:repeat_state, :entered_again}
  def handle_event(:enter, _, _, {:act, action}), do: {:keep_state, nil, action}
  def handle_event(:enter, _, _, data), do: {:keep_state, data}

  def handle_event({:call, from}, {:stop, replies}, _, data) do
    {:stop_and_reply, :normal, [{:reply, from, :stopped} | replies], data}
  end

  def handle_event({:call, from}, {:act, action}, _, data), do: {:keep_state, data, [{:reply, from, data}, action]}
  def handle_event(type, content, _, _), do: IO.inspect({type, content}) && :keep_state_and_data
end

Logger.configure(level: :none)

ended = fn machine, ref ->
  receive do
    {:DOWN, ^ref, _, ^machine, {reason, [_ | _]}} -> IO.inspect(reason)
    {:DOWN, ^ref, _, ^machine, reason} -> IO.inspect(reason)
  after
    20 -> IO.inspect(:lives)
  end
end

with_machine = fn on_entry, request ->
  {:ok, {machine, ref}} = :gen_statem.start_monitor(Machine, on_entry, [])
  reply = if request, do: :gen_statem.call(machine, request)
  ended.(machine, ref)
  if request, do: IO.inspect(reply)
end

act = &with_machine.(:data, {:act, &1})

act.({:next_event, :unknown, 1})
# expect: {:bad_action_from_state_function, {:next_event, :unknown, 1}}
# expect: :data
act.({:postpone, :maybe})
# expect: {:bad_action_from_state_function, {:postpone, :maybe}}
# expect: :data
act.({:reply, :nobody, 1})
# expect: {:bad_action_from_state_function, {:reply, :nobody, 1}}
# expect: :data
act.({:state_timeout, -5, 1})
# expect: {:bad_action_from_state_function, {:state_timeout, -5, 1}}
# expect: :data
act.({:state_timeout, 1, 1, after: 5})
# expect: {:bad_action_from_state_function, {:state_timeout, 1, 1, [after: 5]}}
# expect: :data
act.({:unknown, :update, 1})
# expect: {:bad_action_from_state_function, {:unknown, :update, 1}}
# expect: :data
act.(:pop_callback_module)
# expect: {:bad_action_from_state_function, :pop_callback_module}
# expect: :data
act.({:change_callback_module, :missing})
# expect: :undef
# expect: :data

act.({:state_timeout, 1, :due, {:abs, false}})
# expect: {:state_timeout, :due}
# expect: :lives
# expect: :data
act.({:timeout, :update, :at_once})
# expect: {:timeout, :at_once}
# expect: :lives
# expect: :data
act.({:timeout, :cancel})
# expect: :lives
# expect: :data

on_entry = &with_machine.(&1, nil)

on_entry.({:act, :postpone})
# expect: {:bad_state_enter_action_from_state_function, :postpone}
on_entry.({:act, {:postpone, true}})
# expect: {:bad_action_from_state_function, {:postpone, true}}
on_entry.({:act, {:next_event, :internal, 1}})
# expect: {:bad_state_enter_action_from_state_function, {:next_event, :internal, 1}}
on_entry.({:act, {:push_callback_module, Machine}})
# expect: {:bad_state_enter_action_from_state_function, {:push_callback_module, Machine}}
on_entry.({:act, {:postpone, false}})
# expect: :lives
on_entry.({:return, {:next_state, :other, 1}})
# expect: {:bad_state_enter_return_from_state_function, {:next_state, :other, 1}}
with_machine.(:again, {:act, :hibernate})
# expect: :lives
# expect: :entered_again

with_machine.(:data, {:stop, []})
# expect: :normal
# expect: :stopped
with_machine.(:data, {:stop, [:no_reply]})
# expect: {:bad_reply_action_from_state_function, :no_reply}
# expect: :stopped
