defmodule Regex do
  @moduledoc """
  Regular expressions, written with the sigil `~r`.

      iex> Regex.run(~r/(\\d+)-(\\d+)/, "10-20")
      ["10-20", "10", "20"]

  Modifiers: `i` ignores case, `m` lets `^` and `$` match at lines, `s` lets the dot match line breaks, `u` matches
  Unicode characters, `x` allows blanks and comments, `U` makes quantifiers lazy, `f` matches in the first line only.
  """

  defstruct re_pattern: nil, source: "", opts: [], re_version: ""

  @type t :: %__MODULE__{re_pattern: term(), source: binary(), opts: binary() | [term()]}

  defmodule CompileError do
    @moduledoc "Raised when a regular expression cannot be compiled."
    defexception message: "regex could not be compiled"
  end

  ## Compiling

  @doc "Compiles a source with modifiers, a string or a list of options of Erlang's `:re`."
  @spec compile(binary(), binary() | [term()]) :: {:ok, t} | {:error, term()}
  def compile(source, opts \\ "")

  def compile(source, opts) when is_binary(source), do: compile(source, opts, version())

  defp compile(source, opts, version) when is_binary(opts) do
    case options(opts, []) do
      {:error, rest} -> {:error, {:invalid_option, rest}}
      options -> compile(source, options, version)
    end
  end

  defp compile(source, opts, version) when is_list(opts) do
    case :re.compile(source, opts) do
      {:ok, pattern} ->
        {:ok, %Regex{re_pattern: pattern, re_version: version, source: source, opts: opts}}

      error ->
        error
    end
  end

  defp options(modifiers, acc) do
    case modifiers do
      "" ->
        acc

      "s" <> rest ->
        options(rest, [:dotall, {:newline, :anycrlf} | acc])

      "u" <> rest ->
        options(rest, [:unicode, :ucp | acc])

      "i" <> rest ->
        options(rest, [:caseless | acc])

      "x" <> rest ->
        options(rest, [:extended | acc])

      "f" <> rest ->
        options(rest, [:firstline | acc])

      "U" <> rest ->
        options(rest, [:ungreedy | acc])

      "m" <> rest ->
        options(rest, [:multiline | acc])

      "r" <> rest ->
        IO.warn("the /r modifier in regular expressions is deprecated, please use /U instead")
        options(rest, [:ungreedy | acc])

      rest ->
        {:error, rest}
    end
  end

  @doc "Compiles like `compile/2`, or raises a `Regex.CompileError`."
  @spec compile!(binary(), binary() | [term()]) :: t
  def compile!(source, options \\ "") when is_binary(source) do
    compiled!(compile(source, options))
  end

  defp compiled!({:ok, regex}), do: regex

  defp compiled!({:error, {reason, at}}) do
    raise Regex.CompileError, "#{reason} at position #{at}"
  end

  @doc "Compiles again what another version of the engine has compiled."
  @doc since: "1.4.0"
  @spec recompile(t) :: {:ok, t} | {:error, term()}
  def recompile(%Regex{} = regex) do
    if regex.re_version == version(),
      do: {:ok, regex},
      else: compile(regex.source, regex.opts)
  end

  @doc "Like `recompile/1`, or raises a `Regex.CompileError`."
  @doc since: "1.4.0"
  @spec recompile!(t) :: t
  def recompile!(regex), do: compiled!(recompile(regex))

  @doc "The version of the engine and the byte order."
  @doc since: "1.4.0"
  @spec version() :: term()
  def version, do: {"8.44 2020-02-12", :little}

  @doc false
  @deprecated "Use Kernel.is_struct(term, Regex) or pattern match on %Regex{} instead"
  def regex?(%Regex{}), do: true
  def regex?(_), do: false

  @doc "The compiled pattern, for functions of `:re`."
  @spec re_pattern(t) :: term()
  def re_pattern(%Regex{re_pattern: pattern}), do: pattern

  @doc "The source as a string."
  @spec source(t) :: String.t()
  def source(%Regex{source: source}), do: source

  @doc "The options as a list."
  @spec opts(t) :: [term()]
  def opts(%Regex{opts: opts}), do: opts

  @doc "The names of the named groups, sorted."
  @spec names(t) :: [String.t()]
  def names(%Regex{} = regex) do
    {:namelist, names} = :re.inspect(pattern(regex), :namelist)
    names
  end

  # A struct that was built by hand, or elsewhere, holds no pattern of this engine.
  defp pattern(%Regex{re_pattern: nil, source: source, opts: opts}) do
    {:ok, pattern} = :re.compile(source, opts)
    pattern
  end

  defp pattern(%Regex{re_pattern: pattern}), do: pattern

  ## Matching

  @doc "Whether the string matches."
  @spec match?(t, String.t()) :: boolean()
  def match?(%Regex{} = regex, string) when is_binary(string) do
    :re.run(string, pattern(regex), [{:capture, :none}]) == :match
  end

  @doc """
  The first match and its groups, or `nil`.

  Options: `:return` is `:binary` (default) or `:index`; `:capture` says what to return: `:all`, `:first`,
  `:all_but_first`, `:none`, `:all_names` or a list of numbers and names; `:offset` is the byte to start at.
  """
  @spec run(t, binary(), [term()]) :: nil | [binary()] | [{integer(), integer()}]
  def run(regex, string, options \\ [])

  def run(%Regex{} = regex, string, options) when is_binary(string) do
    case :re.run(string, pattern(regex), run_options(options)) do
      {:match, captures} -> captures
      :match -> []
      :nomatch -> nil
    end
  end

  defp run_options(options) do
    return = Keyword.get(options, :return, :binary)
    captures = Keyword.get(options, :capture, :all)
    [{:capture, captures, return}, {:offset, Keyword.get(options, :offset, 0)}]
  end

  @doc "The named groups of the first match as a map, or `nil`."
  @spec named_captures(t, String.t(), [term()]) :: map() | nil
  def named_captures(regex, string, options \\ []) when is_binary(string) do
    names = names(regex)

    case run(regex, string, Keyword.put(options, :capture, names)) do
      nil -> nil
      captures -> Map.new(Enum.zip(names, captures))
    end
  end

  @doc "All matches and their groups. Takes the options of `run/3`."
  @spec scan(t, String.t(), [term()]) :: [[String.t()]] | [[{integer(), integer()}]]
  def scan(regex, string, options \\ [])

  def scan(%Regex{} = regex, string, options) when is_binary(string) do
    case :re.run(string, pattern(regex), [:global | run_options(options)]) do
      {:match, matches} -> matches
      _ -> []
    end
  end

  @doc """
  Splits at the matches.

  Options: `:parts` is the most parts to make, `:trim` leaves empty ones out, `:include_captures` keeps the matches
  between the parts, `:on` says which groups to split at (`:first` means the whole match).
  """
  @spec split(t, String.t(), [term()]) :: [String.t()]
  def split(regex, string, options \\ [])

  def split(%Regex{}, "", opts) do
    if Keyword.get(opts, :trim, false), do: [], else: [""]
  end

  def split(%Regex{} = regex, string, opts) when is_binary(string) and is_list(opts) do
    on = Keyword.get(opts, :on, :first)

    case :re.run(string, pattern(regex), [:global, {:capture, on}]) do
      {:match, matches} ->
        parts = Keyword.get(opts, :parts, :infinity)
        trim? = Keyword.get(opts, :trim, false)
        keep? = Keyword.get(opts, :include_captures, false)
        split_at(Enum.concat(matches), string, 0, parts_to_index(parts), trim?, keep?)

      _ ->
        [string]
    end
  end

  # Zero, from which counting down never gives one, means any number.
  defp parts_to_index(:infinity), do: 0
  defp parts_to_index(count) when is_integer(count) and count > 0, do: count

  defp split_at(_spans, string, from, _count, true, _keep?) when byte_size(string) <= from, do: []
  defp split_at(_spans, string, from, 1, _trim?, _keep?), do: [rest(string, from)]
  defp split_at([], string, from, _count, _trim?, _keep?), do: [rest(string, from)]

  defp split_at([{start, size} | spans], string, from, count, trim?, keep?) do
    cond do
      # A group that took no part, or lies in one that was split at already.
      start < from ->
        split_at(spans, string, from, count, trim?, keep?)

      start == from and trim? and keep? ->
        match = binary_part(string, start, size)
        [match | split_at(spans, string, start + size, count - 1, trim?, keep?)]

      start == from and trim? ->
        split_at(spans, string, start + size, count, trim?, keep?)

      keep? ->
        part = binary_part(string, from, start - from)
        match = binary_part(string, start, size)
        [part, match | split_at(spans, string, start + size, count - 1, trim?, keep?)]

      true ->
        part = binary_part(string, from, start - from)
        [part | split_at(spans, string, start + size, count - 1, trim?, keep?)]
    end
  end

  defp rest(string, from), do: binary_part(string, from, byte_size(string) - from)

  ## Replacing

  @doc """
  Replaces the matches, or only the first with `global: false`.

  In a replacement string `\\\\N` and `\\\\g{N}` stand for group N, `\\\\0` for the match, `\\\\\\\\` for a backslash. A
  replacement function gets the match and as many groups as it has further parameters.
  """
  @spec replace(t, String.t(), String.t() | (... -> String.t()), [term()]) :: String.t()
  def replace(%Regex{} = regex, string, replacement, options \\ [])
      when is_binary(string) and is_list(options) do
    global = if Keyword.get(options, :global) != false, do: [:global], else: []

    case :re.run(string, pattern(regex), [{:capture, :all, :index} | global]) do
      :nomatch ->
        string

      {:match, spans} ->
        matches = if global == [], do: [spans], else: spans
        template = precompile_replacement(replacement)
        IO.iodata_to_binary(replace_spans(matches, string, 0, template))
    end
  end

  defp replace_spans([], string, from, _template), do: rest(string, from)

  defp replace_spans([[{start, size} | _] = spans | matches], string, from, template) do
    [
      binary_part(string, from, start - from),
      fill(template, string, spans) | replace_spans(matches, string, start + size, template)
    ]
  end

  defp fill(text, _string, _spans) when is_binary(text), do: text

  defp fill({fun, arity}, string, spans) do
    apply(fun, for(index <- 0..(arity - 1)//1, do: group(string, spans, index)))
  end

  defp fill(parts, string, spans) do
    for part <- parts do
      if is_integer(part), do: group(string, spans, part), else: part
    end
  end

  defp group(string, spans, index) do
    case Enum.at(spans, index) do
      {start, size} when start >= 0 -> binary_part(string, start, size)
      _ -> ""
    end
  end

  # A string without references, a list of texts and group numbers, or a function with its arity.
  defp precompile_replacement(fun) when is_function(fun) do
    {:arity, arity} = Function.info(fun, :arity)
    {fun, arity}
  end

  defp precompile_replacement(text) when is_binary(text) do
    if String.contains?(text, "\\"), do: references(text), else: text
  end

  defp references(<<>>), do: []

  defp references(<<"\\g{", rest::binary>>) when byte_size(rest) > 0 do
    {number, <<?}, rest::binary>>} = digits(rest, [])
    [List.to_integer(number) | references(rest)]
  end

  defp references(<<"\\\\", rest::binary>>), do: ["\\" | references(rest)]

  defp references(<<?\\, digit, _::binary>> = text) when digit in ?0..?9 do
    <<?\\, rest::binary>> = text
    {number, rest} = digits(rest, [])
    [List.to_integer(number) | references(rest)]
  end

  defp references(<<byte, rest::binary>>), do: [<<byte>> | references(rest)]

  defp digits(<<digit, rest::binary>>, acc) when digit in ?0..?9, do: digits(rest, [digit | acc])
  defp digits(rest, acc), do: {:lists.reverse(acc), rest}

  @doc "Escapes what has a meaning in regular expressions."
  @spec escape(String.t()) :: String.t()
  def escape(string) when is_binary(string) do
    for <<byte <- string>>, into: "" do
      if byte in ~c".^$*+?()[]{}|#-\\\t\n\v\f\r\s", do: <<?\\, byte>>, else: <<byte>>
    end
  end
end
