{:ok, supervisor} = Supervisor.start_link([], strategy: :one_for_one)
IO.inspect(:supervisor.get_callback_module(supervisor))

# expect: Supervisor.Default
