defmodule :erl_parse do
  @moduledoc """
  Erlang's `:erl_parse`: expressions and terms of Erlang in the abstract format. Forms, records, binary
  comprehensions, `try` and `receive` are not read.
  """

  # How tightly operators bind, and to which side.
  @binary %{
    =: {100, :right},
    !: {100, :right},
    orelse: {150, :right},
    andalso: {160, :right},
    ==: {200, :none},
    "/=": {200, :none},
    "=<": {200, :none},
    <: {200, :none},
    >=: {200, :none},
    >: {200, :none},
    "=:=": {200, :none},
    "=/=": {200, :none},
    ++: {300, :right},
    --: {300, :right},
    +: {400, :left},
    -: {400, :left},
    bor: {400, :left},
    bxor: {400, :left},
    bsl: {400, :left},
    bsr: {400, :left},
    or: {400, :left},
    xor: {400, :left},
    /: {500, :left},
    *: {500, :left},
    div: {500, :left},
    rem: {500, :left},
    band: {500, :left},
    and: {500, :left}
  }
  @prefix 600

  @doc "The expressions of tokens that end in a dot: `{:ok, expressions}` or `{:error, info}`."
  def parse_exprs(tokens) do
    parsed(fn ->
      case exprs(tokens) do
        {list, [{:dot, _}]} -> list
        {_, rest} -> unexpected(rest)
      end
    end)
  end

  @doc "The term of tokens that end in a dot."
  def parse_term(tokens) do
    parsed(fn ->
      case expr(tokens, 0) do
        {expression, [{:dot, _}]} -> constant(expression)
        {_, rest} -> unexpected(rest)
      end
    end)
  end

  defp parsed(fun) do
    try do
      {:ok, fun.()}
    catch
      {:syntax, info} -> {:error, info}
    end
  end

  defp unexpected([]), do: throw({:syntax, {999_999, :erl_parse, [~c"syntax error before: ", ~c""]}})

  defp unexpected([token | _]) do
    throw({:syntax, {:erlang.element(2, token), :erl_parse, [~c"syntax error before: ", token_text(token)]}})
  end

  defp token_text({:dot, _}), do: ~c"'.'"
  defp token_text({:var, _, name}), do: :erlang.atom_to_list(name)
  defp token_text({_, _, value}), do: :io_lib.write(value)
  defp token_text({kind, _}), do: :io_lib.write(kind)

  defp constant(expression) do
    try do
      normalise(expression)
    catch
      :error, _ -> throw({:syntax, {:erlang.element(2, expression), :erl_parse, ~c"bad term"}})
    end
  end

  @doc "The words for an error."
  def format_error(message), do: :lists.flatten(message)

  defp exprs(tokens) do
    case expr(tokens, 0) do
      {first, [{:",", _} | rest]} ->
        {others, rest} = exprs(rest)
        {[first | others], rest}

      {first, rest} ->
        {[first], rest}
    end
  end

  # An expression whose operators bind at least as tightly as `level`.
  defp expr([{:catch, line} | rest], _level) do
    {body, rest} = expr(rest, 0)
    {{:catch, line, body}, rest}
  end

  defp expr(tokens, level) do
    {left, rest} = prefixed(tokens)
    infix(left, rest, level)
  end

  defp infix(left, [{operator, line} | rest] = tokens, level) do
    case @binary do
      %{^operator => {binding, side}} when binding >= level ->
        {right, rest} = expr(rest, if(side == :right, do: binding, else: binding + 1))
        infix(combined(operator, line, left, right), rest, if(side == :none, do: binding + 1, else: level))

      %{} ->
        {left, tokens}
    end
  end

  defp infix(left, tokens, _level), do: {left, tokens}

  defp combined(:=, line, left, right), do: {:match, line, left, right}
  defp combined(operator, line, left, right), do: {:op, line, operator, left, right}

  defp prefixed([{operator, line} | rest]) when operator in [:+, :-, :bnot, :not] do
    {operand, rest} = expr(rest, @prefix)
    {{:op, line, operator, operand}, rest}
  end

  defp prefixed(tokens) do
    {first, rest} = primary(tokens)
    postfix(first, rest)
  end

  defp postfix(module, [{:":", line} | rest]) do
    {name, rest} = primary(rest)
    postfix({:remote, line, module, name}, rest)
  end

  defp postfix(function, [{:"(", _} | rest]) do
    {args, rest} = sequence(rest, :")")
    postfix({:call, :erlang.element(2, function), function, args}, rest)
  end

  defp postfix(map, [{:"#", line}, {:"{", _} | rest]) do
    {pairs, rest} = pairs(rest)
    postfix({:map, line, map, pairs}, rest)
  end

  defp postfix(expression, rest), do: {expression, rest}

  defp primary([{:string, line, chars} | rest]), do: strings(rest, line, chars)
  defp primary([{kind, _, _} = token | rest]) when kind in [:integer, :float, :atom, :char, :var], do: {token, rest}

  defp primary([{:"(", _} | rest]) do
    {expression, rest} = expr(rest, 0)
    {expression, expect(rest, :")")}
  end

  defp primary([{:"{", line} | rest]) do
    {items, rest} = sequence(rest, :"}")
    {{:tuple, line, items}, rest}
  end

  defp primary([{:"[", line}, {:"]", _} | rest]), do: {{nil, line}, rest}
  defp primary([{:"[", line} | rest]), do: elements(rest, line)

  defp primary([{:"#", line}, {:"{", _} | rest]) do
    {pairs, rest} = pairs(rest)
    {{:map, line, pairs}, rest}
  end

  defp primary([{:"<<", line}, {:">>", _} | rest]), do: {{:bin, line, []}, rest}

  defp primary([{:"<<", line} | rest]) do
    {segments, rest} = segments(rest)
    {{:bin, line, segments}, rest}
  end

  defp primary([{:begin, line} | rest]) do
    {body, rest} = exprs(rest)
    {{:block, line, body}, expect(rest, :end)}
  end

  defp primary([{:case, line} | rest]) do
    {value, rest} = expr(rest, 0)
    {clauses, rest} = clauses(expect(rest, :of), &case_head/1)
    {{:case, line, value, clauses}, expect(rest, :end)}
  end

  defp primary([{:if, line} | rest]) do
    {clauses, rest} = clauses(rest, fn tokens -> {[], tokens, :guard} end)
    {{:if, line, clauses}, expect(rest, :end)}
  end

  defp primary([{:fun, line}, {:"(", _} | _] = tokens) do
    {clauses, rest} = clauses(:erlang.tl(tokens), &fun_head/1)
    {{:fun, line, {:clauses, clauses}}, expect(rest, :end)}
  end

  defp primary([{:fun, line}, {:atom, _, module}, {:":", _}, {:atom, _, name}, {:/, _}, {:integer, _, arity} | rest]) do
    {{:fun, line, {:function, {:atom, line, module}, {:atom, line, name}, {:integer, line, arity}}}, rest}
  end

  defp primary([{:fun, line}, {:atom, _, name}, {:/, _}, {:integer, _, arity} | rest]),
    do: {{:fun, line, {:function, name, arity}}, rest}

  defp primary(tokens), do: unexpected(tokens)

  defp strings([{:string, _, more} | rest], line, chars), do: strings(rest, line, chars ++ more)
  defp strings(rest, line, chars), do: {{:string, line, chars}, rest}

  defp expect([{kind, _} | rest], kind), do: rest
  defp expect(tokens, _kind), do: unexpected(tokens)

  defp sequence([{close, _} | rest], close), do: {[], rest}

  defp sequence(tokens, close) do
    {items, rest} = exprs(tokens)
    {items, expect(rest, close)}
  end

  defp elements(tokens, line) do
    {head, rest} = expr(tokens, 0)

    case rest do
      [{:",", next} | rest] ->
        {tail, rest} = elements(rest, next)
        {{:cons, line, head, tail}, rest}

      [{:|, _} | rest] ->
        {tail, rest} = expr(rest, 0)
        {{:cons, line, head, tail}, expect(rest, :"]")}

      [{:"]", close} | rest] ->
        {{:cons, line, head, {nil, close}}, rest}

      [{:||, _} | rest] ->
        {qualifiers, rest} = qualifiers(rest)
        {{:lc, line, head, qualifiers}, expect(rest, :"]")}

      rest ->
        unexpected(rest)
    end
  end

  defp qualifiers(tokens) do
    {qualifier, rest} =
      case expr(tokens, 0) do
        {pattern, [{:<-, line} | rest]} ->
          {list, rest} = expr(rest, 0)
          {{:generate, line, pattern, list}, rest}

        filter ->
          filter
      end

    case rest do
      [{:",", _} | rest] ->
        {others, rest} = qualifiers(rest)
        {[qualifier | others], rest}

      rest ->
        {[qualifier], rest}
    end
  end

  defp pairs([{:"}", _} | rest]), do: {[], rest}

  defp pairs(tokens) do
    {key, [{arrow, line} | rest]} = expr(tokens, 0)
    kind = if arrow == :"=>", do: :map_field_assoc, else: :map_field_exact
    {value, rest} = expr(rest, 0)
    pair = {kind, line, key, value}

    case rest do
      [{:",", _} | rest] ->
        {others, rest} = pairs(rest)
        {[pair | others], rest}

      rest ->
        {[pair], expect(rest, :"}")}
    end
  end

  defp segments(tokens) do
    {value, rest} = segment_value(tokens)
    line = :erlang.element(2, value)

    {size, rest} =
      case rest do
        [{:":", _} | rest] -> primary(rest)
        rest -> {:default, rest}
      end

    {types, rest} =
      case rest do
        [{:/, _} | rest] -> types(rest)
        rest -> {:default, rest}
      end

    segment = {:bin_element, line, value, size, types}

    case rest do
      [{:",", _} | rest] ->
        {others, rest} = segments(rest)
        {[segment | others], rest}

      rest ->
        {[segment], expect(rest, :">>")}
    end
  end

  # Without what may follow other expressions: a colon is the size's.
  defp segment_value([{operator, line} | rest]) when operator in [:+, :-, :bnot] do
    {operand, rest} = primary(rest)
    {{:op, line, operator, operand}, rest}
  end

  defp segment_value(tokens), do: primary(tokens)

  defp types([{:atom, _, type}, {:-, _} | rest]) do
    {others, rest} = types(rest)
    {[type | others], rest}
  end

  defp types([{:atom, _, :unit}, {:":", _}, {:integer, _, unit} | rest]), do: {[{:unit, unit}], rest}
  defp types([{:atom, _, type} | rest]), do: {[type], rest}
  defp types(tokens), do: unexpected(tokens)

  defp case_head(tokens) do
    {pattern, rest} = expr(tokens, 0)
    {[pattern], rest, :plain}
  end

  defp fun_head([{:"(", _} | rest]) do
    {patterns, rest} = sequence(rest, :")")
    {patterns, rest, :plain}
  end

  defp fun_head(tokens), do: unexpected(tokens)

  defp clauses([token | _] = tokens, head) do
    {patterns, rest, kind} = head.(tokens)

    {guards, rest} =
      case {kind, rest} do
        {:guard, rest} -> guards(rest)
        {:plain, [{:when, _} | rest]} -> guards(rest)
        {:plain, rest} -> {[], rest}
      end

    {body, rest} = exprs(expect(rest, :->))
    clause = {:clause, :erlang.element(2, token), patterns, guards, body}

    case rest do
      [{:";", _} | rest] ->
        {others, rest} = clauses(rest, head)
        {[clause | others], rest}

      rest ->
        {[clause], rest}
    end
  end

  defp guards(tokens) do
    case exprs(tokens) do
      {guard, [{:";", _} | rest]} ->
        {others, rest} = guards(rest)
        {[guard | others], rest}

      {guard, rest} ->
        {[guard], rest}
    end
  end

  @doc "The term of an expression that is one."
  def normalise({kind, _, value}) when kind in [:char, :integer, :float, :atom, :string], do: value
  def normalise({nil, _}), do: []
  def normalise({:cons, _, head, tail}), do: [normalise(head) | normalise(tail)]
  def normalise({:tuple, _, items}), do: :erlang.list_to_tuple(:lists.map(&normalise/1, items))
  def normalise({:op, _, :+, number}), do: +normalise(number)
  def normalise({:op, _, :-, number}), do: -normalise(number)

  def normalise({:map, _, pairs}),
    do: :maps.from_list(:lists.map(fn {_, _, key, value} -> {normalise(key), normalise(value)} end, pairs))

  def normalise({:bin, _, _} = binary) do
    {:value, value, _} = :erl_eval.expr(binary, [])
    value
  end

  def normalise({:fun, _, {:function, {:atom, _, module}, {:atom, _, name}, {:integer, _, arity}}}),
    do: :erlang.make_fun(module, name, arity)

  @doc "A term as an expression on line 0."
  def abstract(term) when is_integer(term), do: {:integer, 0, term}
  def abstract(term) when is_float(term), do: {:float, 0, term}
  def abstract(term) when is_atom(term), do: {:atom, 0, term}
  def abstract([]), do: {nil, 0}

  def abstract(term) when is_list(term) do
    case :io_lib.char_list(term) do
      true -> {:string, 0, term}
      false -> abstract_list(term)
    end
  end

  def abstract(term) when is_tuple(term), do: {:tuple, 0, :lists.map(&abstract/1, :erlang.tuple_to_list(term))}

  def abstract(term) when is_map(term) do
    {:map, 0,
     :lists.map(fn {key, value} -> {:map_field_assoc, 0, abstract(key), abstract(value)} end, :maps.to_list(term))}
  end

  def abstract(term) when is_binary(term) do
    {:bin, 0,
     :lists.map(fn byte -> {:bin_element, 0, {:integer, 0, byte}, :default, :default} end, :erlang.binary_to_list(term))}
  end

  defp abstract_list([head | tail]), do: {:cons, 0, abstract(head), abstract_list(tail)}
  defp abstract_list(tail), do: abstract(tail)
end
