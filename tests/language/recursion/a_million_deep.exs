# long
defmodule Body do
  def sum(0), do: 0
  def sum(n), do: n + sum(n - 1)
end

IO.inspect(Body.sum(1_000_000))
# expect: 500000500000
