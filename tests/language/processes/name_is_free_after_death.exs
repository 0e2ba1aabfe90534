{pid, monitor} =
  spawn_monitor(fn ->
    Process.register(self(), :short_lived)
  end)

receive do
  {:DOWN, ^monitor, :process, ^pid, reason} -> IO.inspect(reason)
end

# expect: :normal
IO.inspect(Process.whereis(:short_lived))
# expect: nil
