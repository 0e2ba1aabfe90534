/** The playground: files that run one after the other, tests, examples, and links that carry all of it. */
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { Page } from "playwright-core";
import { examples } from "../../src/notes/examples.ts";
import { useNotes } from "../support/page.ts";

const notes = useNotes();

async function open(hash = ""): Promise<Page> {
  const context = await notes.browser.newContext({ permissions: ["clipboard-read", "clipboard-write"] });
  const page = await context.newPage();
  page.setDefaultTimeout(20_000);
  await page.goto(`${notes.origin}/playground/${hash}`);
  await page.locator("#block-main .cm-content").waitFor();
  return page;
}

async function run(page: Page, file: string): Promise<string> {
  await page.getByRole("tab", { name: file }).click();
  const block = page.locator(`#block-${file.split(".")[0]}`);
  await block.getByRole("button", { name: "Run", exact: true }).click();
  await block
    .locator(".status")
    .filter({ hasText: /\d m?s/ })
    .waitFor();
  return block.locator("> .output").innerText();
}

describe("examples", () => {
  for (const [name, { title }] of Object.entries(examples)) {
    test(`${title}: runs, and passes its tests`, async () => {
      const page = await open();
      await page.getByLabel("Example").selectOption(name);
      assert.doesNotMatch(await run(page, "main.exs"), /\*\*/);
      assert.match(await run(page, "test.exs"), /\d tests?, 0 failures/);
      await page.context().close();
    });
  }
});

test("a link carries all files, and nothing runs by itself", async () => {
  const page = await open();
  await page.locator("#block-main .cm-content").click();
  await page.keyboard.press("Control+A");
  await page.keyboard.insertText('IO.puts("shared ä")');
  await page.getByRole("button", { name: "Share all files" }).click();
  await page.getByText("the link is copied").waitFor();
  const link = await page.evaluate(() => navigator.clipboard.readText());
  const other = await open(new URL(link).hash);
  await other.getByText("somebody else may have written it").waitFor();
  assert.equal(await other.locator("#block-main > .output").innerText(), "");
  assert.match(await run(other, "main.exs"), /^shared ä/);
  await page.context().close();
  await other.context().close();
});

test("what one writes is there at the next visit; tabs are moved through with the arrows", async () => {
  const page = await open();
  await page.getByRole("tab", { name: "main.exs" }).press("ArrowRight");
  await page.locator("#block-test .cm-content").click();
  await page.keyboard.press("Control+A");
  await page.keyboard.insertText("kept_for_later = 1");
  await page.reload();
  await page.getByRole("tab", { name: "test.exs" }).click();
  await page.getByText("kept_for_later").waitFor();
  await page.context().close();
});
