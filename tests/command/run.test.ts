/** `beamlet run`: arguments, input, exit statuses, and the reports of the real command for what ends a script. */
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { beamlet, run } from "../support/command.ts";
import { file, pathOf } from "../support/folder.ts";

const done = (stdout: string) => ({ stdout, stderr: "", status: 0 });
const failed = (stderr: string, stdout = "") => ({ stdout, stderr, status: 1 });

test("a script gets its arguments", () => {
  const script = file("args.exs", "IO.inspect(System.argv())");
  assert.deepEqual(run(["run", script, "a", "--b", "c d"]), done('["a", "--b", "c d"]\n'));
});

test("Erlang's arguments begin with the script", () => {
  const asked = "IO.puts(Enum.join([:escript.script_name() | :init.get_plain_arguments()], ~s( )))";
  const script = file("plain.exs", asked);
  assert.deepEqual(run(["run", script, "a"]), done(`${script} ${script} a\n`));
  assert.deepEqual(run(["run", "-e", asked, "a"]), done(`-e -e ${asked} a\n`));
});

test("-r loads files before the script, in order", () => {
  const a = file("a.ex", "defmodule A do\n  def a, do: ~s(a)\nend");
  const b = file("b.ex", "defmodule B do\n  def b, do: A.a() <> ~s(b)\nend");
  const script = file("needs.exs", "IO.puts(B.b())");
  assert.deepEqual(run(["run", "-r", a, "-r", b, script]), done("ab\n"));
});

test("deprecated functions of modules that nothing has used yet are told by their names", () => {
  const zip = "IO.inspect(List.zip([[1], [2]]))";
  for (const [name, code, place] of [
    ["script.exs", zip, ":1:17"],
    ["module.exs", `defmodule Zip do\n  def zip, do: ${zip}\nend\n\nZip.zip()`, ":2:32: Zip.zip/0"],
  ]) {
    const script = file(name, code);
    const { stdout, stderr } = run(["run", script]);
    assert.equal(stdout, "[{1, 2}]\n");
    assert.match(stderr, /^ {4}warning: List\.zip\/1 is deprecated\. Use Enum\.zip\/1 instead\n/);
    assert.ok(stderr.includes(`${script}${place}\n`), stderr);
  }
});

test("a fun outside of modules is shown with the file that runs, one that it requires with its own", () => {
  const fun = file("fun.exs", "IO.inspect(fn -> 1 end)");
  const script = file("funs.exs", `Code.require_file("${fun}")\nIO.inspect(fn x -> x end)`);
  const { stdout } = run(["run", script]);
  const shown = stdout.replaceAll(/(?<=#Function<0\.)\d+/g, "…");
  assert.equal(shown, `#Function<0.… in file:${fun}>\n#Function<0.… in file:${script}>\n`);
});

test("an exit that is a shutdown is no error: its status is the number in it, or 0", () => {
  for (const [reason, expected] of [
    [":shutdown", 0],
    ["{:shutdown, :done}", 0],
    ["{:shutdown, 3}", 3],
  ])
    assert.deepEqual(run(["run", "-e", `exit(${reason})`]), { stdout: "", stderr: "", status: expected });
});

test("System.halt ends at once with its status", () => {
  const script = file("halt.exs", 'IO.puts("before")\nSystem.halt(3)\nIO.puts("after")');
  assert.deepEqual(run(["run", script]), { stdout: "before\n", stderr: "", status: 3 });
});

test("the end of the script ends the processes it has left", () => {
  const script = file("left.exs", "spawn(fn -> Process.sleep(:infinity) end)");
  assert.deepEqual(run(["run", script]), done(""));
});

test("an error shows its banner and stack trace", () => {
  const script = file(
    "crash.exs",
    "defmodule Crash do\n  def run(x), do: {:ok, div(1, x)}\nend\n\nCrash.run(0)\n",
  );
  const banner = "** (ArithmeticError) bad argument in arithmetic expression: div(1, 0)";
  const frames = ["    :erlang.div(1, 0)", `    ${script}:2: Crash.run/1`, `    ${script}:5: (file)`];
  assert.deepEqual(run(["run", script]), failed(`${[banner, ...frames].join("\n")}\n`));
});

for (const [code, banner] of [
  ["exit(:bye)", "** (exit) :bye"],
  ["throw(:ball)", "** (throw) :ball"],
  ['raise "boom"', "** (RuntimeError) boom"],
]) {
  test(`${code} at top level`, () => {
    const script = file("top.exs", code);
    assert.deepEqual(run(["run", script]), failed(`${banner}\n    ${script}:1: (file)\n`));
  });
}

test("exit(:normal) is no failure", () => {
  assert.deepEqual(run(["run", file("normal.exs", "exit(:normal)")]), done(""));
});

test("a syntax error marks its place", () => {
  const script = file("syntax.exs", "x = (1 +\n");
  const { stderr, status } = run(["run", script]);
  assert.equal(
    stderr,
    `** (TokenMissingError) token missing on ${script}:1:9:
    error: missing terminator: )
    │
  1 │ x = (1 +
    │     │   └ missing closing delimiter (expected ")")
    │     └ unclosed delimiter
    │
    └─ ${script}:1:9
`,
  );
  assert.equal(status, 1);
});

test("a violation of types marks its place, after what the script has printed", () => {
  const script = file("types.exs", 'defmodule A do\n  def f(x = 1), do: x <> "a"\nend\n\nIO.puts(:run)\n');
  const { stdout, stderr } = run(["run", script]);
  assert.equal(stdout, "run\n");
  assert.equal(
    stderr,
    `    warning: incompatible types in expression:

        <<x::binary, ...>>

    got type:

        integer()

    but expected type:

        binary()

    where "x" was given the type:

        # type: integer()
        # from: ${script}:2:11
        x = 1

    typing violation found at:
    │
  2 │   def f(x = 1), do: x <> "a"
    │   ~~~~~~~~~~~~~~~~~~~~~~~~~~
    │
    └─ ${script}:2: A.f/1

`,
  );
});

test("a missing file is named", () => {
  assert.deepEqual(run(["run", "missing.exs"]), failed("No file named missing.exs\n"));
});

test("the standard input is read by lines, then ends", () => {
  const script = file("input.exs", 'for _ <- 1..3, do: IO.inspect(IO.gets(""))');
  assert.deepEqual(run(["run", script], "one\ntwo\n"), done('"one\\n"\n"two\\n"\n:eof\n'));
});

test("what is written to the standard error stays off the output", () => {
  const script = file("streams.exs", 'IO.puts(:stderr, "err")\nIO.puts("out")');
  assert.deepEqual(run(["run", script]), { stdout: "out\n", stderr: "err\n", status: 0 });
});

test("virtual time passes at once", () => {
  const script = file("slow.exs", 'Process.sleep(3_600_000)\nIO.puts("an hour later")');
  const started = performance.now();
  assert.deepEqual(run(["run", "--virtual-time", script]), done("an hour later\n"));
  assert.ok(performance.now() - started < 20_000);
});

test("a program that sleeps takes no time of the processor; virtual time has one time only", () => {
  const used = `{before, _} = :erlang.statistics(:runtime)
Process.sleep(2000)
{behind, _} = :erlang.statistics(:runtime)
behind - before`;
  const { stdout } = run(["eval", used]);
  assert.ok(Number(stdout) < 1000, stdout);
  assert.deepEqual(run(["eval", "--virtual-time", used]), done("2000\n"));
});

const racing = `
parent = self()
for i <- 1..20, do: spawn(fn -> send(parent, {i, :rand.uniform(1000)}) end)
IO.inspect(for _ <- 1..20, do: (receive do m -> m end))
`;

test("a seed repeats the schedule and the random numbers; another seed gives others", () => {
  const script = file("racing.exs", racing);
  const [first, again, other] = ["7", "7", "8"].map((seed) => run(["run", "--seed", seed, script]).stdout);
  assert.equal(again, first);
  assert.notEqual(other, first);
});

test("--trace writes events as lines of JSON", () => {
  const trace = pathOf("trace.jsonl");
  const script = file(
    "traced.exs",
    "spawn(fn -> :ok end)\nsend(self(), :hello)\nreceive do: (:hello -> :ok)",
  );
  assert.equal(run(["run", "--trace", trace, script]).status, 0);
  const lines = readFileSync(trace, "utf8").trimEnd().split("\n");
  const types = new Set(lines.map((line) => JSON.parse(line).type));
  for (const type of ["spawn", "send", "match", "exit"]) assert.ok(types.has(type), type);
});

test("the last line of the input needs no end", () => {
  const script = file("last.exs", 'IO.inspect(IO.read(:stdio, :eof))\nIO.inspect(IO.gets(""))');
  assert.deepEqual(run(["run", script], "one\ntwo"), done('"one\\ntwo"\n:eof\n'));
});

test("-e evaluates code, which shares bindings", () => {
  const words = ["run", "-e", "x = 40", "-e", "IO.inspect({x + 2, System.argv()})", "a", "--help"];
  assert.deepEqual(run(words), done('{42, ["a", "--help"]}\n'));
});

test("- is the standard input", () => {
  assert.deepEqual(run(["run", "-", "a"], "IO.inspect(System.argv())"), done('["a"]\n'));
});

test("-r takes patterns", () => {
  file("part_one.ex", "defmodule PartOne do\n  def x, do: PartTwo.x()\nend");
  const second = file("part_two.ex", "defmodule PartTwo do\n  def x, do: 2\nend");
  const pattern = second.replace("part_two", "part_*");
  assert.deepEqual(run(["run", "-r", pattern, "-e", "IO.inspect(PartOne.x())"]), done("2\n"));
  assert.deepEqual(
    run(["run", "-r", "no/*.ex", "-e", "1"]),
    failed("-r : No files matched pattern no/*.ex\n"),
  );
});

test("a reader that has had enough ends the program without a word", () => {
  const command = `"${process.execPath}" "${beamlet}" run -e 'for i <- 1..100_000, do: IO.puts(i)' | head -1`;
  const { stdout, stderr } = spawnSync("sh", ["-c", command], { encoding: "utf8" });
  assert.deepEqual({ stdout, stderr }, { stdout: "1\n", stderr: "" });
});

test("programs of the system are run", () => {
  const script = file(
    "programs.exs",
    `IO.inspect(System.cmd("sh", ["-c", "echo $NAME; exit 3"], env: [{"NAME", "Ada"}]))
{_, 0} = System.cmd("printf", ["a\\nb"], into: IO.stream())
IO.inspect(System.cmd("printf", ["a\\nb"], lines: 100))
IO.inspect(System.shell("echo out; echo err >&2", stderr_to_stdout: true))
IO.inspect(System.find_executable("sh") != nil)
System.cmd("no-such-program", [])`,
  );
  const { stdout, stderr, status } = run(["run", script]);
  assert.equal(stdout, '{"Ada\\n", 3}\na\nb{"ab", 0}\n{"out\\nerr\\n", 0}\ntrue\n');
  assert.match(stderr, /\(ErlangError\) Erlang error: :enoent/);
  assert.equal(status, 1);
});

for (const [code, stderr, status] of [
  ['System.halt("so long")', "so long\n", 1],
  ["System.halt(:abort)", "", 134],
] as const) {
  test(`${code} has status ${status}`, () => {
    assert.deepEqual(run(["run", "-e", code]), { stdout: "", stderr, status });
  });
}

test("an error of a definition stands where the body of its module defines it", () => {
  const script = file("twice.exs", "defmodule Twice do\n  def f, do: 1\n  defp f, do: 2\nend");
  assert.deepEqual(
    run(["run", script]),
    failed(
      `    error: defp f/0 already defined as def in ${script}:2\n    │\n  3 │   defp f, do: 2\n    │        ^\n    │\n` +
        `    └─ ${script}:3:8\n\n` +
        `** (CompileError) ${script}: cannot compile file (errors have been logged)\n    ${script}:3: (module)\n`,
    ),
  );
});

test("a call that no clause of the library takes is told with the clauses", () => {
  const { stderr } = run(["run", "-e", "Access.fetch(:shop, :price)"]);
  assert.ok(
    stderr.startsWith(
      "** (FunctionClauseError) no function clause matching in Access.fetch/2    \n    \n" +
        "    The following arguments were given to Access.fetch/2:\n    \n        # 1\n        :shop\n    \n" +
        "        # 2\n        :price\n    \n    Attempted function clauses (showing 5 out of 5):\n    \n" +
        "        def fetch(-%module{} = container-, +key+)\n" +
        "        def fetch(+map+, +key+) when -is_map(map)-\n" +
        "        def fetch(+list+, +key+) when -is_list(list)- and +is_atom(key)+\n",
    ),
    stderr,
  );
});
