defmodule :random do
  @moduledoc "Erlang's old `:random`: the generator AS183, whose state is three integers in the process dictionary."

  @key :random_seed

  @doc "The state that a process begins with."
  def seed0, do: {3172, 9814, 20125}

  @doc "Begins anew with the usual state; returns the old one."
  def seed, do: put(seed0())

  @doc "Begins with a state made of an integer or three."
  def seed(n) when is_integer(n), do: seed(n, n, n)
  def seed({a, b, c}), do: seed(a, b, c)

  def seed(a, b, c) when is_integer(a) and is_integer(b) and is_integer(c) do
    # None of the three may be zero.
    put({rem(abs(a), 30268) + 1, rem(abs(b), 30306) + 1, rem(abs(c), 30322) + 1})
  end

  defp put(state) do
    case :erlang.put(@key, state) do
      :undefined -> :undefined
      old -> old
    end
  end

  @doc "A float from 0 to below 1."
  def uniform do
    {value, state} = uniform_s(current())
    :erlang.put(@key, state)
    value
  end

  @doc "An integer from 1 to `n`."
  def uniform(n) when is_integer(n) and n >= 1, do: trunc(uniform() * n) + 1

  @doc "A float, and the next state."
  def uniform_s({a, b, c}) do
    a = rem(a * 171, 30269)
    b = rem(b * 172, 30307)
    c = rem(c * 170, 30323)
    sum = a / 30269 + b / 30307 + c / 30323
    {sum - trunc(sum), {a, b, c}}
  end

  @doc "An integer from 1 to `n`, and the next state."
  def uniform_s(n, state) when is_integer(n) and n >= 1 do
    {value, state} = uniform_s(state)
    {trunc(value * n) + 1, state}
  end

  defp current do
    case :erlang.get(@key) do
      :undefined -> seed0()
      state -> state
    end
  end
end
