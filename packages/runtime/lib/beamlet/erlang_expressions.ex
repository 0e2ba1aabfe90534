defmodule Beamlet.ErlangExpressions do
  @moduledoc false
  # The parser of Erlang's expressions, for `:erl_parse`: each function takes tokens, and gives what it has read with the rest of them. What
  # cannot be read is thrown: `{:syntax, info}`, or `:ended` when there are too few tokens.

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

  @doc "Expressions with commas between them, and the tokens behind them."
  def exprs(tokens), do: separated(tokens, :",", &expr(&1, 0))

  @doc "Expressions up to the token that closes them; there may be none."
  def sequence(tokens, close), do: closed(tokens, close, &expr(&1, 0))

  defp closed([{close, _} | rest], close, _one), do: {[], rest}

  defp closed(tokens, close, one) do
    {items, rest} = separated(tokens, :",", one)
    {items, expect(rest, close)}
  end

  defp separated(tokens, separator, one) do
    case one.(tokens) do
      {first, [{^separator, _} | rest]} ->
        {others, rest} = separated(rest, separator, one)
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

  defp combined(:=, _line, left, right), do: {:match, first_anno(left), left, right}
  defp combined(operator, line, left, right), do: {:op, line, operator, left, right}

  defp prefixed([{operator, line} | rest]) when operator in [:+, :-, :bnot, :not] do
    {operand, rest} = expr(rest, @prefix)
    {{:op, line, operator, operand}, rest}
  end

  # A module and a function are named once, and what a call gives is not called.
  defp prefixed(tokens) do
    {first, rest} = primary(tokens)
    {value, rest} = updated(first, rest)
    {function, rest} = remote(value, rest)

    case rest do
      [{:"(", _} | rest] ->
        {args, rest} = sequence(rest, :")")
        {{:call, first_anno(function), function, args}, rest}

      rest ->
        {function, rest}
    end
  end

  defp remote(module, [{:":", line} | rest]) do
    {name, rest} = primary(rest)
    {{:remote, line, module, name}, rest}
  end

  defp remote(expression, rest), do: {expression, rest}

  defp updated(map, [{:"#", line}, {:"{", _} | rest]) do
    {pairs, rest} = closed(rest, :"}", &pair/1)
    updated({:map, line, map, pairs}, rest)
  end

  defp updated(record, [{:"#", line}, {:atom, _, name}, {:., _}, {:atom, _, _} = field | rest]),
    do: updated({:record_field, line, record, name, field}, rest)

  defp updated(record, [{:"#", line}, {:atom, _, name}, {:"{", _} | rest]) do
    {fields, rest} = closed(rest, :"}", &field/1)
    updated({:record, line, record, name, fields}, rest)
  end

  defp updated(expression, rest), do: {expression, rest}

  @doc "Where an expression begins, which is not where it is said to be if its operator is."
  def first_anno({:op, _, _, left, _}), do: first_anno(left)
  def first_anno({:remote, _, module, _}), do: first_anno(module)
  def first_anno({:map, _, map, _}), do: first_anno(map)
  def first_anno({kind, _, record, _, _}) when kind in [:record, :record_field], do: first_anno(record)
  def first_anno(expression), do: :erlang.element(2, expression)

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
    {pairs, rest} = closed(rest, :"}", &pair/1)
    {{:map, line, pairs}, rest}
  end

  defp primary([{:"<<", line}, {:">>", _} | rest]), do: {{:bin, line, []}, rest}

  defp primary([{:"<<", line} | rest]) do
    case separated(rest, :",", &segment/1) do
      {[{:bin_element, _, value, :default, :default}], [{:||, _} | rest]} ->
        {qualifiers, rest} = separated(rest, :",", &qualifier/1)
        {{:bc, line, value, qualifiers}, expect(rest, :">>")}

      {segments, rest} ->
        {{:bin, line, segments}, expect(rest, :">>")}
    end
  end

  defp primary([{:"#", line}, {:atom, _, name}, {:., _}, {:atom, _, _} = field | rest]),
    do: {{:record_index, line, name, field}, rest}

  defp primary([{:"#", line}, {:atom, _, name}, {:"{", _} | rest]) do
    {fields, rest} = closed(rest, :"}", &field/1)
    {{:record, line, name, fields}, rest}
  end

  defp primary([{:"#", _} | rest]), do: unexpected(rest)

  defp primary([{:try, line} | rest]) do
    {body, rest} = exprs(rest)
    {clauses, rest} = with [{:of, _} | rest] <- rest, do: clauses(rest, &case_head/1), else: (_ -> {[], rest})
    {caught, last} = with [{:catch, _} | rest] <- rest, do: clauses(rest, &catch_head/1), else: (_ -> {[], rest})
    {after_body, last} = with [{:after, _} | rest] <- last, do: exprs(rest), else: (_ -> {[], last})
    if caught == [] and after_body == [], do: unexpected(last)
    {{:try, line, body, clauses, caught, after_body}, expect(last, :end)}
  end

  defp primary([{:receive, line}, {:after, _} | rest]) do
    {timeout, body, rest} = timeout(rest)
    {{:receive, line, [], timeout, body}, expect(rest, :end)}
  end

  defp primary([{:receive, line} | rest]) do
    case clauses(rest, &case_head/1) do
      {clauses, [{:after, _} | rest]} ->
        {timeout, body, rest} = timeout(rest)
        {{:receive, line, clauses, timeout, body}, expect(rest, :end)}

      {clauses, rest} ->
        {{:receive, line, clauses}, expect(rest, :end)}
    end
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

  defp primary([{:fun, line}, {:var, _, name}, {:"(", _} | _] = tokens) do
    {clauses, rest} = clauses(:erlang.tl(tokens), &named_head(&1, name))
    {{:named_fun, line, name, clauses}, expect(rest, :end)}
  end

  defp primary([{:fun, line}, {m, _, _} = module, {:":", _}, {f, _, _} = name, {:/, _}, {a, _, _} = arity | rest])
       when m in [:atom, :var] and f in [:atom, :var] and a in [:integer, :var],
       do: {{:fun, line, {:function, module, name, arity}}, rest}

  defp primary([{:fun, line}, {:atom, _, name}, {:/, _}, {:integer, _, arity} | rest]),
    do: {{:fun, line, {:function, name, arity}}, rest}

  defp primary(tokens), do: unexpected(tokens)

  defp strings([{:string, _, more} | rest], line, chars), do: strings(rest, line, chars ++ more)
  defp strings(rest, line, chars), do: {{:string, line, chars}, rest}

  defp timeout(tokens) do
    {timeout, rest} = expr(tokens, 0)
    {body, rest} = exprs(expect(rest, :->))
    {timeout, body, rest}
  end

  defp field([{kind, line, _} = name, {:=, _} | rest]) when kind in [:atom, :var] do
    {value, rest} = expr(rest, 0)
    {{:record_field, line, name, value}, rest}
  end

  defp field([{kind, _, _} | rest]) when kind in [:atom, :var], do: unexpected(rest)
  defp field(tokens), do: unexpected(tokens)

  defp expect([{kind, _} | rest], kind), do: rest
  defp expect(tokens, _kind), do: unexpected(tokens)

  defp elements(tokens, line) do
    {head, rest} = expr(tokens, 0)
    line = line || first_anno(head)

    case rest do
      [{:",", _} | rest] ->
        {tail, rest} = elements(rest, nil)
        {{:cons, line, head, tail}, rest}

      [{:|, _} | rest] ->
        {tail, rest} = expr(rest, 0)
        {{:cons, line, head, tail}, expect(rest, :"]")}

      [{:"]", close} | rest] ->
        {{:cons, line, head, {nil, close}}, rest}

      [{:||, _} | rest] ->
        {qualifiers, rest} = separated(rest, :",", &qualifier/1)
        {{:lc, line, head, qualifiers}, expect(rest, :"]")}

      rest ->
        unexpected(rest)
    end
  end

  defp qualifier(tokens) do
    case expr(tokens, 0) do
      {pattern, [{:<-, line} | rest]} ->
        {list, rest} = expr(rest, 0)
        {{:generate, line, pattern, list}, rest}

      {pattern, [{:<=, line} | rest]} ->
        {binary, rest} = expr(rest, 0)
        {{:b_generate, line, pattern, binary}, rest}

      filter ->
        filter
    end
  end

  @pairs %{"=>": :map_field_assoc, ":=": :map_field_exact}

  defp pair(tokens) do
    case expr(tokens, 0) do
      {key, [{arrow, line} | rest]} when is_map_key(@pairs, arrow) ->
        {value, rest} = expr(rest, 0)
        {{@pairs[arrow], line, key, value}, rest}

      {_, rest} ->
        unexpected(rest)
    end
  end

  defp segment(tokens) do
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

    {{:bin_element, line, value, size, types}, rest}
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

  # `class:pattern:stacktrace`, of which the last reads as a function of the pattern as a module.
  defp catch_head([{kind, line, _} = class, {:":", _} | rest]) when kind in [:atom, :var] do
    case expr(rest, 0) do
      {{:remote, _, pattern, {:var, _, _} = trace}, rest} -> {[{:tuple, line, [class, pattern, trace]}], rest, :plain}
      {pattern, rest} -> {[{:tuple, line, [class, pattern, {:var, first_anno(pattern), :_}]}], rest, :plain}
    end
  end

  defp catch_head(tokens) do
    {pattern, rest} = expr(tokens, 0)
    line = first_anno(pattern)
    {[{:tuple, line, [{:atom, line, :throw}, pattern, {:var, line, :_}]}], rest, :plain}
  end

  defp named_head([{:var, _, name} | rest], name), do: fun_head(rest)
  defp named_head([{:var, _, _} = head | _], _name), do: bad(head, ~c"fun name mismatch")
  defp named_head(tokens, _name), do: unexpected(tokens)

  defp fun_head([{:"(", _} | rest]) do
    {patterns, rest} = sequence(rest, :")")
    {patterns, rest, :plain}
  end

  defp fun_head(tokens), do: unexpected(tokens)

  @doc "Clauses with semicolons between them. What `head` reads of each is `{patterns, rest, kind}`; a `:guard` has no `when`."
  def clauses(tokens, head), do: separated(tokens, :";", &clause(&1, head))

  defp clause([token | _] = tokens, head) do
    {patterns, rest, kind} = head.(tokens)

    {guards, rest} =
      case {kind, rest} do
        {:guard, rest} -> guards(rest)
        {:plain, [{:when, _} | rest]} -> guards(rest)
        {:plain, rest} -> {[], rest}
      end

    {body, rest} = exprs(expect(rest, :->))
    {{:clause, :erlang.element(2, token), patterns, guards, body}, rest}
  end

  defp guards(tokens), do: separated(tokens, :";", &exprs/1)

  ## What is wrong

  @doc "Gives up: the expression is not what it has to be."
  def bad(expression, message), do: throw({:syntax, {first_anno(expression), :erl_parse, message}})

  @doc "Gives up: the next token cannot stand there, or there is none."
  def unexpected([]), do: throw(:ended)

  def unexpected([token | _]) do
    throw({:syntax, {:erlang.element(2, token), :erl_parse, [~c"syntax error before: ", token_text(token)]}})
  end

  defp token_text({:dot, _}), do: ~c"'.'"
  defp token_text({:var, _, name}), do: :erlang.atom_to_list(name)
  defp token_text({_, _, value}), do: :io_lib.write(value)
  defp token_text({kind, _}), do: :io_lib.write(kind)
end
