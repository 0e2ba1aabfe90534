defmodule ErlangSourceTest do
  use ExUnit.Case, async: true

  describe "tokens" do
    test "are at lines, or at lines and columns" do
      assert :erl_scan.string(~c"a.\nb.") == {:ok, [{:atom, 1, :a}, {:dot, 1}, {:atom, 2, :b}, {:dot, 2}], 2}

      assert :erl_scan.string(~c"f(\"a\nb\", X).", {3, 5}) ==
               {:ok,
                [{:atom, {3, 5}, :f}, {:"(", {3, 6}}, {:string, {3, 7}, ~c"a\nb"}, {:",", {4, 3}}, {:var, {4, 5}, :X}] ++
                  [{:")", {4, 6}}, {:dot, {4, 7}}], {4, 8}}
    end

    test "keep their text, and what stands between them" do
      {:ok, tokens, {2, 3}} = :erl_scan.string(~c"16#ff % c\n .", {1, 1}, [:return, :text])

      assert tokens == [
               {:integer, [text: ~c"16#ff", location: {1, 1}], 255},
               {:white_space, [text: ~c" ", location: {1, 6}], ~c" "},
               {:comment, [text: ~c"% c", location: {1, 7}], ~c"% c"},
               {:white_space, [text: ~c"\n ", location: {1, 10}], ~c"\n "},
               {:dot, [text: ~c".", location: {2, 2}]}
             ]

      [integer | _] = tokens
      assert :erl_scan.text(integer) == ~c"16#ff"
      assert :erl_scan.column(integer) == 1
      assert :erl_scan.end_location(integer) == {1, 6}
      assert :erl_scan.column({:atom, 1, :a}) == :undefined
      assert :erl_scan.string(~c"a", 1, reserved_word_fun: &(&1 == :a)) == {:ok, [a: 1], 1}
    end

    test "that are none are told with where they are and end" do
      for {text, reason, from, to} <- [
            {~c"'abc", {:string, ?', ~c"abc"}, {1, 1}, {1, 5}},
            {~c"a $", :char, {1, 3}, {1, 4}},
            {~c"3#9", {:illegal, :integer}, {1, 1}, {1, 3}},
            {~c"37#1", {:base, 37}, {1, 1}, {1, 3}},
            {~c"1.0e400", {:illegal, :float}, {1, 1}, {1, 8}},
            {~c"\"\\x{110000}\"", {:illegal, :character}, {1, 2}, {1, 12}},
            {[?a, ?\s, 380], {:illegal, :character}, {1, 3}, {1, 4}}
          ],
          do: assert(:erl_scan.string(text, {1, 1}) == {:error, {from, :erl_scan, reason}, to})

      assert :erl_scan.format_error({:base, 37}) == ~c"illegal base '37'"
      assert :erl_scan.format_error({:string, ?', ~c"ab"}) == ~c"unterminated atom starting with 'ab'"
    end

    test "of a form are read piece by piece, a dot within a string is none" do
      assert {:more, more} = :erl_scan.tokens([], ~c"{\"a. b", 1)
      assert {:done, {:ok, tokens, 1}, ~c"rest"} = :erl_scan.tokens(more, ~c"\"}. rest", 1)
      assert tokens == [{:"{", 1}, {:string, 1, ~c"a. b"}, {:"}", 1}, {:dot, 1}]
      assert {:done, {:error, {1, :erl_scan, {:string, ?", ~c"a. b"}}, 1}, :eof} = :erl_scan.tokens(more, :eof, 1)
      assert :erl_scan.tokens([], :eof, 1) == {:done, {:eof, 1}, :eof}
    end
  end
end
