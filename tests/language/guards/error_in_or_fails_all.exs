f = fn
  x when hd(x) == 1 or x == [] -> :match
  _ -> :none
end

IO.inspect(f.([]))
# expect: :none
