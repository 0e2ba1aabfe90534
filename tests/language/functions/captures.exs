IO.inspect(Enum.map([1, 2], &(&1 * 2)))
# expect: [2, 4]
IO.inspect(Enum.reduce([1, 2, 3], 0, &-/2))
# expect: 2
IO.inspect(Enum.map(~w(a b), &String.upcase/1))
# expect: ["A", "B"]
IO.inspect((&{&2, &1}).(1, 2))
# expect: {2, 1}
IO.inspect((&"#{&1}!").(:hi))
# expect: "hi!"
