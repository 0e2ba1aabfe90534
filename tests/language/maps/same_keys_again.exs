maps = for n <- 1..3, do: :maps.from_list(name: n, age: 0, name: -n)
IO.inspect(maps)
# expect: [%{age: 0, name: -1}, %{age: 0, name: -2}, %{age: 0, name: -3}]
lists = [[b: 1, a: 2], [b: 3, a: 4], [a: 5, b: 6], [a: 7, b: 8], [b: 9]]
IO.inspect(for list <- lists, do: Enum.to_list(Map.new(list)))
# expect: [[a: 2, b: 1], [a: 4, b: 3], [a: 5, b: 6], [a: 7, b: 8], [b: 9]]
