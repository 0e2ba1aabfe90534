defmodule ExUnit.OnExitHandler do
  @moduledoc false

  # What is to be done when a test ends, by its process: `{pid, supervisor, [{name, callback}]}` in a table that outlives
  # the process, so that it is done however the process ends.

  @table ExUnit.Server

  def register(pid) when is_pid(pid) do
    :ets.insert(@table, {pid, nil, []})
    :ok
  end

  def add(pid, name, callback) when is_pid(pid) and is_function(callback, 0) do
    case lookup(pid) do
      {:ok, {pid, supervisor, callbacks}} ->
        callbacks = List.keystore(callbacks, name, 0, {name, callback})
        :ets.insert(@table, {pid, supervisor, callbacks})
        :ok

      :error ->
        :error
    end
  end

  def get_supervisor(pid) when is_pid(pid) do
    with {:ok, {_pid, supervisor, _callbacks}} <- lookup(pid), do: {:ok, supervisor}
  end

  def put_supervisor(pid, supervisor) when is_pid(pid) and is_pid(supervisor) do
    with {:ok, {pid, _none, callbacks}} <- lookup(pid) do
      :ets.insert(@table, {pid, supervisor, callbacks})
      :ok
    end
  end

  defp lookup(pid) do
    case :ets.lookup(@table, pid) do
      [entry] -> {:ok, entry}
      [] -> :error
    end
  rescue
    ArgumentError -> :error
  end

  @doc "Waits for the supervisor of the process, then runs its callbacks, last first. Returns the first error or `:ok`."
  def run(pid, timeout) when is_pid(pid) do
    {:ok, {_pid, supervisor, callbacks}} = lookup(pid)
    :ets.delete(@table, pid)
    error = await_supervisor(supervisor, timeout)
    run_callbacks(Enum.reverse(callbacks), timeout, error)
  end

  defp await_supervisor(nil, _timeout), do: nil

  defp await_supervisor(supervisor, timeout) do
    ref = Process.monitor(supervisor)

    receive do
      {:DOWN, ^ref, _, _, _} -> nil
    after
      timeout ->
        {:error, ExUnit.TimeoutError.exception(timeout: timeout, type: "supervisor shutdown"), []}
    end
  end

  # The callbacks share one process as long as none of them kills it.
  defp run_callbacks([], _timeout, error), do: error || :ok

  defp run_callbacks(callbacks, timeout, error) do
    {runner, error} =
      Enum.reduce(callbacks, {nil, error}, fn {_name, callback}, {runner, error} ->
        {pid, _ref} = runner = runner || spawn_monitor(&loop/0)
        send(pid, {:run, self(), callback})
        {runner, failure} = await_callback(runner, timeout)
        {runner, error || failure}
      end)

    with {pid, ref} <- runner do
      Process.exit(pid, :shutdown)

      receive do
        {:DOWN, ^ref, :process, ^pid, _reason} -> :ok
      end
    end

    error || :ok
  end

  defp await_callback({pid, ref} = runner, timeout) do
    receive do
      {^pid, failure} ->
        {runner, failure}

      {:DOWN, ^ref, :process, ^pid, reason} ->
        {nil, {{:EXIT, pid}, reason, []}}
    after
      timeout ->
        stacktrace =
          case Process.info(pid, :current_stacktrace) do
            {:current_stacktrace, stacktrace} -> stacktrace
            nil -> []
          end

        Process.exit(pid, :kill)

        receive do
          {:DOWN, ^ref, :process, ^pid, _reason} -> :ok
        end

        error = ExUnit.TimeoutError.exception(timeout: timeout, type: "on_exit callback")
        {nil, {:error, error, stacktrace}}
    end
  end

  defp loop do
    receive do
      {:run, from, callback} ->
        send(from, {self(), failure(callback)})
        loop()
    end
  end

  defp failure(callback) do
    callback.()
    nil
  catch
    kind, reason -> {kind, reason, __STACKTRACE__}
  end
end
