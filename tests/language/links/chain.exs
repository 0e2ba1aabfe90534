Process.flag(:trap_exit, true)

first =
  spawn_link(fn ->
    spawn_link(fn ->
      spawn_link(fn -> exit(:far_away) end)
      Process.sleep(:infinity)
    end)

    Process.sleep(:infinity)
  end)

receive do
  {:EXIT, ^first, reason} -> IO.inspect(reason)
end

# expect: :far_away
