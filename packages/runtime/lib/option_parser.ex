defmodule OptionParser do
  @moduledoc """
  Options of command lines.

      iex> OptionParser.parse(["--count", "3", "-v", "file"], strict: [count: :integer, verbose: :boolean], aliases: [v: :verbose])
      {[count: 3, verbose: true], ["file"], []}

  Options of parsing:

    * `:strict` - the switches and their types; any other is an error
    * `:switches` - the switches and their types; others are guessed
    * `:aliases` - short names of switches
    * `:allow_nonexistent_atoms` - whether unknown switches may make new atoms
    * `:return_separator` - whether `--` is kept among the arguments

  Types are `:boolean`, `:count`, `:integer`, `:float` and `:string`; with `:keep` a switch may be given several times.
  """

  @type argv :: [String.t()]
  @type parsed :: keyword()
  @type errors :: [{String.t(), String.t() | nil}]
  @type options :: [
          switches: keyword(),
          strict: keyword(),
          aliases: keyword(),
          allow_nonexistent_atoms: boolean(),
          return_separator: boolean()
        ]

  defmodule ParseError do
    @moduledoc "Raised by the functions that end in `!`."
    defexception [:message]
  end

  ## Parsing

  @doc "Parses options anywhere among the arguments: `{options, arguments, errors}`."
  @spec parse(argv, options) :: {parsed, argv, errors}
  def parse(argv, opts \\ []) when is_list(argv) and is_list(opts) do
    walk(argv, config(opts), [], [], [], true)
  end

  @doc "Like `parse/2`, but raises on errors."
  @spec parse!(argv, options) :: {parsed, argv}
  def parse!(argv, opts \\ []) when is_list(argv) and is_list(opts) do
    argv |> parse(opts) |> without_errors!(opts)
  end

  @doc "Parses options up to the first argument."
  @spec parse_head(argv, options) :: {parsed, argv, errors}
  def parse_head(argv, opts \\ []) when is_list(argv) and is_list(opts) do
    walk(argv, config(opts), [], [], [], false)
  end

  @doc "Like `parse_head/2`, but raises on errors."
  @spec parse_head!(argv, options) :: {parsed, argv}
  def parse_head!(argv, opts \\ []) when is_list(argv) and is_list(opts) do
    argv |> parse_head(opts) |> without_errors!(opts)
  end

  defp without_errors!({parsed, args, []}, _opts), do: {parsed, args}
  defp without_errors!({_, _, errors}, opts), do: raise(ParseError, error_report(errors, opts))

  defp walk([], _config, parsed, args, invalid, _all?) do
    {Enum.reverse(parsed), Enum.reverse(args), Enum.reverse(invalid)}
  end

  defp walk(argv, config, parsed, args, invalid, all?) do
    case next_option(argv, config) do
      {:ok, option, value, rest} ->
        kinds = List.wrap(Keyword.get(config.switches, option))
        walk(rest, config, store(parsed, option, value, kinds), args, invalid, all?)

      {:invalid, option, value, rest} ->
        walk(rest, config, parsed, args, [{option, value} | invalid], all?)

      {:undefined, option, _value, rest} ->
        invalid = if config.strict?, do: [{option, nil} | invalid], else: invalid
        walk(rest, config, parsed, args, invalid, all?)

      {:error, ["--" | rest] = remaining} ->
        remaining = if config.return_separator?, do: remaining, else: rest
        {Enum.reverse(parsed), Enum.reverse(args, remaining), Enum.reverse(invalid)}

      {:error, [arg | rest]} when all? ->
        walk(rest, config, parsed, [arg | args], invalid, all?)

      {:error, [_ | _] = remaining} ->
        {Enum.reverse(parsed), Enum.reverse(args, remaining), Enum.reverse(invalid)}
    end
  end

  defp store(parsed, option, value, kinds) do
    cond do
      :count in kinds -> Keyword.update(parsed, option, value, &(&1 + 1))
      :keep in kinds -> [{option, value} | parsed]
      true -> [{option, value} | Keyword.delete(parsed, option)]
    end
  end

  @doc """
  Parses one option at the head of the arguments.

  Returns `{:ok, key, value, rest}`, `{:invalid, name, value, rest}`, `{:undefined, name, value, rest}`, or
  `{:error, rest}` if there is none.
  """
  @spec next(argv, options) ::
          {:ok, atom(), term(), argv}
          | {:invalid, String.t(), String.t() | nil, argv}
          | {:undefined, String.t(), String.t() | nil, argv}
          | {:error, argv}
  def next(argv, opts \\ []) when is_list(argv) and is_list(opts) do
    next_option(argv, config(opts))
  end

  defp next_option(["--" | _] = argv, _config), do: {:error, argv}
  defp next_option(["-" | _] = argv, _config), do: {:error, argv}
  defp next_option(["- " <> _ | _] = argv, _config), do: {:error, argv}

  defp next_option(["--" <> option | rest], config) do
    {option, value} = at_equals(option)

    if String.contains?(option, "_") do
      {:undefined, "--" <> option, value, rest}
    else
      option |> long_option(config) |> with_value(value, "--" <> option, rest, config)
    end
  end

  defp next_option(["-" <> option | rest] = argv, config) do
    {option, value} = at_equals(option)
    original = "-" <> option

    cond do
      value == nil and number?(option) ->
        {:error, argv}

      String.contains?(option, ["-", "_"]) ->
        {:undefined, original, value, rest}

      String.length(option) == 1 ->
        option |> short_option(config) |> with_value(value, original, rest, config)

      true ->
        key = key(option, config)

        case key && config.aliases[key] do
          none when none in [nil, false] ->
            next_option(one_letter_options(option, value) ++ rest, config)

          switch ->
            IO.warn("multi-letter aliases are deprecated, got: #{inspect(key)}")
            with_value({:default, switch}, value, original, rest, config)
        end
    end
  end

  defp next_option(argv, _config), do: {:error, argv}

  defp with_value(:unknown, value, original, rest, _config) do
    {value, _kinds, rest} = take_value(value, [], rest)
    {:undefined, original, value, rest}
  end

  defp with_value({tag, option}, value, original, rest, %{switches: switches} = config) do
    if config.strict? and not Keyword.has_key?(switches, option) do
      {:undefined, original, value, rest}
    else
      kinds = List.wrap(switches[option])

      {kinds, value} =
        case {tag, value} do
          {:default, value} -> {kinds, value}
          {:negated, nil} -> {kinds, false}
          {:negated, value} -> {[:invalid], value}
        end

      {value, kinds, rest} = take_value(value, kinds, rest)

      case convert(value, kinds) do
        {:ok, converted} -> {:ok, option, converted, rest}
        :invalid -> {:invalid, original, value, rest}
      end
    end
  end

  defp take_value(nil, kinds, rest) do
    cond do
      :boolean in kinds -> {true, kinds, rest}
      :count in kinds -> {nil, kinds, rest}
      value_next?(rest) -> {hd(rest), kinds, tl(rest)}
      kinds == [] -> {true, kinds, rest}
      true -> {nil, [:invalid], rest}
    end
  end

  defp take_value(value, kinds, rest), do: {value, kinds, rest}

  defp value_next?(["-" | _]), do: true
  defp value_next?(["- " <> _ | _]), do: true
  defp value_next?(["-" <> arg | _]), do: number?(arg)
  defp value_next?(rest), do: rest != []

  defp convert(value, kinds) do
    cond do
      :invalid in kinds -> :invalid
      :boolean in kinds -> boolean(value)
      :count in kinds -> if value == nil, do: {:ok, 1}, else: :invalid
      :integer in kinds -> whole(Integer.parse(value))
      :float in kinds -> whole(Float.parse(value))
      true -> {:ok, value}
    end
  end

  defp boolean(value) when value in [true, "true"], do: {:ok, true}
  defp boolean(value) when value in [false, "false"], do: {:ok, false}
  defp boolean(_value), do: :invalid

  defp whole({number, ""}), do: {:ok, number}
  defp whole(_other), do: :invalid

  ## Names

  defp at_equals(option) do
    case :binary.split(option, "=") do
      [option] -> {option, nil}
      [option, value] -> {option, value}
    end
  end

  defp long_option("no-" <> positive = option, config) do
    negated = key(positive, config)

    if negated && :boolean in List.wrap(config.switches[negated]),
      do: {:negated, negated},
      else: default_option(key(option, config))
  end

  defp long_option(option, config), do: default_option(key(option, config))

  defp default_option(nil), do: :unknown
  defp default_option(key), do: {:default, key}

  defp short_option(letter, config) do
    default_option(config.aliases[atom(letter, config)] || nil)
  end

  # -abc=1 means -a -b -c=1, and -n2 means -n=2.
  defp one_letter_options(option, value) do
    {letters, number} = option |> String.to_charlist() |> Enum.split_while(&(&1 not in ?0..?9))
    letters = letters |> List.to_string() |> String.graphemes() |> Enum.map(&("-" <> &1))
    {last, before} = List.pop_at(letters, -1)
    number = if number == [], do: "", else: "=#{number}"
    value = if value, do: "=#{value}", else: ""
    before ++ [last <> number <> value]
  end

  defp key(option, config), do: option |> String.replace("-", "_") |> atom(config)

  defp atom(name, %{allow_nonexistent_atoms?: true}), do: String.to_atom(name)

  defp atom(name, _config) do
    String.to_existing_atom(name)
  rescue
    ArgumentError -> nil
  end

  defp number?(<<char, _::binary>>), do: char in ?0..?9
  defp number?(_option), do: false

  ## Configuration

  defp config(opts) do
    {switches, strict?} =
      cond do
        opts[:switches] && opts[:strict] ->
          raise ArgumentError, ":switches and :strict cannot be given together"

        switches = opts[:switches] ->
          {validated(switches), false}

        strict = opts[:strict] ->
          {validated(strict), true}

        true ->
          IO.warn("not passing the :switches or :strict option to OptionParser is deprecated")
          {[], false}
      end

    %{
      aliases: opts[:aliases] || [],
      allow_nonexistent_atoms?: opts[:allow_nonexistent_atoms] || false,
      return_separator?: opts[:return_separator] || false,
      strict?: strict?,
      switches: switches
    }
  end

  defp validated(switches) do
    Enum.each(switches, &validate_switch/1)
    switches
  end

  defp validate_switch({_name, kinds}) do
    invalid = List.wrap(kinds) -- [:boolean, :count, :integer, :float, :string, :keep]

    if invalid != [] do
      raise ArgumentError,
            "invalid switch types/modifiers: " <> Enum.map_join(invalid, ", ", &inspect/1)
    end
  end

  ## Errors

  defp error_report(errors, opts) do
    types = opts[:switches] || opts[:strict]
    count = length(errors)
    noun = if count == 1, do: "error", else: "errors"
    "#{count} #{noun} found!\n" <> Enum.map_join(errors, "\n", &error_line(&1, opts, types))
  end

  defp error_line({option, nil}, opts, types) do
    case type(option, opts, types) do
      nil -> unknown(option, types)
      type -> missing(option, type)
    end
  end

  defp error_line({option, value}, opts, types) do
    key = option |> String.trim_leading("-") |> key(config(opts))
    type = types[opts[:aliases][key] || key]
    "#{option} : Expected type #{type}, got #{inspect(value)}"
  end

  defp missing(option, type) do
    if String.contains?(option, "_"),
      do: "#{option} : Unknown option. Did you mean #{String.replace(option, "_", "-")}?",
      else: "#{option} : Missing argument of type #{type}"
  end

  defp unknown(option, types) do
    message = "#{option} : Unknown option"
    name = String.trim_leading(option, "-") |> String.replace("-", "_")

    {score, similar} =
      Enum.reduce(types, {0, nil}, fn {switch, _kinds}, {best, _} = acc ->
        switch = Atom.to_string(switch)
        score = String.jaro_distance(name, switch)
        if score < best, do: acc, else: {score, switch}
      end)

    if score > 0.8,
      do: message <> ". Did you mean --#{String.replace(similar, "_", "-")}?",
      else: message
  end

  defp type(option, opts, types) do
    key = option |> String.trim_leading("-") |> key(config(opts))
    kinds = types[opts[:aliases][key] || key]
    if is_list(kinds), do: Enum.find(kinds, :string, &(&1 != :keep)), else: kinds
  end

  ## Arguments

  @doc "Turns parsed options into arguments again."
  @spec to_argv(Enumerable.t(), options) :: argv
  def to_argv(enum, options \\ []) do
    switches = Keyword.get(options, :switches, [])

    Enum.flat_map(enum, fn
      {_key, nil} -> []
      {key, true} -> [switch("--", key)]
      {key, false} -> [switch("--no-", key)]
      {key, value} -> counted_or_given(key, value, switches)
    end)
  end

  defp counted_or_given(key, value, switches) do
    if switches[key] == :count,
      do: List.duplicate(switch("--", key), value),
      else: [switch("--", key), to_string(value)]
  end

  defp switch(prefix, key) when is_atom(key) do
    prefix <> String.replace(Atom.to_string(key), "_", "-")
  end

  @doc "Splits a command line at blanks, with quotes and backslashes as in a shell."
  @spec split(String.t()) :: argv
  def split(string) when is_binary(string) do
    split(String.trim_leading(string, " "), "", [], nil)
  end

  defp split(<<?\\, quote, rest::binary>>, buffer, acc, quote) do
    split(rest, <<buffer::binary, quote>>, acc, quote)
  end

  defp split(<<quote, rest::binary>>, buffer, acc, nil) when quote in [?", ?'] do
    split(rest, buffer, acc, quote)
  end

  defp split(<<quote, rest::binary>>, buffer, acc, quote), do: split(rest, buffer, acc, nil)

  defp split(<<?\\, char, rest::binary>>, buffer, acc, nil) when char in [?\s, ?', ?"] do
    split(rest, <<buffer::binary, char>>, acc, nil)
  end

  defp split(<<?\s, rest::binary>>, buffer, acc, nil) do
    split(String.trim_leading(rest, " "), "", [buffer | acc], nil)
  end

  defp split(<<char, rest::binary>>, buffer, acc, quote) do
    split(rest, <<buffer::binary, char>>, acc, quote)
  end

  defp split(<<>>, "", acc, nil), do: Enum.reverse(acc)
  defp split(<<>>, buffer, acc, nil), do: Enum.reverse([buffer | acc])

  defp split(<<>>, _buffer, _acc, quote) do
    raise "argv string did not terminate properly, a #{<<quote>>} was opened but never closed"
  end
end
