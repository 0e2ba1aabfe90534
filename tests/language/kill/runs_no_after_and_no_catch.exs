parent = self()

{pid, monitor} =
  spawn_monitor(fn ->
    try do
      send(parent, :inside)
      Process.sleep(:infinity)
    catch
      _, _ -> IO.puts("caught")
    after
      IO.puts("after")
    end
  end)

receive do
  :inside -> Process.exit(pid, :kill)
end

receive do
  {:DOWN, ^monitor, _, _, reason} -> IO.inspect(reason)
end

# expect: :killed
