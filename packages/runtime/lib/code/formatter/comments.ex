# Comments while code is formatted. Those not yet placed are kept in the process dictionary, sorted by line: every
# function of the formatter would have to pass them on otherwise. Sequences (blocks, arguments, clauses, operands of
# a pipeline) place the comments found between and on the lines of their elements.
defmodule Code.Formatter.Comments do
  @moduledoc false

  import Inspect.Algebra, except: [color: 3]

  @key :code_formatter_comments
  @min_line 0
  @max_line 9_999_999

  @doc "Runs `fun` with these comments to place."
  def with_comments(comments, fun) do
    Process.put(@key, comments |> Enum.map(&%{&1 | text: tidy(&1.text)}) |> join())

    try do
      fun.()
    after
      Process.delete(@key)
    end
  end

  defp tidy("#!" <> _ = text), do: text
  defp tidy("##" <> rest), do: "#" <> tidy("#" <> rest)
  defp tidy("#"), do: "#"
  defp tidy("# " <> _ = text), do: text
  defp tidy("#" <> text), do: "# " <> text

  # Comments on lines of their own that follow each other make one; one behind code stands for itself.
  defp join([%{previous_eol_count: 0} = comment | rest]),
    do: [%{comment | previous_eol_count: 2} | join(rest)]

  defp join([%{line: line} = comment | rest]) do
    {comment, rest} = join_next(comment, line + 1, rest)
    [comment | join(rest)]
  end

  defp join([]), do: []

  defp join_next(comment, line, [%{line: line, previous_eol_count: count} = next | rest])
       when count != 0 do
    text = line(comment.text, next.text)
    join_next(%{comment | next_eol_count: next.next_eol_count, text: text}, line + 1, rest)
  end

  defp join_next(comment, _line, rest), do: {comment, rest}

  @doc "Whether a comment stands strictly between two lines."
  def between?(min, max), do: Enum.any?(pending(), &(&1.line > min and &1.line < max))

  @doc "Comments after a line, in order."
  def after_line(line), do: Enum.drop_while(pending(), &(&1.line <= line))

  @doc """
  Makes documents of the elements with `fun`, which gets an element and those behind it and returns
  `{doc, separator, newlines}`. Returns the documents, comments among them, and whether there were any.
  """
  def sequence(elements, min_line, max_line, fun, placed \\ []) do
    {outside, inside} = Enum.split_while(pending(), &(&1.line <= min_line))
    put(inside)

    {placed, comments?} =
      if inside == [],
        do: {each(elements, placed, fun), false},
        else: each_commented(elements, placed, max_line, fun, false)

    put(outside ++ pending())
    {merge(Enum.reverse(placed), empty()), comments?}
  end

  defp each([element | rest], placed, fun), do: each(rest, [fun.(element, rest) | placed], fun)
  defp each([], placed, _fun), do: placed

  defp each_commented([element | rest], placed, max_line, fun, comments?) do
    case lines(element, {@max_line, @min_line}) do
      {@max_line, @min_line} ->
        each_commented(rest, [fun.(element, rest) | placed], max_line, fun, comments?)

      {first, last} ->
        {placed, before?} = place_before(first, placed)
        made = fun.(element, rest)
        {placed, trailing?} = place_trailing(first, last, placed)
        placed = [close_up(made, last) | placed]
        each_commented(rest, placed, max_line, fun, comments? or before? or trailing?)
    end
  end

  defp each_commented([], placed, max_line, _fun, comments?) do
    {placed, before?} = place_before(max_line, placed)
    {placed, comments? or before?}
  end

  defp place_before(line, placed) do
    {before, rest} = Enum.split_while(pending(), &(&1.line < line))
    put(rest)

    placed =
      Enum.reduce(before, placed, fn comment, placed ->
        [{comment.text, empty(), comment.next_eol_count} | space_out(placed, comment.previous_eol_count)]
      end)

    {placed, before != []}
  end

  defp space_out([{doc, separator, newlines} | rest], count) when newlines < count,
    do: [{doc, separator, count} | rest]

  defp space_out(placed, _count), do: placed

  # A comment behind an element goes on a line before it.
  defp place_trailing(first, last, placed) do
    {trailing, rest} = Enum.split_while(pending(), &(&1.line >= first and &1.line <= last))
    put(rest)
    {Enum.reduce(trailing, placed, &[{&1.text, empty(), 1} | &2]), trailing != []}
  end

  defp close_up({doc, separator, newlines}, last) do
    case pending() do
      [%{line: line} | _] when newlines > 1 and line == last + 1 -> {doc, separator, 1}
      _ -> {doc, separator, newlines}
    end
  end

  defp lines({form, meta, args}, {min, max}) do
    range =
      case Keyword.fetch(meta, :line) do
        {:ok, line} when is_integer(line) -> {min(line, min), max(line, max)}
        _ -> {min, max}
      end

    lines(args, lines(form, range))
  end

  defp lines({left, right}, range), do: lines(right, lines(left, range))
  defp lines(list, range) when is_list(list), do: Enum.reduce(list, range, &lines/2)
  defp lines(_leaf, range), do: range

  # At most one empty line is kept between elements.
  defp merge([{doc, separator, newlines} | rest], left) do
    right = if newlines >= 2, do: line(), else: separator
    doc = if left == empty(), do: doc, else: concat(left, doc)
    doc = if rest == [] or right == empty(), do: doc, else: concat(doc, concat(collapse_lines(2), right))
    [group(doc) | merge(rest, right)]
  end

  defp merge([], _left), do: []

  defp pending, do: Process.get(@key, [])
  defp put(comments), do: Process.put(@key, comments)
end
