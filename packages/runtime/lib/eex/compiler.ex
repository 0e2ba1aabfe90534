defmodule EEx.Compiler do
  @moduledoc false
  # Tokens to a quoted expression, by way of an engine. The tags of a block are put together to one text, in which a call of
  # `__EEX__` stands for each stretch of template between them; once that text is parsed, the calls are replaced.

  def tokenize(contents, options), do: EEx.Tokenizer.tokenize(contents, options)

  @doc "The code of a template."
  def compile(tokens, source, options) do
    engine = options[:engine] || EEx.SmartEngine
    {:module, _} = Code.ensure_loaded(engine)

    # `inner` are the stretches of the block at hand by number, `line` that of its last tag.
    state = %{
      engine: engine,
      file: options[:file] || "nofile",
      indentation: options[:indentation] || 0,
      inner: [],
      line: options[:line] || 1,
      parser_options: options[:parser_options] || Code.get_compiler_option(:parser_options),
      source: source
    }

    if function_exported?(engine, :handle_text, 2) and not function_exported?(engine, :handle_text, 3) do
      IO.warn("#{inspect(engine)}.handle_text/2 is deprecated, implement handle_text/3 instead")
    end

    build(tokens, engine.init(options), [], state)
  end

  # `open` are the blocks around, innermost first: `{text so far, line, column}`.
  defp build([{:comment, _, _} | rest], buffer, open, state), do: build(rest, buffer, open, state)

  defp build([{:text, characters, place} | rest], buffer, open, state) do
    text = List.to_string(characters)

    buffer =
      if function_exported?(state.engine, :handle_text, 3),
        do: state.engine.handle_text(buffer, [line: place.line, column: place.column], text),
        else: state.engine.handle_text(buffer, text)

    build(rest, buffer, open, state)
  end

  defp build([{:expr, marker, code, place} | rest], buffer, open, state) do
    quoted = parse(code, place.line, code_column(place, marker), state)
    build(rest, state.engine.handle_expr(buffer, List.to_string(marker), quoted), open, state)
  end

  defp build([{:start_expr, marker, code, place} | rest], buffer, open, state) do
    {rest, line, code} = join_middle(rest, code) || {rest, place.line, code}
    block = {code, place.line, code_column(place, marker)}
    inside = state.engine.handle_begin(buffer)
    {quoted, rest} = build(rest, inside, [block | open], %{state | inner: [], line: line})

    if marker == ~c"" and not match?({:=, _, [_, _]}, quoted) do
      message = "the contents of this expression won't be output unless the EEx block starts with \"<%=\""
      :elixir_errors.emit_diagnostic(:warning, {place.line, place.column}, state.file, message, [], read_snippet: false)
    end

    build(rest, state.engine.handle_expr(buffer, List.to_string(marker), quoted), open, state)
  end

  defp build([{:middle_expr, _, code, place} | rest], buffer, [block | open], state) do
    {block, state} = close_stretch(block, code, place, buffer, state)
    build(rest, state.engine.handle_begin(buffer), [block | open], %{state | line: place.line})
  end

  defp build([{:middle_expr, _, code, place} | _], _buffer, [], state),
    do: syntax_error!("unexpected middle of expression <%#{code}%>", place, state)

  defp build([{:end_expr, _, code, place} | rest], buffer, [block | _], state) do
    {{text, line, column}, state} = close_stretch(block, code, place, buffer, state)
    {text |> parse(line, column, state) |> put_inner(Map.new(state.inner)), rest}
  end

  defp build([{:end_expr, _, code, place} | _], _buffer, [], state),
    do: syntax_error!("unexpected end of expression <%#{code}%>", place, state)

  defp build([{:eof, _}], buffer, [], state), do: state.engine.handle_body(buffer)

  defp build([{:eof, _}], _buffer, [block | _], state),
    do: syntax_error!("expected a closing '<% end %>' for block expression in EEx", first_code(block, state), state)

  # The code of a tag that follows a block's start with nothing but blanks between belongs to the start: `cond do`, `true ->`.
  defp join_middle([{:comment, _, _} | rest], code), do: join_middle(rest, code)

  defp join_middle([{:text, text, _} | rest], code) do
    if Enum.all?(text, &(&1 in ~c" \t\r\n")), do: join_middle(rest, code ++ text)
  end

  defp join_middle([{:middle_expr, _, middle, place} | rest], code), do: {rest, place.line, code ++ middle}
  defp join_middle(_tokens, _code), do: nil

  # Line breaks keep the lines of the code behind the stretch what they are in the template.
  defp close_stretch({text, line, column}, code, place, buffer, state) do
    number = length(state.inner)
    breaks = List.duplicate(?\n, place.line - state.line)
    text = text ++ ~c"__EEX__(#{number});" ++ breaks ++ code
    {{text, line, column}, %{state | inner: [{number, state.engine.handle_end(buffer)} | state.inner]}}
  end

  defp put_inner({:__EEX__, _, [number]}, inner), do: Map.fetch!(inner, number)
  defp put_inner({form, meta, args}, inner), do: {put_inner(form, inner), meta, put_inner(args, inner)}
  defp put_inner({left, right}, inner), do: {put_inner(left, inner), put_inner(right, inner)}
  defp put_inner(list, inner) when is_list(list), do: Enum.map(list, &put_inner(&1, inner))
  defp put_inner(other, _inner), do: other

  defp parse(code, line, column, state),
    do: Code.string_to_quoted!(code, [file: state.file, line: line, column: column] ++ state.parser_options)

  defp code_column(place, marker), do: place.column + 2 + length(marker)

  defp first_code({[blank | rest], line, column}, state) when blank in [?\s, ?\t],
    do: first_code({rest, line, column + 1}, state)

  defp first_code({[?\n | rest], line, _}, state), do: first_code({rest, line + 1, state.indentation + 1}, state)
  defp first_code({_, line, column}, _state), do: %{line: line, column: column}

  defp syntax_error!(message, place, state) do
    raise EEx.SyntaxError,
      message: message,
      snippet: snippet(state.source, state.indentation, place),
      file: state.file,
      line: place.line,
      column: place.column
  end

  @doc "The lines up to `place`, three at most, and a mark below."
  def snippet(source, indentation, %{line: last, column: column}) do
    first = max(last - 2 - 1, 1)
    margin = String.duplicate(" ", last |> Integer.to_string() |> byte_size())
    lines = source |> String.split(["\r\n", "\n"]) |> Enum.slice((first - 1)..(last - 1))

    numbered =
      for {line, number} <- Enum.with_index(lines, first) do
        label = String.pad_leading("#{number}", byte_size(margin))
        "#{label} | #{String.duplicate(" ", indentation)}#{line}"
      end

    # A template said to begin further down has no such lines of its own.
    mark = if length(lines) == last - first + 1, do: [" #{margin}| #{String.duplicate(" ", column - 1)}^"], else: []
    if numbered == [], do: "", else: Enum.join(["\n #{margin}|" | numbered] ++ mark, "\n")
  end
end
