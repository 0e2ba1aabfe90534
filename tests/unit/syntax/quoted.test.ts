/** Reading and building trees. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { parse } from "../../../packages/runtime/src/syntax/index.ts";
import * as q from "../../../packages/runtime/src/syntax/quoted.ts";
import { atom } from "../../../packages/runtime/src/term/atom.ts";
import { Tuple3 } from "../../../packages/runtime/src/term/tuple.ts";
import { inspect } from "./inspect.ts";

test("a built call is the parsed one", () => {
  const meta = q.lineMeta(1);
  const built = q.remoteCall(q.aliases(meta, [atom("A")]), "b", meta, [
    q.variable("c", meta),
    q.keyword([["d", 1]]),
  ]);
  assert.equal(inspect(built), inspect(parse("A.b(c, d: 1)")));
});

test("calls, variables and literals are told apart", () => {
  assert.ok(q.isCall(parse("f(1)"), atom("f"), 1));
  assert.ok(!q.isCall(parse("f(1)"), atom("f"), 2));
  assert.ok(!q.isCall(parse("f")));
  assert.ok(q.isVariable(parse("f")));
  assert.ok(!q.isNode(parse(":f")));
  assert.ok(q.isKeyword(parse("[a: 1]")));
  assert.ok(!q.isKeyword(parse("[1]")));
});

test("metadata is read, put and deleted as a keyword list", () => {
  const meta = q.metaOf(parse("\na", { columns: true }));
  assert.equal(q.line(meta), 2);
  assert.equal(q.column(meta), 1);
  assert.equal(inspect(q.metaPut(meta, q.LINE, 7)), "[line: 7, column: 1]");
  assert.equal(inspect(q.metaDelete(meta, q.LINE)), "[column: 1]");
  assert.equal(q.metaGet(meta, q.CLOSING), undefined);
});

test("postwalk visits children first", () => {
  const seen: string[] = [];
  q.postwalk(parse("a + b"), (term) => {
    if (term instanceof Tuple3) seen.push(inspect(term.a));
    return term;
  });
  assert.deepEqual(seen, [":a", ":b", ":+"]);
});
