defmodule ExUnit.EventManager do
  @moduledoc false

  # Hands the events of a run to its formatters, each a GenServer: a cast an event.

  def start(handlers) do
    for {module, opts} <- handlers do
      {:ok, pid} = GenServer.start_link(module, opts)
      pid
    end
  end

  # A call to each makes sure that it has worked off all events.
  def stop(manager), do: Enum.each(manager, &GenServer.stop(&1, :normal, :infinity))

  def suite_started(manager, opts), do: notify(manager, {:suite_started, opts})

  def suite_finished(manager, times_us) do
    notify(manager, {:suite_finished, times_us})
  end

  def module_started(manager, test_module), do: notify(manager, {:module_started, test_module})
  def module_finished(manager, test_module), do: notify(manager, {:module_finished, test_module})
  def test_started(manager, test), do: notify(manager, {:test_started, test})
  def test_finished(manager, test), do: notify(manager, {:test_finished, test})
  def max_failures_reached(manager), do: notify(manager, :max_failures_reached)
  def sigquit(manager, current), do: notify(manager, {:sigquit, current})

  defp notify(manager, event), do: Enum.each(manager, &GenServer.cast(&1, event))
end
