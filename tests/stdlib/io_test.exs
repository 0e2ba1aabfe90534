defmodule IOTest do
  use ExUnit.Case, async: true

  import ExUnit.CaptureIO

  test "devices in memory read lines, characters and all the rest" do
    {:ok, io} = StringIO.open("one\r\ntwo\néxyz")
    assert IO.gets(io, "> ") == "one\n"
    assert IO.read(io, :line) == "two\n"
    assert IO.read(io, 2) == "éx"
    assert IO.getn(io, "", :eof) == "yz"
    assert IO.read(io, :line) == :eof
    assert StringIO.contents(io) == {"", ""}
  end

  test "a device can keep its prompts" do
    {:ok, io} = StringIO.open("a\nb", capture_prompt: true)
    assert IO.gets(io, "? ") == "a\n"
    assert StringIO.contents(io) == {"b", "? "}
  end

  test "Latin-1 devices translate" do
    {:ok, io} = StringIO.open("", encoding: :latin1)
    IO.write(io, "é")
    assert StringIO.contents(io) == {"", <<233>>}
    assert_raise ErlangError, fn -> IO.write(io, "日") end
  end

  test "the same request in several forms" do
    {:ok, io} = StringIO.open("")
    requests = [{:put_chars, :unicode, "a"}, {:put_chars, "b"}, {:put_chars, :unicode, String, :upcase, ["c"]}]
    assert :io.request(io, {:requests, requests}) == :ok
    assert :io.request(io, :no_such) == {:error, :request}
    assert StringIO.flush(io) == "abC"
  end

  test "streams of lines, characters and bytes" do
    {:ok, io} = StringIO.open("a\nb\n")
    assert io |> IO.stream(:line) |> Enum.map(&String.trim/1) == ["a", "b"]
    {:ok, io} = StringIO.open("abc")
    assert io |> IO.binstream(2) |> Enum.to_list() == ["ab", "c"]
    {:ok, io} = StringIO.open("")
    Enum.into(["x", "y"], IO.stream(io, :line))
    assert StringIO.contents(io) == {"", "xy"}
  end

  test "inspect prints with a label and returns the term" do
    assert capture_io(fn -> assert IO.inspect({1, "a"}, label: "x") == {1, "a"} end) == "x: {1, \"a\"}\n"
  end

  test "errors name what is wrong" do
    assert_raise ArgumentError, ~r/the device does not exist/, fn -> IO.puts(:no_such_device, "x") end
    assert_raise ArgumentError, ~r/not valid character data/, fn -> IO.write([:a]) end
    {:ok, io} = StringIO.open("")
    StringIO.close(io)
    assert_raise ErlangError, "Erlang error: :terminated", fn -> IO.write(io, "x") end

    told =
      try do
        IO.write(io, "x")
      catch
        kind, reason -> Exception.format_banner(kind, reason, __STACKTRACE__)
      end

    assert told =~ ~r/Erlang error: :terminated:\n\n  \* 1st argument: the device has terminated/
  end

  test "sequences by name" do
    assert IO.ANSI.format([:red, "a", [:bright, ?b]], true) |> IO.iodata_to_binary() == "\e[31ma\e[1mb\e[0m"
    assert IO.ANSI.format_fragment([:red, "a"], false) |> IO.iodata_to_binary() == "a"
    assert_raise ArgumentError, ~r/invalid ANSI sequence/, fn -> IO.ANSI.format([:nope], true) end
  end

  test "warnings go to standard error" do
    assert capture_io(:stderr, fn -> IO.warn("careful", []) end) =~ "warning: careful"
  end

  test "a warning tells who called" do
    assert capture_io(:stderr, fn -> [IO.warn("careful")] end) =~
             ~r/warning: careful\n  .*io_test\.exs:\d+: anonymous fn\/0 in IOTest/
  end

  defmodule Deprecated do
    def range(n), do: Enum.to_list(1..n)
    def again(n), do: [n | Enum.to_list(Range.new(1, n))]
    def unit(unit), do: System.convert_time_unit(1000, unit, :second)
    def field(value), do: [value.name]
    def call(value), do: [value.name()]
    def name, do: :called
  end

  test "what is deprecated is told of once to each caller, and still works" do
    warned = fn calls -> capture_io(:stderr, fn -> Enum.each(calls, & &1.()) end) |> String.split("\n\n", trim: true) end

    assert [range, new] =
             warned.([
               fn -> assert Deprecated.range(0) == [1, 0] end,
               fn -> assert Deprecated.range(-1) == [1, 0, -1] end,
               fn -> assert Deprecated.again(0) == [0, 1, 0] end,
               fn -> assert Deprecated.range(0) == [1, 0] end
             ])

    assert range =~ ~r/^warning: Range.new\/2 and first..last default to a step of -1 .*\n  .*io_test.exs:\d+: IOTest.Deprecated.range\/1/
    assert new =~ ~r/\n  .*io_test.exs:\d+: IOTest.Deprecated.again\/1/

    for unit <- [:seconds, :milliseconds] do
      convert = fn -> [Deprecated.unit(unit)] end
      assert [told] = warned.([convert, convert])
      assert told =~ "warning: deprecated time unit: #{inspect(unit)}. A time unit should be :second, "
    end

    field = fn value -> assert Deprecated.field(value) == [:called] end
    assert [told] = warned.([fn -> field.(Deprecated) end, fn -> field.(%{name: :called}) end, fn -> field.(Deprecated) end])

    assert told =~
             "warning: using map.field notation (without parentheses) to invoke function IOTest.Deprecated.name() is deprecated, " <>
               "you must add parentheses instead: remote.function()\n"

    assert told =~ ~r/\n  .*io_test.exs:\d+: IOTest.Deprecated.field\/1/

    call = fn value -> assert Deprecated.call(value) == [:called] end
    assert [told] = warned.([fn -> call.(%{name: :called}) end, fn -> call.(Deprecated) end, fn -> call.(%{name: :called}) end])

    assert told =~
             "warning: using module.function() notation (with parentheses) to fetch map field :name is deprecated, " <>
               "you must remove the parentheses: map.field\n"

    for value <- [nil, true, false, 1] do
      assert_raise KeyError, fn -> Deprecated.field(value) end
    end
  end

  test "a form of Erlang is read up to its dot, over several lines" do
    {:ok, device} = StringIO.open("a(1,\n X).\nb.", capture_prompt: true)
    assert {:ok, [{:atom, 1, :a}, _, {:integer, 1, 1}, _, {:var, 2, :X}, _, {:dot, 2}], 3} = :io.scan_erl_form(device, ~c">")
    assert {:ok, [{:atom, 3, :b}, {:dot, 3}], 3} = :io.scan_erl_form(device, ~c">", 3)
    assert :io.scan_erl_form(device, ~c">", 4) == {:eof, 4}
  end
end
