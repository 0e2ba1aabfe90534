defmodule IEx.Breakpoints do
  @moduledoc false
  # Adds stops to the clauses of a function, as expanded. Each clause asks first whether a breakpoint holds for its arguments,
  # and hands the answer from stop to stop: at any of them the user may say that the rest is to run through.

  @doc "A definition whose clauses stop, for the breakpoint `id`."
  def instrument({kind, name, arity, meta, clauses}, id, module, file) do
    place = [module: module, file: file, function: {name, arity}]
    {kind, name, arity, meta, Enum.map(clauses, &clause(&1, id, place))}
  end

  defp clause({meta, args, guards, body}, id, place) do
    arguments = for n <- 1..length(args)//1, do: variable(:arg, -n)
    args = for {pattern, argument} <- Enum.zip(args, arguments), do: {:=, [], [pattern, argument]}

    first = assignment(0, remote(:__reached__, [id, arguments]))
    known = bound_by(args, %{})

    {stops, _} =
      body
      |> expressions()
      |> with_stops(Keyword.get(meta, :line, 1))
      |> Enum.map_reduce({0, known}, fn
        {:stop, line}, {n, known} ->
          next = remote(:__next__, [answer(n), Map.to_list(known), [{:line, line} | place]])
          {assignment(n + 1, next), {n + 1, known}}

        {:expression, expression}, {n, known} ->
          {expression, {n, bound_in(expression, known)}}
      end)

    {meta, args, guards, {:__block__, [], [first | stops]}}
  end

  defp assignment(n, value), do: {:=, [], [answer(n), value]}
  defp remote(name, args), do: {{:., [], [IEx.Pry, name]}, [], args}
  defp answer(n), do: variable(:next?, n)

  # Versions that no expanded form has.
  defp variable(name, n), do: {name, [version: 1_000_000_000 + n], __MODULE__}

  @doc "The expressions of a block."
  def expressions({:__block__, _, expressions}), do: Enum.flat_map(expressions, &expressions/1)
  def expressions(expression), do: [expression]

  @doc "Expressions as `{:expression, quoted}`, with `{:stop, line}` before each that begins on a new line; `line` is the one before."
  def with_stops(expressions, line) do
    {marked, _} =
      Enum.flat_map_reduce(expressions, {line, true}, fn expression, {line, first?} ->
        {first, last} = lines(expression, line)
        stop = if first? or first > line, do: [{:stop, first}], else: []
        {stop ++ [{:expression, expression}], {last, false}}
      end)

    marked
  end

  defp lines(expression, line) do
    found = for {_, [_ | _] = meta, _} <- Macro.prewalker(expression), at = meta[:line], at > 0, do: at
    if found == [], do: {line, line}, else: {Enum.min(found), max(line, Enum.max(found))}
  end

  ## What is bound where

  # The branches of these bind only for themselves.
  @branching [:cond, :fn, :for, :receive, :try, :with]

  defp bound_in(expression, known) do
    {_, known} =
      Macro.prewalk(expression, known, fn
        {:=, _, [pattern, value]}, known -> {value, bound_by(pattern, known)}
        {:case, _, [value, _]}, known -> {value, known}
        {form, _, _}, known when form in @branching -> {:ok, known}
        other, known -> {other, known}
      end)

    known
  end

  defp bound_by(pattern, known) do
    {_, known} =
      Macro.prewalk(pattern, known, fn
        {name, _, nil} = variable, known when is_atom(name) and name != :_ ->
          {variable, Map.put(known, name, variable)}

        {:^, _, _}, known ->
          {:ok, known}

        {:"::", _, [segment, _]}, known ->
          {segment, known}

        other, known ->
          {other, known}
      end)

    known
  end
end
