# The functions of before `:logger`, which log through it.
defmodule :error_logger do
  @moduledoc false

  def format(format, args), do: error_msg(format, args)
  def error_msg(format), do: error_msg(format, [])
  def error_msg(format, args), do: message(:error, :error, format, args)
  def warning_msg(format), do: warning_msg(format, [])
  def warning_msg(format, args), do: message(:warning, :warning_msg, format, args)
  def info_msg(format), do: info_msg(format, [])
  def info_msg(format, args), do: message(:notice, :info_msg, format, args)

  def error_report(report), do: error_report(:std_error, report)
  def error_report(type, report), do: report(:error, :error_report, type, report)
  def warning_report(report), do: warning_report(:std_warning, report)
  def warning_report(type, report), do: report(:warning, :warning_report, type, report)
  def info_report(report), do: info_report(:std_info, report)
  def info_report(type, report), do: report(:notice, :info_report, type, report)

  defp message(level, tag, format, args) do
    report = %{label: {:error_logger, tag}, format: format, args: args}
    :logger.log(level, report, %{error_logger: %{tag: tag}, report_cb: &report_to_format/1})
  end

  defp report(level, tag, type, report) do
    meta = %{error_logger: %{tag: tag, type: type}, report_cb: &report_to_format/1}
    :logger.log(level, %{label: {:error_logger, tag}, report: report}, meta)
  end

  def report_to_format(%{label: {:error_logger, _}, format: format, args: args}), do: {format, args}
  def report_to_format(%{report: report}), do: :logger.format_report(report)
end
