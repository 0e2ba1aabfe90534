cond do
  nil -> 1
  false -> 2
end
# expect error: ** (CondClauseError) no cond clause evaluated to a truthy value
