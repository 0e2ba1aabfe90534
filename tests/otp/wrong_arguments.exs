# What is said of wrong arguments of sends, monitors, timers and flags.
ended = spawn(fn -> :ok end)
Process.sleep(10)

said = fn fun ->
  try do
    fun.()
  rescue
    error -> error |> Exception.message() |> String.split("* ") |> List.last() |> String.trim() |> IO.puts()
  end
end

said.(fn -> Process.send(self(), :hello, [:unknown]) end)
# expect: 3rd argument: invalid option in list
said.(fn -> Process.send(:nobody, :hello, [:noconnect]) end)
# expect: 1st argument: invalid destination
said.(fn -> :erlang.send_nosuspend("nobody", :hello) end)
# expect: 1st argument: invalid destination
said.(fn -> Process.monitor(self(), unknown: 1) end)
# expect: 3rd argument: invalid option in list
said.(fn -> :erlang.send_after(1, self(), :hello, unknown: 1) end)
# expect: 3rd argument: invalid option in list
said.(fn -> :erlang.start_timer(1, self(), :hello, :unknown) end)
# expect: 3rd argument: not a list
said.(fn -> :erlang.process_flag(ended, :save_calls, 1) end)
# expect: 1st argument: the pid does not refer to an existing process
said.(fn -> :erlang.process_flag(self(), :save_calls, -1) end)
# expect: 3rd argument: invalid value for process flag 'save_calls'
said.(fn -> :erlang.bump_reductions(-1) end)
# expect: 1st argument: out of range
