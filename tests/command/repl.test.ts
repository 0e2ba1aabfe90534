/** `beamlet repl` on piped input: what it evaluates, shows and explains. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { run } from "../support/command.ts";
import { file, pathOf } from "../support/folder.ts";

/** What the shell prints for piped lines, after its banner. */
function piped(input: string, ...args: string[]): string {
  const { stdout, status } = run(["repl", "--dot-iex", "", ...args], input);
  assert.equal(status, 0);
  return stdout.slice(stdout.indexOf("help)\n") + 6);
}

test("piped input is evaluated line by line, with prompts", () => {
  assert.equal(piped("x = 40\nx + 2\n[1,\n2]\n"), "iex(1)> 40\niex(2)> 42\niex(3)> ...(3)> [1, 2]\niex(4)> ");
});

test("an error is told and the shell goes on with the same counter", () => {
  assert.equal(
    piped('raise "boom"\n1\n'),
    "iex(1)> ** (RuntimeError) boom\n    iex:1: (file)\niex(1)> 1\niex(2)> ",
  );
});

test("a value wider than the terminal takes several lines, within the limits that are configured", () => {
  const lines = "Enum.to_list(10..40)\nIEx.configure(inspect: [limit: 2])\n[1, 2, 3]\n";
  assert.equal(
    piped(lines),
    "iex(1)> [10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29,\n" +
      " 30, 31, 32, 33, 34, 35, 36, 37, 38, 39, 40]\niex(2)> :ok\niex(3)> [1, 2, ...]\niex(4)> ",
  );
});

test("a file that is not there is an error of the shell's c", () => {
  assert.match(piped('c "nope.ex"\n'), /^iex\(1\)> \*\* \(ArgumentError\) could not find files nope\.ex\n/);
});

test("c takes names of files; an error of the syntax has no empty line behind it", () => {
  assert.match(
    piped("c(1)\n1 +)\n2\n"),
    /^iex\(1\)> \*\* \(ArgumentError\) expected a binary or a list of binaries as argument\n(?:.*\n)* +└─ iex:1:4\niex\(1\)> 2\n/,
  );
});

test("values are kept in the history, and an operator continues with the last", () => {
  assert.equal(piped("21\nv(1) * 2\n|> to_string()\n"), 'iex(1)> 21\niex(2)> 42\niex(3)> "42"\niex(4)> ');
});

test("a program reads lines of the same input", () => {
  assert.equal(piped('IO.gets("name? ")\nAda\n'), 'iex(1)> name? "Ada\\n"\niex(2)> ');
});

test("the shell that is killed is replaced", () => {
  assert.match(
    piped("Process.exit(self(), :kill)\n:again\n"),
    /shell process exited with reason: killed\n\nInteractive Elixir.*\niex\(1\)> :again\n/,
  );
});

test(".iex.exs and files of -r come first", () => {
  const module = file("loaded.ex", "defmodule Loaded do\n  def x, do: 1\nend");
  const dotIex = file("dot.exs", "answer = 42\nimport Loaded");
  const { stdout } = run(["repl", "-r", module, "--dot-iex", dotIex], "{answer, x()}\n");
  assert.match(stdout, /iex\(1\)> \{42, 1\}\n/);
});

test("System.halt ends the shell with its status", () => {
  assert.equal(run(["repl"], "System.halt(3)\n").status, 3);
});

test("documentation is shown", () => {
  assert.match(piped("h Enum.map/2\n"), /def map\(enumerable, fun\)/);
  assert.match(piped("h Nope\n"), /Could not load module Nope, got: nofile/);
  assert.match(piped("h def/2\n"), /defmacro def\(call, expr \\\\ nil\)\n\n\w/);
  assert.match(piped("h is_atom/1\n"), /def is_atom\(term\)\n\nguard: true\n\n\w/);
  const undocumented = piped(`Code.put_compiler_option(:docs, false)
defmodule Spec do
  @spec f(term) :: term
  def f(x), do: x
end
h Spec.f
`);
  assert.match(
    undocumented,
    /Spec\.f\/1\n\n {2}@spec f\(term\(\)\) :: term\(\)\n\nModule was compiled without docs\. Showing only specs\./,
  );
  assert.match(piped("b Enumerable.reduce\n"), /:: result\(\)\n\nReduces the `enumerable`/);
});

test("open calls the editor with where a module of the library, or a function, is written", () => {
  const open = (what: string) => piped(`System.put_env("ELIXIR_EDITOR", "echo"); nil\nopen ${what}\n`);
  const [, file, line] = /"?(\/.*\/elixir\/lib\/enum\.ex)"?:(\d+)/.exec(open("Enum.map/2")) ?? [];
  assert.match(readFileSync(file, "utf8").split("\n")[Number(line) - 1], /@doc|def map\(/);
  assert.match(open("IEx.Helpers"), /\/iex\/lib\/iex\/helpers\.ex"?:1\n/);
  assert.match(open(":lists.map"), /\/stdlib\/lib\/erlang\/lists\.ex"?:\d+\n/);
  assert.match(open(":lists.nope"), /Could not open :lists\.nope, function\/macro is not available\n/);
  assert.match(
    piped("defmodule Foo, do: def(f, do: 1)\nopen Foo\n"),
    /Invalid arguments for open helper: ".*\/iex"\n/,
  );
});

test("a module that has been compiled to a file is loaded from there again", () => {
  const source = file("kept.ex", "defmodule Kept do\n  def f, do: 1\nend\n");
  const folder = pathOf(".");
  const lines = [
    `c(${JSON.stringify(source)}, ${JSON.stringify(folder)})`,
    "Path.basename(:code.which(Kept))",
    "defmodule Kept, do: def(f, do: 2); nil",
    "{Kept.f(), :code.which(Kept)}",
    `Code.append_path(${JSON.stringify(folder)}); l(Kept)`,
    "Kept.f()",
    "{l(:lists), nl([node()], Enum)}",
  ];
  const { stdout, stderr } = run(["repl", "--dot-iex", ""], `${lines.join("\n")}\n`);
  assert.deepEqual(
    [...stdout.matchAll(/^iex\(\d+\)> (.+)$/gm)].map(([, value]) => value),
    [
      "[Kept]",
      '"Elixir.Kept.beam"',
      "nil",
      "{2, []}",
      "{:module, Kept}",
      "1",
      "{{:error, :sticky_directory}, {:ok, [{:nonode@nohost, :loaded, Enum}]}}",
    ],
  );
  assert.match(stderr, /redefining module Kept \(current version loaded from .*Elixir\.Kept\.beam\)/);
});

const SIGNED = `defmodule Signed do
  import Kernel, except: [+: 1, not: 1]
  def pair({x, y}), do: {x, y}
  def two({a, b}, {c, d}), do: {a, b, c, d}
  def later({x, _}), do: x
  def later(named), do: named
  def guesses(%{}), do: 1
  def guesses([]), do: 2
  def used(_, x), do: x
  def used(y, _), do: y
  def first(x, 1), do: x
  def first(_x, number), do: number
  def default(x \\\\ 1, {y, _} \\\\ {1, 2}), do: {x, y}
  def text("a" <> rest), do: rest
  def +value, do: value
  def not value, do: value
  def __hidden__(x), do: x
end
`;

test("a signature has the names that any clause gives, and shows operators as they are written", () => {
  const beam = pathOf("Elixir.Signed.beam");
  const script = file(
    "signed.exs",
    `Code.put_compiler_option(:docs, true)
{:module, _, code, _} = ${SIGNED}
File.write!("${beam}", code)
{:docs_v1, _, _, _, _, _, docs} = Code.fetch_docs("${beam}")
for {_, _, [text], doc, _} <- docs, do: IO.puts("#{text} #{doc}")`,
  );
  const lines = run(["run", script]).stdout.trimEnd().split("\n").sort();
  assert.deepEqual(lines, [
    "+value none",
    "__hidden__(x) hidden",
    "default(x \\\\ 1, arg \\\\ {1, 2}) none",
    "first(x, number) none",
    "guesses(arg1) none",
    "later(named) none",
    "not value none",
    "pair(arg) none",
    "text(arg) none",
    "two(arg1, arg2) none",
    "used(y, x) none",
  ]);
  assert.match(piped("h(-/1)\n"), / def -value\n/);
  assert.match(piped("h __MODULE__\n"), / defmacro __MODULE__\n/);
  assert.match(piped("h if\n"), / defmacro if\(condition, clauses\)\n/);
});

test("the arities of Enum.max that its defaults make are one candidate; r of Enum tells nothing of its code", () => {
  const expand = (text: string) =>
    piped(`IEx.Autocomplete.expand(~c"${text}" |> Enum.reverse()) |> elem(2) |> IO.inspect()\n`);
  assert.match(expand("Enum.max"), /\[~c"max\/3", ~c"max_by\/2", ~c"max_by\/4"\]/);
  assert.doesNotMatch(piped("r Enum\n"), /is undefined/);
  assert.match(piped("runtime_info(:foo)\n"), /no function clause matching in IEx\.Helpers\.runtime_info\/1/);
});

test("types, callbacks and their documentation are shown", () => {
  assert.match(piped("t Enum.index\n"), /> @type index\(\) :: integer\(\)\n\nZero-based; negative/);
  assert.match(piped("t MapSet\n"), /> @opaque internal\(value\)\n\n@type t\(\) :: t\(term\(\)\)\n/);
  assert.match(piped("t Atom\n"), /> No type information for Atom was found\n/);
  assert.match(
    piped("b GenServer.init/1\n"),
    /> @callback init\(init_arg :: term\(\)\) ::\n {12}\{:ok, state\}\n {12}\| \{:ok, state,\n {15}timeout\(\) \| :hibernate \| \{:continue, continue_arg :: term\(\)\}\}\n/,
  );
  assert.match(piped("b GenServer\n"), /\n@optional_callbacks code_change: 3,\n {20}format_status: 1,\n/);
  assert.match(
    piped("t :gen_server.response_timeout\nb :gen_server.terminate\n"),
    /@type response_timeout\(\) :: timeout\(\) \| \{:abs, integer\(\)\}\n[\s\S]*@callback terminate\(reason :: term\(\), state :: term\(\)\) :: term\(\)\n/,
  );
  assert.match(piped("b Enum\n"), /> No callbacks for Enum were found\n/);
  assert.match(
    piped("h String.split/2\n"),
    /def split\([\s\S]*@spec split\(t\(\), pattern\(\) \| Regex\.t\(\), keyword\(\)\) :: \[t\(\)\]/,
  );
  assert.match(piped("breaks\n"), /> No breakpoints set\n/);
  assert.match(piped("whereami\n"), /> Pry session is not currently enabled\n/);
});

const STEPS = `defmodule Steps do
  def run(a, b) do
    x = a + b
    y = x * 2

    y + 1
  end

  def look(a) do
    require IEx
    IEx.pry()
    a + 1
  end
end
`;

test("a breakpoint stops the function of a file, line by line, with what is bound so far", () => {
  const steps = file("steps.ex", STEPS);
  assert.equal(
    piped(
      "break!(Steps.run/2)\nSteps.run(1, 2)\nbinding()\nn\nbinding()\ncontinue\nSteps.run(1, 2)\n",
      "-r",
      steps,
    )
      .replace(/#PID<[\d.]+>/, "PID")
      .replaceAll(/Steps.run\/2 \(.*steps\.ex/g, "Steps.run/2 (steps.ex"),
    `iex(1)> 1
iex(2)> Break reached: Steps.run/2 (steps.ex:3)

    1: defmodule Steps do
    2:   def run(a, b) do
    3:     x = a + b
    4:     y = x * 2
    5: 
    6:     y + 1

iex(3)> [a: 1, b: 2]
iex(4)> Break reached: Steps.run/2 (steps.ex:4)

    1: defmodule Steps do
    2:   def run(a, b) do
    3:     x = a + b
    4:     y = x * 2
    5: 
    6:     y + 1
    7:   end

iex(5)> [a: 1, b: 2, x: 3]
iex(6)> 7
** (EXIT from PID) shell process exited with reason: normal

Interactive Elixir (1.18.4) - press Ctrl+C to exit (type h() ENTER for help)
iex(6)> 7
iex(7)> `,
  );
});

test("a breakpoint may have a pattern and a guard; it is listed with its stops, in the library too", () => {
  const steps = file("steps.ex", STEPS);
  const shown = piped(
    "break!(Steps.run(5, b) when b > 1, 2)\nbreak!(URI, :parse, 1)\nSteps.run(1, 2)\nSteps.run(5, 2)\na\nbreaks\n" +
      "remove_breaks()\nbreaks\nbreak!(Steps.none/2)\nbreak!(:lists.map/2)\nbreak!(hello)\n",
    "-r",
    steps,
  );
  assert.match(
    shown,
    /\(1\)> 1\n.*> 2\n.*> 7\n.*> Break reached: Steps\.run\/2 [\s\S]*> 5\n.*> \n ID {3}Module\.function\/arity {3}Pending stops\n---- ----------------------- ---------------\n 1 {4}Steps\.run\/2 {13}1\n 2 {4}URI\.parse\/1 {13}1\n\n/,
  );
  assert.match(shown, /> :ok\n.*> No breakpoints set\n/);
  assert.match(shown, /could not set breakpoint, unknown function\/macro Steps\.none\/2\n/);
  assert.match(shown, /could not set breakpoint, module :lists was not written in Elixir\n/);
  assert.match(shown, /\(FunctionClauseError\) no function clause matching in IEx\.__break__!\/3/);
});

test("IEx.pry of another process asks whether the shell may look into it", () => {
  const steps = file("steps.ex", STEPS);
  const asked = "(fn ask -> if :sys.get_state(IEx.Broker).requests == %{}, do: ask.(ask) end)";
  const start = `spawn(fn -> IO.inspect Steps.look(9) end); ask = ${asked}; ask.(ask)\n`;
  const shown = piped(`${start}y\na\nwhereami\ncontinue\n${start}n\n:mine\n`, "-r", steps);
  assert.match(
    shown,
    /Request to pry #PID<[\d.]+> at Steps\.look\/1 \(.*steps\.ex:11\)\n[\s\S]*11: {5}IEx\.pry\(\)[\s\S]*Allow\? \[Yn\] [\s\S]*\(1\)> 9\n.*Location: .*steps\.ex:11\n[\s\S]*\b10\n\*\* \(EXIT from #PID<[\d.]+>\) shell process exited with reason: normal\n/,
  );
  assert.match(shown, /Allow\? \[Yn\] [\s\S]*10\n[\s\S]*:mine\n/);
  const alone = run(["run", "-r", steps, "-e", "IO.inspect Steps.look(1)"]);
  assert.match(
    alone.stdout,
    /^Cannot pry #PID<[\d.]+> at Steps\.look\/1 \(.*\)\. Is an IEx shell running\?\n2\n$/,
  );
});

test("values are broken into lines where they are wider than the terminal", () => {
  const key = "a".repeat(40);
  assert.equal(piped(`%{${key}: 1, b${key}: 2}\n`), `iex(1)> %{\n  ${key}: 1,\n  b${key}: 2\n}\niex(2)> `);
});

test("what is given beside @moduledoc is shown; the specs of a protocol are those of its callbacks", () => {
  const source = file(
    "given.ex",
    'defmodule Given do\n  @moduledoc "Text."\n  @moduledoc since: "1.2.3"\nend\n' +
      "defprotocol Sized do\n  @spec size(t) :: {:ok, integer}\n  def size(it)\nend\n",
  );
  assert.match(piped(`c ${JSON.stringify(source)}\nh Given\n`), /Given\n\nsince: 1\.2\.3\n\nText\.\n/);
  assert.match(piped("b Sized\n", "-r", source), /> @callback size\(t\(\)\) :: \{:ok, integer\(\)\}\n/);
});

test("a function is opened in the editor where its documentation begins; what has none is named", () => {
  const shop = file(
    "open_shop.ex",
    'defmodule OpenShop do\n  @moduledoc false\n\n  @doc ""\n  def sell, do: :ok\nend\n',
  );
  const opened = piped(
    `System.put_env("ELIXIR_EDITOR", "echo __LINE__ of __FILE__")\nc ${JSON.stringify(shop)}\nopen OpenShop.sell\n` +
      `open {${JSON.stringify(shop)}, 2}\nopen OpenShop.buy/1\nopen {"no_such.ex", 1}\nopen Nowhere\n`,
  );
  assert.match(opened, /> 4 of \S+open_shop\.ex\n[^\n]*> 2 of \S+open_shop\.ex\n/);
  assert.match(opened, /> Could not open OpenShop\.buy\/1, function\/macro is not available\n/);
  assert.match(opened, /> Could not open "no_such\.ex", file is not available\.\n/);
  assert.match(opened, /> Could not open Nowhere, module is not available\n/);
});

test("types and callbacks of a module typed in are shown", () => {
  const shown = piped(
    `defmodule Shop do
  @typedoc "A number on a label."
  @type id :: pos_integer
  @opaque key :: {id, term}
  @callback price(id) :: {:ok, number} | :error
end
t Shop
t Shop.id
b Shop
b Shop.price
`,
  );
  assert.ok(
    shown.includes(`> @type id() :: pos_integer()

@opaque key()

iex(3)> @type id() :: pos_integer()

A number on a label.

iex(4)> @callback price(id()) :: {:ok, number()} | :error

iex(5)> @callback price(id()) :: {:ok, number()} | :error
`),
    shown,
  );
});

test("references, ports and processes are made from the texts that iex takes", () => {
  const refused = (call: string, text: string) =>
    assert.match(
      piped(`${call}\n`),
      new RegExp(`ArgumentError\\) errors were found at the given arguments:\n\n  \\* 1st argument: ${text}`),
    );
  refused('ref("#Reference<0.0.0.3>")', "not a textual representation of a reference");
  refused("ref(0, 0, 0, 4294967296)", "not a textual representation of a reference");
  refused('port("#Port<0.5>")', "not a textual representation of a port");
  const missing = "Failed to get process info. Either the process was not found or is not alive.";
  assert.equal(
    piped('ref("0.0.0.3")\nport("0.5")\nprocess_info(:nobody)\nKeyword.keys(IEx.configuration())\n'),
    `iex(1)> #Reference<0.0.0.3>\niex(2)> #Port<0.5>\niex(3)> ${missing}\niex(4)> [:inspect, :history_size, :auto_reload, :alive_prompt, :default_prompt, :colors]\niex(5)> `,
  );
});
