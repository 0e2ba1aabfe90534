/** Every example of the package's page runs and prints what it says; all of them, and those of the guides, are checked by the compiler. */
import assert from "node:assert/strict";
import { execFile, execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { after, test } from "node:test";
import { promisify } from "node:util";

const root = resolve(import.meta.dirname, "../..");
const text = readFileSync(join(root, "packages/runtime/README.md"), "utf8");
const examples = [...text.matchAll(/^## (.*)$|^```ts\n([\s\S]*?)^```$/gm)];

// Installed there as in a project of its own.
const folder = mkdtempSync(join(tmpdir(), "beamlet-readme-"));
symlinkSync(join(root, "node_modules"), join(folder, "node_modules"));
after(() => rmSync(folder, { recursive: true }));

let section = "the first example";
const files: string[] = [];
for (const [index, [, heading, code]] of examples.entries()) {
  if (heading !== undefined) section = heading;
  if (code === undefined) continue;
  const file = join(folder, `example-${index}.mts`);
  writeFileSync(file, code);
  files.push(file);
  test(`${section}: the example prints what it says`, async () => {
    const expected = [...code.matchAll(/\/\/ → (.*)$/gm)].map(([, line]) => line).join("\n");
    const { stdout } = await promisify(execFile)(process.execPath, [file]);
    assert.equal(stdout.trim(), expected);
  });
}

/** The blocks of a guide as one module: they share what they declare, and each has imports of its own. */
function moduleOf(guide: string): string {
  const imports = new Map<string, Set<string>>();
  const body = [...guide.matchAll(/^```ts run(?! exercise)[^\n]*\n([\s\S]*?)^```$/gm)].map(([, code]) =>
    code.replace(/^import \{([^}]*)\} from (".*");\n/gm, (_, names: string, from: string) => {
      imports.set(from, new Set([...(imports.get(from) ?? []), ...(names.match(/\w[\w ]*\w|\w/g) ?? [])]));
      return "";
    }),
  );
  const head = [...imports].map(([from, names]) => `import { ${[...names].join(", ")} } from ${from};`);
  return [...head, ...body].join("\n");
}

const guides = join(root, "src/content/docs/package");
for (const name of readdirSync(guides)) {
  const file = join(folder, name.replace(/\.mdx$/, ".mts"));
  writeFileSync(file, moduleOf(readFileSync(join(guides, name), "utf8")));
  files.push(file);
}

test("the examples are well typed", () => {
  execFileSync(process.execPath, [join(root, "packages/runtime/tools/types.ts")]);
  const options = [
    "--noEmit",
    "--strict",
    "--skipLibCheck",
    "--target",
    "es2024",
    "--lib",
    "esnext,dom,dom.iterable",
  ];
  const { stdout, status } = spawnSync(
    join(root, "node_modules/.bin/tsc"),
    [...options, "--module", "nodenext", "--types", "node", ...files],
    {
      encoding: "utf8",
      cwd: folder,
    },
  );
  assert.equal(status, 0, stdout);
});
