/** Warnings of what Erlang's compiler sees: a mistake in finding them stops nothing. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { warnAsErlang } from "../../../packages/runtime/src/expand/define/erlang-warnings.ts";
import type { Definition, Diagnostic, Host } from "../../../packages/runtime/src/expand/host.ts";
import { newEnv } from "../../../packages/runtime/src/expand/index.ts";
import { parse } from "../../../packages/runtime/src/syntax/index.ts";
import * as T from "../../../packages/runtime/src/term/index.ts";

function definition(name: string, body: T.Term): Definition {
  const clauses = [{ meta: T.EMPTY, args: [], guards: [], body }];
  return { name: T.atom(name), arity: 0, kind: "def", meta: T.EMPTY, clauses };
}

test("a function that the search fails in is left out, and the others are told of", () => {
  const found: Diagnostic[] = [];
  const host = { code: () => null, diagnostic: (diagnostic) => void found.push(diagnostic) } as Partial<Host>;
  // No form that the expander leaves: the clauses of its `case` are none.
  const broken = definition("broken", parse("case 1, do: [2]"));
  const sound = definition("sound", parse("{} = [] = x"));
  warnAsErlang({ host: host as Host, env: newEnv() }, [broken, sound]);
  assert.deepEqual(
    found.map(({ message }) => message),
    ["pattern cannot possibly match"],
  );
});
