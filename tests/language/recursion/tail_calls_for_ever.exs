# long
defmodule Loop do
  def down(0, sum), do: sum
  def down(n, sum), do: down(n - 1, sum + n)
end

IO.inspect(Loop.down(10_000_000, 0))
# expect: 50000005000000
