# Exceptions of reading and compiling code. Their messages show the place in the source.
defmodule SyntaxError do
  @moduledoc "The parser found something that does not fit."
  defexception [:file, :line, :column, :snippet, description: "syntax error"]

  @impl true
  def message(%{file: file, line: line, column: column, description: description} = error) do
    excerpt =
      if error.snippet != nil and column != nil do
        Exception.format_position({line, column}, file, description, error.snippet)
      else
        text = Exception.format_position({line, column}, file, description, nil)
        "   " <> String.replace(text, "\n", "\n   ")
      end

    location = Exception.format_file_line_column(Path.relative_to_cwd(file), line, column)
    "invalid syntax found on " <> location <> "\n" <> excerpt
  end
end

defmodule TokenMissingError do
  @moduledoc "The source ends where more is expected."
  defexception [
    :file,
    :line,
    :column,
    :end_line,
    :end_column,
    :snippet,
    :opening_delimiter,
    :expected_delimiter,
    description: "expression is incomplete"
  ]

  @impl true
  def message(%{snippet: snippet, column: column, end_line: end_line} = error)
      when not is_nil(snippet) and not is_nil(column) and not is_nil(end_line) do
    # Empty lines at the end hide the place where the delimiter is missed.
    {empty, [last | _] = reversed} =
      snippet |> String.split("\n") |> Enum.reverse() |> Enum.split_while(&(&1 == ""))

    end_line = end_line - length(empty)
    end_column = String.length(last) + 1
    expected = Exception.format_delimiter(error.expected_delimiter)

    excerpt =
      Exception.format_snippet(
        {error.line, column},
        {end_line, end_column},
        error.description,
        error.file,
        Enum.reverse(reversed),
        "└ unclosed delimiter",
        "└ missing closing delimiter (expected #{expected})"
      )

    text(error.file, end_line, end_column, excerpt)
  end

  def message(%{file: file, line: line, column: column} = error) do
    excerpt = Exception.format_position({line, column}, file, error.description, error.snippet)
    text(file, line, column, excerpt)
  end

  defp text(file, line, column, excerpt) do
    location = Exception.format_file_line_column(Path.relative_to_cwd(file), line, column)
    "token missing on " <> location <> "\n" <> excerpt
  end
end

defmodule MismatchedDelimiterError do
  @moduledoc "A delimiter is closed by another one."
  defexception [
    :file,
    :line,
    :column,
    :end_line,
    :end_column,
    :opening_delimiter,
    :closing_delimiter,
    :expected_delimiter,
    :snippet,
    description: "mismatched delimiter error"
  ]

  @impl true
  def message(%{file: file, end_line: end_line, end_column: end_column} = error) do
    expected = Exception.format_delimiter(error.expected_delimiter)

    excerpt =
      Exception.format_snippet(
        {error.line, error.column},
        {end_line, end_column},
        error.description,
        file,
        String.split(error.snippet, "\n"),
        "└ unclosed delimiter",
        "└ mismatched closing delimiter (expected #{expected})"
      )

    location = Exception.format_file_line_column(Path.relative_to_cwd(file), end_line, end_column)
    "mismatched delimiter found on " <> location <> "\n" <> excerpt
  end
end

defmodule CompileError do
  @moduledoc "Code could not be compiled."
  defexception [:file, :line, description: "compile error"]

  @impl true
  def message(%{file: file, line: line, description: description}) do
    case Exception.format_file_line(file && Path.relative_to_cwd(file), line) do
      "" -> description
      location -> location <> " " <> description
    end
  end
end

defmodule Kernel.TypespecError do
  @moduledoc "A type specification has not the right form."
  defexception [:file, :line, :description]

  @impl true
  def message(%{file: file, line: line, description: description}) do
    case Exception.format_file_line(file && Path.relative_to_cwd(file), line) do
      "" -> description
      location -> location <> " " <> description
    end
  end
end

defmodule Code.LoadError do
  @moduledoc "A file could not be loaded."
  defexception [:file, :message, :reason]

  @impl true
  def exception(opts) do
    file = Keyword.fetch!(opts, :file)
    reason = Keyword.fetch!(opts, :reason)
    message = "could not load #{file}. Reason: #{reason}"
    %Code.LoadError{message: message, file: file, reason: reason}
  end
end
