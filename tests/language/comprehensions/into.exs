IO.inspect(for {k, v} <- [a: 1, b: 2], into: %{}, do: {v, k})
# expect: %{1 => :a, 2 => :b}
IO.inspect(for c <- ~c"abc", into: "", do: <<c - 32>>)
# expect: "ABC"
