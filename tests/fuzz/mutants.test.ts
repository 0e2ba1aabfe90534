/** The tool that mutates conformance programs: that it can be trusted, not what it finds. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { differences } from "../support/conformance.ts";
import { BEAMLET, realElixir } from "./both.ts";
import { modules, mutants, programs } from "./mutants/mutants.ts";
import { library, ourOutcomes, realOutcomes } from "./mutants/outcomes.ts";
import { textOf, tokens } from "./mutants/tokens.ts";

const elixir = realElixir();
const cases = programs();

test("the tokens of a program are its text", () => {
  for (const { code } of cases) assert.equal(textOf(tokens(code)), code);
});

test("mutants are other programs, the same for a seed", async () => {
  const functions = await library(BEAMLET, modules(cases));
  assert.ok(functions.Enum[2].includes("map"));
  assert.ok(functions[":lists"][1].includes("reverse"));
  const made = mutants(300, 1, cases, functions);
  const originals = new Set(cases.map(({ code }) => code));
  assert.equal(new Set(made.map(({ code }) => code)).size, 300);
  assert.ok(made.every(({ code }) => !originals.has(code)));
  assert.deepEqual(mutants(300, 1, cases, functions), made);
});

test("what has no outcome is answered by none", async () => {
  const [slow, fast] = await ourOutcomes(
    ["Enum.each(Stream.cycle([1]), & &1)", "1 + 1"].map((code) => ({ id: code, code, unordered: false })),
    5000,
  );
  assert.equal(slow, null);
  assert.deepEqual(fast, { id: "1 + 1", stdout: "", value: "2", error: null });
});

test("the real one is asked as the cases were recorded", {
  skip: elixir === null ? "there is no Elixir 1.18 on the path" : false,
}, async () => {
  const recorded = programs("error-messages");
  const real = await realOutcomes(elixir as string, recorded);
  for (const [i, expected] of recorded.entries())
    assert.deepEqual(differences(expected, real[i]!), [], expected.code);
});
