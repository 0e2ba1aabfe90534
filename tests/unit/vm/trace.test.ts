/** The trace of an evaluation as a page gets it: what the program did, where in its text, and nothing of the system's own. */
import assert from "node:assert/strict";
import { test } from "node:test";
import type { FromWorker, TraceEntry } from "../../../packages/runtime/src/vm/protocol.ts";
import { type TestSession, withSession } from "../../support/session.ts";

type Batch = FromWorker & { type: "trace" };

/** Evaluates the text and gives its trace, without slices. */
async function traced(
  shell: TestSession,
  id: string,
  code: string,
): Promise<{ events: TraceEntry[]; batch: Batch }> {
  await shell.run(id, code);
  await shell.session.settled();
  return watched(shell, id);
}

async function watched(shell: TestSession, id: string): Promise<{ events: TraceEntry[]; batch: Batch }> {
  shell.session.watch(id);
  const batch = (await shell.until((event) => event.type === "trace" && event.id === id)) as Batch;
  shell.session.watch(id, false);
  return { batch, events: batch.events.filter(({ type }) => type !== "in" && type !== "out") };
}

const ofType = <Type extends TraceEntry["type"]>(events: readonly TraceEntry[], type: Type) =>
  events.filter((event): event is TraceEntry & { type: Type } => event.type === type);

/** What a list of events says, without times. */
const brief = (events: readonly TraceEntry[]) =>
  events.map((event) => {
    const detail = "text" in event ? event.text : "message" in event ? event.message : "";
    return `${event.type} ${detail}${event.place ? ` @${event.place.line}` : ""}`.replace("  ", " ");
  });

test(
  "a selective receive: what it skips, what it takes, each at its line",
  withSession(async (shell) => {
    const { events } = await traced(
      shell,
      "a",
      "send(self(), :low)\nsend(self(), :high)\nreceive do\n  :none -> 0\n  :high -> 1\nend\nreceive do\n  x -> x\nend",
    );
    const expected = [
      "send :low @1",
      "deliver :low",
      "value :low",
      "send :high @2",
      "deliver :high",
      "value :high",
      "skip 1",
      "match 2 @5",
      "value 1",
      "match 1 @8",
      "value :low",
    ];
    assert.deepEqual(brief(events.slice(1)), expected);
    assert.deepEqual(
      ofType(events, "match").map(({ clauses }) => clauses),
      [[4, 5], [8]],
    );
  }),
);

test(
  "a spawned process: who started it, where, how it ended",
  withSession(async (shell) => {
    const { events, batch } = await traced(shell, "a", "spawn(fn -> exit(:boom) end)\nProcess.sleep(1)");
    const [spawn] = ofType(events, "spawn");
    assert.equal(spawn.parent, batch.shell);
    assert.deepEqual(spawn.place, { file: "a", line: 1 });
    const [exit] = ofType(events, "exit");
    assert.equal(exit.pid, spawn.pid);
    assert.equal(exit.reason, ":boom");
    assert.equal(exit.isCrash, true);
  }),
);

test(
  "a message to a process that has ended reaches nobody",
  withSession(async (shell) => {
    const { events } = await traced(
      shell,
      "a",
      "pid = spawn(fn -> :ok end)\nProcess.sleep(1)\nsend(pid, :hello)",
    );
    const send = ofType(events, "send").find(({ text }) => text === ":hello");
    assert.equal(send?.message, 0);
    assert.equal(send?.to, ofType(events, "spawn")[0].pid);
  }),
);

test(
  "printing is told as what it prints, not as the messages to and from the device",
  withSession(async (shell) => {
    const { events } = await traced(shell, "a", 'IO.puts("one")\nIO.puts("two")');
    assert.deepEqual(
      ofType(events, "print").map(({ text }) => text),
      ["one\n", "two\n"],
    );
    assert.deepEqual(
      [...ofType(events, "send"), ...ofType(events, "deliver"), ...ofType(events, "monitor")],
      [],
    );
  }),
);

test(
  "DOWN and EXIT name whose end they tell of",
  withSession(async (shell) => {
    const { events } = await traced(
      shell,
      "a",
      "Process.flag(:trap_exit, true)\n{pid, _} = spawn_monitor(fn -> exit(:a) end)\nspawn_link(fn -> exit(:b) end)\nProcess.sleep(1)",
    );
    const [watched, linked] = ofType(events, "spawn");
    const told = ofType(events, "deliver").map(({ origin, from }) => ({ origin, from }));
    assert.deepEqual(told, [
      { origin: "down", from: watched.pid },
      { origin: "exit", from: linked.pid },
    ]);
    assert.equal(ofType(events, "monitor")[0].other, watched.pid);
    assert.equal(ofType(events, "link")[0].other, linked.pid);
    assert.equal(ofType(events, "signal")[0].from, linked.pid);
  }),
);

test(
  "a process that waits shows its variables as they are then, and the clauses that it waits in",
  withSession(async (shell) => {
    await shell.run(
      "m",
      "defmodule Sum do\n  def loop(total) do\n    receive do\n      {:add, n} -> loop(total + n)\n    end\n  end\nend",
    );
    const { batch } = await traced(
      shell,
      "a",
      "pid = spawn(fn -> Sum.loop(1) end)\nsend(pid, {:add, 41})\nProcess.sleep(1)",
    );
    const waits = ofType(batch.events, "out").filter(({ frames }) => frames[0]?.function === "loop/1");
    assert.deepEqual(waits.map(({ frames }) => frames[0].bindings).at(-1), [{ name: "total", text: "42" }]);
    const block = ofType(batch.events, "block").find(({ pid }) => pid === waits[0].pid);
    assert.deepEqual(block?.place, { file: "m", line: 3 });
    assert.deepEqual(block?.clauses, [4]);
  }),
);

test(
  "what was there before is known: names, links, monitors, mailboxes",
  withSession(async (shell) => {
    await shell.run(
      "a",
      "pid = spawn_link(fn -> Process.sleep(:infinity) end)\nProcess.register(pid, :server)\nProcess.monitor(pid)\nsend(pid, :early)",
    );
    const { events, batch } = await traced(shell, "b", "send(:server, :late)");
    const known = ofType(events, "known").find(({ name }) => name === ":server");
    assert.deepEqual(known?.links, [batch.shell]);
    assert.deepEqual(
      known?.mailbox.map(({ text }) => text),
      [":early"],
    );
    assert.equal(known?.state, "waiting");
    assert.equal(
      ofType(events, "known").find(({ pid }) => pid === batch.shell)?.monitors[0].other,
      known?.pid,
    );
    assert.equal(ofType(events, "send")[0].to, known?.pid);
  }),
);

test(
  "an exchange with a server of OTP is told at the line of the program that asked",
  withSession(async (shell) => {
    const { events, batch } = await traced(
      shell,
      "a",
      "{:ok, pid} = Agent.start_link(fn -> 1 end)\nAgent.get(pid, & &1)",
    );
    const calls = ofType(events, "send").filter(
      ({ pid, text }) => pid === batch.shell && text.includes("$gen_call"),
    );
    assert.deepEqual(
      calls.map(({ place }) => place),
      [{ file: "a", line: 2 }],
    );
  }),
);

test(
  "what a process does after its block has ended belongs to its block",
  withSession(async (shell) => {
    await shell.run("a", "spawn(fn -> Process.sleep(50)\nsend(self(), :later) end)");
    await shell.run("b", "Process.sleep(100)");
    const { events } = await watched(shell, "a");
    assert.ok(ofType(events, "send").some(({ text, place }) => text === ":later" && place?.line === 2));
  }),
);

test(
  "a recording is bounded, says so, and tracing then stops",
  withSession(async (shell) => {
    const { batch } = await traced(shell, "a", "for n <- 1..20_000, do: send(self(), n)\n:ok");
    assert.equal(batch.isCut, true);
    assert.ok(batch.events.length <= 7000, `${batch.events.length} events`);
    const next = await traced(shell, "b", "send(self(), :again)");
    assert.equal(next.batch.isCut, false);
    assert.equal(ofType(next.events, "send").length, 1);
  }),
);

test(
  "whoever watches while a block runs is told in batches, each event once",
  withSession(async (shell) => {
    shell.session.evaluate("a", "receive do: (:go -> :went)");
    await shell.session.settled();
    shell.session.watch("a");
    await shell.until((event) => event.type === "trace");
    shell.session.stop("a");
    await shell.run("b", "1");
    await shell.until((event) => event.type === "done" && event.id === "b");
    const batches = shell.events.filter(
      (event): event is Batch => event.type === "trace" && event.id === "a",
    );
    assert.equal(batches.filter(({ first }) => first).length, 1);
    const known = batches.flatMap(({ events }) => events).filter(({ type }) => type === "known");
    assert.equal(known.length, 1);
  }),
);
