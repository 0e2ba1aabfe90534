f = fn
  x when x in [:a, :b] -> :letter
  x when x in 1..3 -> :digit
  x when x not in [nil, false] -> :truthy
  _ -> :falsy
end

IO.inspect(Enum.map([:a, 2, 2.0, 9, nil], f))
# expect: [:letter, :digit, :truthy, :truthy, :falsy]
