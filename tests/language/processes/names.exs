Process.register(self(), :main)
send(:main, :by_name)

receive do
  message -> IO.inspect(message)
end

# expect: :by_name
IO.inspect(Process.whereis(:main) == self())
# expect: true
Process.unregister(:main)
IO.inspect(Process.whereis(:main))
# expect: nil
send(:main, :lost)
# expect error: ** (ArgumentError) errors were found at the given arguments:
