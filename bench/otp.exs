# What OTP costs: `beamlet run bench/otp.exs`, and `elixir bench/otp.exs 5000` to compare with as many children here: there the time to
# stop a dynamic supervisor grows with the square of its children (0.4 s for 5,000, 22 s for 40,000), so that 100,000 do not end.
# Medians of several rounds.
defmodule Bench.Worker do
  use GenServer

  def start_link(state), do: GenServer.start_link(__MODULE__, state)

  @impl true
  def init(state), do: {:ok, state}

  @impl true
  def handle_call(:read, _from, state), do: {:reply, state, state}
end

defmodule Bench.OTP do
  @children (case System.argv() do
               [] -> 100_000
               [children] -> String.to_integer(children)
             end)
  @calls 20_000
  @crashes 2_000

  def run do
    Logger.configure(level: :none)
    report("#{@children} children of a dynamic supervisor", 3, &dynamic/0)
    report("#{@children} children of a supervisor", 3, &static/0)
    report("a crash and the restart", 9, &crash/0)

    {:ok, server} = Bench.Worker.start_link(:state)
    report("a call", 9, fn -> calls(server) end)
    for n <- 1..1_000_000, do: send(self(), n)
    report("a call with a million messages waiting", 9, fn -> calls(server) end)
  end

  # The first round warms up.
  defp report(what, rounds, round) do
    round.()
    median = Enum.sort(for _ <- 1..rounds, do: round.()) |> Enum.at(div(rounds, 2))

    shown =
      if median > 10_000,
        do: "#{div(round(median), 1000)} ms",
        else: "#{Float.round(median * 1.0, 2)} microseconds"

    IO.puts("#{what}: #{shown}")
  end

  defp time(fun), do: fun |> :timer.tc() |> elem(0)

  defp dynamic do
    {:ok, supervisor} = DynamicSupervisor.start_link(strategy: :one_for_one)
    taken = time(fn -> for n <- 1..@children, do: DynamicSupervisor.start_child(supervisor, {Bench.Worker, n}) end)
    DynamicSupervisor.stop(supervisor)
    taken
  end

  defp static do
    children = for n <- 1..@children, do: %{id: n, start: {Bench.Worker, :start_link, [n]}}
    {taken, {:ok, supervisor}} = :timer.tc(fn -> Supervisor.start_link(children, strategy: :one_for_one) end)
    Supervisor.stop(supervisor)
    taken
  end

  # Each is known to be over when the supervisor answers.
  defp crash do
    child = %{id: :worker, start: {Bench.Worker, :start_link, [1]}}
    {:ok, supervisor} = Supervisor.start_link([child], strategy: :one_for_one, max_restarts: 1_000_000)

    taken =
      time(fn ->
        for _ <- 1..@crashes do
          [{_, worker, _, _}] = Supervisor.which_children(supervisor)
          Process.exit(worker, :kill)
        end
      end)

    Supervisor.stop(supervisor)
    taken / @crashes
  end

  defp calls(server), do: time(fn -> for _ <- 1..@calls, do: GenServer.call(server, :read) end) / @calls
end

Bench.OTP.run()
