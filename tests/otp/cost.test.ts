/**
 * What OTP may cost, as ratios: they hold however fast the machine is and whatever else it does. `bench/otp.exs` has the times.
 */
import assert from "node:assert/strict";
import { test } from "node:test";
import { run } from "../support/command.ts";

const least = `
least = fn fun ->
  times = for _ <- 1..9, do: elem(:timer.tc(fun), 0)
  max(Enum.min(times), 1)
end
`;

function ratioOf(program: string): number {
  const { stdout, stderr, status } = run(["eval", `${least}\n${program}`]);
  assert.equal(status, 0, stderr);
  return Number(stdout);
}

test("a call does not look at the million messages that wait before its answer", () => {
  const ratio = ratioOf(`
    {:ok, agent} = Agent.start_link(fn -> 1 end)
    calls = fn -> for _ <- 1..2000, do: Agent.get(agent, & &1) end
    for _ <- 1..10, do: calls.()
    empty = least.(calls)
    for n <- 1..1_000_000, do: send(self(), n)
    least.(calls) / empty
  `);
  assert.ok(ratio < 4, `${ratio} times as long`);
});

// Of so many that both sizes keep the collector of garbage as busy.
test("a supervisor starts four times as many children in about four times the time", () => {
  const ratio = ratioOf(`
    start = fn count ->
      children = for n <- 1..count, do: %{id: n, start: {Agent, :start_link, [fn -> n end]}}
      fn ->
        {:ok, supervisor} = Supervisor.start_link(children, strategy: :one_for_one)
        Supervisor.stop(supervisor)
      end
    end

    # Of the processor: other programs of the machine take none of it.
    worked = fn fun ->
      {before, _} = :erlang.statistics(:runtime)
      fun.()
      {now, _} = :erlang.statistics(:runtime)
      now - before
    end

    {many, few} = {start.(24_000), start.(6000)}
    {of_many, of_few} = Enum.unzip(for _ <- 1..5, do: {worked.(many), worked.(few)})
    Enum.min(of_many) / max(Enum.min(of_few), 1)
  `);
  assert.ok(ratio < 10, `four times as many take ${ratio} times as long`);
});

const supervisors = {
  Supervisor: "Supervisor.start_link([child], strategy: :one_for_one, max_restarts: 1_000_000)",
  DynamicSupervisor: `(fn ->
    {:ok, supervisor} = DynamicSupervisor.start_link(strategy: :one_for_one, max_restarts: 1_000_000)
    {:ok, _} = DynamicSupervisor.start_child(supervisor, child)
    {:ok, supervisor}
  end).()`,
};

for (const [module, start] of Object.entries(supervisors))
  test(`a restart costs the same, however many there have been: ${module}`, () => {
    const ratio = ratioOf(`
    child = %{id: :worker, start: {Agent, :start_link, [Map, :new, []]}}

    crashes = fn supervisor, count ->
      for _ <- 1..count do
        [{_, worker, _, _}] = ${module}.which_children(supervisor)
        Process.exit(worker, :kill)
      end
    end

    start = fn -> ${start} end
    {:ok, fresh} = start.()
    {:ok, old} = start.()
    crashes.(old, 10_000)
    few = least.(fn -> crashes.(fresh, 20) end)
    least.(fn -> crashes.(old, 20) end) / few
  `);
    assert.ok(ratio < 4, `${ratio} times as long`);
  });
