defmodule ErlangWarningsTest do
  # What Erlang's compiler says of a module: clauses that nothing reaches, results that nobody sees, calls that must fail.
  use ExUnit.Case

  # Line and column of each warning, with what stands before the advice in brackets.
  defp warnings(body) do
    code = "defmodule ErlangWarningsTest.Told do\n#{body}\nend"

    {_, diagnostics} = Code.with_diagnostics(fn -> Code.compile_string(code) end)
    :code.purge(ErlangWarningsTest.Told)
    :code.delete(ErlangWarningsTest.Told)

    for %{severity: :warning, message: message, position: position} <- diagnostics,
        message =~ ~r/cannot match|cannot possibly|ignored|no effect|will fail|will always fail|invalid function call/ do
      {position, message |> String.split(" (suppress") |> hd()}
    end
  end

  defp behind(line), do: "cannot match because a previous clause at line #{line} always matches"

  test "a clause of a case, fn, receive or else that an earlier one covers" do
    assert warnings("""
           def f(x) do
             case x do
               {:ok, _} -> 1
               {:ok, 1} -> 2
               _ -> 3
               :a -> 4
             end
           end

           def g(x) do
             {fn
                [1 | _] -> 1
                [1, 2] -> x
              end,
              with {:ok, a} <- x do
                a
              else
                _ -> 2
                :x -> 3
              end,
              try do
                x
              else
                y -> y
                1 -> 2
              end,
              receive do
                {:a, _} -> x
                {:a, 1} -> 2
              end}
           end
           """) == [
             {{5, 14}, "this clause #{behind(4)}"},
             {{7, 8}, "this clause #{behind(6)}"},
             {{14, 13}, "this clause #{behind(13)}"},
             {{20, 9}, "this clause #{behind(19)}"},
             {{26, 8}, "this clause #{behind(25)}"},
             {{30, 14}, "this clause #{behind(29)}"}
           ]
  end

  test "a clause of a function: with its name behind one that takes anything" do
    assert warnings("""
           def f({1, _}), do: 1
           def f({1, 2}), do: 2
           def f({_, _} = x) when x > 1, do: 3
           def f(x), do: x
           def f(:a), do: 4
           def f(:b), do: 5
           """) == [
             {{3, 5}, "this clause #{behind(2)}"},
             {{6, 5}, "this clause for f/1 #{behind(5)}"},
             {{7, 5}, "this clause for f/1 #{behind(5)}"}
           ]
  end

  test "a known value against patterns of other kinds" do
    assert warnings("""
           def f do
             x = 255
             y = "text"

             case {x, y} do
               {{_, _, _}, {}} -> 1
               {[_ | _], %{}} -> 2
               {z, _} -> z
             end
           end

           def g do
             x = 255

             case x do
               {_, _, _} -> 1
               _ -> 2
             end
           end
           """) == []
  end

  test "guards, equal variables, pinned ones, maps and strings leave something" do
    assert warnings("""
           def f(x) when is_atom(x), do: 1
           def f(x) when is_atom(x), do: 2
           def g(x, x), do: 1
           def g(1, 1), do: 2
           def h(%{}), do: 1
           def h(%{a: 1}), do: 2
           def i("a" <> _), do: 1
           def i("ab"), do: 2
           def j(x, y) do
             case x do
               ^y -> 1
               1 -> 2
             end
           end
           def k([_]), do: 1
           def k([_, _]), do: 2
           """) == []
  end

  test "a value that nobody sees" do
    assert warnings("""
           def f(x) do
             x + 1
             length(x)
             :math.sqrt(x)
             is_atom(x - 1)
             x === 2
             {x * 1, 1}
             if x, do: hd(x)
             x && x > 1
             &String.length/1
             self()
             _ = x + 2
             x
           end
           """) == [
             {{3, 5}, "the result of evaluating operator '+'/2 is ignored"},
             {{4, 3}, "the result of calling length/1 is ignored"},
             {{5, 9}, "the result of calling math:sqrt/1 is ignored"},
             {{6, 3}, "the call to is_atom/1 has no effect"},
             {{6, 13}, "the result of evaluating operator '-'/2 is ignored"},
             {{7, 5}, "use of operator === has no effect"},
             {{8, 6}, "the result of evaluating operator '*'/2 is ignored"},
             {{9, 13}, "the result of calling hd/1 is ignored"},
             {{10, 10}, "use of operator > has no effect"},
             {{11, 3}, "the result of fun construction is ignored"},
             {{12, 3}, "the call to self/0 has no effect"}
           ]
  end

  test "a value that is bound, given on or returned is seen" do
    assert warnings("""
           def f(x) do
             y = x + 1
             String.length(x <> "a")
             "\#{x + 2}"
             x.(x + 3)
             try do
               x + 4
             after
               x
             end
             fn -> x + 5 end
             y && x + 6
           end
           """) == []
  end

  test "a call of literals that must fail" do
    found =
      warnings("""
      def f, do: div(1, 0)
      def g, do: hd([])
      def h, do: elem({1}, 3)
      def i, do: String.to_integer("abc")
      def j, do: :math.log(0)
      def k, do: not 1
      def l, do: div(1, 1)
      """)

    assert found == [
             {{2, 12}, "evaluation of operator 'div'/2 will fail with a 'badarith' exception"},
             {{3, 12}, "the call to hd/1 will fail with a 'badarg' exception"},
             {{4, 12}, "the call to element/2 will fail with a 'badarg' exception"},
             {{5, 19}, "the call to binary_to_integer/1 will fail with a 'badarg' exception"},
             {{6, 18}, "the call to math:log/1 will fail with a 'badarith' exception"},
             {{7, 12}, "evaluation of operator 'not'/1 will fail with a 'badarg' exception"}
           ]
  end

  test "a call of what is known must fail: variables, parts of patterns, results of builtins" do
    found =
      warnings("""
      def f(x), do: (y = 0; div(x, 1) + div(1, y))
      def g, do: ({_, [a | _]} = {1, [:q]}; a + 1)
      def h, do: (a = length([]); 1 / a)
      def i, do: (case 0 do 1 -> hd([]); n -> div(1, n) end)
      def j(x), do: (with 1 <- x, a = [], do: hd(a))
      def k, do: (fn n -> div(1, n) end).(0)
      def l(x), do: (a = x; a = :b; fn -> a + x end; a + 1)
      def m(x), do: (a = 1; {a.b, a.c(), x})
      def n, do: 1.()
      def o(x), do: (if x, do: hd([x]), else: div(1, 2))
      """)

    assert found == [
             {{2, 35}, "evaluation of operator 'div'/2 will fail with a 'badarith' exception"},
             {{3, 41}, "evaluation of operator '+'/2 will fail with a 'badarith' exception"},
             {{4, 31}, "evaluation of operator '/'/2 will fail with a 'badarith' exception"},
             {{5, 41}, "evaluation of operator 'div'/2 will fail with a 'badarith' exception"},
             {{6, 41}, "the call to hd/1 will fail with a 'badarg' exception"},
             {{7, 21}, "evaluation of operator 'div'/2 will fail with a 'badarith' exception"},
             {{8, 50}, "evaluation of operator '+'/2 will fail with a 'badarith' exception"},
             {{9, 31}, "invalid module and/or function name; this call will always fail"},
             {{10, 13}, "invalid function call"}
           ]
  end

  test "of maps the reason says what is missing" do
    found =
      warnings("""
      def f, do: Map.fetch!(%{b: 1}, :a)
      def g, do: :maps.get("k", 1)
      def h, do: is_map_key([1, :B], :a)
      def i(x), do: Map.put(1, x, x)
      def j(x), do: (y = []; %{y | a: x})
      def k(x), do: %{%{a: 1} | a: x}
      """)

    assert found == [
             {{2, 16}, "the call to map_get/2 will fail with a '{badkey,a}' exception"},
             {{3, 18}, "the call to map_get/2 will fail with a '{badmap,1}' exception"},
             {{4, 12}, "the call to is_map_key/2 will fail with a '{badmap,[1,'B']}' exception"},
             {{5, 19}, "map update will fail with a 'badmap' exception"},
             {{6, 28}, "map update will fail with a 'badmap' exception"}
           ]
  end

  test "a binary of what does not fit" do
    found =
      warnings("""
      def f(x), do: <<x, :a>>
      def g(x), do: x <> %{}
      def h(x), do: <<x::size(-1)>>
      def i, do: (a = 0xD800; <<a::utf8>>)
      def j(x), do: (a = -1; <<x::size(a)>>)
      def k(x), do: <<[x]::binary>>
      def l(x), do: <<x::binary, 1::float, "s", (fn -> 1 end), %{a: x}::binary>>
      def m(x), do: (for <<a, b <- x>>, do: <<a::size(b)>>)
      def n, do: String.to_integer("1") <> Atom.to_string(:a) <> hd([1])
      """)

    assert found == [
             {{7, 15}, "binary construction will fail because of a type mismatch"},
             {{4, 15}, "binary construction will fail because of a type mismatch"},
             {3, "binary construction will fail because of a type mismatch"},
             {{2, 15}, "binary construction will fail because of a type mismatch"},
             {{5, 25},
              "binary construction will fail with a 'badarg' exception (invalid Unicode code point in a utf8/utf16/utf32 segment)"},
             {{6, 24}, "binary construction will fail because the size of a segment is invalid"}
           ]
  end

  test "what nobody gets to is not looked at; what `after` binds is lost" do
    assert warnings("""
           def f(x), do: (fn -> hd([]) end; _ = fn -> hd([]) end; x)
           def g, do: (case 1 do 2 -> hd([]); _ -> 1 end)
           def h, do: (if true, do: 1, else: div(1, 0))
           def i(x) do
             try do
               x
             after
               z = length(x)
             end
           end
           """) == [{{9, 9}, "the result of calling length/1 is ignored"}]
  end

  test "what a macro makes is told first, where the macro stands" do
    assert warnings("""
           def f(x) do
             x + 1
             is_nil(x)
             x
           end
           """) == [
             {4, "use of operator == has no effect"},
             {{3, 5}, "the result of evaluating operator '+'/2 is ignored"}
           ]
  end

  test "a call of literals that Elixir evaluates while compiling is its value" do
    fails = "evaluation of operator '+'/2 will fail with a 'badarith' exception"

    assert warnings("""
           def f, do: String.length("abc") + :a
           def g, do: MapSet.new([1]) + 1
           def h do
             case String.split("a") do
               [x] -> x + 1
             end
           end
           def i, do: Version.parse!("a") + 1
           def j(x), do: String.length(x) + 1
           """) == [{{2, 33}, fails}, {{3, 28}, fails}, {{6, 14}, fails}]
  end

  test "a number in a binary pattern that does not fit into its segment" do
    unfit = &"this clause cannot match because the value #{&1} will not fit in #{&2} binary segment of size #{&3}"

    assert warnings("""
           def f(<<2::1, _::7>>), do: 1
           def f(<<255, 1::1, -128::signed, 0::0>>), do: 1
           def f({<<128::signed>>, <<257>>}), do: 1
           def f(<<-1>>), do: 1
           def f(<<0x110000::utf8>>), do: 1
           def f(<<1::size(-1)>>), do: 1
           def f(<<n::4, 16::size(n)>>), do: 1
           def g(x), do: (for <<a, 2::1 <- x>>, do: a)
           def h(x), do: match?(<<"a", 256>>, x)
           """) == [
             {{2, 7}, unfit.(2, "an 'unsigned'", 1)},
             {{4, 8}, unfit.(128, "a 'signed'", 8)},
             {{5, 7},
              "this clause cannot match because the negative value -1 will never match the value of an 'unsigned' binary segment"},
             {{6, 7}, "this clause cannot match because the value 1114112 is not a valid Unicode code point"},
             {{7, 7}, "this clause cannot match because '-1' is not a valid size for a binary segment"},
             {{9, 20}, unfit.(2, "an 'unsigned'", 1)},
             {{10, 22}, unfit.(256, "an 'unsigned'", 8)}
           ]
  end

  test "of what a variable is bound to, only what has no form is told" do
    assert warnings("""
           def f(y) do
             a = String.to_integer("a")
             _ = g(fn -> length([1 | y]) + hd([]) end)
             ^y = (y == 1; tl([]))
             b = %{:c | d: 1}
             with e <- tl([]), do: {a, b, e}
           end

           def g(y) do
             [a] = g(tl([]))
             b = c = g(tl([]))
             for d <- tl([]), do: {a, b, c, d, y}
             with {:ok, e} <- tl([]), do: e
           end
           """) == [
             {{6, 12}, "map update will fail with a 'badmap' exception"},
             {{11, 11}, "the call to tl/1 will fail with a 'badarg' exception"},
             {{12, 13}, "the call to tl/1 will fail with a 'badarg' exception"},
             {{13, 12}, "the call to tl/1 will fail with a 'badarg' exception"},
             {{14, 20}, "the call to tl/1 will fail with a 'badarg' exception"}
           ]
  end

  test "outside of functions it tells of what no clause or call can take" do
    assert warnings("""
           x = 5

           [
             fn y -> %{[] | a: y} end,
             fn -> <<:a>> end,
             fn -> x.(1) end,
             fn -> 5.(1) end,
             fn -> x.foo() end,
             fn -> 1 + :a end,
             fn y -> case y do _ -> 1; 2 -> 3 end end
           ]
           """) == [
             {{6, 9}, "binary construction will fail because of a type mismatch"},
             {{5, 16}, "map update will fail with a 'badmap' exception"},
             {{7, 10}, "invalid function call"},
             {{8, 10}, "invalid function call"},
             {{9, 11}, "invalid module and/or function name; this call will always fail"}
           ]

    assert warnings("fn {} = [] -> 1 end") == [{{2, 12}, "pattern cannot possibly match"}]
  end

  defmodule Hooks do
    defmacro __before_compile__(_), do: clauses()
    defmacro __using__(_), do: clauses()

    defp clauses do
      quote do
        def f(x), do: x
        def f(y, z \\ 1), do: {y, z}
      end
    end
  end

  test "functions in the line of the module are taken for generated" do
    assert warnings("@before_compile ErlangWarningsTest.Hooks") == []
    assert warnings("use ErlangWarningsTest.Hooks") == [{2, "this clause for f/1 #{behind(2)}"}]
  end

  test "of what stands behind a pattern that a literal is too different for nothing is told" do
    assert warnings("""
           def f do
             for_map = case "a" do
               %{} = map -> %{map | a: 1}
               text -> text
             end

             for_tuple = case {1, 2} do
               {_} = other -> %{other | a: 1}
               pair -> pair
             end

             for_list = case :a do
               [_ | _] = list -> %{list | a: 1}
               {_, _} = pair -> %{pair | a: 1}
               {_, _, _} = triple -> %{triple | a: 1}
               atom -> %{atom | a: 1}
             end

             {for_map, for_tuple, for_list}
           end
           """) == [{{17, 20}, "map update will fail with a 'badmap' exception"}]
  end

  # In one line, and without columns.
  defp told(body), do: Enum.map(warnings("def f(x, y) do\n#{body}\nend"), fn {{line, _}, text} -> {line, text} end)

  test "a clause behind one that takes all of the data that is looked at is not compiled" do
    assert told("case {x, 1} do\n{z, 1} -> z + y\n_ -> abs(:a)\nend") == [{5, "this clause #{behind(4)}"}]
    assert told("z = {x, y}\ncase z do\n{_, _} -> 1\n_ -> abs(:a)\nend") == [{6, "this clause #{behind(5)}"}]
    assert told("case %{a: x} do\n_ -> y\nz -> length(z)\nend") == [{5, "this clause #{behind(4)}"}]
    assert told("case x == y do\ntrue -> 1\nfalse -> 2\n_ -> hd([])\nend") == []
  end

  test "the only clause of a case gives its value, whatever is looked at" do
    assert told("z = case x do\ny -> :a\nend\nz + 1") == [{6, "evaluation of operator '+'/2 will fail with a 'badarith' exception"}]
    assert told("length([x, y]) + :a") == [{3, "evaluation of operator '+'/2 will fail with a 'badarith' exception"}]
  end

  test "each of the values that are negated is looked at, unless something is decided by them" do
    fails = "evaluation of operator 'not'/1 will fail with a 'badarg' exception"
    assert told("not (case x do\n4 -> 5\n_ -> y\nend)") == [{3, fails}]
    assert told("not (x && 1)\ny") == [{3, "the result of evaluating operator 'not'/1 is ignored"}]
    assert told("if not 1, do: {x, y}") == []
    assert told("if not not 1, do: {x, y}") == [{3, fails}]
  end

  test "what is made before something that fails is seen by nobody" do
    assert told("{self(), exit({x, y})}") == [{3, "the call to self/0 has no effect"}]

    assert told("send(self(), <<nil::8>>)") == [
             {3, "binary construction will fail because of a type mismatch"},
             {3, "the call to self/0 has no effect"}
           ]
  end

  test "of what is bound little is told: behind else of a with, and at the end of after" do
    assert told("with 2 <- x do\ny\nelse\nz -> {z, hd([])}\nend") == []
    assert told("with 2 <- x do\ny\nelse\nz -> z.(1.())\nend") == [{6, "invalid function call"}]
    assert told("try do\nx.a\nafter\ny.(hd([]))\nend") == []
    assert told("z = 1.()\n{x, y, z}") == [{3, "invalid function call"}]
    assert told("%URI{host: x}.(y)") == []
  end
end
