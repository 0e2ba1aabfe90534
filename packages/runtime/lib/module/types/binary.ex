defmodule Module.Types.Binary do
  @moduledoc false
  # The segments of a binary, in expressions, patterns and guards: `kind` is `:expr`, `:match` or `:guard`. A violation is shown in a
  # binary that has dots in the place of the other segments.

  import Module.Types.{Descr, State}
  alias Module.Types.{Expr, Guard, Pattern}

  @dots {:..., [], nil}

  def check(segments, kind, place, state) do
    last = length(segments) - 1

    segments
    |> Enum.with_index()
    |> Enum.reduce(state, fn {segment, index}, state ->
      before = if index == 0, do: [], else: [@dots]
      behind = if index == last, do: [], else: [@dots]
      check_segment(segment, kind, before ++ [segment] ++ behind, place, state)
    end)
  end

  # The expander has checked literals.
  defp check_segment({:"::", _, [value, _]}, _kind, _shown, _place, state) when is_binary(value) or is_number(value),
    do: state

  defp check_segment({:"::", meta, [value, specifier]}, kind, shown, place, state) do
    type = type(kind, specifier)
    expr = {:<<>>, meta, shown}
    {_, state} = of_value(kind, value, type, expr, place, state)
    check_size(specifier, kind, place, state)
  end

  defp of_value(:match, value, type, expr, place, state), do: Pattern.variable(value, type, expr, place, state)
  defp of_value(:guard, value, type, expr, place, state), do: Guard.type(value, type, expr, place, state)

  defp of_value(:expr, value, type, expr, place, state) do
    {actual, state} = Expr.type(value, place, state)
    intersect(actual, type, expr, place, state)
  end

  defp type(kind, {:-, _, [specifier, _]}), do: type(kind, specifier)
  defp type(:match, {name, _, _}) when name in [:utf8, :utf16, :utf32], do: integer()
  defp type(:match, {:float, _, _}), do: float()
  defp type(_kind, {:float, _, _}), do: number()
  defp type(_kind, {name, _, _}) when name in [:utf8, :utf16, :utf32], do: union(integer(), binary())
  defp type(_kind, {name, _, _}) when name in [:bits, :bitstring, :bytes, :binary], do: binary()
  defp type(_kind, _specifier), do: integer()

  defp check_size({:-, _, [left, right]}, kind, place, state),
    do: check_size(right, kind, place, check_size(left, kind, place, state))

  defp check_size({:size, _, [size]} = expr, kind, place, state) when not is_integer(size) do
    {_, state} = of_value(if(kind == :match, do: :guard, else: kind), size, integer(), expr, place, state)
    state
  end

  defp check_size(_specifier, _kind, _place, state), do: state
end
