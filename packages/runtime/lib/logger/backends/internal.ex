# Backends, which Logger had before Erlang had handlers: `:gen_event` handlers of an event manager that is started with the
# first of them. One handler of `:logger`, of the same name as the manager, passes events on to all.
defmodule Logger.Backends.Internal do
  @moduledoc false

  use Supervisor

  @options [:sync_threshold, :discard_threshold, :truncate, :utc_log]

  def configure(options) do
    ensure_started()
    Logger.Backends.Config.configure(Keyword.take(options, @options))
    :ok = :logger.update_handler_config(Logger, :config, :refresh)
  end

  def configure(backend, options) when is_list(options) do
    ensure_started()
    :gen_event.call(Logger, backend, {:configure, options})
  end

  def add(backend, opts \\ []) do
    ensure_started()
    if opts[:flush], do: Logger.flush()

    case Logger.Backends.Supervisor.add(backend) do
      {:error, {:already_started, _}} -> {:error, :already_present}
      result -> result
    end
  end

  def remove(backend, opts \\ []) do
    ensure_started()
    if opts[:flush], do: Logger.flush()
    Logger.Backends.Supervisor.remove(backend)
  end

  # Whoever adds the first backend may end before the others do.
  def ensure_started do
    if Process.whereis(__MODULE__) == nil do
      {_, ref} =
        spawn_monitor(fn ->
          {:ok, pid} = start_link([])
          Process.unlink(pid)
        end)

      receive do
        {:DOWN, ^ref, _, _, :normal} -> :ok
        {:DOWN, ^ref, _, _, reason} -> exit(reason)
      end
    end

    :ok
  end

  def stop do
    :logger.remove_handler(Logger)
    if pid = Process.whereis(__MODULE__), do: Supervisor.stop(pid)
    :ok
  end

  def start_link(_opts), do: Supervisor.start_link(__MODULE__, :ok, name: __MODULE__)

  @impl true
  def init(:ok) do
    backends = List.delete(Application.get_env(:logger, :backends, []), :console)
    counter = :counters.new(1, [:atomics])
    options = Application.get_env(:logger, :start_options, [])

    children = [
      %{
        id: :gen_event,
        start: {:gen_event, :start_link, [{:local, Logger}, options]},
        modules: :dynamic
      },
      {Logger.Backends.Watcher, {Logger.Backends.Config, counter}},
      {Logger.Backends.Supervisor, backends}
    ]

    handler = %{level: :all, config: %{counter: counter}, filter_default: :log, filters: []}
    :ok = :logger.add_handler(Logger, Logger.Backends.Handler, handler)
    Supervisor.init(children, strategy: :rest_for_one)
  end
end
