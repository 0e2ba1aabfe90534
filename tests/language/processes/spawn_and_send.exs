parent = self()
spawn(fn -> send(parent, {:hello, 1 + 1}) end)

receive do
  message -> IO.inspect(message)
end

# expect: {:hello, 2}
