Code.require_file("../support/types_case.exs", __DIR__)

defmodule TypesOfDataTest do
  # What the compiler says of types, word for word as Elixir 1.18 says it: `elixir` runs this file too.
  use TypesCase

  describe "maps and structs" do
    test "an unknown key" do
      assert said(~S"""
             defmodule A do
               def f do
                 m = %{a: 1, b: {:ok, "x"}}
                 m.c
               end
             end
             """) == ~S"""
             warning: unknown key .c in expression:

                 m.c

             the given type does not have the given key:

                 %{a: integer(), b: {:ok, binary()}}

             where "m" was given the type:

                 # type: %{a: integer(), b: {:ok, binary()}}
                 # from: a.ex:3:7
                 m = %{a: 1, b: {:ok, "x"}}

             └─ a.ex:4:7: A.f/0

             """
    end

    test "an unknown key of a struct" do
      assert said(~S"""
             defmodule A do
               defstruct [:a, b: 1]
               def f(%A{} = s), do: s.c
             end
             """) == ~S"""
             warning: unknown key .c in expression:

                 s.c

             the given type does not have the given key:

                 dynamic(%A{a: term(), b: term()})

             where "s" was given the type:

                 # type: dynamic(%A{})
                 # from: a.ex:3:14
                 %A{} = s

             └─ a.ex:3:26: A.f/1

             """
    end

    test "a key of what is no map" do
      assert said(~S"""
             defmodule A do
               def f do
                 m = [a: 1]
                 m.a
               end
             end
             """) == ~S"""
             warning: expected a map or struct when accessing .a in expression:

                 m.a

             where "m" was given the type:

                 # type: non_empty_list({:a, integer()})
                 # from: a.ex:3:7
                 m = [a: 1]

             hint: "var.field" (without parentheses) means "var" is a map() while "var.fun()" (with parentheses) means "var" is an atom()

             └─ a.ex:4:7: A.f/0

             """
    end

    test "an update of a missing key" do
      assert said(~S"""
             defmodule A do
               def f do
                 m = %{a: 1}
                 %{m | b: 2}
               end
             end
             """) == ~S"""
             warning: expected a map with key :b in map update syntax:

                 %{m | b: 2}

             but got type:

                 %{a: integer()}

             where "m" was given the type:

                 # type: %{a: integer()}
                 # from: a.ex:3:7
                 m = %{a: 1}

             └─ a.ex:4:5: A.f/0

             """
    end

    test "an update of what is no map" do
      assert said(~S"""
             defmodule A do
               def f([_ | _] = m), do: %{m | b: 2}
             end
             """) == ~S"""
             warning: expected a map within map update syntax:

                 %{m | b: 2}

             but got type:

                 dynamic(non_empty_list(term(), term()))

             where "m" was given the type:

                 # type: dynamic(non_empty_list(term(), term()))
                 # from: a.ex:2:17
                 [_ | _] = m

             └─ a.ex:2:27: A.f/1

             """
    end

    test "an update of a map as a struct" do
      assert said(~S"""
             defmodule A do
               defstruct [:a]
               def f do
                 s = %{a: 1}
                 %A{s | a: 2}
               end
             end
             """) == ~S"""
             warning: incompatible types in struct update:

                 %A{s | a: 2}

             expected type:

                 %A{a: term()}

             but got type:

                 %{a: integer()}

             where "s" was given the type:

                 # type: %{a: integer()}
                 # from: a.ex:4:7
                 s = %{a: 1}

             └─ a.ex:5:10: A.f/0

             """
    end

    test "the value of a field" do
      assert said(~S"""
             defmodule A do
               def f(%{a: "x" = y} = m), do: {y, m.a + 1}
             end
             """) == ~S"""
             warning: incompatible types given to Kernel.+/2:

                 m.a + 1

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

             where "m" was given the type:

                 # type: dynamic(%{..., a: binary()})
                 # from: a.ex:2:23
                 %{a: "x" = y} = m

             └─ a.ex:2:41: A.f/1

             """
    end

    test "a field of an exception of which the name is not said" do
      assert said(~S"""
             defmodule A do
               def f(x) do
                 x.()
               rescue
                 e -> e.message
               end
             end
             """) == ~S"""
             warning: unknown key .message in expression:

                 e.message

             the given type does not have the given key:

                 %{..., __exception__: true, __struct__: atom()}

             where "e" was given the type:

                 # type: %{..., __exception__: true, __struct__: atom()}
                 # from: a.ex:5:5
                 rescue e ->

             hint: when you rescue without specifying exception names, the variable is assigned a type of a struct but all of its fields are unknown. If you are trying to access an exception's :message key, either specify the exception names or use `Exception.message/1`.

             └─ a.ex:5:12: A.f/1

             """
    end
  end

  describe "binaries" do
    test "a segment is an integer unless said otherwise" do
      assert said(~S"""
             defmodule A do
               def f do
                 x = "a"
                 <<x, 1>>
               end
             end
             """) == ~S"""
             warning: incompatible types in expression:

                 <<x, ...>>

             got type:

                 binary()

             but expected type:

                 integer()

             where "x" was given the type:

                 # type: binary()
                 # from: a.ex:3:7
                 x = "a"

             hint: all expressions given to binaries are assumed to be of type integer() unless said otherwise. For example, <<expr>> assumes "expr" is an integer. Pass a modifier, such as <<expr::float>> or <<expr::binary>>, to change the default behavior.

             └─ a.ex:4:7: A.f/0

             """
    end

    test "a string that is put together" do
      assert said(~S"""
             defmodule A do
               def f(<<x, y::binary>>), do: x <> y
             end
             """) == ~S"""
             warning: incompatible types in expression:

                 <<x::binary, ...>>

             got type:

                 integer()

             but expected type:

                 binary()

             where "x" was given the type:

                 # type: integer()
                 # from: a.ex:2:11
                 <<x, ...>>

             hint: all expressions given to binaries are assumed to be of type integer() unless said otherwise. For example, <<expr>> assumes "expr" is an integer. Pass a modifier, such as <<expr::float>> or <<expr::binary>>, to change the default behavior.

             └─ a.ex:2: A.f/1

             """
    end
  end

  describe "comparisons" do
    test "of types that have nothing in common" do
      assert said(~S"""
             defmodule A do
               def f do
                 x = 1
                 x == :a
               end
             end
             """) == ~S"""
             warning: comparison between distinct types found:

                 x == :a

             given types:

                 integer() == :a

             where "x" was given the type:

                 # type: integer()
                 # from: a.ex:3:7
                 x = 1

             While Elixir can compare across all types, you are comparing across types which are always disjoint, and the result is either always true or always false

             └─ a.ex:4:7: A.f/0

             """
    end

    test "of structs" do
      assert said(~S"""
             defmodule A do
               def f(%Date{} = x, y), do: max(x, y)
             end
             """) == ~S"""
             warning: comparison with structs found:

                 max(x, y)

             given types:

                 max(dynamic(%Date{}), dynamic())

             where "x" was given the type:

                 # type: dynamic(%Date{})
                 # from: a.ex:2:17
                 %Date{} = x

             where "y" was given the type:

                 # type: dynamic()
                 # from: a.ex:2:22
                 y

             Comparison operators (>, <, >=, <=, min, and max) perform structural and not semantic comparison. Comparing with a struct won't give meaningful results. Structs that can be compared typically define a compare/2 function within their modules that can be used for semantic comparison.

             └─ a.ex:2:30: A.f/2

             """
    end
  end
end
