# Blocks, clauses and anonymous functions.
defmodule Code.Formatter.Clauses do
  @moduledoc false

  import Inspect.Algebra, except: [color: 3, format: 2, surround: 3, surround: 4]

  import Code.Formatter,
    only: [closing_line: 1, commas: 2, doc: 3, eol?: 2, line_of: 1, ungroup: 1]

  alias Code.Formatter.{Comments, Operators}

  ## Blocks

  def block([{:->, _, _} | _] = clauses, _min_line, max_line, st), do: in_parens(clauses, max_line, st)
  def block({:__block__, _, []}, min_line, max_line, st), do: expressions([], min_line, max_line, st)

  def block({:__block__, _, [_, _ | _] = args}, min_line, max_line, st),
    do: expressions(args, min_line, max_line, st)

  def block(quoted, min_line, max_line, st), do: expressions([quoted], min_line, max_line, st)

  defp expressions(args, min_line, max_line, st) do
    {docs, _comments?} =
      Comments.sequence(args, min_line, max_line, fn {kind, meta, _} = arg, _rest ->
        newlines = meta[:end_of_expression][:newlines] || 1
        {doc(arg, :block, st), if(kind == :@, do: empty(), else: break("")), newlines}
      end)

    case docs do
      [] -> empty()
      [doc] -> doc
      docs -> docs |> Enum.reduce(&line(&2, &1)) |> force_unfit()
    end
  end

  ## Anonymous functions

  def anonymous([{:->, meta, [[], body]}] = clauses, _min_line, max_line, _eol?, st) do
    body = block(body, line_of(meta), max_line, st)
    fn_body("fn ->", body, clauses, st)
  end

  def anonymous([{:->, meta, [args, body]}] = clauses, _min_line, max_line, false, st) do
    head = commented_head(args, line_of(meta), st)
    body = block(body, line_of(meta), max_line, st)
    head = head |> ungroup() |> concat(" ->") |> nest(:cursor) |> group()
    fn_body(concat("fn ", head), body, clauses, st)
  end

  def anonymous(clauses, min_line, max_line, _eol?, st) do
    "fn" |> line(clauses(clauses, min_line, max_line, st)) |> nest(2) |> line("end") |> force_unfit()
  end

  defp fn_body(head, body, clauses, st) do
    separator = separator(clauses, st)

    head
    |> concat(separator)
    |> concat(body)
    |> nest(2)
    |> concat(separator)
    |> concat("end")
    |> force_if_long(clauses, st)
    |> group()
  end

  ## Clauses in parentheses

  def in_parens([{:->, meta, [[], body]}] = clauses, max_line, st) do
    body = block(body, line_of(meta), max_line, st)
    "(-> " |> concat(nest(body, :cursor)) |> concat(")") |> force_if_long(clauses, st) |> group()
  end

  def in_parens([{:->, meta, [args, body]}] = clauses, max_line, st) do
    head = commented_head(args, line_of(meta), st)
    body = block(body, line_of(meta), max_line, st)

    head
    |> ungroup()
    |> concat(" ->")
    |> group()
    |> concat(clauses |> separator(st) |> concat(body) |> nest(2))
    |> Code.Formatter.in_parens()
    |> force_if_long(clauses, st)
    |> group()
  end

  def in_parens(clauses, max_line, st) do
    "(" |> line(clauses(clauses, 0, max_line, st)) |> nest(2) |> line(")") |> force_unfit()
  end

  ## Clauses on lines of their own

  def clauses([{:->, _, _} | _] = clauses, min_line, max_line, st) do
    {init, [{:->, meta, args}]} = Enum.split(clauses, -1)
    [first | rest] = all = init ++ [{:->, [{:closing, [line: max_line]} | meta], args}]

    rest
    |> Enum.reduce(clause(first, min_line, st), fn clause, acc ->
      acc |> concat(nest(break(""), :reset)) |> line(clause(clause, min_line, st))
    end)
    |> force_if_long(all, st)
    |> group()
  end

  def clauses(other, min_line, max_line, st) do
    case block(other, min_line, max_line, st) do
      :doc_nil -> :doc_nil
      doc -> group(doc)
    end
  end

  defp clause({:->, meta, [[], body]}, _min_line, st),
    do: "() ->" |> glue(block(body, line_of(meta), closing_line(meta), st)) |> nest(2)

  defp clause({:->, meta, [args, body]}, min_line, st) do
    head = commented_head(args, min_line, %{st | nesting: st.nesting + 2})
    body = block(body, min_line, closing_line(meta), st)

    head
    |> ungroup()
    |> concat(" ->")
    |> group()
    |> concat(break() |> concat(body) |> nest(2))
  end

  defp commented_head(args, min_line, st) do
    {docs, comments?} =
      Comments.sequence([args], min_line, 0, fn args, _rest -> {head(args, st), empty(), 1} end)

    if comments?, do: Enum.reduce(docs, &line(&2, &1)), else: Enum.reduce(docs, &glue(&2, &1))
  end

  @doc "The arguments and guards of a clause."
  def head([{:when, meta, args}], st) do
    {args, [guard]} = Enum.split(args, -1)

    args =
      Enum.map(args, fn
        [_ | _] = keywords -> {:__block__, [], [keywords]}
        arg -> arg
      end)

    left = {{:special, :clause_args}, meta, [args]}
    Operators.binary(:when, "when", meta, left, guard, :no_parens_arg, st, st.nesting)
  end

  def head([], _st), do: "()"
  def head(args, st), do: commas(args, &doc(&1, :no_parens_arg, st))

  # As soon as one clause takes several lines, all do.
  defp long?(clauses, st) do
    Enum.any?(clauses, fn {:->, meta, [_, body]} ->
      eol?(meta, st) or match?({:__block__, _, [_, _ | _]}, body)
    end)
  end

  defp separator(clauses, st), do: if(long?(clauses, st), do: line(), else: break())
  defp force_if_long(doc, clauses, st), do: if(long?(clauses, st), do: force_unfit(doc), else: doc)
end
