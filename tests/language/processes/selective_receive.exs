for i <- 1..3, do: send(self(), {:msg, i})

receive do
  {:msg, 2} -> IO.puts("two")
end

# expect: two
for _ <- 1..2 do
  receive do
    {:msg, i} -> IO.puts(i)
  end
end

# expect: 1
# expect: 3
