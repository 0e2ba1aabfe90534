defmodule Outer do
  defmodule Elixir do
    def sample, do: 1
  end
end

IO.inspect(Outer.Elixir.sample())
# expect: 1
