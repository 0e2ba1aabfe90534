{_, _} = {1, 2, 3}
# expect error: ** (MatchError) no match of right hand side value: {1, 2, 3}
