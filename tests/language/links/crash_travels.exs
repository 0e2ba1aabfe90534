Process.flag(:trap_exit, true)
child = spawn_link(fn -> exit(:broken) end)

receive do
  {:EXIT, ^child, reason} -> IO.inspect(reason)
end

# expect: :broken
