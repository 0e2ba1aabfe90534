next =
  Enum.reduce(1..100, self(), fn _, to ->
    spawn(fn ->
      receive do
        n -> send(to, n + 1)
      end
    end)
  end)

send(next, 0)

receive do
  n -> IO.inspect(n)
end

# expect: 100
