:logger.set_primary_config(:level, :none)
{:ok, sup} = Supervisor.start_link([{Agent, fn -> 0 end}], strategy: :one_for_one)
[{Agent, first, :worker, [Agent]}] = Supervisor.which_children(sup)
Agent.update(first, &(&1 + 1))
Process.exit(first, :kill)
Process.sleep(20)
[{_, second, _, _}] = Supervisor.which_children(sup)
IO.inspect({first == second, Agent.get(second, & &1)})
# expect: {false, 0}
