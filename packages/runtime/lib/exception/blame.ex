# Why no clause of a function matched: each pattern and guard is tried on its own. The definitions are those of the library and of
# files that are compiled, as expanded; they are evaluated again, so this is for the report of an error only.
defmodule Exception.Blame do
  @moduledoc false

  @doc """
  Tries the clauses of a function on arguments: `{:ok, kind, [{args, guards}]}` or `:error`.

  Each argument, and each part of a guard joined by `and` or `or`, is a map with the code as `:node` and whether it
  matches as `:match?`.
  """
  def clauses(module, function, args) do
    with true <- compiled?(module) and not inlined?(function),
         {kind, clauses} <- :beamlet_code.definition(module, {function, length(args)}) do
      {:ok, kind, for({patterns, guards} <- clauses, do: clause(patterns, guards, args))}
    else
      _ -> :error
    end
  end

  # A function of `:lists` that Elixir's compiler has put into the module has no definition there.
  defp inlined?(function), do: match?("-" <> _, to_string(function))

  # What a script defines has no object code in which Elixir would find its clauses.
  defp compiled?(module), do: to_string(module.module_info(:compile)[:source]) |> String.ends_with?(".ex")

  defp clause(patterns, guards, args) do
    {patterns, binding} =
      patterns
      |> Enum.zip(args)
      |> Enum.map_reduce([], fn {pattern, arg}, binding ->
        case match(pattern, arg, binding) do
          {:ok, binding} -> {%{match?: true, node: written(pattern)}, binding}
          :error -> {%{match?: false, node: written(pattern)}, binding}
        end
      end)

    {patterns, Enum.map(guards, &guard(&1, binding))}
  end

  ## Patterns

  # Variables are known by their version; one bound before must have the same value again.
  defp match(pattern, value, binding) do
    pattern =
      Macro.prewalk(pattern, fn
        {:_, _, context} when is_atom(context) ->
          {:_, [], nil}

        {name, meta, context} when is_atom(name) and is_atom(context) ->
          variable = variable(name, meta)
          if Keyword.has_key?(binding, elem(variable, 0)), do: {:^, [], [variable]}, else: variable

        other ->
          other
      end)

    names = for {name, _, nil} <- Macro.prewalker(pattern), name not in [:_, :^], uniq: true, do: name
    found = Enum.map(names, &{&1, {&1, [], nil}})
    clauses = [{:->, [], [[pattern], {:ok, found}]}, {:->, [], [[{:_, [], nil}], :error]}]

    case evaluate({:case, [], [{:"$value", [], nil}, [do: clauses]]}, ["$value": value] ++ binding) do
      {:ok, {:ok, found}} -> {:ok, Keyword.merge(binding, found)}
      _ -> :error
    end
  end

  defp variable(name, meta), do: {:"#{name}-#{meta[:version]}", [], nil}

  defp evaluate(quoted, binding) do
    {result, _diagnostics} =
      Code.with_diagnostics(fn ->
        try do
          {value, _} = Code.eval_quoted(quoted, binding)
          {:ok, value}
        catch
          _, _ -> :error
        end
      end)

    result
  end

  ## Guards

  defp guard({{:., _, [:erlang, op]}, meta, [left, right]} = ast, binding)
       when op in [:andalso, :orelse] do
    case struct_guard(ast) do
      nil ->
        parts = [guard(left, binding), guard(right, binding)]
        [left?, right?] = Enum.map(parts, &holds?/1)

        if op == :andalso,
          do: {:and, Keyword.put(meta, :value, left? and right?), parts},
          else: {:or, Keyword.put(meta, :value, left? or right?), parts}

      node ->
        %{match?: true?(ast, binding), node: node}
    end
  end

  defp guard(ast, binding), do: %{match?: true?(ast, binding), node: written(ast)}

  defp holds?(%{match?: match?}), do: match?
  defp holds?({_, meta, _}), do: meta[:value]

  defp true?(ast, binding) do
    ast =
      Macro.prewalk(ast, fn
        {name, meta, context} when is_atom(name) and is_atom(context) -> variable(name, meta)
        other -> other
      end)

    evaluate(ast, binding) == {:ok, true}
  end

  # `is_struct(term)` and `is_struct(term, name)`, which expand to several checks.
  defp struct_guard(ast) do
    case Enum.map(conjunction(ast), &without_meta/1) do
      [
        {{:., [], [:erlang, :is_map]}, [], [term]},
        {{:., [], [:erlang, :is_map_key]}, [], [:__struct__, term]},
        {{:., [], [:erlang, :is_atom]}, [], [{{:., [], [:erlang, :map_get]}, [], [:__struct__, term]}]}
      ] ->
        {:is_struct, [], [term]}

      [
        {{:., [], [:erlang, :is_map]}, [], [term]},
        {{:., [], [:erlang, :orelse]}, [], [_, :fail]},
        {{:., [], [:erlang, :is_map_key]}, [], [:__struct__, term]},
        {{:., [], [:erlang, _equals]}, [], [{{:., [], [:erlang, :map_get]}, [], [:__struct__, term]}, name]}
      ] ->
        {:is_struct, [], [term, name]}

      _ ->
        nil
    end
  end

  defp conjunction({{:., _, [:erlang, :andalso]}, _, [left, right]}), do: conjunction(left) ++ [right]
  defp conjunction(ast), do: [ast]

  # But for what says how it was written.
  defp without_meta(ast), do: Macro.prewalk(ast, &Macro.update_meta(&1, fn meta -> Keyword.take(meta, [:no_parens]) end))

  ## Code as it is written

  @operators %{
    "=<": :<=,
    "/=": :!=,
    "=:=": :===,
    "=/=": :!==,
    andalso: :and,
    orelse: :or
  }

  # Erlang's functions get the names that Kernel or Bitwise have for them.
  defp written(ast) do
    Macro.prewalk(ast, fn
      {{:., _, [:erlang, :element]}, meta, [{{:., _, [:erlang, :+]}, _, [index, 1]}, tuple]} ->
        {:elem, meta, [tuple, index]}

      {{:., _, [:erlang, :element]}, meta, [index, tuple]} when is_integer(index) ->
        {:elem, meta, [tuple, index - 1]}

      {{:., _, [:erlang, :is_map_key]}, meta, [key, map]} ->
        {:is_map_key, meta, [map, key]}

      {{:., dot, [:erlang, name]}, meta, args} ->
        name = Map.get(@operators, name, name)
        arity = length(args)

        cond do
          function_exported?(Kernel, name, arity) or macro_exported?(Kernel, name, arity) -> {name, meta, args}
          name in [:band, :bor, :bxor, :bnot, :bsl, :bsr] -> {{:., dot, [Bitwise, name]}, meta, args}
          true -> {{:., dot, [:erlang, name]}, meta, args}
        end

      {:%{}, meta, fields} when length(fields) == 4 ->
        case Enum.sort(fields) do
          [__struct__: Range, first: first, last: last, step: step] -> {:..//, meta, [first, last, step]}
          _ -> {:%{}, meta, fields}
        end

      other ->
        other
    end)
  end
end
