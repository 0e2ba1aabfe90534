# Keeps a backend installed: ends when the event manager drops it, and is then started again with it.
defmodule Logger.Backends.Watcher do
  @moduledoc false

  use GenServer

  def start_link({_handler, _args} = backend), do: GenServer.start_link(__MODULE__, backend)

  @impl true
  def init({handler, args}) do
    Process.flag(:trap_exit, true)
    :gen_event.delete_handler(Logger, handler, :ok)

    case :gen_event.add_sup_handler(Logger, handler, args) do
      :ok ->
        {:ok, handler}

      # Started, and over at once: a transient child cannot be ignored.
      {:error, :ignore} ->
        send(self(), {:gen_event_EXIT, handler, :normal})
        {:ok, handler}

      {:error, reason} ->
        {:stop, reason}

      {:EXIT, _} = exit ->
        {:stop, exit}
    end
  end

  @impl true
  def handle_info({:gen_event_EXIT, handler, reason}, handler) do
    if reason not in [:normal, :shutdown] and not others?(), do: report(handler, reason)
    {:stop, reason, handler}
  end

  def handle_info(_message, handler), do: {:noreply, handler}

  # Other backends are told by the report of the process.
  defp others? do
    :gen_event.which_handlers(Logger) != [Logger.Backends.Config]
  catch
    _, _ -> false
  end

  defp report(handler, reason) do
    reason = with {:EXIT, reason} <- reason, do: reason

    IO.puts(:stderr, [
      ":gen_event handler ",
      inspect(handler),
      " installed in Logger terminating\n",
      "** (exit) ",
      Exception.format_exit(reason)
    ])
  end

  # What has been logged before reaches the backend before it goes.
  @impl true
  def terminate(_reason, handler) do
    :gen_event.delete_handler(Logger, handler, :ok)
    :ok
  end
end
