# Documents are tagged tuples that say where a line may be broken; `format/2` decides where it is.
# The layout follows Lindig's "Strictly Pretty": a group is laid out on one line if what precedes its first
# certain break fits in the width. Rendering keeps a stack of {indentation, mode, document} and an
# accumulator, so that its depth does not depend on the size of the document.
defmodule Inspect.Algebra do
  @moduledoc """
  Builds and lays out documents: texts with places at which a line may be broken.

      iex> import Inspect.Algebra
      iex> doc = group(glue("hello", "world"))
      iex> format(doc, 80) |> IO.iodata_to_binary()
      "hello world"
      iex> format(doc, 5) |> IO.iodata_to_binary()
      "hello\\nworld"
  """

  @tags [
    :doc_cons,
    :doc_string,
    :doc_break,
    :doc_group,
    :doc_nest,
    :doc_color,
    :doc_force,
    :doc_fits,
    :doc_collapse,
    :doc_limit
  ]

  @type t :: binary() | :doc_nil | :doc_line | tuple()

  @doc "Whether a term can be a document."
  defguard is_doc(doc)
           when is_binary(doc) or (is_tuple(doc) and elem(doc, 0) in @tags) or
                  doc in [:doc_nil, :doc_line]

  defguardp is_count(value) when value == :infinity or (is_integer(value) and value >= 0)

  ## Documents of terms

  @doc "Converts a term into a document with the options' `:inspect_fun`."
  @spec to_doc(any(), Inspect.Opts.t()) :: t
  def to_doc(term, opts)

  def to_doc(%_{} = struct, %Inspect.Opts{structs: false} = opts) do
    Inspect.Map.inspect(struct, opts)
  end

  def to_doc(%_{} = struct, %Inspect.Opts{inspect_fun: fun} = opts) do
    try do
      fun.(struct, opts)
    rescue
      exception -> failed_struct(struct, opts, exception, __STACKTRACE__)
    end
  end

  def to_doc(term, %Inspect.Opts{inspect_fun: fun} = opts), do: fun.(term, opts)

  # The report of a failure shows the struct, whose fields may fail to be inspected in turn: a mark
  # in the process dictionary makes those appear as plain maps.
  defp failed_struct(struct, opts, exception, stacktrace) do
    if Process.get(:inspect_trap) do
      Inspect.Map.inspect(struct, opts)
    else
      plain = %{opts | syntax_colors: [], inspect_fun: Inspect.Opts.default_inspect_fun()}

      try do
        Process.put(:inspect_trap, true)
        text = struct |> Inspect.Map.inspect(plain) |> format(opts.width) |> IO.iodata_to_binary()

        error =
          Inspect.Error.exception(
            exception: exception,
            stacktrace: stacktrace,
            inspected_struct: text
          )

        if opts.safe do
          Inspect.inspect(error, %{opts | inspect_fun: Inspect.Opts.default_inspect_fun()})
        else
          reraise(error, stacktrace)
        end
      after
        Process.delete(:inspect_trap)
      end
    end
  end

  @doc """
  The document of a collection between two delimiters, its elements converted by `fun`.

  At most as many elements as the options' `:limit` are shown. Options: `:separator` (`","`) and
  `:break`: `:strict` puts each element on its own line if they do not fit on one, `:flex` fills lines,
  `:maybe` fills lines if all elements are plain texts.
  """
  @spec container_doc(t, [any()], t, Inspect.Opts.t(), (term(), Inspect.Opts.t() -> t), keyword()) ::
          t
  def container_doc(left, collection, right, inspect_opts, fun, opts \\ [])
      when is_doc(left) and is_list(collection) and is_doc(right) and is_function(fun, 2) and
             is_list(opts) do
    if collection == [] do
      {:doc_cons, left, right}
    else
      break = Keyword.get(opts, :break, :maybe)
      separator = Keyword.get(opts, :separator, ",")
      limit = inspect_opts.limit
      {reversed, plain?} = container_each(collection, limit, inspect_opts, fun, [], break == :maybe)
      flex? = plain? or break == :flex
      docs = join_reversed(reversed, flex?, separator)

      if flex? do
        {:doc_group, {:doc_cons, {:doc_cons, left, {:doc_nest, docs, 1, :always}}, right}, :self}
      else
        inner = {:doc_nest, glue(left, "", docs), 2, :always}
        {:doc_group, glue(inner, "", right), :self}
      end
    end
  end

  defp container_each([], _limit, _opts, _fun, acc, plain?), do: {acc, plain?}
  defp container_each(_rest, 0, _opts, _fun, acc, plain?), do: {["..." | acc], plain?}

  # Without a limit every element gets the options as they are.
  defp container_each([term | rest], :infinity, opts, fun, acc, plain?) when is_list(rest) do
    doc = fun.(term, opts)
    container_each(rest, :infinity, opts, fun, [doc | acc], plain? and plain?(doc))
  end

  defp container_each([term | rest], limit, opts, fun, acc, plain?)
       when is_list(rest) and is_count(limit) do
    left = limit - 1
    doc = fun.(term, %{opts | limit: left})
    # An element that shows nothing does not count.
    limit = if doc == :doc_nil, do: limit, else: left
    container_each(rest, limit, opts, fun, [doc | acc], plain? and plain?(doc))
  end

  defp container_each([head | tail], limit, opts, fun, acc, plain?) when is_count(limit) do
    opts = %{opts | limit: decrement(limit)}
    head = fun.(head, opts)
    tail = fun.(tail, opts)
    plain? = plain? and plain?(head) and plain?(tail)
    {[join(head, tail, plain?, " |") | acc], plain?}
  end

  defp join_reversed([last | rest], flex?, separator) do
    :lists.foldl(fn doc, acc -> join(doc, acc, flex?, separator) end, last, rest)
  end

  defp join(:doc_nil, right, _flex?, _separator), do: right
  defp join(left, :doc_nil, _flex?, _separator), do: left

  defp join(left, right, flex?, separator) do
    mode = if flex?, do: :flex, else: :strict
    concat(concat(left, separator), {:doc_cons, {:doc_break, " ", mode}, right})
  end

  defp plain?(doc) when is_binary(doc), do: true
  defp plain?({:doc_cons, left, right}), do: plain?(left) and plain?(right)
  defp plain?({:doc_color, doc, _color}), do: plain?(doc)
  defp plain?({:doc_string, _string, _length}), do: true
  defp plain?(doc), do: doc == :doc_nil

  defp decrement(:infinity), do: :infinity
  defp decrement(count), do: count - 1

  @doc false
  @deprecated "Use a combination of concat/2 and nest/2 instead"
  def surround(left, doc, right) when is_doc(left) and is_doc(doc) and is_doc(right) do
    concat(concat(left, nest(doc, 1)), right)
  end

  @doc false
  @deprecated "Use Inspect.Algebra.container_doc/6 instead"
  def surround_many(left, docs, right, %Inspect.Opts{} = inspect, fun, separator \\ ",") do
    container_doc(left, docs, right, inspect, fun, separator: separator)
  end

  @doc "Colours a document if the options' `:syntax_colors` has a colour for the key."
  @spec color_doc(t, atom(), Inspect.Opts.t()) :: t
  def color_doc(doc, color_key, opts)

  def color_doc(doc, _key, %Inspect.Opts{syntax_colors: []}) when is_doc(doc), do: doc

  def color_doc(doc, key, %Inspect.Opts{syntax_colors: colors}) when is_doc(doc) do
    case Keyword.get(colors, key) do
      unset when unset in [nil, false] ->
        doc

      color ->
        reset = Keyword.get(colors, :reset, :reset)
        concat({:doc_color, doc, ansi(color)}, {:doc_color, :doc_nil, ansi(reset)})
    end
  end

  defp ansi(color), do: color |> IO.ANSI.format_fragment(true) |> IO.iodata_to_binary()

  @doc deprecated: "Use color_doc/3 instead"
  @spec color(t, atom(), Inspect.Opts.t()) :: t
  def color(doc, key, opts), do: color_doc(doc, key, opts)

  ## Building documents

  @doc "The document that shows nothing."
  @spec empty() :: t
  def empty, do: :doc_nil

  @doc "A text whose width is its number of graphemes; a plain binary counts bytes."
  @spec string(String.t()) :: t
  def string(string) when is_binary(string), do: {:doc_string, string, String.length(string)}

  @doc "One document after the other."
  @spec concat(t, t) :: t
  def concat(doc1, doc2) when is_doc(doc1) and is_doc(doc2), do: {:doc_cons, doc1, doc2}

  @doc "The documents of a list one after the other."
  @spec concat([t]) :: t
  def concat(docs) when is_list(docs), do: fold(docs, &concat/2)

  @doc "Lays the document out as if lines had no end."
  @spec no_limit(t) :: t
  def no_limit(doc), do: {:doc_limit, doc, :infinity}

  @doc "Puts an ANSI colour, which has no width, before the document."
  @spec color(t, binary()) :: t
  def color(doc, color) when is_doc(doc) and is_binary(color), do: {:doc_color, doc, color}

  @doc """
  Indents the lines after a break by `level` more columns, by the current column (`:cursor`) or not at all
  (`:reset`). With mode `:break` only if the enclosing group is broken.
  """
  @spec nest(t, non_neg_integer() | :cursor | :reset, :always | :break) :: t
  def nest(doc, level, mode \\ :always)

  def nest(doc, level, mode)
      when is_doc(doc) and level in [:cursor, :reset] and mode in [:always, :break] do
    {:doc_nest, doc, level, mode}
  end

  def nest(doc, 0, _mode) when is_doc(doc), do: doc

  def nest(doc, level, mode)
      when is_doc(doc) and is_integer(level) and level > 0 and mode in [:always, :break] do
    {:doc_nest, doc, level, mode}
  end

  @doc "A text that becomes a new line if its group does not fit."
  @spec break(binary()) :: t
  def break(string \\ " ") when is_binary(string), do: {:doc_break, string, :strict}

  @doc "Collapses the line breaks and blanks that follow to at most `max` lines."
  @spec collapse_lines(pos_integer()) :: t
  def collapse_lines(max) when is_integer(max) and max > 0, do: {:doc_collapse, max}

  @doc "Considers the next break as fitting."
  @spec next_break_fits(t, :enabled | :disabled) :: t
  def next_break_fits(doc, mode \\ :enabled)
      when is_doc(doc) and mode in [:enabled, :disabled] do
    {:doc_fits, doc, mode}
  end

  @doc "Forces the current group to be broken."
  @spec force_unfit(t) :: t
  def force_unfit(doc) when is_doc(doc), do: {:doc_force, doc}

  @doc "A text that becomes a new line if what follows, up to the next break, does not fit."
  @spec flex_break(binary()) :: t
  def flex_break(string \\ " ") when is_binary(string), do: {:doc_break, string, :flex}

  @doc "Two documents with a `flex_break/1` between them."
  @spec flex_glue(t, binary(), t) :: t
  def flex_glue(doc1, break_string \\ " ", doc2) when is_binary(break_string) do
    concat(doc1, concat(flex_break(break_string), doc2))
  end

  @doc "Two documents with a `break/1` between them."
  @spec glue(t, binary(), t) :: t
  def glue(doc1, break_string \\ " ", doc2) when is_binary(break_string) do
    concat(doc1, concat(break(break_string), doc2))
  end

  @doc "A document whose strict breaks are all lines or all texts; `:inherit` breaks with its parent."
  @spec group(t, :self | :inherit) :: t
  def group(doc, mode \\ :self) when is_doc(doc), do: {:doc_group, doc, mode}

  @doc "Two documents with a space between them."
  @spec space(t, t) :: t
  def space(doc1, doc2), do: concat(doc1, concat(" ", doc2))

  @doc "A line break that is always taken."
  @spec line() :: t
  def line, do: :doc_line

  @doc "Two documents with a line break between them."
  @spec line(t, t) :: t
  def line(doc1, doc2), do: concat(doc1, concat(:doc_line, doc2))

  @doc deprecated: "Use fold/2 instead"
  @spec fold_doc([t], (t, t -> t)) :: t
  def fold_doc(docs, folder_fun), do: fold(docs, folder_fun)

  @doc "Folds a list of documents from the right into one."
  @spec fold([t], (t, t -> t)) :: t
  def fold(docs, folder_fun)
  def fold([], _folder_fun), do: :doc_nil
  def fold([doc], _folder_fun), do: doc

  def fold([doc | docs], folder_fun) when is_function(folder_fun, 2) do
    folder_fun.(doc, fold(docs, folder_fun))
  end

  ## Layout

  @doc "Lays a document out in lines of the given width, as iodata."
  @spec format(t, non_neg_integer() | :infinity) :: iodata()
  def format(doc, width) when is_doc(doc) and is_count(width) do
    render([{0, :flat, doc}], width, 0, [])
  end

  # Modes: :flat shows breaks as texts and :break as lines. While a group stands before a break that may
  # count as fitting (`next_break_fits/2`), :flat_no_break and :break_no_flat say which of the two is settled.
  defp render([], _width, _column, acc), do: :lists.reverse(acc)

  defp render([{indent, mode, doc} | rest], width, column, acc) do
    case doc do
      doc when is_binary(doc) ->
        render(rest, width, column + byte_size(doc), [doc | acc])

      {:doc_cons, left, right} ->
        render([{indent, mode, left}, {indent, mode, right} | rest], width, column, acc)

      {:doc_break, text, :flex} ->
        column = column + byte_size(text)

        if width == :infinity or mode == :flat or fits(rest, width, column, true) != :no_fit do
          render(rest, width, column, [text | acc])
        else
          render(rest, width, indent, [newline(indent) | acc])
        end

      {:doc_break, _text, _strict} when mode == :break ->
        render(rest, width, indent, [newline(indent) | acc])

      {:doc_break, text, _strict} ->
        render(rest, width, column + byte_size(text), [text | acc])

      {:doc_nest, inner, level, :always} ->
        render([{nested(indent, column, level), mode, inner} | rest], width, column, acc)

      {:doc_nest, inner, level, _break} when mode == :break ->
        render([{nested(indent, column, level), mode, inner} | rest], width, column, acc)

      {:doc_nest, inner, _level, _break} ->
        render([{indent, mode, inner} | rest], width, column, acc)

      {:doc_group, inner, kind} ->
        mode = group_mode(mode, kind, indent, inner, width, column)
        render([{indent, mode, inner} | rest], width, column, acc)

      {:doc_string, text, length} ->
        render(rest, width, column + length, [text | acc])

      :doc_nil ->
        render(rest, width, column, acc)

      :doc_line ->
        render(rest, width, indent, [newline(indent) | acc])

      {:doc_color, inner, color} ->
        render([{indent, mode, inner} | rest], width, column, [color | acc])

      {:doc_force, inner} ->
        render([{indent, mode, inner} | rest], width, column, acc)

      {:doc_fits, inner, :enabled} when mode == :flat_no_break ->
        render([{indent, :break_no_flat, inner} | rest], width, column, acc)

      {:doc_fits, inner, _enabled} ->
        render([{indent, mode, inner} | rest], width, column, acc)

      {:doc_collapse, max} ->
        tail = collapse(render(rest, width, indent, []), max, 0, indent)
        :lists.reverse(acc, tail)

      {:doc_limit, inner, :infinity} when width != :infinity ->
        restore = {indent, mode, {:doc_limit, :doc_nil, width}}
        render([{indent, :flat, inner}, restore | rest], :infinity, column, acc)

      {:doc_limit, inner, width} ->
        render([{indent, mode, inner} | rest], width, column, acc)
    end
  end

  defp group_mode(:break, :inherit, _indent, _doc, _width, _column), do: :break
  defp group_mode(:break_no_flat, _kind, _indent, _doc, _width, _column), do: :break
  defp group_mode(_mode, _kind, _indent, _doc, :infinity, _column), do: :flat

  defp group_mode(_mode, _kind, indent, doc, width, column) do
    case fits([{indent, :flat, doc}], width, column, false) do
      :fit -> :flat
      :no_fit -> :break
      :break_next -> :flat_no_break
    end
  end

  # Whether the stack fits on the rest of the line. A text wider than the line fits as long as no break
  # was seen (`break?`), since nothing could make it narrower. `{:resume, break?}` marks the end of a group:
  # its breaks do not count for the parent.
  defp fits(_stack, width, column, true) when column > width, do: :no_fit
  defp fits([], _width, _column, _break?), do: :fit
  defp fits([{:resume, break?} | rest], width, column, _), do: fits(rest, width, column, break?)

  defp fits([{indent, mode, doc} | rest], width, column, break?) do
    case doc do
      doc when is_binary(doc) ->
        fits(rest, width, column + byte_size(doc), break?)

      {:doc_cons, left, right} ->
        fits([{indent, mode, left}, {indent, mode, right} | rest], width, column, break?)

      {:doc_break, text, _kind} ->
        case mode do
          :break -> :fit
          :break_no_flat -> break_next(fits(rest, width, column + byte_size(text), true))
          _ -> fits(rest, width, column + byte_size(text), true)
        end

      {:doc_nest, inner, _level, :break} ->
        fits([{indent, mode, inner} | rest], width, column, break?)

      {:doc_nest, inner, level, _always} ->
        fits([{nested(indent, column, level), mode, inner} | rest], width, column, break?)

      {:doc_group, inner, _kind} ->
        mode = if mode == :break, do: :flat, else: mode
        fits([{indent, mode, inner}, {:resume, break?} | rest], width, column, break?)

      {:doc_string, _text, length} ->
        fits(rest, width, column + length, break?)

      :doc_nil ->
        fits(rest, width, column, break?)

      :doc_line ->
        case mode do
          :break -> :fit
          :break_no_flat -> break_next(fits(rest, width, indent, false))
          _ -> fits(rest, width, indent, false)
        end

      {:doc_color, inner, _color} ->
        fits([{indent, mode, inner} | rest], width, column, break?)

      {:doc_force, inner} when mode == :break_no_flat ->
        fits([{indent, mode, inner} | rest], width, column, break?)

      {:doc_force, _inner} ->
        :no_fit

      {:doc_fits, inner, fits} ->
        mode = if fits == :disabled or mode == :flat_no_break, do: :flat_no_break, else: :break_no_flat
        fits([{indent, mode, inner} | rest], width, column, break?)

      {:doc_collapse, _max} ->
        fits(rest, width, indent, break?)

      {:doc_limit, inner, :infinity} when width != :infinity ->
        restore = {indent, mode, {:doc_limit, :doc_nil, width}}
        fits([{indent, :flat, inner}, restore | rest], :infinity, column, break?)

      {:doc_limit, inner, width} ->
        fits([{indent, mode, inner} | rest], width, column, break?)
    end
  end

  defp break_next(:no_fit), do: :break_next
  defp break_next(fits), do: fits

  defp collapse(["\n" <> _ | rest], max, count, indent), do: collapse(rest, max, count + 1, indent)
  defp collapse(["" | rest], max, count, indent), do: collapse(rest, max, count, indent)

  defp collapse(rest, max, count, indent) do
    [:binary.copy("\n", min(max, count)) <> :binary.copy(" ", indent) | rest]
  end

  defp nested(_indent, column, :cursor), do: column
  defp nested(_indent, _column, :reset), do: 0
  defp nested(indent, _column, level), do: indent + level

  defp newline(0), do: "\n"
  defp newline(indent), do: "\n" <> :binary.copy(" ", indent)
end
