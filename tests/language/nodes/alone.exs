IO.inspect({Node.connect(:office@building), Node.ping(:office@building), Node.ping(node()), Node.list()})
IO.inspect(send({:reception, :office@building}, :lost))

Process.register(self(), :reception)
send({:reception, node()}, :received)

receive do
  message -> IO.inspect(message)
end

# expect: {:ignored, :pang, :pang, []}
# expect: :lost
# expect: :received
