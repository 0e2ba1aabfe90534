tag = make_ref()
send(self(), {make_ref(), 1})
send(self(), {tag, -1})
send(self(), {tag, 5})

receive do
  {^tag, n} when n > 0 -> IO.inspect(n)
end

# expect: 5
IO.inspect(Process.info(self(), :message_queue_len))
# expect: {:message_queue_len, 2}
