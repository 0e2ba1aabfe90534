defmodule Even do
  defguard is_even(n) when is_integer(n) and rem(n, 2) == 0
  def kind(n) when is_even(n), do: :even
  def kind(_), do: :odd
end

IO.inspect(Enum.map([1, 2, 2.0], &Even.kind/1))
# expect: [:odd, :even, :odd]
