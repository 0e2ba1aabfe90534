defmodule Module.Types.Report do
  @moduledoc false
  # The words of a violation: what was found, what was expected, and where the variables of the expression have their types from.

  import Module.Types.Descr
  alias Inspect.Algebra, as: IA
  alias Module.Types.{Clauses, Print, Rewrite, Signatures}

  @comparison_note """

  While Elixir can compare across all types, you are comparing across types which are always disjoint, \
  and the result is either always true or always false
  """

  @struct_note """

  Comparison operators (>, <, >=, <=, min, and max) perform structural and not semantic comparison. \
  Comparing with a struct won't give meaningful results. Structs that can be compared typically define a \
  compare/2 function within their modules that can be used for semantic comparison.
  """

  @dot_hint """

  hint: "var.field" (without parentheses) means "var" is a map() while "var.fun()" (with parentheses) means "var" is an atom()
  """

  @segment_hint """

  hint: all expressions given to binaries are assumed to be of type integer() unless said otherwise. \
  For example, <<expr>> assumes "expr" is an integer. Pass a modifier, such as <<expr::float>> or <<expr::binary>>, \
  to change the default behavior.
  """

  @rescue_hint """

  hint: when you rescue without specifying exception names, the variable is assigned a type of a struct but all of its fields \
  are unknown. If you are trying to access an exception's :message key, either specify the exception names or use \
  `Exception.message/1`.
  """

  def message(warning), do: warning |> words() |> IO.iodata_to_binary()

  ## Calls

  defp words({:badremote, {module, name, arity, order}, expr, types, clauses, state}) do
    called = if module, do: Exception.format_mfa(module, name, arity), else: "#{name}/#{arity}"

    [
      section("incompatible types given to #{called}:", source(expr)),
      section("\ngiven types:", given(types, clauses, order)),
      ["\n", why_not(types, clauses, order)],
      origins(expr, state)
    ]
  end

  defp words({:badlocal, {name, meta, _} = expr, types, clauses, state}) do
    banner =
      case name == :super && meta[:default] && meta[:super] do
        {_, name} ->
          "incompatible types given as default arguments to #{name}/#{length(types)}:\n\n    #{indent(given(types, clauses, nil))}\n"

        _ ->
          [
            section("incompatible types given to #{name}/#{length(types)}:", source(expr)),
            section("\ngiven types:", given(types, clauses, nil))
          ]
      end

    [banner, "\n", why_not(types, clauses, nil), origins(expr, state)]
  end

  defp words({:badindex, {module, name, arity, _}, expr, type, index, state}) do
    elements = if index == 0, do: "1 element", else: "#{index + 1} elements"

    [
      section(
        "expected a tuple with at least #{elements} in #{Exception.format_mfa(module, name, arity)}:",
        source(expr)
      ),
      section("\nthe given type does not have the given index:", Print.to_string(type)),
      origins(expr, state)
    ]
  end

  defp words({:badfun, arity, type, fun, call, state}) do
    [section("expected a #{arity}-arity function on call:", source(call)), but_got(type), origins(fun, state)]
  end

  defp words({:badmodule, expr, type, name, arity, dot?, state}) do
    [
      section("expected a module (an atom) when invoking #{name}/#{arity} in expression:", source(expr)),
      but_got_unless_variable(expr, type),
      origins(expr, state),
      if(dot?, do: @dot_hint, else: [])
    ]
  end

  ## Comparisons

  defp words({:mismatched_comparison, expr, name, left, right, state}) do
    [
      section("comparison between distinct types found:", source(expr)),
      compared(name, left, right),
      origins(expr, state),
      @comparison_note
    ]
  end

  defp words({:struct_comparison, expr, name, left, right, state}) do
    [
      section("comparison with structs found:", source(expr)),
      compared(name, left, right),
      origins(expr, state),
      @struct_note
    ]
  end

  ## Maps and structs

  defp words({:badkey, expr, type, key, state}) do
    [
      section("unknown key .#{key} in expression:", source(expr)),
      section("\nthe given type does not have the given key:", Print.to_string(type)),
      origins(expr, state)
    ]
  end

  defp words({:badmap, expr, type, key, state}) do
    [
      section("expected a map or struct when accessing .#{key} in expression:", source(expr)),
      but_got_unless_variable(expr, type),
      origins(expr, state),
      @dot_hint
    ]
  end

  defp words({:badkey_update, type, key, expr, state}) do
    [
      section("expected a map with key #{inspect(key)} in map update syntax:", source(expr)),
      but_got(type),
      origins(expr, state)
    ]
  end

  defp words({:badmap_update, type, expr, state}) do
    [section("expected a map within map update syntax:", source(expr)), but_got(type), origins(expr, state)]
  end

  defp words({:badstruct, expr, expected, actual, state}) do
    [
      section("incompatible types in struct update:", source(expr)),
      section("\nexpected type:", Print.to_string(expected)),
      but_got(actual),
      origins(expr, state)
    ]
  end

  ## Variables and expectations

  defp words({:refine, old, new, {name, _, context} = var, state}) do
    types = "#{Print.to_string(old)} !~ #{Print.to_string(new)}"
    ["incompatible types assigned to #{variable(name, context)}:\n\n    #{types}\n", origins(var, state)]
  end

  defp words({:incompatible, expr, expected, actual, segment?, state}) do
    [
      section("incompatible types in expression:", source(expr)),
      section("\ngot type:", Print.to_string(actual)),
      section("\nbut expected type:", Print.to_string(expected)),
      origins(expr, state),
      if(segment?, do: @segment_hint, else: [])
    ]
  end

  ## Clauses and patterns

  defp words({:badpattern, expr, tag, state}), do: pattern(tag, expr, state)

  defp words({:badcond, what, type, expr, state}) do
    [
      section("this clause in cond will #{what}:", source(expr)),
      section("\nsince it has type:", Print.to_string(type)),
      origins(expr, state)
    ]
  end

  defp words({:badtimeout, type, expr, state}) do
    [
      section("expected \"after\" timeout given to receive to be an integer:", source(expr)),
      but_got(type),
      origins(expr, state)
    ]
  end

  defp words({:badbinary, type, expr, state}) do
    [
      section("expected the right side of <- in a binary generator to be a binary:", source(expr)),
      but_got(type),
      origins(expr, state)
    ]
  end

  defp words({:unused_clause, kind, {name, arity}}), do: "this clause of #{kind} #{name}/#{arity} is never used"

  defp pattern({:try_else, type}, expr, state) do
    [
      section("the following clause will never match:", source(expr)),
      section(
        "\nit attempts to match on the result of the try do-block which has incompatible type:",
        Print.to_string(type)
      ),
      origins(expr, state)
    ]
  end

  defp pattern({:case, meta, type, subject}, expr, state) do
    if meta[:type_check] == :expr do
      [
        section(
          "the following conditional expression will always evaluate to #{Print.to_string(type)}:",
          source(subject)
        ),
        origins(subject, state)
      ]
    else
      [
        section("the following clause will never match:", source(expr)),
        section("\nbecause it attempts to match on the result of:", source(subject)),
        section("\nwhich has type:", Print.to_string(type)),
        origins(expr, state)
      ]
    end
  end

  defp pattern({:match, type}, expr, state) do
    [
      section("the following pattern will never match:", source(expr)),
      section("\nbecause the right-hand side has type:", Print.to_string(type)),
      origins(expr, state)
    ]
  end

  defp pattern(_tag, expr, state),
    do: [section("the following pattern will never match:", source(expr)), origins(expr, state)]

  ## Pieces

  defp section(title, text), do: [title, "\n\n    ", indent(text), "\n"]
  defp but_got(type), do: section("\nbut got type:", Print.to_string(type))

  # The type of a variable is told with the variable.
  defp but_got_unless_variable({{:., _, [{name, _, context}, _]}, _, _}, _type) when is_atom(name) and is_atom(context),
    do: []

  defp but_got_unless_variable(_expr, type), do: but_got(type)

  defp source(expr), do: Rewrite.to_source(expr)
  defp indent(text), do: String.replace(text, "\n", "\n    ")
  defp variable(name, nil), do: "\"#{name}\""
  defp variable(name, context), do: "\"#{name}\" (context #{inspect(context)})"

  defp compared(name, left, right) do
    {Kernel, name, _, _} = :elixir_rewrite.erl_to_ex(:erlang, name, [left, right])
    sides = Enum.map([left, right], &Print.to_quoted(&1, collapse_structs: true))
    section("\ngiven types:", Print.layout({name, [], sides}))
  end

  defp given(types, clauses, order) do
    types
    |> Enum.zip_with(Signatures.domain(clauses), fn type, expected ->
      doc = doc(type)
      if compatible?(type, expected), do: doc, else: IA.concat(["-", doc, "-"])
    end)
    |> arguments(order)
  end

  defp why_not(types, clauses, order) do
    case types |> Rewrite.reorder(order) |> Enum.find_index(&empty?/1) do
      nil ->
        ["but expected one of:\n", expected(clauses, order), "\n"]

      index ->
        "the #{ordinal(index + 1)} argument is empty (often represented as none()), most likely because it is the result of an " <>
          "expression that always fails, such as a `raise` or a previous invalid call. This causes any function called with " <>
          "this value to fail\n"
    end
  end

  defp expected([{types, _}], order), do: ["\n    ", indent(arguments(Enum.map(types, &doc/1), order))]

  defp expected(clauses, order) do
    clauses
    |> Enum.with_index(1)
    |> Enum.map_join("\n", fn {{types, _}, number} ->
      indent("\n##{number}\n" <> arguments(Enum.map(types, &doc/1), order))
    end)
  end

  defp doc(type), do: type |> Print.to_quoted() |> Code.Formatter.to_algebra()

  # In parentheses only where they take more lines than one.
  defp arguments(docs, order) do
    docs = Rewrite.reorder(docs, order)
    joined = IA.fold(docs, fn doc, rest -> IA.glue(IA.concat(doc, ","), rest) end)

    wrapped =
      case docs do
        [_] -> IA.concat(["(", joined, ")"])
        _ -> IA.group(IA.glue(IA.nest(IA.glue("(", "", joined), 2), "", ")"))
      end

    case Print.format(wrapped) do
      "(\n" <> _ = lines -> lines
      line -> binary_slice(line, 1..-2//1)
    end
  end

  defp ordinal(number) when rem(number, 100) in 11..13, do: "#{number}th"

  defp ordinal(number) do
    case rem(number, 10) do
      1 -> "#{number}st"
      2 -> "#{number}nd"
      3 -> "#{number}rd"
      _ -> "#{number}th"
    end
  end

  ## Where variables have their types from

  defp origins(expr, %{vars: vars}) do
    {_, seen} =
      Macro.prewalk(expr, %{}, fn
        {name, meta, context} = var, seen when is_atom(name) and is_atom(context) ->
          version = meta[:version]
          if is_map_key(vars, version), do: {:ok, Map.put(seen, version, vars[version])}, else: {var, seen}

        node, seen ->
          {node, seen}
      end)

    seen |> Map.values() |> Enum.sort_by(& &1.name) |> Enum.map(&origin/1)
  end

  defp origin(%{name: name, context: context, traces: traces}) do
    known = Enum.reject(traces, fn {_, _, type, _} -> type == dynamic() end)
    known = if known == [], do: traces, else: known

    shown =
      known
      |> Enum.reverse()
      |> Enum.map(fn {expr, file, type, wording} ->
        meta = Module.Types.State.meta_of(expr)
        {source, hints} = worded(expr, wording)
        {meta[:line], meta[:column], file, Print.to_string(type, collapse_structs: true), source, hints}
      end)
      |> Enum.sort_by(fn {line, column, _, _, _, _} -> {line, column} end)
      |> Enum.dedup()

    given = if match?([_], shown), do: "type", else: "types"
    ["\nwhere #{variable(name, context)} was given the #{given}:\n" | Enum.map(shown, &trace/1)]
  end

  defp trace({line, column, file, type, source, hints}) do
    location =
      file |> Path.relative_to_cwd() |> Exception.format_file_line(line, column) |> String.replace_suffix(":", "")

    ["\n    # type: ", indent(type), "\n    # from: ", location, "\n    ", indent(source), "\n", hints]
  end

  defp worded(expr, :default) do
    hint = if match?({:<<>>, [{:inferred_bitstring_spec, true} | _], _}, expr), do: @segment_hint, else: []
    {Rewrite.to_source(expr), hint}
  end

  defp worded(expr, {:rescue, anonymous?}),
    do: {Clauses.rescue_source(expr), if(anonymous?, do: @rescue_hint, else: [])}
end
