:logger.set_primary_config(:level, :none)
child = fn id -> Supervisor.child_spec({Agent, fn -> id end}, id: id) end
{:ok, sup} = Supervisor.start_link([child.(:a), child.(:b)], strategy: :one_for_all)
pids = fn -> Map.new(Supervisor.which_children(sup), fn {id, pid, _, _} -> {id, pid} end) end
before = pids.()
Process.exit(before.a, :kill)
Process.sleep(20)
later = pids.()
IO.inspect({before.a == later.a, before.b == later.b})
# expect: {false, false}
