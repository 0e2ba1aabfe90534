# What Macro.expand gives has no line of the call yet: it is given with the whole.
defmodule Escaping do
  defmacro m(x), do: Macro.expand(x, __CALLER__) |> Macro.escape()
  defmacro two, do: quote(do: {:two, f(1)})
  defmacro shown(x), do: Macro.expand_once(x, __CALLER__) |> Macro.escape()
end

defmodule Main do
  import Escaping
  def run(x), do: {x, elem(m(m(x)), 1)}
  def once, do: shown(two())
end

IO.inspect(Main.run(1))
# expect: {1, []}
IO.inspect(Main.once())
# expect: {:two, {:f, [], [1]}}
