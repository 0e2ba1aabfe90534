{pid, monitor} =
  spawn_monitor(fn ->
    Process.flag(:trap_exit, true)
    Process.sleep(:infinity)
  end)

Process.sleep(1)
Process.exit(pid, :kill)

receive do
  {:DOWN, ^monitor, _, _, reason} -> IO.inspect(reason)
end

# expect: :killed
