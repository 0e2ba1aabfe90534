counts =
  for c <- String.graphemes("hello"), reduce: %{} do
    acc -> Map.update(acc, c, 1, &(&1 + 1))
  end

IO.inspect(counts)
# expect: %{"e" => 1, "h" => 1, "l" => 2, "o" => 1}
