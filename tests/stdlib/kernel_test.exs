defmodule KernelTest.Guards do
  defguard is_even(n) when is_integer(n) and rem(n, 2) == 0
  defguardp is_small(n) when n in 0..9

  def kind(n) when is_even(n) and is_small(n), do: :small_even
  def kind(n) when is_even(n), do: :even
  def kind(_), do: :other

  def evaluated_once(fun), do: is_even(fun.())
end

defmodule KernelTest.Point do
  @enforce_keys [:x]
  defstruct [:x, y: 0]
end

defmodule KernelTest do
  use ExUnit.Case, async: true
  import ExUnit.CaptureIO
  require KernelTest.Guards
  alias KernelTest.Point

  test "if, unless and the falsy values" do
    assert Enum.map([nil, false, 0, ""], &if(&1, do: :yes, else: :no)) == [:no, :no, :yes, :yes]
    assert unless(nil, do: 1) == 1
    assert if(false, do: 1) == nil
    assert (nil || 2) == 2
    assert (false && raise("not run")) == false
    assert !!0 == true
  end

  test "and, or and not take booleans only" do
    assert_raise BadBooleanError, "expected a boolean on left-side of \"and\", got: nil", fn ->
      Process.get(:missing) and true
    end

    assert (true and :anything) == :anything
    assert_raise ArgumentError, fn -> not Process.get(:missing) end
  end

  test "in takes lists, ranges with steps and anything enumerable" do
    x = Enum.random([5])
    assert x in 1..9//2
    refute x in 1..9//3
    assert x in [1, x]
    assert {:a, 1} in %{a: 1}
    assert x not in 6..1//-2
  end

  test "the operand of in is evaluated once" do
    assert capture_io(fn -> assert IO.puts("once") in [:ok, :error] end) == "once\n"
  end

  test "<> builds and takes apart" do
    "ab" <> rest = "abcd"
    assert rest == "cd"

    assert {%ArgumentError{message: message}, _} = expansion_error("x <> \"b\" = \"ab\"")
    assert message =~ "the left operand of <> has unknown size"
  end

  test "raise takes messages, modules, exceptions and nothing else" do
    assert_raise RuntimeError, "m", fn -> raise "m" end
    assert_raise ArgumentError, "argument error", fn -> raise ArgumentError end
    assert_raise KeyError, fn -> raise %KeyError{key: 1} end

    assert_raise ArgumentError, ~r/expect a module name, string or exception/, fn ->
      raise Enum.random([{:no, :exception}])
    end
  end

  test "guards made with defguard work inside and outside guards" do
    alias KernelTest.Guards
    assert Enum.map([4, 40, 3, 4.0], &Guards.kind/1) == [:small_even, :even, :other, :other]

    assert capture_io(fn ->
             assert Guards.evaluated_once(fn ->
                      IO.write("called")
                      2
                    end)
           end) == "called"
  end

  test "structs check their keys" do
    assert struct(Point, x: 1, z: 2) == struct!(Point, x: 1)
    assert_raise KeyError, fn -> struct!(Point, x: 1, z: 2) end
    assert_raise ArgumentError, ~r/the following keys must also be given .* \[:x\]/, fn -> struct!(Point, y: 1) end
  end

  test "paths read, put, update and pop" do
    data = %{user: %{langs: [%{n: "a"}, %{n: "b"}]}, opts: [k: 1]}
    assert put_in(data.opts[:k], 2).opts == [k: 2]
    assert update_in(data, [:user, :langs, Access.all(), :n], &String.upcase/1).user.langs == [%{n: "A"}, %{n: "B"}]
    assert {1, %{opts: []}} = pop_in(data.opts[:k])
    assert get_in(data.user.langs) == data.user.langs
    assert {["a", "b"], _} = get_and_update_in(data, [:user, :langs, Access.all(), :n], &{&1, nil})
    assert get_in(data, [:missing, :deeper]) == nil
  end

  test "destructure fills up and cuts off" do
    destructure([a, b, c], [1, 2])
    assert {a, b, c} == {1, 2, nil}
    destructure([d], [1, 2])
    assert d == 1
  end

  test "sigils" do
    assert ~w(a b)a == [:a, :b]
    assert ~s(a\n#{1 + 1}) == "a\n2"
    assert ~S(a\n#{x}) == "a\\n\#{x}"
    assert ~c"é" == [233]
    assert ~D[2024-02-29].day == 29

    assert {%ArgumentError{message: message}, _} = expansion_error("~D[2024-02-30]")
    assert message == "cannot parse \"2024-02-30\" as Date for Calendar.ISO, reason: :invalid_date"
  end

  test "a struct that is updated with an unknown field is named" do
    assert_raise KeyError, "key :a not found in: ~r/b/", fn -> struct!(~r/b/, a: 1) end
  end

  test "what cannot be overridden" do
    assert {%ArgumentError{message: message}, _} =
             expansion_error("defmodule Nowhere1 do\n defoverridable Nowhere.Behaviour\nend")

    assert message ==
             "cannot pass module Nowhere.Behaviour as argument to defoverridable/1 because it was not defined"

    assert {%ArgumentError{message: message}, _} =
             expansion_error("defmodule Nowhere2 do\n Module.make_overridable(__MODULE__, [{:foo, 256}])\nend")

    assert message ==
             "each element in tuple list has to be a {function_name :: atom, arity :: 0..255} tuple, got: {:foo, 256}"
  end

  test "powers of integers are exact" do
    assert 3 ** 41 == 36_472_996_377_170_786_403
    assert 2 ** -1 == 0.5
  end

  test "dbg prints the steps of a pipeline and returns its value" do
    output =
      capture_io(fn ->
        assert [1, 2] |> Enum.map(&(&1 * 2)) |> Enum.sum() |> dbg(syntax_colors: [], print_location: false) == 6
      end)

    assert output == "[1, 2] #=> [1, 2]\n|> Enum.map(&(&1 * 2)) #=> [2, 4]\n|> Enum.sum() #=> 6\n\n"
  end

  defp expansion_error(code) do
    Code.eval_string(code)
  rescue
    error -> {error, __STACKTRACE__}
  end

  test "a segment that is written as a list, a tuple or an atom is refused without more words" do
    for {make, message} <- [
          {fn -> <<[1]::binary>> end, "argument error"},
          {fn -> <<0, {1, 2}::binary>> end, "argument error"},
          {fn -> <<:a::integer>> end, "argument error"},
          {fn -> <<one_in_list()::binary>> end,
           "construction of binary failed: segment 1 of type 'binary': expected a binary but got: [1]"}
        ] do
      assert_raise ArgumentError, message, make
    end
  end

  defp one_in_list, do: [1]

  test "the stack of a missing key names the function that Erlang's compiler calls" do
    try do
      Map.fetch!(%{}, :a)
    rescue
      KeyError -> assert [{:erlang, :map_get, [:a, %{}], _} | _] = __STACKTRACE__
    end
  end

  test "a range that descends by its bounds is warned of by its place alone, without the line of source" do
    source = "defmodule KernelTest.Descending do\n  def range, do: 3..1\nend"
    warned = capture_io(:stderr, fn -> Code.eval_string(source, [], file: "descending.ex") end)
    :code.delete(KernelTest.Descending)

    assert warned =~ ~r"\Awarning: 3\.\.1 has a default step of -1, please write 3\.\.1//-1 instead\n  descending\.ex:2: KernelTest\.Descending\.range/0\n"
  end
end
