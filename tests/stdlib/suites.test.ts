/** The suites beside this file, each in a run of `beamlet test` of its own, and the examples in the library's documentation. */
import assert from "node:assert/strict";
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { run } from "../support/command.ts";

const folder = import.meta.dirname;

for (const file of readdirSync(folder).filter((name) => name.endsWith("_test.exs"))) {
  test(file, () => {
    const { stdout, stderr, status } = run(["test", "--seed", "0", join(folder, file)]);
    assert.equal(status, 0, `${stdout}\n${stderr}`);
    assert.match(stdout, /\d+ (doc)?tests?, 0 failures/);
  });
}
