defmodule ExUnitTest do
  use ExUnit.Case, async: true

  import ExUnit.CaptureIO

  alias ExUnit.AssertionError

  # The report of an assertion that fails, its lines without their indentation.
  defmacrop failure(assertion) do
    quote do
      error = assert_raise(AssertionError, fn -> unquote(assertion) end)
      error |> Exception.message() |> String.trim() |> String.replace(~r/\n +/, "\n")
    end
  end

  describe "reports" do
    test "of operators show both sides" do
      one = 1
      assert failure(assert one + 1 == 3) == "Assertion with == failed\ncode:  assert one + 1 == 3\nleft:  2\nright: 3"
      assert failure(assert one < one) =~ "Assertion with < failed, both sides are exactly equal"
      assert failure(refute one in [1]) =~ "Refute with in failed"
    end

    test "of matches show pattern, value and pins" do
      x = 1

      assert failure(assert {:ok, ^x} = {:error, 2}) ==
               "match (=) failed\nThe following variables were pinned:\nx = 1\n" <>
                 "code:  assert {:ok, ^x} = {:error, 2}\nleft:  {:ok, ^x}\nright: {:error, 2}"

      assert failure(refute match?([_ | _], [1])) =~ "match (match?) succeeded, but should have failed"
    end

    test "of calls show arguments" do
      list = [1]
      text = failure(assert Enum.empty?(list))
      assert text =~ "Expected truthy, got false"
      assert text =~ "arguments:\n\n# 1\n[1]"
    end

    test "of messages show the mailbox" do
      send(self(), :other)
      text = failure(assert_receive({:wanted, _}, 0))
      assert text =~ "no matching message after 0ms\nShowing 1 of 1 message in the mailbox"
      assert text =~ "pattern: {:wanted, _}"
      assert text =~ "value:   :other"
    end

    test "of exceptions name what was raised instead" do
      assert failure(assert_raise(ArgumentError, fn -> raise "x" end)) =~
               "Expected exception ArgumentError but got RuntimeError (x)"

      assert failure(assert_raise(RuntimeError, "y", fn -> raise "x" end)) =~ "expected:\n\"y\"\nactual:\n\"x\""
    end
  end

  test "patterns bind their variables" do
    assert {:ok, value} = {:ok, 1}
    assert value == 1
    send(self(), {:n, 2})
    assert_receive {:n, n} when n > 1
    assert n == 2
    assert <<size, rest::binary-size(size)>> = <<1, ?a>>
    assert {size, rest} == {1, "a"}
  end

  describe "callbacks" do
    setup [:first, :second]

    setup %{second: second} do
      [third: second + 1]
    end

    defp first(_context), do: %{first: 1}
    defp second(%{first: first}), do: {:ok, second: first + 1}

    @tag wanted: true
    test "run in order and see tags", context do
      assert %{first: 1, second: 2, third: 3, wanted: true, describe: "callbacks", async: true} = context
    end
  end

  test "supervised children end with the test" do
    pid = start_supervised!({Agent, fn -> 1 end})
    assert Agent.get(pid, & &1) == 1
    assert stop_supervised(Agent) == :ok
    refute Process.alive?(pid)
    assert stop_supervised(Agent) == {:error, :not_found}
  end

  test "supervised children have the test among their callers" do
    test = self()
    start_supervised!({Task, fn -> send(test, {:callers, Process.get(:"$callers")}) end})
    assert_receive {:callers, [_ | _] = callers}
    assert List.last(callers) == test
  end

  test "output is captured by leader and by name" do
    assert capture_io("in", fn -> IO.write(IO.read(:eof) <> "!") end) == "in!"
    assert with_io(fn -> IO.write("x") end) == {:ok, "x"}
    assert capture_io(:stderr, fn -> IO.write(:stderr, "e") end) == "e"
  end

  test "filters choose by tag and line" do
    tests = for line <- [3, 9], do: %ExUnit.Test{tags: %{line: line, describe_line: nil, file: "/a/b_test.exs"}}
    [%{tags: first}, %{tags: second}] = tests
    eval = &ExUnit.Filters.eval(&1, &2, &3, tests)
    assert eval.([line: 5], [:test], Map.put(first, :test, :x)) == :ok
    assert eval.([line: 5], [:test], Map.put(second, :test, :x)) == {:excluded, "due to test filter"}
    assert eval.([], [], %{skip: "later"}) == {:skipped, "later"}
    assert eval.([], [os: "win"], %{os: :win}) == {:excluded, "due to os filter"}
    assert ExUnit.Filters.parse(["a", "b:1", "line:3"]) == [:a, {:b, "1"}, {:line, 3}]
  end
end
