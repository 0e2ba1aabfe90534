/** From the trace of a real run to what the pictures show: each model says what the program did. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { isEntry, readEntries } from "../../src/components/pictures/entries.ts";
import { duration, History, messageText } from "../../src/components/pictures/history.ts";
import { h, textOf, toHtml } from "../../src/components/pictures/node.ts";
import { receiveSteps } from "../../src/components/pictures/receive-model.ts";
import { sequenceOf } from "../../src/components/pictures/sequence-model.ts";
import { drawSequence } from "../../src/components/pictures/sequence-picture.ts";
import { slicesOf } from "../../src/components/pictures/slices-model.ts";
import { drawSlices } from "../../src/components/pictures/slices-picture.ts";
import { occupant, treeOf } from "../../src/components/pictures/tree-model.ts";
import { drawTree } from "../../src/components/pictures/tree-picture.ts";
import { sentence } from "../../src/components/pictures/wording.ts";
import { type TestSession, withSession } from "../support/session.ts";

/** Runs the code to its end and gives its history. */
async function historyOf(shell: TestSession, code: string, id = "a"): Promise<History> {
  await shell.run(id, code);
  await shell.session.settled();
  shell.session.watch(id);
  const batch = await shell.until((event) => event.type === "trace" && event.id === id);
  shell.session.watch(id, false);
  assert.ok(batch.type === "trace");
  const lines = code.split("\n");
  const history = new History(batch.shell, batch.began, (line) => lines[line - 1] ?? "");
  assert.equal(
    readEntries(batch.events).length,
    batch.events.length,
    "every entry passes the check of the page",
  );
  history.add(batch.events);
  history.isCut = batch.isCut;
  history.cost = batch.cost;
  return history;
}

const selective = `send(self(), {:low, 1})
send(self(), {:low, 2})
send(self(), {:high, 3})
receive do
  {:none, _} -> 0
  {:high, x} -> x
end
receive do
  {_, x} -> x
end
receive do
  {_, x} -> x
end`;

test(
  "a message stays in the mailbox from its arrival to the receive that takes it, passed over by others",
  withSession(async (shell) => {
    const { rows, stays, lanes } = sequenceOf(await historyOf(shell, selective));
    assert.deepEqual(
      rows.map(({ kind, text, place }) => [kind, text, place?.line]),
      [
        ["send", "{:low, 1}", 1],
        ["send", "{:low, 2}", 2],
        ["send", "{:high, 3}", 3],
        ["match", "{:high, 3}", 6],
        ["match", "{:low, 1}", 9],
        ["match", "{:low, 2}", 12],
      ],
    );
    assert.deepEqual(
      stays.map(({ from, to, skipped, isTaken, column }) => ({ from, to, skipped, isTaken, column })),
      [
        { from: 0, to: 4, skipped: [3], isTaken: true, column: 0 },
        { from: 1, to: 5, skipped: [3], isTaken: true, column: 1 },
        { from: 2, to: 3, skipped: [], isTaken: true, column: 2 },
      ],
    );
    assert.deepEqual(
      lanes.map(({ title }) => title),
      ["this block"],
    );
  }),
);

test(
  "the steps of receive: each message is taken up in turn, each pattern is tried on it from top to bottom",
  withSession(async (shell) => {
    const steps = receiveSteps(await historyOf(shell, selective)).map(
      ({ rule, at, clause, result }) =>
        `${rule}${at < 0 ? "" : ` message ${at}`}${clause < 0 ? "" : ` clause ${clause} ${result}`}`,
    );
    const passed = (message: number) => [
      `1 message ${message}`,
      `2 message ${message} clause 0 fails`,
      `2 message ${message} clause 1 fails`,
      `4 message ${message}`,
    ];
    const taken = ["1 message 0", "2 message 0 clause 0 matches", "3 message 0 clause 0 matches"];
    assert.deepEqual(steps, [
      ...passed(0),
      ...passed(1),
      "1 message 2",
      "2 message 2 clause 0 fails",
      "2 message 2 clause 1 matches",
      "3 message 2 clause 1 matches",
      ...taken,
      ...taken,
    ]);
  }),
);

test(
  "a receive that waits, and one whose time is over, are steps 5 and 6",
  withSession(async (shell) => {
    const steps = receiveSteps(
      await historyOf(shell, "send(self(), :other)\nreceive do\n  :never -> 1\nafter\n  10 -> 2\nend"),
    );
    assert.deepEqual(
      steps.map(({ rule }) => rule),
      [1, 2, 4, 5, 6],
    );
  }),
);

test(
  "a process bound to a variable that is none is called by its pid",
  withSession(async (shell) => {
    const history = await historyOf(shell, "_ = spawn(fn -> Process.sleep(1) end)\nProcess.sleep(2)");
    const [nameless] = [...history.processes.values()].filter(({ wasKnown }) => !wasKnown);
    assert.match(history.title(nameless.pid), /^#PID<[\d.]+>$/);
  }),
);

test(
  "mailboxes, states and variables at each moment",
  withSession(async (shell) => {
    await shell.run(
      "m",
      "defmodule Sum do\n  def loop(total) do\n    receive do\n      {:add, n} -> loop(total + n)\n    end\n  end\nend",
    );
    const history = await historyOf(
      shell,
      "adder = spawn(fn -> Sum.loop(0) end)\nsend(adder, {:add, 1})\nsend(adder, {:add, 2})\nProcess.sleep(1)",
    );
    const [adder] = [...history.processes.values()].filter(({ wasKnown }) => !wasKnown);
    assert.equal(history.title(adder.pid), "adder");
    const totals = new Set<string>();
    let most = 0;
    for (let i = 0; i < history.entries.length; i++) {
      const process = history.at(i).processes.get(adder.pid);
      most = Math.max(most, process?.mailbox.size ?? 0);
      for (const { name, text } of process?.frames[0]?.bindings ?? []) if (name === "total") totals.add(text);
    }
    assert.equal(most, 2);
    assert.equal([...totals].at(-1), "3");
    const end = history.at(history.entries.length - 1).processes.get(adder.pid);
    assert.equal(end?.state, "waiting");
    // Back in time it is as it was.
    assert.equal(history.at(adder.begins).processes.get(adder.pid)?.state, "ready");
  }),
);

const supervised = `children = [%{id: :worker, start: {Agent, :start_link, [fn -> 0 end, [name: :worker]]}}]
{:ok, supervisor} = Supervisor.start_link(children, strategy: :one_for_one)
Process.exit(Process.whereis(:worker), :kill)
Process.sleep(10)`;

test(
  "a process that a supervisor starts again stands in the place of the one that crashed",
  withSession(async (shell) => {
    const history = await historyOf(shell, supervised);
    const tree = treeOf(history);
    const [block] = tree.roots;
    assert.equal(tree.slots.length, 3);
    const [supervisor] = block.children;
    assert.equal(history.title(supervisor.pids[0]), "supervisor");
    const [worker] = supervisor.children;
    assert.equal(worker.pids.length, 2);
    const end = history.at(history.entries.length - 1);
    assert.equal(occupant(worker, end), worker.pids[1]);
    assert.ok(end.processes.get(worker.pids[1])?.links.has(supervisor.pids[0]));
    const told = history.entries.map((entry) => sentence(entry, history));
    assert.ok(told.includes(":worker crashes: :killed"));
    assert.ok(told.includes("An exit signal from :worker reaches supervisor: :killed"));
    const drawn = textOf(drawTree(tree, end, undefined, history, 900));
    assert.match(drawn, /:worker.*start no\. 2/);
  }),
);

test(
  "an endless loop is preempted again and again, and a timeout still comes on time",
  withSession(async (shell) => {
    const history = await historyOf(
      shell,
      `defmodule Spin do
  def forever(n), do: forever(n + 1)
end
busy = for _ <- 1..2, do: spawn(fn -> Spin.forever(0) end)
receive do
  :never -> 0
after
  2 -> :on_time
end
Enum.each(busy, &Process.exit(&1, :kill))`,
    );
    const { slices, ready } = slicesOf(history);
    const spinners = [...history.processes.values()]
      .filter(({ wasKnown }) => !wasKnown)
      .map(({ pid }) => pid);
    const own = slices.filter(({ pid }) => spinners.includes(pid));
    assert.ok(own.length > 4);
    assert.ok(own.every(({ state }) => state === "preempted"));
    // In turn, and while one runs the other is in the queue.
    assert.ok(own.slice(1, 9).every(({ pid }, i) => pid !== own[i].pid));
    assert.ok(own.slice(1).every(({ queue }) => queue >= 1));
    for (const pid of spinners) assert.ok(ready.some((item) => item.pid === pid && item.to > item.from));
    const total = own.reduce((sum, { reductions }) => sum + reductions, 0);
    assert.ok(total >= 20_000, `${total} reductions in two virtual milliseconds`);
    assert.ok(textOf(drawSlices(slicesOf(history), slices.length - 1, history, 800)).includes("Scheduler 1"));
  }),
);

test(
  "slices of mere computing are counted beyond the first, and what comes after them is still told",
  withSession(async (shell) => {
    const history = await historyOf(
      shell,
      `defmodule Count do
  def down(0), do: :done
  def down(n), do: down(n - 1)
end
Count.down(4_000_000)
send(self(), :after_all)`,
    );
    const omitted = history.entries.find(({ type }) => type === "omitted");
    assert.ok(omitted?.type === "omitted" && omitted.slices > 100);
    assert.ok(slicesOf(history).slices.some((slice) => slice.omitted === omitted.slices));
    assert.equal(sequenceOf(history).rows.at(-1)?.text, ":after_all");
    assert.equal(history.isCut, false);
  }),
);

test(
  "the cost of processes: how many, how many bytes each",
  withSession(async (shell) => {
    const history = await historyOf(
      shell,
      "for _ <- 1..2000, do: spawn(fn -> Process.sleep(:infinity) end)\n:ok",
    );
    assert.equal(history.cost?.started, 2000);
    assert.equal(history.cost.alive, 2000);
    const each = history.cost.bytes / history.cost.alive;
    assert.ok(each > 100 && each < 1000, `${each} bytes`);
  }),
);

test(
  "what a program prints is no markup in a picture",
  withSession(async (shell) => {
    const history = await historyOf(
      shell,
      'send(self(), "<img src=x onerror=alert(1)>")\nreceive do: (x -> IO.puts(x))',
    );
    const { body } = drawSequence(sequenceOf(history), history, 600);
    assert.ok(textOf(body).includes("<img src=x"));
    assert.ok(!toHtml(body).includes("<img"));
  }),
);

test("whatever is not an entry is dropped", () => {
  const good = { type: "print", time: 1, pid: 2, text: "x" };
  assert.deepEqual(readEntries([good, null, 1, {}, { ...good, text: 1 }, { ...good, type: "constructor" }]), [
    good,
  ]);
  assert.equal(isEntry({ ...good, place: { file: "a" } }), false);
});

test("messages of OTP's servers are shown without their wrapping", () => {
  const pid = "#PID<0.4.0>";
  assert.equal(
    messageText(`{:"$gen_call", {${pid}, [:alias | #Reference<7>]}, {:add, 1}}`),
    "call {:add, 1}",
  );
  assert.equal(messageText(`{:"$gen_cast", :stop}`), "cast :stop");
  assert.equal(messageText("{[:alias | #Reference<7>], 3}"), "reply 3");
  assert.equal(messageText("{:add, 1}"), "{:add, 1}");
});

test("durations", () => {
  assert.deepEqual([0, 0.25, 5, 12.4, 2000, 2500].map(duration), [
    "0 ms",
    "0.25 ms",
    "5 ms",
    "12 ms",
    "2 s",
    "2.5 s",
  ]);
});

test("nodes become markup with everything escaped", () => {
  assert.equal(
    toHtml(h("p", { title: '"<', hidden: true, id: null }, "a & b")),
    '<p title="&#34;&#60;" hidden="">a &#38; b</p>',
  );
});
