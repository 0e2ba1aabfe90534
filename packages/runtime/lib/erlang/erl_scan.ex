defmodule :erl_scan do
  @moduledoc """
  Erlang's `:erl_scan`: the text of Erlang as tokens. A location is a line, or a pair of line and column; which of them is told
  by the one that a scan starts from.
  """

  @reserved ~w(after begin case try cond catch andalso orelse end fun if let of receive when
    bnot not div rem band and bor bxor bsl bsr or xor maybe)a
  # Longest first.
  @symbols [~c"...", ~c"=:=", ~c"=/=", ~c"<<", ~c">>", ~c"<-", ~c"<=", ~c"->", ~c"--", ~c"++", ~c"==", ~c"/=",
            ~c"=<", ~c">=", ~c"=>", ~c":=", ~c"::", ~c"||", ~c".."]
  # So much of a text that does not end is told.
  @shown 16

  @doc "Whether an atom is a reserved word."
  def reserved_word(:maybe), do: false
  def reserved_word(word), do: :lists.member(word, @reserved)

  @doc "The tokens of a text that starts on line 1."
  def string(chars), do: string(chars, 1)

  @doc "The tokens of a text that starts at a location: `{:ok, tokens, end}` or `{:error, info, end}`."
  def string(chars, location), do: string(chars, location, [])

  @doc """
  As `string/2`. With `:text` a token keeps its text, `:return_comments`, `:return_white_spaces` or both, `:return`, makes tokens
  of what stands between; `{:reserved_word_fun, fun}` says what a reserved word is.
  """
  def string(chars, location, options) when is_list(chars) do
    case scan(chars, location, options(options), []) do
      {:error, reason, from, to, _rest} -> {:error, {from, :erl_scan, reason}, to}
      {_end, tokens, location, _rest} -> {:ok, :lists.reverse(tokens), location}
    end
  end

  @doc "Reads to the end of a form, piece by piece, as `:io.scan_erl_form/2` does: `{:more, continuation}` or `{:done, result, rest}`."
  def tokens(continuation, chars, location), do: tokens(continuation, chars, location, [])

  def tokens([], chars, location, options), do: tokens({:erl_scan, [], location, options}, chars, location, options)

  def tokens({:erl_scan, read, location, options}, :eof, _location, _options) do
    case string(read, location, options) do
      {:ok, [], location} -> {:done, {:eof, location}, :eof}
      result -> {:done, result, :eof}
    end
  end

  def tokens({:erl_scan, read, location, options}, chars, _location, _options) do
    chars = read ++ chars

    # What reaches to the end may go on in the next piece.
    case scan(chars, location, [:form | options(options)], []) do
      {:dot, tokens, to, rest} -> {:done, {:ok, :lists.reverse(tokens), to}, rest}
      {:error, reason, from, to, [_ | _] = rest} -> {:done, {:error, {from, :erl_scan, reason}, to}, rest}
      _ -> {:more, {:erl_scan, chars, location, options}}
    end
  end

  @doc "Where the text of a continuation begins."
  def continuation_location({:erl_scan, _read, location, _options}), do: location

  @doc "The kind of a token."
  def category(token), do: :erlang.element(1, token)

  @doc "The line of a token."
  def line(token), do: :erl_anno.line(anno(token))

  @doc "The column of a token, `:undefined` where only lines are told."
  def column(token), do: :erl_anno.column(anno(token))

  @doc "The location of a token."
  def location(token), do: :erl_anno.location(anno(token))

  @doc "The text of a token, `:undefined` where it is not kept."
  def text(token), do: :erl_anno.text(anno(token))

  @doc "Where a token ends, `:undefined` where its text is not kept."
  def end_location(token), do: :erl_anno.end_location(anno(token))

  defp anno(token), do: :erlang.element(2, token)

  @doc "What a token stands for: the value of a literal, else its kind."
  def symbol({_, _, value}), do: value
  def symbol({kind, _}), do: kind

  @doc "The words for an error."
  def format_error({:illegal, what}), do: ~c"illegal " ++ :erlang.atom_to_list(what)
  def format_error(:char), do: ~c"unterminated character"
  def format_error({:base, base}), do: ~c"illegal base '" ++ :erlang.integer_to_list(base) ++ ~c"'"

  def format_error({:string, ?', start}),
    do: ~c"unterminated atom starting with " ++ :lists.flatten(:io_lib.write_string(start, ?'))

  def format_error({:string, _, start}),
    do: ~c"unterminated string starting with " ++ :lists.flatten(:io_lib.write_string(start))

  def format_error(other), do: :lists.flatten(:io_lib.write(other))

  defp options(options) when is_list(options) do
    if :lists.member(:return, options), do: [:return_comments, :return_white_spaces | options], else: options
  end

  defp options(option), do: options([option])

  # Lexemes one by one: `:end`, with `:form` `:dot` at the first, or an error with the locations where it is and ends.
  defp scan([], location, _options, tokens), do: {:end, tokens, location, []}

  defp scan(chars, location, options, tokens) do
    case lexeme(chars, options) do
      {:error, reason, before, size} ->
        {text, rest} = :lists.split(size, chars)
        {:error, reason, moved(location, :lists.sublist(text, before)), moved(location, text), rest}

      {kind, size} ->
        {text, rest} = :lists.split(size, chars)
        token = {kind, annotated(location, text, kind, options)}
        next(kind, token, text, rest, location, options, tokens)

      {kind, value, size} ->
        {text, rest} = :lists.split(size, chars)
        value = if kind in [:white_space, :comment], do: text, else: value
        token = {kind, annotated(location, text, kind, options), value}
        next(kind, token, text, rest, location, options, tokens)
    end
  end

  defp next(kind, token, text, rest, location, options, tokens) do
    to = moved(location, text)

    cond do
      kind == :dot and match?([:form | _], options) and (rest != [] or tl(text) != []) -> {:dot, [token | tokens], to, rest}
      kind == :comment and not :lists.member(:return_comments, options) -> scan(rest, to, options, tokens)
      kind == :white_space and not :lists.member(:return_white_spaces, options) -> scan(rest, to, options, tokens)
      true -> scan(rest, to, options, [token | tokens])
    end
  end

  defp annotated(location, text, kind, options) do
    keeps = :lists.member(:text, options)

    case :lists.keyfind(:text_fun, 1, options) do
      {_, fun} -> if fun.(kind, text), do: [text: text, location: location], else: location
      false -> if keeps, do: [text: text, location: location], else: location
    end
  end

  defp moved({line, _column}, [?\n | text]), do: moved({line + 1, 1}, text)
  defp moved({line, column}, [_ | text]), do: moved({line, column + 1}, text)
  defp moved(line, [?\n | text]), do: moved(line + 1, text)
  defp moved(line, [_ | text]), do: moved(line, text)
  defp moved(location, []), do: location

  defguardp is_blank(char) when (char <= ?\s and char != ?\n) or char in 0x80..0xA0
  defguardp is_digit(char) when char in ?0..?9

  # The first lexeme with its size: `{kind, size}`, `{kind, value, size}` or `{:error, reason, before, size}`.
  defp lexeme([?\n | rest], _options), do: {:white_space, nil, 1 + blanks(rest, 0)}
  defp lexeme([char | _] = chars, _options) when is_blank(char), do: {:white_space, nil, blanks(chars, 0)}
  defp lexeme([?% | _] = chars, _options), do: {:comment, nil, to_newline(chars, 0)}
  defp lexeme([?.], _options), do: {:dot, 1}
  defp lexeme([?., next | _], _options) when is_blank(next) or next == ?\n, do: {:dot, 2}
  defp lexeme([?., ?% | _], _options), do: {:dot, 1}
  defp lexeme([digit | _] = chars, _options) when is_digit(digit), do: number(chars)

  defp lexeme([first | _] = chars, options) when first in ?a..?z or (first in 0xDF..0xFF and first != 0xF7) do
    {name, size} = name(chars)

    reserved? =
      case :lists.keyfind(:reserved_word_fun, 1, options) do
        {_, fun} -> fun.(name)
        false -> reserved_word(name)
      end

    if reserved?, do: {name, size}, else: {:atom, name, size}
  end

  defp lexeme([first | _] = chars, _options)
       when first in ?A..?Z or first == ?_ or (first in 0xC0..0xDE and first != 0xD7) do
    {name, size} = name(chars)
    {:var, name, size}
  end

  defp lexeme([quote | rest], _options) when quote in [?', ?"] do
    case quoted(rest, quote, [], 1) do
      {:ok, chars, size} when quote == ?" -> {:string, chars, size}
      {:ok, chars, size} -> {:atom, :erlang.list_to_atom(chars), size}
      error -> error
    end
  end

  defp lexeme([?$], _options), do: {:error, :char, 0, 1}

  defp lexeme([?$, ?\\ | rest], _options) do
    case escape(rest) do
      {:ok, char, size} -> {:char, char, 2 + size}
      {:error, size} -> {:error, {:illegal, :character}, 1, 2 + size}
      :eof -> {:error, :char, 0, 2}
    end
  end

  defp lexeme([?$, char | _], _options), do: {:char, char, 2}

  defp lexeme([char | _] = chars, _options) do
    case :lists.search(&:lists.prefix(&1, chars), @symbols) do
      {:value, symbol} -> {:erlang.list_to_atom(symbol), :erlang.length(symbol)}
      false when char <= 255 -> {:erlang.list_to_atom([char]), 1}
      false -> {:error, {:illegal, :character}, 0, 1}
    end
  end

  defp blanks([char | rest], size) when is_blank(char), do: blanks(rest, size + 1)
  defp blanks(_rest, size), do: size

  defp to_newline([char | rest], size) when char != ?\n, do: to_newline(rest, size + 1)
  defp to_newline(_rest, size), do: size

  defp name(chars) do
    name = :lists.takewhile(&name_char/1, chars)
    {:erlang.list_to_atom(name), :erlang.length(name)}
  end

  defp name_char(char) do
    char in ?a..?z or char in ?A..?Z or char in ?0..?9 or char in [?_, ?@] or
      (char in 0xC0..0xFF and char not in [0xD7, 0xF7])
  end

  ## Numbers

  defp number(chars) do
    {whole, size, rest} = digits(chars, 10)

    case rest do
      [?# | rest] -> based(:erlang.list_to_integer(whole), size, rest)
      [?., next | _] when is_digit(next) -> float(whole, size + 1, tl(rest))
      _ -> {:integer, :erlang.list_to_integer(whole), size}
    end
  end

  defp based(base, size, _rest) when base not in 2..36, do: {:error, {:base, base}, 0, size}

  defp based(base, size, rest) do
    case digits(rest, base) do
      {[], 0, _} -> {:error, {:illegal, :integer}, 0, size + 1}
      {digits, more, _} -> {:integer, :erlang.list_to_integer(digits, base), size + 1 + more}
    end
  end

  defp float(whole, size, chars) do
    {fraction, more, rest} = digits(chars, 10)
    {exponent, last} = exponent(rest)
    size = size + more + last

    try do
      :erlang.list_to_float(whole ++ [?. | fraction] ++ exponent)
    catch
      :error, _ -> {:error, {:illegal, :float}, 0, size}
    else
      value -> {:float, value, size}
    end
  end

  defp exponent([e, sign | rest]) when e in [?e, ?E] and sign in [?+, ?-] do
    {digits, size, _} = digits(rest, 10)
    {[?e, sign | digits], 2 + size}
  end

  defp exponent([e | rest]) when e in [?e, ?E] do
    {digits, size, _} = digits(rest, 10)
    {[?e | digits], 1 + size}
  end

  defp exponent(_rest), do: {[], 0}

  # Without the underscores that may stand between two digits.
  defp digits([char, ?_, next | rest] = chars, base) do
    if digit?(char, base) and digit?(next, base) do
      {digits, size, rest} = digits([next | rest], base)
      {[char | digits], size + 2, rest}
    else
      one_digit(chars, base)
    end
  end

  defp digits(chars, base), do: one_digit(chars, base)

  defp one_digit([char | rest] = chars, base) do
    if digit?(char, base) do
      {digits, size, rest} = digits(rest, base)
      {[char | digits], size + 1, rest}
    else
      {[], 0, chars}
    end
  end

  defp one_digit([], _base), do: {[], 0, []}

  defp digit?(char, base) when is_digit(char), do: char - ?0 < base
  defp digit?(char, base) when char in ?a..?z, do: char - ?a + 10 < base
  defp digit?(char, base) when char in ?A..?Z, do: char - ?A + 10 < base
  defp digit?(_char, _base), do: false

  ## Text in quotes

  defp quoted([quote | _], quote, chars, size), do: {:ok, :lists.reverse(chars), size + 1}

  defp quoted([?\\ | rest], quote, chars, size) do
    case escape(rest) do
      {:ok, char, more} -> quoted(:lists.nthtail(more, rest), quote, [char | chars], size + 1 + more)
      {:error, more} -> {:error, {:illegal, :character}, size, size + 1 + more}
      :eof -> unterminated(quote, chars, size + 1)
    end
  end

  defp quoted([char | rest], quote, chars, size), do: quoted(rest, quote, [char | chars], size + 1)
  defp quoted([], quote, chars, size), do: unterminated(quote, chars, size)

  defp unterminated(quote, chars, size), do: {:error, {:string, quote, :lists.sublist(:lists.reverse(chars), @shown)}, 0, size}

  # What follows a backslash: the character and how many it takes.
  defp escape([?x, ?{ | rest]) do
    {digits, size, rest} = digits(rest, 16)

    case rest do
      [] -> :eof
      [?} | _] when digits != [] -> character(:erlang.list_to_integer(digits, 16), size + 3)
      _ -> {:error, size + 2}
    end
  end

  defp escape([?x, a, b | _]) do
    if digit?(a, 16) and digit?(b, 16), do: {:ok, :erlang.list_to_integer([a, b], 16), 3}, else: {:error, 1}
  end

  defp escape([?^, char | _]), do: {:ok, :erlang.band(char, 31), 2}

  defp escape([digit | _] = chars) when digit in ?0..?7 do
    digits = :lists.takewhile(&(&1 in ?0..?7), :lists.sublist(chars, 3))
    {:ok, :erlang.list_to_integer(digits, 8), :erlang.length(digits)}
  end

  defp escape([?x | _]), do: {:error, 1}

  defp escape([char | _]) do
    found =
      :lists.keyfind(char, 1, [{?n, ?\n}, {?t, ?\t}, {?r, ?\r}, {?b, ?\b}, {?f, ?\f}, {?v, ?\v}, {?e, ?\e}, {?s, ?\s}, {?d, 127}])

    {:ok, if(found, do: :erlang.element(2, found), else: char), 1}
  end

  defp escape([]), do: :eof

  defp character(point, size) when point <= 0x10FFFF and point not in 0xD800..0xDFFF, do: {:ok, point, size}
  defp character(_point, size), do: {:error, size}
end
