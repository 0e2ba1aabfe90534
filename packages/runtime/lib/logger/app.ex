# Logger runs from the first. Stopped, it leaves the logger as Erlang configures it; started again, it makes the configuration
# anew from the application's.
defmodule Logger.App do
  @moduledoc false

  use Application

  @impl true
  def start(_type, _args) do
    console = Application.get_env(:logger, :console, [])

    if console != [] and Application.fetch_env(:logger, :default_formatter) == :error do
      Application.put_env(:logger, :default_formatter, Keyword.delete(console, :level))
    end

    with {:error, reason} <- :logger.reconfigure() do
      IO.puts(:stderr, "Could not attach default Logger handler: " <> inspect(reason))
    end

    # `:console` among the backends stands for the default handler.
    case Application.fetch_env(:logger, :backends) do
      {:ok, backends} ->
        if :console not in backends, do: :logger.remove_handler(:default)
        if backends -- [:console] != [], do: Logger.Backends.Internal.ensure_started()

      :error ->
        :ok
    end

    if level = console[:level], do: :logger.update_handler_config(:default, :level, level)
    {:ok, self()}
  end

  def start, do: Application.start(:logger)

  def stop, do: Application.stop(:logger)

  @impl true
  def stop(_state) do
    if Process.whereis(Logger.Backends.Internal), do: Logger.Backends.Internal.stop()
    :logger.unconfigure()
  end

  @impl true
  def config_change(changed, _new, _removed), do: Logger.configure(Keyword.take(changed, [:level]))
end
