parent = self()

for ms <- [30, 10, 20] do
  spawn(fn ->
    Process.sleep(ms)
    send(parent, ms)
  end)
end

for _ <- 1..3 do
  receive do
    ms -> IO.puts(ms)
  end
end

# expect: 10
# expect: 20
# expect: 30
