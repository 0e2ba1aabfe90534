IO.inspect(Process.put(:a, 1))
# expect: nil
IO.inspect(Process.put(:a, 2))
# expect: 1
IO.inspect(Process.get(:a))
# expect: 2
IO.inspect(Process.get(:b, :default))
# expect: :default
parent = self()
spawn(fn -> send(parent, {:theirs, Process.get(:a)}) end)

receive do
  {:theirs, value} -> IO.inspect(value)
end

# expect: nil
IO.inspect(Process.delete(:a))
# expect: 2
