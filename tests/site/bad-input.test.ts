/** Code that is wrong, crashes or asks for too much: it is told at its line, and the page goes on. */
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { block, finish, run, textOf, useNotes } from "../support/page.ts";

const { result } = useNotes();

describe("bad input", () => {
  test("a syntax error is shown with the line marked", async () => {
    const page = await result("x = 1\ny = (2 +\n");
    assert.match(await textOf(page, "self"), /\*\* \((TokenMissingError|SyntaxError)\)/);
    assert.equal(await block(page, "self").locator(".line-error").count(), 1);
    await page.close();
  });

  test("a crash is shown with its stack trace and its lines marked", async () => {
    const page = await result(
      'defmodule Crash do\n  def now(x), do: raise("at #{x}")\nend\n\nCrash.now(1)\n:not_reached',
    );
    const text = await textOf(page, "self");
    assert.match(text, /\*\* \(RuntimeError\) at 1\n\s+self:2: Crash\.now\/1\n\s+self:5: \(file\)/);
    assert.doesNotMatch(text, /not_reached/);
    const marked = block(page, "self").locator(".line-error");
    assert.deepEqual(await marked.allInnerTexts(), ['  def now(x), do: raise("at #{x}")', "Crash.now(1)"]);
    assert.equal(await marked.first().getAttribute("title"), "** (RuntimeError) at 1");
    await page.close();
  });

  test("warnings and errors of the compiler are shown at their line", async () => {
    const page = await result("defmodule A do\n  def f(x), do: 1\n  def g, do: nope()\nend");
    const text = await textOf(page, "self");
    assert.match(text, /warning: variable "x" is unused/);
    assert.match(text, /error: undefined function nope\/0/);
    assert.match(text, /\*\* \(CompileError\) self: cannot compile module A/);
    assert.equal(await block(page, "self").locator(".line-warning").innerText(), "  def f(x), do: 1");
    assert.match((await block(page, "self").locator(".line-error").allInnerTexts()).join(), /nope/);
    await page.close();
  });

  test("the crash of a process is reported where it was started", async () => {
    const page = await result("spawn(fn -> 1 / 0 end)\nProcess.sleep(10)");
    await block(page, "self").getByText("raised an exception").waitFor();
    assert.match(
      await textOf(page, "self"),
      /\[error\] Process #PID<[\d.]+> raised an exception\n\*\* \(ArithmeticError\)/,
    );
    await page.close();
  });

  test("a shell that dies of a link is replaced by a new one", async () => {
    const page = await result("kept = 1\nspawn_link(fn -> exit(:oops) end)\nProcess.sleep(100)");
    assert.match(
      await textOf(page, "self"),
      /\*\* \(EXIT from #PID<[\d.]+>\) shell process exited with reason: :oops/,
    );
    await run(page, "send");
    await finish(page, "send");
    await page.close();
  });

  const excesses: Record<string, [code: string, error: RegExp]> = {
    "a million lines": ["for i <- 1..1_000_000, do: IO.puts(i)", /limit exceeded.*printed more than/],
    "a flooded mailbox": [
      "pid = spawn(fn -> Process.sleep(:infinity) end)\ndefmodule Flood do\n  def run(pid) do\n    send(pid, :x)\n    run(pid)\n  end\nend\nFlood.run(pid)",
      /limit exceeded.*mailbox/,
    ],
    "a flood of the shell's own mailbox": [
      "defmodule Flood do\n  def run do\n    send(self(), :x)\n    run()\n  end\nend\nFlood.run()",
      /limit exceeded.*mailbox/,
    ],
    "a bomb of processes": [
      "defmodule Bomb do\n  def run do\n    spawn(fn -> run() end)\n    spawn(fn -> run() end)\n    Process.sleep(:infinity)\n  end\nend\nBomb.run()",
      /limit exceeded.*(processes|memory)/,
    ],
    "a list without end": [
      "defmodule Grow do\n  def run(list), do: run([list | list])\n  def flat(list), do: flat([1 | list])\nend\nGrow.flat([])",
      /limit exceeded.*memory/,
    ],
    "a recursion without end": [
      "defmodule Deep do\n  def run(n), do: 1 + run(n + 1)\nend\nDeep.run(0)",
      /limit exceeded.*memory/,
    ],
    "a map without end": [
      "defmodule Grow do\n  def run(map, n), do: run(Map.put(map, n, Enum.to_list(1..100)), n + 1)\nend\nGrow.run(%{}, 0)",
      /limit exceeded.*memory/,
    ],
    "a binary that doubles": [
      'defmodule Grow do\n  def run(text, kept), do: run(text <> text, [text | kept])\nend\nGrow.run("0123456789", [])',
      /limit exceeded.*memory|system_limit|SystemLimitError/,
    ],
  };
  for (const [what, [code, error]] of Object.entries(excesses)) {
    test(`${what} ends in a clear error, and the page goes on`, async (t) => {
      const started = Date.now();
      const page = await result(code);
      t.diagnostic(`${Date.now() - started} ms`);
      assert.match(await textOf(page, "self"), error);
      await run(page, "send");
      await finish(page, "send");
      assert.match(await textOf(page, "send"), /an, :arbitrary/);
      await page.close();
    });
  }
});
