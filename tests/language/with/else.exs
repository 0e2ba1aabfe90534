f = fn value ->
  with {:ok, a} <- value do
    a
  else
    {:error, reason} -> "error: #{reason}"
    :none -> "none"
  end
end

IO.inspect(Enum.map([{:ok, 1}, {:error, :x}, :none], f))
# expect: [1, "error: x", "none"]
f.(:other)
# expect error: ** (WithClauseError) no with clause matching: :other
