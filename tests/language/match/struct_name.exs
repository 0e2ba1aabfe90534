defmodule Point do
  defstruct x: 0, y: 0
end

defmodule Reader do
  def name(%name{}), do: name
  def x(%Point{x: x}), do: x
end

IO.inspect(Reader.name(struct(Point)))
# expect: Point
IO.inspect(Reader.x(struct(Point, x: 4)))
# expect: 4
IO.inspect(Reader.name(%{x: 1}))
# expect error: ** (FunctionClauseError) no function clause matching in Reader.name/1
