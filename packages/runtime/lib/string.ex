import Kernel, except: [length: 1]

defmodule String do
  @moduledoc """
  UTF-8 strings: binaries of Unicode text.

  A *code point* is one Unicode character; a *grapheme* is what readers take for one character and may consist
  of several code points. Positions and lengths in this module count graphemes; `byte_size/1` counts bytes.

      iex> String.length("e\\u0301")
      1
      iex> String.codepoints("e\\u0301") |> length()
      2

  Bytes that are not valid UTF-8 count as characters of their own.
  """

  @type t :: binary()
  @type codepoint :: t
  @type grapheme :: t
  @type pattern :: t | [nonempty_binary()] | (compiled_search_pattern :: :binary.cp())

  @case_modes [:default, :ascii, :greek, :turkic]

  ## Tests

  @doc "Whether all characters, or the first `character_limit`, can be printed."
  @spec printable?(t, non_neg_integer() | :infinity) :: boolean()
  def printable?(string, character_limit \\ :infinity)
      when is_binary(string) and
             (character_limit == :infinity or
                (is_integer(character_limit) and character_limit >= 0)) do
    :beamlet_string.printable?(string, character_limit)
  end

  @doc "Whether the string is valid UTF-8; with `:fast_ascii` meant for texts that are mostly ASCII."
  @spec valid?(t, :default | :fast_ascii) :: boolean()
  def valid?(string, algorithm \\ :default)

  def valid?(string, algorithm) when is_binary(string) and algorithm in [:default, :fast_ascii] do
    :beamlet_string.valid?(string)
  end

  @doc "Replaces each invalid part, a truncated character or a byte, with `replacement`."
  @spec replace_invalid(t, t) :: t
  def replace_invalid(bytes, replacement \\ "�")
      when is_binary(bytes) and is_binary(replacement) do
    :beamlet_string.replace_invalid(bytes, replacement)
  end

  @doc "Whether the string starts with the prefix or one of the prefixes."
  @spec starts_with?(t, t | [t]) :: boolean()
  def starts_with?(string, prefix) when is_binary(string) and is_binary(prefix) do
    :beamlet_string.starts_with?(string, prefix)
  end

  def starts_with?(string, prefixes) when is_binary(string) and is_list(prefixes) do
    :lists.any(&starts_with_one?(string, &1), prefixes)
  end

  def starts_with?(string, pattern) when is_binary(string) do
    IO.warn("compiled patterns are deprecated in starts_with?")
    Kernel.match?({0, _}, :binary.match(string, pattern))
  end

  defp starts_with_one?(string, prefix) when is_binary(prefix) do
    :beamlet_string.starts_with?(string, prefix)
  end

  defp starts_with_one?(string, other),
    do: unquote(:"-inlined-starts_with_string?/3-")(string, byte_size(string), other)

  # The name under which OTP has what it inlines.
  defp unquote(:"-inlined-starts_with_string?/3-")(string, _size, prefix) when is_binary(prefix),
    do: starts_with_one?(string, prefix)

  @doc "Whether the string ends with the suffix or one of the suffixes."
  @spec ends_with?(t, t | [t]) :: boolean()
  def ends_with?(string, suffix) when is_binary(string) and is_binary(suffix) do
    :beamlet_string.ends_with?(string, suffix)
  end

  def ends_with?(string, suffixes) when is_binary(string) and is_list(suffixes) do
    :lists.any(&ends_with_one?(string, &1), suffixes)
  end

  defp ends_with_one?(string, suffix) when is_binary(suffix) do
    :beamlet_string.ends_with?(string, suffix)
  end

  @doc "Whether the string contains the pattern or one of the patterns."
  @spec contains?(t, [t] | pattern) :: boolean()
  def contains?(string, contents) when is_binary(string) and is_list(contents) do
    contains_one?(string, contents)
  end

  def contains?(string, "") when is_binary(string), do: true

  def contains?(string, contents) when is_binary(string) and is_binary(contents) do
    :beamlet_string.contains?(string, contents)
  end

  def contains?(string, contents) when is_binary(string) do
    :binary.match(string, contents) != :nomatch
  end

  defp contains_one?(_string, []), do: false

  defp contains_one?(string, [pattern | rest]) do
    byte_size(pattern) == 0 or :beamlet_string.contains?(string, pattern) or
      contains_one?(string, rest)
  end

  @doc "Whether the string matches the regular expression."
  @spec match?(t, Regex.t()) :: boolean()
  def match?(string, regex) when is_binary(string), do: Regex.match?(regex, string)

  @doc "Whether two strings are canonically equivalent."
  @spec equivalent?(t, t) :: boolean()
  def equivalent?(string1, string2) when is_binary(string1) and is_binary(string2) do
    normalize(string1, :nfd) == normalize(string2, :nfd)
  end

  ## Splitting

  @doc "Splits at white space, of which there is none in the result. No-break spaces do not split."
  @spec split(t) :: [t]
  def split(binary) when is_binary(binary), do: :beamlet_string.split(binary)
  def split(other), do: :binary.split(other, [" "], [:global, :trim_all])

  @doc """
  Splits at a pattern: a string, a list of strings or a regular expression; `""` splits into graphemes.

  Options: `:parts` is the most parts to make, `:trim` leaves empty ones out. With a regular expression also those of
  `Regex.split/3`.
  """
  @spec split(t, pattern | Regex.t(), keyword()) :: [t]
  def split(string, pattern, options \\ [])

  def split(string, %Regex{} = pattern, options) when is_binary(string) and is_list(options) do
    Regex.split(pattern, string, options)
  end

  def split(string, "", options) when is_binary(string) and is_list(options) do
    trim = Keyword.get(options, :trim, false)

    case Keyword.get(options, :parts, :infinity) do
      :infinity when trim == false -> ["" | split_graphemes(string, trim, :infinity)]
      parts when parts == 1 or trim != false -> split_graphemes(string, trim, parts)
      parts when is_integer(parts) and parts > 0 -> ["" | split_graphemes(string, trim, parts - 1)]
      _ -> no_parts()
    end
  end

  def split(string, [], options) when is_binary(string) and is_list(options) do
    if string == "" and Keyword.get(options, :trim, false), do: [], else: [string]
  end

  def split(string, pattern, options) when is_binary(string) and is_list(options) do
    parts = Keyword.get(options, :parts, :infinity)
    trim = Keyword.get(options, :trim, false)

    cond do
      not (parts == :infinity or (is_integer(parts) and parts > 0)) ->
        no_parts()

      is_tuple(pattern) ->
        split_compiled(string, pattern, parts, trim)

      true ->
        :beamlet_string.split(string, pattern, parts, not (trim == false or trim == nil))
    end
  end

  defp no_parts,
    do: raise(FunctionClauseError, module: String, function: :parts_to_index, arity: 1)

  defp split_graphemes("", trim, _parts), do: if(trim, do: [], else: [""])
  defp split_graphemes(string, _trim, 1), do: [string]

  defp split_graphemes(string, trim, :infinity) do
    if trim, do: graphemes(string), else: graphemes(string) ++ [""]
  end

  defp split_graphemes(string, trim, parts) do
    {grapheme, rest} = next_grapheme(string)
    [grapheme | split_graphemes(rest, trim, parts - 1)]
  end

  defp split_compiled(string, pattern, :infinity, false), do: :binary.split(string, pattern, [:global])

  defp split_compiled(string, pattern, :infinity, _trim) do
    :binary.split(string, pattern, [:global, :trim_all])
  end

  defp split_compiled("", _pattern, 1, trim) when trim != false, do: []
  defp split_compiled(string, _pattern, 1, _trim) when is_binary(string), do: [string]

  defp split_compiled(string, pattern, parts, trim) do
    case next_part(string, pattern, trim) do
      {part, :nomatch} -> [part]
      {part, rest} -> [part | split_compiled(rest, pattern, parts - 1, trim)]
      nil -> []
    end
  end

  @doc "Splits like `split/3`, lazily. The option `:trim` leaves empty parts out."
  @spec splitter(t, pattern, keyword()) :: Enumerable.t()
  def splitter(string, pattern, options \\ [])

  def splitter(string, "", options) when is_binary(string) and is_list(options) do
    if Keyword.get(options, :trim, false) do
      Stream.unfold(string, &next_grapheme/1)
    else
      Stream.unfold(:first, fn
        :first -> {"", string}
        :last -> nil
        "" -> {"", :last}
        rest -> next_grapheme(rest)
      end)
    end
  end

  def splitter(string, [], options) when is_binary(string) and is_list(options) do
    if string == "" and Keyword.get(options, :trim, false),
      do: Stream.duplicate(string, 0),
      else: Stream.duplicate(string, 1)
  end

  def splitter(string, pattern, options) when is_binary(string) and is_list(options) do
    pattern = if is_tuple(pattern), do: pattern, else: :binary.compile_pattern(pattern)
    trim = Keyword.get(options, :trim, false)
    Stream.unfold(string, &next_part(&1, pattern, trim))
  end

  defp next_part(:nomatch, _pattern, _trim), do: nil
  defp next_part("", _pattern, false), do: {"", :nomatch}
  defp next_part("", _pattern, _trim), do: nil

  defp next_part(string, pattern, trim) do
    case :binary.split(string, pattern) do
      ["", rest] when trim != false -> next_part(rest, pattern, trim)
      [part, rest] -> {part, rest}
      [part] -> {part, :nomatch}
    end
  end

  @doc "Splits in two at a position; a negative one counts from the end."
  @spec split_at(t, integer()) :: {t, t}
  def split_at(string, position) when is_binary(string) and is_integer(position) do
    position = if position < 0, do: length(string) + position, else: position
    if position < 0, do: {"", string}, else: :beamlet_string.split_at(string, position)
  end

  @doc "Splits into runs of characters that do and do not have a trait, `:valid` or `:printable`."
  @spec chunk(t, :valid | :printable) :: [t]
  def chunk(string, trait)
  def chunk("", _trait), do: []

  def chunk(string, trait) when is_binary(string) and trait in [:valid, :printable] do
    has? = if trait == :valid, do: &valid?/1, else: &printable?/1

    codepoints(string)
    |> Enum.chunk_by(has?)
    |> Enum.map(&IO.iodata_to_binary/1)
  end

  ## Characters

  @doc "The code points; invalid bytes are elements of their own."
  @spec codepoints(t) :: [codepoint]
  def codepoints(string) when is_binary(string), do: :beamlet_string.codepoints(string)

  @doc "The first code point and the rest, or `nil`."
  @spec next_codepoint(t) :: {codepoint, t} | nil
  def next_codepoint(string) when is_binary(string), do: :beamlet_string.next_codepoint(string)

  @doc "The graphemes."
  @spec graphemes(t) :: [grapheme]
  def graphemes(string) when is_binary(string), do: :beamlet_string.graphemes(string)

  @doc "The first grapheme and the rest, or `nil`."
  @spec next_grapheme(t) :: {grapheme, t} | nil
  def next_grapheme(string) when is_binary(string), do: :beamlet_string.next_grapheme(string)

  @doc "Gives how many bytes the first grapheme has and what follows it, or `nil`."
  @spec next_grapheme_size(t) :: {pos_integer, t} | nil
  def next_grapheme_size(string) when is_binary(string) do
    case next_grapheme(string) do
      {grapheme, rest} -> {byte_size(grapheme), rest}
      nil -> nil
    end
  end

  @doc "The first grapheme, or `nil`."
  @spec first(t) :: grapheme | nil
  def first(string) when is_binary(string) do
    case next_grapheme(string) do
      {grapheme, _rest} -> grapheme
      nil -> nil
    end
  end

  @doc "The last grapheme, or `nil`."
  @spec last(t) :: grapheme | nil
  def last(string) when is_binary(string), do: :beamlet_string.last(string)

  @doc "The number of graphemes."
  @spec length(t) :: non_neg_integer()
  def length(string) when is_binary(string), do: :beamlet_string.length(string)

  @doc "The grapheme at a position, or `nil`; a negative position counts from the end."
  @spec at(t, integer()) :: grapheme | nil
  def at(string, position) when is_binary(string) and is_integer(position) do
    position = if position < 0, do: length(string) + position, else: position

    if position >= 0 do
      case :beamlet_string.slice(string, position, 1) do
        "" -> nil
        grapheme -> grapheme
      end
    end
  end

  @doc "The graphemes in reverse order."
  @spec reverse(t) :: t
  def reverse(string) when is_binary(string), do: :beamlet_string.reverse(string)

  @doc "The string `n` times."
  @spec duplicate(t, non_neg_integer()) :: t
  def duplicate(subject, n) when is_binary(subject) and is_integer(n) do
    :binary.copy(subject, n)
  end

  @doc "The grapheme slice of a length from a start; a negative start counts from the end."
  @spec slice(t, integer(), non_neg_integer()) :: t
  def slice(string, start, length)
  def slice(_string, _start, 0), do: ""

  def slice(string, start, length)
      when is_binary(string) and is_integer(start) and is_integer(length) and length >= 0 do
    start = if start < 0, do: max(length(string) + start, 0), else: start
    :beamlet_string.slice(string, start, length)
  end

  @doc "The graphemes at the positions of a range; negative ones count from the end."
  @spec slice(t, Range.t()) :: t
  def slice(string, first..last//step = range) when is_binary(string) do
    cond do
      step > 0 ->
        slice_range(string, first, last, step)

      step == -1 and first > last ->
        IO.warn(
          "negative steps are not supported in String.slice/2, pass #{first}..#{last}//1 instead"
        )

        slice_range(string, first, last, 1)

      true ->
        raise ArgumentError,
              "String.slice/2 does not accept ranges with negative steps, got: #{inspect(range)}"
    end
  end

  def slice(string, %{__struct__: Range, first: first, last: last} = range)
      when is_binary(string) do
    slice(string, Map.put(range, :step, if(first <= last, do: 1, else: -1)))
  end

  defp slice_range(_string, first, last, _step) when first >= 0 and last >= 0 and first > last,
    do: ""

  defp slice_range(string, first, last, 1) when first >= 0 and last >= 0 do
    :beamlet_string.slice(string, first, last - first + 1)
  end

  defp slice_range(string, first, last, step) do
    size = length(string)
    first = if first < 0, do: max(first + size, 0), else: first
    last = if last < 0, do: last + size, else: last

    cond do
      first > last or first > size ->
        ""

      step == 1 ->
        :beamlet_string.slice(string, first, last - first + 1)

      true ->
        string
        |> :beamlet_string.slice(first, last - first + 1)
        |> graphemes()
        |> Enum.take_every(step)
        |> IO.iodata_to_binary()
    end
  end

  @doc """
  The longest valid string within `size_bytes` bytes from `start_bytes`: characters cut in half at either end are left
  out. A negative start counts from the end.
  """
  @doc since: "1.17.0"
  @spec byte_slice(t, integer(), non_neg_integer()) :: t
  def byte_slice(string, start_bytes, size_bytes)
      when is_binary(string) and is_integer(start_bytes) and is_integer(size_bytes) and
             size_bytes >= 0 do
    total = byte_size(string)
    start = if start_bytes < 0, do: max(total + start_bytes, 0), else: start_bytes

    if start < total do
      rest = string |> binary_part(start, total - start) |> skip_continuation()
      binary_part(rest, 0, whole_characters(rest, min(size_bytes, byte_size(rest)) - 1, 0))
    else
      ""
    end
  end

  defp skip_continuation(<<0b10::2, _::6, rest::binary>>), do: skip_continuation(rest)
  defp skip_continuation(rest), do: rest

  # Walks back over continuation bytes; `seen` of them follow the byte at `last`.
  defp whole_characters(_string, last, _seen) when last < 0, do: 0

  defp whole_characters(string, last, seen) do
    byte = :binary.at(string, last)

    cond do
      byte <= 127 or byte > 247 -> last + 1
      byte <= 191 -> whole_characters(string, last - 1, seen + 1)
      seen == following(byte) -> last + seen + 1
      true -> last
    end
  end

  defp following(byte) when byte <= 223, do: 1
  defp following(byte) when byte <= 239, do: 2
  defp following(_byte), do: 3

  ## Case and form

  @doc "Upper case. Modes: `:default`, `:ascii`, `:greek`, `:turkic`."
  @spec upcase(t, :default | :ascii | :greek | :turkic) :: t
  def upcase(string, mode \\ :default)
  def upcase("", _mode), do: ""

  def upcase(string, mode) when is_binary(string) and mode in @case_modes do
    :beamlet_string.upcase(string, mode)
  end

  @doc "Lower case. Modes: `:default`, `:ascii`, `:greek` (final sigma), `:turkic` (dotless i)."
  @spec downcase(t, :default | :ascii | :greek | :turkic) :: t
  def downcase(string, mode \\ :default)
  def downcase("", _mode), do: ""

  def downcase(string, mode) when is_binary(string) and mode in @case_modes do
    :beamlet_string.downcase(string, mode)
  end

  @doc "The first character in title case, the rest in lower case."
  @spec capitalize(t, :default | :ascii | :greek | :turkic) :: t
  def capitalize(string, mode \\ :default)

  def capitalize(string, mode) when is_binary(string) and mode in @case_modes do
    :beamlet_string.capitalize(string, mode)
  end

  # A mode that is none counts where something is to be made small.
  def capitalize(string, mode) when is_binary(string) do
    case next_grapheme(string) do
      {first, ""} -> capitalize(first)
      {_, rest} -> downcase(rest, mode)
      nil -> ""
    end
  end

  @doc "The Unicode normal form `:nfd`, `:nfc`, `:nfkd` or `:nfkc`."
  @spec normalize(t, :nfd | :nfc | :nfkd | :nfkc) :: t
  def normalize(string, form) when is_binary(string) and form in [:nfd, :nfc, :nfkd, :nfkc] do
    :beamlet_string.normalize(string, form)
  end

  ## Trimming and padding

  @doc "Removes white space at the start."
  @spec trim_leading(t) :: t
  def trim_leading(string) when is_binary(string), do: :beamlet_string.trim_leading(string)
  def trim_leading(other), do: String.Break.trim_leading(other)

  @doc "Removes all of `to_trim` at the start."
  @spec trim_leading(t, t) :: t
  def trim_leading(string, to_trim) when is_binary(string) and is_binary(to_trim) do
    replace_leading(string, to_trim, "")
  end

  @doc "Removes white space at the end."
  @spec trim_trailing(t) :: t
  def trim_trailing(string) when is_binary(string), do: :beamlet_string.trim_trailing(string)
  def trim_trailing(other), do: String.Break.trim_trailing(other)

  @doc "Removes all of `to_trim` at the end."
  @spec trim_trailing(t, t) :: t
  def trim_trailing(string, to_trim) when is_binary(string) and is_binary(to_trim) do
    replace_trailing(string, to_trim, "")
  end

  @doc "Removes white space at both ends."
  @spec trim(t) :: t
  def trim(string) when is_binary(string), do: :beamlet_string.trim(string)

  @doc "Removes all of `to_trim` at both ends."
  @spec trim(t, t) :: t
  def trim(string, to_trim) when is_binary(string) and is_binary(to_trim) do
    string |> trim_leading(to_trim) |> trim_trailing(to_trim)
  end

  @doc "Pads at the start with a string, or the strings of a list in turn, to `count` graphemes."
  @spec pad_leading(t, non_neg_integer(), t | [t]) :: t
  def pad_leading(string, count, padding \\ [" "])

  def pad_leading(string, count, padding) when is_binary(padding) do
    pad_leading(string, count, graphemes(padding))
  end

  def pad_leading(string, count, [_ | _] = padding)
      when is_binary(string) and is_integer(count) and count >= 0 do
    case padding(string, count, padding) do
      "" -> string
      filled -> filled <> string
    end
  end

  @doc "Pads at the end with a string, or the strings of a list in turn, to `count` graphemes."
  @spec pad_trailing(t, non_neg_integer(), t | [t]) :: t
  def pad_trailing(string, count, padding \\ [" "])

  def pad_trailing(string, count, padding) when is_binary(padding) do
    pad_trailing(string, count, graphemes(padding))
  end

  def pad_trailing(string, count, [_ | _] = padding)
      when is_binary(string) and is_integer(count) and count >= 0 do
    case padding(string, count, padding) do
      "" -> string
      filled -> string <> filled
    end
  end

  defp padding(string, count, padding) do
    missing = count - length(string)
    if missing > 0xFFFFFFFF, do: raise(ArgumentError)
    if missing > 0, do: cycle(padding, missing, padding, []), else: ""
  end

  defp cycle(_rest, 0, _all, acc), do: acc |> :lists.reverse() |> IO.iodata_to_binary()
  defp cycle([], missing, all, acc), do: cycle(all, missing, all, acc)

  defp cycle([item | rest], missing, all, acc) when is_binary(item) do
    cycle(rest, missing - 1, all, [item | acc])
  end

  defp cycle([item | _rest], _missing, _all, _acc) do
    raise ArgumentError, "expected a string padding element, got: #{inspect(item)}"
  end

  ## Replacing

  @doc """
  Replaces a pattern (a string, a list of strings or a regular expression) with a string or the result of a function.

  All matches are replaced, or only the first with `global: false`. In the replacement for a regular expression,
  `\\\\N` and `\\\\g{N}` stand for its groups.
  """
  @spec replace(t, pattern | Regex.t(), t | (t -> t | iodata()), keyword()) :: t
  def replace(subject, pattern, replacement, options \\ [])
      when is_binary(subject) and
             (is_binary(replacement) or is_function(replacement, 1)) and is_list(options) do
    replace_guarded(subject, pattern, replacement, options)
  end

  defp replace_guarded(subject, %{__struct__: Regex} = regex, replacement, options) do
    Regex.replace(regex, subject, replacement, options)
  end

  defp replace_guarded(subject, "", "", _options), do: subject
  defp replace_guarded(subject, [], _replacement, _options), do: subject

  defp replace_guarded(subject, "", replacement, options) when is_binary(replacement) do
    replace_between(subject, fn -> replacement end, options)
  end

  defp replace_guarded(subject, "", replacement, options) do
    replace_between(subject, fn -> replacement.("") end, options)
  end

  defp replace_guarded(subject, pattern, replacement, options) do
    {deprecated, options} = Keyword.pop(options, :insert_replaced)

    cond do
      deprecated != nil and is_binary(replacement) ->
        IO.warn(
          "String.replace/4 with :insert_replaced option is deprecated. " <>
            "Please use :binary.replace/4 instead or pass an anonymous function as replacement"
        )

        erlang_options = for {:global, true} <- [global: Keyword.get(options, :global, true)], do: :global
        :binary.replace(subject, pattern, replacement, [{:insert_replaced, deprecated} | erlang_options])

      is_binary(replacement) and not is_tuple(pattern) ->
        global = if Keyword.get(options, :global) == false, do: false, else: true
        :beamlet_string.replace(subject, pattern, replacement, global)

      true ->
        matches =
          if Keyword.get(options, :global) == false do
            case :binary.match(subject, pattern) do
              :nomatch -> []
              match -> [match]
            end
          else
            :binary.matches(subject, pattern)
          end

        IO.iodata_to_binary(replace_matches(matches, subject, replacement, 0))
    end
  end

  defp replace_between(subject, replacement, options) do
    if Keyword.get(options, :global) == false do
      IO.iodata_to_binary([replacement.() | subject])
    else
      pieces = for grapheme <- graphemes(subject), do: [grapheme | replacement.()]
      IO.iodata_to_binary([replacement.() | pieces])
    end
  end

  defp replace_matches([], subject, _replacement, from) do
    binary_part(subject, from, byte_size(subject) - from)
  end

  defp replace_matches([{start, size} | rest], subject, replacement, from) do
    inserted =
      if is_binary(replacement),
        do: replacement,
        else: replacement.(binary_part(subject, start, size))

    [
      binary_part(subject, from, start - from),
      inserted | replace_matches(rest, subject, replacement, start + size)
    ]
  end

  @doc "Replaces every occurrence of `match` at the start."
  @spec replace_leading(t, t, t) :: t
  def replace_leading(string, match, replacement)
      when is_binary(string) and is_binary(match) and is_binary(replacement) do
    nonempty!(match)
    count = leading(string, match, byte_size(match), 0)
    from = count * byte_size(match)
    rest = binary_part(string, from, byte_size(string) - from)
    if count == 0, do: string, else: duplicate(replacement, count) <> rest
  end

  defp leading(string, match, size, count) do
    at = count * size

    if at + size <= byte_size(string) and binary_part(string, at, size) == match,
      do: leading(string, match, size, count + 1),
      else: count
  end

  @doc "Replaces every occurrence of `match` at the end."
  @spec replace_trailing(t, t, t) :: t
  def replace_trailing(string, match, replacement)
      when is_binary(string) and is_binary(match) and is_binary(replacement) do
    nonempty!(match)
    count = trailing(string, match, byte_size(match), 0)
    rest = binary_part(string, 0, byte_size(string) - count * byte_size(match))
    if count == 0, do: string, else: rest <> duplicate(replacement, count)
  end

  defp trailing(string, match, size, count) do
    at = byte_size(string) - (count + 1) * size

    if at >= 0 and binary_part(string, at, size) == match,
      do: trailing(string, match, size, count + 1),
      else: count
  end

  defp nonempty!(""), do: raise(ArgumentError, "cannot use an empty string as the match to replace")
  defp nonempty!(_match), do: :ok

  @doc "Replaces `match` at the start, once, if it is there."
  @spec replace_prefix(t, t, t) :: t
  def replace_prefix(string, match, replacement)
      when is_binary(string) and is_binary(match) and is_binary(replacement) do
    size = byte_size(match)

    if :beamlet_string.starts_with?(string, match),
      do: replacement <> binary_part(string, size, byte_size(string) - size),
      else: string
  end

  @doc "Replaces `match` at the end, once, if it is there."
  @spec replace_suffix(t, t, t) :: t
  def replace_suffix(string, match, replacement)
      when is_binary(string) and is_binary(match) and is_binary(replacement) do
    if :beamlet_string.ends_with?(string, match),
      do: binary_part(string, 0, byte_size(string) - byte_size(match)) <> replacement,
      else: string
  end

  ## Conversion

  @doc "The code points as integers."
  @spec to_charlist(t) :: charlist()
  def to_charlist(string) when is_binary(string) do
    case :beamlet_string.to_charlist(string) do
      nil ->
        {kind, encoded, rest} = :unicode.characters_to_list(string)
        kind = if kind == :error, do: :invalid, else: kind
        raise UnicodeConversionError, encoded: encoded, rest: rest, kind: kind

      charlist ->
        charlist
    end
  end

  @doc "The atom of this name. Atoms are never collected: not for untrusted input."
  @spec to_atom(t) :: atom()
  def to_atom(string) when is_binary(string), do: :erlang.binary_to_atom(string, :utf8)

  @doc "The atom of this name if it exists."
  @spec to_existing_atom(t) :: atom()
  def to_existing_atom(string) when is_binary(string) do
    :erlang.binary_to_existing_atom(string, :utf8)
  end

  @doc "The integer that the string shows in base 10."
  @spec to_integer(t) :: integer()
  def to_integer(string) when is_binary(string), do: :erlang.binary_to_integer(string)

  @doc "The integer that the string shows in a base from 2 to 36."
  @spec to_integer(t, 2..36) :: integer()
  def to_integer(string, base) when is_binary(string) and is_integer(base) do
    :erlang.binary_to_integer(string, base)
  end

  @doc "The float that the string shows; it must have a decimal point."
  @spec to_float(t) :: float()
  def to_float(string) when is_binary(string), do: :erlang.binary_to_float(string)

  ## Distances

  @doc "How similar two strings are as bags of graphemes, from 0.0 to 1.0."
  @doc since: "1.8.0"
  @spec bag_distance(t, t) :: float()
  def bag_distance(_string, ""), do: 0.0
  def bag_distance("", _string), do: 0.0

  def bag_distance(string1, string2) when is_binary(string1) and is_binary(string2) do
    graphemes1 = graphemes(string1)
    graphemes2 = graphemes(string2)
    longest = max(Kernel.length(graphemes1), Kernel.length(graphemes2))
    missing = Kernel.length(graphemes1 -- graphemes2)
    added = Kernel.length(graphemes2 -- graphemes1)
    1 - max(missing, added) / longest
  end

  @doc "The Jaro similarity of two strings, from 0.0 (nothing in common) to 1.0 (equal)."
  @spec jaro_distance(t, t) :: float()
  def jaro_distance(string1, string2)
  def jaro_distance(string, string) when is_binary(string), do: 1.0
  def jaro_distance(_string, ""), do: 0.0
  def jaro_distance("", _string), do: 0.0

  def jaro_distance(string1, string2) when is_binary(string1) and is_binary(string2) do
    check_text!(string1)
    check_text!(string2)
    :beamlet_string.jaro(string1, string2)
  end

  defp check_text!(string) do
    with {_invalid, _valid, rest} <- :unicode.characters_to_binary(string),
         do: :erlang.error({:badarg, rest})
  end

  @doc "The edits, `:eq`, `:ins` and `:del`, that turn one string into the other."
  @doc since: "1.3.0"
  @spec myers_difference(t, t) :: [{:eq | :ins | :del, t}]
  def myers_difference(string1, string2) when is_binary(string1) and is_binary(string2) do
    graphemes(string1)
    |> List.myers_difference(graphemes(string2))
    |> Enum.map(fn {kind, graphemes} -> {kind, IO.iodata_to_binary(graphemes)} end)
  end

  ## Deprecated

  @doc false
  @deprecated "Use String.trim_trailing/1 instead"
  def rstrip(string), do: trim_trailing(string)

  @doc false
  @deprecated "Use String.trim_trailing/2 with a binary as second argument instead"
  def rstrip(string, char) when is_integer(char), do: replace_trailing(string, <<char::utf8>>, "")

  @doc false
  @deprecated "Use String.trim_leading/1 instead"
  def lstrip(string), do: trim_leading(string)

  @doc false
  @deprecated "Use String.trim_leading/2 with a binary as second argument instead"
  def lstrip(string, char) when is_integer(char), do: replace_leading(string, <<char::utf8>>, "")

  @doc false
  @deprecated "Use String.trim/1 instead"
  def strip(string), do: trim(string)

  @doc false
  @deprecated "Use String.trim/2 with a binary second argument instead"
  def strip(string, char), do: trim(string, <<char::utf8>>)

  @doc false
  @deprecated "Use String.pad_leading/2 instead"
  def rjust(subject, length), do: rjust(subject, length, ?\s)

  @doc false
  @deprecated "Use String.pad_leading/3 with a binary padding instead"
  def rjust(subject, length, pad) when is_integer(pad) and is_integer(length) and length >= 0,
    do: pad_leading(subject, length, <<pad::utf8>>)

  @doc false
  @deprecated "Use String.pad_trailing/2 instead"
  def ljust(subject, length), do: ljust(subject, length, ?\s)

  @doc false
  @deprecated "Use String.pad_trailing/3 with a binary padding instead"
  def ljust(subject, length, pad) when is_integer(pad) and is_integer(length) and length >= 0,
    do: pad_trailing(subject, length, <<pad::utf8>>)

  @doc false
  @deprecated "Use String.to_charlist/1 instead"
  @spec to_char_list(t()) :: charlist()
  def to_char_list(string), do: String.to_charlist(string)

  @doc false
  @deprecated "Use String.valid?/1 instead"
  def valid_character?(string) do
    case string do
      <<_::utf8>> -> valid?(string)
      _ -> false
    end
  end
end
