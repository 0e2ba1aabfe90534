# The third number of a pid is part of it: one that nobody has is nobody's, though a process has its second number.
text = self() |> :erlang.pid_to_list() |> to_string() |> String.replace_suffix(".0>", ".2>")
pid = :erlang.list_to_pid(String.to_charlist(text))
IO.inspect({pid == self(), Process.alive?(pid)})
# expect: {false, false}
send(pid, :lost)

receive do
  :lost -> IO.puts("arrived")
after
  0 -> IO.puts("nothing")
end

# expect: nothing
