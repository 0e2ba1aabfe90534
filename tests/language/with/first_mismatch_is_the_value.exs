IO.inspect(with {:ok, a} <- {:error, :no}, do: a)
# expect: {:error, :no}
