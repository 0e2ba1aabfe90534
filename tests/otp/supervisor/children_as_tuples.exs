# Supervisors that were written before child specifications were maps: `use Supervisor` still brings the functions for them.
defmodule Old do
  use Supervisor

  def start_link(start), do: Supervisor.start_link(__MODULE__, start)

  def init(start) do
    children = [
      worker(Agent, [fn -> start end], id: :counter, restart: :transient),
      supervisor(Task.Supervisor, [[]])
    ]

    supervise(children, strategy: :one_for_all, max_restarts: 1)
  end
end

{:ok, old} = Old.start_link(7)

for {id, pid, type, modules} <- Supervisor.which_children(old),
    do: IO.inspect({id, type, modules, if(id == :counter, do: Agent.get(pid, & &1))})

# expect: {Task.Supervisor, :supervisor, [Task.Supervisor], nil}
# expect: {:counter, :worker, [Agent], 7}
{:state, _, strategy, _, _, intensity, period, _, _, _, _, _} = :sys.get_state(old)
IO.inspect({strategy, intensity, period})
# expect: {:one_for_all, 1, 5}
