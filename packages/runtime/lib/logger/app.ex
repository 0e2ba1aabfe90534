# Logger runs from the first. Stopped, it leaves the logger as Erlang configures it; started again, it makes the configuration
# anew from the application's.
defmodule Logger.App do
  @moduledoc false

  use Application

  @impl true
  def start(_type, _args) do
    with {:error, reason} <- :logger.reconfigure() do
      IO.puts(:stderr, "Could not attach default Logger handler: " <> inspect(reason))
    end

    {:ok, self()}
  end

  def start, do: Application.start(:logger)

  def stop, do: Application.stop(:logger)

  @impl true
  def stop(_state), do: :logger.unconfigure()

  @impl true
  def config_change(changed, _new, _removed), do: Logger.configure(Keyword.take(changed, [:level]))
end
