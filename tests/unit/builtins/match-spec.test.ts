import assert from "node:assert/strict";
import { test } from "node:test";
import { MatchSpec } from "../../../packages/runtime/src/builtins/match-spec.ts";
import { atom, list, type Term, tuple } from "../../../packages/runtime/src/term/index.ts";

const $1 = atom("$1");
const $2 = atom("$2");
const any = atom("_");

function run(pattern: Term, guards: Term[], body: Term[], object: Term): Term | undefined {
  const spec = MatchSpec.compile(list([tuple(pattern, list(guards), list(body))]));
  assert.ok(spec);
  return spec.run(object);
}

test("variables are bound and used in the body", () => {
  assert.deepEqual(run(tuple($1, $2), [], [tuple(tuple($2, $1))], tuple(1, 2)), tuple(2, 1));
});

test("a variable that occurs twice demands equal values", () => {
  assert.equal(run(tuple($1, $1), [], [$1], tuple(1, 1)), 1);
  assert.equal(run(tuple($1, $1), [], [$1], tuple(1, 2)), undefined);
});

test("guards decide, and one that fails counts as false", () => {
  const greater = tuple(atom(">"), $1, 3);
  assert.equal(run(tuple($1), [greater], [$1], tuple(5)), 5);
  assert.equal(run(tuple($1), [greater], [$1], tuple(2)), undefined);
  const broken = tuple(atom("=:="), tuple(atom("hd"), $1), 1);
  assert.equal(run(tuple($1), [broken], [$1], tuple(5)), undefined);
});

test("a body that fails gives 'EXIT'", () => {
  assert.equal(run(tuple($1), [], [tuple(atom("hd"), $1)], tuple(1)), atom("EXIT"));
});

test("what is no specification is refused", () => {
  assert.equal(MatchSpec.compile(atom("no")), null);
  assert.equal(MatchSpec.compile(list([tuple(any, list([tuple(atom("nonsense"), 1)]), list([any]))])), null);
});

test("the keys of patterns are known when they are ground", () => {
  const key = tuple(1, atom("a"));
  const spec = MatchSpec.ofPattern(tuple(key, any), "object");
  assert.deepEqual(spec.keys(1), [key]);
  assert.equal(spec.keys(2), undefined);
});
