child =
  spawn_link(fn ->
    receive do
      :crash -> exit(:alone)
    end
  end)

monitor = Process.monitor(child)
Process.unlink(child)
send(child, :crash)

receive do
  {:DOWN, ^monitor, _, _, reason} -> IO.inspect(reason)
end

# expect: :alone
