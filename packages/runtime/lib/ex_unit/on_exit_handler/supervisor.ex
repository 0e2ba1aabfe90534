defmodule ExUnit.OnExitHandler.Supervisor do
  @moduledoc false
  # What a test has started under supervision. It is called by the test, so that its children find the test among their callers.
  use Supervisor

  def start_link, do: Supervisor.start_link(__MODULE__, [self() | Process.get(:"$callers", [])])

  @impl true
  def init(callers) do
    Process.put(:"$callers", callers)
    Supervisor.init([], strategy: :one_for_one, max_restarts: 1_000_000)
  end
end
