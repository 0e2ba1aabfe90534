for {ms, name} <- [{30, :c}, {10, :a}, {20, :b}], do: Process.send_after(self(), name, ms)

for _ <- 1..3 do
  receive do
    name -> IO.inspect(name)
  end
end

# expect: :a
# expect: :b
# expect: :c
