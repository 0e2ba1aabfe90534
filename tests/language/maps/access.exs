map = %{a: 1}
IO.inspect({map[:a], map[:b], map.a})
# expect: {1, nil, 1}
map.b
# expect error: ** (KeyError) key :b not found in: %{a: 1}
