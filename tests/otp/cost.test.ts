/**
 * What OTP may cost, as ratios: they hold however fast the machine is and whatever else it does. `bench/otp.exs` has the times.
 */
import assert from "node:assert/strict";
import { test } from "node:test";
import { run } from "../support/command.ts";

const median = `
median = fn fun ->
  times = for _ <- 1..9, do: elem(:timer.tc(fun), 0)
  times |> Enum.sort() |> Enum.at(4) |> max(1)
end
`;

function ratioOf(program: string): number {
  const { stdout, stderr, status } = run(["eval", `${median}\n${program}`]);
  assert.equal(status, 0, stderr);
  return Number(stdout);
}

test("a call does not look at the million messages that wait before its answer", () => {
  const ratio = ratioOf(`
    {:ok, agent} = Agent.start_link(fn -> 1 end)
    calls = fn -> for _ <- 1..2000, do: Agent.get(agent, & &1) end
    for _ <- 1..10, do: calls.()
    empty = median.(calls)
    for n <- 1..1_000_000, do: send(self(), n)
    median.(calls) / empty
  `);
  assert.ok(ratio < 4, `${ratio} times as long`);
});

test("a supervisor starts twice as many children in about twice the time", () => {
  const ratio = ratioOf(`
    start = fn count ->
      children = for n <- 1..count, do: %{id: n, start: {Agent, :start_link, [fn -> n end]}}
      fn ->
        {:ok, supervisor} = Supervisor.start_link(children, strategy: :one_for_one)
        Supervisor.stop(supervisor)
      end
    end

    for _ <- 1..3, do: start.(2000).()
    median.(start.(8000)) / median.(start.(2000))
  `);
  assert.ok(ratio < 10, `four times as many take ${ratio} times as long`);
});
