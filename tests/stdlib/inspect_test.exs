defmodule InspectTest do
  use ExUnit.Case, async: true

  import Inspect.Algebra

  defmodule User do
    @derive {Inspect, only: [:id, :name]}
    defstruct [:id, :name, :secret]
  end

  defmodule Point do
    @derive {Inspect, optional: [:z]}
    defstruct x: 0, y: 0, z: 0
  end

  defmodule Hidden do
    @derive {Inspect, except: [:b]}
    defstruct a: 1, b: 2
  end

  defmodule Plain do
    defstruct [:a]
  end

  defmodule Broken do
    defstruct [:a]

    defimpl Inspect do
      def inspect(_broken, _opts), do: raise("cannot show it")
    end
  end

  defp render(doc, width), do: doc |> format(width) |> IO.iodata_to_binary()

  describe "values" do
    test "limits count the elements of each collection, less for those that come later" do
      assert inspect([1, 2, 3], limit: 2) == "[1, 2, ...]"
      assert inspect([[1, 2], [3, 4], [5, 6]], limit: 2, charlists: :as_lists) == "[[1, ...], [...], ...]"
      assert inspect(%{a: 1, b: 2}, limit: 1) == "%{a: 1, ...}"
      assert inspect(<<1, 2, 3>>, limit: 2) == "<<1, 2, ...>>"
      assert inspect("abcdef", printable_limit: 3) == ~S("abc" <> ...)
      assert inspect(~c"abcdef", printable_limit: 3) == ~S(~c"abc" ++ ...)
    end

    test "strings are shown as strings if they can be printed" do
      assert inspect("é\n\"\#{") == ~S("é\n\"\#{")
      assert inspect(<<0, 1>>) == "<<0, 1>>"
      assert inspect("a", binaries: :as_binaries) == "<<97>>"
      assert inspect(<<255, ?a>>, binaries: :as_strings) == ~S("\xFFa")
      assert inspect(<<1::3>>) == "<<1::size(3)>>"
      assert inspect("\u202E\u00A0") == ~S("\u202E\u00A0")
    end

    test "numbers in bases" do
      assert inspect(-255, base: :hex) == "-0xFF"
      assert inspect(8, base: :octal) == "0o10"
      assert inspect(5, base: :binary) == "0b101"
      assert inspect("a", base: :hex) == "<<0x61>>"
      assert inspect(1.0e15) == "1000000000000000.0"
      assert inspect(1.0e16) == "1.0e16"
    end

    test "improper lists and functions" do
      assert inspect([1 | 2]) == "[1 | 2]"
      assert inspect([a: 1] ++ [2]) == "[{:a, 1}, 2]"
      assert inspect(&String.upcase/1) == "&String.upcase/1"
      assert inspect(fn -> :ok end) =~ ~r/^#Function<\d+\.\d+\/0 in InspectTest\."test values improper lists/
    end

    test "colours" do
      opts = [syntax_colors: [number: :red, atom: :blue]]
      assert inspect([1, a: :b], opts) == "[\e[31m1\e[0m, {\e[34m:a\e[0m, \e[34m:b\e[0m}]"
    end
  end

  describe "structs" do
    test "derived implementations choose fields" do
      assert inspect(%User{id: 1, name: "x", secret: 2}) == ~S(#InspectTest.User<id: 1, name: "x", ...>)
      assert inspect(%Point{}) == "%InspectTest.Point{x: 0, y: 0}"
      assert inspect(%Point{z: 1}) == "%InspectTest.Point{x: 0, y: 0, z: 1}"
      assert inspect(%Hidden{}) == "#InspectTest.Hidden<a: 1, ...>"
    end

    test "unknown structs are maps" do
      assert inspect(%{__struct__: NoSuchModule, a: 1}) == "%{__struct__: NoSuchModule, a: 1}"
      assert inspect(Map.put(%Plain{}, :b, 1)) == "%{__struct__: InspectTest.Plain, a: nil, b: 1}"
      assert inspect(%Point{}, structs: false) == "%{__struct__: InspectTest.Point, x: 0, y: 0, z: 0}"
    end

    test "a failing implementation is shown, or raises" do
      text = inspect(%Broken{a: 1})
      assert text =~ "#Inspect.Error<"
      assert text =~ "got RuntimeError with message"
      assert text =~ "cannot show it"
      assert text =~ "%{__struct__: InspectTest.Broken, a: 1}"
      assert_raise Inspect.Error, fn -> inspect(%Broken{a: 1}, safe: false) end
    end
  end

  describe "pretty" do
    test "collections of plain values fill lines, others have a line an element" do
      assert inspect(Enum.to_list(1..12), pretty: true, width: 20) ==
               "[1, 2, 3, 4, 5, 6,\n 7, 8, 9, 10, 11,\n 12]"

      assert inspect([[a: 1], [b: 2]], pretty: true, width: 10) == "[\n  [a: 1],\n  [b: 2]\n]"
      assert inspect({:ok, %{key: "value"}}, pretty: true, width: 15) == "{:ok,\n %{\n   key: \"value\"\n }}"
    end
  end

  describe "algebra" do
    test "groups break as a whole, flexible breaks one by one" do
      strict = group(glue(glue("a", "bb"), "ccc"))
      assert render(strict, 8) == "a bb ccc"
      assert render(strict, 7) == "a\nbb\nccc"
      assert render(group(flex_glue(flex_glue("a", "bb"), "ccc")), 5) == "a bb\nccc"
    end

    test "nesting indents what breaks" do
      doc = group(nest(glue("begin", glue("one", "two")), 2))
      assert render(doc, 10) == "begin\n  one\n  two"
      assert render(nest(glue("a", "b"), 3, :break) |> group(), 1) == "a\n   b"
      assert render(concat("ab ", nest(line("c", "d"), :cursor)), 80) == "ab c\n   d"
    end

    test "forced groups break, lines collapse" do
      assert render(group(force_unfit(glue("a", "b"))), 80) == "a\nb"
      doc = concat([collapse_lines(2), line(), line(), line(), "x"])
      assert render(doc, 80) == "\n\nx"
    end

    test "the next break fits" do
      inner = force_unfit(nest(concat(["[", break(""), "1"]), 2)) |> group()
      assert render(group(glue("long text", next_break_fits(inner))), 12) == "long text [\n  1"
    end

    test "colours have no width" do
      assert render(group(glue(color("abc", "\e[31m"), "d")), 5) == "\e[31mabc d"
    end

    test "what is no document is refused" do
      assert_raise FunctionClauseError, fn -> concat(:a, "b") end
      assert_raise FunctionClauseError, fn -> concat({}, "b") end
    end
  end
end
