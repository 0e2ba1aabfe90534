defmodule :erl_parse do
  @moduledoc """
  Erlang's `:erl_parse`: expressions, terms and forms of Erlang in the abstract format. Of forms, types are not read.
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
    parsed(tokens, fn ->
      {list, rest} = exprs(tokens)
      ended(rest, list)
    end)
  end

  @doc "The term of tokens that end in a dot."
  def parse_term(tokens) do
    parsed(tokens, fn ->
      {list, rest} = exprs(tokens)

      case ended(rest, list) do
        [expression] -> constant(expression)
        [_, second | _] -> bad(second, ~c"bad term")
      end
    end)
  end

  @doc "The form of tokens that end in a dot: a function or an attribute."
  def parse_form(tokens), do: parsed(tokens, fn -> form(tokens) end)

  @doc "As `parse_form/1`."
  def parse(tokens), do: parse_form(tokens)

  defp parsed(tokens, fun) do
    try do
      {:ok, fun.()}
    catch
      {:syntax, info} -> {:error, info}
      :ended -> {:error, {last_location(tokens), :erl_parse, [~c"syntax error before: ", []]}}
    end
  end

  defp last_location([]), do: 999_999
  defp last_location(tokens), do: :erlang.element(2, :lists.last(tokens))

  defp ended([{:dot, _}], result), do: result
  defp ended(rest, _result), do: unexpected(rest)

  defp bad(expression, message), do: throw({:syntax, {first_anno(expression), :erl_parse, message}})

  defp unexpected([]), do: throw(:ended)

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
      :error, _ -> bad(expression, ~c"bad term")
    end
  end

  @doc "The words for an error."
  def format_error(message), do: if(:io_lib.deep_char_list(message), do: message, else: :io_lib.write(message))

  ## Forms

  defp form([{:-, _}, {:atom, line, name}, {:"(", _} | rest]) do
    {values, rest} = sequence(rest, :")")
    {:attribute, line, name, ended(rest, attribute(name, values))}
  end

  defp form([{:-, _}, {:atom, _, _} | rest]), do: unexpected(rest)

  defp form([{:atom, line, name}, {:"(", _} | _] = tokens) do
    {clauses, rest} = clauses(tokens, &function_head(&1, name))
    [{:clause, _, patterns, _, _} | _] = clauses
    ended(rest, {:function, line, name, :erlang.length(patterns), clauses})
  end

  defp form(tokens), do: unexpected(tokens)

  defp function_head([{:atom, _, name}, {:"(", _} | rest], name) do
    {patterns, rest} = sequence(rest, :")")
    {patterns, rest, :plain}
  end

  defp function_head([{:atom, _, _} = head | _], _name), do: bad(head, ~c"head mismatch")
  defp function_head(tokens, _name), do: unexpected(tokens)

  defp attribute(:record, [{:atom, _, name}, {:tuple, _, fields}]), do: {name, :lists.map(&record_field/1, fields)}
  defp attribute(name, [module, list]) when name in [:import], do: {declared(name, module), declared(name, list)}
  defp attribute(:module, [name, parameters]), do: {declared(:module, name), declared(:module, parameters)}
  defp attribute(:file, [path, line]), do: {declared(:file, path), declared(:file, line)}
  defp attribute(name, [value]) when name in [:module, :export, :import], do: declared(name, value)
  defp attribute(_name, [value]), do: value(value, ~c"bad attribute")
  defp attribute(_name, [_, second | _]), do: bad(second, ~c"bad attribute")

  defp record_field({:atom, line, _} = name), do: {:record_field, line, name}
  defp record_field({:match, line, {:atom, _, _} = name, default}), do: {:record_field, line, name, default}
  defp record_field(other), do: bad(other, ~c"bad record field")

  defp declared(name, value), do: value(value, ~c"bad " ++ [:erlang.atom_to_list(name), ?\s | ~c"declaration"])

  # A function by its name and arity stands for a pair.
  defp value(expression, message) do
    try do
      normalise(pairs_of(expression))
    catch
      :error, _ -> bad(expression, message)
    end
  end

  defp pairs_of({:op, line, :/, {:atom, _, _} = name, {:integer, _, _} = arity}), do: {:tuple, line, [name, arity]}
  defp pairs_of({:cons, line, head, tail}), do: {:cons, line, pairs_of(head), pairs_of(tail)}
  defp pairs_of({:tuple, line, items}), do: {:tuple, line, :lists.map(&pairs_of/1, items)}
  defp pairs_of(other), do: other

  ## Expressions

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
    {pairs, rest} = pairs(rest)
    updated({:map, line, map, pairs}, rest)
  end

  defp updated(record, [{:"#", line}, {:atom, _, name}, {:., _}, {:atom, _, _} = field | rest]),
    do: updated({:record_field, line, record, name, field}, rest)

  defp updated(record, [{:"#", line}, {:atom, _, name}, {:"{", _} | rest]) do
    {fields, rest} = fields(rest)
    updated({:record, line, record, name, fields}, rest)
  end

  defp updated(expression, rest), do: {expression, rest}

  # Where an expression begins, which is not where it is said to be if its operator is.
  defp first_anno({:op, _, _, left, _}), do: first_anno(left)
  defp first_anno({:remote, _, module, _}), do: first_anno(module)
  defp first_anno({:map, _, map, _}), do: first_anno(map)
  defp first_anno({kind, _, record, _, _}) when kind in [:record, :record_field], do: first_anno(record)
  defp first_anno(expression), do: :erlang.element(2, expression)

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
    case segments(rest) do
      {[{:bin_element, _, value, :default, :default}], [{:||, _} | rest]} ->
        {qualifiers, rest} = qualifiers(rest)
        {{:bc, line, value, qualifiers}, expect(rest, :">>")}

      {segments, rest} ->
        {{:bin, line, segments}, expect(rest, :">>")}
    end
  end

  defp primary([{:"#", line}, {:atom, _, name}, {:., _}, {:atom, _, _} = field | rest]),
    do: {{:record_index, line, name, field}, rest}

  defp primary([{:"#", line}, {:atom, _, name}, {:"{", _} | rest]) do
    {fields, rest} = fields(rest)
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

  defp fields([{:"}", _} | rest]), do: {[], rest}

  defp fields([{kind, line, _} = name, {:=, _} | rest]) when kind in [:atom, :var] do
    {value, rest} = expr(rest, 0)
    field = {:record_field, line, name, value}

    case rest do
      [{:",", _} | rest] ->
        {others, rest} = fields(rest)
        {[field | others], rest}

      rest ->
        {[field], expect(rest, :"}")}
    end
  end

  defp fields([{kind, _, _} | rest]) when kind in [:atom, :var], do: unexpected(rest)
  defp fields(tokens), do: unexpected(tokens)

  defp expect([{kind, _} | rest], kind), do: rest
  defp expect(tokens, _kind), do: unexpected(tokens)

  defp sequence([{close, _} | rest], close), do: {[], rest}

  defp sequence(tokens, close) do
    {items, rest} = exprs(tokens)
    {items, expect(rest, close)}
  end

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

        {pattern, [{:<=, line} | rest]} ->
          {binary, rest} = expr(rest, 0)
          {{:b_generate, line, pattern, binary}, rest}

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
        {[segment], rest}
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
    do: :maps.from_list(:lists.map(fn {:map_field_assoc, _, key, value} -> {normalise(key), normalise(value)} end, pairs))

  def normalise({:bin, _, _} = binary) do
    {:value, value, _} = :erl_eval.expr(binary, [])
    value
  end

  def normalise({:fun, _, {:function, {:atom, _, module}, {:atom, _, name}, {:integer, _, arity}}}),
    do: :erlang.make_fun(module, name, arity)

  @doc "A term as an expression on line 0."
  def abstract(term), do: abstract_at(term, 0)

  @doc "A term as an expression at a location, which may be the option `:location` or `:line`."
  def abstract(term, location) when is_integer(location) or is_tuple(location), do: abstract_at(term, location)

  def abstract(term, options) when is_list(options) do
    line = :proplists.get_value(:line, options, 0)
    abstract_at(term, :proplists.get_value(:location, options, line))
  end

  defp abstract_at(term, at) when is_integer(term), do: {:integer, at, term}
  defp abstract_at(term, at) when is_float(term), do: {:float, at, term}
  defp abstract_at(term, at) when is_atom(term), do: {:atom, at, term}
  defp abstract_at([], at), do: {nil, at}

  defp abstract_at(term, at) when is_list(term) do
    case :io_lib.char_list(term) do
      true -> {:string, at, term}
      false -> abstract_list(term, at)
    end
  end

  defp abstract_at(term, at) when is_tuple(term),
    do: {:tuple, at, :lists.map(&abstract_at(&1, at), :erlang.tuple_to_list(term))}

  defp abstract_at(term, at) when is_map(term) do
    pair = fn {key, value} -> {:map_field_assoc, at, abstract_at(key, at), abstract_at(value, at)} end
    {:map, at, :lists.map(pair, :maps.to_list(term))}
  end

  defp abstract_at(term, at) when is_bitstring(term), do: {:bin, at, abstract_bits(term, at)}

  defp abstract_bits(<<byte, rest::bitstring>>, at),
    do: [{:bin_element, at, {:integer, at, byte}, :default, :default} | abstract_bits(rest, at)]

  defp abstract_bits("", _at), do: []

  defp abstract_bits(bits, at) do
    size = bit_size(bits)
    <<value::size(size)>> = bits
    [{:bin_element, at, {:integer, at, value}, {:integer, at, size}, :default}]
  end

  defp abstract_list([head | tail], at), do: {:cons, at, abstract_at(head, at), abstract_list(tail, at)}
  defp abstract_list(tail, at), do: abstract_at(tail, at)

  ## Locations

  @doc "The form with what a fun gives for each location."
  def map_anno(fun, form), do: elem(mapfold_anno(fn anno, _ -> {fun.(anno), nil} end, nil, form), 0)

  @doc "Folds over the locations of a form, from its outside."
  def fold_anno(fun, acc, form), do: elem(mapfold_anno(fn anno, acc -> {anno, fun.(anno, acc)} end, acc, form), 1)

  @doc "Maps the locations of a form, and folds over them."
  def mapfold_anno(fun, acc, forms) when is_list(forms), do: :lists.mapfoldl(&mapfold_anno(fun, &2, &1), acc, forms)

  def mapfold_anno(fun, acc, form) when is_tuple(form) and tuple_size(form) > 1 and elem(form, 0) != :unit do
    [kind, anno | parts] = :erlang.tuple_to_list(form)

    if is_atom(kind) and :erl_anno.is_anno(anno) do
      {anno, acc} = fun.(anno, acc)
      {parts, acc} = mapfold_anno(fun, acc, parts)
      {:erlang.list_to_tuple([kind, anno | parts]), acc}
    else
      {parts, acc} = mapfold_anno(fun, acc, [kind, anno | parts])
      {:erlang.list_to_tuple(parts), acc}
    end
  end

  def mapfold_anno(_fun, acc, other), do: {other, acc}

  @doc "The form with its locations as `:erl_anno` has them."
  def new_anno(form), do: map_anno(&:erl_anno.new/1, form)
  def anno_to_term(form), do: map_anno(&:erl_anno.to_term/1, form)
  def anno_from_term(form), do: map_anno(&:erl_anno.from_term/1, form)
end
