/** What the command says about itself, and about words that it does not know. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { run } from "../support/command.ts";

test("--help lists the commands", () => {
  const { stdout, status } = run(["--help"]);
  for (const command of ["run", "test", "eval"]) assert.match(stdout, new RegExp(`beamlet ${command}`));
  assert.equal(status, 0);
});

test("--version is that of the package", () => {
  const { stdout, status } = run(["--version"]);
  assert.match(stdout, /^\d+\.\d+\.\d+/);
  assert.equal(status, 0);
});

for (const [words, message] of [
  [["frobnicate"], 'there is no command "frobnicate"'],
  [["run", "--frob", "x.exs"], "unknown option --frob"],
  [["run"], "run needs the file of a script"],
  [["test"], "test needs the files of the tests"],
  [["test", "nothing_test.exs"], "there is no file or folder nothing_test.exs"],
  [["run", "--schedulers", "4", "x.exs"], "--schedulers: this version runs all processes on one scheduler"],
  [["eval"], "eval takes one expression"],
  [["run", "--seed", "many", "x.exs"], '--seed needs a whole number, not "many"'],
  [["eval", "--budget"], "--budget needs a value"],
  [["eval", "--jsonl", "1"], "--jsonl takes no expression: requests come in by the standard input"],
  [["run", "--budget", "0", "x.exs"], "--budget needs a number from 1 to 4000, not 0"],
  [["eval", "--trace", "no/such/folder", "1"], "--trace needs a file that can be written: ENOENT"],
  [["rnu", "x.exs"], 'there is no command "rnu"; did you mean run?'],
  [["--hlep"], 'there is no command "--hlep"; did you mean --help?'],
  [["test", "--max-failure", "1"], "unknown option --max-failure; did you mean --max-failures?"],
  [["run", "--frob", "x.exs"], "unknown option --frob; there are --seed, "],
] as const) {
  test(`beamlet ${words.join(" ")}: status 1 and a message`, () => {
    const { stdout, stderr, status } = run(words);
    assert.ok(stderr.startsWith(`beamlet: ${message}`), stderr);
    assert.equal(stdout, "");
    assert.equal(status, 1);
  });
}
