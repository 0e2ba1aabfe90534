map = Map.new(1..1000, &{&1, &1 * &1})
IO.inspect({map_size(map), map[500], Map.delete(map, 500)[500]})
# expect: {1000, 250000, nil}
IO.inspect(Enum.sum(Map.keys(map)))
# expect: 500500
