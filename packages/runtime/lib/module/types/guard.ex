defmodule Module.Types.Guard do
  @moduledoc false
  # Guards: they must be able to hold. What they say of variables is not learnt from them.

  import Module.Types.{Descr, State}
  alias Module.Types.{Apply, Binary, Literal, Pattern}

  @comparisons [:==, :"/=", :"=:=", :"=/="]

  def all(guards, place, state) do
    expected = atom([true, false, :fail])
    Enum.reduce(guards, state, fn guard, state -> guard |> type(expected, guard, place, state) |> elem(1) end)
  end

  @doc "The type of a part of a guard, which should be of the expected one. `expr` is the whole."
  def type(atom, expected, expr, place, state) when is_atom(atom) do
    if atom_type?(expected, atom),
      do: {atom([atom]), state},
      else: incompatible(expr, expected, atom([atom]), place, state)
  end

  def type(number, expected, expr, place, state) when is_integer(number),
    do: literal(integer(), expected, expr, place, state)

  def type(number, expected, expr, place, state) when is_float(number),
    do: literal(float(), expected, expr, place, state)

  def type(binary, expected, expr, place, state) when is_binary(binary),
    do: literal(binary(), expected, expr, place, state)

  def type([], expected, expr, place, state), do: literal(empty_list(), expected, expr, place, state)

  def type(list, _expected, expr, place, state) when is_list(list) do
    {elements, last} = Pattern.unpack(list)
    {types, state} = types(elements, expr, place, state)
    {last, state} = type(last, dynamic(), expr, place, state)
    {types |> Enum.reduce(&union/2) |> non_empty_list(last), state}
  end

  def type({left, right}, _expected, expr, place, state), do: elements([left, right], expr, place, state)
  def type({:{}, _, elements}, _expected, expr, place, state), do: elements(elements, expr, place, state)

  def type({:%, _, [name, {:%{}, _, args}]} = struct, _expected, _expr, place, state) when is_atom(name) do
    Literal.struct(name, args, state, &type(&1, dynamic(), struct, place, &2))
  end

  def type({:%{}, _, args}, _expected, expr, place, state) do
    Literal.map(args, state, &type(&1, dynamic(), expr, place, &2))
  end

  def type({:<<>>, _, segments}, expected, expr, place, state) do
    if bits_type?(expected, binary()),
      do: {binary(), Binary.check(segments, :guard, place, state)},
      else: incompatible(expr, expected, binary(), place, state)
  end

  def type({:^, _, [var]}, expected, expr, place, state), do: intersect(var(var, state), expected, expr, place, state)

  def type({{:., _, [:erlang, name]}, _, args}, _expected, expr, place, state) when name in @comparisons do
    {_types, state} = types(args, expr, place, state)
    {boolean(), state}
  end

  def type({{:., _, [:erlang, name]}, _, args} = call, _expected, expr, place, state) when is_atom(name) do
    {types, state} = types(args, expr, place, state)
    Apply.remote(:erlang, name, types, call, place, state)
  end

  def type({{:., _, [map, key]}, _, []} = access, _expected, expr, place, state) do
    {type, state} = type(map, dynamic(), expr, place, state)
    field(access, type, key, place, state)
  end

  def type({name, _, context} = var, expected, expr, place, state) when is_atom(name) and is_atom(context) do
    intersect(var(var, state), expected, expr, place, state)
  end

  defp literal(type, expected, expr, place, state) do
    if bits_type?(expected, type), do: {type, state}, else: incompatible(expr, expected, type, place, state)
  end

  defp types(parts, expr, place, state), do: Enum.map_reduce(parts, state, &type(&1, dynamic(), expr, place, &2))

  defp elements(parts, expr, place, state) do
    {types, state} = types(parts, expr, place, state)
    {tuple(types), state}
  end
end
