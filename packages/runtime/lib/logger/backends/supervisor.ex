# One watcher for each backend, under the name of the backend.
defmodule Logger.Backends.Supervisor do
  @moduledoc false

  use Supervisor

  alias Logger.Backends.Watcher

  def add(backend) do
    start = {Watcher, :start_link, [{backend, backend}]}
    spec = %{id: backend, start: start, restart: :transient}

    case Supervisor.start_child(__MODULE__, spec) do
      # It has ended and is still known.
      {:error, :already_present} ->
        Supervisor.delete_child(__MODULE__, backend)
        add(backend)

      result ->
        result
    end
  end

  def remove(backend) do
    with :ok <- Supervisor.terminate_child(__MODULE__, backend) do
      Supervisor.delete_child(__MODULE__, backend)
      :ok
    end
  end

  def start_link(backends) do
    with {:ok, _} = started <- Supervisor.start_link(__MODULE__, [], name: __MODULE__) do
      Enum.each(backends, &install!/1)
      started
    end
  end

  defp install!(backend) do
    case add(backend) do
      {:ok, _} ->
        :ok

      {:error, {{:EXIT, reason}, _spec}} ->
        raise "EXIT when installing backend #{inspect(backend)}: " <> Exception.format_exit(reason)

      {:error, reason} ->
        raise "ERROR when installing backend #{inspect(backend)}: " <> Exception.format_exit(reason)
    end
  end

  @impl true
  def init(children) do
    Supervisor.init(children, strategy: :one_for_one, max_restarts: 30, max_seconds: 3)
  end
end
