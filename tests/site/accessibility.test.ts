/** Axe finds nothing on any page, light or dark, at desktop or phone width; and no page scrolls sideways. */
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { describe, test } from "node:test";
import { useNotes } from "../support/page.ts";

const notes = useNotes();

const docs = join(import.meta.dirname, "../../src/content/docs");
const paths = readdirSync(docs, { recursive: true, encoding: "utf8" })
  .filter((name) => name.endsWith(".mdx"))
  .map((name) => name.replace(/(index)?\.mdx$/, ""))
  .concat("playground", "run-in-node", "tags/beam", "reference/command", "reference/beamlet-supervisor");
const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

interface Violation {
  readonly id: string;
  readonly nodes: readonly { readonly target: readonly string[]; readonly failureSummary: string }[];
}

for (const colorScheme of ["light", "dark"] as const) {
  for (const width of [390, 1280]) {
    describe(`${colorScheme}, ${width} pixels wide`, () => {
      for (const path of paths) {
        test(path || "the first page", async () => {
          const page = await notes.newPage({ colorScheme, viewport: { width, height: 900 } });
          await page.goto(`${notes.origin}/${path === "" ? "" : `${path}/`}`);
          const overflow = await page.evaluate(
            () => document.documentElement.scrollWidth - window.innerWidth,
          );
          assert.ok(overflow <= 0, `the page is ${overflow} pixels too wide`);
          await page.evaluate(axe);
          const violations = await page.evaluate(async () => {
            const { axe } = window as unknown as { axe: { run(): Promise<{ violations: Violation[] }> } };
            return (await axe.run()).violations;
          });
          const found = violations.flatMap(({ id, nodes }) =>
            nodes.map((node) => `${id} ${node.target}: ${node.failureSummary}`),
          );
          assert.deepEqual(found, []);
          await page.close();
        });
      }
    });
  }
}
