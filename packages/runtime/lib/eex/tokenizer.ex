defmodule EEx.Tokenizer do
  @moduledoc false
  # Text to the tokens of `EEx.tokenize/2`. The position in the text is `{characters, line, column}`; the text since the last tag
  # is kept reversed, beside the place where it began.

  @blanks [?\s, ?\t]

  def tokenize(contents, options) when is_binary(contents),
    do: tokenize(String.to_charlist(contents), contents, options)

  def tokenize(contents, options) when is_list(contents), do: tokenize(contents, List.to_string(contents), options)

  defp tokenize(characters, source, options) do
    indentation = options[:indentation] || 0

    context = %{
      file: options[:file] || "nofile",
      indentation: indentation,
      source: source,
      trim: options[:trim] || false
    }

    start = {characters, options[:line] || 1, indentation + (options[:column] || 1)}
    start = if context.trim, do: skip_leading_blanks(start, start, context), else: start
    text(start, [], place(start), [], context)
  end

  # `began` is where the text in `reversed` starts.
  defp text({[], _, _} = at, reversed, began, tokens, _context) do
    {:ok, Enum.reverse([{:eof, place(at)} | add_text(reversed, began, tokens)])}
  end

  defp text({[?<, ?%, ?% | rest], line, column}, reversed, began, tokens, context) do
    text({rest, line, column + 3}, [?%, ?< | reversed], began, tokens, context)
  end

  defp text({[?<, ?%, ?!, ?-, ?- | rest], line, column} = at, reversed, began, tokens, context) do
    case until(~c"--%>", {rest, line, column + 5}, [], context) do
      {comment, after_tag} ->
        after_tag(after_tag, reversed, began, tokens, &[{:comment, comment, place(at)} | &1], context)

      :error ->
        unclosed("--%>", at, context)
    end
  end

  defp text({[?<, ?%, ?# | rest], line, column} = at, reversed, began, tokens, context) do
    IO.warn("<%# is deprecated, use <%!-- or add a space between <% and # instead",
      line: line,
      column: column,
      file: context.file
    )

    case until(~c"%>", {rest, line, column + 3}, [], context) do
      {_comment, after_tag} -> after_tag(after_tag, reversed, began, tokens, & &1, context)
      :error -> {:error, "expected closing '%>' for EEx expression", place(at)}
    end
  end

  defp text({[?<, ?% | rest], line, column} = at, reversed, began, tokens, context) do
    {marker, rest} = marker(rest)

    case until(~c"%>", {rest, line, column + 2 + length(marker)}, [], context) do
      {code, after_tag} ->
        {kind, code} = classify(code)
        marker = if kind in [:middle_expr, :end_expr], do: refuse_marker(marker, code, at, context), else: marker
        after_tag(after_tag, reversed, began, tokens, &[{kind, marker, code, place(at)} | &1], context)

      :error ->
        unclosed("%>", at, context)
    end
  end

  defp text({[character | _], _, _} = at, reversed, began, tokens, context) do
    text(advance(at, context), [character | reversed], began, tokens, context)
  end

  defp after_tag(at, reversed, began, tokens, add_tag, context) do
    {at, reversed} =
      if context.trim,
        do: {trim_after(at, context), trim_before(reversed, 0)},
        else: {at, reversed}

    text(at, [], place(at), add_tag.(add_text(reversed, began, tokens)), context)
  end

  defp add_text([], _began, tokens), do: tokens
  defp add_text(reversed, began, tokens), do: [{:text, Enum.reverse(reversed), began} | tokens]

  defp marker([marker | rest]) when marker in [?=, ?/, ?|], do: {[marker], rest}
  defp marker(rest), do: {~c"", rest}

  defp refuse_marker(~c"", _code, _at, _context), do: ~c""

  defp refuse_marker(marker, code, {_, line, column}, context) do
    IO.warn(
      "unexpected beginning of EEx tag \"<%#{marker}\" on \"<%#{marker}#{code}%>\", please remove \"#{marker}\"",
      line: line,
      column: column,
      file: context.file
    )

    ~c""
  end

  # What stands before `closer`, and the position behind it.
  defp until(closer, {characters, line, column} = at, reversed, context) do
    case {List.starts_with?(characters, closer), characters} do
      {true, _} -> {Enum.reverse(reversed), {Enum.drop(characters, length(closer)), line, column + length(closer)}}
      {false, []} -> :error
      {false, [character | _]} -> until(closer, advance(at, context), [character | reversed], context)
    end
  end

  defp advance({[?\n | rest], line, _column}, context), do: {rest, line + 1, context.indentation + 1}
  defp advance({[_ | rest], line, column}, _context), do: {rest, line, column + 1}

  defp place({_characters, line, column}), do: %{line: line, column: column}

  defp unclosed(closer, at, context) do
    message = "expected closing '#{closer}' for EEx expression"
    {:error, message <> EEx.Compiler.snippet(context.source, context.indentation, place(at)), place(at)}
  end

  ## What a tag is: a block begins with `do` or `fn ->`, goes on with `else`, `x ->`, … and ends with `end`

  defp classify(code) do
    case :beamlet_fragment.token_types(List.to_string(code)) do
      {:ok, types} -> kind(types, types |> Enum.reverse() |> Enum.drop_while(&(&1 == :eol)), code)
      :error -> {:expr, code}
    end
  end

  defp kind([:end | _], [:do | _], code), do: {:middle_expr, code}
  defp kind(_types, [:do | _], code), do: {:start_expr, separated(code)}
  defp kind(_types, [:block_identifier | _], code), do: {:middle_expr, separated(code)}
  defp kind([:end | _], [:stab_op | _], code), do: {:middle_expr, code}

  defp kind(_types, [:stab_op | before], code) do
    # The nearest of `fn` and `end` tells whether this arrow opens a function or belongs to one around the tag.
    if Enum.find(before, &(&1 in [:fn, :end])) == :fn, do: {:start_expr, code}, else: {:middle_expr, code}
  end

  defp kind(types, _reversed, code) do
    case Enum.drop_while(types, &(&1 in [:"(", :"[", :"{"])) do
      [:end | _] -> {:end_expr, code}
      _ -> {:expr, code}
    end
  end

  # A keyword at the end must not touch the code that is put behind it.
  defp separated(code), do: if(List.last(code) == ?\s, do: code, else: code ++ [?\s])

  ## Trimming: blanks beside a tag go when a line break is among them, and one line break is kept

  defp skip_leading_blanks({[character | _], _, _} = at, start, context) when character in [?\n | @blanks],
    do: skip_leading_blanks(advance(at, context), start, context)

  defp skip_leading_blanks({[?\r, ?\n | rest], line, column}, start, context),
    do: skip_leading_blanks({[?\n | rest], line, column}, start, context)

  defp skip_leading_blanks({[?<, ?% | _], _, _} = at, _start, _context), do: at
  defp skip_leading_blanks(_at, start, _context), do: start

  defp trim_before(reversed, breaks) do
    case Enum.drop_while(reversed, &(&1 in @blanks)) do
      [?\n, ?\r | rest] -> trim_before(rest, breaks + 1)
      [?\n | rest] -> trim_before(rest, breaks + 1)
      _ when breaks > 0 -> [?\n | reversed]
      _ -> reversed
    end
  end

  defp trim_after(at, context), do: trim_after(at, nil, context)

  # `break` is the position of the last line break passed.
  defp trim_after(at, break, context) do
    case skip_blanks(at, context) do
      {[?\r, ?\n | rest], line, column} ->
        trim_after({rest, line + 1, context.indentation + 1}, {line, column + 1}, context)

      {[?\n | rest], line, column} ->
        trim_after({rest, line + 1, context.indentation + 1}, {line, column}, context)

      {[], _, _} = blank ->
        blank

      _ when break != nil ->
        {line, column} = break
        {[?\n | elem(at, 0)], line, column}

      _ ->
        at
    end
  end

  defp skip_blanks({[character | _], _, _} = at, context) when character in @blanks,
    do: skip_blanks(advance(at, context), context)

  defp skip_blanks(at, _context), do: at
end
