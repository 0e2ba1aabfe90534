# Through `:sys` a supervisor is Erlang's record, and can be replaced by one.
{:ok, supervisor} = Supervisor.start_link([%{id: :a, start: {Agent, :start_link, [Map, :new, []]}}], strategy: :rest_for_one)
{:state, {^supervisor, Supervisor.Default}, strategy, {ids, children}, dynamics, intensity, period, _, 0, auto, _, _} =
  :sys.get_state(supervisor)

IO.inspect({strategy, ids, dynamics, intensity, period, auto})
# expect: {:rest_for_one, [:a], :undefined, 3, 5, :never}
{:child, pid, :a, start, :permanent, false, 5000, :worker, [Agent]} = children.a
IO.inspect({is_pid(pid), start})
# expect: {true, {Agent, :start_link, [Map, :new, []]}}
:sys.replace_state(supervisor, &put_elem(&1, 5, 0))
Process.flag(:trap_exit, true)
Agent.stop(pid, :shutdown)

receive do
  {:EXIT, ^supervisor, reason} -> IO.inspect(reason)
end

# expect: :shutdown
