/**
 * What a reader pays before the first block answers: bytes over the wire, and time. The goals are those of the design; the
 * times allow for a busy machine.
 */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { brotliCompressSync } from "node:zlib";
import type { Page } from "playwright-core";
import { useNotes } from "../support/page.ts";

const notes = useNotes();

/** Brotli bytes of the runtime, the compiler and the library modules that the first block loads. */
const MAX_BYTES = 200_000;
/** Milliseconds from Run to the first output, nothing started, in the best of three visits: the goal is 100; the bound leaves room for a busy machine. */
const MAX_COLD = 1000;
/** Milliseconds from Run to the first output in a shell that has run a block: the goal is 5, with the same room. */
const MAX_WARM = 60;

const built = join(import.meta.dirname, "../../dist");

/** A visit by somebody who has nothing of the site in a cache, and what the visit loads of the runtime. */
async function visit(): Promise<{ page: Page; loaded: Set<string> }> {
  const context = await notes.browser.newContext();
  const page = await context.newPage();
  const loaded = new Set<string>();
  page.on("response", (response) => {
    const { pathname } = new URL(response.url());
    if (pathname.startsWith("/beamlet/")) loaded.add(pathname);
  });
  await page.goto(`${notes.origin}/processes/message-passing/`);
  assert.equal(loaded.size, 0, "nothing of the runtime is loaded before the first run");
  return { page, loaded };
}

/** Milliseconds from Run to the first output of the block. */
function firstOutput(page: Page): Promise<number> {
  return page.evaluate(async () => {
    const block = document.querySelector("#block-self")!;
    const output = block.querySelector(".output")!;
    const shown = new Promise<number>((resolve) => {
      new MutationObserver((_, observer) => {
        if (output.childElementCount === 0 || output.hasAttribute("data-recorded")) return;
        observer.disconnect();
        resolve(performance.now());
      }).observe(output, { childList: true });
    });
    const button = block.querySelector<HTMLButtonElement>("button.run")!;
    // The run before this one may not have ended yet.
    while (button.disabled) await new Promise(requestAnimationFrame);
    const started = performance.now();
    button.click();
    return (await shown) - started;
  });
}

test("the first block answers soon, and little is loaded for it", async (t) => {
  const visits = [];
  for (let i = 0; i < 3; i++) {
    const { page, loaded } = await visit();
    const cold = await firstOutput(page);
    await page.locator("#block-self .status").filter({ hasText: /ms$/ }).waitFor();
    visits.push({ page, loaded, cold });
  }
  const { page, loaded } = visits[2];
  const cold = Math.min(...visits.map((one) => one.cold));
  const sizes = new Map(
    [...loaded].map((path) => [
      path,
      brotliCompressSync(readFileSync(join(built, decodeURIComponent(path)))).length,
    ]),
  );
  const bytes = [...sizes.values()].reduce((sum, size) => sum + size, 0);
  const warm: number[] = [];
  for (let i = 0; i < 9; i++) warm.push(await firstOutput(page));
  const median = warm.toSorted((a, b) => a - b)[4];
  t.diagnostic(
    `${loaded.size} files, ${bytes} bytes Brotli; cold ${cold.toFixed(0)} ms, warm ${median.toFixed(1)} ms`,
  );
  for (const [path, size] of sizes) t.diagnostic(`${size} ${path}`);
  assert.ok(bytes <= MAX_BYTES, `${bytes} bytes`);
  assert.ok(cold <= MAX_COLD, `${cold} ms cold`);
  assert.ok(median <= MAX_WARM, `${median} ms warm`);
});
