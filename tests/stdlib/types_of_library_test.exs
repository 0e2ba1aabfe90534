Code.require_file("../support/types_case.exs", __DIR__)

defmodule TypesOfLibraryTest do
  # What is told of calls of the library's functions, word for word as Elixir 1.18 says it: `elixir` runs this file too.
  use TypesCase

  test "an argument of which no clause has a pattern" do
    assert said(~S"""
           defmodule A do
             def f, do: Date.add("2020-01-01", 1)
             def g(x), do: NaiveDateTime.to_date({x})
             def h(x) when is_list(x), do: Enum.sum(x)
           end
           """) == ~S"""
           warning: incompatible types given to Date.add/2:

               Date.add("2020-01-01", 1)

           given types:

               -binary()-, integer()

           but expected one of:

               #1
               dynamic(%{..., calendar: Calendar.ISO}), dynamic()

               #2
               dynamic(%{..., calendar: term()}), dynamic()

           └─ a.ex:2:19: A.f/0

           warning: incompatible types given to NaiveDateTime.to_date/1:

               NaiveDateTime.to_date({x})

           given types:

               -dynamic({term()})-

           but expected one of:

               dynamic(%{
                 ...,
                 calendar: term(),
                 day: term(),
                 hour: term(),
                 microsecond: term(),
                 minute: term(),
                 month: term(),
                 second: term(),
                 year: term()
               })

           where "x" was given the type:

               # type: dynamic()
               # from: a.ex:3:9
               x

           └─ a.ex:3:31: A.g/1

           """
  end

  test "what is returned" do
    assert said(~S"""
           defmodule A do
             def f(text), do: Integer.parse(text) + 1
             def g(list), do: Enum.fetch(list, 0) |> hd()
             def h(text), do: Enum.map(text, & &1) + 1
           end
           """) == ~S"""
           warning: incompatible types given to Kernel.+/2:

               Integer.parse(text) + 1

           given types:

               -dynamic(:error or {integer(), term()})-, integer()

           but expected one of:

               #1
               integer(), integer()

               #2
               integer(), float()

               #3
               float(), integer()

               #4
               float(), float()

           where "text" was given the type:

               # type: dynamic()
               # from: a.ex:2:9
               text

           └─ a.ex:2:40: A.f/1

           warning: incompatible types given to Kernel.hd/1:

               hd(Enum.fetch(list, 0))

           given types:

               -dynamic(:error or {:ok, term()})-

           but expected one of:

               non_empty_list(term(), term())

           where "list" was given the type:

               # type: dynamic()
               # from: a.ex:3:9
               list

           └─ a.ex:3:43: A.g/1

           """
  end

  test "clauses for what is never returned" do
    assert said(~S"""
           defmodule A do
             def f(a, b) do
               case Date.compare(a, b) do
                 :less -> 1
                 :gt -> 2
               end
             end
           end
           """) == ~S"""
           warning: the following clause will never match:

               :less

           because it attempts to match on the result of:

               Date.compare(a, b)

           which has type:

               dynamic(:eq or :gt or :lt)

           └─ a.ex:4: A.f/2

           """
  end

  test "fields of what is no struct yet" do
    assert said(~S"""
           defmodule A do
             def f, do: Date.new(2020, 1, 1).year
           end
           """) == ~S"""
           warning: expected a map or struct when accessing .year in expression:

               Date.new(2020, 1, 1).year

           but got type:

               dynamic(
                 {:error, :invalid_date} or
                   {:ok, %Date{calendar: term(), day: term(), month: term(), year: term()}}
               )

           hint: "var.field" (without parentheses) means "var" is a map() while "var.fun()" (with parentheses) means "var" is an atom()

           └─ a.ex:2:35: A.f/0

           """
  end

  test "what is returned through a function of another module" do
    assert said(~S"""
           defmodule A do
             def f(text), do: Float.ratio(text)
             def g, do: ExUnit.fetch_test_supervisor()
           end

           defmodule B do
             def f, do: A.f("1.0") + 1
             def g, do: A.g() + 1
           end
           """) == ~S"""
           warning: incompatible types given to Kernel.+/2:

               A.f("1.0") + 1

           given types:

               -dynamic({term(), integer()})-, integer()

           but expected one of:

               #1
               integer(), integer()

               #2
               integer(), float()

               #3
               float(), integer()

               #4
               float(), float()

           └─ a.ex:7:25: B.f/0

           """
  end
end
