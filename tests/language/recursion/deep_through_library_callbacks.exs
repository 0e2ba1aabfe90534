defmodule Nest do
  def depth(0), do: 0
  def depth(n), do: Enum.reduce([n], 0, fn _, acc -> acc + 1 + depth(n - 1) end)
end

IO.inspect(Nest.depth(5_000))
# expect: 5000
