x = 1
IO.inspect(match?({^x, _}, {1, 2}))
# expect: true
IO.inspect(match?({^x, _}, {2, 2}))
# expect: false
