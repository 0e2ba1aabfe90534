/** A shell behind messages: what evaluations share, what stopping one leaves alone, where output is shown. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { setTimeout as pause } from "node:timers/promises";
import { withSession } from "../../support/session.ts";

const real = { clock: "real" } as const;

test(
  "evaluations share bindings, imports and modules",
  withSession(async (shell) => {
    await shell.run("a", "x = 20\nimport Bitwise\ndefmodule Twice, do: def(of(n), do: 2 * n)");
    await shell.run("b", "Twice.of(x) ||| 2");
    assert.deepEqual(shell.values("b"), ["42"]);
  }),
);

test(
  "each expression tells its value and line",
  withSession(async (shell) => {
    const events = await shell.run("a", "1 + 1\n\n2 + 2");
    assert.deepEqual(
      events.filter(({ type }) => type === "value"),
      [
        { type: "value", id: "a", line: 1, text: "2" },
        { type: "value", id: "a", line: 3, text: "4" },
      ],
    );
  }),
);

test(
  "an error ends the text, keeps what was bound, and names its line",
  withSession(async (shell) => {
    const events = await shell.run("a", 'x = 1\nraise "boom"\nx = 2');
    const error = events.find(({ type }) => type === "error");
    assert.ok(error?.type === "error");
    assert.equal(error.banner, "** (RuntimeError) boom");
    assert.equal(error.line, 2);
    await shell.run("b", "x");
    assert.deepEqual(shell.values("b"), ["1"]);
  }),
);

test(
  "a syntax error is reported at its line",
  withSession(async (shell) => {
    const events = await shell.run("a", "1\nx = )");
    const error = events.find(({ type }) => type === "error");
    assert.ok(error?.type === "error");
    assert.match(error.banner, /^\*\* \(SyntaxError\)/);
    assert.equal(error.line, 2);
  }),
);

test(
  "what is wrong with types is told after the values, at its line",
  withSession(async (shell) => {
    const wrong = (name: string) => `defmodule ${name} do\n  def f(x = 1), do: x == :a\nend\n:value`;
    // From the second on, what checks it is loaded: nothing is left for later.
    for (const [id, name] of [
      ["a", "First"],
      ["b", "Second"],
    ]) {
      await shell.run(id, wrong(name));
      await shell.until((event) => event.type === "diagnostic" && event.id === id);
      const events = shell.of(id);
      const told = events.findIndex(({ type }) => type === "diagnostic");
      const shown = events.findLastIndex(({ type }) => type === "value");
      assert.ok(told > shown, `${id}: ${events.map(({ type }) => type)}`);
      const found = events[told];
      assert.ok(found.type === "diagnostic");
      assert.equal(found.line, 2);
      assert.match(found.text, /comparison between distinct types found/);
    }
  }),
);

test(
  "what the compiler says of a block that runs again belongs to the later run",
  withSession(async (shell) => {
    for (const id of ["block:1", "block:2"]) {
      await shell.run(id, "defmodule Again do\n  def f(x), do: 1\nend");
      const told = shell.of(id).map((event) => (event.type === "diagnostic" ? event.text : ""));
      assert.match(told.join(), /variable "x" is unused/, id);
    }
  }),
);

for (const [what, code] of [
  ["an endless loop", "loop = fn me -> me.(me) end\nloop.(loop)"],
  ["an endless receive", "receive do: (:never -> :ok)"],
  ["a loop that catches everything", "f = fn me -> (try do me.(me) catch _, _ -> me.(me) end) end\nf.(f)"],
]) {
  test(
    `stopping ${what} keeps bindings`,
    withSession(async (shell) => {
      await shell.run("a", "x = :kept");
      shell.session.evaluate("b", code);
      await pause(30);
      shell.session.stop("b");
      await shell.until((event) => event.type === "done" && event.id === "b");
      await shell.run("c", "x");
      assert.deepEqual(shell.values("c"), [":kept"]);
    }, real),
  );
}

test(
  "stopping an evaluation ends the processes that it has started, and no others",
  withSession(async (shell) => {
    await shell.run("a", "mine = spawn(fn -> Process.sleep(:infinity) end)");
    await shell.run("b", "theirs = spawn(fn -> Process.sleep(:infinity) end)");
    shell.session.stop("b");
    await shell.run("c", "{Process.alive?(mine), Process.alive?(theirs)}");
    assert.deepEqual(shell.values("c"), ["{true, false}"]);
  }, real),
);

test(
  "output is shown in the evaluation that started the process",
  withSession(async (shell) => {
    await shell.run("a", 'pid = spawn(fn -> receive do: (:go -> IO.puts("from a")) end)');
    await shell.run("b", 'IO.puts("from b")\nsend(pid, :go)\nProcess.sleep(5)');
    assert.equal(shell.printed("a"), "from a\n");
    assert.equal(shell.printed("b"), "from b\n");
  }),
);

test(
  "warnings of the compiler are diagnostics with their line",
  withSession(async (shell) => {
    const events = await shell.run("a", "defmodule W do\n  def f(unused), do: 1\nend");
    const found = events.find(({ type }) => type === "diagnostic");
    assert.ok(found?.type === "diagnostic");
    assert.equal(found.severity, "warning");
    assert.equal(found.line, 2);
    assert.match(found.text, /variable "unused" is unused/);
  }),
);

test(
  "a warning that only has a stack is told at the line of the block that it comes from",
  withSession(async (shell) => {
    const events = await shell.run("a", '1\nx = 3..1\nString.slice("abc", x)\nIO.warn("elsewhere", [])');
    const lines = events.flatMap((event) => (event.type === "diagnostic" ? [event.line] : []));
    assert.deepEqual(lines, [2, 3, null]);
  }),
);

test(
  "a shell that dies is followed by one without bindings",
  withSession(async (shell) => {
    await shell.run("a", "x = 1");
    await shell.run("b", "Process.exit(self(), :kill)");
    assert.match(shell.banner("b")!, /^\*\* \(EXIT from #PID<.*>\) shell process exited with reason: killed/);
    await shell.run("c", "x");
    assert.match(shell.banner("c")!, /^\*\* \(CompileError\) c: cannot compile/);
  }),
);

test(
  "virtual time passes at once and is told",
  withSession(async (shell) => {
    const done = (await shell.run("a", "Process.sleep(60_000)")).at(-1);
    assert.ok(done?.type === "done");
    assert.ok(done.elapsed >= 60_000 && done.elapsed < 61_000, String(done.elapsed));
  }),
);

test(
  "a replacement starts from what was there before, whatever has come since",
  withSession(async (shell) => {
    await shell.run("a", "x = 1\ndefmodule M, do: def(v, do: :first)\nsend(self(), :early)");
    await shell.run(
      "b",
      "x = x + 1\nimport Bitwise\nProcess.register(spawn(fn -> Process.sleep(:infinity) end), :server)\n:ets.new(:table, [:named_table])\nreceive do m -> m end\nProcess.put(:key, x)",
    );
    await shell.run("c", "defmodule M, do: def(v, do: :second)\nProcess.register(self(), :shell)");
    shell.session.evaluate(
      "b2",
      "{x, M.v(), Process.whereis(:server), :ets.whereis(:table), Process.info(self(), :messages), Process.get(:key), Process.whereis(:shell)}",
      { replaces: "b" },
    );
    await shell.until((event) => event.type === "done" && event.id === "b2");
    assert.deepEqual(shell.values("b2"), ["{1, :first, nil, :undefined, {:messages, [:early]}, nil, nil}"]);
    assert.equal(shell.banner("b2"), null);
  }),
);

test(
  "a discarded evaluation leaves nothing behind",
  withSession(async (shell) => {
    shell.session.evaluate(
      "check",
      "x = 1\nimport Bitwise\nsend(self(), :hello)\nspawn(fn -> Process.sleep(:infinity) end)",
      { discard: true },
    );
    await shell.until((event) => event.type === "done" && event.id === "check");
    await shell.run("a", "binding() ++ Process.info(self(), :messages) |> Tuple.to_list()");
    await shell.run("b", "1 ||| 2");
    assert.deepEqual(shell.values("a"), ["[:messages, []]"]);
    assert.match(String(shell.banner("b")), /undefined function \|\|\|\/2|cannot compile/);
  }),
);

test(
  "an act runs beside a block that waits, with its bindings, and belongs to it",
  withSession(async (shell) => {
    shell.session.evaluate("a", "me = self()\nreceive do {:answer, n} -> n end");
    await shell.session.settled();
    shell.session.act("a", "IO.puts(:pressed)\nsend(me, {:answer, 42})");
    await shell.until((event) => event.type === "done" && event.id === "a");
    assert.equal(shell.printed("a"), "pressed\n");
    assert.ok(["42", "{:answer, 42}"].every((value) => shell.values("a").includes(value)));
    shell.session.act("a", 'raise "oops"');
    await shell.until((event) => event.type === "error" && event.id === "a");
    assert.equal(shell.banner("a"), "** (RuntimeError) oops");
  }),
);
