# Which events are logged at all, under the name that older callers know.
defmodule :logger_config do
  @moduledoc false

  def allow(level), do: :logger.allow(level)
  def allow(level, module), do: :logger.allow(level, module)
  def get(_table, :primary), do: {:ok, :logger.get_primary_config()}
  def get(_table, id), do: :logger.get_handler_config(id)
end
