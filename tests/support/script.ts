/**
 * Runs Elixir scripts that state their own output: every line of it follows, in order, a `# expect:` somewhere in the
 * script. The title of a test is the path of its script.
 */
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { run } from "./command.ts";

export function testScripts(folder: string): void {
  for (const name of readdirSync(folder).filter((file) => file.endsWith(".exs"))) {
    test(name, () => {
      const script = join(folder, name);
      const expected = [...readFileSync(script, "utf8").matchAll(/# expect: ?(.*)/g)].map(([, line]) => line);
      const { stdout, stderr, status } = run(["run", script]);
      assert.equal(stdout, expected.map((line) => `${line}\n`).join(""), stderr);
      assert.equal(status, 0, stderr);
    });
  }
}
