defmodule Order do
  def f(x) when x > 10, do: :big
  def f(x) when x > 5, do: :medium
  def f(_), do: :small
end

IO.inspect(Enum.map([20, 7, 1], &Order.f/1))
# expect: [:big, :medium, :small]
