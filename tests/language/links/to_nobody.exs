Process.flag(:trap_exit, true)
{pid, monitor} = spawn_monitor(fn -> :ok end)

receive do
  {:DOWN, ^monitor, _, _, _} -> Process.link(pid)
end

receive do
  {:EXIT, ^pid, reason} -> IO.inspect(reason)
end

# expect: :noproc
