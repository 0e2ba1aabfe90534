{:ok, agent} = Agent.start_link(fn -> 1 end)
IO.inspect(Agent.get_and_update(agent, &{&1, &1 + 1}))
# expect: 1
IO.inspect(Agent.get(agent, & &1))
# expect: 2
IO.inspect(Agent.stop(agent))
# expect: :ok
