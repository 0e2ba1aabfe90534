defmodule ExUnitDiffTest do
  # What a failed assertion shows of its two sides: `-text-` is marked. The expectations are what Elixir 1.18 shows.
  use ExUnit.Case, async: true

  alias ExUnit.Diff

  defmodule User do
    defstruct [:name, :age]
  end

  defp sides({diff, _env}), do: {show(diff.left), show(diff.right)}

  defp show(side) do
    side
    |> Diff.to_algebra(&Inspect.Algebra.concat(["-", &1, "-"]))
    |> Inspect.Algebra.format(80)
    |> IO.iodata_to_binary()
  end

  defp compare(left, right, operator \\ :==), do: sides(Diff.compute(left, right, operator))

  defmacrop match(left, right, pins \\ []) do
    left = ExUnit.Assertions.__expand_pattern__(left, __CALLER__)
    quote do: Diff.compute(unquote(Macro.escape(left)), unquote(right), {:match, unquote(pins)})
  end

  defp closure(term), do: fn -> term end

  test "lists are compared as far as the left one goes" do
    assert compare([1, 2, 3], [1, 4, 3]) == {"[1, -2-, 3]", "[1, -4-, 3]"}
    assert compare([1, 2], [1, 2, 3 | 4]) == {"[1, 2]", "[1, 2, -3- | -4-]"}
    assert compare([1, 2, 3, 4], [3, 4, 1, 2]) == {"[-1-, -2-, 3, 4]", "[3, 4, -1-, -2-]"}
    assert compare([[1, 2], 3], [[1], 3]) == {"[[1, -2-], 3]", "[[1], 3]"}
    assert compare(~c"abc", ~c"abd") == {~S(~c"ab-c-"), ~S(~c"ab-d-")}
  end

  test "a keyword list is a list of tuples" do
    assert compare([a: 1], b: 1) == {"[-a:- 1]", "[-b:- 1]"}
    assert compare([a: 1, b: 2], a: 1) == {"[{:a, 1}, -{:b, 2}-]", "[a: 1]"}
  end

  test "maps and structs by their keys" do
    assert compare(%{a: 1, b: 2}, %{a: 1, b: 3}) == {"%{a: 1, b: -2-}", "%{a: 1, b: -3-}"}
    assert compare(%{{1, 2} => 3, a: 1}, %{b: 1}) == {"%{-:a => 1-, -{1, 2} => 3-}", "%{-b: 1-}"}

    assert compare(%User{}, %{name: nil}) ==
             {"%-ExUnitDiffTest.User-{name: nil, -age: nil-}", "%{name: nil}"}
  end

  test "structs with a text of their own by that" do
    assert compare(~D[2020-01-01], ~D[2021-01-01]) == {"~D[202-0--01-01]", "~D[202-1--01-01]"}
    assert compare(1..2, 1..3) == {"1..-2-", "1..-3-"}
  end

  test "numbers and strings by their characters" do
    assert compare("hello", "hallo") == {~S("h-e-llo"), ~S("h-a-llo")}
    assert compare(123, 1234) == {"123", "123-4-"}
    assert compare(1, 1.0, :===) == {"-1-", "-1.0-"}
    assert {%Diff{equivalent?: true}, _} = Diff.compute(1, 1.0, :==)
    assert {_, %{hints: [:equivalent_but_different_strings]}} = Diff.compute("aaé", "aae\u0301", :==)
  end

  test "functions by what they close over" do
    {left, right} = compare(closure(1), closure(2))
    assert left =~ ~r"^#Function<\n  .*in ExUnitDiffTest.closure/1\n  \[-1-\]\n>$"
    assert right =~ "[-2-]"
  end

  test "a pattern is shown as it was written, with what does not match" do
    assert sides(match({:ok, _}, :error)) == {"-{:ok, _}-", "-:error-"}
    assert sides(match([x, x], [1, 2])) == {"[x, -x-]", "[1, -2-]"}
    assert sides(match([1 | _t], [2, 3])) == {"[-1- | _t]", "[-2-, 3]"}
    assert sides(match([1, 2 | []], [1, 2, 3])) == {"[1, 2 | -[]-]", "[1, 2, -3-]"}
    assert sides(match("a" <> _r, "bcd")) == {~S("-a-" <> _r), ~S("-b-cd")}
    assert sides(match(~D[2020-01-01], %{day: 1})) == {"-~D[2020-01-01]-", "%{day: 1}"}
    assert sides(match(%User{name: "a"}, %User{name: "b"})) ==
             {~S(%ExUnitDiffTest.User{name: "-a-"}), ~S(%ExUnitDiffTest.User{name: "-b-", age: nil})}
  end

  test "what only the value has is no difference in a match" do
    pins = [{{:y, nil}, 2}]

    assert sides(match({:ok, %{a: _, b: ^y}}, {:ok, %{a: 1, b: 3, c: 4}}, pins)) ==
             {"{:ok, %{a: _, b: -^y-}}", "{:ok, %{a: 1, b: -3-, c: 4}}"}
  end

  test "guards are marked part by part" do
    assert sides(match(x when x > 1 and is_integer(x), 0)) == {"x when -x > 1- and is_integer(x)", "0"}
    assert {%Diff{equivalent?: true}, %{current_vars: vars}} = match(x when x > 1 or is_atom(x), :a)
    assert Map.values(vars) == [:a]
  end
end
