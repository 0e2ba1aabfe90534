defmodule Own do
  defmacro twice(form), do: {:+, [], [form, form]}
  def env, do: __ENV__
end

IO.inspect(Macro.expand_once(quote(do: twice(1)), Own.env()))
# expect: {:+, [], [1, 1]}
