/** What a block of TypeScript says while it goes on: only the host knows what it waits for, unless that is a process. */
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { Page } from "playwright-core";
import { block, finish, run, status, textOf, useNotes } from "../support/page.ts";

const notes = useNotes();

/** The first block of a page with this code, and all that its status says from now on. */
async function openWith(code: string): Promise<{ page: Page; said: () => Promise<string[]> }> {
  const page = await notes.open("package/start-here", false);
  await block(page, "greeter").getByRole("button", { name: "Edit" }).click();
  await block(page, "greeter").getByRole("textbox").press("Control+A");
  await page.keyboard.insertText(code);
  await status(page, "greeter").evaluate((element) => {
    const texts: string[] = [];
    Object.assign(window, { said: texts });
    new MutationObserver(() => texts.push(element.textContent ?? "")).observe(element, { childList: true });
  });
  return { page, said: () => page.evaluate(() => (window as unknown as { said: string[] }).said) };
}

describe("a block of TypeScript", () => {
  const busy = {
    "waits for the host": "await new Promise((go) => setTimeout(go, 1200));",
    "waits for the host, while a process of it waits for a message":
      'import { receive, spawn } from "beamlet";\nspawn(function* () { yield* receive(); });\nawait new Promise((go) => setTimeout(go, 1200));',
    "computes, and lets the host go on now and then":
      "const end = performance.now() + 1200;\nwhile (performance.now() < end) {\n  for (let i = 0; i < 1e6; i++);\n  await new Promise((go) => setTimeout(go));\n}",
  };
  for (const [what, code] of Object.entries(busy)) {
    test(`that ${what} is running until it is done`, async () => {
      const { page, said } = await openWith(`${code}\nconsole.log("through");`);
      await run(page, "greeter");
      await finish(page, "greeter");
      assert.equal((await textOf(page, "greeter")).trim(), "through");
      const [running, ...others] = await said();
      assert.equal(running, "running…");
      for (const text of others) assert.match(text, /^\d+\.\d s( · 1 process still lives)?$/);
      await page.close();
    });
  }

  test("that waits for a process which nobody sends anything says so, until it is stopped", async () => {
    const { page, said } = await openWith(
      'import { receive, run } from "beamlet";\nawait run(function* () {\n  return yield* receive();\n});',
    );
    await run(page, "greeter");
    await block(page, "greeter")
      .locator(".stuck")
      .getByText(/its mailbox is empty/)
      .waitFor();
    assert.deepEqual(await said(), ["running…", "waits"]);
    await block(page, "greeter").getByRole("button", { name: "Stop" }).click();
    await status(page, "greeter")
      .filter({ hasText: /^stopped$/ })
      .waitFor();
    await page.close();
  });
});
