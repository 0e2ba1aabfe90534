parent = self()
spawn(fn -> for i <- 1..100, do: send(parent, i) end)

received =
  for _ <- 1..100 do
    receive do
      i -> i
    end
  end

IO.inspect(received == Enum.to_list(1..100))
# expect: true
