# Prints code. The form to print is that of the parser with `literal_encoder` and `token_metadata`, or what
# `Code.Normalizer` makes of plain quoted code; the result is a document of `Inspect.Algebra`.
#
# The `context` says what stands around an expression, for parentheses: `:block`, `:operand`, or an argument with or without
# parentheses, alone or among others. The parts: `Operators`, `Calls`, `Clauses`, `Text` and `Comments`.
defmodule Code.Formatter do
  @moduledoc false

  import Inspect.Algebra, except: [color: 3, format: 2, surround: 3, surround: 4]

  alias Code.Formatter.{Calls, Clauses, Comments, Migration, Operators, Text}

  @min_line 0
  @max_line 9_999_999

  @locals_without_parens [
    alias: 1,
    alias: 2,
    case: 2,
    cond: 1,
    for: :*,
    import: 1,
    import: 2,
    quote: 1,
    quote: 2,
    receive: 1,
    require: 1,
    require: 2,
    try: 1,
    with: :*,
    def: 1,
    def: 2,
    defp: 1,
    defp: 2,
    defguard: 1,
    defguardp: 1,
    defmacro: 1,
    defmacro: 2,
    defmacrop: 1,
    defmacrop: 2,
    defmodule: 2,
    defdelegate: 2,
    defexception: 1,
    defoverridable: 1,
    defstruct: 1,
    destructure: 2,
    raise: 1,
    raise: 2,
    reraise: 2,
    reraise: 3,
    if: 2,
    unless: 2,
    use: 1,
    use: 2,
    defrecord: 2,
    defrecord: 3,
    defrecordp: 2,
    defrecordp: 3,
    assert: 1,
    assert: 2,
    assert_in_delta: 3,
    assert_in_delta: 4,
    assert_raise: 2,
    assert_raise: 3,
    assert_receive: 1,
    assert_receive: 2,
    assert_receive: 3,
    assert_received: 1,
    assert_received: 2,
    doctest: 1,
    doctest: 2,
    refute: 1,
    refute: 2,
    refute_in_delta: 3,
    refute_in_delta: 4,
    refute_receive: 1,
    refute_receive: 2,
    refute_receive: 3,
    refute_received: 1,
    refute_received: 2,
    setup: 1,
    setup: 2,
    setup_all: 1,
    setup_all: 2,
    test: 1,
    test: 2,
    config: 2,
    config: 3,
    import_config: 1
  ]

  @doc "Makes a document of code."
  def to_algebra(quoted, opts \\ []) do
    st = %{
      force_do_end: Keyword.get(opts, :force_do_end_blocks, false),
      locals: locals_without_parens(opts),
      nesting: 2,
      skip_eol: false,
      sigils: Map.new(Keyword.get(opts, :sigils, [])),
      file: Keyword.get(opts, :file),
      charlist_sigils:
        Keyword.get(opts, :migrate_charlists_as_sigils, Keyword.get(opts, :migrate, false)),
      colors: %Inspect.Opts{syntax_colors: Keyword.get(opts, :syntax_colors, [])}
    }

    quoted = Migration.migrate(quoted, opts)

    Comments.with_comments(Keyword.get(opts, :comments, []), fn ->
      Clauses.block(quoted, @min_line, @max_line, st)
    end)
  end

  @doc "The calls printed without parentheses, with those of the option `:locals_without_parens`."
  def locals_without_parens(opts \\ []),
    do: Keyword.get(opts, :locals_without_parens, []) ++ @locals_without_parens

  @doc "Whether a local call is printed without parentheses."
  def local_without_parens?(name, arity, locals) do
    arity > 0 and
      Enum.any?(locals, fn {local, count} -> local == name and (count == :* or count == arity) end)
  end

  ## Expressions

  @doc "Makes a document of one expression."
  def doc({{:special, :clause_args}, _meta, [args]}, _context, st), do: group(Clauses.head(args, st))

  def doc({{:special, :segment}, _meta, [arg, last]}, _context, st), do: segment({arg, -1}, st, last)

  def doc({name, _meta, context}, _context, st) when is_atom(context),
    do: name |> Atom.to_string() |> string() |> color(:variable, st)

  def doc({:<<>>, _meta, []}, _context, _st), do: "<<>>"

  def doc({:<<>>, meta, parts}, _context, st) do
    cond do
      not Code.Normalizer.interpolated?(parts) -> bitstring(meta, parts, st)
      meta[:delimiter] == ~s(""") -> Text.heredoc(parts, ~s("""), ~s("""), ~s("""), st)
      true -> Text.interpolated(parts, "\"", "\"", "\"", st)
    end
  end

  def doc({{:., _, [List, :to_charlist]}, meta, [parts]} = quoted, context, st) do
    if Code.Normalizer.charlist_interpolated?(parts),
      do: Text.charlist(meta, parts, st),
      else: Calls.remote(quoted, context, st)
  end

  def doc({{:., _, [:erlang, :binary_to_atom]}, _, [{:<<>>, _, parts}, :utf8]} = quoted, context, st) do
    if Code.Normalizer.interpolated?(parts),
      do: Text.interpolated(parts, "\"", ":\"", "\"", st),
      else: Calls.remote(quoted, context, st)
  end

  def doc({{:., _, [Access, :get]}, meta, [target, key]}, _context, st) do
    target = Calls.target(target, st)
    concat(target, list(meta, if(keyword?(key), do: key, else: [key]), st))
  end

  def doc({:%, _, [name, {:%{}, meta, args}]}, _context, st),
    do: map(meta, doc(name, :parens_arg, st), args, st)

  def doc({:%{}, meta, args}, _context, st), do: map(meta, empty(), args, st)
  def doc({:{}, meta, args}, _context, st), do: tuple(meta, args, :flex_break, st)
  def doc({:__block__, meta, [{left, right}]}, _context, st), do: tuple(meta, [left, right], :flex_break, st)

  def doc({:__block__, _, [[{:->, _, _} | _] = clauses]}, _context, st),
    do: Clauses.in_parens(clauses, @min_line, st)

  def doc({:__block__, meta, [list]}, _context, st) when is_list(list) do
    if meta[:delimiter] in ["'", "'''"],
      do: Text.charlist(meta, [List.to_string(list)], st),
      else: list(meta, list, st)
  end

  def doc({:__block__, meta, [text]}, _context, st) when is_binary(text), do: Text.plain(text, meta, st)
  def doc({:__block__, meta, [atom]}, _context, st) when is_atom(atom), do: Text.atom(atom, meta, st)

  def doc({:__block__, meta, [number]}, _context, st) when is_number(number),
    do: meta |> Keyword.get_lazy(:token, fn -> inspect(number) end) |> Text.number() |> color(:number, st)

  def doc({:__block__, _, [{:unquote_splicing, meta, [_] = args}]}, context, st),
    do: in_parens(Calls.local(:unquote_splicing, meta, args, context, st))

  def doc({:__block__, _, [arg]}, context, st), do: doc(arg, context, st)
  def doc({:__block__, _, []}, _context, st), do: color("nil", nil, st)

  def doc({:__block__, meta, args} = block, _context, st) when is_list(args),
    do: surround("(", Clauses.block(block, line_of(meta), closing_line(meta), st), ")")

  def doc({:__aliases__, _, [head | tail]}, context, st) do
    head = if is_atom(head), do: Atom.to_string(head), else: doc_or_parens(head, context, st)
    tail |> Enum.reduce(head, &concat(&2, "." <> Atom.to_string(&1))) |> color(:atom, st)
  end

  def doc({:&, _, [arg]}, context, st), do: Operators.capture(arg, context, st)
  def doc({:@, _, [arg]}, context, st), do: Operators.attribute(arg, context, st)

  def doc({:not, meta, [{:in, _, [left, right]}]}, context, st),
    do: Operators.binary(:in, "not in", meta, left, right, context, st, st.nesting)

  def doc({:.., _, []}, context, _st) when context in [:no_parens_arg, :no_parens_one_arg], do: "(..)"
  def doc({op, _, []}, _context, _st) when op in [:.., :...], do: Atom.to_string(op)

  def doc({:..//, meta, [first, last, step]}, context, st),
    do: doc({:"//", meta, [{:.., meta, [first, last]}, step]}, context, st)

  def doc({:fn, meta, [_ | _] = clauses}, _context, st),
    do: Clauses.anonymous(clauses, line_of(meta), closing_line(meta), eol?(meta, st), st)

  def doc({name, meta, args}, context, st) when is_atom(name) and is_list(args) do
    Text.sigil(name, meta, args, st) || Operators.operator(name, meta, args, context, st) ||
      Calls.local(name, meta, args, context, st)
  end

  def doc({_, _, args} = quoted, context, st) when is_list(args), do: Calls.remote(quoted, context, st)

  def doc([{:->, _, _} | _] = clauses, _context, st), do: Clauses.in_parens(clauses, @min_line, st)
  def doc(list, context, st) when is_list(list), do: commas(list, &doc(&1, context, st))

  def doc({key, value}, context, st) do
    {left, op} =
      if keyword_key?(key) do
        {Text.key(key, st), ""}
      else
        left = doc(key, context, st)
        {if(binary_operator?(key), do: in_parens(left), else: left), " =>"}
      end

    right = doc(value, context, st)

    with_next_break_fits(next_break_fits?(value, st), right, fn right ->
      concat(group(left), group(nest(glue(op, group(right)), 2, :break)))
    end)
  end

  def doc(unknown, _context, _st), do: inspect(unknown, printable_limit: :infinity)

  @doc "Documents of arguments with commas."
  def commas([first | rest], fun) do
    Enum.reduce(rest, fun.(first), fn arg, acc -> glue(concat(acc, ","), fun.(arg)) end)
  end

  ## Containers

  defp list(meta, args, st) do
    {args, _} = elements(args, meta, :break, st)
    surround(color("[", :list, st), args, color("]", :list, st))
  end

  @doc false
  def tuple(meta, args, join, st) do
    {args, join} = elements(args, meta, join, st)
    left = color("{", :tuple, st)
    right = color("}", :tuple, st)

    if join == :flex_break,
      do: left |> concat(args) |> nest(1) |> concat(right) |> group(),
      else: surround(left, args, right)
  end

  defp map(meta, name, [{:|, _, [left, right]}], st) do
    left_doc = doc(left, :parens_arg, st)
    left_doc = if binary_operator?(left), do: in_parens(left_doc), else: left_doc
    {right, _} = elements(right, meta, :break, st)
    braces(name, glue(left_doc, concat("| ", nest(right, 2))), st)
  end

  defp map(meta, name, args, st) do
    {args, _} = elements(args, meta, :break, st)
    braces(name, args, st)
  end

  defp braces(name, args, st) do
    left = "%" |> concat(name) |> concat("{") |> color(:map, st)
    surround(left, args, color("}", :map, st))
  end

  defp elements(args, meta, join, st) do
    join = if eol?(meta, st), do: :line, else: join
    Calls.arguments(args, meta, false, :none, join, &doc(&1, :parens_arg, st))
  end

  defp bitstring(meta, parts, st) do
    last = length(parts) - 1
    join = if eol?(meta, st), do: :line, else: :flex_break

    {args, join} =
      parts |> Enum.with_index() |> Calls.arguments(meta, false, :none, join, &segment(&1, st, last))

    if join == :flex_break,
      do: "<<" |> concat(args) |> nest(2) |> concat(">>") |> group(),
      else: surround("<<", args, ">>")
  end

  defp segment({{:<-, meta, [left, right]}, index}, st, last) do
    left = {{:special, :segment}, meta, [left, last]}
    {:<-, meta, [left, right]} |> doc(:parens_arg, st) |> segment_parens(index, last)
  end

  defp segment({{:"::", _, [value, spec]}, index}, st, last) do
    value = value |> doc(:parens_arg, st) |> segment_parens(index, -1)
    spec = segment_spec(spec, st, :"::")
    spec = if match?(":" <> _, spec), do: "(" <> spec <> ")", else: spec
    spec = if index == last, do: segment_parens(spec, index, last), else: spec
    value |> concat("::") |> concat(spec)
  end

  defp segment({value, index}, st, last), do: value |> doc(:parens_arg, st) |> segment_parens(index, last)

  defp segment_spec({op, _, [left, right]}, st, outer) when op in [:-, :*] do
    left = segment_spec(left, st, op)
    spec = concat(concat(left, Atom.to_string(op)), doc_or_parens(right, :parens_arg, st))
    if outer == :*, do: in_parens(spec), else: spec
  end

  defp segment_spec(spec, st, _outer), do: doc_or_parens(spec, :parens_arg, st)

  # `<<` and `>>` must not run into what is inside.
  defp segment_parens(doc, index, last) when index == 0 or index == last do
    text = to_text(doc)

    if (index == 0 and String.starts_with?(text, ["~", "<<"])) or
         (index == last and String.ends_with?(text, ">>")),
       do: in_parens(doc),
       else: doc
  end

  defp segment_parens(doc, _index, _last), do: doc

  ## Shared by the parts

  @doc false
  def color(doc, key, st), do: color_doc(doc, key, st.colors)

  @doc false
  def to_text(doc), do: doc |> Inspect.Algebra.format(:infinity) |> IO.iodata_to_binary()

  @doc false
  def surround(left, doc, right) do
    if doc == empty(),
      do: concat(left, right),
      else: group(glue(nest(glue(left, "", doc), 2, :break), "", right))
  end

  @doc false
  def in_parens(doc), do: concat(concat("(", nest(doc, :cursor)), ")")

  @doc false
  def ungroup({:doc_group, doc, _mode}), do: doc
  def ungroup(doc), do: doc

  @doc "The document of an expression, in parentheses if it is an operator."
  def doc_or_parens(quoted, context, st), do: quoted |> doc(context, st) |> parens_if_operator(quoted)

  @doc false
  def parens_if_operator(doc, {:__block__, _, [quoted]}), do: parens_if_operator(doc, quoted)

  def parens_if_operator(doc, quoted) do
    if operator?(quoted) and not attribute_read?(quoted) and not match?({:&, _, [n]} when is_integer(n), quoted),
      do: in_parens(doc),
      else: doc
  end

  defp attribute_read?({:@, _, [{name, _, context}]}) when is_atom(name) and is_atom(context),
    do: Macro.classify_atom(name) == :identifier

  defp attribute_read?(_other), do: false

  defp operator?({op, _, [_]} = quoted) when is_atom(op),
    do: Code.Identifier.unary_op(op) != :error or binary_operator?(quoted)

  defp operator?(quoted), do: binary_operator?(quoted)

  @doc false
  def binary_operator?({:..//, _, [_, _, _]}), do: true
  def binary_operator?({op, _, [_, _]}) when is_atom(op), do: Operators.precedence(op) != :error
  def binary_operator?(_other), do: false

  @doc false
  def with_next_break_fits(true, doc, fun) do
    doc |> next_break_fits(:enabled) |> fun.() |> next_break_fits(:disabled)
  end

  def with_next_break_fits(false, doc, fun), do: fun.(doc)

  @doc "Whether an expression may start on the line of what comes before it though it does not end there."
  def next_break_fits?({:{}, meta, _args}, st), do: broken?(meta, st)
  def next_break_fits?({:__block__, meta, [{_, _}]}, st), do: broken?(meta, st)

  def next_break_fits?({:<<>>, meta, [_ | _] = parts}, st) do
    meta[:delimiter] == ~s(""") or (not Code.Normalizer.interpolated?(parts) and broken?(meta, st))
  end

  def next_break_fits?({{:., _, [List, :to_charlist]}, meta, [[_ | _]]}, _st), do: meta[:delimiter] == "'''"
  def next_break_fits?({{:., _, [_left, :{}]}, _, _}, _st), do: true
  def next_break_fits?({:__block__, meta, [text]}, _st) when is_binary(text), do: meta[:delimiter] == ~s(""")
  def next_break_fits?({:__block__, meta, [list]}, _st) when is_list(list), do: meta[:delimiter] != "'"
  def next_break_fits?({form, _, [_ | _]}, _st) when form in [:fn, :%{}, :%], do: true

  def next_break_fits?({name, meta, args}, _st) when is_atom(name) and is_list(args) do
    meta[:delimiter] in [~s("""), "'''"] and String.starts_with?(Atom.to_string(name), "sigil_")
  end

  def next_break_fits?({{:__block__, _, [key]}, value}, st) when is_atom(key), do: next_break_fits?(value, st)
  def next_break_fits?(_other, _st), do: false

  defp broken?(meta, st), do: eol?(meta, st) or Comments.between?(line_of(meta), closing_line(meta))

  @doc false
  def keyword?([{_, _} | rest]), do: keyword?(rest)
  def keyword?(rest), do: rest == []

  defp keyword_key?({:__block__, meta, [key]}) when is_atom(key), do: meta[:format] == :keyword

  defp keyword_key?({{:., _, [:erlang, :binary_to_atom]}, meta, [{:<<>>, _, _}, :utf8]}),
    do: meta[:format] == :keyword

  defp keyword_key?(_other), do: false

  @doc "Whether the author put a newline behind the opening delimiter or operator."
  def eol?(_meta, %{skip_eol: true}), do: false
  def eol?(meta, _st), do: Keyword.get(meta, :newlines, 0) > 0

  @doc false
  def line_of(meta), do: meta[:line] || @max_line

  @doc false
  def end_line(meta), do: meta[:end][:line] || @min_line

  @doc false
  def closing_line(meta), do: meta[:closing][:line] || @min_line
end
