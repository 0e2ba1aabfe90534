# Erlang's own formatter, in its default form: time, level, message on a line.
defmodule :logger_formatter do
  @moduledoc false

  def format(%{level: level, msg: message, meta: meta}, _config) do
    time = :maps.get(:time, meta, 0)
    date = :calendar.system_time_to_rfc3339(time, unit: :microsecond)
    [date, " ", :erlang.atom_to_binary(level), ": ", text(message, meta), "\n"]
  end

  defp text({:string, text}, _meta), do: text

  defp text({:report, report}, %{report_cb: callback}) when is_function(callback, 1) do
    {format, args} = callback.(report)
    :io_lib.format(format, args)
  end

  defp text({:report, report}, _meta) do
    {format, args} = :logger.format_report(report)
    :io_lib.format(format, args)
  end

  defp text({format, args}, _meta), do: :io_lib.format(format, args)
end
