defmodule TokenizerTest do
  use ExUnit.Case, async: true

  defp tokens(text, opts \\ []) do
    {:ok, _, _, _, tokens, _} = :elixir_tokenizer.tokenize(String.to_charlist(text), 1, opts)
    Enum.reverse(tokens)
  end

  test "names, operators and line ends" do
    assert tokens("foo(Bar.b) +\n  -a? # why\n|> %{c: 1}.d") == [
             {:paren_identifier, {1, 1, ~c"foo"}, :foo},
             {:"(", {1, 4, nil}},
             {:alias, {1, 5, ~c"Bar"}, :Bar},
             {:., {1, 8, nil}},
             {:identifier, {1, 9, ~c"b"}, :b},
             {:")", {1, 10, nil}},
             {:dual_op, {1, 12, nil}, :+},
             {:eol, {1, 13, 1}},
             {:dual_op, {2, 3, nil}, :-},
             {:identifier, {2, 4, ~c"a?"}, :a?},
             {:arrow_op, {3, 1, 1}, :|>},
             {:%{}, {3, 4, nil}},
             {:"{", {3, 4, nil}},
             {:kw_identifier, {3, 6, ~c"c"}, :c},
             {:int, {3, 9, 1}, ~c"1"},
             {:"}", {3, 10, nil}},
             {:., {3, 11, nil}},
             {:identifier, {3, 12, ~c"d"}, :d}
           ]
  end

  test "literals" do
    assert tokens("0x1F 1.5 ?\\n :a :\"b c\" 'd'") == [
             {:int, {1, 1, 31}, ~c"0x1F"},
             {:flt, {1, 6, 1.5}, ~c"1.5"},
             {:char, {1, 10, ~c"?\\n"}, ?\n},
             {:atom, {1, 14, ~c"a"}, :a},
             {:atom_quoted, {1, 17, ?"}, :"b c"},
             {:list_string, {1, 24, nil}, ["d"]}
           ]

    assert tokens(~S|"a#{b}c" ~r/d/i|) == [
             {:bin_string, {1, 1, nil}, ["a", {{1, 3, nil}, {1, 6, nil}, [{:identifier, {1, 5, ~c"b"}, :b}]}, "c"]},
             {:sigil, {1, 10, nil}, :sigil_r, ["d"], ~c"i", nil, "/"}
           ]

    assert tokens("\"\"\"\n  a\n  \"\"\"") == [{:bin_heredoc, {1, 1, nil}, 2, ["a\n"]}]
    assert tokens("Kernel.+(1)") |> Enum.at(2) == {:paren_identifier, {1, 8, ~c"+"}, :+}
    assert tokens("Foo.{A}") |> Enum.at(2) == {:"{", {1, 5, nil}}
  end

  test "where the text ends, comments and warnings" do
    test = self()
    preserve = fn line, column, before, comment, rest -> send(test, {line, column, before, comment, rest}) end

    assert {:ok, 3, 2, [], [{:identifier, {3, 1, ~c"b"}, :b} | _], []} =
             :elixir_tokenizer.tokenize(~c"a # one\nb", 2, 1, preserve_comments: preserve)

    assert_received {2, 3, [{:identifier, {2, 1, ~c"a"}, :a}], ~c"# one", ~c"\nb"}
    assert {:ok, 1, 4, [{{1, 1}, [_ | _]}], _, []} = :elixir_tokenizer.tokenize(~c"'a'", 1, [])
  end

  test "what is no text of Elixir" do
    assert {:error, {[line: 1, column: 4], ~c"unexpected token: ", ~c")"}, _, [], [{:identifier, {1, 1, ~c"foo"}, :foo}]} =
             :elixir_tokenizer.tokenize(~c"foo)", 1, [])

    assert tokens("[(", check_terminators: false) == ["[": {1, 1, nil}, "(": {1, 2, nil}]
    assert {:error, {[line: 1, column: 1], _, ~c"not_there_yet"}, _, _, []} =
             :elixir_tokenizer.tokenize(~c":not_there_yet", 1, existing_atoms_only: true)
  end

  test "tokens and quoted form of a text" do
    assert :elixir.string_to_tokens(~c"1 + b", 1, 1, "nofile", []) ==
             {:ok, [{:int, {1, 1, 1}, ~c"1"}, {:dual_op, {1, 3, nil}, :+}, {:identifier, {1, 5, ~c"b"}, :b}]}

    assert {:error, {meta, "missing terminator: )", ""}} = :elixir.string_to_tokens(~c"(1", 1, 1, "nofile", [])
    assert meta[:end_column] == 3
    assert :elixir.string_to_quoted!(~c"a", 7, 1, "nofile", []) == {:a, [line: 7], nil}
  end
end
