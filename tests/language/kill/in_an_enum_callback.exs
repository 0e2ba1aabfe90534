parent = self()

{pid, monitor} =
  spawn_monitor(fn ->
    Enum.sort_by(1..10, fn n ->
      send(parent, {:at, n})
      if n == 5, do: Process.sleep(:infinity)
      n
    end)
  end)

receive do
  {:at, 5} -> Process.exit(pid, :kill)
end

receive do
  {:DOWN, ^monitor, _, _, reason} -> IO.inspect(reason)
end

# expect: :killed
