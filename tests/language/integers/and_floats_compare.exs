IO.inspect({1 == 1.0, 1 === 1.0, 9_007_199_254_740_993 == 9_007_199_254_740_992.0})
# expect: {true, false, false}
IO.inspect(Enum.sort([3, 1.5, 2, -1.0]))
# expect: [-1.0, 1.5, 2, 3]
