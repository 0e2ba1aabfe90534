f = fn g ->
  try do
    g.()
  rescue
    e -> e.__struct__
  end
end

IO.inspect(f.(fn -> 1 / 0 end))
# expect: ArithmeticError
IO.inspect(f.(fn -> hd([]) end))
# expect: ArgumentError
IO.inspect(f.(fn -> :erlang.error(:mine) end))
# expect: ErlangError
