# The constructs that the compiler itself knows, as macros that are never run: here they have their documentation, and
# here macros are found by `__info__(:macros)` and completion.
defmodule Kernel.SpecialForms do
  @moduledoc """
  The basic constructs of the language, which cannot be redefined.
  """

  @forms [
    {:{}, [:args], "Makes a tuple: `{1, 2, 3}`. Pairs are literals, other tuples are calls of this form when quoted."},
    {:%{}, [:args], "Makes or matches a map, or updates one that has the keys: `%{map | key: value}`."},
    {:%, [:struct, :map], "Makes, matches or updates a struct. In a pattern the name may be a variable: `%name{}`."},
    {:<<>>, [:args], "Makes or matches a bitstring of segments such as `x::size(4)-unsigned`."},
    {:., [:left, :right], "Calls a function of a module, reads a field of a map, or makes an alias."},
    {:alias, [:module, :opts], "Gives a module a shorter name, until the end of the block."},
    {:require, [:module, :opts], "Loads a module so that its macros can be used."},
    {:import, [:module, :opts], "Makes functions and macros of a module available without its name."},
    {:__ENV__, [], "The environment of the place, as `Macro.Env`."},
    {:__MODULE__, [], "The module being defined, or `nil`."},
    {:__DIR__, [], "The directory of the file."},
    {:__CALLER__, [], "The environment of a macro's caller; only inside macros."},
    {:__STACKTRACE__, [], "The stacktrace of the error being handled; only in `rescue` and `catch`."},
    {:^, [:var], "Matches the value that a variable has, instead of binding it anew."},
    {:=, [:left, :right], "Matches a value against a pattern."},
    {:"::", [:left, :right], "Gives a segment of a bitstring its type, or names a type in a specification."},
    {:quote, [:opts, :block], "Returns the code of the block instead of its value; `unquote/1` inserts values."},
    {:unquote, [:expr], "Inserts a value into quoted code."},
    {:unquote_splicing, [:expr], "Inserts the elements of a list into quoted code."},
    {:for, [:args], "Makes a collection of others: generators, filters, `:into`, `:uniq` and `:reduce`."},
    {:with, [:args], "Runs the block while each clause `pattern <- value` matches, else returns what did not match."},
    {:fn, [:clauses], "Makes an anonymous function."},
    {:__block__, [:args], "Several expressions one after another; its value is that of the last."},
    {:&, [:expr], "Captures a function, `&Mod.fun/1`, or makes one of an expression with `&1`, `&2` …"},
    {:__aliases__, [:args], "The segments of an alias, as they are when quoted."},
    {:super, [:args], "Calls the definition that an overriding one has replaced."},
    {:case, [:condition, :clauses], "Runs the first clause whose pattern and guards match the value."},
    {:cond, [:clauses], "Runs the first clause whose condition is neither `nil` nor `false`."},
    {:try, [:args], "Runs code and handles what it raises, throws or exits with: `rescue`, `catch`, `else`, `after`."},
    {:receive, [:args], "Waits for a message that matches a clause, at most as long as `after` says."}
  ]

  for {name, params, doc} <- @forms do
    vars = Enum.map(params, &{&1, [], __MODULE__})

    @doc doc
    defmacro unquote(name)(unquote_splicing(vars)) do
      _ = unquote(vars)
      raise "Elixir's special forms are expanded by the compiler and must not be invoked directly"
    end
  end
end
