# long
parent = self()
for i <- 1..10_000, do: spawn(fn -> send(parent, i) end)

sum =
  Enum.reduce(1..10_000, 0, fn _, sum ->
    receive do
      i -> sum + i
    end
  end)

IO.inspect(sum)
# expect: 50005000
