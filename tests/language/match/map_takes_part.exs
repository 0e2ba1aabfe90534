%{a: %{b: b}} = %{a: %{b: 1, c: 2}, d: 3}
IO.inspect(b)
# expect: 1
IO.inspect(match?(%{}, %{x: 1}))
# expect: true
