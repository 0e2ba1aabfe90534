spawn_link(fn -> exit(:together) end)
Process.sleep(:infinity)
# expect error: ** (EXIT from #PID<...>) :together
