[first | _] = all = [1, 2]
IO.inspect({first, all})
# expect: {1, [1, 2]}
f = fn %{a: a} = map -> {a, map_size(map)} end
IO.inspect(f.(%{a: 1, b: 2}))
# expect: {1, 2}
