/**
 * Writes the declarations of the package: what the compiler emits, without the files that no entry point leads to, and with
 * the file names that there are in the package.
 */
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";

const root = resolve(import.meta.dirname, "..");
const dist = process.env.BEAMLET_DIST ?? join(root, "dist");
const configuration = join(root, "tsconfig.types.json");
const { files } = JSON.parse(readFileSync(configuration, "utf8")) as { files: string[] };

const IMPORT = /((?:\bfrom|\bimport)\s*\(?\s*)"(\.[^"]+)\.ts"/g;

/** `using` is newer than the libraries that most projects ask for. */
const DISPOSABLE = '/// <reference lib="esnext.disposable" />\n';

const emitted = mkdtempSync(join(tmpdir(), "beamlet-types-"));
try {
  execFileSync(
    process.execPath,
    [resolve(root, "../../node_modules/typescript/bin/tsc"), "-p", configuration, "--outDir", emitted],
    { stdio: "inherit" },
  );
  const target = join(dist, "types");
  rmSync(target, { recursive: true, force: true });
  const written = new Set<string>();
  const write = (name: string) => {
    if (written.has(name)) return;
    written.add(name);
    const text = readFileSync(join(emitted, `${name}.d.ts`), "utf8");
    const file = join(target, `${name}.d.ts`);
    mkdirSync(dirname(file), { recursive: true });
    const reference = /\bDisposable\b/.test(text) ? DISPOSABLE : "";
    writeFileSync(file, reference + text.replace(IMPORT, '$1"$2.js"'));
    for (const [, , path] of text.matchAll(IMPORT)) write(join(dirname(name), path));
  };
  for (const file of files) write(file.replace(/^src\//, "").replace(/\.ts$/, ""));
  console.log(`declared ${files.length} entry points in ${written.size} files`);
} finally {
  rmSync(emitted, { recursive: true });
}
