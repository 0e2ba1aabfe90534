# `dbg/2`: the code is rewritten to keep the values on the way, then printed with them.
defmodule Macro.Debug do
  @moduledoc false

  @logical [:&&, :||, :and, :or]

  ## Expansion: code that evaluates to what there is to print

  @doc "What the configured callback, by default `Macro.dbg/3`, makes of the code."
  def call(code, options, env) do
    {module, fun, args} = Application.get_env(:elixir, :dbg_callback, {Macro, :dbg, []})
    Macro.compile_apply(module, fun, [code, options, env | args], env)
  end

  def expand(code, options, env) do
    case env.context do
      nil ->
        :ok

      :match ->
        raise ArgumentError,
              "invalid expression in match, dbg is not allowed in patterns " <>
                "such as function clauses, case clauses or on the left side of the = operator"

      :guard ->
        raise ArgumentError,
              "invalid expression in guard, dbg is not allowed in guards. " <>
                "To learn more about guards, visit: https://hexdocs.pm/elixir/patterns-and-guards.html"
    end

    [entry] = Macro.Env.stacktrace(env)
    header = "[" <> Exception.format_stacktrace_entry(entry) <> "]"

    quote do
      Macro.__dbg__(unquote(header), unquote(debuggable(code, env)), unquote(options))
    end
  end

  defp debuggable({:|>, _, _} = pipeline, _env) do
    value = Macro.unique_var(:value, __MODULE__)
    values = Macro.unique_var(:values, __MODULE__)
    [first | rest] = steps = for {step, 0} <- Macro.unpipe(pipeline), do: step

    start =
      quote do
        unquote(value) = unquote(first)
        unquote(values) = [unquote(value)]
      end

    body =
      Enum.reduce(rest, start, fn step, acc ->
        quote do
          unquote(acc)
          unquote(value) = unquote(Macro.pipe(value, step, 0))
          unquote(values) = [unquote(value) | unquote(values)]
        end
      end)

    quote do
      unquote(body)
      {:pipe, unquote(Macro.escape(steps)), Enum.reverse(unquote(values))}
    end
  end

  defp debuggable({op, _, [_, _]} = ast, _env) when op in @logical do
    acc = Macro.unique_var(:acc, __MODULE__)
    result = Macro.unique_var(:result, __MODULE__)

    quote do
      unquote(acc) = []
      unquote(logical(ast, acc, result))
      {:logic_op, Enum.reverse(unquote(acc)), unquote(result)}
    end
  end

  defp debuggable({:__block__, meta, [_ | _] = exprs}, _env) do
    acc = Macro.unique_var(:acc, __MODULE__)
    result = Macro.unique_var(:result, __MODULE__)

    exprs = Enum.map(exprs, &kept(&1, &1, acc, result))

    quote do
      unquote(acc) = []
      unquote({:__block__, meta, exprs})
      {:block, Enum.reverse(unquote(acc)), unquote(result)}
    end
  end

  defp debuggable({:case, _, [expr, [do: clauses]]} = ast, _env) do
    clauses =
      Enum.with_index(clauses, fn {:->, meta, [left, right]}, index ->
        {:->, meta, [left, {right, index}]}
      end)

    quote do
      expr = unquote(expr)

      {result, index} =
        case expr do
          unquote(clauses)
        end

      {:case, unquote(Macro.escape(ast)), expr, index, result}
    end
  end

  defp debuggable({:cond, _, [[do: clauses]]} = ast, _env) do
    clauses =
      clauses
      |> Enum.with_index()
      |> Enum.flat_map(fn {{:->, _, [[left], right]}, index} ->
        quote do
          value = unquote(left) ->
            {unquote(Macro.escape(left)), value, unquote(index), unquote(right)}
        end
      end)

    quote do
      {clause, clause_value, index, value} =
        cond do
          unquote(clauses)
        end

      {:cond, unquote(Macro.escape(ast)), clause, clause_value, index, value}
    end
  end

  defp debuggable({:if, meta, [condition, clauses]} = ast, env) do
    case Macro.Env.lookup_import(env, {:if, 2}) do
      [macro: Kernel] ->
        value = Macro.unique_var(:condition, __MODULE__)

        quote do
          unquote(value) = unquote(condition)
          result = unquote({:if, meta, [value, clauses]})

          {:if, unquote(Macro.escape(ast)), unquote(Macro.escape(condition)), unquote(value), result}
        end

      _ ->
        plain(ast)
    end
  end

  defp debuggable({:with, meta, args} = ast, _env) do
    {clauses, [opts]} = Enum.split(args, -1)
    acc = Macro.unique_var(:acc, __MODULE__)
    clauses = Enum.flat_map(clauses, &with_clause(&1, acc))

    opts =
      Enum.map(opts, fn
        {:do, body} -> {:do, {body, acc}}
        {:else, clauses} -> {:else, Enum.map(clauses, &else_clause(&1, acc)) ++ unmatched()}
        other -> other
      end)

    quote do
      unquote(acc) = []
      {value, acc} = unquote({:with, meta, clauses ++ [opts]})
      {:with, unquote(Macro.escape(ast)), Enum.reverse(acc), value}
    end
  end

  defp debuggable(ast, _env), do: plain(ast)

  defp plain(ast), do: quote(do: {:value, unquote(Macro.escape(ast)), unquote(ast)})

  defp logical({op, _, [left, right]} = ast, acc, result) when op in @logical do
    left = logical(left, acc, result)

    quote do
      unquote(kept(quote(do: unquote(op)(unquote(left), unquote(right))), ast, acc, result))
      unquote(result)
    end
  end

  defp logical(ast, acc, result) do
    quote do
      unquote(kept(ast, ast, acc, result))
      unquote(result)
    end
  end

  defp kept(code, shown, acc, result) do
    quote do
      unquote(result) = unquote(code)
      unquote(acc) = [{unquote(Macro.escape(shown)), unquote(result)} | unquote(acc)]
    end
  end

  defp with_clause({:<-, _, [left, right]}, acc) do
    left =
      case left do
        {:when, meta, [pattern, guard]} -> {:when, meta, [{pattern, quote(do: _)}, guard]}
        pattern -> {pattern, quote(do: _)}
      end

    quote do
      [
        value = unquote(right),
        unquote(acc) = [{unquote(Macro.escape(right)), value} | unquote(acc)],
        unquote(left) <- {value, unquote(acc)}
      ]
    end
  end

  defp with_clause({:=, _, [left, right]}, acc) do
    quote do
      [
        value = unquote(right),
        unquote(acc) = [{unquote(Macro.escape(right)), value} | unquote(acc)],
        unquote(left) = value
      ]
    end
  end

  defp with_clause(expr, _acc), do: [expr]

  defp else_clause({:->, meta, [[{:when, when_meta, [pattern, guard]}], right]}, acc),
    do: {:->, meta, [[{:when, when_meta, [{pattern, acc}, guard]}], {right, acc}]}

  defp else_clause({:->, meta, [[left], right]}, acc), do: {:->, meta, [[{left, acc}], {right, acc}]}
  defp else_clause(other, _acc), do: other

  defp unmatched do
    quote generated: true do
      {other, _acc} -> raise WithClauseError, term: other
    end
  end

  ## Printing

  def print(header, debugged, options) do
    {location?, options} = Keyword.pop(options, :print_location, true)
    colors = if IO.ANSI.enabled?(), do: IO.ANSI.syntax_colors(), else: []
    options = Keyword.merge([width: 80, pretty: true, syntax_colors: colors], options)
    {text, result} = format(debugged, options)
    text = if location?, do: [:cyan, :italic, header, :reset, "\n", text, "\n"], else: [text, "\n"]
    :ok = IO.write(IO.ANSI.format(text, options[:syntax_colors] != []))
    result
  end

  defp format({:pipe, steps, values}, options) do
    [{first, value} | rest] = Enum.zip(steps, values)
    lines = for {step, value} <- rest, do: [:faint, "|> ", :reset, line(step, value, options)]
    {[line(first, value, options) | lines], List.last(values)}
  end

  defp format({:logic_op, parts, value}, options),
    do: {for({ast, value} <- parts, do: line(ast, value, options)), value}

  defp format({:block, parts, value}, options) do
    lines = for {ast, value} <- parts, do: ["  ", line(ast, value, options)]
    {[title("Code block", options), ":\n(\n", lines, ")\n"], value}
  end

  defp format({:case, {:case, _, [expr, _]} = ast, expr_value, index, value}, options) do
    text = [
      title("Case argument", options),
      ":\n",
      line(expr, expr_value, options),
      ?\n,
      title("Case expression", options),
      " (clause ##{index + 1} matched):\n",
      line(ast, value, options)
    ]

    {text, value}
  end

  defp format({:cond, ast, clause, clause_value, index, value}, options) do
    text = [
      title("Cond clause", options),
      " (clause ##{index + 1} matched):\n",
      line(clause, clause_value, options),
      ?\n,
      title("Cond expression", options),
      ":\n",
      line(ast, value, options)
    ]

    {text, value}
  end

  defp format({:if, ast, condition, condition_value, value}, options) do
    text = [
      title("If condition", options),
      ":\n",
      line(condition, condition_value, options),
      ?\n,
      title("If expression", options),
      ":\n",
      line(ast, value, options)
    ]

    {text, value}
  end

  defp format({:with, ast, clauses, value}, options) do
    lines = for {clause, value} <- clauses, do: line(clause, value, options)

    text = [
      title("With clauses", options),
      ":\n",
      lines,
      ?\n,
      title("With expression", options),
      ":\n",
      line(ast, value, options)
    ]

    {text, value}
  end

  defp format({:value, ast, value}, options), do: {line(ast, value, options), value}

  defp line(ast, value, options) do
    doc = Code.quoted_to_algebra(ast, Keyword.take(options, [:syntax_colors]))
    code = doc |> Inspect.Algebra.format(98) |> IO.iodata_to_binary()
    [code, :faint, " #=>", :reset, " ", inspect(value, options), ?\n]
  end

  defp title(text, options) do
    if options[:syntax_colors] == [], do: text, else: IO.ANSI.format([:underline, text, :reset])
  end
end
