IO.inspect(for {:ok, x} <- [{:ok, 1}, :error, {:ok, 2}], do: x)
# expect: [1, 2]
