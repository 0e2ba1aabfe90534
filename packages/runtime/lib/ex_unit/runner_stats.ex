defmodule ExUnit.RunnerStats do
  @moduledoc false

  # Counts the results of a run; the counter of failures is ahead of the events, as it decides when to stop.

  use GenServer

  def stats(pid), do: GenServer.call(pid, :stats, :infinity)

  @doc "Adds to the number of failures and returns what it was before."
  def add_failures(pid, count), do: GenServer.call(pid, {:add_failures, count}, :infinity)

  def failures(pid), do: GenServer.call(pid, {:add_failures, 0}, :infinity)

  @impl true
  def init(opts) do
    path = opts[:failures_manifest_path]
    manifest = if path, do: ExUnit.FailuresManifest.read(path)
    {:ok, %{total: 0, failures: 0, skipped: 0, excluded: 0, counter: 0, path: path, manifest: manifest}}
  end

  @impl true
  def handle_call(:stats, _from, state) do
    {:reply, Map.take(state, [:total, :failures, :skipped, :excluded]), state}
  end

  def handle_call({:add_failures, count}, _from, state) do
    {:reply, state.counter, %{state | counter: state.counter + count}}
  end

  @impl true
  def handle_cast({:test_finished, %ExUnit.Test{state: state} = test}, stats) do
    manifest = stats.manifest && ExUnit.FailuresManifest.put_test(stats.manifest, test)
    stats = %{stats | total: stats.total + 1, manifest: manifest}

    case state do
      {:failed, _} -> {:noreply, %{stats | failures: stats.failures + 1}}
      {:invalid, _} -> {:noreply, %{stats | failures: stats.failures + 1}}
      {:skipped, _} -> {:noreply, %{stats | skipped: stats.skipped + 1}}
      {:excluded, _} -> {:noreply, %{stats | excluded: stats.excluded + 1}}
      nil -> {:noreply, stats}
    end
  end

  def handle_cast({:module_finished, %ExUnit.TestModule{state: {:failed, _}} = test_module}, stats) do
    # Those of its tests that failed have been counted.
    passed = Enum.count(test_module.tests, &(&1.state == nil))
    {:noreply, %{stats | failures: stats.failures + passed}}
  end

  def handle_cast({:suite_finished, _times}, %{path: path} = stats) when is_binary(path) do
    ExUnit.FailuresManifest.write!(stats.manifest, path)
    {:noreply, stats}
  end

  def handle_cast(_event, stats), do: {:noreply, stats}
end
