/** Where an error has been, as a stack trace tells it: for errors that compiled code raises and that builtins throw. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { placesOf } from "../../../packages/runtime/src/compile/index.ts";
import { compileModule } from "../../../packages/runtime/src/compile/module.ts";
import type { Clause, Definition } from "../../../packages/runtime/src/expand/host.ts";
import { call, node, remoteCall, variable } from "../../../packages/runtime/src/syntax/quoted.ts";
import { atom } from "../../../packages/runtime/src/term/atom.ts";
import { EMPTY, list } from "../../../packages/runtime/src/term/list.ts";
import type { Term } from "../../../packages/runtime/src/term/term.ts";
import { Tuple2 } from "../../../packages/runtime/src/term/tuple.ts";
import { run, runtime } from "./runtime.ts";

function at(line: number, version?: number): Term {
  const meta: Term[] = [new Tuple2(atom("line"), line)];
  if (version !== undefined) meta.push(new Tuple2(atom("version"), version));
  return list(meta);
}

function define(name: string, line: number, body: Term): Definition {
  const clause: Clause = { meta: at(line), args: [variable("x", at(line, 0))], guards: [], body };
  return { name: atom(name), arity: 1, kind: "def", meta: at(line), clauses: [clause] };
}

const x = (line: number) => variable("x", at(line, 0));
const plusOne = (line: number, term: Term) => remoteCall(atom("erlang"), "+", at(line), [term, 1]);

const definitions = [
  define("outer", 1, plusOne(2, call("middle", at(3), x(3)))),
  define("middle", 5, plusOne(6, call("inner", at(7), x(7)))),
  define("inner", 9, node(atom("__block__"), EMPTY, [plusOne(11, x(11))])),
  define("raiser", 20, plusOne(21, remoteCall(atom("erlang"), "error", at(22), [x(22)]))),
  define("calls", 25, plusOne(26, call("raiser", at(27), x(27)))),
];

async function places(name: string, budget: number): Promise<string[]> {
  const text = compileModule({ module: atom("Elixir.Traced"), file: "traced.ex", definitions });
  const source = new Function("$", `${text}\n//# sourceURL=beamlet/traced-${name}-${budget}.js`);
  const outcome = await run(source(runtime).functions[`${name}/1`], [atom("a")], budget);
  assert.equal(outcome.kind, "raised");
  const { raised } = outcome as Extract<typeof outcome, { kind: "raised" }>;
  return placesOf(raised).map(({ file, name, arity, line }) => `${file}:${line} ${name}/${arity}`);
}

test("an error of a builtin is found in every caller on the host's stack", async () => {
  assert.deepEqual(await places("outer", 4000), [
    "traced.ex:11 inner/1",
    "traced.ex:7 middle/1",
    "traced.ex:3 outer/1",
  ]);
});

test("… and in the callers that were suspended", async () => {
  assert.deepEqual(await places("outer", 1), [
    "traced.ex:11 inner/1",
    "traced.ex:7 middle/1",
    "traced.ex:3 outer/1",
  ]);
});

for (const budget of [4000, 1]) {
  test(`a raised error notes its way, with ${budget} reductions`, async () => {
    assert.deepEqual(await places("calls", budget), ["traced.ex:22 raiser/1", "traced.ex:27 calls/1"]);
  });
}
