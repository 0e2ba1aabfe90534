adders = for i <- 1..3, do: fn n -> fn m -> i + n + m end end
IO.inspect(for add <- adders, do: add.(1).(1))
# expect: [3, 4, 5]
