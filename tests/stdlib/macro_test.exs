defmodule MacroTest do
  use ExUnit.Case

  test "text of quoted code and back" do
    for code <- [
          "a + b * c",
          "(a + b) * c",
          "not (a and b)",
          "fn x, y -> x + y end",
          "%{a | b: 1}",
          "%Foo{a: 1}",
          "<<x::size(8)-binary, rest::bitstring>>",
          "&(&1 + 1)",
          "&Mod.fun/2",
          "a |> f() |> g(1)",
          "\"s\#{x}\"",
          "~r/a/i",
          "case x do\n  1 -> :a\n  n when n > 1 -> :b\nend",
          "if a do\n  b\nelse\n  c\nend",
          "@spec f(t) :: {:ok, t} when t: var",
          "f(1, a: 2)",
          "{:\"a b\", 1.5, ?a}",
          "x not in y",
          "1..10//2"
        ] do
      assert Macro.to_string(Code.string_to_quoted!(code)) == String.replace(code, "?a", "97")
    end
  end

  test "walks replace nodes in order" do
    ast = quote(do: f(1, 2 + 3))

    {_, down} = Macro.prewalk(ast, [], fn node, acc -> {node, [node | acc]} end)
    {_, up} = Macro.postwalk(ast, [], fn node, acc -> {node, [node | acc]} end)
    assert Enum.filter(Enum.reverse(down), &is_integer/1) == [1, 2, 3]
    assert hd(down) == 3
    assert hd(up) == ast
    assert Enum.to_list(Macro.prewalker(ast)) == Enum.reverse(down)
    assert Enum.to_list(Macro.postwalker(ast)) == Enum.reverse(up)
  end

  test "expansion stops at functions" do
    assert Macro.expand(quote(do: unless(a, do: b)), __ENV__) |> elem(0) == :case
    assert {:foo, _, [1]} = Macro.expand(quote(do: foo(1)), __ENV__)
    assert Macro.expand(quote(do: __MODULE__), __ENV__) == __MODULE__
    assert Macro.expand_literals(quote(do: {String, [Enum]}), __ENV__) == {String, [Enum]}
  end

  test "a sign belongs to integers alone: what else it is written before is a call" do
    assert Macro.expand(quote(do: -1), __ENV__) == -1
    assert {:-, _, [1.5]} = Macro.expand(quote(do: -1.5), __ENV__)

    assert_raise ArgumentError, "ranges (first..last) expect both sides to be integers, got: -0.5..3", fn ->
      Code.eval_string("-0.5..3")
    end
  end

  test "pipes refuse what is no call" do
    assert Macro.pipe(1, quote(do: f(2)), 1) |> Macro.to_string() == "f(2, 1)"
    assert_raise ArgumentError, ~r/cannot pipe 1 into \{2, 3, 4\}/, fn -> Macro.pipe(1, quote(do: {2, 3, 4}), 0) end
    assert_raise ArgumentError, ~r/into an anonymous function without calling/, fn -> Macro.pipe(1, quote(do: fn x -> x end), 0) end
  end

  test "validation finds the part that is wrong" do
    assert Macro.validate({:a, [], [1, {:b, [], nil}]}) == :ok
    assert Macro.validate([1, {:a, [], [%{}]}]) == {:error, %{}}
  end

  test "names" do
    assert Macro.underscore("HTTPServer") == "http_server"
    assert Macro.camelize("a_1b/c") == "A1b.C"
    assert Enum.map([:a, :"A b", Foo, :+, :foo?], &Macro.classify_atom/1) == [:identifier, :quoted, :alias, :unquoted, :identifier]
    assert Macro.inspect_atom(:key, :"a b") == "\"a b\":"
    assert Macro.inspect_atom(:remote_call, :"a b") == "\"a b\""
  end

  test "the formatter keeps comments, breaks long calls and is stable" do
    code = """
    # head
    defmodule A do
      # one
      def f(x),  do: x # trailing


      def g do
        call_with_a_long_name(argument_number_one, argument_number_two, argument_number_three, four: 4)
      end
    end
    """

    formatted = code |> Code.format_string!() |> IO.iodata_to_binary()

    assert formatted == """
           # head
           defmodule A do
             # one
             # trailing
             def f(x), do: x

             def g do
               call_with_a_long_name(argument_number_one, argument_number_two, argument_number_three,
                 four: 4
               )
             end
           end\
           """

    assert formatted |> Code.format_string!() |> IO.iodata_to_binary() == formatted
  end

  test "what is no environment gets Elixir's error" do
    assert_raise KeyError, ~r/key :module not found/, fn -> Macro.expand_once(quote(do: foo()), %{}) end
    assert_raise KeyError, ~r/key :module not found/, fn -> Macro.expand(quote(do: foo()), nil) end
    assert_raise FunctionClauseError, ~r"in :elixir.env_for_eval/1", fn -> Code.env_for_eval(:bad) end
  end

  describe "to_string/2" do
    defp written(quoted, fun \\ fn _node, text -> text end), do: apply(Macro, :to_string, [quoted, fun])

    test "writes every call with parentheses, and no empty lines" do
      quoted =
        quote do
          def f(x) do
            case x do
              1 -> :one
              n when n > 1 -> [n | x]
            end
          end
        end

      assert written(quoted) == """
             def(f(x)) do
               case(x) do
                 1 ->
                   :one
                 n when n > 1 ->
                   [n | x]
               end
             end\
             """
    end

    test "keeps operators, captures, sigils and interpolation" do
      for text <- ["(1 + 2) * -a", "a not in b", "&Foo.bar/1", "&(&1 + 1)", ~S(~r/a\/b/u), ~S("a#{b}c"), "a[:b].c()"] do
        assert written(Code.string_to_quoted!(text)) == text
      end
    end

    test "changes the text of every node" do
      assert written(quote(do: f(1, [2])), fn _node, text -> "<#{text}>" end) == "<f(<1>, <[<2>]>)>"
    end
  end

  def note(code, _options, env, prefix), do: "#{prefix} #{Macro.to_string(code)} on line #{env.line}"

  test "dbg is what the configuration says" do
    Application.put_env(:elixir, :dbg_callback, {__MODULE__, :note, ["saw"]})
    assert Code.eval_string("dbg(1 + 1)") == {"saw 1 + 1 on line 1", []}
  after
    Application.delete_env(:elixir, :dbg_callback)
  end

  test "an environment takes a require with a name, and an import of what a function lists" do
    {:ok, env} = Macro.Env.define_require(__ENV__, [line: 1], Lexicon.Large, as: Lexicon)
    assert Macro.Env.expand_alias(env, [], [:Lexicon]) == {:alias, Lexicon.Large}
    assert Macro.Env.required?(env, Lexicon.Large)

    lister = fn
      :functions -> [look: 1]
      :macros -> [word: 2]
    end

    {:ok, env} = Macro.Env.define_import(env, [line: 1], NotThere, info_callback: lister)
    assert Macro.Env.lookup_import(env, {:look, 1}) == [function: NotThere]
    assert Macro.Env.lookup_import(env, {:word, 2}) == [macro: NotThere]
  end

  test "the line of quoted code may be computed from that of the environment" do
    assert {:f, [line: line], []} = quote(line: __ENV__.line + 1, do: f())
    assert line == __ENV__.line
    # In the body of a module too.
    defmodule Numbered do
      Module.eval_quoted(__ENV__, quote(line: __ENV__.line + 10, do: def(line, do: __ENV__.line)))
      def base, do: __ENV__.line - 1
    end

    assert Numbered.line() == Numbered.base() + 10
  end

  test "escapes that a function allows" do
    all = fn
      kind when is_atom(kind) -> true
      char -> char
    end

    none = fn
      kind when is_atom(kind) -> false
      char -> char
    end

    assert Macro.unescape_string("a\\\nb\\\r\nc", all) == "abc"
    assert Macro.unescape_string("a\\\nb", none) == "a\\\nb"
    assert Macro.unescape_string("\\x41\\u0042\\u{43}\\q", all) == "ABCq"
    assert Macro.unescape_string("\\x41\\u0042\\u{43}\\q", none) == "\\x41\\u0042\\u{43}q"
    assert_raise ArgumentError, ~r/invalid hex escape character/, fn -> Macro.unescape_string("\\xZ", all) end
  end
end
