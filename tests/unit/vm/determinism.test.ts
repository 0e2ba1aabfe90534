/** A seed and virtual time make a run repeat: the same events in the same order, to the last one. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { run } from "../../support/command.ts";
import { file, pathOf } from "../../support/folder.ts";

const program = `
parent = self()

workers =
  for i <- 1..10 do
    spawn_link(fn ->
      Process.sleep(:rand.uniform(50))
      send(parent, {i, Enum.shuffle(1..5)})
    end)
  end

for _ <- workers, do: (receive do: (message -> IO.inspect(message)))
{:ok, agent} = Agent.start_link(fn -> 0 end)
1..5 |> Task.async_stream(fn n -> Agent.update(agent, &(&1 + n)) end) |> Stream.run()
IO.inspect(Agent.get(agent, & &1))
`;

function traced(name: string, seed: number): { stdout: string; trace: string } {
  const trace = pathOf(`${name}.jsonl`);
  const { stdout, stderr } = run([
    "run",
    "--virtual-time",
    "--seed",
    String(seed),
    "--trace",
    trace,
    file("program.exs", program),
  ]);
  assert.equal(stderr, "");
  return { stdout, trace: readFileSync(trace, "utf8") };
}

test("the same seed gives the same stream of events", () => {
  const first = traced("first", 11);
  assert.ok(first.trace.split("\n").length > 200);
  assert.deepEqual(traced("again", 11), first);
});

test("another seed gives another", () => {
  assert.notEqual(traced("other", 12).trace, traced("same", 11).trace);
});
