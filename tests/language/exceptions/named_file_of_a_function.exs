# `@file` and `location: :keep` say where a function comes from: its frames and `__ENV__.file` follow, its lines stay.
defmodule Kept do
  defmacro __using__(_) do
    quote location: :keep do
      def kept(x), do: 1 + x
    end
  end
end

defmodule NamedFile do
  use Kept

  @file "lib/made.ex"
  def made(x), do: 2 + x

  @file {"lib/at_a_line.ex", 7}
  def at_a_line(x), do: Enum.map([x], fn y -> 3 + y end)

  @file "sample.ex"
  def file, do: __ENV__.file == Path.absname("sample.ex")

  def own(x), do: 4 + x
end

for name <- [:kept, :made, :at_a_line, :own] do
  try do
    apply(NamedFile, name, [:no])
  rescue
    ArithmeticError ->
      [file] = for {NamedFile, _, _, info} <- Enum.take(__STACKTRACE__, 2), do: List.to_string(info[:file])
      here = Path.basename(__ENV__.file)
      IO.puts("#{name}: #{if Path.basename(file) == here, do: "this file", else: file}")
  end
end

# expect: kept: this file
# expect: made: lib/made.ex
# expect: at_a_line: lib/at_a_line.ex
# expect: own: this file
IO.inspect(NamedFile.file())
# expect: true
