# The backend that writes to a device, in a format of its own.
defmodule Logger.Backends.Console do
  @moduledoc """
  Writes what is logged to a device.

  Options: `:level`, `:format`, `:metadata`, `:colors`, `:device`. They are those of the application environment under this
  module's name, or under `:console`. New programs configure the default handler instead.
  """

  @moduledoc deprecated: "Use LoggerBackends.Console from :logger_backends dependency"

  @behaviour :gen_event

  defstruct [:format, :metadata, :level, :colors, :device]

  @impl true
  def init({__MODULE__, options}) when is_list(options), do: {:ok, new(merge(env(), options))}

  def init(name) when is_atom(name) do
    state = new(env())
    if Process.whereis(state.device), do: {:ok, state}, else: {:error, :ignore}
  end

  @impl true
  def handle_call({:configure, options}, _state) do
    config = merge(env(), options)
    Application.put_env(:logger, __MODULE__, config)
    {:ok, :ok, new(config)}
  end

  @impl true
  def handle_event({level, _leader, {Logger, message, time, metadata}}, state) do
    level = Keyword.get(metadata, :erl_level, level)

    if state.level == nil or Logger.compare_levels(level, state.level) != :lt do
      write(state.device, shown(level, message, time, metadata, state))
    end

    {:ok, state}
  end

  def handle_event(_event, state), do: {:ok, state}

  @impl true
  def handle_info(_message, state), do: {:ok, state}

  @impl true
  def terminate(_reason, _state), do: :ok

  defp env, do: Application.get_env(:logger, __MODULE__, Application.get_env(:logger, :console, []))

  defp merge(config, options) do
    Keyword.merge(config, options, fn
      :colors, old, new -> Keyword.merge(old, new)
      _key, _old, new -> new
    end)
  end

  defp new(config) do
    %__MODULE__{
      level: config[:level],
      device: Keyword.get(config, :device, :user),
      format: Logger.Formatter.compile(config[:format]),
      metadata: Keyword.get(config, :metadata, []),
      colors: colors(Keyword.get(config, :colors, []))
    }
  end

  defp colors(chosen) do
    error = Keyword.get(chosen, :error, :red)
    info = Keyword.get(chosen, :info, :normal)

    %{
      emergency: error,
      alert: error,
      critical: error,
      error: error,
      warning: chosen[:warning] || chosen[:warn] || :yellow,
      notice: info,
      info: info,
      debug: Keyword.get(chosen, :debug, :cyan),
      enabled: Keyword.get_lazy(chosen, :enabled, &IO.ANSI.enabled?/0)
    }
  end

  defp shown(level, message, time, metadata, %{colors: colors} = state) do
    text = Logger.Formatter.format(state.format, level, message, time, take(metadata, state.metadata))

    if colors.enabled do
      color = metadata[:ansi_color] || Map.fetch!(colors, level)
      [IO.ANSI.format_fragment(color, true), text | IO.ANSI.reset()]
    else
      text
    end
  end

  defp take(metadata, :all), do: metadata
  defp take(metadata, keys), do: for(key <- keys, {:ok, value} <- [Keyword.fetch(metadata, key)], do: {key, value})

  defp write(device, text) do
    case :unicode.characters_to_binary(text) do
      text when is_binary(text) -> IO.write(device, text)
      {_, good, bad} -> IO.write(device, [good | Logger.Formatter.prune(bad)])
    end
  rescue
    ArgumentError -> IO.write(device, ["failure while trying to log malformed data: ", inspect(text), ?\n])
  end
end
