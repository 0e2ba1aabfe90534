f = fn
  x when is_atom(x) when is_integer(x) and x > 3 -> :yes
  _ -> :no
end

IO.inspect(Enum.map([:a, 4, 3, "4"], f))
# expect: [:yes, :yes, :no, :no]
