defmodule :erl_parse do
  @moduledoc """
  Erlang's `:erl_parse`: expressions, terms and forms of Erlang in the abstract format. Of forms, types are not read.
  """

  import Beamlet.ErlangExpressions

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
