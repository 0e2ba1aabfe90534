spawn_link(fn -> :done end)
Process.sleep(10)
IO.puts("still here")
# expect: still here
