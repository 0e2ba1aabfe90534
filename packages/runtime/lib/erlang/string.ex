defmodule :string do
  @moduledoc "Erlang's `:string`: the older functions, which take lists of characters. The others are native."

  @doc "The number of elements."
  def len(string), do: length(string)

  @doc "One list behind the other."
  def concat(left, right), do: left ++ right

  @doc "A list of `n` times a character."
  def chars(char, n), do: chars(char, n, [])

  @doc "Like `chars/2`, before a tail."
  def chars(char, 0, tail) when is_integer(char), do: tail
  def chars(char, n, tail) when n > 0, do: chars(char, n - 1, [char | tail])

  @doc "The list as often as told."
  def copies(string, count) when is_list(string) and is_integer(count) and count >= 0,
    do: :lists.append(:lists.duplicate(count, string))

  @doc "The lists with a separator between them."
  def join([], separator) when is_list(separator), do: []
  def join([first | rest], separator), do: first ++ :lists.append(for(part <- rest, do: separator ++ part))

  @doc "Where a character first is, from 1; 0 if nowhere."
  def chr(string, char) when is_integer(char), do: chr(string, char, 1)

  defp chr([char | _], char, at), do: at
  defp chr([_ | rest], char, at), do: chr(rest, char, at + 1)
  defp chr([], _char, _at), do: 0

  @doc "Where a character last is, from 1; 0 if nowhere."
  def rchr(string, char) when is_integer(char), do: rchr(string, char, 1, 0)

  defp rchr([char | rest], char, at, _last), do: rchr(rest, char, at + 1, at)
  defp rchr([_ | rest], char, at, last), do: rchr(rest, char, at + 1, last)
  defp rchr([], _char, _at, last), do: last

  @doc "Where a part first begins, from 1; 0 if nowhere."
  def str(string, part) when is_list(part), do: str(string, part, 1)

  defp str([first | rest] = string, [first | _] = part, at) do
    if :lists.prefix(part, string), do: at, else: str(rest, part, at + 1)
  end

  defp str([_ | rest], part, at), do: str(rest, part, at + 1)
  defp str([], _part, _at), do: 0

  @doc "Where a part last begins, from 1; 0 if nowhere."
  def rstr(string, part) when is_list(part), do: rstr(string, part, 1, 0)

  defp rstr([first | rest] = string, [first | _] = part, at, last),
    do: rstr(rest, part, at + 1, if(:lists.prefix(part, string), do: at, else: last))

  defp rstr([_ | rest], part, at, last), do: rstr(rest, part, at + 1, last)
  defp rstr([], _part, _at, last), do: last

  @doc "How many characters at the beginning are in `characters`."
  def span(string, characters) when is_list(characters), do: span(string, characters, 0)

  defp span([char | rest], characters, count) do
    if :lists.member(char, characters), do: span(rest, characters, count + 1), else: count
  end

  defp span([], _characters, count), do: count

  @doc "How many characters at the beginning are not in `characters`."
  def cspan(string, characters) when is_list(characters), do: cspan(string, characters, 0)

  defp cspan([char | rest], characters, count) do
    if :lists.member(char, characters), do: count, else: cspan(rest, characters, count + 1)
  end

  defp cspan([], _characters, count), do: count

  @doc "The elements from a place on, the first being 1."
  def substr(string, 1) when is_list(string), do: string
  def substr(string, start) when is_integer(start) and start > 1, do: substr2(string, start)

  @doc "So many elements from a place on."
  def substr(string, start, length) when is_integer(start) and start >= 1 and is_integer(length) and length >= 0,
    do: substr1(substr2(string, start), length)

  defp substr1([char | rest], length) when length > 0, do: [char | substr1(rest, length - 1)]
  defp substr1(string, _length) when is_list(string), do: []

  defp substr2(string, 1) when is_list(string), do: string
  defp substr2([_ | rest], start), do: substr2(rest, start - 1)

  @doc "The elements from one place on."
  def sub_string(string, start), do: substr(string, start)

  @doc "The elements from one place to another."
  def sub_string(string, start, stop), do: substr(string, start, stop - start + 1)

  @doc "The words between separators."
  def tokens(string, separators) do
    case separators do
      [] when string === [] -> []
      [] -> [string]
      [_ | _] -> words_between(string, separators, [], [])
    end
  end

  defp words_between([char | rest], separators, word, words) do
    cond do
      not :lists.member(char, separators) -> words_between(rest, separators, [char | word], words)
      word === [] -> words_between(rest, separators, [], words)
      true -> words_between(rest, separators, [], [:lists.reverse(word) | words])
    end
  end

  defp words_between([], _separators, [], words), do: :lists.reverse(words)
  defp words_between([], _separators, word, words), do: :lists.reverse([:lists.reverse(word) | words])

  @doc "Takes blanks, or another character, from both ends or one."
  def strip(string), do: strip(string, :both)

  @doc "Like `strip/1`, at one end."
  def strip(string, :left), do: strip_left(string, ?\s)
  def strip(string, :right), do: strip_right(string, ?\s)
  def strip(string, :both), do: strip_right(strip_left(string, ?\s), ?\s)

  @doc "Like `strip/2`, of a character."
  def strip(string, :left, char), do: strip_left(string, char)
  def strip(string, :right, char), do: strip_right(string, char)
  def strip(string, :both, char), do: strip_right(strip_left(string, char), char)

  defp strip_left([char | rest], char) when is_integer(char), do: strip_left(rest, char)
  defp strip_left([_ | _] = string, char) when is_integer(char), do: string
  defp strip_left([], char) when is_integer(char), do: []

  defp strip_right([char | rest], char) when is_integer(char) do
    case strip_right(rest, char) do
      [] -> []
      rest -> [char | rest]
    end
  end

  defp strip_right([other | rest], char) when is_integer(char), do: [other | strip_right(rest, char)]
  defp strip_right([], char) when is_integer(char), do: []

  @doc "The elements of a length, cut or filled with blanks at the end."
  def left(string, length) when is_integer(length), do: left(string, length, ?\s)

  @doc "Like `left/2`, filled with a character."
  def left(string, length, char) when is_integer(char) do
    missing = length - length(string)
    if missing < 0, do: substr(string, 1, length), else: string ++ chars(char, missing)
  end

  @doc "The elements of a length, cut or filled with blanks in front."
  def right(string, length) when is_integer(length), do: right(string, length, ?\s)

  @doc "Like `right/2`, filled with a character."
  def right(string, length, char) when is_integer(char) do
    missing = length - length(string)
    if missing < 0, do: substr(string, 1 - missing), else: chars(char, missing, string)
  end

  @doc "The elements of a length, cut or filled with blanks at both ends."
  def centre(string, length) when is_integer(length), do: centre(string, length, ?\s)

  @doc "Like `centre/2`, filled with a character."
  def centre(_string, 0, char) when is_integer(char), do: []

  def centre(string, length, char) when is_integer(char) do
    missing = length - length(string)
    before = div(abs(missing), 2)

    if missing > 0,
      do: chars(char, before, string ++ chars(char, missing - before)),
      else: substr(string, before + 1, length)
  end

  @doc "The number of words between blanks."
  def words(string), do: words(string, ?\s)

  @doc "The number of words between separators; there always is one."
  def words(string, separator) when is_integer(separator),
    do: max(1, length(tokens(strip(string, :both, separator), [separator])))

  @doc "A word by its number, from 1."
  def sub_word(string, number), do: sub_word(string, number, ?\s)

  @doc "A word between separators by its number, from 1."
  def sub_word(string, number, separator) when is_integer(number) and number > 0 and is_integer(separator),
    do: string |> strip(:both, separator) |> tokens([separator]) |> Enum.at(number - 1, [])

  @doc "Letters of Latin-1 as capitals, of a character or a list."
  def to_upper(string) when is_list(string), do: for(char <- string, do: upper(char))
  def to_upper(char) when is_integer(char), do: upper(char)

  @doc "Letters of Latin-1 as small ones, of a character or a list."
  def to_lower(string) when is_list(string), do: for(char <- string, do: lower(char))
  def to_lower(char) when is_integer(char), do: lower(char)

  defp upper(char) when char in ?a..?z or char in 0xE0..0xF6 or char in 0xF8..0xFE, do: char - 32
  defp upper(char), do: char

  defp lower(char) when char in ?A..?Z or char in 0xC0..0xD6 or char in 0xD8..0xDE, do: char + 32
  defp lower(char), do: char

  @doc "The float at the beginning: `{number, rest}` or `{:error, reason}`."
  def list_to_float(string) when is_list(string) do
    case Regex.run(~r/^[+-]?\d+[.,]\d+([eE][+-]?\d+)?/, text(string)) do
      [found | _] ->
        number = found |> String.replace(",", ".") |> String.trim_leading("+") |> :erlang.binary_to_float()
        {number, Enum.drop(string, byte_size(found))}

      nil ->
        {:error, :no_float}
    end
  rescue
    ArgumentError -> {:error, :badarg}
  end

  def list_to_float(_string), do: {:error, :not_a_list}

  @doc "The integer at the beginning: `{number, rest}` or `{:error, reason}`."
  def list_to_integer(string) when is_list(string) do
    case Regex.run(~r/^[+-]?\d+/, text(string)) do
      [found] -> {String.to_integer(found), Enum.drop(string, byte_size(found))}
      nil -> {:error, :no_integer}
    end
  end

  def list_to_integer(_string), do: {:error, :not_a_list}

  # Only the beginning matters, which is ASCII.
  defp ascii([char | rest]) when is_integer(char) and char in 0..127, do: [char | ascii(rest)]
  defp ascii(_rest), do: []

  defp text(string), do: string |> ascii() |> List.to_string()

  @doc "How alike two strings are, from 0.0 to 1.0."
  def jaro_similarity(left, right),
    do: String.jaro_distance(:unicode.characters_to_binary(left), :unicode.characters_to_binary(right))
end
