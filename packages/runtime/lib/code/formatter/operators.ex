# Operators: parentheses by precedence, and where lines break. Pipelines, `|` and `when` break before the operator,
# the others behind it.
defmodule Code.Formatter.Operators do
  @moduledoc false

  import Inspect.Algebra, except: [color: 3, format: 2, surround: 3, surround: 4]

  import Code.Formatter,
    only: [
      color: 3,
      doc: 3,
      doc_or_parens: 3,
      eol?: 2,
      in_parens: 1,
      keyword?: 1,
      line_of: 1,
      next_break_fits?: 2,
      parens_if_operator: 2,
      with_next_break_fits: 3
    ]

  alias Code.Formatter.{Calls, Comments}

  @pipes [:|>, :~>>, :<<~, :~>, :<~, :<~>, :"<|>"]
  @break_before [:|, :when]
  @no_space [:.., :"//"]
  @no_break [:\\, :in]
  @logical [:|||, :||, :or, :&&&, :&&, :and]
  @next_break_fits [:<-, :==, :!=, :=~, :===, :!==, :<, :>, :<=, :>=, :=, :"::"]

  # Mixing these with other operators is always made plain by parentheses.
  @parens_on_operands [
    :<<<,
    :>>>,
    :|>,
    :<~,
    :~>,
    :<<~,
    :~>>,
    :<~>,
    :"<|>",
    :in,
    :"^^^",
    :"//",
    :++,
    :--,
    :+++,
    :---,
    :<>,
    :..
  ]

  @doc "Associativity and precedence, with the step of a range, which is no operator of its own."
  def precedence(:"//"), do: {:right, 190}
  def precedence(op), do: Code.Identifier.binary_op(op)

  @doc "The document of an operator, or `nil` for another name."
  def operator(op, _meta, [arg], context, st) do
    if Code.Identifier.unary_op(op) != :error, do: unary(op, arg, context, st)
  end

  def operator(op, meta, [left, right], context, st) do
    if precedence(op) != :error,
      do: binary(op, Atom.to_string(op), meta, left, right, context, st, st.nesting)
  end

  def operator(_op, _meta, _args, _context, _st), do: nil

  def unary(op, arg, context, st) do
    doc = doc(arg, argument(context, :operand), st)

    doc =
      case arg do
        {^op, _, [_]} when op in [:!, :not] -> doc
        _ -> parens_if_operator(doc, arg)
      end

    text = if op == :not, do: "not ", else: Atom.to_string(op)
    text |> color(:operator, st) |> concat(doc)
  end

  def binary(op, text, meta, left, right, context, st, _nesting) when op in @break_before do
    min_line = if match?({_, _, _}, left), do: line_of(elem(left, 1)), else: line_of(meta)

    {operands, max_line} =
      chain_right(right, op, meta, argument(context, :operand), [{{:root, argument(context, :parens_arg)}, left}])

    doc =
      operands(operands, meta, min_line, max_line, context, st, fn
        {{:root, context}, arg} ->
          operand(arg, context, st, op, :left, 2)

        {{side, context}, arg} ->
          doc = arg |> operand(context, st, op, side, 0) |> nest(String.length(text) + 1)
          doc = if Calls.one_per_line?(arg), do: force_unfit(doc), else: doc
          concat(text <> " ", doc)
      end)

    if keyword?(right) and context in [:parens_arg, :no_parens_arg], do: in_parens(doc), else: doc
  end

  def binary(op, _text, meta, left, right, context, st, _nesting) when op in @pipes do
    last = {{op, argument(context, :operand)}, right}
    {operands, min_line} = chain_left(left, meta, argument(context, :parens_arg), [last])

    operands(operands, meta, min_line, line_of(meta), context, st, fn
      {{:root, context}, arg} -> operand(arg, context, st, op, :left, 2)
      {{op, context}, arg} -> concat(Atom.to_string(op) <> " ", operand(arg, context, st, op, :right, 0))
    end)
  end

  def binary(op, text, meta, left_arg, right_arg, context, st, nesting) do
    left = operand(left_arg, argument(context, :parens_arg), st, op, :left, 2)
    right = operand(right_arg, argument(context, :operand), st, op, :right, 0)

    cond do
      op in @no_space ->
        concat(concat(group(left), color(text, :operator, st)), group(right))

      op in @no_break ->
        concat(concat(group(left), color(" " <> text <> " ", :operator, st)), group(right))

      true ->
        eol? = eol?(meta, st)
        fits? = op in @next_break_fits and next_break_fits?(right_arg, st) and not eol?

        with_next_break_fits(fits?, right, fn right ->
          op_doc = color(" " <> text, :operator, st)
          right = nest(glue(op_doc, group(right)), nesting, :break)
          right = if eol?, do: force_unfit(right), else: right
          concat(group(left), group(right))
        end)
    end
  end

  # `(not x) in list` keeps its parentheses.
  defp operand({:__block__, _, [{op, _, [arg]}]}, context, st, :in, :left, _nesting)
       when op in [:not, :!],
       do: in_parens(unary(op, arg, context, st))

  defp operand({op, meta, [left, right]} = quoted, context, st, outer, side, nesting) when is_atom(op) do
    {outer_side, outer_precedence} = precedence(outer)

    case precedence(op) do
      :error ->
        operand_doc(quoted, context, st, outer, side)

      {_, precedence} ->
        text = Atom.to_string(op)

        cond do
          outer_side == side and op == outer and op not in [:--, :---] ->
            binary(op, text, meta, left, right, context, st, nesting)

          (outer in @parens_on_operands and op not in @no_space) or
            (op in @logical and outer in @logical) or outer_precedence > precedence or
              (outer_precedence == precedence and outer_side != side) ->
            in_parens(binary(op, text, meta, left, right, context, st, 2))

          true ->
            binary(op, text, meta, left, right, context, st, 2)
        end
    end
  end

  defp operand(quoted, context, st, outer, side, _nesting), do: operand_doc(quoted, context, st, outer, side)

  # A capture takes all that follows it, so it is closed off before another operator.
  defp operand_doc({:&, _, [arg]} = quoted, context, st, outer, side) when not is_integer(arg) do
    {outer_side, outer_precedence} = precedence(outer)
    {_, capture} = Code.Identifier.unary_op(:&)
    doc = doc(quoted, context, st)

    if side == :left or (outer_side == :left and outer_precedence > capture),
      do: in_parens(doc),
      else: doc
  end

  defp operand_doc(quoted, context, st, _outer, _side), do: doc(quoted, context, st)

  defp chain_left({op, meta, [left, right]}, _meta, context, acc) when op in @pipes,
    do: chain_left(left, meta, argument(context, :parens_arg), [{{op, argument(context, :operand)}, right} | acc])

  defp chain_left(left, meta, context, acc) do
    min_line = if match?({_, _, _}, left), do: line_of(elem(left, 1)), else: line_of(meta)
    {[{{:root, context}, left} | acc], min_line}
  end

  defp chain_right({op, meta, [left, right]}, op, _meta, context, acc) do
    acc = [{{:left, argument(context, :parens_arg)}, left} | acc]
    chain_right(right, op, meta, argument(context, :operand), acc)
  end

  defp chain_right(right, _op, meta, context, acc),
    do: {Enum.reverse([{{:right, context}, right} | acc]), line_of(meta)}

  defp operands([first | rest] = all, meta, min_line, max_line, context, st, fun) do
    triple = fn operand -> {fun.(operand), empty(), 1} end

    {placed, operands} =
      if context == :no_parens_one_arg, do: {[triple.(first)], rest}, else: {[], all}

    {docs, comments?} =
      Comments.sequence(operands, min_line, max_line, fn operand, _ -> triple.(operand) end, placed)

    if comments? or eol?(meta, st),
      do: docs |> Enum.reduce(&line(&2, &1)) |> force_unfit(),
      else: Enum.reduce(docs, &glue(&2, &1))
  end

  # Inside an operator there is never one argument alone.
  defp argument(:no_parens_one_arg, _choice), do: :no_parens_arg
  defp argument(:parens_one_arg, _choice), do: :parens_arg
  defp argument(context, _choice) when context in [:no_parens_arg, :parens_arg], do: context
  defp argument(context, choice) when context in [:operand, :block], do: choice

  ## Module attributes and captures

  def attribute({:__aliases__, _, [_, _ | _]} = quoted, _context, st),
    do: concat(concat("@(", doc(quoted, :parens_arg, st)), ")")

  def attribute({name, meta, [_] = args} = quoted, context, st)
      when is_atom(name) and name not in [:__block__, :__aliases__] do
    if Macro.classify_atom(name) == :identifier do
      {call, parens?} = Calls.call_args(args, meta, context, :skip_unless_many_args, false, st)
      doc = "@#{name}" |> string() |> concat(call)
      if parens?, do: in_parens(doc), else: doc
    else
      unary(:@, quoted, context, st)
    end
  end

  def attribute(quoted, context, st), do: unary(:@, quoted, context, st)

  def capture(index, _context, _st) when is_integer(index), do: "&" <> Integer.to_string(index)

  def capture(arg, context, st) do
    doc = captured(arg, context, st)

    case Code.Formatter.to_text(doc) do
      <<char, _::binary>> when char == ?& or char in ?0..?9 -> concat("& ", doc)
      _ -> concat("&", doc)
    end
  end

  defp captured({:/, _, [{{:., _, [target, name]}, _, []}, {:__block__, _, [arity]}]}, _context, st)
       when is_atom(name) and is_integer(arity) do
    name = Code.Formatter.Text.function_name(name)
    target |> Calls.target(st) |> nest(1) |> concat(string(".#{name}/#{arity}"))
  end

  defp captured({:/, _, [{name, _, context}, {:__block__, _, [arity]}]}, _context, _st)
       when is_atom(name) and is_atom(context) and is_integer(arity),
       do: string("#{name}/#{arity}")

  defp captured(arg, context, st), do: doc_or_parens(arg, context, st)
end
