# Generated code has thousands of clauses in one `case` or `cond`.
lines = fn line -> Enum.map_join(1..10_000, "\n", line) end

Code.compile_string("""
defmodule Table do
  def index(x) do
    case x do
      #{lines.(&"\"word #{&1}\" -> #{&1}")}
      _ -> 0
    end
  end

  def next(x) do
    cond do
      #{lines.(&"x == #{&1} -> #{&1 + 1}")}
      true -> 0
    end
  end
end
""")

IO.inspect({Table.index("word 9999"), Table.index("none"), Table.next(10_000), Table.next(nil)})
# expect: {9999, 0, 10001, 0}
