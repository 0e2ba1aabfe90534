# The standard handler: writes what its formatter makes of an event to a device or a file, in the process that logs, so
# that log and output of a process keep their order.
defmodule :logger_std_h do
  @moduledoc false

  def adding_handler(handler) do
    config = :maps.get(:config, handler, %{})
    type = if is_map_key(config, :file), do: {:file, config.file}, else: :standard_io

    case :maps.merge(%{type: type}, config) do
      %{type: type} = config when type in [:standard_io, :standard_error] ->
        {:ok, :maps.put(:config, config, handler)}

      %{type: {:device, _}} = config ->
        {:ok, :maps.put(:config, config, handler)}

      %{type: {:file, path}} = config ->
        config = %{config | type: {:file, IO.chardata_to_string(path)}}
        {:ok, :maps.put(:config, config, handler)}

      %{type: type} ->
        {:error, {:invalid_config, :logger_std_h, %{type: type}}}
    end
  end

  def changing_config(_how, _old, new), do: {:ok, new}
  def removing_handler(_handler), do: :ok
  def filesync(_id), do: :ok

  def log(event, %{formatter: {formatter, format}} = handler) do
    text = formatted(formatter, format, event)

    case handler do
      %{config: %{type: {:file, path}}} -> :file.write_file(path, text, [:append])
      _ -> write(device(handler), text)
    end

    :ok
  end

  defp formatted(formatter, format, event) do
    try do
      :unicode.characters_to_binary(formatter.format(event, format))
    catch
      kind, reason ->
        failure(formatter, event, {kind, reason, __STACKTRACE__})
    else
      text when is_binary(text) -> text
      {:error, good, bad} -> failure(formatter, event, {:throw, {:error, good, bad}, []})
      {:incomplete, good, bad} -> failure(formatter, event, {:throw, {:error, good, bad}, []})
    end
  end

  defp failure(formatter, event, caught) do
    :logger.debug([formatter_error: formatter, caught: caught, log_event: event], %{domain: [:otp]})

    case caught do
      {:throw, {:error, _good, _bad}, _} -> "FORMATTER ERROR: bad return value"
      _ -> "FORMATTER CRASH: " <> inspect(event.msg) <> "\n"
    end
  end

  defp device(%{config: %{type: :standard_error}}), do: :standard_error
  defp device(%{config: %{type: {:device, device}}}), do: device
  defp device(_handler), do: :user

  # A device that is gone, or does not answer, must not take the program with it.
  defp write(device, text) do
    try do
      :io.put_chars(device, text)
      :ok
    catch
      _, _ -> :ok
    end
  end
end
