/** `beamlet repl` at a terminal: what its keys do, and what is kept between runs. */
import assert from "node:assert/strict";
import { readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { after, test } from "node:test";
import { run } from "../support/command.ts";
import { file, pathOf } from "../support/folder.ts";
import { Terminal } from "../support/terminal.ts";

const UP = "\x1b[A";
const DOWN = "\x1b[B";
const LEFT = "\x1b[D";
const RIGHT = "\x1b[C";
const BACKSPACE = "\x7f";
const DELETE = "\x1b[3~";
const END = "\x05";
const ALT_ENTER = "\x1b\r";
const TAB = "\t";
const ENTER = "\r";
const CTRL_C = "\x03";
const CTRL_D = "\x04";
const CTRL_G = "\x07";
const CTRL_R = "\x12";

const open: Terminal[] = [];
after(() => {
  for (const terminal of open) terminal.close();
});

async function shell(args: readonly string[] = [], env: Record<string, string> = {}): Promise<Terminal> {
  const terminal = new Terminal(["repl", "--dot-iex", "", ...args], env);
  open.push(terminal);
  await terminal.shows("iex(1)> ");
  return terminal;
}

test("a terminal: continuation, Tab, history, late output, Ctrl-D", async () => {
  const history = pathOf("history/lines");
  const terminal = await shell([], { BEAMLET_HISTORY: history });
  terminal.type(`total = Enum.sum([1,${ENTER}`);
  await terminal.shows("...(1)> ");
  terminal.type(`2])${ENTER}`);
  await terminal.shows("3\niex(2)> ");
  terminal.type(`tot${TAB}`);
  await terminal.shows("total");
  terminal.type(` * 2${ENTER}`);
  await terminal.shows("6\niex(3)> ");
  terminal.type(`Enum.ma${TAB}`);
  await terminal.shows(/map\/2 +map_every\/3[\s\S]*iex\(3\)> Enum.ma/);
  terminal.type(`p([3], & &1)${ENTER}`);
  await terminal.shows("iex(4)> ");
  terminal.type(`spawn(fn -> Process.sleep(50); IO.puts("late") end)${ENTER}`);
  // Before the next prompt or below it, which is shown again then.
  await terminal.shows("late\n");
  await terminal.shows("iex(5)> ");
  terminal.type(`${UP}${UP}${UP}${ENTER}`);
  await terminal.shows("6\niex(6)> ");
  terminal.type(CTRL_D);
  assert.equal(await terminal.exited, 0);
  const lines = readFileSync(history, "utf8").split("\n");
  assert.deepEqual(lines.slice(0, 2), ["total = Enum.sum([1,\r2])", "total * 2"]);

  const next = await shell([], { BEAMLET_HISTORY: history });
  next.type(UP);
  await next.shows("total * 2");
  next.close();
});

test("the lines of an expression are edited until it is whole, and recalled as one, in later runs too", async () => {
  const history = pathOf("expressions");
  const terminal = await shell([], { BEAMLET_HISTORY: history });
  terminal.type(`numbers = [1,${ENTER}`);
  await terminal.shows("...(1)> ");
  terminal.type(`${UP}${END}${BACKSPACE}0,${DOWN}2]${ENTER}`);
  await terminal.shows("[10, 2]\niex(2)> ");
  terminal.type(UP);
  await terminal.shows("numbers = [10,\n...(2)> 2]");
  terminal.type(`${UP}${END}3,${ENTER}`);
  await terminal.shows("[10, 3, 2]\niex(3)> ");
  terminal.type(`:draft${UP}${UP}${DOWN}${DOWN}${DOWN}${ENTER}`);
  await terminal.shows(":draft\niex(4)> ");

  const next = await shell([], { BEAMLET_HISTORY: history });
  next.type(`${UP}${UP}${ENTER}`);
  await next.shows("[10, 3, 2]\niex(2)> ");
});

test("Alt-Enter breaks a line, also where the expression could end; the cursor moves over the breaks, which can be deleted", async () => {
  const terminal = await shell();
  terminal.type(`20${ALT_ENTER}|> Kernel.+(1)${ENTER}`);
  await terminal.shows("21\niex(2)> ");
  terminal.type(`[1${ALT_ENTER}2]${LEFT}${LEFT}${BACKSPACE}${RIGHT}${LEFT}${LEFT}7${ENTER}`);
  await terminal.shows("[712]\niex(3)> ");
  terminal.type(`{:a,${ALT_ENTER}:b}${UP}${END}${RIGHT}${LEFT} ${DELETE}${ENTER}`);
  await terminal.shows("{:a, :b}\niex(4)> ");
});

test("an expression that cannot be ended is given up with #iex:break", async () => {
  const terminal = await shell();
  terminal.type(`"never${ENTER}`);
  await terminal.shows("...(1)> ");
  terminal.type(`#iex:break${ENTER}`);
  await terminal.shows(
    "** (TokenMissingError) token missing on iex:1:\nerror: incomplete expression\n└─ iex:1\n",
  );
  await terminal.shows("iex(1)> ");
});

test("pasted lines are evaluated one expression after the other; a program's question takes one line", async () => {
  const terminal = await shell();
  terminal.type(`defmodule Pasted do\r\tdef f, do: 7\rend\rPasted.f()\rIO.gets("(")\r[1,\r`);
  await terminal.shows(
    /\{:f, 0\}\}\niex\(2\)> Pasted\.f\(\)\n7\niex\(3\)> [^\n]*\n\(\[1,\n"\[1,\\n"\niex\(4\)> /,
  );
});

test("what is printed while an expression is edited stands above it", async () => {
  const terminal = await shell();
  terminal.type(`spawn(fn -> Process.sleep(300); IO.puts("above") end); :started${ENTER}`);
  await terminal.shows(":started\niex(2)> ");
  terminal.type(`[1,${ENTER}2]${UP}`);
  await terminal.shows("above\niex(2)> [1,\n...(2)> 2]");
  terminal.type(ENTER);
  await terminal.shows("[1, 2]\niex(3)> ");
});

test("Ctrl-R looks for earlier lines: further back, to be run, to be edited, given up", async () => {
  const terminal = await shell();
  terminal.type(`first = 10 + 1${ENTER}`);
  await terminal.shows("11\niex(2)> ");
  terminal.type(`second = 10 + 2${ENTER}`);
  await terminal.shows("12\niex(3)> ");
  terminal.type(CTRL_R);
  await terminal.shows("(search)`': ");
  terminal.type("10 +");
  await terminal.shows("(search)`10 +': second = 10 + 2");
  terminal.type(CTRL_R);
  await terminal.shows("(search)`10 +': first = 10 + 1");
  terminal.type(ENTER);
  await terminal.shows("11\niex(4)> ");
  terminal.type(`${CTRL_R}`);
  await terminal.shows("(search)`': ");
  terminal.type("nothing like it");
  await terminal.shows("(failing search)`nothing like it': ");
  terminal.type(CTRL_G);
  await terminal.shows("iex(4)> ");
  terminal.type(CTRL_R);
  terminal.type("second");
  await terminal.shows("(search)`second': second = 10 + 2");
  terminal.type("\x1b[C");
  await terminal.shows("iex(4)> second = 10 + 2");
  terminal.type(`0${ENTER}`);
  await terminal.shows("30\niex(5)> ");
});

test("each tab completes, and what is looked at while typing is not warned of", async () => {
  const terminal = await shell();
  terminal.type(`Enu${TAB}${TAB}`);
  await terminal.shows("iex(1)> Enum");
  terminal.type(`.map_in${TAB}${TAB}`);
  await terminal.shows(/Enum\.map_intersperse/);
  terminal.type("\x15");
  terminal.type(`'ab'${ENTER}`);
  const shown = await terminal.shows("iex(2)> ");
  assert.equal(shown.match(/single-quoted strings/g)?.length, 1, shown);
});

test("tables and reports are laid out as in iex; a file that is not there is said, and nothing else", async () => {
  const terminal = await shell();
  terminal.type(`defmodule T, do: (def b(x), do: x; def a!(x), do: x; def a(x), do: x)${ENTER}`);
  await terminal.shows("iex(2)> ");
  terminal.type(`exports T${ENTER}`);
  await terminal.shows("\na/1      a!/1     b/1      \niex(3)> ");
  terminal.type(`process_info(self())${ENTER}`);
  await terminal.shows("\n## Overview \n\nInitial call         {:proc_lib, :init_p, 5}\n");
  await terminal.shows(
    /\nStatus {15}:running\n[\s\S]*\n## Memory \n\nMemory {15}\d+ B\nTotal heap size {6}\d+ B\n/,
  );
  await terminal.shows("iex(4)> ");
  terminal.type(`runtime_info(:limits)${ENTER}`);
  await terminal.shows("Run queue            0\n");
  await terminal.shows("\nShowing topics:      [:limits]\nAdditional topics:   [:system,");

  const missing = run(["repl", "--dot-iex", "", "-r", "none.exs"]);
  assert.equal(missing.status, 1);
  assert.match(missing.stdout + missing.stderr, /-r : No files matched pattern none.exs\n$/);
});

test("the menus: an evaluation is interrupted, the shell is left", async () => {
  const terminal = await shell();
  terminal.type(`receive do end${ENTER}`);
  await terminal.shows("receive do end");
  terminal.type(CTRL_G);
  await terminal.shows(" --> ");
  // As in the shell of Erlang, the menu stays until c; whether Enter follows a key is the same.
  terminal.type(`i${ENTER}`);
  await terminal.shows("i\n --> ");
  terminal.type("c");
  terminal.type(ENTER);
  await terminal.shows("** (EXIT) interrupted");
  await terminal.shows("iex(1)> ");
  terminal.type(CTRL_C);
  await terminal.shows("(a)bort");
  terminal.type("v");
  await terminal.shows(/Elixir 1\.18\.4[\s\S]*\(a\)bort/);
  terminal.type(ENTER);
  terminal.type(`c${ENTER}`);
  await terminal.shows("iex(1)> ");
  terminal.type(`:still${ENTER}`);
  await terminal.shows(":still\niex(2)> ");
  terminal.type(CTRL_C);
  await terminal.shows("(a)bort");
  terminal.type("a");
  assert.equal(await terminal.exited, 0);
});

test("a history that cannot be written is warned of once, and lines are not lost", async () => {
  const terminal = await shell([], { BEAMLET_HISTORY: "/dev/full" });
  terminal.type(`:first${ENTER}`);
  await terminal.shows("warning: the history is not saved");
  await terminal.shows("iex(2)> ");
  terminal.type(`:second${ENTER}`);
  assert.doesNotMatch(await terminal.shows("iex(3)> "), /warning/);
  terminal.type(`${UP}${UP}`);
  await terminal.shows(":first");
});

for (const place of ["/sys", "/proc"])
  test(`a folder that takes no file costs a warning too, and the shell goes on: ${place}`, async () => {
    const terminal = await shell([], { BEAMLET_HISTORY: `${place}/beamlet/history` });
    terminal.type(`21 * 2${ENTER}`);
    await terminal.shows(
      new RegExp(`warning: the history is not saved: .*${place}/beamlet[\\s\\S]*42\niex\\(2\\)> `),
    );
    terminal.type(`6 * 7${ENTER}`);
    assert.doesNotMatch(await terminal.shows("iex(3)> "), /warning/);
    terminal.type(`${UP}${UP}${ENTER}`);
    await terminal.shows("42\niex(4)> ");
  });

test("a history that cannot be read costs a warning", async () => {
  const path = join(file("no-folder"), "lines");
  const terminal = new Terminal(["repl", "--dot-iex", ""], { BEAMLET_HISTORY: path });
  open.push(terminal);
  await terminal.shows("warning: the history is not read");
  await terminal.shows("iex(1)> ");
});

test("the history is for its owner only", async () => {
  const history = pathOf("private");
  const terminal = await shell([], { BEAMLET_HISTORY: history });
  terminal.type(`1${ENTER}`);
  await terminal.shows("iex(2)> ");
  assert.equal(statSync(history).mode & 0o777, 0o600);
});
