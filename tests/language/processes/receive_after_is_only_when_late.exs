Process.send_after(self(), :in_time, 50)

receive do
  :in_time -> IO.puts("in time")
after
  100 -> IO.puts("late")
end

# expect: in time
receive do
  :never -> :ok
after
  100 -> IO.puts("late")
end

# expect: late
