defmodule Module.Types.Expr do
  @moduledoc false
  # Expressions: their types, and what in them must fail. What an expression with clauses returns is a guess, so its type is dynamic.

  import Module.Types.{Descr, State}
  alias Module.Types.{Apply, Binary, Clauses, Literal, Pattern}
  alias Module.Types.Descr.Maps

  @most_shapes 64

  def type(atom, _place, state) when is_atom(atom), do: {atom([atom]), state}
  def type(number, _place, state) when is_integer(number), do: {integer(), state}
  def type(number, _place, state) when is_float(number), do: {float(), state}
  def type(binary, _place, state) when is_binary(binary), do: {binary(), state}
  def type(pid, _place, state) when is_pid(pid), do: {pid(), state}
  def type([], _place, state), do: {empty_list(), state}

  def type(list, place, state) when is_list(list) do
    {elements, last} = Pattern.unpack(list)
    {types, state} = types(elements, place, state)
    {last, state} = type(last, place, state)
    {types |> any_of() |> non_empty_list(last), state}
  end

  def type({left, right}, place, state), do: type({:{}, [], [left, right]}, place, state)

  def type({:{}, _, elements}, place, state) do
    {types, state} = types(elements, place, state)
    {tuple(types), state}
  end

  def type({:<<>>, _, segments}, place, state), do: {binary(), Binary.check(segments, :expr, place, state)}
  def type({:__CALLER__, _, context}, _place, state) when is_atom(context), do: {caller(), state}
  def type({:__STACKTRACE__, _, context}, _place, state) when is_atom(context), do: {stacktrace(), state}

  def type({:=, _, [left, right]} = expr, place, state) do
    {left, right} = innermost(left, right)
    {type, state} = type(right, place, state)

    case left do
      {:_, _, context} when is_atom(context) -> {type, state}
      _ -> Pattern.match(left, type, expr, {:match, type}, place, state)
    end
  end

  def type({:%{}, meta, [{:|, _, [map, pairs]}]} = expr, place, state) do
    {map_type, state} = type(map, place, state)
    update(map_type, pairs, meta, expr, place, state)
  end

  def type({:%, _, [name, {:%{}, _, [{:|, meta, [map, pairs]}]}]} = expr, place, state) do
    struct_type = Literal.struct_type(name)
    {type, state} = type(map, place, state)

    if disjoint?(struct_type, type) do
      error({:badstruct, expr, struct_type, type, state}, meta, place, state)
    else
      Enum.reduce(pairs, {Maps.put(type, :__struct__, atom([name])), state}, fn {key, value}, {type, state} ->
        {value, state} = type(value, place, state)
        {Maps.put(type, key, value), state}
      end)
    end
  end

  def type({:%{}, _, pairs}, place, state), do: Literal.map(pairs, state, &type(&1, place, &2))

  def type({:%, _, [name, {:%{}, _, pairs}]}, place, state),
    do: Literal.struct(name, pairs, state, &type(&1, place, &2))

  def type({:__block__, _, []}, _place, state), do: {atom([nil]), state}

  def type({:__block__, _, exprs}, place, state) do
    {types, state} = types(exprs, place, state)
    {List.last(types), state}
  end

  def type({name, _, args} = expr, place, state)
      when name in [:cond, :case, :fn, :try, :receive, :for, :with] and is_list(args) do
    Clauses.type(expr, place, state)
  end

  def type({{:., meta, [fun]}, _, args} = call, place, state) do
    {type, state} = type(fun, place, state)
    {_types, state} = types(args, place, state)

    if fun?(type),
      do: {dynamic(), state},
      else: error({:badfun, length(args), type, fun, call, state}, meta, place, state)
  end

  def type({{:., _, [map_or_module, name]}, meta, []} = expr, place, state)
      when not is_atom(map_or_module) and is_atom(name) do
    {type, state} = type(map_or_module, place, state)

    if Keyword.get(meta, :no_parens, false) do
      field(expr, type, name, place, state)
    else
      {modules, state} = modules(type, name, 0, true, expr, meta, place, state)
      Apply.remote(modules, name, [], expr, place, state)
    end
  end

  def type({{:., _, [module, name]}, meta, args} = expr, place, state) do
    {type, state} = type(module, place, state)
    {types, state} = types(args, place, state)
    {modules, state} = modules(type, name, length(args), false, expr, meta, place, state)
    Apply.remote(modules, name, types, expr, place, state)
  end

  def type({:&, _, [{:/, _, [{{:., _, [module, name]}, meta, []}, arity]}]} = expr, place, state)
      when is_integer(arity) do
    {type, state} = type(module, place, state)
    {_modules, state} = modules(type, name, arity, false, expr, meta, place, state)
    {dynamic(fun()), state}
  end

  def type({:&, _, [{:/, _, [{name, _, _}, arity]}]}, place, state), do: Apply.local_capture(name, arity, place, state)

  def type({:super, meta, args} = expr, place, state) when is_list(args) do
    {types, state} = types(args, place, state)

    case meta[:super] do
      {_kind, name} -> Apply.local(name, types, expr, place, state)
      _ -> {dynamic(), state}
    end
  end

  def type({name, _, args} = expr, place, state) when is_atom(name) and is_list(args) do
    {types, state} = types(args, place, state)
    Apply.local(name, types, expr, place, state)
  end

  def type({name, _, context} = var, _place, state) when is_atom(name) and is_atom(context),
    do: {var(var, state), state}

  # A value that a macro has put into the code.
  def type(_value, _place, state), do: {dynamic(), state}

  # A union of many shapes says little and costs much.
  defp any_of(types) do
    distinct = Enum.uniq(types)
    if length(distinct) > @most_shapes, do: dynamic(), else: Enum.reduce(distinct, &union/2)
  end

  def types(exprs, place, state), do: Enum.map_reduce(exprs, state, &type(&1, place, &2))

  # `a = b = value`: both patterns against the value.
  defp innermost(left, {:=, meta, [middle, right]}), do: innermost({:=, meta, [left, middle]}, right)
  defp innermost(left, right), do: {left, right}

  # The keys must be there. With keys that are not known, those that come before them must.
  defp update(map_type, pairs, meta, expr, place, state) do
    Literal.build(pairs, state, &type(&1, place, &2), fn rest, asserted, pairs ->
      known? = rest == none()
      asserted = if known?, do: asserted, else: Keyword.keys(pairs) ++ asserted
      Enum.each(asserted, &present(Maps.fetch(map_type, &1), &1))

      if known?,
        do: Enum.reduce(pairs, map_type, fn {key, type}, map -> map |> Maps.replace(key, type) |> present(key) end),
        else: open_map(pairs)
    end)
  catch
    {:badkey, key} -> error({:badkey_update, map_type, key, expr, state}, meta, place, state)
    {:badmap, _key} -> error({:badmap_update, map_type, expr, state}, meta, place, state)
  end

  defp present(reason, key) when reason in [:badkey, :badmap], do: throw({reason, key})
  defp present(type, _key), do: type

  defp caller do
    aliases = list(tuple([atom(), atom()]))
    names = list(tuple([atom(), list(tuple([atom(), integer()]))]))
    modules = list(atom())

    closed_map(
      __struct__: atom([Macro.Env]),
      aliases: aliases,
      context: atom([:match, :guard, nil]),
      context_modules: modules,
      file: binary(),
      function: union(tuple([atom(), integer()]), atom([nil])),
      functions: names,
      lexical_tracker: union(pid(), atom([nil])),
      line: integer(),
      macro_aliases: aliases,
      macros: names,
      module: atom(),
      requires: modules,
      tracers: modules,
      versioned_vars: open_map()
    )
  end

  defp stacktrace do
    arity = union(list(term()), integer())

    info =
      [
        tuple([atom([:file]), list(integer())]),
        tuple([atom([:line]), integer()]),
        tuple([atom([:error_info]), open_map()])
      ]
      |> Enum.reduce(&union(&2, &1))
      |> list()

    list(union(tuple([atom(), atom(), arity, info]), tuple([fun(), arity, info])))
  end
end
