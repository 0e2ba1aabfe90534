parent = self()

pid =
  spawn(fn ->
    Process.flag(:trap_exit, true)
    send(parent, :ready)

    receive do
      {:EXIT, from, reason} -> send(parent, {:trapped, from == parent, reason})
    end
  end)

receive do
  :ready -> Process.exit(pid, :please)
end

receive do
  message -> IO.inspect(message)
end

# expect: {:trapped, true, :please}
