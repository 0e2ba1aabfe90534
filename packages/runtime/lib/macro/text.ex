defmodule Macro.Text do
  @moduledoc false

  # The text of `Macro.to_string/2`, from before there was a formatter: calls keep their parentheses, there are no empty
  # lines, and `fun` may change the text of every node, from the inside out.

  alias Code.Identifier

  def text({name, _, context} = node, fun) when is_atom(name) and is_atom(context) do
    fun.(node, Atom.to_string(name))
  end

  def text({:__block__, _, [single]} = node, fun), do: fun.(node, text(single, fun))
  def text({:__block__, _, _} = node, fun), do: fun.(node, "(\n  " <> indented(node, fun) <> "\n)")
  def text({left, right}, fun), do: text({:{}, [], [left, right]}, fun)
  def text(list, fun) when is_list(list), do: fun.(list, list(list, fun))

  # Operators and sigils are calls too.
  def text({_, _, args} = node, fun) when is_list(args), do: fun.(node, form(node, fun))
  def text(literal, fun), do: fun.(literal, literal(literal))

  defp literal(term), do: inspect(term, limit: :infinity, printable_limit: :infinity)

  ## Forms

  defp form({:__aliases__, _, parts}, fun), do: Enum.map_join(parts, ".", &target(&1, fun))
  defp form({:{}, _, elements}, fun), do: "{" <> join(elements, fun) <> "}"
  defp form({:%{}, _, pairs}, fun), do: "%{" <> pairs(pairs, fun) <> "}"
  defp form({:%, _, [name, {:%{}, _, pairs}]}, fun), do: "%" <> text(name, fun) <> "{" <> pairs(pairs, fun) <> "}"

  defp form({:<<>>, _, parts} = node, fun) do
    if interpolated?(parts),
      do: interpolation(node, "\"", "\"", fun),
      else: "<<" <> Enum.map_join(parts, ", ", &(&1 |> segment(fun) |> apart())) <> ">>"
  end

  defp form({:fn, _, [{:->, _, [_, {:__block__, _, _}]}] = clauses}, fun), do: "fn " <> block(clauses, fun) <> "\nend"
  defp form({:fn, _, [{:->, _, _}] = clauses}, fun), do: "fn " <> arrows(clauses, fun, "") <> " end"
  defp form({:fn, _, clauses}, fun), do: "fn\n  " <> indented(clauses, fun) <> "\nend"

  defp form({:when, _, [left, right]}, fun) do
    right =
      if right != [] and Keyword.keyword?(right),
        do: keywords(right, fun),
        else: operand(right, fun, :when, :right)

    operand(left, fun, :when, :left) <> " when " <> right
  end

  defp form({:when, _, args}, fun) do
    {args, [guard]} = Enum.split(args, -1)
    "(" <> join(args, fun) <> ") when " <> text(guard, fun)
  end

  defp form({:&, _, [{:/, _, [{name, _, context}, arity]}]}, fun)
       when is_atom(name) and is_atom(context) and is_integer(arity) do
    "&" <> Atom.to_string(name) <> "/" <> text(arity, fun)
  end

  defp form({:&, _, [{:/, _, [{{:., _, [module, name]}, _, []}, arity]}]}, fun)
       when is_atom(name) and is_integer(arity) do
    "&" <> text(module, fun) <> "." <> Atom.to_string(name) <> "/" <> text(arity, fun)
  end

  defp form({:&, _, [body]}, fun) when not is_integer(body), do: "&(" <> text(body, fun) <> ")"
  defp form({:not, _, [{:in, _, [left, right]}]}, fun), do: text(left, fun) <> " not in " <> text(right, fun)

  defp form({{:., _, [Access, :get]}, _, [container, key]}, fun) do
    container = if operation?(container), do: "(" <> text(container, fun) <> ")", else: text(container, fun)
    container <> text([key], fun)
  end

  defp form({{:., _, [left, :{}]}, _, args}, fun), do: text(left, fun) <> ".{" <> args(args, fun) <> "}"

  defp form({{:., _, [left, _]} = target, meta, []}, fun) do
    if is_tuple(left) and meta[:no_parens], do: target(target, fun), else: target(target, fun) <> "()"
  end

  defp form({:..//, _, [first, last, step]}, fun) do
    operand(first, fun, :.., :left) <> ".." <> operand(last, fun, :.., :right) <> "//" <> text(step, fun)
  end

  defp form({operator, _, [operand]} = node, fun) when is_atom(operator) do
    cond do
      not Macro.operator?(operator, 1) -> call(node, fun)
      operator == :not or operation?(operand) -> "#{operator}(" <> text(operand, fun) <> ")"
      true -> Atom.to_string(operator) <> text(operand, fun)
    end
  end

  defp form({operator, _, [left, right]} = node, fun) when is_atom(operator) do
    if Macro.operator?(operator, 2) do
      name = if operator == :.., do: "..", else: " #{operator} "
      operand(left, fun, operator, :left) <> name <> operand(right, fun, operator, :right)
    else
      sigil(node, fun) || call(node, fun)
    end
  end

  defp form(node, fun), do: call(node, fun)

  ## Calls

  @blocks [:do, :rescue, :catch, :else, :after]

  defp call({target, _, args}, fun) do
    {front, last} = Enum.split(args, -1)

    case last do
      [[{:do, _} | _] = blocks] ->
        cond do
          not Enum.all?(blocks, &blocks?/1) -> target(target, fun) <> "(" <> args(args, fun) <> ")"
          front == [] -> target(target, fun) <> blocks(blocks, fun)
          true -> target(target, fun) <> "(" <> args(front, fun) <> ")" <> blocks(blocks, fun)
        end

      _ ->
        target(target, fun) <> "(" <> args(args, fun) <> ")"
    end
  end

  defp blocks?({key, _}), do: key in @blocks
  defp blocks?(_), do: false

  defp blocks(blocks, fun) do
    texts = for key <- @blocks, Keyword.has_key?(blocks, key), do: "#{key}\n  #{indented(blocks[key], fun)}\n"
    " " <> Enum.join(texts) <> "end"
  end

  defp target(name, _fun) when is_atom(name), do: Atom.to_string(name)
  defp target({:., _, [fun_value]}, fun), do: receiver(fun_value, fun) <> "."

  defp target({:., _, [left, name]}, fun) when is_atom(name) do
    receiver(left, fun) <> "." <> Macro.inspect_atom(:remote_call, name)
  end

  defp target({:., _, [left, right]}, fun), do: receiver(left, fun) <> "." <> target(right, fun)
  defp target(other, fun), do: text(other, fun)

  defp receiver(atom, _fun) when is_atom(atom), do: literal(atom)

  defp receiver(node, fun) do
    text = text(node, fun)
    if parentheses?(node), do: "(" <> text <> ")", else: text
  end

  defp parentheses?({:&, _, [body]}), do: not is_integer(body)
  defp parentheses?({:fn, _, _}), do: true

  defp parentheses?({_, _, [_ | _] = args}) do
    match?([{:do, _} | _], List.last(args)) and Enum.all?(List.last(args), &blocks?/1)
  end

  defp parentheses?(_), do: false

  defp args(args, fun) do
    case Enum.split(args, -1) do
      {front, [[_ | _] = last]} ->
        if Inspect.List.keyword?(last),
          do: Enum.map_join(front, &(text(&1, fun) <> ", ")) <> keywords(last, fun),
          else: join(args, fun)

      _ ->
        join(args, fun)
    end
  end

  ## Operands

  defp operation?({operator, _, [_, _]}) when is_atom(operator), do: Macro.operator?(operator, 2)
  defp operation?({operator, _, [_]}) when is_atom(operator), do: Macro.operator?(operator, 1)
  defp operation?(_), do: false

  defp operand({operator, _, [_, _]} = node, fun, parent, side) when is_atom(operator) do
    text = text(node, fun)

    with {_, precedence} <- Identifier.binary_op(operator),
         {associativity, outer} <- Identifier.binary_op(parent),
         true <- outer > precedence or (outer == precedence and associativity != side) do
      "(" <> text <> ")"
    else
      _ -> text
    end
  end

  defp operand(node, fun, _parent, _side), do: text(node, fun)

  ## Bitstrings, interpolation and sigils

  defp segment({:"::", meta, [left, right]} = node, fun) do
    text =
      if meta[:inferred_bitstring_spec],
        do: text(left, fun),
        else: operand(left, fun, :"::", :left) <> "::" <> modifiers(right, fun, :"::", :right)

    fun.(node, text)
  end

  defp segment(node, fun), do: text(node, fun)

  defp modifiers({operator, _, [left, right]} = node, fun, _parent, _side) when operator in [:*, :-] do
    fun.(node, modifiers(left, fun, operator, :left) <> "#{operator}" <> modifiers(right, fun, operator, :right))
  end

  defp modifiers(node, fun, parent, side), do: operand(node, fun, parent, side)

  # Kept from the brackets of the bitstring itself.
  defp apart(segment) do
    if String.starts_with?(segment, "<") or String.ends_with?(segment, ">"), do: "(" <> segment <> ")", else: segment
  end

  defp interpolated?(parts) do
    parts != [] and
      Enum.all?(parts, fn
        {:"::", _, [{{:., _, [Kernel, :to_string]}, _, [_]}, {:binary, _, _}]} -> true
        part -> is_binary(part)
      end)
  end

  # A heredoc has its text as it is.
  defp interpolation({:<<>>, _, [text]}, <<_, _, _, ?\n>> = left, right, _fun), do: left <> text <> right

  defp interpolation({:<<>>, _, parts}, left, right, fun) do
    inner =
      Enum.map_join(parts, fn
        {:"::", _, [{_to_string, _, [value]}, _binary]} -> "\#{" <> text(value, fun) <> "}"
        part -> String.replace(part, right, "\\" <> right)
      end)

    left <> inner <> right
  end

  defp sigil({name, meta, [{:<<>>, _, parts} = content, modifiers]}, fun) when is_list(modifiers) do
    {left, right} = delimiters(Keyword.get(meta, :delimiter, "\""))

    with "sigil_" <> name <- Atom.to_string(name) do
      cond do
        name =~ ~r/^[A-Z]+$/ -> "~" <> name <> left <> hd(parts) <> right <> modifiers(modifiers, fun)
        name =~ ~r/^[a-z]$/ -> "~" <> name <> interpolation(content, left, right, fun) <> modifiers(modifiers, fun)
        true -> nil
      end
    else
      _ -> nil
    end
  end

  defp sigil(_node, _fun), do: nil

  defp modifiers([], _fun), do: ""
  defp modifiers(modifiers, fun), do: fun.(modifiers, List.to_string(modifiers))

  defp delimiters("["), do: {"[", "]"}
  defp delimiters("{"), do: {"{", "}"}
  defp delimiters("("), do: {"(", ")"}
  defp delimiters("<"), do: {"<", ">"}
  defp delimiters(<<_, _, _>> = heredoc), do: {heredoc <> "\n", heredoc}
  defp delimiters(same), do: {same, same}

  ## Containers

  defp list([], _fun), do: "[]"
  defp list([{:->, _, _} | _] = clauses, fun), do: "(" <> arrows(clauses, fun, "() ") <> ")"

  defp list(list, fun) do
    cond do
      :io_lib.printable_list(list) ->
        "~c\"" <> IO.iodata_to_binary(elem(Identifier.escape(List.to_string(list), ?"), 0)) <> "\""

      Inspect.List.keyword?(list) ->
        "[" <> keywords(list, fun) <> "]"

      true ->
        "[" <> join(list, fun) <> "]"
    end
  end

  defp join(nodes, fun), do: Enum.map_join(nodes, ", ", &text(&1, fun))

  defp pairs([{:|, _, [map, pairs]}], fun), do: text(map, fun) <> " | " <> pairs(pairs, fun)

  defp pairs(pairs, fun) do
    if Inspect.List.keyword?(pairs) do
      keywords(pairs, fun)
    else
      Enum.map_join(pairs, ", ", fn
        {key, value} -> text(key, fun) <> " => " <> text(value, fun)
        other -> text(other, fun)
      end)
    end
  end

  defp keywords(pairs, fun) do
    Enum.map_join(pairs, ", ", fn {key, value} -> Macro.inspect_atom(:key, key) <> " " <> text(value, fun) end)
  end

  ## Blocks

  defp indented(block, fun), do: block |> block(fun) |> indent()
  defp indent(text), do: String.replace(text, "\n", "\n  ")

  defp block([{:->, _, _} | _] = clauses, fun) do
    Enum.map_join(clauses, "\n", fn {:->, _, [left, right]} ->
      head(left, fun, "") <> "->\n  " <> indented(right, fun)
    end)
  end

  defp block({:__block__, _, forms}, fun), do: Enum.map_join(forms, "\n", &text(&1, fun))
  defp block(form, fun), do: text(form, fun)

  defp arrows(clauses, fun, no_args) do
    Enum.map_join(clauses, "; ", fn {:->, _, [left, right]} ->
      head(left, fun, no_args) <> "-> " <> text(right, fun)
    end)
  end

  defp head([], _fun, no_args), do: no_args
  defp head(args, fun, _no_args), do: join(args, fun) <> " "
end
