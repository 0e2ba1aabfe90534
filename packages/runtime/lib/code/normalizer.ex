# From quoted code, as macros see it, to the form that the formatter prints: every literal in a block with metadata,
# keyword keys marked, calls with the metadata that says where their parentheses or do-blocks are.
# The parser gives that form itself for source text (`literal_encoder`, `token_metadata`).
defmodule Code.Normalizer do
  @moduledoc false

  @doc "Prepares quoted code for `Code.Formatter.to_algebra/2`; `escape: false` keeps strings as they are."
  def normalize(quoted, opts \\ []) do
    node(quoted, %{
      escape: Keyword.get(opts, :escape, true),
      line: Keyword.get(opts, :line),
      locals: Code.Formatter.locals_without_parens(opts)
    })
  end

  defp node({:__block__, meta, [literal]}, st)
       when not is_tuple(literal) or tuple_size(literal) == 2,
       do: literal(literal, meta, st)

  defp node({:__block__, meta, args}, st) when is_list(args), do: {:__block__, meta, nodes(args, st)}

  defp node({:__aliases__, meta, [first | rest]}, st) when not is_atom(first),
    do: {:__aliases__, with_line(meta, st), [node(first, st) | rest]}

  defp node({:__aliases__, _, _} = quoted, _st), do: quoted
  defp node({:&, meta, [index]}, st) when is_integer(index), do: {:&, with_line(meta, st), [index]}

  defp node(%Range{first: first, last: last, step: step}, st) do
    ends = [node(first, st), node(last, st)]
    if step == 1, do: {:.., with_line([], st), ends}, else: {:..//, with_line([], st), ends ++ [node(step, st)]}
  end

  defp node({:<<>>, meta, parts}, st) when is_list(parts) do
    st = at(st, meta)
    {:<<>>, with_line(meta, st), segments(parts, st, false)}
  end

  # :"a#{b}"
  defp node({{:., dot, [:erlang, :binary_to_atom]}, meta, [{:<<>>, text_meta, parts}, :utf8]}, st)
       when is_list(parts) do
    st = at(st, dot)
    encoding = if interpolated?(parts), do: :utf8, else: literal(:utf8, [], st)
    text = {:<<>>, with_line(text_meta, st), segments(parts, st, st.escape)}
    {{:., with_line(dot, st), [:erlang, :binary_to_atom]}, with_line(meta, st), [text, encoding]}
  end

  # ~c"a#{b}"
  defp node({{:., dot, [List, :to_charlist]}, meta, [parts]} = quoted, st) do
    if charlist_interpolated?(parts) do
      parts =
        Enum.map(parts, fn
          text when is_binary(text) -> escape(text, st)
          {{:., _, _} = to_string, part_meta, args} -> {to_string, part_meta, nodes(args, st)}
        end)

      {{:., dot, [List, :to_charlist]}, meta, [parts]}
    else
      call(quoted, st)
    end
  end

  defp node({:., meta, [Access, :get]}, st), do: {:., with_line(meta, st), [Access, :get]}

  defp node({:., meta, [left, right]}, st) when is_atom(right),
    do: {:., with_line(meta, st), [node(left, at(st, meta)), escape(right, st)]}

  defp node({:->, meta, [left, right]}, st) do
    st = at(st, meta)
    {:->, with_line(meta, st), [nodes(left, st), node(right, st)]}
  end

  defp node({:%{}, meta, args}, st) when is_list(args) do
    meta = if meta == [], do: [line: st.line, closing: [line: st.line]], else: meta
    st = at(st, meta)

    args =
      case args do
        [{:|, pipe, [left, right]}] -> [{:|, pipe, [node(left, st), pairs(right, st)]}]
        args -> pairs(args, st)
      end

    {:%{}, meta, args}
  end

  defp node({sigil, meta, [{:<<>>, _, parts} = text, modifiers]} = quoted, st)
       when is_atom(sigil) and is_list(parts) and is_list(modifiers) do
    if String.starts_with?(Atom.to_string(sigil), "sigil_") and interpolated?(parts) and
         List.ascii_printable?(modifiers) do
      meta = meta |> with_line(st) |> Keyword.put_new(:delimiter, "\"")
      {sigil, meta, [node(text, at(st, meta)), modifiers]}
    else
      call(quoted, st)
    end
  end

  defp node({:{}, meta, args} = quoted, st) when is_list(args) do
    case Enum.split(args, -1) do
      {[_ | _] = args, [[_ | _] = last]} ->
        if keyword?(last),
          do: {:{}, meta, nodes(args, st) ++ entries(last, st, true)},
          else: call(quoted, st)

      _ ->
        call(quoted, st)
    end
  end

  defp node({:@, meta, [{name, name_meta, [value]}]}, st) do
    value =
      cond do
        is_list(value) and value != [] and keyword?(value) -> entries(value, st, true)
        is_list(value) -> literal(value, meta, st)
        true -> node(value, st)
      end

    {:@, meta, [{name, name_meta, [value]}]}
  end

  defp node({_, _, args} = quoted, st) when is_list(args), do: call(quoted, st)
  defp node({_, _, context} = quoted, _st) when is_atom(context), do: quoted
  defp node(term, st), do: literal(term, [], st)

  defp nodes(args, st), do: Enum.map(args, &node(&1, st))

  ## Literals

  defp literal(number, meta, st) when is_number(number),
    do: {:__block__, meta |> Keyword.put_new(:token, inspect(number)) |> with_line(st), [number]}

  defp literal(value, meta, st) when is_atom(value) or is_binary(value) do
    meta = with_line(meta, st)

    if is_atom(value) and Macro.classify_atom(value) == :alias and meta[:delimiter] == nil do
      segments =
        case Atom.to_string(value) do
          "Elixir." <> names -> names |> String.split(".") |> Enum.map(&String.to_atom/1)
          "Elixir" -> [:"Elixir"]
        end

      {:__aliases__, meta, segments}
    else
      {:__block__, meta, [escape(value, st)]}
    end
  end

  defp literal({left, right}, meta, st) do
    meta = with_line(meta, st)
    st = at(st, meta)
    left = node(left, st)

    right =
      if is_list(right) and right != [] and keyword?(right),
        do: entries(right, st, true),
        else: node(right, st)

    {:__block__, meta, [{left, right}]}
  end

  defp literal(list, meta, st) when is_list(list) do
    if list != [] and List.ascii_printable?(list) do
      text = list |> List.to_string() |> escape(st)
      {:sigil_c, with_line([delimiter: "\""], st), [{:<<>>, [], [text]}, []]}
    else
      meta =
        if st.line, do: meta |> Keyword.put_new(:closing, line: st.line) |> with_line(st), else: meta

      {:__block__, meta, [entries(list, st, false)]}
    end
  end

  defp literal(other, meta, _st), do: {:__block__, meta, [other]}

  defp escape(text, %{escape: true}) when is_binary(text) do
    {escaped, _rest} = Code.Identifier.escape(text, nil)
    IO.iodata_to_binary(escaped)
  end

  defp escape(atom, %{escape: true} = st) when is_atom(atom),
    do: atom |> Atom.to_string() |> escape(st) |> String.to_atom()

  defp escape(other, _st), do: other

  defp segments(parts, st, escape_text?) do
    if interpolated?(parts) do
      Enum.map(parts, fn
        {:"::", meta, [{to_string, call_meta, [inner]}, binary]} ->
          {:"::", meta, [{to_string, call_meta, [node(inner, st)]}, binary]}

        text ->
          if escape_text?, do: escape(text, st), else: text
      end)
    else
      Enum.map(parts, fn
        {:"::", meta, [left, _]} = part -> node(if(meta[:inferred_bitstring_spec], do: left, else: part), st)
        part -> node(part, st)
      end)
    end
  end

  @doc false
  def interpolated?(parts) do
    Enum.all?(parts, fn
      {:"::", _, [{{:., _, [Kernel, :to_string]}, _, [_]}, {:binary, _, _}]} -> true
      part -> is_binary(part)
    end)
  end

  @doc false
  def charlist_interpolated?(parts) do
    is_list(parts) and
      Enum.all?(parts, fn
        {{:., _, [Kernel, :to_string]}, _, [_]} -> true
        part -> is_binary(part)
      end)
  end

  ## Calls

  defp call({form, meta, args}, st) do
    meta = with_line(meta, st)
    st = at(st, meta)
    arity = length(args)
    form = if is_atom(form), do: form, else: node(form, st)

    meta =
      if meta[:no_parens] == nil and meta[:closing] == nil and meta[:do] == nil and
           not Code.Formatter.local_without_parens?(form, arity, st.locals),
         do: [{:closing, [line: meta[:line]]} | meta],
         else: meta

    last = List.last(args)

    cond do
      not keywords_allowed?(form, arity) ->
        {form, meta, nodes(args, st)}

      Keyword.has_key?(meta, :do) ->
        do_blocks(form, meta, args, st)

      match?([{:do, _} | _], last) and Keyword.keyword?(last) ->
        do_blocks(form, meta ++ [do: [line: st.line], end: [line: st.line]], args, st)

      true ->
        {leading, last} = args |> nodes(st) |> Enum.split(-1)
        {form, meta, leading ++ Enum.flat_map(last, &last_argument/1)}
    end
  end

  # Brackets are left out around a keyword list at the end, and an empty list stays.
  defp last_argument({:__block__, _, [[{{:__block__, key_meta, _}, _} | _] = list]} = argument) do
    cond do
      key_meta[:format] == :keyword ->
        [list]

      Enum.all?(list, &match?({{:__block__, _, [key]}, _} when is_atom(key), &1)) ->
        [Enum.map(list, fn {{form, meta, key}, value} -> {{form, [format: :keyword] ++ meta, key}, value} end)]

      true ->
        [argument]
    end
  end

  defp last_argument(argument), do: [argument]

  defp keywords_allowed?(:when, 2), do: true
  defp keywords_allowed?(:{}, _), do: false
  defp keywords_allowed?(form, arity), do: not is_atom(form) or not Macro.operator?(form, arity)

  defp do_blocks(form, meta, args, st) do
    {leading, [blocks]} = Enum.split(args, -1)

    blocks =
      Enum.map(blocks, fn {tag, body} ->
        body =
          case node(body, st) do
            {_, _, [[{:->, _, _} | _] = clauses]} -> clauses
            body -> body
          end

        tag = if match?({:__block__, _, _}, tag), do: tag, else: {:__block__, [line: meta[:line]], [tag]}
        {tag, body}
      end)

    {form, meta, nodes(leading, st) ++ [blocks]}
  end

  ## Keyword lists and maps

  defp pairs(args, st) do
    Enum.map(entries(args, st, false), fn
      {:__block__, _, [{_, _} = pair]} -> pair
      other -> other
    end)
  end

  # Once the rest of a list is all keywords, its pairs are written `key: value`.
  defp entries([{{:__block__, meta, [key]}, value} = pair | rest] = list, st, keyword?)
       when is_atom(key) do
    keyword? = keyword? or keyword?(list)

    pair =
      if meta[:format] == :keyword and not keyword? do
        meta = Keyword.delete(meta, :format)
        {:__block__, [line: meta[:line] || st.line], [{{:__block__, meta, [key]}, value}]}
      else
        pair
      end

    [pair | entries(rest, st, keyword?)]
  end

  defp entries([{left, right} | rest] = list, st, keyword?) do
    keyword? = keyword? or keyword?(list)

    left =
      if keyword?,
        do: {:__block__, [format: :keyword] ++ line_meta(st), [escape(left, st)]},
        else: node(left, st)

    right = node(right, st)

    pair =
      case left do
        {:__block__, [{:format, :keyword} | _], _} -> {left, right}
        _ -> {:__block__, line_meta(st), [{left, right}]}
      end

    [pair | entries(rest, st, keyword?)]
  end

  defp entries([{:|, meta, [left, right]}], st, _keyword?),
    do: [{:|, meta, [node(left, st), node(right, st)]}]

  defp entries([first | rest], st, keyword?), do: [node(first, st) | entries(rest, st, keyword?)]
  defp entries([], _st, _keyword?), do: []

  # An improper list cannot be written but as a value.
  defp entries(tail, st, _keyword?), do: node(tail, st)

  defp keyword?([{{:__block__, meta, [key]}, _} | rest]) when is_atom(key),
    do: meta[:format] == :keyword and keyword?(rest)

  defp keyword?([{key, _} | rest]) when is_atom(key),
    do: not String.starts_with?(Atom.to_string(key), "Elixir.") and keyword?(rest)

  defp keyword?(rest), do: rest == []

  ## Lines: a node without one gets that of the nearest node above

  defp at(st, meta), do: %{st | line: meta[:line] || st.line}

  defp with_line(meta, %{line: line}) do
    if line != nil and meta[:line] == nil, do: [{:line, line} | meta], else: meta
  end

  defp line_meta(%{line: nil}), do: []
  defp line_meta(%{line: line}), do: [line: line]
end
