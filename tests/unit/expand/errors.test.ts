import assert from "node:assert/strict";
import { test } from "node:test";
import { Expansion, kernelEnv } from "./harness.ts";

const fails = (source: string, message: string) => {
  assert.equal(new Expansion().error(source), message, source);
};

test("what cannot be expanded is told in Elixir's words", () => {
  fails("x", 'undefined variable "x"');
  fails("foo(1)", "undefined function foo/1 (there is no such import)");
  fails("unquote(1)", "unquote called outside quote");
  fails("&foo/1", "undefined function foo/1 (there is no such import)");
  fails(
    "&(&1 + &3)",
    "capture argument &3 cannot be defined without &2 (you cannot skip arguments, all arguments must be numbered)",
  );
  fails("fn 1 -> 1; 1, 2 -> 2 end", "cannot mix clauses with different arities in anonymous functions");
  fails("case 1 do end", 'expected -> clauses for :do in "case"');
  fails(
    "cond do _ -> 1 end",
    'invalid use of _ inside "cond". If you want the last clause to always match, you probably meant to use: true ->',
  );
  fails("fn fn -> 1 end -> 2 end", "invalid pattern in match, fn is not allowed in matches");
  fails("require Nope", "module Nope is not loaded and could not be found");
  fails(
    "%Nope{}",
    "Nope.__struct__/1 is undefined, cannot expand struct Nope. Make sure the struct name is correct. If the struct name exists and is correct but it still cannot be found, you likely have cyclic module usage in your code",
  );
  fails("try do 1 end", 'missing :catch/:rescue/:after option in "try"');
  fails(
    "for 1 <- [1], into: [], reduce: 1 do 1 end",
    "cannot use :reduce alongside :into/:uniq in comprehension",
  );
  fails("__CALLER__", "__CALLER__ is available only inside defmacro and defmacrop");
});

test("a guard calls only what guards may", () => {
  assert.equal(
    new Expansion().error("fn x when :m.f(x) -> x end"),
    "cannot invoke remote function :m.f/1 inside a guard",
  );
  new Expansion().form("fn x when is_atom(x) -> x end", kernelEnv({ is_atom: [1] }));
});

test("variables that depend on each other in one pattern are refused", () => {
  const message = new Expansion().error("fn {x = y, y = x} -> x end");
  assert.match(message, /^recursive variable definition in patterns:/);
});

test("what is suspicious is warned of", () => {
  assert.deepEqual(new Expansion().warnings("fn x -> 1 end"), [
    'variable "x" is unused (if the variable is not meant to be used, prefix it with an underscore)',
  ]);
  assert.deepEqual(new Expansion().warnings("_x = 1; _x"), [
    'the underscored variable "_x" is used after being set. A leading underscore indicates that the value of the ' +
      "variable should be ignored. If this is intended please rename the variable to remove the underscore",
  ]);
  assert.deepEqual(new Expansion().warnings("fn x, y -> {x, y} end"), []);
  assert.deepEqual(new Expansion().warnings('"a"; 1'), [
    'code block contains unused literal "a" (remove the literal or assign it to _ to avoid warnings)',
  ]);
});
