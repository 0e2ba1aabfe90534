pid = spawn(fn -> :ok end)
Process.sleep(1)
monitor = Process.monitor(pid)

receive do
  {:DOWN, ^monitor, _, _, reason} -> IO.inspect(reason)
end

# expect: :noproc
