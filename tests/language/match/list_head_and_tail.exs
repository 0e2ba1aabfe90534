[a, b | rest] = [1, 2, 3, 4]
IO.inspect({a, b, rest})
# expect: {1, 2, [3, 4]}
[last | []] = [:only]
IO.inspect(last)
# expect: :only
