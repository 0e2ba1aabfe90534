{pid, monitor} =
  spawn_monitor(fn ->
    receive do
      :never -> :ok
    end
  end)

send(pid, :something)
Process.exit(pid, :enough)

receive do
  {:DOWN, ^monitor, _, _, reason} -> IO.inspect(reason)
end

# expect: :enough
