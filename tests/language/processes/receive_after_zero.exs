value =
  receive do
    _ -> :message
  after
    0 -> :none
  end

IO.inspect(value)
# expect: :none
