Process.register(self(), :here)
IO.inspect(Process.send({:here, node()}, :hi, [:noconnect]))
# expect: :ok
IO.inspect(Process.send({:here, :far@away}, :hi, [:noconnect]))
# expect: :noconnect
