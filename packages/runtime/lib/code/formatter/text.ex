# Literals as text: strings, charlists, heredocs, sigils, atoms and numbers. Strings come escaped but for their delimiter.
defmodule Code.Formatter.Text do
  @moduledoc false

  import Inspect.Algebra, except: [color: 3, format: 2, surround: 3, surround: 4]
  import Code.Formatter, only: [color: 3]

  alias Code.Formatter.Clauses

  @heredoc ~s(""")

  def plain(text, meta, st) do
    if meta[:delimiter] == @heredoc do
      @heredoc
      |> concat(heredoc_lines(["" | text |> String.replace(@heredoc, "\\" <> @heredoc) |> String.split("\n")]))
      |> concat(@heredoc)
      |> color(:string, st)
      |> force_unfit()
    else
      "\"" |> concat(escaped(text, "\"")) |> concat("\"") |> color(:string, st)
    end
  end

  def charlist(meta, parts, st) do
    if meta[:delimiter] == "'''" do
      quotes = if st.charlist_sigils, do: @heredoc, else: "'''"
      heredoc(parts, quotes, if(st.charlist_sigils, do: "~c" <> quotes, else: quotes), quotes, st)
    else
      cond do
        not st.charlist_sigils -> interpolated(parts, "'", "'", "'", st)
        Enum.any?(parts, &(is_binary(&1) and String.contains?(&1, "\""))) -> interpolated(parts, "'", "~c'", "'", st)
        true -> interpolated(parts, "\"", "~c\"", "\"", st)
      end
    end
  end

  def heredoc(parts, escape, open, close, st) do
    parts =
      case parts do
        [first | rest] when is_binary(first) -> ["\n" <> first | rest]
        parts -> ["\n" | parts]
      end

    parts |> interpolated(escape, open, close, st) |> force_unfit()
  end

  @doc "Text with interpolations between `open` and `close`; `escape` is the delimiter to escape in it."
  def interpolated(parts, escape, open, close, st) do
    parts
    |> Enum.reduce(open, fn part, acc -> concat(acc, part(part, escape, st)) end)
    |> concat(close)
  end

  defp part(text, escape, _st) when is_binary(text), do: escaped(text, escape)
  defp part({:"::", _, [part, _binary]}, escape, st), do: part(part, escape, st)

  defp part({{:., _, [Kernel, :to_string]}, _, [quoted]}, _escape, st) do
    inner = Clauses.block(quoted, 9_999_999, 0, %{st | skip_eol: true})
    no_limit(Code.Formatter.surround("\#{", inner, "}"))
  end

  defp escaped(text, <<_, _, _>> = heredoc),
    do: text |> String.replace(heredoc, "\\" <> heredoc) |> String.split("\n") |> heredoc_lines()

  defp escaped(text, delimiter) do
    text
    |> String.replace(delimiter, "\\" <> delimiter)
    |> String.split("\n")
    |> Enum.map(&string/1)
    |> Enum.reverse()
    |> Enum.reduce(&concat(&1, concat(nest(line(), :reset), &2)))
  end

  # Empty lines have no indentation.
  defp heredoc_lines([text]), do: string(text)
  defp heredoc_lines(["" | rest]), do: concat(heredoc_line(rest), heredoc_lines(rest))
  defp heredoc_lines([text | rest]), do: concat(concat(string(text), heredoc_line(rest)), heredoc_lines(rest))

  defp heredoc_line([text, _ | _]) when text in ["", "\r"], do: nest(line(), :reset)
  defp heredoc_line(_rest), do: line()

  @doc "The document of a sigil, or `nil` for any other call."
  def sigil(name, meta, [{:<<>>, _, parts}, modifiers], st) when is_list(modifiers) do
    with "sigil_" <> name <- Atom.to_string(name),
         open when open != nil <- meta[:delimiter] do
      parts = formatted_sigil(name, parts, modifiers, meta, st)
      start = "~" <> name <> open

      if open in [@heredoc, "'''"] do
        heredoc(parts, open, start, concat(open, List.to_string(modifiers)), st)
      else
        close = closing(open)
        interpolated(parts, close, start, concat(close, List.to_string(modifiers)), st)
      end
    else
      _ -> nil
    end
  end

  def sigil(_name, _meta, _args, _st), do: nil

  defp formatted_sigil(name, parts, modifiers, meta, st) do
    case st.sigils do
      %{} = sigils when map_size(sigils) > 0 ->
        case Enum.find(sigils, fn {key, _} -> Atom.to_string(key) == name end) do
          {key, fun} ->
            info = [
              file: st.file,
              line: meta[:line],
              sigil: key,
              modifiers: modifiers,
              opening_delimiter: meta[:delimiter]
            ]

            [IO.iodata_to_binary(fun.(hd(parts), info))]

          nil ->
            parts
        end

      _ ->
        parts
    end
  end

  defp closing("("), do: ")"
  defp closing("["), do: "]"
  defp closing("{"), do: "}"
  defp closing("<"), do: ">"
  defp closing(same), do: same

  def atom(atom, _meta, st) when atom in [true, false], do: color(Atom.to_string(atom), :boolean, st)
  def atom(nil, _meta, st), do: color("nil", nil, st)

  def atom(:\\, meta, st) do
    text = if meta[:delimiter] == "\"", do: ":\"\\\\\"", else: ":\\\\"
    text |> string() |> color(:atom, st)
  end

  def atom(atom, _meta, st) do
    text = Atom.to_string(atom)

    text =
      if Macro.classify_atom(atom) in [:unquoted, :identifier],
        do: ":" <> text,
        else: ":\"" <> String.replace(text, "\"", "\\\"") <> "\""

    text |> string() |> color(:atom, st)
  end

  @doc "The key of a keyword, with its colon."
  def key({:__block__, _, [key]}, st),
    do: :key |> Macro.inspect_atom(key, escape: &escape_delimiter/2) |> string() |> color(:atom, st)

  def key({{:., _, [:erlang, :binary_to_atom]}, _, [{:<<>>, _, parts}, :utf8]}, st),
    do: interpolated(parts, "\"", "\"", "\":", st)

  def function_name(name), do: Macro.inspect_atom(:remote_call, name, escape: &escape_delimiter/2)

  # Names are escaped already.
  defp escape_delimiter(text, char), do: String.replace(text, <<char>>, <<?\\, char>>)

  @doc "A number as it was written, with underscores in long ones."
  def number("0x" <> digits), do: "0x" <> String.upcase(digits)
  def number(<<?0, base, _::binary>> = text) when base in [?b, ?o], do: text
  def number(<<??, _::binary>> = char), do: char

  def number(text) do
    case String.split(text, ".") do
      [whole, fraction] -> underscores(whole) <> "." <> String.downcase(fraction)
      [whole] -> underscores(whole)
    end
  end

  defp underscores("-" <> digits), do: "-" <> underscores(digits)

  defp underscores(digits) do
    if byte_size(digits) < 6 or String.contains?(digits, "_"),
      do: digits,
      else: digits |> String.reverse() |> in_threes() |> String.reverse()
  end

  defp in_threes(<<three::binary-size(3), rest::binary>>) when rest != "", do: three <> "_" <> in_threes(rest)
  defp in_threes(rest), do: rest
end
