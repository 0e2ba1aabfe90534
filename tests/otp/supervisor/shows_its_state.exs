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

# The restarts are shown as the times of each, and taken as such.
child = %{id: :a, start: {Agent, :start_link, [Map, :new, []]}}
{:ok, supervisor} = Supervisor.start_link([child], strategy: :one_for_one, max_restarts: 4)
restarts = fn -> elem(:sys.get_state(supervisor), 7) end
worker = fn -> elem(hd(Supervisor.which_children(supervisor)), 1) end

crash = fn ->
  old = worker.()
  Process.exit(old, :kill)
  Stream.repeatedly(worker) |> Enum.find(&(&1 != old))
end

for _ <- 1..3, do: crash.()
[now | _] = times = restarts.()
IO.inspect({length(times), Enum.all?(times, &(now - &1 in 0..1))})
# expect: {3, true}
:sys.replace_state(supervisor, &put_elem(&1, 7, [now, now, now - 1, now - 100]))
IO.inspect(restarts.() == [now, now, now - 1, now - 100])
# expect: true
crash.()
IO.inspect(Enum.drop(restarts.(), 1) == [now, now, now - 1])
# expect: true
Process.exit(worker.(), :kill)

receive do
  {:EXIT, ^supervisor, reason} -> IO.inspect(reason)
end

# expect: :shutdown
