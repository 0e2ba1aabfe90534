pid =
  spawn(fn ->
    Process.register(self(), :watched)

    receive do
      :stop -> exit(:stopped)
    end
  end)

Process.sleep(1)
Process.monitor(:watched)
send(pid, :stop)

receive do
  {:DOWN, _, :process, {name, _node}, reason} -> IO.inspect({name, reason})
end

# expect: {:watched, :stopped}
