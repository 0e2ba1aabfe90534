import assert from "node:assert/strict";
import { test } from "node:test";
import { call, remoteCall, variable } from "../../../packages/runtime/src/syntax/quoted.ts";
import { atom, EMPTY, list, type Term, tuple } from "../../../packages/runtime/src/term/index.ts";
import { Expansion, kernelEnv, quoted, show } from "./harness.ts";

const MACROS = {
  "Elixir.M": {
    functions: { id: [1] },
    macros: {
      // quote(do: (y = unquote(x); y))
      keep: (_caller: Term, x: Term): Term => {
        const y = variable("y", EMPTY, atom("Elixir.M"));
        return call("__block__", EMPTY, call("=", EMPTY, y, x), y);
      },
      twice: (_caller: Term, x: Term): Term => remoteCall(atom("m"), "twice", EMPTY, [x, x]),
    },
  },
};

test("a macro needs its module to be required", () => {
  assert.equal(new Expansion(MACROS).shown("M.twice(1)"), "M.twice(1)");
  assert.equal(new Expansion(MACROS).shown("require M; M.twice(1)"), "__block__(M, :m.twice(1, 1))");
});

test("an imported macro is called without its module", () => {
  const expansion = new Expansion({ ...MACROS, "Elixir.M": { ...MACROS["Elixir.M"] } });
  assert.equal(expansion.shown("import M, only: [id: 1]; id(1)"), "__block__(M, M.id(1))");
});

test("variables of a macro are its own, and those of two expansions differ", () => {
  assert.equal(
    new Expansion(MACROS).shown("require M; y = 1; M.keep(y); M.keep(2); y"),
    "__block__(M, =(y@0, 1), __block__(=(y@1, y@0), y@1), __block__(=(y@2, 2), y@2), y@0)",
  );
});

test("quote notes context, imports and aliases", () => {
  const built = new Expansion().form("quote do: x + 1", kernelEnv({ "+": [1, 2] }));
  assert.equal(
    show(built),
    "{}(:+, [{:context, :Elixir}, {:imports, [{1, Kernel}, {2, Kernel}]}], [{}(:x, [], :Elixir), 1])",
  );
  assert.equal(
    new Expansion().shown("alias Foo.Bar; quote do: Bar"),
    "__block__(Foo.Bar, {}(:__aliases__, [{:alias, Foo.Bar}], [:Bar]))",
  );
});

test("unquote and unquote_splicing put values into the quoted form", () => {
  assert.equal(
    new Expansion().shown("quote do: [1, unquote_splicing([2]), 3]"),
    ":erlang.++([1], :elixir_quote.list([2], [3]))",
  );
  assert.equal(
    new Expansion().shown("quote unquote: false, do: unquote(x)"),
    "{}(:unquote, [], [{}(:x, [], :Elixir)])",
  );
});

test("what a quoted call was imported from holds where it is used", () => {
  const form = tuple(
    atom("+"),
    list([
      tuple(atom("context"), atom("Elixir.M")),
      tuple(atom("imports"), list([tuple(2, atom("Elixir.Kernel"))])),
    ]),
    list([1, 2]),
  );
  assert.equal(show(new Expansion().form(form)), ":erlang.+(1, 2)");
  assert.equal(new Expansion().error("1 + 2"), "undefined function +/2 (there is no such import)");
});

test("a form quoted with a line takes it", () => {
  assert.equal(new Expansion().shown("quote line: 7, do: f()"), "{}(:f, [{:line, 7}], [])");
  assert.equal(show(quoted("1")), "1");
});
