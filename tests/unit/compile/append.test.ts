/** A loop that appends to a binary writes into the room behind it, also where its slice ends. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { compileModule } from "../../../packages/runtime/src/compile/module.ts";
import { atom } from "../../../packages/runtime/src/term/atom.ts";
import { type Bitstring, EMPTY_BINARY } from "../../../packages/runtime/src/term/bitstring.ts";
import { EMPTY, listToArray } from "../../../packages/runtime/src/term/list.ts";
import type { Term } from "../../../packages/runtime/src/term/term.ts";
import { readTerm } from "./read.ts";
import { load, run } from "./runtime.ts";

const clause = (args: string, body: string) => ({
  meta: EMPTY,
  args: listToArray(readTerm(args)) as Term[],
  guards: [],
  body: readTerm(body),
});
const [n, acc] = ["{:n, [version: 0], nil}", "{:acc, [version: 1], nil}"];
const less = `{{:., [], [:erlang, :-]}, [], [${n}, 1]}`;

/** `def append(0, acc), do: acc` and `def append(n, acc), do: append(n - 1, <<…>>)`, of these segments. */
function append(segments: string) {
  const clauses = [
    clause(`[0, ${acc}]`, acc),
    clause(`[${n}, ${acc}]`, `{:append, [], [${less}, {:<<>>, [], [${segments}]}]}`),
  ];
  const definition = { name: atom("append"), arity: 2, kind: "def" as const, meta: EMPTY, clauses };
  const module = atom("Elixir.Appending");
  return load(compileModule({ module, file: "appending.ex", definitions: [definition] })).functions[
    "append/2"
  ];
}

const before = `{:"::", [], [${acc}, {:binary, [], nil}]}`;
const segments: Record<string, string> = {
  "a byte": `${before}, {:"::", [], [${n}, {:integer, [], nil}]}`,
  "a binary": `${before}, {:"::", [], [<<255, 255>>, {:binary, [], nil}]}`,
};

for (const [what, text] of Object.entries(segments))
  test(`preempted at every call, a loop appends ${what} once: the binary is not copied each time`, async () => {
    const outcome = await run(append(text), [10_000, EMPTY_BINARY], 1);
    assert.equal(outcome.kind, "returned");
    const { bytes } = (outcome as typeof outcome & { value: Bitstring }).value;
    assert.ok(bytes.length >= 10_000);
    // A copy has as much room behind it as there are bytes.
    assert.ok(bytes.buffer.byteLength < 2 * bytes.length, `${bytes.buffer.byteLength} for ${bytes.length}`);
  });
