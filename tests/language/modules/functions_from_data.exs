defmodule Colours do
  for {name, code} <- [red: 1, green: 2] do
    def unquote(name)(), do: unquote(code)
  end
end

IO.inspect(Colours.green())
# expect: 2
