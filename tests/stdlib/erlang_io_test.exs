defmodule ErlangIOTest do
  use ExUnit.Case, async: true

  test "reading by a format" do
    assert :io_lib.fread(~c"~d-~d", ~c"12-3 x") == {:ok, [12, 3], ~c" x"}
    assert :io_lib.fread(~c"~s ~f", ~c"pi 3.14") == {:ok, [~c"pi", 3.14], []}
    assert :io_lib.fread(~c"~d", ~c"x") == {:error, {:fread, :integer}}
    assert :io_lib.fread(~c"~u", ~c"16#ff") == {:ok, [16], ~c"#ff"}
    assert :io_lib.fread(~c"~16u", ~c"ffg") == {:ok, [255], ~c"g"}
    assert :io_lib.fread(~c"~4u", ~c"16#ff") == {:error, {:fread, :unsigned}}
  end

  test "terms and formats are read from a device" do
    {:ok, device} = StringIO.open("1 2 3\n{a, [1],\n \"x\"}. foo(.\nrest")
    assert :io.fread(device, ~c"", ~c"~d ~d") == {:ok, [1, 2]}
    assert :io.fread(device, ~c"", ~c"~d") == {:ok, [3]}
    assert :io.read(device, ~c"") == {:ok, {:a, [1], ~c"x"}}
    assert {:error, {_, :erl_parse, _}} = :io.read(device, ~c"")
  end

  test "characters that are not printed are written by three digits, names of functions as atoms" do
    assert :io_lib.write_char(3) == ~c"$\\003"
    assert :io_lib.write_string([3, 49]) == ~c"\"\\0031\""
    assert :io_lib.write_char(0x7F) == ~c"$\\d"
    assert :io_lib.write_char(?") == ~c"$\""
    assert :io_lib.write_char_as_latin1(0x3C0) == ~c"$\\x{3C0}"
    assert :io_lib.write_string_as_latin1(~c"π") == ~c"\"\\x{3C0}\""
    assert_raise ArgumentError, ~r/1st argument: not an atom/, fn -> :io_lib.write_atom([1]) end
    for wrong <- [-1, :a, ~c"x"], do: assert_raise(FunctionClauseError, fn -> :io_lib.write_char(wrong) end)
    assert_raise FunctionClauseError, fn -> :io_lib.write_latin1_char(0x3C0) end
    assert_raise FunctionClauseError, fn -> :io_lib.write_string("abc") end
    assert_raise FunctionClauseError, fn -> :io_lib.write_latin1_string(~c"π") end
    assert :erlang.fun_to_list(&URI.parse/1) == ~c"fun 'Elixir.URI':parse/1"
  end

  test "whether an atom is written in quotes is told from its characters" do
    assert :io_lib.quote_atom(:a, ~c"a") == false
    assert :io_lib.quote_atom(:A, ~c"A") == true
    assert :io_lib.quote_atom(:end, ~c"end") == true
    assert :io_lib.quote_atom("a", []) == true
  end

  test "reading by a format, piece by piece" do
    format = ~c"~d ~s"
    assert {:more, {^format, ~c"a 21", 0, []} = next} = :io_lib.fread([], ~c"12 a", format)
    assert :io_lib.fread(next, ~c"b\nx", format) == {:done, {:ok, [12, ~c"ab"]}, ~c"x"}
    assert :io_lib.fread(next, :eof, format) == {:done, {:ok, [12, ~c"a"]}, []}
    assert {:more, {~c"~s", [], 3, [12]} = next} = :io_lib.fread([], ~c"12\n", format)
    assert :io_lib.fread(next, :eof, format) == {:done, {:error, {:fread, :input}}, :eof}
    assert :io_lib.fread([], ~c"12 ab more\nrest", format) == {:done, {:ok, [12, ~c"ab"]}, ~c" more\nrest"}
    assert :io_lib.fread([], ~c"ab\n", format) == {:done, {:error, {:fread, :integer}}, []}
    assert :io_lib.fread([], :eof, format) == {:done, :eof, :eof}
    assert :io_lib.fread(~c"~16u", ~c"ffz") == {:ok, [255], ~c"z"}
    assert :io_lib.fread(~c"~3c", ~c"ab") == {:error, {:fread, :character}}
    {:ok, device} = StringIO.open("1 2\n3")
    assert [:io.fread(device, ~c"", ~c"~d ~d"), :io.fread(device, ~c"", ~c"~d"), :io.fread(device, ~c"", ~c"~d")] ==
             [{:ok, [1, 2]}, {:ok, [3]}, :eof]
  end

  describe "a limit of characters" do
    defp limited(format, args, limit), do: IO.chardata_to_string(:io_lib.format(format, args, chars_limit: limit))

    test "is filled with as much of a term as there is room for" do
      numbers = Enum.to_list(1..100)
      assert limited(~c"~p", [numbers], 0) == "..."
      assert limited(~c"~p", [numbers], 5) == "[...]"
      assert limited(~c"~w", [numbers], 20) == "[1,2,3,4,5,6,7,8|...]"
      assert limited(~c"~p", [{:a, {:b, {:c, {:d, numbers}}}}], 20) == "{a,{b,{c,{d,[...]}}}}"
      assert limited(~c"~p", [%{a: %{b: numbers}, c: {:tag, numbers}}], 30) == "\#{a => \#{b => [...]},c => {tag,...}}"
      assert limited(~c"~p", [[1 | :end]], 3) == "[...]"
      assert limited(~c"~p", [numbers], 120) =~ ~r/\A\[1,2,.*28,\n 29,.*\|\.\.\.\]\z/s
    end

    test "cuts strings and binaries" do
      text = String.duplicate("abc ", 20)
      assert limited(~c"~p", [String.to_charlist(text)], 15) == ~S("abc abc abc a"...)
      assert limited(~c"~p", [text], 20) == ~S(<<"abc abc abc "...>>)
      assert limited(~c"~p", [<<1::300>>], 20) == "<<0,0,0,0,0,0,0,...>>"
      assert limited(~c"~ts", [text], 10) == "abc abc..."
      assert limited(~c"~20s", [text], 10) == "abc abc..."
      assert limited(~c"~ts", ["abc"], 2) == "abc"
    end

    test "is shared by all arguments, after the text between them" do
      numbers = Enum.to_list(1..100)
      assert limited(~c"x ~s, ~w y ~w", ["a long text that is cut", numbers, numbers], 40) == "x a long t..., [1,2,3|...] y [1,2,3|...]"
      assert limited(~c"~p and ~p", [:short, numbers], 30) == "short and [1,2,3,4,5,6,7,8|...]"
    end

    test "is an option of other functions too" do
      numbers = Enum.to_list(1..100)
      assert to_string(:io_lib.write(numbers, chars_limit: 10)) == "[1,2,3|...]"
      assert to_string(:io_lib.write(numbers, chars_limit: 0)) == "..."
      scanned = :io_lib.scan_format(~c"~w", [numbers])
      assert to_string(:io_lib.build_text(scanned, chars_limit: 10)) == "[1,2,3|...]"
    end
  end

  test "a depth shows of a binary what can be shown" do
    assert to_string(:io_lib.format(~c"~P", ["abcdef" <> <<0, 1, 2, 3, 4>>, 3])) == ~S(<<"abcdef"...>>)
    assert to_string(:io_lib.format(~c"~P", [<<0, 1, 2, 3, 4>>, 3])) == "<<0,1,...>>"
  end

  test "the numbers of a binary fill a line" do
    assert to_string(:io_lib.format(~c"~p", [<<1::300>>])) == "<<" <> String.duplicate("0,", 37) <> "1:4>>"
  end

  describe "expressions and forms that a device has" do
    defp reading(text, fun) do
      {:ok, device} = StringIO.open(text)
      {fun.(device), elem(StringIO.contents(device), 0)}
    end

    test "are read to their dot" do
      assert reading("f(X) -> X.\nrest", &:io.parse_erl_form(&1, ~c"> ")) ==
               {{:ok, {:function, 1, :f, 1, [{:clause, 1, [{:var, 1, :X}], [], [{:var, 1, :X}]}]}, 2}, "rest"}

      assert {{:ok, {:attribute, 5, :module, :a}, 6}, ""} = reading("-module(a).\n", &:io.parse_erl_form(&1, "", 5))
      assert {{:eof, 1}, ""} = reading("", &:io.parse_erl_form(&1, ""))
      assert {{:ok, [{:integer, 1, 1}], 2}, "2."} = reading("1.\n2.", &:io.parse_erl_exprs(&1, "", 1, []))
      assert {{:error, {1, :erl_parse, _}, 2}, ""} = reading("f( ->.\n", &:io.parse_erl_form(&1, ""))
      assert {{:ok, tokens, 3}, ""} = reading("a\n b.\n", &:io.scan_erl_form(&1, "", 1, [:return]))
      assert {:white_space, 1, ~c"\n "} in tokens
      assert {{:ok, {:a}, 2}, "c"} = reading("{a}.\nc", &:io.read(&1, "", 1, []))
    end

    test "columns and widths that are no small numbers" do
      assert to_string(:io_lib.print([1, 2], -4_611_686_018_427_387_905, 4_611_686_018_427_387_905, -1)) == "[1,2]"
      assert to_string(:io_lib.print([100, 300], 1, 5.5, -1)) == "[100,\n 300]"
      assert_raise FunctionClauseError, fn -> :io_lib.print("a", :x, 80, -1) end
      assert_raise ArithmeticError, fn -> :io_lib.print([1], 1, :x, -1) end
    end

    test "requests are made as they are given" do
      {:ok, device} = StringIO.open("one\ntwo\n")
      assert :io.request(device, {:write, {:a}}) == :ok
      assert :io.request(device, {:format, ~c"~p~n", [1]}) == :ok
      assert :io.requests(device, [{:put_chars, :unicode, "é"}, :nl, {:get_line, ""}]) == "one\n"
      assert :io.request(device, {:get_chars, "", 2}) == "tw"
      assert :io.request(device, :foo) == {:error, :request}
      assert StringIO.contents(device) == {"o\n", "{a}1\né\n"}
    end

    test "a device of one's own takes what it reads apart" do
      assert :io_lib.collect_chars(:start, "abc", 2) == {:stop, "ab", "c"}
      assert {:binary, ["a"], 1} = state = :io_lib.collect_chars(:start, "a", 2)
      assert :io_lib.collect_chars(state, "bc", 2) == {:stop, "ab", "c"}
      assert :io_lib.collect_chars(:start, "é", :unicode, 1) == {:stop, "é", :eof}
      assert :io_lib.collect_chars(:start, ~c"abc", :latin1, 2) == {:stop, ~c"ab", ~c"c"}
      assert :io_lib.collect_line(:start, "ab\ncd", :unicode, []) == {:stop, "ab\n", "cd"}
      assert :start |> :io_lib.collect_line("a", :unicode, []) |> :io_lib.collect_line("b\n", :unicode, []) == {:stop, "ab\n", ""}
      assert :io_lib.collect_line(:start, :eof, :unicode, []) == {:stop, :eof, :eof}
      assert {:stop, {:ok, [{:atom, 1, :a}, {:dot, 1}], 2}, _} = :io_lib.get_until(:start, "a.\n", :unicode, {:erl_scan, :tokens, [1]})
      assert IO.chardata_to_string(:io_lib.format_prompt({:format, ~c"~p> ", [1]})) == "1> "
    end
  end
end
