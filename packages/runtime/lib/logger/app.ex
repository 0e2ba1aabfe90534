# Logger is always started; stopping it forgets its configuration, which is made again from the application's when
# something is logged next.
defmodule Logger.App do
  @moduledoc false

  use Application

  @impl true
  def start(_type, _args), do: {:ok, self()}

  def start, do: Application.start(:logger)

  def stop, do: :logger.reconfigure()

  @impl true
  def stop(_state), do: stop()

  @impl true
  def config_change(changed, _new, _removed), do: Logger.configure(Keyword.take(changed, [:level]))
end
