[a | b] = [1 | 2]
IO.inspect({a, b})
# expect: {1, 2}
