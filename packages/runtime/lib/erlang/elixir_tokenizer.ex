defmodule :elixir_tokenizer do
  @moduledoc "The tokens of Elixir's text, as tools that check or format sources read them."

  @doc "As `tokenize/4`, from the first column."
  def tokenize(text, line, opts), do: tokenize(text, line, 1, opts)

  @doc """
  The tokens of a text that starts at a place, the last token first.

  Answers `{:ok, line, column, warnings, tokens, []}` with the place where the text ends, or
  `{:error, {meta, message, token}, rest, warnings, tokens}`. Options are `:file`, `:check_terminators`,
  `:existing_atoms_only`, `:unescape`, and `:preserve_comments`, a function that is given of each comment its line and column,
  the tokens read, its text and what follows it.
  """
  def tokenize(text, line, column, opts) do
    text = if is_list(text), do: :unicode.characters_to_binary(text), else: text
    column = Keyword.get(opts, :column, column)
    preserve = Keyword.get(opts, :preserve_comments)

    with {:ok, end_line, end_column, warnings, tokens, comments} <-
           :beamlet_tokens.read(text, [line: line, column: column] ++ Keyword.drop(opts, [:line, :column])) do
      if preserve, do: Enum.each(comments, &preserved(&1, text, line, tokens, preserve))
      {:ok, end_line, end_column, warnings, tokens, []}
    end
  end

  defp preserved(comment, text, first, tokens, preserve) do
    before = Enum.drop_while(tokens, &(position(&1) >= {comment.line, comment.column}))
    lines = text |> String.split("\n") |> Enum.drop(comment.line - first)
    rest = [String.slice(hd(lines), (comment.column + String.length(comment.text) - 1)..-1//1) | tl(lines)]
    rest = rest |> Enum.join("\n") |> String.to_charlist()
    preserve.(comment.line, comment.column, before, String.to_charlist(comment.text), rest)
  end

  defp position(token) do
    {line, column, _} = elem(token, 1)
    {line, column}
  end
end
