defmodule ExUnit.Diff do
  @moduledoc false

  # The two sides of a failed assertion with their differences marked. A side is a tree of `ExUnit.Diff.Document`; a
  # comparison takes and returns `env`: which variables the pattern has bound so far, and hints for the reader.
  # In a match the left side is quoted, and a macro in it keeps under `:original` what it was written as.

  alias ExUnit.Diff.{Document, Lists}

  defstruct equivalent?: true, left: nil, right: nil

  @doc "Compares the sides: `{diff, env}`. `context` is `:==`, `:===`, or `{:match, pins}` with a quoted left side."
  def compute(left, right, {:match, pins}), do: diff(left, right, env(:match, Map.new(pins)))
  def compute(left, right, operator) when operator in [:==, :===], do: diff(left, right, env(operator, %{}))

  defp env(context, pins), do: %{context: context, pins: pins, current_vars: %{}, hints: []}

  defdelegate to_algebra(tree, mark), to: Document

  @doc false
  def diff({_, [{:original, original} | _], _} = expanded, right, %{context: :match} = env) do
    pattern(original, right, expanded, env)
  end

  def diff(left, right, %{context: :match} = env), do: pattern(left, right, nil, env)
  def diff(left, right, env), do: value(left, right, env)

  @doc "The document of a side that has nothing to be compared with."
  def document(left, %{context: :match}), do: Document.pattern(left)
  def document(left, _env), do: Document.value(left)

  defp same(left, right, env), do: {%__MODULE__{left: left, right: right}, env}

  defp different(left, right, env) do
    {%__MODULE__{equivalent?: false, left: {:differs, left}, right: {:differs, right}}, env}
  end

  ## Patterns

  @pseudo_variables [:__MODULE__, :__DIR__, :__STACKTRACE__, :__ENV__, :__CALLER__]

  defp pattern({:_, _, context} = left, right, _expanded, env) when is_atom(context) do
    same({:code, left}, Document.value(right), env)
  end

  defp pattern({:^, _, [{name, _, context} = var]} = pin, right, _expanded, env)
       when is_atom(name) and is_atom(context) do
    {diff, env} = value(Map.fetch!(env.pins, id(var)), right, %{env | context: :===})
    {%{diff | left: mark({:code, pin}, diff)}, %{env | context: :match}}
  end

  defp pattern({name, _, context} = var, right, _expanded, env)
       when is_atom(name) and is_atom(context) and name not in @pseudo_variables do
    variable(var, right, env)
  end

  defp pattern({:-, _, [number]}, right, _expanded, env) when is_number(number), do: value(-number, right, env)
  defp pattern({:+, _, [number]}, right, _expanded, env) when is_number(number), do: value(number, right, env)

  defp pattern({:++, _, [_, _]} = left, right, _expanded, env) when is_list(right) do
    Lists.diff(left, right, env)
  end

  defp pattern({:{}, _, left}, right, _expanded, env) when is_tuple(right) do
    tuple(left, Tuple.to_list(right), env)
  end

  defp pattern({_, _} = left, right, _expanded, env) when is_tuple(right) do
    tuple(Tuple.to_list(left), Tuple.to_list(right), env)
  end

  defp pattern({:%, _, [struct, {:%{}, _, pairs}]}, %{} = right, _expanded, env) when is_list(pairs) do
    struct_pattern([__struct__: struct] ++ pairs, right, env)
  end

  defp pattern({:%{}, _, pairs}, %{} = right, _expanded, env) when is_list(pairs) do
    struct_pattern(pairs, right, env)
  end

  defp pattern({:<>, _, [literal, _]} = left, right, _expanded, env)
       when is_binary(literal) and is_binary(right) do
    concatenation(left, right, env)
  end

  defp pattern({:when, _, [left, guard]}, right, _expanded, env) do
    {diff, env} = diff(left, right, env)

    {guard, true?} =
      if diff.equivalent?,
        do: guard(guard, Map.merge(env.pins, env.current_vars)),
        else: {Document.pattern(guard), false}

    {%{diff | left: {:infix, :when, diff.left, guard}, equivalent?: true?}, env}
  end

  # A macro is compared as what it expands to, and shown as it was written.
  defp pattern({_, _, _} = original, right, expanded, env) when expanded != nil do
    {diff, env} = diff(Macro.update_meta(expanded, &Keyword.delete(&1, :original)), right, env)
    {%{diff | left: mark(Document.pattern(original), diff)}, env}
  end

  defp pattern(left, right, _expanded, env) when is_list(left) and is_list(right), do: lists(left, right, env)

  defp pattern(left, right, _expanded, env)
       when is_tuple(left) or is_list(left) or is_map(left) or is_bitstring(left) and not is_binary(left) do
    different(Document.pattern(left), Document.value(right), env)
  end

  defp pattern(left, right, _expanded, env), do: value(left, right, env)

  defp mark(tree, %{equivalent?: true}), do: tree
  defp mark(tree, _diff), do: {:differs, tree}

  defp id({name, meta, context}), do: {name, meta[:counter] || context}

  # A variable that is there twice must have the same value.
  defp variable(var, right, env) do
    vars = Map.put_new(env.current_vars, id(var), right)

    if Map.fetch!(vars, id(var)) === right,
      do: same({:code, var}, Document.value(right), %{env | current_vars: vars}),
      else: different({:code, var}, Document.value(right), env)
  end

  ## Guards

  defp guard(quoted, bindings) do
    case written(quoted) do
      {operator, _, [left, right]} when operator in [:and, :or, :when] ->
        {left, left?} = guard(left, bindings)
        {right, right?} = guard(right, bindings)
        {{:infix, operator, left, right}, if(operator == :and, do: left? and right?, else: left? or right?)}

      written ->
        cond do
          not Enum.all?(variables(quoted), &Map.has_key?(bindings, id(&1))) -> {{:code, written}, false}
          true?(quoted, bindings) -> {{:code, written}, true}
          true -> {{:differs, {:code, written}}, false}
        end
    end
  end

  defp true?(guard, bindings), do: guard |> Code.eval_quoted(Map.to_list(bindings)) |> elem(0) == true

  defp written({_, [{:original, original} | _], _}), do: original
  defp written(quoted), do: quoted

  defp variables(quoted) do
    for {name, _, context} = var <- Macro.prewalker(quoted), is_atom(name), is_atom(context), do: var
  end

  ## Values

  defp value(term, term, env)
       when is_atom(term) or is_number(term) or is_reference(term) or is_pid(term) or is_function(term) do
    same({:value, term}, {:value, term}, env)
  end

  defp value(left, right, env) when is_number(left) and is_number(right) do
    if env.context == :== and left == right,
      do: same({:value, left}, {:value, right}, env),
      else: strings(inspect(left), inspect(right), nil, env)
  end

  defp value(left, right, env) when is_list(left) and is_list(right), do: lists(left, right, env)

  defp value(left, right, env) when is_tuple(left) and is_tuple(right) do
    tuple(Tuple.to_list(left), Tuple.to_list(right), env)
  end

  defp value(%struct{} = left, %other{} = right, env) do
    structs(left, Map.to_list(left), right, struct, other, env)
  end

  defp value(%{} = left, %{} = right, env) do
    map(Map.to_list(left), right, struct_of(left), struct_of(right), env)
  end

  defp value(left, right, env) when is_binary(left) and is_binary(right), do: strings(left, right, ?", env)

  defp value(left, right, env) when is_function(left) and is_function(right) do
    if closure(left) != nil and closure(left) == closure(right) do
      {:env, left_env} = Function.info(left, :env)
      {:env, right_env} = Function.info(right, :env)
      {diff, env} = Lists.diff(left_env, right_env, env)
      {%{diff | left: {:closure, left, diff.left}, right: {:closure, right, diff.right}}, env}
    else
      different({:value, left}, {:value, right}, env)
    end
  end

  defp value(left, right, env), do: different(Document.value(left), Document.value(right), env)

  # Two functions made by the same code differ in what they close over.
  defp closure(fun) do
    info = Function.info(fun)
    if info[:type] == :local, do: {info[:module], info[:new_uniq], info[:new_index]}
  end

  ## Tuples

  defp tuple(left, right, env) do
    {left, right_extra, {right, equivalent?, env}} = pairwise(left, right, [], {[], true, env})
    right = Enum.reverse(right, right_extra)
    {%__MODULE__{equivalent?: equivalent?, left: {:tuple, left}, right: {:tuple, right}}, env}
  end

  defp pairwise([left | lefts], [right | rights], acc, {right_acc, equivalent?, env}) do
    {diff, env} = diff(left, right, env)
    pairwise(lefts, rights, [diff.left | acc], {[diff.right | right_acc], equivalent? and diff.equivalent?, env})
  end

  defp pairwise(lefts, rights, acc, {right_acc, equivalent?, env}) do
    left = Enum.reverse(acc, for(term <- lefts, do: {:differs, document(term, env)}))
    right_extra = for term <- rights, do: {:differs, Document.value(term)}
    {left, right_extra, {right_acc, equivalent? and lefts == [] and rights == [], env}}
  end

  ## Lists

  defp lists([], [], env), do: same({:list, []}, {:list, []}, env)

  defp lists(left, right, env) do
    if List.ascii_printable?(left) and List.ascii_printable?(right) do
      {diff, env} = strings(List.to_string(left), List.to_string(right), ?", env)
      {%{diff | left: {:charlist, diff.left}, right: {:charlist, diff.right}}, env}
    else
      Lists.diff(left, right, env)
    end
  end

  ## Maps and structs

  # What only the left side has differs; what only the right side has does so outside of a match.
  defp map(pairs, right, struct, other, env) do
    {known, {rest, equivalent?, env}} =
      Enum.map_reduce(pairs, {right, true, env}, fn {key, left}, {rest, equivalent?, env} ->
        right_key = literal_key(key, env)

        case rest do
          %{^right_key => right} ->
            {diff, env} = diff(left, right, env)
            pair = {pair(document(key, env), diff.left), pair(Document.value(right_key), diff.right)}
            {{order(key), order(right_key), pair}, {Map.delete(rest, right_key), equivalent? and diff.equivalent?, env}}

          %{} ->
            pair = pair(document(key, env), document(left, env))
            {{order(key), {:differs, pair}}, {rest, false, env}}
        end
      end)

    left_known = for {order, _, {left, _}} <- known, do: {order, left}
    right_known = for {_, order, {_, right}} <- known, do: {order, right}
    left_only = for {order, pair} <- known, do: {order, pair}

    right_only =
      for {key, value} <- Map.to_list(rest) do
        pair = pair(Document.value(key), Document.value(value))
        {order(key), if(env.context == :match, do: pair, else: {:differs, pair})}
      end

    diff = %__MODULE__{
      equivalent?: equivalent? and (env.context == :match or right_only == []),
      left: Document.map(sorted(left_known) ++ sorted(left_only), struct),
      right: Document.map(sorted(right_known) ++ sorted(right_only), other)
    }

    {diff, env}
  end

  defp pair(key, value), do: {:tuple, [key, value]}

  defp sorted(pairs), do: for({_order, pair} <- List.keysort(pairs, 0), do: pair)

  # Keys that are containers come after all others.
  defp order(key) when is_list(key) or is_tuple(key), do: {key}
  defp order(key), do: key

  defp literal_key({:^, _, [var]}, env), do: Map.fetch!(env.pins, id(var))
  defp literal_key(key, _env), do: key

  defp struct_pattern(pairs, right, env) do
    case known_struct(pairs) do
      nil ->
        map(pairs, right, nil, struct_of(right), env)

      struct ->
        case built(struct, pairs) do
          {:ok, left} when is_struct(right) -> structs(left, pairs, right, struct, right.__struct__, env)
          _ -> map(pairs, right, struct, struct_of(right), env)
        end
    end
  end

  # The module, if it has a struct with all these fields.
  defp known_struct(pairs) do
    {struct, pairs} = Keyword.pop(pairs, :__struct__)

    fields =
      is_atom(struct) and struct != nil and Code.ensure_loaded?(struct) and
        function_exported?(struct, :__info__, 1) and struct.__info__(:struct)

    if fields && Enum.all?(pairs, fn {key, _} -> Enum.any?(fields, &(&1.field == key)) end), do: struct
  end

  defp built(struct, pairs) do
    if Macro.quoted_literal?(pairs) do
      {pairs, []} = Code.eval_quoted(pairs, [])
      {:ok, struct!(struct, pairs)}
    end
  rescue
    _ -> nil
  end

  # A struct that has a text of its own is compared by it, unless the texts are equal.
  defp structs(left, pairs, right, struct, other, env) do
    with false <- Document.plain?(left),
         {:ok, left_text} <- safe_inspect(left),
         {:ok, right_text} <- safe_inspect(right) do
      if left_text == right_text do
        case map(pairs, right, struct, other, env) do
          {%{equivalent?: true}, env} -> same({:value, left}, {:value, right}, env)
          different -> different
        end
      else
        strings(left_text, right_text, nil, env)
      end
    else
      _ -> map(pairs, right, struct, other, env)
    end
  end

  defp struct_of(%struct{}), do: struct
  defp struct_of(_map), do: nil

  defp safe_inspect(term) do
    {:ok, inspect(term, safe: false)}
  rescue
    _ -> :error
  end

  ## Strings

  # Strings that have little in common differ as wholes.
  defp strings(left, right, delimiter, env) do
    left = escaped(left, delimiter)
    right = escaped(right, delimiter)

    cond do
      left == right ->
        {text([eq: left], delimiter), env}

      String.bag_distance(left, right) > 0.4 ->
        hints = if String.equivalent?(left, right), do: [:equivalent_but_different_strings], else: []
        {text(String.myers_difference(left, right), delimiter), %{env | hints: Enum.uniq(hints ++ env.hints)}}

      true ->
        {text([del: left, ins: right], delimiter), env}
    end
  end

  defp escaped(text, delimiter) do
    text |> Code.Identifier.escape(delimiter) |> elem(0) |> IO.iodata_to_binary()
  end

  defp text(edits, delimiter) do
    %__MODULE__{
      equivalent?: not Enum.any?(edits, fn {edit, _} -> edit != :eq end),
      left: {:text, delimiter, for({edit, part} <- edits, edit != :ins, do: {edit == :del, part})},
      right: {:text, delimiter, for({edit, part} <- edits, edit != :del, do: {edit == :ins, part})}
    }
  end

  # The literals of the pattern are compared as one text, and the rest of the value with what follows them.
  defp concatenation(left, right, env) do
    {literals, rest} = literals(left, [])
    sizes = Enum.map(literals, &String.length/1)
    literal = Enum.join(literals)

    if rest == nil do
      {diff, env} = strings(literal, right, ?", env)
      {%{diff | left: concatenated(diff.left, sizes, nil)}, env}
    else
      {head, tail} = String.split_at(right, Enum.sum(sizes))
      {head, env} = strings(literal, head, ?", env)
      {tail, env} = diff(rest, tail, env)

      diff = %__MODULE__{
        equivalent?: head.equivalent? and tail.equivalent?,
        left: concatenated(head.left, sizes, tail.left),
        right: appended(head.right, tail.right)
      }

      {diff, env}
    end
  end

  defp literals({:<>, _, [literal, rest]}, acc) when is_binary(literal), do: literals(rest, [literal | acc])
  defp literals(literal, acc) when is_binary(literal), do: {Enum.reverse([literal | acc]), nil}
  defp literals(rest, acc), do: {Enum.reverse(acc), rest}

  defp concatenated(text, [_size], nil), do: text
  defp concatenated(_text, [], rest), do: rest

  defp concatenated({:text, delimiter, parts}, [size | sizes], rest) do
    {first, parts} = split(parts, size)
    {:infix, :<>, {:text, delimiter, first}, concatenated({:text, delimiter, parts}, sizes, rest)}
  end

  defp split([{differs?, part} | parts], size) do
    length = String.length(part)

    cond do
      length == size ->
        {[{differs?, part}], parts}

      length > size ->
        {first, rest} = String.split_at(part, size)
        {[{differs?, first}], [{differs?, rest} | parts]}

      true ->
        {first, rest} = split(parts, size - length)
        {[{differs?, part} | first], rest}
    end
  end

  defp split([], _size), do: {[], []}

  defp appended(text, {:value, ""}), do: text
  defp appended({:text, delimiter, parts}, {:text, delimiter, rest}), do: {:text, delimiter, parts ++ rest}
  defp appended({:text, delimiter, parts}, {:value, rest}), do: {:text, delimiter, parts ++ [{false, rest}]}
  defp appended({:text, delimiter, parts}, {:differs, {:value, rest}}), do: {:text, delimiter, parts ++ [{true, rest}]}
end
