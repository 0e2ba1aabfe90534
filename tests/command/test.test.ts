/** `beamlet test`: ExUnit's summary, its options, and the exit status. */
import assert from "node:assert/strict";
import { spawn, spawnSync } from "node:child_process";
import { mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { beamlet, run } from "../support/command.ts";
import { file, pathOf } from "../support/folder.ts";

const suite = `
defmodule SampleTest do
  use ExUnit.Case
  test "passes", do: assert 1 + 1 == 2
  @tag :slow
  test "sleeps", do: Process.sleep(50_000)
  @tag :broken
  test "fails", do: assert 1 == 2
  @tag :broken
  test "raises", do: raise "oops"
end
`;

const sample = () => file("sample_test.exs", suite);
const summary = (stdout: string) => stdout.match(/^\d+ tests?, .*$/m)?.[0];

test("failures give status 2 and are counted", () => {
  const { stdout, status } = run(["test", "--virtual-time", sample()]);
  assert.equal(summary(stdout), "4 tests, 2 failures");
  assert.match(stdout, /Assertion with == failed/);
  assert.equal(status, 2);
});

test("--exclude leaves tests out", () => {
  const { stdout, status } = run(["test", "--virtual-time", "--exclude", "broken", sample()]);
  assert.equal(summary(stdout), "4 tests, 0 failures, 2 excluded");
  assert.equal(status, 0);
});

test("options may follow the files, as those of mix test may", () => {
  const { stdout, status } = run(["test", sample(), "--virtual-time", "--exclude", "broken", "--seed", "5"]);
  assert.match(stdout, /seed: 5\b/);
  assert.equal(summary(stdout), "4 tests, 0 failures, 2 excluded");
  assert.equal(status, 0);
});

test("--only runs nothing else", () => {
  const { stdout, status } = run(["test", "--virtual-time", "--only", "slow", sample()]);
  assert.equal(summary(stdout), "4 tests, 0 failures, 3 excluded");
  assert.equal(status, 0);
});

test("--only what no test has is an error, as of mix test", () => {
  const { stdout, stderr, status } = run(["test", "--virtual-time", "--only", "sloww", sample()]);
  assert.equal(summary(stdout), "4 tests, 0 failures, 4 excluded");
  assert.equal(stderr, 'The --only option was given to "beamlet test" but no test was executed\n');
  assert.equal(status, 1);
});

test("--max-failures stops after as many", () => {
  const { stdout, status } = run(["test", "--virtual-time", "--max-failures", "1", sample()]);
  assert.match(summary(stdout)!, /, 1 failure\b/);
  assert.equal(status, 2);
});

test("--trace names each test; --seed is told", () => {
  const { stdout } = run([
    "test",
    "--virtual-time",
    "--trace",
    "--seed",
    "5",
    "--exclude",
    "broken",
    sample(),
  ]);
  assert.match(stdout, /\* test passes \(\d/);
  assert.match(stdout, /seed: 5/);
});

test("-r loads what the tests need", () => {
  const helper = file("helper.ex", "defmodule Helper, do: def(one, do: 1)");
  const needs = file(
    "needs_test.exs",
    `
defmodule NeedsTest do
  use ExUnit.Case
  test "one", do: assert Helper.one() == 1
end
`,
  );
  const { stdout, status } = run(["test", "-r", helper, needs]);
  assert.equal(summary(stdout), "1 test, 0 failures");
  assert.equal(status, 0);
});

test("a file that does not compile has status 1 and is named", () => {
  const broken = file("broken_test.exs", "defmodule BrokenTest do\n  def f, do: missing()\nend\n");
  const { stderr, status } = run(["test", broken]);
  assert.match(stderr, /undefined function missing\/0/);
  assert.match(stderr, /broken_test\.exs:2/);
  assert.equal(status, 1);
});

test("files given with -r may need each other in any order", () => {
  const first = file(
    "first.ex",
    "defmodule First do\n  require Second\n  def value(%Second{n: n}), do: Second.double(n)\nend\n",
  );
  const second = file(
    "second.ex",
    "defmodule Second do\n  defstruct n: 21\n  defmacro double(n), do: quote(do: unquote(n) * 2)\nend\n",
  );
  const tests = file(
    "order_test.exs",
    `ExUnit.start()
defmodule OrderTest do
  use ExUnit.Case
  test "value", do: assert First.value(struct(Second)) == 42
end
`,
  );
  const { stdout, stderr, status } = run(["test", "-r", first, "-r", second, tests]);
  assert.equal(summary(stdout), "1 test, 0 failures", stderr);
  assert.equal(status, 0);
});

test("the protocols of a program know their implementations once it is compiled", () => {
  const program = file(
    "protocol.ex",
    `defprotocol Area do
  def area(shape)
end

defmodule Square do
  defstruct [:side]
  defimpl Area, do: def(area(%{side: side}), do: side * side)
end
`,
  );
  const tests = file(
    "protocol_test.exs",
    `defmodule AreaTest do
  use ExUnit.Case
  test "implementations" do
    assert Protocol.consolidated?(Area)
    assert Area.__protocol__(:impls) == {:consolidated, [Square]}
    assert Area.area(struct(Square, side: 3)) == 9
  end
end
`,
  );
  const { stdout, stderr } = run(["test", "-r", program, tests]);
  assert.equal(summary(stdout), "1 test, 0 failures", stderr);
});

/** A folder of tests with a helper; returns its path. */
function folder(name: string): string {
  const path = pathOf(name);
  mkdirSync(join(path, "deep"), { recursive: true });
  writeFileSync(join(path, "test_helper.exs"), "defmodule Helper do\n  def one, do: 1\nend\nExUnit.start()");
  writeFileSync(
    join(path, "a_test.exs"),
    "defmodule ATest do\n  use ExUnit.Case\n  test :a do\n    assert Helper.one() == 1\n  end\n\n  test :b do\n    assert false\n  end\nend",
  );
  writeFileSync(
    join(path, "deep", "b_test.exs"),
    "defmodule BTest do\n  use ExUnit.Case\n  test :b, do: assert true\nend",
  );
  writeFileSync(join(path, "deep", "other.exs"), 'raise "not a test"');
  return path;
}

test("a folder stands for the tests below it, after its helper", () => {
  const { stdout, stderr, status } = run(["test", folder("all")]);
  assert.equal(summary(stdout), "3 tests, 1 failure");
  assert.equal(stderr, "");
  assert.equal(status, 2);
});

test("a line stands for the test there", () => {
  const path = folder("lines");
  const { stdout, status } = run(["test", join(path, "a_test.exs:4")]);
  assert.equal(summary(stdout), "2 tests, 0 failures, 1 excluded");
  assert.equal(status, 0);
});

test("the helper of a file is the nearest one above it in the working directory, and is loaded once", () => {
  const path = folder("helped");
  mkdirSync(join(path, "none"));
  writeFileSync(join(path, "deep", "c_test.exs"), "IO.puts(Helper.one())");
  writeFileSync(join(path, "none", "d_test.exs"), "IO.puts(Code.ensure_loaded?(Helper))");
  const inside = (...files: string[]) =>
    spawnSync(process.execPath, [beamlet, "test", ...files], { cwd: path, encoding: "utf8" });
  assert.match(
    inside("deep/c_test.exs", "a_test.exs:4", "deep").stdout,
    /^1\n.*3 tests, 0 failures, 2 excluded/s,
  );
  assert.match(inside("deep/c_test.exs").stdout, /^1\n/);
  const outside = spawnSync(process.execPath, [beamlet, "test", "../none/d_test.exs"], {
    cwd: join(path, "deep"),
    encoding: "utf8",
  });
  assert.match(outside.stdout, /^false\n/);
});

test("--watch runs again when a file changes", { timeout: 60_000 }, async () => {
  const path = folder("watched");
  const child = spawn(process.execPath, [beamlet, "test", "--watch", "."], { cwd: path, stdio: "pipe" });
  try {
    let output = "";
    const summaries = () => output.match(/^\d+ tests?, .*$/gm) ?? [];
    let changed = () => {};
    child.stdout.setEncoding("utf8").on("data", (chunk: string) => {
      output += chunk;
      changed();
    });
    const until = async (count: number) => {
      while (summaries().length < count) await new Promise<void>((resolve) => (changed = resolve));
    };
    await until(1);
    // The watch begins once the first run is over.
    const file = join(path, "a_test.exs");
    const text = readFileSync(file, "utf8").replace("assert false", "assert true");
    // At once, as a run that is under way would read half of it.
    const touch = setInterval(() => {
      writeFileSync(join(path, "written"), text);
      renameSync(join(path, "written"), file);
    }, 500);
    await until(2);
    clearInterval(touch);
    assert.deepEqual(summaries().slice(0, 2), ["3 tests, 1 failure", "3 tests, 0 failures"]);
  } finally {
    child.kill();
  }
});

test("what the command is given counts more than what a helper says", () => {
  const helper = file("helper.exs", "ExUnit.start(trace: false, seed: 7, exclude: [:slow])\n");
  const { stdout } = run([
    "test",
    "--virtual-time",
    "--seed",
    "5",
    "--exclude",
    "broken",
    "-r",
    helper,
    sample(),
  ]);
  assert.match(stdout, /seed: 5/);
  assert.equal(summary(stdout), "4 tests, 0 failures, 3 excluded");
});

/** Says on the standard error which modules of the library are read from files of their own. */
const spy = `import fs from "node:fs";
import { syncBuiltinESMExports } from "node:module";
const read = fs.readFileSync;
fs.readFileSync = (path, ...more) => {
  const name = /[\\\\/]lib[\\\\/]([\\w.]+)\\.js$/.exec(path)?.[1];
  if (name !== undefined) process.stderr.write("read " + name + "\\n");
  return read(path, ...more);
};
syncBuiltinESMExports();`;

for (const [command, start] of [
  ["test", ""],
  ["run", "ExUnit.start()"],
])
  test(`what every run of tests needs comes in one file, which the host keeps compiled: beamlet ${command}`, () => {
    const path = file(
      "spy_test.exs",
      `${start}
defmodule SpyTest do
  use ExUnit.Case
  test "one", do: assert Base.encode16("a") == "61"
end`,
    );
    const hook = `data:text/javascript,${encodeURIComponent(spy)}`;
    const { stdout, stderr } = spawnSync(process.execPath, ["--import", hook, beamlet, command, path], {
      encoding: "utf8",
    });
    assert.equal(summary(stdout), "1 test, 0 failures");
    assert.deepEqual(stderr.match(/(?<=^read ).*$/gm), ["Elixir.Base"]);
  });

test("a run of tests loads neither Logger nor what reads doctests, where nothing needs them", () => {
  const loaded = `defmodule LoadedTest do
  use ExUnit.Case

  test "one" do
    loaded = for {module, _} <- :code.all_loaded(), do: module
    assert Enum.filter([Logger, Logger.Utils, :logger_std_h, Protocol, ExUnit.DocTest.Examples], & &1 in loaded) == []
  end
end`;
  assert.equal(summary(run(["test", file("loaded_test.exs", loaded)]).stdout), "1 test, 0 failures");
});

test("the code that the host reads first is ASCII, which is not decoded", () => {
  const dist = process.env.BEAMLET_DIST ?? join(beamlet, "../../dist");
  for (const name of readdirSync(dist).filter((name) => /\.c?js$/.test(name)))
    assert.doesNotMatch(readFileSync(join(dist, name), "latin1"), /[\x80-\xff]/, name);
});
