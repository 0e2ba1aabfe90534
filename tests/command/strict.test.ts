/** The checker of types must stop no program; `BEAMLET_STRICT` shows its mistakes to those who test it. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { run } from "../support/command.ts";

// No module looks so: the checker itself fails.
const broken = "IO.inspect(Module.Types.warnings([{Broken, [:no_definition]}]))";

test("a mistake of the checker is an error where it is tested", () => {
  const { stderr, status } = run(["eval", broken]);
  assert.equal(status, 1);
  assert.match(stderr, /^\*\* \(FunctionClauseError\) no function clause matching in .*Module\.Types/);
});

test("and nothing at all elsewhere", () => {
  delete process.env.BEAMLET_STRICT;
  const { stdout, status } = run(["eval", broken]);
  process.env.BEAMLET_STRICT = "1";
  assert.deepEqual({ stdout, status }, { stdout: "[[]]\n[[]]\n", status: 0 });
});
