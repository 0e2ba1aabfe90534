# What a fun has captured are arguments of its code.
defmodule Pricing do
  def each(prices, rate, limit) do
    Enum.map(prices, fn price -> {check(price * rate, limit)} end)
  end

  defp check(price, limit) when price < limit, do: price
end

frames = fn work ->
  try do
    work.()
  rescue
    error ->
      IO.puts(Exception.message(error))
      for {Pricing, name, arity, _} <- __STACKTRACE__, do: IO.puts(Exception.format_mfa(Pricing, name, arity))
  end
end

frames.(fn -> Pricing.each([1], 2, 1) end)
# expect: no function clause matching in Pricing.check/2
# expect: Pricing.check(2, 1)
# expect: anonymous fn/3 in Pricing.each/3
