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
