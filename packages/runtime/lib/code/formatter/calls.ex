# Calls: their arguments, with or without parentheses, and their do-blocks.
defmodule Code.Formatter.Calls do
  @moduledoc false

  import Inspect.Algebra, except: [color: 3, format: 2, surround: 3, surround: 4]

  import Code.Formatter,
    only: [
      color: 3,
      closing_line: 1,
      doc: 3,
      doc_or_parens: 3,
      end_line: 1,
      eol?: 2,
      in_parens: 1,
      keyword?: 1,
      line_of: 1,
      next_break_fits?: 2,
      surround: 3,
      ungroup: 1
    ]

  alias Code.Formatter.{Clauses, Comments, Text}

  @do_keywords [:rescue, :catch, :else, :after]

  def local(name, meta, args, context, st) do
    parens =
      cond do
        is_list(meta[:closing]) -> :skip_if_only_do_end
        Code.Formatter.local_without_parens?(name, length(args), st.locals) -> :skip_unless_many_args
        true -> :skip_if_do_end
      end

    {call, parens?} = call_args(args, meta, context, parens, true, st)
    doc = name |> Atom.to_string() |> string() |> color(:call, st) |> concat(call)
    if parens?, do: in_parens(doc), else: doc
  end

  # Mod.{A, B}
  def remote({{:., _, [target, :{}]}, meta, args}, _context, st),
    do: target |> target(st) |> concat(".") |> concat(Code.Formatter.tuple(meta, args, :break, st))

  # fun.(arg)
  def remote({{:., _, [target]}, meta, args}, context, st) do
    target = target(target, st)
    {call, parens?} = call_args(args, meta, context, :skip_if_do_end, true, st)
    doc = concat(concat(target, "."), call)
    if parens?, do: in_parens(doc), else: doc
  end

  def remote({{:., _, [target, name]}, meta, args}, context, st) when is_atom(name) do
    name = name |> Text.function_name() |> string() |> color(:call, st)
    doc = target |> target(st) |> concat(".") |> concat(name)

    if args == [] and not module?(target) and not is_list(meta[:closing]) do
      doc
    else
      {call, parens?} = call_args(args, meta, context, :skip_if_do_end, true, st)
      doc = concat(doc, call)
      if parens?, do: in_parens(doc), else: doc
    end
  end

  # unquote(name)(arg)
  def remote({target, meta, args}, context, st) do
    target = doc(target, :no_parens_arg, st)
    {call, parens?} = call_args(args, meta, context, :required, true, st)
    doc = concat(target, call)
    if parens?, do: in_parens(doc), else: doc
  end

  def target({:fn, _, [_ | _]} = quoted, st), do: in_parens(doc(quoted, :no_parens_arg, st))
  def target(quoted, st), do: doc_or_parens(quoted, :no_parens_arg, st)

  defp module?({:__MODULE__, _, context}) when is_atom(context), do: true
  defp module?({:__block__, _, [atom]}) when is_atom(atom), do: true
  defp module?({:__aliases__, _, _}), do: true
  defp module?(_other), do: false

  @doc """
  The part of a call behind its name, and whether the whole needs parentheses. `parens` tells when
  those of the arguments may be left out; `keyword_list?`, whether a list at the end may lose its brackets.
  """
  def call_args([], meta, _context, _parens, _keyword_list?, _st) do
    {args, _join} = arguments([], meta, false, :none, :break, & &1)
    {surround("(", args, ")"), false}
  end

  def call_args(args, meta, context, parens, keyword_list?, st) do
    {rest, [last]} = Enum.split(args, -1)

    case do_blocks(meta, last, st) do
      nil ->
        no_parens? =
          parens == :skip_unless_many_args and
            context in [:block, :operand, :no_parens_one_arg, :parens_one_arg]

        {plain_args(meta, args, no_parens?, keyword_list?, empty(), st), false}

      blocks ->
        head =
          cond do
            rest == [] and parens == :required ->
              "() do"

            rest == [] ->
              " do"

            true ->
              no_parens? = parens not in [:required, :skip_if_only_do_end]
              plain_args(meta, rest, no_parens?, keyword_list?, " do", st)
          end

        doc = head |> concat(blocks_doc(blocks, st)) |> line("end") |> force_unfit()
        {doc, context in [:no_parens_arg, :no_parens_one_arg]}
    end
  end

  defp plain_args(meta, args, no_parens?, keyword_list?, extra, st) do
    {left, [last]} = Enum.split(args, -1)
    {keyword?, last} = last_as_keyword(last, keyword_list?, no_parens?)

    context =
      cond do
        left == [] and not keyword? and no_parens? -> :no_parens_one_arg
        left == [] and not keyword? -> :parens_one_arg
        no_parens? -> :no_parens_arg
        true -> :parens_arg
      end

    args = if keyword?, do: left ++ last, else: left ++ [last]
    lines? = match?([_, _ | _], args) and eol?(meta, st)
    fun = &doc(&1, context, st)
    split? = left != [] and keyword? and not Enum.any?(args, &match?({:<-, _, [_, _]}, &1))

    {args_doc, fits?} =
      if split?,
        do: {args_and_keywords(left, last, args, meta, no_parens?, lines?, fun), true},
        else: joined_args(args, last, meta, no_parens?, lines?, fun, st)

    doc =
      cond do
        split? and no_parens? -> " " |> concat(args_doc) |> nest(2) |> concat(extra) |> group()
        no_parens? -> " " |> concat(args_doc) |> concat(extra) |> group()
        true -> "(" |> concat(break("")) |> nest(2, :break) |> concat(args_doc) |> concat(extra) |> group()
      end

    if fits?, do: next_break_fits(doc, :disabled), else: doc
  end

  # The keywords may go to lines of their own while the arguments before them stay.
  defp args_and_keywords(left, keywords, args, meta, no_parens?, lines?, fun) do
    join = if one_per_line?(left) or lines?, do: :line, else: :break
    {left, _} = arguments(left, Keyword.delete(meta, :closing), no_parens?, :force_comma, join, fun)

    join = if one_per_line?(keywords) or one_per_line?(args) or lines?, do: :line, else: :break
    {right, _} = arguments(keywords, meta, false, :none, join, fun)
    right = concat(if(join == :line, do: line(), else: break()), right)

    if no_parens? do
      left |> concat(next_break_fits(group(right, :inherit), :enabled)) |> nest(:cursor, :break)
    else
      right =
        right
        |> nest(2, :break)
        |> concat(break(""))
        |> concat(")")
        |> group(:inherit)
        |> next_break_fits(:enabled)

      concat(nest(left, 2, :break), right)
    end
  end

  defp joined_args(args, last, meta, no_parens?, lines?, fun, st) do
    join = if one_per_line?(args) or lines?, do: :line, else: :break
    fits? = join == :break and next_break_fits?(last, st)
    {doc, _} = arguments(args, meta, no_parens?, if(fits?, do: :next_break_fits, else: :none), join, fun)
    doc = ungroup(doc)

    if no_parens?,
      do: {nest(doc, :cursor, :break), fits?},
      else: {doc |> nest(2, :break) |> concat(break("")) |> concat(")"), fits?}
  end

  defp last_as_keyword([_ | _] = last, _keyword_list?, _no_parens?), do: {keyword?(last), last}

  defp last_as_keyword({:__block__, meta, [[{key, _} | _] = list]} = last, true, no_parens?) do
    cond do
      not keyword?(list) -> {false, last}
      no_parens? and comment_before?(line_of(meta), key) -> {false, last}
      true -> {true, list}
    end
  end

  defp last_as_keyword(last, _keyword_list?, _no_parens?), do: {false, last}

  defp comment_before?(line, {_, key_meta, _}) do
    case Comments.after_line(line) do
      [%{line: comment} | _] -> comment <= line_of(key_meta)
      [] -> false
    end
  end

  @doc "Whether the author gave each of several arguments a line of its own."
  def one_per_line?([_ | _] = args), do: lines(args, [])
  def one_per_line?(_other), do: false

  defp lines([[first | _] | rest], seen), do: lines([first | rest], seen)

  defp lines([arg | rest], seen) do
    line =
      case arg do
        {{_, meta, _}, _} -> meta[:line]
        {_, meta, _} when is_list(meta) -> meta[:line]
        _ -> nil
      end

    cond do
      line == nil -> lines(rest, seen)
      line in seen -> false
      true -> lines(rest, [line | seen])
    end
  end

  defp lines([], seen), do: match?([_, _ | _], seen)

  @doc """
  Arguments with commas, joined by `:break`, `:flex_break` or `:line`; comments among them ask for lines.
  """
  def arguments(args, meta, first_stays?, last_mode, join, fun) do
    argument = fn arg, rest ->
      doc = fun.(arg)

      doc =
        cond do
          rest != [] or last_mode == :force_comma -> comma(doc)
          last_mode == :next_break_fits -> next_break_fits(doc, :enabled)
          true -> doc
        end

      {doc, empty(), 1}
    end

    {placed, args} =
      case args do
        [first | rest] when first_stays? -> {[argument.(first, rest)], rest}
        _ -> {[], args}
      end

    {docs, comments?} =
      Comments.sequence(args, line_of(meta), closing_line(meta), argument, placed)

    cond do
      docs == [] -> {empty(), :empty}
      join == :line or comments? -> {docs |> Enum.reduce(&line(&2, &1)) |> force_unfit(), :line}
      join == :break -> {Enum.reduce(docs, &glue(&2, &1)), :break}
      join == :flex_break -> {Enum.reduce(docs, &flex_glue(&2, &1)), :flex_break}
    end
  end

  # The comma belongs into the last group, or the group would fit where it does not.
  defp comma({:doc_cons, left, right}), do: {:doc_cons, left, comma(right)}
  defp comma({:doc_group, doc, mode}), do: {:doc_group, concat(doc, ","), mode}
  defp comma(doc), do: concat(doc, ",")

  ## do-blocks

  defp do_blocks(meta, [{{:__block__, _, [:do]}, _} | rest] = blocks, st) do
    if is_list(meta[:do]) or
         (st.force_do_end and Enum.all?(rest, fn {{_, _, [key]}, _} -> key in @do_keywords end)) do
      starts = Enum.map(blocks, fn {{:__block__, meta, _}, _} -> line_of(meta) end)
      ends = tl(starts) ++ [end_line(meta)]

      Enum.zip_with([blocks, starts, ends], fn [{{_, _, [key]}, body}, first, last] ->
        {key, first, last, body}
      end)
    end
  end

  defp do_blocks(_meta, _last, _st), do: nil

  defp blocks_doc([{:do, first, last, body} | blocks], st) do
    Enum.reduce(blocks, block_doc(empty(), first, last, body, st), fn {key, first, last, body}, acc ->
      line(acc, block_doc(Atom.to_string(key), first, last, body, st))
    end)
  end

  defp block_doc(key, first, last, body, st) do
    case Clauses.clauses(body, first, last, st) do
      :doc_nil -> key
      doc -> key |> line(doc) |> nest(2)
    end
  end
end
