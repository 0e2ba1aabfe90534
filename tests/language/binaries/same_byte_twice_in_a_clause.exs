defmodule Mark do
  def read(<<mark, mark, rest::binary>>, way) when mark in ~c"*_", do: {way, :strong, mark, rest}
  def read(<<mark, rest::binary>>, way) when mark in ~c"*_", do: {way, :weak, mark, rest}
  def read(rest, way), do: {way, :plain, rest}
end

for text <- ["**a", "*_a", "_", "a"], do: IO.inspect(Mark.read(text, :l))
# expect: {:l, :strong, 42, "a"}
# expect: {:l, :weak, 42, "_a"}
# expect: {:l, :weak, 95, ""}
# expect: {:l, :plain, "a"}
