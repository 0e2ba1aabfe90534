# Erlang's logger as far as the library calls it. Events go nowhere: a host that wants to show
# crashes reads the trace. Metadata of a process is kept, as programs read it back.
defmodule :logger do
  @moduledoc false

  for level <- [:emergency, :alert, :critical, :error, :warning, :notice, :info, :debug] do
    def unquote(level)(_message), do: :ok
    def unquote(level)(_message, _metadata), do: :ok
    def unquote(level)(_format, _args, _metadata), do: :ok
  end

  def log(_level, _message), do: :ok
  def log(_level, _message, _metadata), do: :ok
  def log(_level, _format, _args, _metadata), do: :ok
  def allow(_level, _module), do: false

  def get_process_metadata, do: :erlang.get(:"$logger_metadata$")

  def set_process_metadata(metadata) do
    :erlang.put(:"$logger_metadata$", metadata)
    :ok
  end

  def update_process_metadata(metadata) do
    case get_process_metadata() do
      :undefined -> set_process_metadata(metadata)
      current -> set_process_metadata(:maps.merge(current, metadata))
    end
  end

  def unset_process_metadata do
    :erlang.erase(:"$logger_metadata$")
    :ok
  end
end
