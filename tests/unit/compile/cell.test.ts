/** Cells: evaluated code that takes variables and gives them back, as a process that can be preempted. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { compileCell } from "../../../packages/runtime/src/compile/index.ts";
import { call, node, remoteCall, variable } from "../../../packages/runtime/src/syntax/quoted.ts";
import { atom } from "../../../packages/runtime/src/term/atom.ts";
import { EMPTY, list } from "../../../packages/runtime/src/term/list.ts";
import type { Term } from "../../../packages/runtime/src/term/term.ts";
import { Tuple2 } from "../../../packages/runtime/src/term/tuple.ts";
import { load, run } from "./runtime.ts";

function bound(name: string, version: number): Term {
  return variable(name, list([new Tuple2(atom("version"), version)]));
}

const plus = (a: Term, b: Term) => remoteCall(atom("erlang"), "+", EMPTY, [a, b]);
const match = (pattern: Term, value: Term) => call("=", EMPTY, pattern, value);
const block = (...expressions: Term[]) => node(atom("__block__"), EMPTY, expressions);

async function evaluate(expanded: Term, inputs: Record<number, Term>, outputs: number[]): Promise<unknown> {
  const versions = Object.keys(inputs).map(Number);
  const text = compileCell({
    expanded,
    module: atom("elixir_eval"),
    file: "nofile",
    inputs: versions,
    outputs,
  });
  const outcome = await run(load(text).cell, [versions.map((version) => inputs[version])], 1);
  assert.equal(outcome.kind, "returned");
  return (outcome as { value: unknown }).value;
}

test("a cell reads its inputs and gives its value and outputs, in order", async () => {
  const code = block(
    match(bound("y", 2), plus(bound("x", 1), 1)),
    match(bound("z", 3), 7),
    plus(bound("y", 2), 10),
  );
  assert.deepEqual(await evaluate(code, { 1: 5 }, [3, 1, 2]), [16, 7, 5, 6]);
});

test("thousands of expressions in a row are no deeper than one", async () => {
  const steps: Term[] = [match(bound("v", 1), bound("v", 0))];
  for (let i = 2; i < 3000; i++) steps.push(match(bound("v", i), plus(bound("v", i - 1), 1)));
  assert.deepEqual(await evaluate(block(...steps), { 0: 1 }, []), [2999]);
});

test("a long list of computed elements is one expression", async () => {
  const items = Array.from({ length: 20_000 }, (_, i) => plus(bound("x", 0), i));
  const code = remoteCall(atom("erlang"), "length", EMPTY, [list(items)]);
  assert.deepEqual(await evaluate(code, { 0: 1 }, []), [20_000]);
});

test("a variable that is read before it is bound is an error of the expander's, and says so", () => {
  assert.throws(
    () => compileCell({ expanded: bound("x", 4), module: atom("m"), file: "f", inputs: [], outputs: [] }),
    /uses the variable x \(4\) before it is bound/,
  );
});

test("operators and funs around a variable are compiled in time proportional to their depth", async () => {
  const ignore = (fun: Term, i: number) =>
    call("fn", EMPTY, call("->", EMPTY, list([bound("_a", i + 1)]), fun));
  let sum: Term = bound("x", 0);
  let fun: Term = bound("x", 0);
  for (let i = 0; i < 20_000; i++) [sum, fun] = [plus(sum, bound("x", 0)), ignore(fun, i)];
  const started = process.cpuUsage();
  const [value] = (await evaluate(block(fun, sum), { 0: 1 }, [])) as [Term];
  const { user } = process.cpuUsage(started);
  assert.equal(value, 20_001);
  // Walked again at each level, they took a minute.
  assert.ok(user < 20_000_000, `${user / 1e6} s`);
});

test("what is saved of constants does not grow with their number", async () => {
  const text = (count: number): number => {
    const constants = Array.from({ length: count }, (_, i) => -1 - i);
    const steps = constants.map((i) => remoteCall(atom("m"), "f", EMPTY, [bound("constant", i)]));
    return compileCell({
      expanded: block(...steps),
      module: atom("m"),
      file: "f",
      inputs: constants,
      outputs: [],
    }).length;
  };
  assert.ok(text(400) < 4.5 * text(100));
});
