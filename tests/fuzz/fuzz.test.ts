/**
 * Fuzzing, short by default: `FUZZ_CASES=10000 FUZZ_SEED=7 node --test tests/fuzz/fuzz.test.ts` takes longer and goes
 * elsewhere. Where a real Elixir 1.18 is on the path, or named by `ELIXIR`, its answers are what is right; that no source
 * crashes or hangs the compiler is tested without.
 */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { answers, BEAMLET, parsedDifferently, RUNNER, realElixir, runDifferently } from "./both.ts";
import { corpus } from "./corpus.ts";
import { FOUND } from "./found.ts";
import { programs } from "./grammars.ts";
import { mutate } from "./mutate.ts";
import { Random } from "./random.ts";

const CASES = Number(process.env.FUZZ_CASES ?? 100);
const SEED = Number(process.env.FUZZ_SEED ?? 1);
/** A case that takes longer hangs: all of them together take seconds. */
const TIMEOUT = 60_000 + CASES * 200;

const elixir = realElixir();
const withoutElixir = elixir === null ? "there is no Elixir 1.18 on the path" : false;

/** What no program may end in; one that computes too long answers `timeout` and no more. */
const UNWANTED = /host_error|SystemLimitError|^timeout$/;

function broken(count: number): string[] {
  const random = new Random(SEED);
  const sources = corpus().map((file) => readFileSync(file, "utf8"));
  return Array.from({ length: count }, () => mutate(random, random.pick(sources)));
}

test("broken sources end in an error of Elixir's", { timeout: TIMEOUT }, async () => {
  const codes = broken(CASES);
  const found = await answers([...BEAMLET, RUNNER], "eval", codes);
  for (const [i, { value }] of found.entries()) {
    assert.doesNotMatch(value, UNWANTED, codes[i]);
  }
});

/** As programs of the grammars, so that each is compiled within a function. */
const FOUND_PROGRAMS = FOUND.map(([code]) => `# main\nRunner.show(fn -> ${code} end)\n`);

test("what once differed from Elixir does not", { timeout: TIMEOUT }, async () => {
  const found = await answers([...BEAMLET, RUNNER], "compile", FOUND_PROGRAMS);
  for (const [i, { output }] of found.entries()) {
    const [code, value] = FOUND[i];
    assert.equal(output.trim(), value, code);
  }
});

test("programs of the grammars end", { timeout: TIMEOUT }, async () => {
  const codes = programs(CASES, SEED);
  const found = await answers([...BEAMLET, RUNNER], "compile", codes);
  for (const [i, { value }] of found.entries()) {
    assert.doesNotMatch(value, UNWANTED, codes[i]);
  }
});

test("broken texts get Elixir's error", { timeout: TIMEOUT, skip: withoutElixir }, async () => {
  assert.deepEqual(await parsedDifferently(elixir as string, broken(CASES)), []);
});

test("what once differed is what Elixir does", { timeout: TIMEOUT, skip: withoutElixir }, async () => {
  assert.deepEqual(await runDifferently(elixir as string, FOUND_PROGRAMS), []);
});

test("programs run as under Elixir", { timeout: TIMEOUT, skip: withoutElixir }, async () => {
  assert.deepEqual(await runDifferently(elixir as string, programs(CASES, SEED)), []);
});
