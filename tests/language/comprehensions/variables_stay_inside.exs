x = :outer
for x <- 1..2, do: x
IO.inspect(x)
# expect: :outer
