{pid, monitor} = spawn_monitor(fn -> :ok end)
Process.sleep(1)
Process.demonitor(monitor, [:flush])

receive do
  message -> IO.inspect(message)
after
  0 -> IO.puts("nothing")
end

# expect: nothing
IO.inspect(Process.alive?(pid))
# expect: false
