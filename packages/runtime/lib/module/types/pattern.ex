defmodule Module.Types.Pattern do
  @moduledoc false
  # Patterns: what they match, and what their variables are then.
  #
  # Types flow both ways: a variable has the type of the place where it stands, and where it stands twice, both places have the type
  # that it has. So a pattern is first read as a tree, in which variables are named, and the places of each variable are noted. Then the
  # type of the tree and those of the variables are worked out in turn until nothing changes.
  #
  # A node of the tree is a type, `{:tuple, nodes}`, `{:map, tag, pairs}`, `{:list, nodes, last}`, `{:all, nodes}` or `{:var, version}`.
  # The place of a variable is `{variable, argument, expression, path}`, where a step of the path is `{:elem, index}`, `{:key, key}`,
  # `{:head, number}` (the node of that number is kept, as an element of a list is one of several) or `:tail`.

  import Module.Types.{Descr, State}
  alias Module.Types.{Binary, Descr, Guard, Literal}
  alias Module.Types.Descr.{Lists, Maps, Tuples}

  @doc "The patterns and guards of a clause against the types expected; the types then."
  def head(patterns, guards, expected, tag, meta, place, state) do
    place = %{place | meta: meta}
    {types, state} = match_all(Enum.zip(patterns, patterns), expected, tag, place, state)
    {types, Guard.all(guards, place, state)}
  end

  @doc "One pattern, where violations are told with the whole expression."
  def match(pattern, guards \\ [], expected, expr, tag, place, state) do
    {[type], state} = match_all([{pattern, expr}], [expected], tag, place, state)
    {type, Guard.all(guards, place, state)}
  end

  defp match_all([], [], _tag, _place, state), do: {[], state}

  defp match_all(patterns, expected, tag, place, state) do
    outer = state.pattern
    state = %{state | pattern: %{places: %{}, heads: %{}, next: 1}}

    {args, state} =
      patterns
      |> Enum.with_index()
      |> Enum.map_reduce(state, fn {{pattern, expr}, index}, state ->
        {node, state} = read(pattern, {index, expr, []}, place, state)
        {{node, expr}, state}
      end)

    %{places: places, heads: heads} = state.pattern

    known = %{
      args: args,
      places: Enum.sort(places),
      heads: heads,
      tag: tag,
      place: place,
      fixed: fixed(places, length(args))
    }

    state = %{state | pattern: outer}

    try do
      {types, state} = narrow(expected, Enum.to_list(0..(length(args) - 1)), known, state)
      settle(types, known, state)
    catch
      {:no_match, types, state} ->
        {types, Enum.reduce(known.places, state, fn {_, [{var, _, _, _} | _]}, state -> forget(var, state) end)}
    end
  end

  # Arguments all of whose variables stand in one place: what these are changes nothing.
  defp fixed(places, count) do
    Enum.reject(0..(count - 1), fn index ->
      Enum.any?(places, fn {_, places} -> length(places) > 1 and Enum.any?(places, &(elem(&1, 1) == index)) end)
    end)
  end

  # The types of the arguments at these indexes, as far as the tree allows.
  defp narrow(types, indexes, known, state) do
    {narrowed, state} =
      Enum.map_reduce(Enum.with_index(types), state, fn {type, index}, state ->
        if index in indexes do
          {node, expr} = Enum.at(known.args, index)
          type = intersection(type(node, state), type)
          if empty?(type), do: fail(expr, types, known, state), else: {type, state}
        else
          {type, state}
        end
      end)

    {narrowed, state}
  end

  defp settle(types, known, state) do
    {changed, state} =
      Enum.reduce(known.places, {[], state}, fn {version, places}, {changed, state} ->
        case refine_all(places, version, types, known, state) do
          {true, state} -> {Enum.map(places, &elem(&1, 1)) ++ changed, state}
          {false, state} -> {changed, state}
        end
      end)

    case Enum.uniq(changed) -- known.fixed do
      [] ->
        {types, state}

      changed ->
        case narrow(types, changed, known, state) do
          {^types, state} -> {types, state}
          {types, state} -> settle(types, known, state)
        end
    end
  end

  # A variable has the type of each of its places. Whether that tells something new about the arguments.
  defp refine_all(places, version, types, known, state) do
    Enum.reduce(places, {false, state}, fn {var, index, expr, path}, {changed?, state} ->
      case follow(path, Enum.at(types, index), true, known, state) do
        nil ->
          fail(expr, types, known, state)

        {type, reachable?} ->
          with %{^version => %{type: current}} <- state.vars, true <- subtype?(current, type) do
            {changed?, state}
          else
            _ ->
              case refine(var, type, expr, known.place, state) do
                {:ok, _, state} -> {changed? or reachable?, state}
                {:error, _, state} -> throw({:no_match, types, state})
              end
          end
      end
    end)
  end

  defp fail(expr, types, %{tag: tag, place: place}, state) do
    meta = meta_of(expr) ++ Keyword.take(place.meta, [:generated, :line])
    {_, state} = error({:badpattern, expr, tag, state}, meta, place, state)
    throw({:no_match, types, state})
  end

  # The type at the end of a path, and whether it is a place of its own; `nil` where there is none.
  defp follow([], type, reachable?, _known, _state), do: {type, reachable?}

  defp follow([step | path], type, reachable?, known, state) do
    case step do
      {:elem, index} ->
        type |> Tuples.fetch(index) |> follow_type(path, reachable?, known, state)

      {:key, key} when is_atom(key) ->
        type |> Maps.fetch(key) |> follow_type(path, reachable?, known, state)

      {:key, _} ->
        follow(path, dynamic(), false, known, state)

      :tail ->
        type |> Lists.tail() |> follow_type(path, reachable?, known, state)

      {:head, number} ->
        with(
          head when head != nil <- Lists.head(type),
          do: follow(path, intersection(type(known.heads[number], state), head), false, known, state)
        )
    end
  end

  defp follow_type(type, path, reachable?, known, state) when is_type(type),
    do: follow(path, type, reachable?, known, state)

  defp follow_type(_none, _path, _reachable?, _known, _state), do: nil

  ## Types of trees

  defp type(type, _state) when is_type(type), do: type
  defp type({:tuple, nodes}, state), do: nodes |> Enum.map(&type(&1, state)) |> tuple()
  defp type({:map, :open, pairs}, state), do: pairs |> pairs(state) |> open_map()
  defp type({:map, :closed, pairs}, state), do: pairs |> pairs(state) |> closed_map()
  defp type({:all, nodes}, state), do: nodes |> Enum.map(&type(&1, state)) |> Enum.reduce(&intersection/2)

  defp type({:list, nodes, last}, state) do
    nodes |> Enum.map(&type(&1, state)) |> Enum.reduce(&union/2) |> non_empty_list(type(last, state))
  end

  defp type({:var, version}, state) do
    case state.vars do
      %{^version => %{type: type}} -> type
      _ -> term()
    end
  end

  defp pairs(pairs, state), do: Enum.map(pairs, fn {key, node} -> {key, type(node, state)} end)

  # A tree without variables is its type.
  defp ready(node, parts, state), do: if(Enum.all?(parts, &is_type/1), do: type(node, state), else: node)

  ## Reading

  # `at` is the argument, its expression and the path so far, last step first.
  defp read(literal, _at, _place, state) when is_atom(literal), do: {atom([literal]), state}
  defp read(literal, _at, _place, state) when is_integer(literal), do: {integer(), state}
  defp read(literal, _at, _place, state) when is_float(literal), do: {float(), state}
  defp read(literal, _at, _place, state) when is_binary(literal), do: {binary(), state}
  defp read([], _at, _place, state), do: {empty_list(), state}

  defp read(list, at, place, state) when is_list(list) do
    {elements, last} = unpack(list)
    read_list(elements, last, at, place, state)
  end

  defp read({left, right}, at, place, state), do: read_tuple([left, right], at, place, state)
  defp read({:{}, _, elements}, at, place, state), do: read_tuple(elements, at, place, state)

  defp read({:=, _, [_, _]} = match, at, place, state) do
    {nodes, state} = match |> sides() |> Enum.map_reduce(state, &read(&1, at, place, &2))
    {fixed, open} = Enum.split_with(nodes, &is_type/1)
    fixed = if fixed == [], do: [], else: [fixed |> Enum.reverse() |> Enum.reduce(&intersection/2)]

    case {fixed, Enum.reverse(open)} do
      {[type], []} -> {type, state}
      {fixed, open} -> {{:all, fixed ++ open}, state}
    end
  end

  defp read({:%, _, [name, {:%{}, _, args}]}, at, place, state) when is_atom(name) do
    {pairs, state} = read_pairs(args, at, place, state)

    case Literal.struct_keys(name) do
      nil ->
        {dynamic(), state}

      keys ->
        pairs = [__struct__: atom([name])] ++ for(key <- keys, do: {key, Keyword.get(pairs, key, term())})
        {ready({:map, :closed, pairs}, Keyword.values(pairs), state), state}
    end
  end

  # A pinned name, or one that does not matter.
  defp read({:%, _, [{name, _, _} = var, {:%{}, _, args}]} = expr, at, place, state) when name in [:^, :_] do
    {type, state} = variable(var, atom(), expr, place, state)
    read_map(args, [__struct__: type], at, place, state)
  end

  defp read({:%, _, [var, {:%{}, _, args}]}, at, place, state) do
    {node, state} = read(var, step(at, {:key, :__struct__}), place, state)
    read_map(args, [__struct__: {:all, [atom(), node]}], at, place, state)
  end

  defp read({:%{}, _, args}, at, place, state), do: read_map(args, [], at, place, state)
  defp read({:<<>>, _, segments}, _at, place, state), do: {binary(), Binary.check(segments, :match, place, state)}
  defp read({{:., _, [:erlang, :++]}, _, [left, right]}, at, place, state), do: read_list(left, right, at, place, state)
  defp read({:^, _, [var]}, _at, _place, state), do: {var(var, state), state}
  defp read({:_, _, _}, _at, _place, state), do: {term(), state}

  defp read({name, meta, context} = var, {index, expr, path}, _place, state) when is_atom(name) and is_atom(context) do
    version = Keyword.fetch!(meta, :version)
    seen = {var, index, expr, Enum.reverse(path)}

    {{:var, version},
     update_in(state.pattern.places, &Map.update(&1, version, [seen], fn places -> [seen | places] end))}
  end

  defp step({index, expr, path}, step), do: {index, expr, [step | path]}

  defp sides({:=, _, [left, right]}), do: sides(left) ++ sides(right)
  defp sides(pattern), do: [pattern]

  defp read_tuple(elements, at, place, state) do
    {nodes, state} =
      elements
      |> Enum.with_index()
      |> Enum.map_reduce(state, fn {element, index}, state -> read(element, step(at, {:elem, index}), place, state) end)

    {ready({:tuple, nodes}, nodes, state), state}
  end

  defp read_pairs(pairs, at, place, state) do
    Enum.map_reduce(pairs, state, fn {key, value}, state ->
      {node, state} = read(value, step(at, {:key, key}), place, state)
      {{key, node}, state}
    end)
  end

  # What is known of keys other than atoms is not part of a type.
  defp read_map(args, first, at, place, state) do
    {pairs, state} = read_pairs(args, at, place, state)
    pairs = first ++ for {key, node} <- pairs, is_atom(key), do: {key, node}
    {ready({:map, :open, pairs}, Keyword.values(pairs), state), state}
  end

  defp read_list([], last, at, place, state), do: read(last, at, place, state)

  defp read_list(elements, last, at, place, state) do
    {last, state} = read(last, step(at, :tail), place, state)

    {nodes, state} =
      Enum.map_reduce(elements, state, fn element, state ->
        number = state.pattern.next
        state = put_in(state.pattern.next, number + 1)
        {node, state} = read(element, step(at, {:head, number}), place, state)
        {node, put_in(state.pattern.heads[number], node)}
      end)

    {fixed, open} = Enum.split_with(nodes, &is_type/1)
    fixed = if fixed == [], do: [], else: [fixed |> Enum.reverse() |> Enum.reduce(&union/2)]
    node = {:list, fixed ++ Enum.reverse(open), last}
    {ready(node, [last | open], state), state}
  end

  @doc "The elements of a list as it is written, and what follows them."
  def unpack(list) do
    case List.last(list) do
      {:|, _, [element, last]} -> {List.replace_at(list, -1, element), last}
      _ -> {list, []}
    end
  end

  ## Inside binaries and struct names

  @doc "The pattern of a segment, or of the name of a struct."
  def variable({:^, _, [var]}, expected, expr, place, state),
    do: intersect(var(var, state), expected, expr, place, state)

  def variable({:_, _, _}, expected, _expr, _place, state), do: {expected, state}

  def variable({name, _, context} = var, expected, expr, place, state) when is_atom(name) and is_atom(context) do
    {_, type, state} = refine(var, expected, expr, place, state)
    {type, state}
  end

  def variable({:<<>>, _, segments}, _expected, _expr, place, state),
    do: {binary(), Binary.check(segments, :match, place, state)}

  def variable(pattern, expected, expr, place, state), do: match(pattern, expected, expr, :default, place, state)
end
