Code.require_file("../support/types_case.exs", __DIR__)

defmodule TypesOfCallsTest do
  # What the compiler says of types, word for word as Elixir 1.18 says it: `elixir` runs this file too.
  use TypesCase

  describe "calls of functions that are known" do
    test "an operator has a clause for each kind of number" do
      assert said(~S"""
             defmodule A do
               def f(x) do
                 y = "b"
                 x * y
               end
             end
             """) == ~S"""
             warning: incompatible types given to Kernel.*/2:

                 x * y

             given types:

                 dynamic(), -binary()-

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

                 # type: dynamic()
                 # from: a.ex:2:9
                 x

             where "y" was given the type:

                 # type: binary()
                 # from: a.ex:3:7
                 y = "b"

             └─ a.ex:4:7: A.f/1

             """
    end

    test "an Elixir function which is one of Erlang's is named as it was written" do
      assert said(~S"""
             defmodule A do
               def f(<<x::float>>), do: Integer.to_string(x)
             end
             """) == ~S"""
             warning: incompatible types given to Integer.to_string/1:

                 Integer.to_string(x)

             given types:

                 -float()-

             but expected one of:

                 integer()

             where "x" was given the type:

                 # type: float()
                 # from: a.ex:2:12
                 <<x::float>>

             └─ a.ex:2:36: A.f/1

             """
    end

    test "arguments are shown in the order in which they were written" do
      assert said(~S"""
             defmodule A do
               def f([_ | _] = x), do: elem(x, 0)
             end
             """) == ~S"""
             warning: incompatible types given to Kernel.elem/2:

                 elem(x, 0)

             given types:

                 -dynamic(non_empty_list(term(), term()))-, integer()

             but expected one of:

                 {...}, integer()

             where "x" was given the type:

                 # type: dynamic(non_empty_list(term(), term()))
                 # from: a.ex:2:17
                 [_ | _] = x

             └─ a.ex:2:27: A.f/1

             """
    end

    test "an element that a tuple does not have" do
      assert said(~S"""
             defmodule A do
               def f({_, 1} = x), do: elem(x, 2)
             end
             """) == ~S"""
             warning: expected a tuple with at least 3 elements in Kernel.elem/2:

                 elem(x, 2)

             the given type does not have the given index:

                 dynamic({term(), integer()})

             where "x" was given the type:

                 # type: dynamic({term(), integer()})
                 # from: a.ex:2:16
                 {_, 1} = x

             └─ a.ex:2:26: A.f/1

             """
    end

    test "the head of what may not be empty" do
      assert said(~S"""
             defmodule A do
               def f(x) do
                 y = if x, do: %{}, else: 1
                 hd(y)
               end
             end
             """) == ~S"""
             warning: incompatible types given to Kernel.hd/1:

                 hd(y)

             given types:

                 -dynamic(empty_map() or integer())-

             but expected one of:

                 non_empty_list(term(), term())

             where "y" was given the type:

                 # type: dynamic(empty_map() or integer())
                 # from: a.ex:3:7
                 y =
                   case x do
                     x when x === false or x === nil -> 1
                     _ -> %{}
                   end

             └─ a.ex:4:5: A.f/1

             """
    end

    test "a boolean operator" do
      assert said(~S"""
             defmodule A do
               def f(x) do
                 y = 1
                 x or (y and true)
               end
             end
             """) == ~S"""
             warning: the following conditional expression will always evaluate to integer():

                 y

             where "y" was given the type:

                 # type: integer()
                 # from: a.ex:3:7
                 y = 1

             └─ a.ex:4: A.f/1

             warning: the following conditional expression will always evaluate to integer():

                 y

             where "y" was given the type:

                 # type: integer()
                 # from: a.ex:3:7
                 y = 1

             └─ a.ex:4: A.f/1

             """
    end

    test "a function that a value names" do
      assert said(~S"""
             defmodule A do
               def f do
                 m = Atom
                 m.to_string("a")
               end
             end
             """) == ~S"""
             warning: incompatible types given to Atom.to_string/1:

                 m.to_string("a")

             given types:

                 -binary()-

             but expected one of:

                 atom()

             where "m" was given the type:

                 # type: Atom
                 # from: a.ex:3:7
                 m = Atom

             └─ a.ex:4:7: A.f/0

             """
    end

    test "an argument whose expression always fails" do
      assert said(~S"""
             defmodule A do
               def f, do: Integer.to_string(raise("no"))
             end
             """) == ~S"""
             warning: incompatible types given to Integer.to_string/1:

                 Integer.to_string(raise RuntimeError.exception("no"))

             given types:

                 -none()-

             the 1st argument is empty (often represented as none()), most likely because it is the result of an expression that always fails, such as a `raise` or a previous invalid call. This causes any function called with this value to fail

             └─ a.ex:2:22: A.f/0

             """
    end

    test "of the library's functions none takes what there never is, and the order is that of the metadata" do
      said =
        said(~S"""
        defmodule A do
          def field, do: fails().field
          def call, do: Map.get(fails(), 1)
          def lists, do: :lists.last(fails())
          def binary, do: <<fails()>>
          defp fails, do: raise("no")
        end
        """)

      assert Regex.scan(~r/└─ (.*)/, said, capture: :all_but_first) == [
               ["a.ex:5:21: A.binary/0"],
               ["a.ex:3:21: A.call/0"],
               ["a.ex:2:26: A.field/0"]
             ]
    end

    test "a module that is no atom" do
      assert said(~S"""
             defmodule A do
               def f do
                 m = %{a: 1}
                 m.a()
               end
             end
             """) == ~S"""
             warning: expected a module (an atom) when invoking a/0 in expression:

                 m.a()

             where "m" was given the type:

                 # type: %{a: integer()}
                 # from: a.ex:3:7
                 m = %{a: 1}

             hint: "var.field" (without parentheses) means "var" is a map() while "var.fun()" (with parentheses) means "var" is an atom()

             └─ a.ex:4:7: A.f/0

             """
    end

    test "a call of what is no function" do
      assert said(~S"""
             defmodule A do
               def f(%{} = g), do: g.(1)
             end
             """) == ~S"""
             warning: expected a 1-arity function on call:

                 g.(1)

             but got type:

                 dynamic(%{...})

             where "g" was given the type:

                 # type: dynamic(%{...})
                 # from: a.ex:2:13
                 %{} = g

             └─ a.ex:2:24: A.f/1

             """
    end
  end

  describe "functions of modules that are compiled together" do
    test "no clause of a private function accepts the argument" do
      assert said(~S"""
             defmodule A do
               def f, do: g(1)
               defp g(:a), do: 1
               defp g("b"), do: 2
             end
             """) == ~S"""
             warning: incompatible types given to g/1:

                 g(1)

             given types:

                 -integer()-

             but expected one of:

                 #1
                 dynamic(:a)

                 #2
                 binary()

             └─ a.ex:2:14: A.f/0

             """
    end

    test "a clause that no call needs" do
      assert said(~S"""
             defmodule A do
               def f, do: g(:b)
               defp g(:a), do: 1
               defp g(:b), do: 1
             end
             """) == ~S"""
             warning: this clause of defp g/1 is never used
             └─ a.ex:3:8: A.g/1

             """
    end

    test "what a function returns is inferred" do
      assert said(~S"""
             defmodule A do
               def f do
                 x = g()
                 x.b
               end

               defp g, do: %{a: 1}
             end
             """) == ~S"""
             warning: unknown key .b in expression:

                 x.b

             the given type does not have the given key:

                 dynamic(%{a: integer()})

             where "x" was given the type:

                 # type: dynamic(%{a: integer()})
                 # from: a.ex:3:7
                 x = g()

             └─ a.ex:4:7: A.f/0

             """
    end

    test "a default argument that does not fit" do
      assert said(~S"""
             defmodule A do
               def f(x \\ 1)
               def f("a" <> x), do: x
             end
             """) == ~S"""
             warning: incompatible types given as default arguments to f/1:

                 -integer()-

             but expected one of:

                 binary()

             └─ a.ex:2:11: A.f/0

             """
    end

    test "another module" do
      assert said(~S"""
             defmodule A do
               defmodule B do
                 def g("a"), do: :a
                 def g(:b), do: :b
               end

               def f, do: A.B.g(1)
             end
             """) == ~S"""
             warning: incompatible types given to A.B.g/1:

                 A.B.g(1)

             given types:

                 -integer()-

             but expected one of:

                 #1
                 binary()

                 #2
                 dynamic(:b)

             └─ a.ex:7:18: A.f/0

             """
    end
  end

  test "what a text that is evaluated defines is checked after it" do
    code = """
    defmodule A do
      def f, do: Integer.to_string(:a)
    end
    IO.puts(:stderr, "evaluated")
    """

    said = ExUnit.CaptureIO.capture_io(:stderr, fn -> Code.eval_string(code) end)
    assert [_, checked] = String.split(said, "evaluated\n")
    assert checked =~ "incompatible types given to Integer.to_string/1"
  end
end
