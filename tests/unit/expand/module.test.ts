import assert from "node:assert/strict";
import { test } from "node:test";
import { Raised } from "../../../packages/runtime/src/term/index.ts";
import { clauses, Definitions } from "./module-harness.ts";

test("a module has its definitions, expanded", () => {
  const module = new Definitions().define("defmodule M do def f(x), do: x; def f(x, y), do: {y, x} end");
  assert.equal(module.module.name, "Elixir.M");
  assert.deepEqual(clauses(module, "f", 1), ["def f(x@0) = x@0"]);
  assert.deepEqual(clauses(module, "f", 2), ["def f(x@0, y@1) = {y@1, x@0}"]);
});

test("default arguments are clauses that call the full arity", () => {
  const module = new Definitions().define("defmodule M do def f(a, b \\\\ 2, c \\\\ 3), do: {a, {b, c}} end");
  assert.deepEqual(clauses(module, "f", 1), ["def f(x0@0) = super(x0@0, 2, 3)"]);
  assert.deepEqual(clauses(module, "f", 2), ["def f(x0@0, x1@1) = super(x0@0, x1@1, 3)"]);
  assert.deepEqual(clauses(module, "f", 3), ["def f(a@0, b@1, c@2) = {a@0, {b@1, c@2}}"]);
});

test("rescue of a definition is a try around its body", () => {
  const module = new Definitions().define("defmodule M do def f(x) do x rescue _ -> 1 end end");
  assert.deepEqual(clauses(module, "f", 1), ["def f(x@0) = try([{:do, x@0}, {:rescue, [->([_], 1)]}])"]);
});

test("a local call of nothing fails the module after all of them are reported", () => {
  const messages = new Definitions().messages("defmodule M do def f, do: g(); def h(x), do: {i(x), j()} end");
  const missing = (name: string) =>
    `undefined function ${name} (expected M to define such a function or for it to be imported, but none are available)`;
  assert.deepEqual(messages, [missing("i/1"), missing("j/0"), missing("g/0")]);
});

test("unused private functions are warned of and left out", () => {
  const definitions = new Definitions();
  const module = definitions.define("defmodule M do defp f, do: 1; defp g, do: 2; def h, do: g() end");
  assert.deepEqual(
    definitions.diagnostics.map(({ message }) => message),
    ["function f/0 is unused"],
  );
  assert.deepEqual(clauses(module, "f", 0), []);
  assert.deepEqual(clauses(module, "g", 0), ["defp g() = 2"]);
});

test("clauses that contradict earlier ones are refused", () => {
  const refuses = (source: string, message: string) => {
    assert.equal(new Definitions().messages(`defmodule M do ${source} end`)[0], message);
  };
  refuses("def f(x), do: x; defp f(x), do: x", "defp f/1 already defined as def in nofile:2");
  refuses("def f(x \\\\ 1), do: x; def f, do: 1", "def f/0 conflicts with defaults from f/1");
  refuses("def f(x)", "implementation not provided for predefined def f/1");
  refuses("def __info__(x), do: x", "cannot define def __info__/1 as it is automatically defined by Elixir");
});

test("an overridden function can be called as super", () => {
  const module = new Definitions().define(
    "defmodule M do def f(x), do: x; :elixir_overridable.make_overridable(M, [f: 1]); def f(x), do: {:new, super(x)} end",
  );
  assert.deepEqual(clauses(module, "f", 1), ["def f(x@0) = {:new, super(x@0)}"]);
  assert.deepEqual(clauses(module, "f (overridable 1)", 1), ["defp f (overridable 1)(x@0) = x@0"]);
});

test("what nobody overrides stays as it was", () => {
  const module = new Definitions().define(
    "defmodule M do def f(x), do: x; :elixir_overridable.make_overridable(M, [f: 1]) end",
  );
  assert.deepEqual(clauses(module, "f", 1), ["def f(x@0) = x@0"]);
});

test("persisted attributes go to the module, unread ones are warned of", () => {
  const definitions = new Definitions();
  const module = definitions.define(
    "defmodule M do :elixir_module.put_attribute(M, :vsn, 3, 2); :elixir_module.put_attribute(M, :x, 1, 2) end",
  );
  assert.deepEqual(
    module.attributes.map(([name, value]) => [name.name, value]),
    [["vsn", 3]],
  );
  assert.deepEqual(
    definitions.diagnostics.map(({ message }) => message),
    ["module attribute @x was set but never used"],
  );
});

test("callbacks make a behaviour", () => {
  const module = new Definitions().define(
    `defmodule M do
       :elixir_module.put_typespec(:callback, {:"::", [], [{:a, [], [1]}, 2]}, 2, :elixir_module.cache_env(__ENV__))
       :elixir_module.put_typespec(:macrocallback, {:"::", [], [{:m, [], [1]}, 2]}, 2, :elixir_module.cache_env(__ENV__))
       :elixir_module.put_attribute(M, :optional_callbacks, [m: 1], nil)
     end`,
  );
  assert.deepEqual(clauses(module, "behaviour_info", 1), [
    "def behaviour_info(:callbacks) = [{:MACRO-m, 2}, {:a, 1}]",
    "def behaviour_info(:optional_callbacks) = [{:MACRO-m, 2}]",
  ]);
});

test("a module is open only while its body runs", () => {
  const definitions = new Definitions();
  assert.throws(() => definitions.define("defmodule M do nope() end"), Raised);
  definitions.define("defmodule M do def f, do: 1 end");
  assert.equal(definitions.modules.length, 1);
});

test("reserved names are refused", () => {
  assert.deepEqual(new Definitions().messages("defmodule PID do end"), [
    "module PID is reserved and cannot be defined",
  ]);
});
