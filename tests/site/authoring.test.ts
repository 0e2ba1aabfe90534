/** What an author relies on: recordings are made by one command, which tells what has changed, and no block changes what it shows unnoticed. */
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";

const root = join(import.meta.dirname, "../..");
const recordings = "src/notes/recorded/processes.message-passing.json";

/** A folder with recordings of its own, one of which is not what the block shows. */
let folder: string;

before(() => {
  folder = mkdtempSync(join(tmpdir(), "recordings-"));
  cpSync(join(root, "src/notes/recorded"), join(folder, "src/notes/recorded"), { recursive: true });
  const path = join(folder, recordings);
  const recorded = JSON.parse(readFileSync(path, "utf8"));
  recorded["receive-pattern"].shown[1].text = "received message 7\n";
  writeFileSync(path, JSON.stringify(recorded));
});

after(() => rmSync(folder, { recursive: true, force: true }));

/** Runs a program of the repository as if the recordings were those of the folder. */
function run(program: string): { status: number | null; printed: string } {
  const { NODE_TEST_CONTEXT: _, ...env } = process.env;
  const { status, stdout } = spawnSync(process.execPath, [join(root, program)], {
    cwd: folder,
    env,
    encoding: "utf8",
  });
  return { status, printed: stdout };
}

describe("a block that shows something else than is recorded", () => {
  test("fails the tests, by its name", () => {
    const { status, printed } = run("tests/site/notes.test.ts");
    assert.equal(status, 1);
    assert.match(printed, /^ *(✖|not ok \d+ -) receive-pattern\b/m);
    assert.match(printed, /received message 7/);
    assert.match(printed, /^(ℹ|#) fail 1$/m);
  });

  test("is told by notes:record, old and new, and then recorded", () => {
    const { status, printed } = run("src/notes/record.ts");
    assert.equal(status, 0);
    assert.match(
      printed,
      /^processes\/message-passing receive-pattern\n( {2}- .*\n)* {2}- received message 7\n( {2}- .*\n)*( {2}\+ .*\n)* {2}\+ received message 1\n/m,
    );
    assert.match(printed, /\none recording written\n$/);
    assert.equal(run("src/notes/record.ts").printed, "every recording is up to date\n");
  });
});
