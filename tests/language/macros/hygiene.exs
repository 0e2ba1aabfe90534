defmodule Clean do
  defmacro set do
    quote do: x = 1
  end

  defmacro set_outer do
    quote do: var!(x) = 2
  end
end

defmodule UseClean do
  require Clean

  def run do
    x = 0
    Clean.set()
    a = x
    Clean.set_outer()
    {a, x}
  end
end

IO.inspect(UseClean.run())
# expect: {0, 2}
