defmodule Module.Types.Clauses do
  @moduledoc false
  # Expressions with clauses: `case`, `cond`, `fn`, `for`, `receive`, `try` and `with`.

  import Module.Types.{Descr, State}
  alias Module.Types.{Expr, Literal, Pattern, Rewrite}

  # What one of more clauses returns is not worked out.
  @most_clauses 64

  def type({:cond, _, [[{:do, clauses}]]}, place, state) do
    last = length(clauses) - 1

    clauses
    |> Enum.with_index()
    |> Enum.reduce({none(), state}, fn {{:->, meta, [[condition], body]}, index}, {result, state} ->
      {type, state} = Expr.type(condition, place, state)
      state = condition(type, condition, index == last, meta, place, state)
      {body, state} = Expr.type(body, place, state)
      {union(body, result), state}
    end)
    |> guessed()
  end

  def type({:case, meta, [subject, [{:do, clauses}]]}, place, state) do
    {type, state} = Expr.type(subject, place, state)

    # A literal was put there by a macro: which of the clauses match is of no interest.
    clauses =
      if Macro.quoted_literal?(subject),
        do: for({:->, meta, parts} <- clauses, do: {:->, [generated: true] ++ meta, parts}),
        else: clauses

    clauses |> clauses([type], {:case, meta, type, subject}, place, {none(), state}) |> guessed()
  end

  def type({:fn, _, [{:->, _, [head, _]} | _] = clauses}, place, state) do
    {patterns, _} = split_head(head)
    {_, state} = clauses(clauses, Enum.map(patterns, fn _ -> dynamic() end), :fn, place, {none(), state})
    {fun(), state}
  end

  def type({:try, _, [[{:do, body} | blocks]]}, place, state) do
    {type, state} = Expr.type(body, place, state)
    result = if Keyword.has_key?(blocks, :else), do: none(), else: type

    blocks
    |> Enum.reduce({result, state}, fn
      {:rescue, clauses}, result ->
        Enum.reduce(clauses, result, &rescued(&1, place, &2))

      {:catch, clauses}, result ->
        clauses(clauses, [atom([:error, :exit, :throw]), dynamic()], :try_catch, place, result)

      {:else, clauses}, result ->
        clauses(clauses, [type], {:try_else, type}, place, result)

      {:after, body}, {result, state} ->
        {result, body |> Expr.type(place, state) |> elem(1)}
    end)
    |> guessed()
  end

  def type({:receive, _, [blocks]}, place, state) do
    blocks
    |> Enum.reduce({none(), state}, fn
      {:do, {:__block__, _, []}}, result ->
        result

      {:do, clauses}, result ->
        clauses(clauses, [dynamic()], :receive, place, result)

      {:after, [{:->, meta, [[timeout], body]}]}, {result, state} ->
        {type, state} = Expr.type(timeout, place, state)
        {body, state} = Expr.type(body, place, state)

        if bits_type?(type, integer()) do
          {union(body, result), state}
        else
          {_, state} = error({:badtimeout, type, timeout, state}, meta, place, state)
          {union(body, result), state}
        end
    end)
    |> guessed()
  end

  def type({:for, _, args}, place, state) do
    {generators, [[{:do, block} | options]]} = Enum.split(args, -1)
    state = Enum.reduce(generators, state, &generator(&1, place, &2))

    state =
      for {key, value} <- options,
          key in [:into, :reduce],
          reduce: state,
          do: (state -> value |> Expr.type(place, state) |> elem(1))

    {_, state} =
      if Keyword.has_key?(options, :reduce),
        do: clauses(block, [dynamic()], :for_reduce, place, {none(), state}),
        else: Expr.type(block, place, state)

    {dynamic(), state}
  end

  def type({:with, _, args}, place, state) do
    {steps, [options]} = Enum.split(args, -1)
    state = Enum.reduce(steps, state, &step(&1, place, &2))

    state =
      Enum.reduce(options, state, fn
        {:do, body}, state -> body |> Expr.type(place, state) |> elem(1)
        {:else, clauses}, state -> clauses |> clauses([dynamic()], :with_else, place, {none(), state}) |> elem(1)
      end)

    {dynamic(), state}
  end

  defp guessed({type, state}), do: {dynamic(type), state}

  # A violation in one clause does not silence the others.
  defp clauses(clauses, expected, tag, place, {result, %{failed: failed?} = state}) do
    many? = length(clauses) > @most_clauses

    Enum.reduce(clauses, {result, state}, fn {:->, meta, [head, body]}, {result, state} ->
      found? = state.failed and not failed?
      state = %{state | failed: failed?}
      {patterns, guards} = split_head(head)
      {_, state} = Pattern.head(patterns, guards, expected, tag, meta, place, state)
      {body, state} = Expr.type(body, place, state)
      {if(many?, do: dynamic(), else: union(result, body)), %{state | failed: state.failed or found?}}
    end)
  end

  defp split_head([{:when, _, args}]) do
    {patterns, [guards]} = Enum.split(args, -1)
    {patterns, alternatives(guards)}
  end

  defp split_head(patterns), do: {patterns, []}

  defp alternatives({:when, _, [left, right]}), do: [left | alternatives(right)]
  defp alternatives(guard), do: [guard]

  ## cond

  defp condition(_type, _condition, _last?, _meta, %{mode: :infer}, state), do: state

  defp condition(type, condition, last?, meta, place, state) do
    case truthness(type) do
      :always_true when not last? -> warn({:badcond, "always match", type, condition, state}, meta, place, state)
      :always_false -> warn({:badcond, "never match", type, condition, state}, meta, place, state)
      _ -> state
    end
  end

  ## try

  defp rescued({:->, _, [[{:in, meta, [var, exceptions]} = expr], body]}, place, result) do
    rescued(var, exceptions, body, expr, false, meta, place, result)
  end

  defp rescued({:->, meta, [[var], body]}, place, result), do: rescued(var, [], body, var, true, meta, place, result)

  defp rescued(var, exceptions, body, expr, anonymous?, _meta, place, {result, state}) do
    types =
      for name <- List.wrap(exceptions) do
        case Literal.struct_keys(name) do
          nil -> dynamic()
          _ -> dynamic(Literal.struct_type(name, __exception__: atom([true])))
        end
      end

    any = open_map(__struct__: atom(), __exception__: atom([true]))
    type = if types == [], do: any, else: Enum.reduce(types, &union/2)

    state =
      case var do
        {:_, _, _} ->
          state

        _ ->
          wording = {:rescue, anonymous?}
          {_, _, state} = refine(var, type, expr, wording, place, state)
          state
      end

    {body, state} = Expr.type(body, place, state)
    {union(body, result), state}
  end

  @doc "How the clause of a rescue is shown."
  def rescue_source(expr), do: "rescue #{Rewrite.to_source(expr)} ->"

  ## for and with

  defp generator({:<-, _, [left, right]} = expr, place, state) do
    {patterns, guards} = split_head([left])
    {_, state} = Expr.type(right, place, state)
    {_, state} = Pattern.match(hd(patterns), guards, dynamic(), expr, :for, place, state)
    state
  end

  defp generator({:<<>>, _, segments} = expr, place, state) do
    {:<-, meta, [left, right]} = List.last(segments)
    {type, state} = Expr.type(right, place, state)
    left = {:<<>>, meta, Enum.drop(segments, -1) ++ segments_of(left)}
    {_, state} = Pattern.match(left, binary(), expr, :for, place, state)

    if bits_type?(type, binary()) do
      state
    else
      {_, state} = error({:badbinary, type, right, state}, meta, place, state)
      state
    end
  end

  defp generator(filter, place, state), do: filter |> Expr.type(place, state) |> elem(1)

  defp segments_of({:<<>>, _, segments}), do: segments
  defp segments_of(segment), do: [segment]

  defp step({:<-, _, [left, right]} = expr, place, state) do
    {patterns, guards} = split_head([left])
    {_, state} = Pattern.match(hd(patterns), guards, dynamic(), expr, :with, place, state)
    {_, state} = Expr.type(right, place, state)
    state
  end

  defp step(expr, place, state), do: expr |> Expr.type(place, state) |> elem(1)
end
