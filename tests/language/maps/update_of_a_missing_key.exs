map = %{a: 1}
IO.inspect(%{map | a: 2})
# expect: %{a: 2}
%{map | b: 2}
# expect error: ** (KeyError) key :b not found in: %{a: 1}
