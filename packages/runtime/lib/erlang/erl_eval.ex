defmodule :erl_eval do
  @moduledoc """
  Erlang's `:erl_eval`: evaluates expressions in the abstract format with bindings, a list of pairs of name and value
  sorted by name. It knows the expressions that `:erl_parse` reads.
  """

  @doc "No bindings."
  def new_bindings, do: []

  @doc "The bindings as a list of pairs."
  def bindings(bindings), do: bindings

  @doc "Adds a binding."
  def add_binding(name, value, bindings), do: :orddict.store(name, value, bindings)

  @doc "Takes a binding away."
  def del_binding(name, bindings), do: :orddict.erase(name, bindings)

  @doc "`{:value, value}` or `:unbound`."
  def binding(name, bindings) do
    case :orddict.find(name, bindings) do
      {:ok, value} -> {:value, value}
      :error -> :unbound
    end
  end

  @doc "Evaluates expressions in order: `{:value, value, bindings}` of the last."
  def exprs([expression], bindings), do: expr(expression, bindings)

  def exprs([expression | rest], bindings) do
    {:value, _, bindings} = expr(expression, bindings)
    exprs(rest, bindings)
  end

  @doc "Evaluates each expression with the same bindings: `{values, bindings}`."
  def expr_list(expressions, bindings) do
    :lists.mapfoldl(
      fn expression, acc ->
        {:value, value, acc} = expr(expression, acc)
        {value, acc}
      end,
      bindings,
      expressions
    )
  end

  @doc "Evaluates an expression: `{:value, value, bindings}`."
  def expr({kind, _, value}, bindings) when kind in [:integer, :float, :atom, :string, :char],
    do: {:value, value, bindings}

  def expr({nil, _}, bindings), do: {:value, [], bindings}

  def expr({:var, _, name}, bindings) do
    case binding(name, bindings) do
      {:value, value} -> {:value, value, bindings}
      :unbound -> :erlang.error({:unbound_var, name})
    end
  end

  def expr({:cons, _, head, tail}, bindings) do
    {[head, tail], bindings} = expr_list([head, tail], bindings)
    {:value, [head | tail], bindings}
  end

  def expr({:tuple, _, items}, bindings) do
    {items, bindings} = expr_list(items, bindings)
    {:value, :erlang.list_to_tuple(items), bindings}
  end

  def expr({:map, line, pairs}, bindings), do: expr({:map, line, {:map_value, %{}}, pairs}, bindings)
  def expr({:map_value, map}, bindings), do: {:value, map, bindings}

  def expr({:map, _, map, pairs}, bindings) do
    {:value, map, bindings} = expr(map, bindings)

    {map, bindings} =
      :lists.foldl(
        fn {kind, _, key, value}, {map, bindings} ->
          {[key, value], bindings} = expr_list([key, value], bindings)
          {stored(kind, key, value, map), bindings}
        end,
        {map, bindings},
        pairs
      )

    {:value, map, bindings}
  end

  def expr({:bin, _, segments}, bindings) do
    {parts, bindings} = :lists.mapfoldl(&segment/2, bindings, segments)
    {:value, :erlang.list_to_bitstring(parts), bindings}
  end

  def expr({:match, _, pattern, expression}, bindings) do
    {:value, value, bindings} = expr(expression, bindings)

    case match(pattern, value, bindings) do
      {:match, bindings} -> {:value, value, bindings}
      :nomatch -> :erlang.error({:badmatch, value})
    end
  end

  def expr({:op, _, :andalso, left, right}, bindings) do
    case expr(left, bindings) do
      {:value, true, bindings} -> expr(right, bindings)
      {:value, false, bindings} -> {:value, false, bindings}
      {:value, other, _} -> :erlang.error({:badarg, other})
    end
  end

  def expr({:op, _, :orelse, left, right}, bindings) do
    case expr(left, bindings) do
      {:value, true, bindings} -> {:value, true, bindings}
      {:value, false, bindings} -> expr(right, bindings)
      {:value, other, _} -> :erlang.error({:badarg, other})
    end
  end

  def expr({:op, _, operator, left, right}, bindings) do
    {args, bindings} = expr_list([left, right], bindings)
    {:value, :erlang.apply(:erlang, operator, args), bindings}
  end

  def expr({:op, _, operator, operand}, bindings) do
    {:value, value, bindings} = expr(operand, bindings)
    {:value, :erlang.apply(:erlang, operator, [value]), bindings}
  end

  def expr({:block, _, body}, bindings), do: exprs(body, bindings)

  def expr({:catch, _, body}, bindings) do
    try do
      expr(body, bindings)
    catch
      :throw, value -> {:value, value, bindings}
      :exit, reason -> {:value, {:EXIT, reason}, bindings}
      :error, reason -> {:value, {:EXIT, {reason, __STACKTRACE__}}, bindings}
    end
  end

  def expr({:case, _, value, clauses}, bindings) do
    {:value, value, bindings} = expr(value, bindings)
    chosen(clauses, [value], bindings, {:case_clause, value})
  end

  def expr({:if, _, clauses}, bindings), do: chosen(clauses, [], bindings, :if_clause)

  def expr({:fun, _, {:function, module, name, arity}}, bindings) do
    {[module, name, arity], bindings} = expr_list([module, name, arity], bindings)
    {:value, :erlang.make_fun(module, name, arity), bindings}
  end

  def expr({:fun, _, {:function, name, arity}}, bindings),
    do: {:value, :erlang.make_fun(:erlang, name, arity), bindings}

  def expr({:fun, _, {:clauses, [{:clause, _, patterns, _, _} | _] = clauses}}, bindings) do
    run = fn args ->
      {:value, value, _} = chosen(clauses, args, bindings, :function_clause)
      value
    end

    {:value, fun_of(:erlang.length(patterns), run), bindings}
  end

  def expr({:call, _, {:remote, _, module, name}, args}, bindings) do
    {[module, name | args], bindings} = expr_list([module, name | args], bindings)
    {:value, :erlang.apply(module, name, args), bindings}
  end

  # Without a module a name is a function of `:erlang`, as in the shell.
  def expr({:call, _, {:atom, _, name}, args}, bindings) do
    {args, bindings} = expr_list(args, bindings)
    {:value, :erlang.apply(:erlang, name, args), bindings}
  end

  def expr({:call, _, fun, args}, bindings) do
    {[fun | args], bindings} = expr_list([fun | args], bindings)
    {:value, :erlang.apply(fun, args), bindings}
  end

  def expr({:lc, _, template, qualifiers}, bindings),
    do: {:value, comprehension(qualifiers, template, bindings), bindings}

  defp comprehension([{:generate, _, pattern, list} | rest], template, bindings) do
    {:value, list, _} = expr(list, bindings)

    :lists.flatmap(
      fn item ->
        case match(pattern, item, bindings) do
          {:match, bound} -> comprehension(rest, template, bound)
          :nomatch -> []
        end
      end,
      list
    )
  end

  defp comprehension([filter | rest], template, bindings) do
    case expr(filter, bindings) do
      {:value, true, bindings} -> comprehension(rest, template, bindings)
      {:value, false, _} -> []
      {:value, other, _} -> :erlang.error({:bad_filter, other})
    end
  end

  defp comprehension([], template, bindings) do
    {:value, value, _} = expr(template, bindings)
    [value]
  end

  defp stored(:map_field_exact, key, value, map), do: :maps.update(key, value, map)
  defp stored(:map_field_assoc, key, value, map), do: :maps.put(key, value, map)

  defp segment({:bin_element, _, {:string, _, chars}, :default, :default}, bindings),
    do: {:erlang.list_to_binary(chars), bindings}

  defp segment({:bin_element, _, value, size, types}, bindings) do
    {:value, value, bindings} = expr(value, bindings)

    {size, bindings} =
      case size do
        :default ->
          {:default, bindings}

        size ->
          {:value, size, bindings} = expr(size, bindings)
          {size, bindings}
      end

    {bits(value, size, if(types == :default, do: [:integer], else: types)), bindings}
  end

  defp bits(value, size, types) do
    little = :lists.member(:little, types)

    cond do
      :lists.member(:binary, types) or :lists.member(:bytes, types) ->
        if size == :default, do: value, else: :erlang.binary_part(value, 0, size)

      :lists.member(:bitstring, types) or :lists.member(:bits, types) ->
        value

      :lists.member(:utf8, types) ->
        <<value::utf8>>

      :lists.member(:float, types) ->
        width = if size == :default, do: 64, else: size
        if little, do: <<value::float-little-size(width)>>, else: <<value::float-size(width)>>

      true ->
        width = if size == :default, do: 8, else: size
        if little, do: <<value::little-size(width)>>, else: <<value::size(width)>>
    end
  end

  # The body of the first clause whose patterns and guards hold.
  defp chosen([{:clause, _, patterns, guards, body} | rest], values, bindings, error) do
    case match_all(patterns, values, bindings) do
      {:match, bound} ->
        if holds(guards, bound), do: exprs(body, bound), else: chosen(rest, values, bindings, error)

      :nomatch ->
        chosen(rest, values, bindings, error)
    end
  end

  defp chosen([], _values, _bindings, error), do: :erlang.error(error)

  defp holds([], _bindings), do: true
  defp holds(guards, bindings), do: :lists.any(fn guard -> :lists.all(&test(&1, bindings), guard) end, guards)

  defp test(expression, bindings) do
    try do
      {:value, value, _} = expr(expression, bindings)
      value === true
    catch
      _, _ -> false
    end
  end

  defp match_all([pattern | patterns], [value | values], bindings) do
    case match(pattern, value, bindings) do
      {:match, bindings} -> match_all(patterns, values, bindings)
      :nomatch -> :nomatch
    end
  end

  defp match_all([], [], bindings), do: {:match, bindings}
  defp match_all(_, _, _bindings), do: :nomatch

  defp match({:var, _, :_}, _value, bindings), do: {:match, bindings}

  defp match({:var, _, name}, value, bindings) do
    case binding(name, bindings) do
      {:value, bound} -> if bound === value, do: {:match, bindings}, else: :nomatch
      :unbound -> {:match, add_binding(name, value, bindings)}
    end
  end

  defp match({:match, _, left, right}, value, bindings), do: match_all([left, right], [value, value], bindings)

  defp match({:tuple, _, patterns}, value, bindings) when is_tuple(value),
    do: match_all(patterns, :erlang.tuple_to_list(value), bindings)

  defp match({:tuple, _, _}, _value, _bindings), do: :nomatch

  defp match({:cons, _, head, tail}, [first | rest], bindings), do: match_all([head, tail], [first, rest], bindings)
  defp match({:cons, _, _, _}, _value, _bindings), do: :nomatch

  defp match({:map, _, pairs}, value, bindings) when is_map(value) do
    :lists.foldl(
      fn
        {_, _, key, pattern}, {:match, bindings} ->
          {:value, key, _} = expr(key, bindings)

          case :maps.find(key, value) do
            {:ok, found} -> match(pattern, found, bindings)
            :error -> :nomatch
          end

        _, :nomatch ->
          :nomatch
      end,
      {:match, bindings},
      pairs
    )
  end

  defp match({:map, _, _}, _value, _bindings), do: :nomatch

  defp match(literal, value, bindings) do
    {:value, expected, _} = expr(literal, bindings)
    if expected === value, do: {:match, bindings}, else: :nomatch
  end

  defp fun_of(0, run), do: fn -> run.([]) end
  defp fun_of(1, run), do: fn a -> run.([a]) end
  defp fun_of(2, run), do: fn a, b -> run.([a, b]) end
  defp fun_of(3, run), do: fn a, b, c -> run.([a, b, c]) end
  defp fun_of(4, run), do: fn a, b, c, d -> run.([a, b, c, d]) end
  defp fun_of(5, run), do: fn a, b, c, d, e -> run.([a, b, c, d, e]) end
  defp fun_of(_arity, _run), do: :erlang.error(:system_limit)
end
