f = fn
  x when length(x) > 1 -> :long
  x when hd(x) == 1 -> :one
  _ -> :other
end

IO.inspect(Enum.map([[1, 2], [1], [], :atom], f))
# expect: [:long, :one, :other, :other]
