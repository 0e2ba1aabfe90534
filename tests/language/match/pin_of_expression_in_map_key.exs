key = :b
%{^key => value} = %{a: 1, b: 2}
IO.inspect(value)
# expect: 2
