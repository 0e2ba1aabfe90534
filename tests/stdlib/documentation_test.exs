defmodule DocumentationTest do
  use ExUnit.Case, async: true
  require Integer

  @modules [
    Base,
    Float,
    IO,
    IO.ANSI,
    Inspect.Algebra,
    Integer,
    JSON,
    OptionParser,
    Path,
    Regex,
    String,
    StringIO,
    URI,
    Version
  ]

  for module <- @modules, do: doctest(module)
  doctest Bitwise, import: true
end
