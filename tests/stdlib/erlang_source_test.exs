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

  defp tokens(text) do
    {:ok, tokens, _} = :erl_scan.string(String.to_charlist(text), {1, 1})
    tokens
  end

  defp parsed(text), do: :erl_parse.parse_exprs(tokens(text))

  describe "expressions" do
    test "are at the location of their first part, or of their operator" do
      assert parsed("X = m:f(1) + 2.") ==
               {:ok,
                [
                  {:match, {1, 1}, {:var, {1, 1}, :X},
                   {:op, {1, 12}, :+,
                    {:call, {1, 5}, {:remote, {1, 6}, {:atom, {1, 5}, :m}, {:atom, {1, 7}, :f}}, [{:integer, {1, 9}, 1}]},
                    {:integer, {1, 14}, 2}}}
                ]}

      assert {:ok, [{:cons, {1, 1}, _, {:cons, {1, 5}, _, {nil, {1, 6}}}}]} = parsed("[a, b].")
    end

    test "use records" do
      assert parsed("#r.a.") == {:ok, [{:record_index, {1, 1}, :r, {:atom, {1, 4}, :a}}]}
      assert parsed("X#r.a.") == {:ok, [{:record_field, {1, 2}, {:var, {1, 1}, :X}, :r, {:atom, {1, 5}, :a}}]}
      field = {:record_field, {1, 4}, {:atom, {1, 4}, :a}, {:integer, {1, 8}, 1}}
      assert parsed("#r{a = 1}.") == {:ok, [{:record, {1, 1}, :r, [field]}]}
    end

    test "try and receive" do
      assert {:ok, [{:try, {1, 1}, [_], [], [caught], [{:atom, _, :w}]}]} = parsed("try f() catch error:E:S -> x after w end.")

      assert {:clause, {1, 15}, [{:tuple, {1, 15}, [{:atom, {1, 15}, :error}, {:var, _, :E}, {:var, _, :S}]}], [], [_]} =
               caught

      assert {:ok, [{:receive, {1, 1}, [{:clause, _, [{:atom, _, :a}], [], [_]}], {:integer, _, 10}, [{:atom, _, :d}]}]} =
               parsed("receive a -> b after 10 -> d end.")

      assert {:ok, [{:receive, {1, 1}, [], {:integer, _, 0}, [_]}]} = parsed("receive after 0 -> d end.")
    end

    test "go through binaries, and name funs" do
      assert {:ok, [{:bc, {1, 1}, {:bin, _, _}, [{:b_generate, {1, 19}, {:bin, _, _}, {:var, _, :B}}]}]} =
               parsed("<< <<X>> || <<X>> <= B >>.")

      assert {:ok, [{:named_fun, {1, 1}, :F, [{:clause, {1, 5}, _, _, _}, {:clause, {1, 16}, _, _, _}]}]} =
               parsed("fun F(0) -> 1; F(N) -> F(N - 1) end.")

      assert {:ok, [{:fun, _, {:function, {:var, _, :M}, {:var, _, :F}, {:var, _, :A}}}]} = parsed("fun M:F/A.")
    end

    test "that end early, call what was called, or are no terms" do
      assert parsed("x") == {:error, {{1, 1}, :erl_parse, [~c"syntax error before: ", []]}}

      for {text, column, token} <- [{"f(X)(Y).", 5, "'('"}, {"f(a,).", 5, "')'"}, {"\#r{a=1,}.", 8, "'}'"}, {"\#{a, b}.", 4, "','"}], do:
        assert(parsed(text) == {:error, {{1, column}, :erl_parse, [~c"syntax error before: ", to_charlist(token)]}})

      assert :erl_parse.parse_term(tokens("1 + 2.")) == {:error, {{1, 1}, :erl_parse, ~c"bad term"}}
      assert :erl_parse.parse_term(tokens("a, b.")) == {:error, {{1, 4}, :erl_parse, ~c"bad term"}}
      assert :erl_parse.parse_term(tokens("{a, \"s\", [1|2]}.")) == {:ok, {:a, ~c"s", [1 | 2]}}
    end
  end

  test "forms are functions and attributes" do
    form = fn text -> :erl_parse.parse_form(tokens(text)) end
    assert form.("-module(m).") == {:ok, {:attribute, {1, 2}, :module, :m}}
    assert form.("-export([a/1, b/2]).") == {:ok, {:attribute, {1, 2}, :export, [a: 1, b: 2]}}
    assert {:ok, {:attribute, _, :record, {:r, [{:record_field, _, _}, {:record_field, _, _, _}]}}} = form.("-record(r, {a, b = 1}).")
    assert {:ok, {:function, {1, 1}, :f, 1, [{:clause, {1, 1}, _, _, _}, {:clause, {1, 12}, _, [[_]], _}]}} = form.("f(X) -> X; f(Y) when Y -> Y.")
    assert form.("f(X) -> X; g(Y) -> Y.") == {:error, {{1, 12}, :erl_parse, ~c"head mismatch"}}
    assert {:error, {{1, 9}, :erl_parse, message}} = form.("-module(1 + 2).")
    assert IO.chardata_to_string(:erl_parse.format_error(message)) == "bad module declaration"
  end

  test "locations of forms are mapped and folded" do
    form = {:op, 1, :+, {:integer, 1, 1}, {:call, 2, {:atom, 2, :f}, [{:var, 3, :X}]}}
    moved = {:op, 11, :+, {:integer, 11, 1}, {:call, 12, {:atom, 12, :f}, [{:var, 13, :X}]}}
    assert :erl_parse.map_anno(&(&1 + 10), form) == moved
    assert :erl_parse.fold_anno(&[&1 | &2], [], form) == [3, 2, 2, 1, 1]
    assert :erl_parse.mapfold_anno(&{&1 + 10, &2 + 1}, 0, form) == {moved, 5}
    assert :erl_parse.abstract([:a], line: 7) == {:cons, 7, {:atom, 7, :a}, {nil, 7}}
  end
end
