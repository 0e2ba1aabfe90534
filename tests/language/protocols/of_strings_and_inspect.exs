defmodule Money do
  defstruct [:cents]

  defimpl String.Chars do
    def to_string(m), do: "#{div(m.cents, 100)} euro"
  end

  defimpl Inspect do
    def inspect(m, _), do: "#Money<#{m.cents}>"
  end
end

m = struct(Money, cents: 250)
IO.puts("costs #{m}")
# expect: costs 2 euro
IO.inspect([m])
# expect: [#Money<250>]
