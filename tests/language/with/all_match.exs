result =
  with {:ok, a} <- {:ok, 1},
       b = a + 1,
       {:ok, c} when c > 2 <- {:ok, b + 1} do
    {a, b, c}
  end

IO.inspect(result)
# expect: {1, 2, 3}
