defmodule TypesTest do
  # What the compiler says of types, word for word as Elixir 1.18 says it: `elixir` runs this file too.
  use ExUnit.Case

  import ExUnit.CaptureIO

  setup do
    kept = Code.get_compiler_option(:ignore_module_conflict)
    Code.put_compiler_option(:ignore_module_conflict, true)
    on_exit(fn -> Code.put_compiler_option(:ignore_module_conflict, kept) end)
  end

  defp said(code), do: capture_io(:stderr, fn -> Code.compile_string(code, "a.ex") end)

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
