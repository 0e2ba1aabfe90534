parent = self()
watched = spawn(fn -> receive do: (:stop -> :ok) end)

spawn(fn ->
  send(parent, Process.monitor(watched))

  receive do
    {:DOWN, _, :process, _, reason} -> send(parent, {:still_watched, reason})
  end
end)

reference = receive do: (reference -> reference)
IO.inspect(Process.demonitor(reference, [:flush]))
IO.inspect(Process.demonitor(reference, [:info]))
send(watched, :stop)
IO.inspect(receive do: (message -> message))

# expect: true
# expect: false
# expect: {:still_watched, :normal}
