/** The programs that the playground offers: a file of modules, a script that uses them, and their tests. */
import type { PlayFile } from "./play-files.ts";

export interface Example {
  readonly title: string;
  readonly lib: string;
  readonly main: string;
  readonly test: string;
}

export const examples: Readonly<Record<string, Example>> = {
  counter: {
    title: "A counter: a process that keeps a number",
    lib: `defmodule Counter do
  use GenServer

  def start_link(start \\\\ 0), do: GenServer.start_link(__MODULE__, start)
  def increment(counter), do: GenServer.call(counter, :increment)

  @impl true
  def init(start), do: {:ok, start}

  @impl true
  def handle_call(:increment, _from, count), do: {:reply, count + 1, count + 1}
end`,
    main: `{:ok, counter} = Counter.start_link()

for _ <- 1..3 do
  IO.puts("now at #{Counter.increment(counter)}")
end`,
    test: `defmodule CounterTest do
  use ExUnit.Case

  test "counts from where it starts" do
    {:ok, counter} = Counter.start_link(41)
    assert Counter.increment(counter) == 42
  end

  test "counters are independent" do
    {:ok, one} = Counter.start_link()
    {:ok, other} = Counter.start_link()
    Counter.increment(one)
    assert Counter.increment(other) == 1
  end
end`,
  },
  ring: {
    title: "A ring: a message goes round through a thousand processes",
    lib: `defmodule Ring do
  @doc "Starts a ring of processes; what is sent to it comes back to the caller."
  def start(size) do
    Enum.reduce(1..size, self(), fn _, next -> spawn(fn -> pass_on(next) end) end)
  end

  defp pass_on(next) do
    receive do
      hops -> send(next, hops + 1)
    end
  end
end`,
    main: `first = Ring.start(1000)
send(first, 0)

receive do
  hops -> IO.puts("back after #{hops} hops")
end`,
    test: `defmodule RingTest do
  use ExUnit.Case

  test "every process adds one" do
    send(Ring.start(10), 0)
    assert_receive 10
  end
end`,
  },
  supervised: {
    title: "A supervisor: what crashes is started again",
    lib: `defmodule Fragile do
  use Agent

  def start_link(_), do: Agent.start_link(fn -> 0 end, name: __MODULE__)
  def add(n), do: Agent.get_and_update(__MODULE__, &{&1 + n, &1 + n})

  @doc "Ends the process, and waits until its supervisor has started another one."
  def crash do
    old = Process.whereis(__MODULE__)
    Process.exit(old, :kill)
    await_other_than(old)
  end

  defp await_other_than(old) do
    if Process.whereis(__MODULE__) in [nil, old] do
      Process.sleep(1)
      await_other_than(old)
    end
  end
end`,
    main: `{:ok, supervisor} = Supervisor.start_link([Fragile], strategy: :one_for_one)

IO.inspect(Fragile.add(1), label: "sum")
IO.inspect(Fragile.add(1), label: "sum")

Fragile.crash()

IO.inspect(Fragile.add(1), label: "sum after the crash")
Supervisor.stop(supervisor)`,
    test: `defmodule FragileTest do
  use ExUnit.Case

  test "a crash loses the sum, and no more" do
    start_supervised!(Fragile)
    assert Fragile.add(2) == 2
    Fragile.crash()
    assert Fragile.add(1) == 1
  end
end`,
  },
};

export function filesOf({ lib, main, test }: Example): PlayFile[] {
  return [
    { name: "lib.ex", code: lib },
    { name: "main.exs", code: main },
    { name: "test.exs", code: test },
  ];
}
