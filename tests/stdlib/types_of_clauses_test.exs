Code.require_file("../support/types_case.exs", __DIR__)

defmodule TypesOfClausesTest do
  # What the compiler says of types, word for word as Elixir 1.18 says it: `elixir` runs this file too.
  use TypesCase

  describe "clauses and patterns" do
    test "a clause of a case" do
      assert said(~S"""
             defmodule A do
               def f do
                 x = {:ok, 1}

                 case x do
                   {:ok, y} -> y
                   {:error, _} -> 2
                 end
               end
             end
             """) == ~S"""
             warning: the following clause will never match:

                 {:error, _}

             because it attempts to match on the result of:

                 x

             which has type:

                 {:ok, integer()}

             └─ a.ex:7: A.f/0

             """
    end

    test "a condition that is always the same" do
      assert said(~S"""
             defmodule A do
               def f do
                 x = true
                 if not x, do: 1
               end
             end
             """) == ~S"""
             warning: the following conditional expression will always evaluate to false:

                 not x

             where "x" was given the type:

                 # type: true
                 # from: a.ex:3:7
                 x = true

             └─ a.ex:4: A.f/0

             """
    end

    test "a condition of a cond" do
      assert said(~S"""
             defmodule A do
               def f(x) do
                 y = if x, do: 1, else: "a"

                 cond do
                   y -> :a
                   true -> :b
                 end
               end
             end
             """) == ~S"""
             warning: this clause in cond will always match:

                 y

             since it has type:

                 dynamic(binary() or integer())

             where "y" was given the type:

                 # type: dynamic(binary() or integer())
                 # from: a.ex:3:7
                 y =
                   case x do
                     x when x === false or x === nil -> "a"
                     _ -> 1
                   end

             └─ a.ex:6:9: A.f/1

             """
    end

    test "a match" do
      assert said(~S"""
             defmodule A do
               def f do
                 x = "a"
                 %{} = x
               end
             end
             """) == ~S"""
             warning: the following pattern will never match:

                 %{} = x

             because the right-hand side has type:

                 binary()

             where "x" was given the type:

                 # type: binary()
                 # from: a.ex:3:7
                 x = "a"

             └─ a.ex:4:9: A.f/0

             """
    end

    test "a variable that stands in two places" do
      assert said(~S"""
             defmodule A do
               def f(x = "a", x = 1), do: x
             end
             """) == ~S"""
             warning: incompatible types assigned to "x":

                 integer() !~ binary()

             where "x" was given the types:

                 # type: binary()
                 # from: a.ex:2:11
                 x = "a"

                 # type: integer()
                 # from: a.ex:2:20
                 x = 1

             └─ a.ex:2:9: A.f/2

             """
    end

    test "a clause of a rescue names the type of its variable" do
      assert said(~S"""
             defmodule A do
               def f(x) do
                 x.()
               rescue
                 e in [ArgumentError] -> e.foo
               end
             end
             """) == ~S"""
             warning: unknown key .foo in expression:

                 e.foo

             the given type does not have the given key:

                 dynamic(%ArgumentError{__exception__: true, message: term()})

             where "e" was given the type:

                 # type: dynamic(%ArgumentError{__exception__: true})
                 # from: a.ex:5:7
                 rescue e in [ArgumentError] ->

             └─ a.ex:5:31: A.f/1

             """
    end

    test "the time that a receive waits" do
      assert said(~S"""
             defmodule A do
               def f do
                 receive do
                   x -> x
                 after
                   "a" -> 1
                 end
               end
             end
             """) == ~S"""
             warning: expected "after" timeout given to receive to be an integer:

                 "a"

             but got type:

                 binary()

             └─ a.ex:6:11: A.f/0

             """
    end

    test "the else of a try" do
      assert said(~S"""
             defmodule A do
               def f(x) do
                 try do
                   :ok
                 else
                   "a" -> x
                   :ok -> 2
                 end
               end
             end
             """) == ~S"""
             warning: "else" shouldn't be used as the only clause in "try", use "case" instead
             └─ a.ex:3:5

             warning: the following clause will never match:

                 "a"

             it attempts to match on the result of the try do-block which has incompatible type:

                 :ok

             └─ a.ex:6: A.f/1

             """
    end

    test "what a binary generator goes through" do
      assert said(~S"""
             defmodule A do
               def f do
                 x = :a
                 for <<y <- x>>, do: y
               end
             end
             """) == ~S"""
             warning: expected the right side of <- in a binary generator to be a binary:

                 x

             but got type:

                 :a

             where "x" was given the type:

                 # type: :a
                 # from: a.ex:3:7
                 x = :a

             └─ a.ex:4:13: A.f/0

             """
    end
  end

  describe "guards" do
    test "an operator" do
      assert said(~S"""
             defmodule A do
               def f("a" = x) when x + 1 > 2, do: x
             end
             """) == ~S"""
             warning: incompatible types given to Kernel.+/2:

                 x + 1

             given types:

                 -binary()-, integer()

             but expected one of:

                 #1
                 integer(), integer()

                 #2
                 integer(), float()

                 #3
                 float(), integer()

                 #4
                 float(), float()

             where "x" was given the type:

                 # type: binary()
                 # from: a.ex:2:13
                 "a" = x

             └─ a.ex:2:25: A.f/1

             """
    end

    test "a field" do
      assert said(~S"""
             defmodule A do
               def f(%URI{} = x) when x.foo, do: x
             end
             """) == ~S"""
             warning: unknown key .foo in expression:

                 x.foo

             the given type does not have the given key:

                 dynamic(%URI{
                   authority: term(),
                   fragment: term(),
                   host: term(),
                   path: term(),
                   port: term(),
                   query: term(),
                   scheme: term(),
                   userinfo: term()
                 })

             where "x" was given the type:

                 # type: dynamic(%URI{})
                 # from: a.ex:2:16
                 %URI{} = x

             └─ a.ex:2:28: A.f/1

             """
    end
  end

  describe "nothing is said of" do
    test "a function of any arguments" do
      assert said(~S"""
             defmodule A do
               def f(x, y), do: {x + y, x <> y, x.a, x.(y), hd(x), %{y | a: 1}}
             end
             """) == ""
    end

    test "a guard says nothing of a variable" do
      assert said(~S"""
             defmodule A do
               def f(x) when is_binary(x), do: x + 1
             end
             """) == ""
    end

    test "what may be right is not told" do
      assert said(~S"""
             defmodule A do
               def f(x) do
                 y = if x, do: 1, else: "a"
                 y + 1
               end
             end
             """) == ""
    end

    test "numbers of two kinds are compared" do
      assert said(~S"""
             defmodule A do
               def f do
                 x = 1
                 x == 1.0 and x < 2.0
               end
             end
             """) == ""
    end

    test "a literal that a macro compares" do
      assert said(~S"""
             defmodule A do
               def f, do: 1 == :a
             end
             """) == ""
    end

    test "generated code" do
      assert said(~S"""
             defmodule A do
               defmacro m(x), do: quote(generated: true, do: unquote(x) == :a)
               def f, do: 1
             end
             """) == ""
    end

    test "a clause that only super may need" do
      assert said(~S"""
             defmodule A do
               defp shown({:ok, text}), do: text
               defp shown(:error), do: "nothing"
               defoverridable shown: 1
               def show(x), do: shown(x)
               defp shown(x), do: super(List.to_tuple(x))
             end
             """) == ""
    end

    test "a function that calls itself" do
      assert said(~S"""
             defmodule A do
               def f(0), do: 1
               def f(n), do: n * f(n - 1)
             end
             """) == ""
    end

    test "a map with keys that are not known" do
      assert said(~S"""
             defmodule A do
               def f(k), do: %{k => 1, a: 2}.c
             end
             """) == ""
    end

    test "a value of an unknown process" do
      assert said(~S"""
             defmodule A do
               def f do
                 receive do
                   {:a, x} -> x + 1
                   {:b, x} -> x <> "b"
                 end
               end
             end
             """) == ""
    end
  end
end
