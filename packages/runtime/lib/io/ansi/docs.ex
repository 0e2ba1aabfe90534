defmodule IO.ANSI.Docs do
  @moduledoc false
  # Markdown for a terminal. The text becomes a list of blocks first; then each block is printed, followed by an empty line.

  @options [
    enabled: true,
    doc_bold: [:bright],
    doc_code: [:cyan],
    doc_headings: [:yellow],
    doc_metadata: [:yellow],
    doc_quote: [:light_black],
    doc_inline_code: [:cyan],
    doc_table_heading: [:reverse],
    doc_title: [:reverse, :yellow],
    doc_underline: [:underline],
    width: 80
  ]

  @doc "The options of all functions here: whether there are colours, which, and the width of a line."
  def default_options, do: @options

  @doc "Prints titles, each centred on a line of its own."
  def print_headings(headings, options \\ []) do
    options = Keyword.merge(@options, options)
    width = options[:width]
    print_gap(options)

    for heading <- headings, line <- String.split(heading, "\n") do
      line = String.pad_leading(line, div(width + String.length(line), 2))
      print_styled(if(options[:enabled], do: String.pad_trailing(line, width), else: line), :doc_title, options)
    end

    print_gap(options)
  end

  @doc "Prints the metadata of documentation that a reader wants to know of."
  def print_metadata(metadata, options \\ []) when is_map(metadata) do
    options = Keyword.merge(@options, options)

    printed =
      for {key, value} <- Enum.sort(metadata), text = metadata_text(key, value) do
        label = styled("#{key}:", :doc_metadata, options)
        indent = String.duplicate(" ", String.length("#{key}: "))
        print_wrapped(label <> " " <> text, {"", indent}, options[:width], options)
      end

    if printed != [], do: IO.write("\n")
    :ok
  end

  defp metadata_text(key, value) when key in [:deprecated, :guard, :since] and (is_binary(value) or is_boolean(value)),
    do: to_string(value)

  defp metadata_text(:delegate_to, {module, name, arity}), do: Exception.format_mfa(module, name, arity)
  defp metadata_text(_key, _value), do: nil

  @doc "Prints documentation in a format, of which only `\"text/markdown\"` is known."
  def print(doc, format, options \\ [])

  def print(doc, "text/markdown", options) when is_binary(doc) and is_list(options) do
    options = Keyword.merge(@options, options)

    doc
    |> String.split(["\r\n", "\n"], trim: false)
    |> Enum.map(&String.trim_trailing/1)
    |> without_comments([])
    |> blocks()
    |> print_blocks("", "  ", options)
  end

  def print(_doc, format, _options) when is_binary(format) do
    IO.puts("\nUnknown documentation format #{inspect(format)}\n")
  end

  ## Blocks

  # A comment that takes a whole line separates paragraphs, as an empty line does.
  defp without_comments([], lines), do: Enum.reverse(lines)

  defp without_comments([line | rest], lines) do
    if not String.starts_with?(line, "    ") and String.contains?(line, "<!--") do
      [before, comment] = String.split(line, "<!--", parts: 2)

      case Enum.split_while([comment | rest], &(not String.contains?(&1, "-->"))) do
        {_, [last | rest]} ->
          [_, behind] = String.split(last, "-->", parts: 2)
          without_comments([before <> behind | rest], lines)

        {_, []} ->
          without_comments([before], lines)
      end
    else
      without_comments(rest, [line | lines])
    end
  end

  # `text` are the lines of the paragraph that is being read, last first.
  defp blocks(lines), do: blocks(lines, [])

  defp blocks([], text), do: paragraph(text)
  defp blocks(["" | rest], text), do: paragraph(text) ++ blocks(rest, [])

  defp blocks(["    " <> _ | _] = lines, text) do
    {code, rest} = take_code(lines, [])
    paragraph(text) ++ [{:code, code} | blocks(rest, [])]
  end

  defp blocks([">" <> _ | _] = lines, text) do
    {quoted, rest} = Enum.split_while(lines, &String.starts_with?(&1, ">"))
    quoted = quoted |> Enum.map(&(&1 |> String.trim_leading(">") |> String.trim())) |> Enum.chunk_by(&(&1 == ""))
    paragraph(text) ++ [{:quote, for(lines <- quoted, do: Enum.join(lines, " "))} | blocks(rest, [])]
  end

  defp blocks([line | rest] = lines, text) do
    stripped = String.trim_leading(line, " ")

    cond do
      Regex.match?(~r/\A\#{1,6} /, line) ->
        paragraph(text) ++ [{:heading, line} | blocks(rest, [])]

      fence = Regex.run(~r/\A(```+|~~~+)\s*(\w*)/, stripped) ->
        [_, marks, language] = fence
        {code, rest} = Enum.split_while(rest, &(not String.starts_with?(String.trim(&1), marks)))
        block = if language == "mermaid", do: [], else: [{:code, code}]
        paragraph(text) ++ block ++ blocks(Enum.drop(rest, 1), [])

      bullet(line) ->
        {items, rest} = take_items(lines, [])
        paragraph(text) ++ [{:list, items} | blocks(rest, [])]

      text == [] and Regex.match?(~r/\A\[[^\]]+\]: /, stripped) ->
        [{:label, line} | blocks(rest, [])]

      table_line?(line) and rest != [] and table_line?(hd(rest)) ->
        {table, rest} = Enum.split_while(lines, &table_line?/1)
        paragraph(text) ++ [{:table, table} | blocks(rest, [])]

      true ->
        blocks(rest, [line | text])
    end
  end

  defp paragraph([]), do: []
  defp paragraph(text), do: [{:text, text |> Enum.reverse() |> Enum.map_join("\n", &String.trim_leading(&1, " "))}]

  # An empty line is code when code follows it.
  defp take_code(["    " <> line | rest], code), do: take_code(rest, [line | code])

  defp take_code(["" | rest] = lines, code) do
    case Enum.split_while(rest, &(&1 == "")) do
      {empty, ["    " <> _ | _] = rest} -> take_code(rest, empty ++ ["" | code])
      _ -> {Enum.reverse(code), lines}
    end
  end

  defp take_code(rest, code), do: {Enum.reverse(code), rest}

  # `{indentation, marker, text}` of a line that begins an item.
  defp bullet(line) do
    case Regex.run(~r/\A( {0,3})([*+-]|\d{1,3}[.)]) (.*)\z/, line) do
      [_, indentation, marker, text] -> {byte_size(indentation), marker, text}
      nil -> nil
    end
  end

  defp take_items([line | rest] = lines, items) do
    case bullet(line) do
      {indentation, marker, text} ->
        {content, rest} = take_item(rest, indentation, [])
        take_items(rest, [{marker, blocks([text | content])} | items])

      nil ->
        {Enum.reverse(items), lines}
    end
  end

  defp take_items([], items), do: {Enum.reverse(items), []}

  # The lines of an item: up to the next one, or to a line that after an empty one is not indented.
  defp take_item(["" | rest] = lines, indentation, content) do
    case Enum.drop_while(rest, &(&1 == "")) do
      [next | _] = rest ->
        cond do
          indented(next) > indentation + 1 -> take_item(rest, indentation, ["" | content])
          bullet(next) -> {Enum.reverse(content), rest}
          true -> {Enum.reverse(content), lines}
        end

      [] ->
        {Enum.reverse(content), []}
    end
  end

  defp take_item([line | rest] = lines, indentation, content) do
    if bullet(line) && indented(line) <= indentation do
      {Enum.reverse(content), lines}
    else
      take_item(rest, indentation, [drop_spaces(line, indentation + 2) | content])
    end
  end

  defp take_item([], _indentation, content), do: {Enum.reverse(content), []}

  defp indented(line), do: byte_size(line) - byte_size(String.trim_leading(line, " "))

  defp drop_spaces(" " <> line, count) when count > 0, do: drop_spaces(line, count - 1)
  defp drop_spaces(line, _count), do: line

  ## Printing

  # Texts are indented by `indent`, the markers of lists by `list_indent`.
  defp print_blocks(blocks, indent, list_indent, options) do
    Enum.each(blocks, &print_block(&1, indent, list_indent, options))
  end

  defp print_block({:heading, line}, _indent, _list_indent, options) do
    print_styled(line, :doc_headings, options)
    print_gap(options)
  end

  defp print_block({:text, text}, indent, _list_indent, options) do
    print_text(text, {indent, indent}, options)
    print_gap(options)
  end

  defp print_block({:code, lines}, indent, _list_indent, options) do
    print_styled(Enum.map_join(lines, "\n", &(indent <> "    " <> &1)), :doc_code, options)
    print_gap(options)
  end

  defp print_block({:quote, texts}, indent, _list_indent, options) do
    mark = indent <> styled("> ", :doc_quote, options)

    for text <- texts do
      if text == "", do: IO.puts(mark), else: print_text(text, {mark, mark}, options)
    end

    print_gap(options)
  end

  defp print_block({:list, items}, _indent, list_indent, options) do
    for {marker, blocks} <- items do
      marker = if marker in ["*", "-", "+"], do: if(options[:enabled], do: "•", else: "*"), else: marker
      inner = list_indent <> "  "

      case blocks do
        [{:text, text} | rest] ->
          print_text(text, {list_indent <> marker <> " ", inner}, options)
          print_blocks(rest, inner, inner, options)

        blocks ->
          IO.puts(list_indent <> marker)
          print_blocks(blocks, inner, inner, options)
      end
    end

    print_gap(options)
  end

  defp print_block({:label, line}, _indent, _list_indent, _options), do: IO.puts(line)

  defp print_block({:table, lines}, _indent, _list_indent, options) do
    print_table(lines, options)
    print_gap(options)
  end

  defp print_text(text, indents, options) do
    print_wrapped(text |> links() |> inline(options), indents, options[:width], options)
  end

  # Lines are shorter than the width; a word that is longer has a line of its own.
  defp print_wrapped(text, {first, indent}, width, _options) do
    text
    |> String.split([" ", "\n", "\t"])
    |> wrap(width - visible_length(indent), [])
    |> Enum.with_index(fn words, index -> [if(index == 0, do: first, else: indent), Enum.join(words, " "), ?\n] end)
    |> IO.write()
  end

  defp wrap([], _width, lines), do: Enum.reverse(lines)

  defp wrap([word | rest], width, lines) do
    {words, rest} = fill(rest, width - visible_length(word) - 1, [word])
    wrap(rest, width, [words | lines])
  end

  defp fill([word | rest], left, words) do
    case left - visible_length(word) do
      left when left > 0 -> fill(rest, left - 1, [word | words])
      _ -> {Enum.reverse(words), [word | rest]}
    end
  end

  defp fill([], _left, words), do: {Enum.reverse(words), []}

  defp visible_length(text), do: text |> String.replace(~r/\e\[\d+m/, "") |> String.length()

  ## Tables

  defp table_line?(line), do: Regex.match?(~r/[: -]\|[: -]/, line)

  defp print_table(lines, options) do
    rows = Enum.map(lines, &cells(&1, options))
    count = rows |> Enum.map(&length/1) |> Enum.max()
    rows = Enum.map(rows, &(&1 ++ List.duplicate("", count - length(&1))))

    {heading, alignments, rows} =
      case rows do
        [heading, second | rest] ->
          if Enum.all?(second, &Regex.match?(~r/\A:?-*:?\z/, &1)),
            do: {heading, Enum.map(second, &alignment/1), rest},
            else: {nil, List.duplicate(:left, count), rows}

        rows ->
          {nil, List.duplicate(:left, count), rows}
      end

    widths =
      for column <- 0..(count - 1),
          do: [heading | rows] |> Enum.reject(&is_nil/1) |> Enum.map(&visible_length(Enum.at(&1, column))) |> Enum.max()

    row = fn cells ->
      [cells, widths, alignments] |> Enum.zip() |> Enum.map_join(" | ", &padded/1)
    end

    if heading, do: print_styled(row.(heading), :doc_table_heading, options)
    Enum.each(rows, &IO.puts(row.(&1)))
  end

  defp cells(line, options) do
    line
    |> String.trim(" ")
    |> String.trim("|")
    |> String.split(~r/(?<!\\)\|/)
    |> Enum.map(&(&1 |> String.trim() |> String.replace("\\|", "|") |> links() |> inline(options)))
  end

  defp alignment(line) do
    case {String.starts_with?(line, ":"), String.ends_with?(line, ":")} do
      {true, true} -> :center
      {false, true} -> :right
      _ -> :left
    end
  end

  defp padded({cell, width, alignment}) do
    space = width - visible_length(cell)

    case alignment do
      :left -> cell <> spaces(space)
      :right -> spaces(space) <> cell
      # An odd number of columns, so that there is a middle.
      :center -> spaces(div(width, 2) - div(visible_length(cell), 2)) <> cell |> pad_to(width + 1 - rem(width, 2))
    end
  end

  defp pad_to(cell, width), do: cell <> spaces(width - visible_length(cell))
  defp spaces(count), do: String.duplicate(" ", max(count, 0))

  ## What is inside of lines

  # `[text](url)` becomes `text (url)`, and underscores of an address are no emphasis.
  defp links(text) do
    text = Regex.replace(~r/\[([^\]]*?)\]\((.*?)\)/, text, "\\1 (\\2)")
    Regex.replace(~r"[a-z]{2,5}://\S*", text, &String.replace(&1, "_", "\\_"))
  end

  @delimiter "[\\s'\"!@#$%^&\\-+()\\[\\]{}<>.]"

  # Code, then emphasis: a mark counts at the edge of a word only. A backslash takes a mark its meaning.
  defp inline(text, options), do: inline(text, "", "", options)

  defp inline("", _previous, result, _options), do: result

  defp inline("\\\\" <> rest, _previous, result, options), do: inline(rest, " ", result <> "\\", options)

  defp inline(<<?\\, mark::utf8, rest::binary>>, _previous, result, options),
    do: inline(rest, <<mark::utf8>>, result <> <<mark::utf8>>, options)

  defp inline("`" <> rest, _previous, result, options) do
    case String.split(rest, "`", parts: 2) do
      [code, rest] when code != "" -> inline(rest, "`", result <> marked("`", code, options), options)
      _ -> inline(rest, "`", result <> "`", options)
    end
  end

  defp inline(<<mark, _::binary>> = text, previous, result, options) when mark in [?*, ?_] do
    with true <- previous == "" or previous =~ ~r/\A#{@delimiter}\z/,
         [all, marks, inner] <- emphasis(text) do
      rest = binary_part(text, byte_size(all), byte_size(text) - byte_size(all))
      inline(rest, "*", result <> marked(marks, inner, options), options)
    else
      _ -> inline_rest(text, result, options)
    end
  end

  defp inline(text, _previous, result, options), do: inline_rest(text, result, options)

  defp inline_rest(<<char::utf8, rest::binary>>, result, options),
    do: inline(rest, <<char::utf8>>, result <> <<char::utf8>>, options)

  defp emphasis(text) do
    Enum.find_value(["**", "__", "*", "_"], fn marks ->
      mark = Regex.escape(marks)
      Regex.run(~r/\A(#{mark})((?:[^\\]|\\.)+?)#{mark}(?=#{@delimiter}|\z|,|;|:|\?)/s, text)
    end)
  end

  defp marked(marks, text, options) do
    if options[:enabled] do
      style =
        case marks do
          "`" -> :doc_inline_code
          <<_, _>> -> :doc_bold
          _ -> :doc_underline
        end

      styled(text, style, options)
    else
      marks <> text <> marks
    end
  end

  ## Colours

  defp styled(text, style, options) do
    if options[:enabled] do
      colors = options |> Keyword.fetch!(style) |> List.wrap()
      IO.iodata_to_binary([IO.ANSI.format_fragment(colors, true), text, IO.ANSI.reset()])
    else
      text
    end
  end

  defp print_styled(text, style, options), do: IO.puts(styled(text, style, options))

  defp print_gap(options), do: IO.puts(if options[:enabled], do: IO.ANSI.reset(), else: "")
end
