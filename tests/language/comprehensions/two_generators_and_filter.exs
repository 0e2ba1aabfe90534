IO.inspect(for x <- 1..3, y <- 1..3, x < y, do: {x, y})
# expect: [{1, 2}, {1, 3}, {2, 3}]
