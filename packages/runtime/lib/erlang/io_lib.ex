defmodule :io_lib do
  @moduledoc "Erlang's `:io_lib`: reading by a format, and small functions on text. Writing is native."

  ## Reading

  @doc """
  Reads the terms that a format describes: `{:ok, terms, rest}`, `{:more, …}` when the text ends too early, or
  `{:error, {:fread, reason}}`.

  `~d` reads an integer (`~2d` one of two characters at most), `~u` one without a sign (`~16u` in a base), `~-` a sign, `~#` an integer such as `16#ff`, `~f` a float, `~s` a word, `~a` an atom,
  `~c` a character (`~3c` three), `~l` how much has been read, `~~` a tilde. A `*` behind the tilde reads and drops.
  """
  def fread(format, text) do
    read(to_chars(format), to_chars(text), 0, [])
  end

  @doc """
  Reads piece by piece, a line at a time: begin with `[]`, go on with the continuation of `{:more, continuation}`. `:eof` is the end
  of the text.
  """
  def fread([], text, format), do: fread({to_chars(format), [], 0, []}, text, format)
  def fread({_format, [], 0, []}, :eof, _format), do: {:done, :eof, :eof}
  def fread({format, read, count, terms}, :eof, _format), do: line(format, :lists.reverse(read), count, terms, :eof)

  def fread({format, read, count, terms}, text, whole) do
    case Enum.split_while(to_chars(text), &(&1 != ?\n)) do
      {chars, []} ->
        {:more, {format, :lists.reverse(chars, read), count, terms}}

      {chars, [_ | rest]} ->
        with {:more, continuation} <- line(format, :lists.reverse(read, chars), count, terms, rest),
             do: fread(continuation, rest, whole)
    end
  end

  defp line(format, chars, count, terms, rest) do
    case read(format, chars, count, terms) do
      {:ok, terms, []} -> {:done, {:ok, terms}, if(rest == :eof, do: [], else: rest)}
      {:ok, terms, unread} when rest == :eof -> {:done, {:ok, terms}, unread}
      {:ok, terms, unread} -> {:done, {:ok, terms}, unread ++ [?\n | rest]}
      {:more, _, _, _} when rest == :eof -> {:done, {:error, {:fread, :input}}, :eof}
      {:more, format, count, terms} -> {:more, {format, [], count + 1, terms}}
      error -> {:done, error, rest}
    end
  end

  defp to_chars(text) when is_binary(text), do: String.to_charlist(text)
  defp to_chars(text) when is_atom(text), do: Atom.to_charlist(text)
  defp to_chars(text), do: :lists.flatten(text)

  defguardp is_blank(char) when char in [?\s, ?\t, ?\n, ?\r]

  defp read([], text, _count, terms), do: {:ok, Enum.reverse(terms), text}
  defp read([?~, ?~ | format], [?~ | text], count, terms), do: read(format, text, count + 1, terms)

  defp read([?~ | format] = whole, text, count, terms) do
    {drop?, format} = if match?([?* | _], format), do: {true, tl(format)}, else: {false, format}
    {digits, format} = Enum.split_while(format, &(&1 in ?0..?9))
    width = if digits == [], do: nil, else: List.to_integer(digits)
    {wide?, format} = if match?([?t | _], format), do: {true, tl(format)}, else: {false, format}

    case format do
      [?s | _] when not wide? and text != [] and hd(text) > 255 ->
        {:error, {:fread, :string}}

      [?l | format] ->
        read(format, text, count, if(drop?, do: terms, else: [count | terms]))

      [directive | format] when directive in ~c"du-#fsac" ->
        case field(directive, width, text, count) do
          {:ok, term, rest, count} -> read(format, rest, count, if(drop?, do: terms, else: [term | terms]))
          :more -> {:more, whole, count, terms}
          {:error, reason} -> {:error, {:fread, reason}}
        end

      _ ->
        {:error, {:fread, :format}}
    end
  end

  defp read([blank | format], text, count, terms) when is_blank(blank) do
    {blanks, rest} = Enum.split_while(text, &is_blank/1)
    read(format, rest, count + length(blanks), terms)
  end

  defp read([char | format], [char | text], count, terms), do: read(format, text, count + 1, terms)
  defp read(format, [], count, terms), do: {:more, format, count, terms}
  defp read(_format, _text, _count, _terms), do: {:error, {:fread, :input}}

  defp field(?c, width, text, count) do
    {found, rest} = Enum.split(text, width || 1)

    cond do
      found == [] -> :more
      length(found) < (width || 1) -> {:error, :character}
      true -> {:ok, found, rest, count + length(found)}
    end
  end

  # Other fields begin behind blanks and end before the next, or after `width` characters.
  defp field(directive, width, text, count) do
    {blanks, text} = Enum.split_while(text, &is_blank/1)
    {word, _} = Enum.split_while(text, &(not is_blank(&1)))
    word = if width && directive != ?u, do: Enum.take(word, width), else: word

    with [_ | _] <- word,
         {term, size} <- term(directive, width, word) do
      {:ok, term, Enum.drop(text, size), count + length(blanks) + size}
    else
      [] -> if text == [], do: :more, else: {:error, :input}
      :error -> {:error, wrong(directive)}
    end
  end

  defp wrong(?d), do: :integer
  defp wrong(?u), do: :unsigned
  defp wrong(?#), do: :based
  defp wrong(?f), do: :float
  defp wrong(?s), do: :string
  defp wrong(?a), do: :atom
  defp wrong(?-), do: :sign

  defp term(?s, _width, word), do: {word, length(word)}
  defp term(?a, _width, word), do: {List.to_atom(word), length(word)}
  defp term(?d, _width, word), do: number(~r/^[+-]?[0-9]+/, word, &String.to_integer/1)

  defp term(?u, base, word) do
    base = base || 10
    digits = Enum.take_while(word, &digit?(&1, base))

    with true <- base in 2..36, {number, ""} <- Integer.parse(List.to_string(digits), base),
      do: {number, length(digits)},
      else: (_ -> :error)
  end

  defp term(?-, _width, [?- | _]), do: {-1, 1}
  defp term(?-, _width, [?+ | _]), do: {1, 1}
  defp term(?-, _width, _word), do: {1, 0}

  defp term(?#, _width, word) do
    number(~r/^[0-9]+#[0-9a-zA-Z]+/, word, fn text ->
      [base, digits] = String.split(text, "#")
      String.to_integer(digits, String.to_integer(base))
    end)
  end

  defp term(?f, _width, word), do: number(~r/^[+-]?[0-9]+\.[0-9]+([eE][+-]?[0-9]+)?/, word, &String.to_float/1)

  # Those beyond the base are read too, and then are none.
  defp digit?(char, _base) when char in ?0..?9, do: true
  defp digit?(char, base) when char in ?a..?z, do: char - ?a + 10 < base
  defp digit?(char, base) when char in ?A..?Z, do: char - ?A + 10 < base
  defp digit?(_char, _base), do: false

  defp number(regex, word, convert) do
    case Regex.run(regex, List.to_string(word)) do
      [found | _] -> {convert.(found), byte_size(found)}
      nil -> :error
    end
  rescue
    ArgumentError -> :error
  end

  ## Text

  @doc "The number of characters in nested text."
  def chars_length(text) when is_binary(text), do: String.length(text)
  def chars_length(text), do: text |> :unicode.characters_to_list() |> length()

  @doc "Whether a term is nested lists of characters."
  def deep_unicode_char_list(term), do: is_list(term) and deep?(term)

  defp deep?([]), do: true
  defp deep?([char | rest]) when char in 0..0xD7FF or char in 0xE000..0x10FFFF, do: deep?(rest)
  defp deep?([inner | rest]), do: deep?(inner) and deep?(rest)
  defp deep?(_), do: false

  @doc "Text in quotes, with escapes."
  def write_unicode_string(text), do: :io_lib.write_string(text)

  @doc "Text in quotes of another kind."
  def write_string(text, quote) do
    [_ | inner] = :lists.flatten(:io_lib.write_string(text))
    inner = List.delete_at(inner, -1)
    if quote == ?", do: [?" | inner] ++ [?"], else: [quote | unquoted(inner)] ++ [quote]
  end

  defp unquoted([?\\, ?" | rest]), do: [?" | unquoted(rest)]
  defp unquoted([char | rest]), do: [char | unquoted(rest)]
  defp unquoted([]), do: []

  @doc "A character as Erlang writes it."
  def write_unicode_char(char), do: :io_lib.write_char(char)

  @doc "Whether an atom of these characters is written in quotes."
  def quote_atom(atom, characters) do
    with false <- is_atom(atom) and :erl_scan.reserved_word(atom),
         [first | rest] when first in ?a..?z or (first in ?ß..?ÿ and first != ?÷) <- characters do
      not Enum.all?(rest, &name_character?/1)
    else
      _ -> true
    end
  end

  defp name_character?(character) do
    character in ?a..?z or character in ?A..?Z or character in ?0..?9 or character in [?_, ?@] or
      (character in ?À..?ÿ and character not in [?×, ?÷])
  end

  @doc "The column in which text that begins in `column` ends."
  def indentation(text, column) do
    text
    |> to_chars()
    |> Enum.reduce(column, fn
      ?\n, _ -> 0
      ?\t, column -> div(column + 8, 8) * 8
      _, column -> column + 1
    end)
  end

  @doc "A term of which only so much is kept as `~P` would show; the rest is `:...`."
  def limit_term(_term, 0), do: :...
  def limit_term(term, depth) when is_list(term), do: limit_list(term, depth)
  def limit_term(term, 1) when is_tuple(term) and term != {}, do: {:...}

  def limit_term(term, depth) when is_tuple(term) do
    term |> Tuple.to_list() |> limit_elements(depth - 1) |> List.to_tuple()
  end

  def limit_term(term, depth) when is_map(term) do
    for {key, value} <- Enum.take(term, depth),
        into: %{},
        do: {limit_term(key, depth - 1), limit_term(value, depth - 1)}
  end

  def limit_term(term, _depth), do: term

  defp limit_list([], _depth), do: []
  defp limit_list(_list, 1), do: [:...]
  defp limit_list([head | tail], depth), do: [limit_term(head, depth - 1) | limit_tail(tail, depth - 1)]

  defp limit_tail([], _depth), do: []
  defp limit_tail(_tail, 1), do: [:...]
  defp limit_tail([head | tail], depth), do: [limit_term(head, depth - 1) | limit_tail(tail, depth - 1)]
  defp limit_tail(tail, depth), do: limit_term(tail, depth - 1)

  defp limit_elements([], _depth), do: []
  defp limit_elements(_elements, 0), do: [:...]
  defp limit_elements([head | tail], depth), do: [limit_term(head, depth) | limit_elements(tail, depth - 1)]

  ## For devices

  @doc "The text of a prompt: text, an atom, or `{:format, format, args}`."
  def format_prompt(prompt), do: format_prompt(prompt, :unicode)

  def format_prompt({:format, format, args}, encoding), do: format_prompt(:io_lib.format(format, args), encoding)
  def format_prompt(prompt, _encoding) when is_list(prompt) or is_binary(prompt), do: :io_lib.format(~c"~ts", [prompt])
  def format_prompt(prompt, _encoding), do: :io_lib.write(prompt)

  @doc "Takes so many characters of what a device reads piece by piece: `{:stop, chars, rest}`, or the state to go on with."
  def collect_chars(state, data, count), do: collect_chars(state, data, :latin1, count)

  def collect_chars(:start, :eof, _encoding, _count), do: {:stop, :eof, :eof}
  def collect_chars(:start, data, encoding, count) when is_binary(data), do: collect_chars({:binary, [], count}, data, encoding, count)
  def collect_chars(:start, data, encoding, count), do: collect_chars({:list, [], count}, data, encoding, count)
  def collect_chars({:binary, read, _left}, :eof, _encoding, _count), do: {:stop, :erlang.iolist_to_binary(:lists.reverse(read)), :eof}
  def collect_chars({:list, read, _left}, :eof, _encoding, _count), do: {:stop, :lists.reverse(read), :eof}

  def collect_chars({:binary, read, left}, data, encoding, _count) do
    case taken(data, encoding, left, 0) do
      {:more, left} -> {:binary, [data | read], left}
      size -> {:stop, :erlang.iolist_to_binary(:lists.reverse(read, [binary_part(data, 0, size)])), rest_of(data, size)}
    end
  end

  def collect_chars({:list, read, 0}, data, _encoding, _count), do: {:stop, :lists.reverse(read), data}
  def collect_chars({:list, read, left}, [], _encoding, _count), do: {:list, read, left}

  def collect_chars({:list, read, left}, [char | rest], encoding, count),
    do: collect_chars({:list, [char | read], left - 1}, rest, encoding, count)

  # How many bytes the characters are, or how many characters are left to read.
  defp taken(_data, _encoding, 0, size), do: size
  defp taken("", _encoding, left, _size), do: {:more, left}
  defp taken(<<_, rest::binary>>, :latin1, left, size), do: taken(rest, :latin1, left - 1, size + 1)

  defp taken(<<char::utf8, rest::binary>>, encoding, left, size),
    do: taken(rest, encoding, left - 1, size + byte_size(<<char::utf8>>))

  defp rest_of(data, size) when size == byte_size(data), do: :eof
  defp rest_of(data, size), do: binary_part(data, size, byte_size(data) - size)

  @doc "Takes a line of what a device reads piece by piece."
  def collect_line(state, data, unused), do: collect_line(state, data, :latin1, unused)

  def collect_line(:start, :eof, _encoding, _unused), do: {:stop, :eof, :eof}
  def collect_line(:start, data, encoding, unused), do: collect_line([], data, encoding, unused)
  def collect_line([piece | _] = read, :eof, _encoding, _unused) when is_binary(piece), do: {:stop, :erlang.iolist_to_binary(:lists.reverse(read)), :eof}
  def collect_line(read, :eof, _encoding, _unused), do: {:stop, :lists.reverse(read), :eof}

  def collect_line(read, data, _encoding, _unused) when is_binary(data) do
    case :binary.split(data, "\n") do
      [line, rest] -> {:stop, :erlang.iolist_to_binary(:lists.reverse(read, [line, "\n"])), rest}
      [piece] -> [piece | read]
    end
  end

  def collect_line(read, data, _encoding, _unused) when is_list(data) do
    case :lists.splitwith(&(&1 != ?\n), data) do
      {line, [newline | rest]} -> {:stop, :lists.reverse(read, line ++ [newline]), rest}
      {piece, []} -> :lists.reverse(piece, read)
    end
  end

  @doc "Goes on with a scanner of pieces, as `{:get_until, …}` of the I/O protocol asks for."
  def get_until(state, data, scanner), do: get_until(state, data, :latin1, scanner)

  def get_until(:start, data, encoding, scanner), do: get_until([], data, encoding, scanner)

  def get_until(continuation, data, encoding, {module, function, args}) do
    chars = if is_binary(data), do: :unicode.characters_to_list(data, encoding), else: data

    case apply(module, function, [continuation, chars | args]) do
      {:done, result, rest} when is_binary(data) and is_list(rest) -> {:stop, result, :unicode.characters_to_binary(rest, :unicode, encoding)}
      {:done, result, rest} -> {:stop, result, rest}
      {:more, continuation} -> continuation
    end
  end
end
