%{b: _} = %{a: 1}
# expect error: ** (MatchError) no match of right hand side value: %{a: 1}
