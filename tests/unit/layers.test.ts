/**
 * The layers of the runtime: which folder of `src` may import from which. Every arrow of the table in
 * `packages/runtime/src/README.md` is an entry here; anything else fails.
 */
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join, relative, resolve, sep } from "node:path";
import { test } from "node:test";

const root = resolve(import.meta.dirname, "../../packages/runtime/src");

const below: Record<string, readonly string[]> = {
  term: [],
  etf: ["term"],
  diagnostic: ["term"],
  process: ["term"],
  scheduler: ["process", "term"],
  syntax: ["diagnostic", "term"],
  expand: ["syntax", "diagnostic", "process", "term"],
  compile: ["expand", "syntax", "diagnostic", "process", "term"],
  builtins: ["scheduler", "process", "etf", "term"],
  actor: ["scheduler", "process", "term"],
  platform: ["term"],
};
// Blocks of TypeScript import the package itself.
below.vm = [...Object.keys(below), "core.ts"];
below.cli = [...below.vm, "vm"];

/** The longest that a file may be. Tables, and files that say why at their top, are exempt by name here. */
const MAX_LINES = 500;
const tables = new Set<string>([]);

const files = readdirSync(root, { recursive: true, encoding: "utf8" }).filter((file) => file.endsWith(".ts"));

test("a folder imports only from the layers below it", () => {
  const violations: string[] = [];
  for (const file of files) {
    const folder = file.split(sep)[0];
    if (!(folder in below)) continue; // the public entry points at the top import what they export
    for (const [, target] of readFileSync(join(root, file), "utf8").matchAll(
      /(?:from|import)\s*\(?"(\.[^"]+)"/g,
    )) {
      const imported = relative(root, resolve(root, file, "..", target)).split(sep)[0];
      if (imported !== folder && !below[folder].includes(imported))
        violations.push(`${file} imports ${target}`);
    }
  }
  assert.deepEqual(violations, []);
});

test("every folder of the source has its layer", () => {
  const folders = new Set(files.filter((file) => file.includes(sep)).map((file) => file.split(sep)[0]));
  assert.deepEqual(
    [...folders].filter((folder) => !(folder in below)),
    [],
  );
});

test("a file holds one concept: none is longer than the limit", () => {
  const long = files
    .filter((file) => !tables.has(file))
    .map((file) => ({ file, lines: readFileSync(join(root, file), "utf8").split("\n").length }))
    .filter(({ lines }) => lines > MAX_LINES);
  assert.deepEqual(long, []);
});
