/** The project of "Run in Node" runs in a real Node, and the page says why it cannot where it cannot. */
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { commands, type ProjectFiles, projectFiles } from "../../src/notes/node-project.ts";
import { zip } from "../../src/notes/zip.ts";
import { useNotes } from "../support/page.ts";

const notes = useNotes();

const packed = new Uint8Array(readFileSync(join(import.meta.dirname, "../../dist/beamlet/beamlet.tgz")));
const code = 'IO.puts("from #{:beamlet}")\nspawn(fn -> IO.puts("a process") end)\nProcess.sleep(10)';

let folder: string;

before(async () => {
  folder = mkdtempSync(join(tmpdir(), "run-in-node-"));
});

after(async () => {
  rmSync(folder, { recursive: true, force: true });
});

function write(files: ProjectFiles): void {
  for (const [name, content] of Object.entries(files)) writeFileSync(join(folder, name), content);
}

test("the tree that is mounted installs and runs in Node", () => {
  write(projectFiles(code, packed));
  // What lives outside of the container, such as the registry, is not needed.
  const outputs = commands.map(([command, ...args]) =>
    execFileSync(command, args, {
      cwd: folder,
      encoding: "utf8",
      env: { ...process.env, npm_config_offline: "true" },
    }),
  );
  assert.equal(outputs.at(-1), "from beamlet\na process\n");
});

test("the archive holds the same files", () => {
  const files = projectFiles(code, packed);
  const path = join(folder, "project.zip");
  writeFileSync(path, zip(files));
  const script = `import sys, zipfile
archive = zipfile.ZipFile(sys.argv[1])
assert archive.testzip() is None
archive.extractall(sys.argv[2])`;
  const target = join(folder, "unpacked");
  execFileSync("python3", ["-c", script, path, target]);
  assert.deepEqual(readdirSync(target).sort(), Object.keys(files).sort());
  for (const [name, content] of Object.entries(files))
    assert.deepEqual(readFileSync(join(target, name)), Buffer.from(content as string));
});

test("the page becomes isolated through the service worker, alone; without the service it says so", async () => {
  const context = await notes.browser.newContext();
  const page = await context.newPage();
  const foreign: string[] = [];
  await page.route(/^https:/, (route) => {
    foreign.push(route.request().url());
    return route.abort();
  });
  await page.goto(`${notes.origin}/run-in-node/`);
  assert.equal(await page.evaluate(() => window.crossOriginIsolated), false);
  assert.deepEqual(foreign, [], "nothing foreign before the button is pressed");
  await page.getByRole("button", { name: "Run in Node" }).click();
  await page.getByText(/Node cannot run here: .*Download the project/).waitFor({ timeout: 60_000 });
  assert.equal(await page.evaluate(() => window.crossOriginIsolated), true);
  const download = page.waitForEvent("download");
  await page.getByRole("button", { name: "Download the project" }).click();
  assert.equal((await download).suggestedFilename(), "beamlet-program.zip");
  await page.goto(`${notes.origin}/playground/`);
  assert.equal(await page.evaluate(() => window.crossOriginIsolated), false, "no other page is");
  await context.close();
});
