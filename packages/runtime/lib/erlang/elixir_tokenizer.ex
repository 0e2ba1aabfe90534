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
      if preserve, do: preserve(comments, String.to_charlist(text), line, tokens, preserve)
      {:ok, end_line, end_column, warnings, tokens, []}
    end
  end

  defp preserve(comments, chars, first, tokens, fun) do
    # What follows a comment is the end of the one list of all characters.
    lines = List.to_tuple([chars | behind_line_ends(chars)])

    for comment <- comments do
      before = Enum.drop_while(tokens, &(position(&1) >= {comment.line, comment.column}))
      {_, from} = Enum.split(elem(lines, comment.line - first), comment.column - 1)
      {written, rest} = Enum.split(from, length(String.to_charlist(comment.text)))
      fun.(comment.line, comment.column, before, written, rest)
    end
  end

  defp behind_line_ends([?\n | rest]), do: [rest | behind_line_ends(rest)]
  defp behind_line_ends([_ | rest]), do: behind_line_ends(rest)
  defp behind_line_ends([]), do: []

  defp position(token) do
    {line, column, _} = elem(token, 1)
    {line, column}
  end
end
