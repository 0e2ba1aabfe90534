defmodule Logger.Formatter do
  @moduledoc ~S"""
  Makes lines of log events.

  A format is a text with `$time`, `$date`, `$level`, `$message`, `$metadata` and `$node` in it; the default is
  `"\n$time $metadata[$level] $message\n"`. It may also be `{module, function}`, which is called with the level, the
  message, the time and the metadata.

      iex> pattern = Logger.Formatter.compile("[$level] $message")
      iex> time = {{2024, 2, 3}, {12, 30, 15, 7}}
      iex> Logger.Formatter.format(pattern, :info, "ready", time, []) |> IO.chardata_to_string()
      "[info] ready"
  """

  @type time_ms :: {0..23, 0..59, 0..59, 0..999}
  @type date :: {1970..10000, 1..12, 1..31}
  @type date_time_ms :: {date, time_ms}
  @type pattern :: :date | :level | :levelpad | :message | :metadata | :node | :time

  @default_pattern "\n$time $metadata[$level] $message\n"
  @placeholders [:time, :date, :message, :level, :node, :metadata, :levelpad]
  @replacement "�"

  defstruct [:template, :truncate, :metadata, :colors, :utc_log?]

  @doc """
  Makes a formatter for handlers.

  Options: `:format`, `:metadata` (the keys to show, or `:all`), `:colors`, `:truncate` (bytes of a message) and `:utc_log`.
  """
  @spec new(keyword) :: {module, struct}
  def new(options \\ []) do
    {__MODULE__,
     %__MODULE__{
       template: compile(options[:format]),
       truncate: options[:truncate] || Application.fetch_env!(:logger, :truncate),
       metadata: options[:metadata] || [],
       colors: colors(options[:colors] || []),
       utc_log?: Keyword.get_lazy(options, :utc_log, fn -> Application.fetch_env!(:logger, :utc_log) end)
     }}
  end

  defp colors(given) do
    error = Keyword.get(given, :error, :red)
    info = Keyword.get(given, :info, :normal)

    %{
      emergency: error,
      alert: error,
      critical: error,
      error: error,
      warning: given[:warning] || given[:warn] || :yellow,
      notice: info,
      info: info,
      debug: Keyword.get(given, :debug, :cyan),
      enabled: Keyword.get_lazy(given, :enabled, &IO.ANSI.enabled?/0)
    }
  end

  @doc false
  def format(%{level: level, meta: meta} = event, %__MODULE__{} = config) do
    time =
      case meta do
        %{time: time} when is_integer(time) and time >= 0 -> time
        _ -> :os.system_time(:microsecond)
      end

    config.template
    |> format(
      level,
      format_event(event, config.truncate),
      system_time_to_date_time_ms(time, config.utc_log?),
      chosen(config.metadata, meta)
    )
    |> colored(level, config.colors, meta)
  end

  def format(_event, _config) do
    raise "invalid configuration for Logger.Formatter. " <>
            "Use Logger.Formatter.new/1 to define a formatter"
  end

  defp chosen(:all, meta), do: Map.to_list(meta)
  defp chosen(keys, meta), do: for(key <- keys, value = value(key, meta), do: {key, value})

  defp value(:module, %{mfa: {module, _, _}}), do: module

  defp value(:function, %{mfa: {_, function, arity}}) do
    [Atom.to_string(function), "/", Integer.to_string(arity)]
  end

  defp value(key, meta), do: meta[key]

  defp colored(text, _level, %{enabled: false}, _meta), do: text

  defp colored(text, level, colors, meta) do
    color = meta[:ansi_color] || Map.fetch!(colors, level)
    [IO.ANSI.format_fragment(color, true), text | IO.ANSI.reset()]
  end

  @doc "The message of an event, cut to so many bytes."
  @doc since: "1.18.0"
  def format_event(log_event, truncate)

  def format_event(%{msg: message, meta: meta}, truncate), do: message(message, meta, truncate)

  defp message({:string, text}, _meta, truncate), do: cut(text, truncate)

  defp message({:report, report}, %{report_cb: callback} = meta, truncate) do
    cond do
      is_function(callback, 1) and callback != (&:logger.format_otp_report/1) ->
        message(callback.(report), meta, truncate)

      is_function(callback, 2) ->
        callback.(report, %{depth: :unlimited, chars_limit: truncate, single_line: false})

      true ->
        report(report, truncate)
    end
  end

  defp message({:report, report}, _meta, truncate), do: report(report, truncate)

  defp message({format, args}, _meta, truncate) do
    format |> Logger.Utils.scan_inspect(args, truncate) |> :io_lib.build_text() |> cut(truncate)
  end

  defp report(report, truncate) do
    report = if is_map(report), do: Map.to_list(report), else: report
    cut(inspect(report, Application.fetch_env!(:logger, :translator_inspect_opts)), truncate)
  end

  defp cut(text, truncate) do
    truncate(text, truncate)
  rescue
    error in ArgumentError -> Exception.message(error)
  end

  @doc "Cuts chardata to about so many bytes, and says so."
  def truncate(chardata, :infinity) when is_binary(chardata) or is_list(chardata), do: chardata

  def truncate(chardata, n) when n >= 0 do
    case Logger.Utils.truncate_n(chardata, n) do
      {chardata, left} when left >= 0 -> chardata
      {chardata, _} -> [chardata, " (truncated)"]
    end
  end

  @doc "Replaces what is no valid text."
  def prune(binary) when is_binary(binary), do: prune(binary, "")
  def prune([head | tail]) when head in 0..1_114_111, do: [head | prune(tail)]
  def prune([head | tail]), do: [prune(head) | prune(tail)]
  def prune([]), do: []
  def prune(_), do: @replacement

  defp prune(<<char::utf8, rest::binary>>, done), do: prune(rest, <<done::binary, char::utf8>>)
  defp prune(<<_, rest::binary>>, done), do: prune(rest, <<done::binary, @replacement>>)
  defp prune(<<>>, done), do: done

  @doc "The time as chardata: `12:34:56.789`."
  def format_time(time_ms_tuple)

  def format_time({hour, minute, second, millisecond}) do
    [pad(hour, 2), ?:, pad(minute, 2), ?:, pad(second, 2), ?., pad(millisecond, 3)]
  end

  @doc "The date as chardata: `2024-02-03`."
  def format_date(date_tuple)

  def format_date({year, month, day}) do
    [Integer.to_string(year), ?-, pad(month, 2), ?-, pad(day, 2)]
  end

  defp pad(number, 3) when number < 10, do: [?0, ?0, Integer.to_string(number)]
  defp pad(number, 3) when number < 100, do: [?0, Integer.to_string(number)]
  defp pad(number, 2) when number < 10, do: [?0, Integer.to_string(number)]
  defp pad(number, _width), do: Integer.to_string(number)

  @doc "Date and time, with milliseconds, of a system time in microseconds."
  def system_time_to_date_time_ms(system_time, utc_log? \\ false) do
    {date, {hour, minute, second}} =
      if utc_log?,
        do: :calendar.system_time_to_universal_time(system_time, :microsecond),
        else: :calendar.system_time_to_local_time(system_time, :microsecond)

    {date, {hour, minute, second, system_time |> rem(1_000_000) |> div(1000)}}
  end

  @doc "Takes a format apart into texts and placeholders."
  def compile(pattern_or_function)

  def compile(nil), do: compile(@default_pattern)
  def compile({module, function}) when is_atom(module) and is_atom(function), do: {module, function}

  def compile(text) when is_binary(text) do
    for part <- Regex.split(~r/\$[a-z]+/, text, include_captures: true, trim: true) do
      case part do
        "$" <> name -> placeholder(String.to_atom(name))
        _ -> part
      end
    end
  end

  defp placeholder(:levelpad) do
    IO.warn("$levelpad in Logger message format is deprecated, please remove it")
    :levelpad
  end

  defp placeholder(name) when name in @placeholders, do: name
  defp placeholder(name), do: raise(ArgumentError, "$#{name} is an invalid format pattern")

  @doc "Fills a compiled format."
  def format(pattern_or_function, level, message, timestamp, metadata)

  def format({module, function}, level, message, time, metadata) do
    apply(module, function, [level, message, time, metadata])
  end

  def format(pattern, level, message, time, metadata) do
    Enum.map(pattern, &part(&1, level, message, time, metadata))
  end

  defp part(:message, _, message, _, _), do: message
  defp part(:date, _, _, {date, _}, _), do: format_date(date)
  defp part(:time, _, _, {_, time}, _), do: format_time(time)
  defp part(:level, level, _, _, _), do: Atom.to_string(level)
  defp part(:node, _, _, _, _), do: Atom.to_string(node())
  defp part(:metadata, _, _, _, []), do: ""
  defp part(:metadata, _, _, _, metadata), do: metadata(metadata)
  defp part(:levelpad, level, _, _, _), do: if(level in [:info, :warn], do: " ", else: "")
  defp part(text, _, _, _, _), do: text

  defp metadata(pairs) do
    Enum.flat_map(pairs, fn {key, value} ->
      case shown(key, value) do
        nil -> []
        shown -> [to_string(key), ?=, shown, ?\s]
      end
    end)
  end

  defp shown(key, _) when key in [:time, :gl, :report_cb], do: nil
  defp shown(_, nil), do: nil
  defp shown(_, text) when is_binary(text), do: text
  defp shown(_, number) when is_integer(number), do: Integer.to_string(number)
  defp shown(_, number) when is_float(number), do: Float.to_string(number)
  defp shown(_, pid) when is_pid(pid), do: :erlang.pid_to_list(pid)

  defp shown(_, atom) when is_atom(atom) do
    case Atom.to_string(atom) do
      "Elixir." <> name -> name
      name -> name
    end
  end

  defp shown(_, ref) when is_reference(ref) do
    ~c"#Ref" ++ rest = :erlang.ref_to_list(ref)
    rest
  end

  defp shown(_, port) when is_port(port) do
    ~c"#Port" ++ rest = :erlang.port_to_list(port)
    rest
  end

  defp shown(:domain, [head | _] = domain) when is_atom(head) do
    Enum.map_intersperse(domain, ?., &Atom.to_string/1)
  end

  defp shown(key, {module, function, arity})
       when key in [:mfa, :initial_call] and is_atom(module) and is_atom(function) and is_integer(arity) do
    Exception.format_mfa(module, function, arity)
  end

  defp shown(key, text) when key in [:function, :file] and is_list(text), do: text
  defp shown(_, list) when is_list(list), do: nil

  defp shown(_, other) do
    case String.Chars.impl_for(other) do
      nil -> nil
      impl -> impl.to_string(other)
    end
  end
end
