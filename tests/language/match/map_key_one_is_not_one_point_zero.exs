IO.inspect(match?(%{1 => _}, %{1.0 => :float}))
# expect: false
