import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { run } from "../support/command.ts";

/** What `beamlet test` prints of a file of tests after its first line, times left out, and its status. */
function suite(code: string): { output: string; status: number | null } {
  const folder = mkdtempSync(join(tmpdir(), "beamlet-"));
  try {
    const file = join(folder, "suite_test.exs");
    writeFileSync(file, `defmodule SuiteTest do\n  use ExUnit.Case\n${code}\nend\n`);
    const { stdout, status } = run(["test", "--seed", "0", file]);
    const output = stdout
      .replaceAll(folder, "")
      .replace(/\(.*s sync\)/, "(…)")
      .replace(/in [\d.]+ seconds/, "in … seconds");
    return { output: output.slice(output.indexOf("\n") + 1), status };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

test("a suite that passes", () => {
  const { output, status } = suite(
    '  test "one", do: assert true\n  @tag :skip\n  test "two", do: assert false',
  );
  assert.equal(output, "\n*.\nFinished in … seconds (…)\n2 tests, 0 failures, 1 skipped\n");
  assert.equal(status, 0);
});

test("a failure is reported with its code, both sides and its place", () => {
  const { output, status } = suite('  test "sum" do\n    assert Enum.sum([1, 2]) == 4\n  end');
  assert.equal(
    output,
    `


  1) test sum (SuiteTest)
     /suite_test.exs:3
     Assertion with == failed
     code:  assert Enum.sum([1, 2]) == 4
     left:  3
     right: 4
     stacktrace:
       /suite_test.exs:4: (test)


Finished in … seconds (…)
1 test, 1 failure
`,
  );
  assert.equal(status, 2);
});

test("a setup_all that fails invalidates the tests", () => {
  const { output } = suite('  setup_all do\n    raise "no"\n  end\n  test "x", do: :ok');
  assert.match(output, /failure on setup_all callback, all tests have been invalidated/);
  assert.match(output, /1 test, 0 failures, 1 invalid/);
});

test("a test that takes too long is stopped", () => {
  const { output } = suite('  @tag timeout: 20\n  test "slow", do: Process.sleep(:infinity)');
  assert.match(output, /\(ExUnit\.TimeoutError\) test timed out after 20ms/);
  assert.match(output, /1 test, 1 failure/);
});

test("a crash of a linked process fails its test alone", () => {
  const code = `  test "crash" do
    spawn_link(fn -> exit(:gone) end)
    Process.sleep(:infinity)
  end
  test "fine", do: :ok`;
  const { output } = suite(code);
  assert.match(output, /\*\* \(EXIT from #PID<[\d.]+>\) :gone/);
  assert.match(output, /2 tests, 1 failure/);
});
