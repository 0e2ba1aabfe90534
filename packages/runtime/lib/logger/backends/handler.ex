# The handler that turns an event of `:logger` into one of the event manager `Logger`.
defmodule Logger.Backends.Handler do
  @moduledoc false

  def filesync(id), do: :gen_event.sync_notify(id, :flush)

  def adding_handler(handler) do
    {:ok, update_in(handler.config, &Map.merge(settings(), &1))}
  end

  def changing_config(:update, old, %{config: :refresh}) do
    {:ok, update_in(old.config, &Map.merge(&1, settings()))}
  end

  def changing_config(_how, _old, new), do: {:ok, new}

  def filter_config(handler), do: update_in(handler.config, &Map.delete(&1, :counter))

  defp settings do
    sync = Application.get_env(:logger, :sync_threshold, 20)
    discard = Application.get_env(:logger, :discard_threshold, 500)

    %{
      utc_log: Application.fetch_env!(:logger, :utc_log),
      truncate: Application.fetch_env!(:logger, :truncate),
      thresholds: {sync, discard}
    }
  end

  def log(%{level: level, meta: meta} = event, %{config: config}) do
    case mode(config) do
      :discard ->
        :ok

      mode ->
        message = Logger.Formatter.format_event(event, config.truncate)
        time = Map.get_lazy(meta, :time, fn -> :os.system_time(:microsecond) end)
        time = Logger.Formatter.system_time_to_date_time_ms(time, config.utc_log)
        metadata = [erl_level: level] ++ Map.to_list(readable(meta))
        notify(mode, {backend_level(level), meta.gl, {Logger, message, time, metadata}})
    end
  rescue
    ArgumentError -> {:error, :noproc}
  catch
    :exit, reason -> {:error, reason}
  end

  # The manager itself, which logs in a backend, cannot wait for itself.
  defp notify(:sync, event) do
    pid = Process.whereis(Logger)
    if pid == self(), do: :gen_event.notify(pid, event), else: :gen_event.sync_notify(pid, event)
  end

  defp notify(:async, event), do: :gen_event.notify(Logger, event)

  defp mode(%{counter: counter, thresholds: {sync, discard}}) do
    :counters.add(counter, 1, 1)
    waiting = :counters.get(counter, 1)

    cond do
      waiting >= discard -> :discard
      waiting >= sync -> :sync
      true -> :async
    end
  end

  defp readable(%{mfa: {module, name, arity}} = meta) do
    readable_file(Map.merge(%{module: module, function: "#{name}/#{arity}"}, meta))
  end

  defp readable(meta), do: readable_file(meta)

  defp readable_file(%{file: file} = meta) when is_list(file), do: %{meta | file: List.to_string(file)}
  defp readable_file(meta), do: meta

  # Backends know the four levels that Logger began with.
  defp backend_level(:debug), do: :debug
  defp backend_level(level) when level in [:info, :notice], do: :info
  defp backend_level(:warning), do: :warn
  defp backend_level(_severe), do: :error
end
