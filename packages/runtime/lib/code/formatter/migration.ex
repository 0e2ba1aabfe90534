# Rewrites that the formatter does on request: `unless` to `if`, and parentheses of bitstring modifiers. They work on
# the form that is printed, before it is.
defmodule Code.Formatter.Migration do
  @moduledoc false

  @negated_by_not [:>, :>=, :<, :<=, :in] ++
                    [:is_atom, :is_boolean, :is_nil, :is_number, :is_integer, :is_float, :is_binary] ++
                    [:is_map, :is_struct, :is_non_struct_map, :is_exception, :is_list, :is_tuple] ++
                    [:is_function, :is_reference, :is_pid, :is_port]

  @opposites %{==: :!=, !=: :==, ===: :!==, !==: :===}

  @modifiers [:integer, :float, :bits, :bitstring, :binary, :bytes, :utf8, :utf16, :utf32] ++
               [:signed, :unsigned, :little, :big, :native, :_]

  def migrate(quoted, opts) do
    all? = Keyword.get(opts, :migrate, false)
    unless? = Keyword.get(opts, :migrate_unless, all?)
    modifiers? = Keyword.get(opts, :migrate_bitstring_modifiers, all?)

    quoted = if unless?, do: without_unless(quoted), else: quoted
    if modifiers?, do: Macro.prewalk(quoted, &bitstring/1), else: quoted
  end

  # A definition of `unless` itself stays as it is.
  defp without_unless({kind, _, [{:unless, _, _} | _]} = ast) when kind in [:defmacro, :defmacrop], do: ast

  defp without_unless({:unless, meta, [condition, block]}),
    do: {:if, meta, [without_unless(negate(condition)), without_unless(block)]}

  defp without_unless({:|>, meta, [condition, {:unless, if_meta, [block]}]}) do
    condition =
      case condition do
        {:|>, _, _} -> {:|>, [], [condition, {{:., [], [{:__aliases__, [], [:Kernel]}, :!]}, [closing: []], []}]}
        condition -> negate(condition)
      end

    {:|>, meta, [without_unless(condition), {:if, if_meta, [without_unless(block)]}]}
  end

  defp without_unless({form, meta, args}), do: {without_unless(form), meta, without_unless(args)}
  defp without_unless({left, right}), do: {without_unless(left), without_unless(right)}
  defp without_unless(list) when is_list(list), do: Enum.map(list, &without_unless/1)
  defp without_unless(other), do: other

  defp negate({op, _, [condition]}) when op in [:!, :not], do: condition

  defp negate({op, meta, [left, right]}) when is_map_key(@opposites, op),
    do: {Map.fetch!(@opposites, op), meta, [left, right]}

  defp negate({op, _, [_ | _]} = condition) when op in @negated_by_not, do: {:not, [], [condition]}
  defp negate(condition), do: {:!, [], [condition]}

  defp bitstring({:<<>>, meta, segments}), do: {:<<>>, meta, Enum.map(segments, &segment/1)}
  defp bitstring(other), do: other

  defp segment({:"::", meta, [value, spec]}), do: {:"::", meta, [value, modifiers(spec)]}
  defp segment({:<-, meta, [left, right]}), do: {:<-, meta, [segment(left), right]}
  defp segment(other), do: other

  # `binary()` loses its parentheses; a macro gets them.
  defp modifiers({:-, meta, [left, right]}), do: {:-, meta, [modifiers(left), modifiers(right)]}
  defp modifiers({:*, _, _} = spec), do: spec

  defp modifiers({name, meta, args}) when is_atom(name) and args in [nil, []],
    do: {name, meta, if(name in @modifiers, do: nil, else: [])}

  defp modifiers(spec), do: spec
end
