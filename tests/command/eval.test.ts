/** `beamlet eval`: one value for a reader, or JSON for programs, with a fresh runtime for each request. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { run } from "../support/command.ts";

interface Answer {
  readonly id: string | null;
  readonly stdout: string;
  readonly value: string | null;
  readonly error: string | null;
}

function answers(...lines: readonly string[]): Answer[] {
  const { stdout, status } = run(["eval", "--jsonl"], lines.map((line) => `${line}\n`).join(""));
  assert.equal(status, 0);
  return stdout
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line));
}

const request = (id: string, code: string) => JSON.stringify({ id, code });
const values = (...codes: readonly string[]) =>
  answers(...codes.map((code, index) => request(String(index), code))).map(
    ({ value, error }) => value ?? error,
  );

test("prints output, then the value", () => {
  const { stdout, status } = run(["eval", 'IO.puts("out"); Enum.map(1..3, & &1 * 2)']);
  assert.equal(stdout, "out\n[2, 4, 6]\n");
  assert.equal(status, 0);
});

test("an error has status 1", () => {
  const { stdout, stderr, status } = run(["eval", 'raise "boom"']);
  assert.deepEqual({ stdout, stderr, status }, { stdout: "", stderr: "** (RuntimeError) boom\n", status: 1 });
});

test("--json - reads a program and answers one object", () => {
  const { stdout, status } = run(["eval", "--json", "-"], 'IO.puts("a")\n1 + 1\n');
  assert.deepEqual(JSON.parse(stdout), { stdout: "a\n", value: "2", error: null });
  assert.equal(status, 0);
});

test("--jsonl answers in order, past blank lines, crashes and lines that are no requests", () => {
  const lines = [
    request("1", "1"),
    "",
    "{nope",
    request("2", "exit(:x)"),
    '{"id":"3"}',
    "null",
    request("4", "4"),
  ];
  const found = answers(...lines);
  assert.deepEqual(
    found.map(({ id, value }) => [id, value]),
    [
      ["1", "1"],
      [null, null],
      ["2", null],
      ["3", null],
      [null, null],
      ["4", "4"],
    ],
  );
  assert.equal(found[2].error, "** (exit) :x");
  assert.match(found[1].error!, /^\*\* \(request\) not a line of JSON/);
  assert.match(found[3].error!, /^\*\* \(request\) there is no program under "code": \{"id":"3"\}/);
});

test("--jsonl keeps each output with its request", () => {
  const found = answers(request("a", 'IO.puts("first")'), request("b", 'IO.puts("second")'));
  assert.deepEqual(
    found.map(({ stdout }) => stdout),
    ["first\n", "second\n"],
  );
});

for (const [what, leave, look, nothing] of [
  ["modules", "defmodule Left, do: def(x, do: 1)", "Code.ensure_loaded?(Left)", "false"],
  [
    "names",
    "Process.register(spawn(fn -> Process.sleep(:infinity) end), :left)",
    "Process.whereis(:left)",
    "nil",
  ],
  ["tables", ":ets.new(:left, [:named_table, :public])", ":ets.whereis(:left)", ":undefined"],
  ["persistent terms", ":persistent_term.put(:left, 1)", ":persistent_term.get(:left, nil)", "nil"],
  ["settings", "Application.put_env(:left, :key, 1)", "Application.get_env(:left, :key)", "nil"],
  ["process dictionaries", "Process.put(:left, 1)", "Process.get(:left)", "nil"],
  [
    "compiler options",
    "Code.compiler_options(ignore_module_conflict: true)",
    "Code.get_compiler_option(:ignore_module_conflict)",
    "false",
  ],
] as const) {
  test(`no ${what} are left for the next request`, () => {
    assert.equal(values(leave, look)[1], nothing);
  });
}

test("the same program gives the same pids in every request", () => {
  const [first, second] = values("{self(), spawn(fn -> :ok end)}", "{self(), spawn(fn -> :ok end)}");
  assert.equal(second, first);
});

test("a program that waits for ever is told so", () => {
  assert.match(values("receive do: (:never -> 1)")[0]!, /every process waits/);
});

test("a request that redefines a module of the runtime leaves the next ones theirs", () => {
  const [, next, last] = values(
    "defmodule :lists do\n  def x, do: 1\nend",
    "Enum.sort([2, 1])",
    ":lists.reverse([1, 2])",
  );
  assert.deepEqual([next, last], ["[1, 2]", "[2, 1]"]);
});

test("what a program prints is there also when it halts, with its status", () => {
  const { stdout, stderr, status } = run(["eval", 'IO.puts("out"); System.halt(4)']);
  assert.deepEqual({ stdout, stderr, status }, { stdout: "out\n", stderr: "", status: 4 });
});

test("an expression reads the standard input", () => {
  assert.equal(run(["eval", "IO.gets(:a)"], "line\n").stdout, 'a"line\\n"\n');
});
