defmodule Fall do
  def down(0), do: raise("bottom")
  def down(n), do: 1 + down(n - 1)
end

IO.inspect(try do: Fall.down(100_000), rescue: (e -> e.message))
# expect: "bottom"
