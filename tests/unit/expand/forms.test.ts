import assert from "node:assert/strict";
import { test } from "node:test";
import { Expansion, kernelEnv } from "./harness.ts";

const expandsTo = (source: string, expected: string) => {
  assert.equal(new Expansion().shown(source), expected, source);
};

test("variables get a version when they are bound, and reads refer to it", () => {
  expandsTo("x = 1; x", "__block__(=(x@0, 1), x@0)");
  expandsTo("x = 1; x = x; x", "__block__(=(x@0, 1), =(x@1, x@0), x@1)");
  expandsTo("{a, a} = {1, 1}; a", "__block__(=({a@0, a@0}, {1, 1}), a@0)");
});

test("an argument does not see what another one binds, what follows the call does", () => {
  expandsTo("x = 0; :m.f(x = 1, x); x", "__block__(=(x@0, 0), :m.f(=(x@1, 1), x@0), x@1)");
});

test("clauses have variables of their own", () => {
  expandsTo(
    "x = 1; case 2 do x -> x end; x",
    "__block__(=(x@0, 1), case(2, [{:do, [->([x@1], x@1)]}]), x@0)",
  );
});

test("a pin reads the variable from before the pattern", () => {
  expandsTo("x = 1; {x, ^x} = y = {1, 2}; x", "__block__(=(x@0, 1), =({x@2, ^(x@0)}, =(y@1, {1, 2})), x@2)");
});

test("a block of one form is the form, an empty one nil", () => {
  expandsTo("(1)", "1");
  expandsTo("()", "nil");
});

test("aliases become module names", () => {
  expandsTo("alias Foo.Bar; Bar.Baz", "__block__(Foo.Bar, Foo.Bar.Baz)");
  expandsTo("alias Foo.Bar, as: B; B", "__block__(Foo.Bar, Foo.Bar)");
  expandsTo("alias Foo.{A, B}; {A, B.C}", "__block__([Foo.A, Foo.B], {Foo.A, Foo.B.C})");
});

test("functions of Kernel and others become Erlang's", () => {
  expandsTo("Kernel.!=(1, 2)", ":erlang./=(1, 2)");
  expandsTo("Kernel.elem({1}, 0)", ":erlang.element(1, {}(1))");
  expandsTo("Map.put(m = %{}, :a, 1)", ":maps.put(:a, 1, =(m@0, %{}()))");
  expandsTo("Process.monitor(:p)", ":erlang.monitor(:process, :p)");
  assert.equal(
    new Expansion().shown("a = 1; a + -1", kernelEnv({ "+": [2], "-": [1] })),
    "__block__(=(a@0, 1), :erlang.+(a@0, -1))",
  );
});

test("segments of bitstrings get their types, nested ones are flattened", () => {
  expandsTo("<<1, 2::16>>", "<<>>(::(1, integer), ::(2, -(integer, size(16))))");
  expandsTo("<<1, <<2>>::binary>>", "<<>>(::(1, integer), ::(2, integer))");
  expandsTo(
    '<<n::8, s::binary-size(n)>> = "ab"; s',
    '__block__(=(<<>>(::(n@0, -(integer, size(8))), ::(s@1, -(binary, size(n@0)))), "ab"), s@1)',
  );
});

test("captures of functions stay captures, others become functions", () => {
  expandsTo("&:m.f/2", "&(/(:m.f(), 2))");
  expandsTo("&:m.f(&1, &2)", "&(/(:m.f(), 2))");
  expandsTo("&{&2, &1}", "fn(->([capture@0, capture@1], {}(capture@1, capture@0)))");
});

test("a comprehension whose value is not used has no into", () => {
  expandsTo("for x <- [1], do: x", "for(<-(x@0, [1]), [{:do, x@0}, {:into, []}])");
  expandsTo("(for x <- [1], do: x); 2", "__block__(for(<-(x@0, [1]), [{:do, x@0}]), 2)");
});

test("rescue lists its modules", () => {
  expandsTo(
    "try do 1 rescue ArgumentError -> 2 end",
    "try([{:do, 1}, {:rescue, [->([in(_, [ArgumentError])], 2)]}])",
  );
});

test("++ with a literal list is a pattern", () => {
  assert.equal(
    new Expansion().shown("[1] ++ t = [1, 2]; t", kernelEnv({ "++": [2] })),
    "__block__(=([|(1, t@0)], [1, 2]), t@0)",
  );
});
