f = fn g ->
  try do
    g.()
  catch
    :throw, value -> {:thrown, value}
    :exit, reason -> {:exited, reason}
    kind, _ -> kind
  end
end

IO.inspect([f.(fn -> throw(1) end), f.(fn -> exit(:bye) end), f.(fn -> raise "x" end)])
# expect: [{:thrown, 1}, {:exited, :bye}, :error]
