/** The built site in a real Chromium: every block of every page, and what a reader does to a block. */
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import type { Browser, Page } from "playwright-core";
import { pages } from "../../src/notes/blocks.ts";
import { masked, recordingsOf, type Shown } from "../../src/notes/recording.ts";
import { openBrowser, type Site, serveSite } from "../support/site.ts";

let site: Site;
let browser: Browser;

before(async () => {
  [site, browser] = await Promise.all([serveSite(), openBrowser()]);
});

after(async () => {
  await browser?.close();
  site?.close();
});

/** A page of the notes with the switch at virtual time, so that nobody waits. */
async function open(path: string, virtual = true): Promise<Page> {
  const page = await browser.newPage();
  await page.goto(`${site.origin}/${path === "index" ? "" : `${path}/`}`);
  if (virtual) await page.getByLabel(/virtual time/i).check();
  return page;
}

const block = (page: Page, id: string) => page.locator(`#block-${id}`);

async function run(page: Page, id: string): Promise<void> {
  await block(page, id).getByRole("button", { name: "Run" }).click();
}

const finished = /\d m?s$/;

async function finish(page: Page, id: string): Promise<void> {
  await block(page, id).locator(".status").filter({ hasText: finished }).waitFor({ timeout: 15_000 });
}

/** What the block shows, as a recording has it. */
async function shown(page: Page, id: string): Promise<Shown[]> {
  return block(page, id)
    .locator(".output > *")
    .evaluateAll((items) => items.map((item) => ({ kind: item.className, text: item.textContent ?? "" }) as Shown));
}

function lines(items: readonly Shown[]): string[] {
  return masked(items)
    .flatMap((item) => (item.kind === "stopped" ? [] : item.text.split("\n")))
    .filter((line) => line !== "");
}

for (const { page: name, blocks } of pages()) {
  describe(name, () => {
    test("every block shows in the page what is recorded", async () => {
      const page = await open(name);
      const recorded = recordingsOf(name);
      for (const { id, order, interrupt } of blocks) {
        await run(page, id);
        if (interrupt) {
          await block(page, id).locator(".status").filter({ hasText: "running" }).waitFor();
          await block(page, id).getByRole("button", { name: "Stop" }).click();
        }
        if (!interrupt) await finish(page, id);
        await page.waitForTimeout(30);
        const [actual, expected] = [lines(await shown(page, id)), lines(recorded[id].shown)];
        if (order === "any") assert.deepEqual(actual.sort(), expected.sort(), id);
        else assert.deepEqual(actual, expected, id);
      }
      await page.close();
    });
  });
}

describe("a block", () => {
  test("is complete without JavaScript", async () => {
    const context = await browser.newContext({ javaScriptEnabled: false });
    const page = await context.newPage();
    await page.goto(`${site.origin}/processes/message-passing/`);
    assert.match(await block(page, "receive-value").innerText(), /receive_result[\s\S]*3/);
    assert.equal(await page.getByRole("button", { name: "Run" }).first().isVisible(), false);
    await context.close();
  });

  test("runs those above it first, and with Ctrl-Enter", async () => {
    const page = await open("processes/synchronous-sending");
    await block(page, "parallel-map").locator("pre").first().click();
    await block(page, "parallel-map").press("Control+Enter");
    await finish(page, "parallel-map");
    assert.equal(lines(await shown(page, "parallel-map")).join("").match(/query \d result/g)?.length, 5);
    await page.close();
  });

  test("that computes for ever stops at once and harms no other", async () => {
    const page = await open("processes/message-passing", false);
    await page.evaluate(() => {
      const code = document.querySelector("#block-self .code pre")!;
      code.textContent = "defmodule Loop do\n  def run, do: run()\nend\nkept = 42\nLoop.run()";
      const element = document.querySelector("#block-self")!;
      element.replaceWith(element.cloneNode(true));
    });
    await run(page, "self");
    await block(page, "self").locator(".status").filter({ hasText: "running" }).waitFor();
    const started = Date.now();
    await block(page, "self").getByRole("button", { name: "Stop" }).click();
    await block(page, "self").locator(".status").filter({ hasText: "stopped" }).waitFor();
    assert.ok(Date.now() - started < 1000, `stopping took ${Date.now() - started} ms`);
    await run(page, "send");
    await finish(page, "send");
    await page.close();
  });

  test("shows the value of each expression and the elapsed time", async () => {
    const page = await open("processes/message-passing");
    await run(page, "self");
    await finish(page, "self");
    assert.match(lines(await shown(page, "self"))[0], /^#PID</);
    await page.close();
  });
});
