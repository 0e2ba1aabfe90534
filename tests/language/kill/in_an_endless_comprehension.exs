{pid, monitor} = spawn_monitor(fn -> for n <- Stream.iterate(1, &(&1 + 1)), do: n * n end)
Process.sleep(1)
Process.exit(pid, :kill)

receive do
  {:DOWN, ^monitor, _, _, reason} -> IO.inspect(reason)
end

# expect: :killed
