/** A page of the notes in a browser: how a reader opens it, runs a block, and what the block shows then. */
import { after, before } from "node:test";
import type { Browser, BrowserContextOptions, Page } from "playwright-core";
import { masked, type Shown } from "../../src/notes/recording.ts";
import { openBrowser, type Site, serveSite } from "./site.ts";

/** Milliseconds for whatever a test waits for: a machine may do other things too. */
export const PATIENCE = 60_000;

/** The built site and a browser, from before the first test of a file until after its last one; `prepare` follows at once. */
export function useNotes(prepare: () => Promise<void> = async () => {}) {
  let site: Site;
  let browser: Browser;

  before(async () => {
    [site, browser] = await Promise.all([serveSite(), openBrowser()]);
    await prepare();
  });

  after(async () => {
    await browser?.close();
    site?.close();
  });

  async function newPage(options?: BrowserContextOptions): Promise<Page> {
    const page = await browser.newPage(options);
    page.setDefaultTimeout(PATIENCE);
    return page;
  }

  /** A page of the notes with the switch at virtual time, so that nobody waits. */
  async function open(path: string, virtual = true): Promise<Page> {
    const page = await newPage();
    await page.goto(`${site.origin}/${path === "index" ? "" : `${path}/`}`);
    if (virtual) await setClock(page, "virtual");
    return page;
  }

  /** A page whose first block, `self`, has this code, and before its Edit button this HTML. */
  async function openWith(
    code: string,
    {
      virtual = false,
      buttons = "",
      ...options
    }: { virtual?: boolean; buttons?: string } & BrowserContextOptions = {},
  ): Promise<Page> {
    const page = await newPage(options);
    const path = `${site.origin}/processes/message-passing/`;
    await page.route(path, async (route) => {
      const response = await route.fetch();
      const html = await response.text();
      const lines = code
        .split("\n")
        .map((line) => `<span class="line">${line.replaceAll("&", "&amp;").replaceAll("<", "&lt;")}</span>`);
      const body = html
        .replace(
          /(id="block-self"[\s\S]*?<pre[^>]*><code>)[\s\S]*?(?=<\/code>)/,
          (_, start) => start + lines.join("\n"),
        )
        .replace(
          /(id="block-self"[\s\S]*?)(<button[^>]* class="edit")/,
          (_, start, end) => start + buttons + end,
        );
      await route.fulfill({ response, body });
    });
    await page.goto(path);
    if (virtual) await setClock(page, "virtual");
    return page;
  }

  /** Runs the code in a block of its own; resolves with the page when the block has ended. */
  async function result(code: string): Promise<Page> {
    const page = await openWith(code);
    await run(page, "self");
    await finish(page, "self");
    return page;
  }

  return {
    newPage,
    open,
    openWith,
    result,
    get origin() {
      return site.origin;
    },
    get browser() {
      return browser;
    },
  };
}

export async function setClock(page: Page, clock: "real" | "fast" | "virtual"): Promise<void> {
  await page.getByLabel("Time").selectOption(clock);
  await page.waitForFunction(() => customElements.get("run-block") !== undefined);
}

export const block = (page: Page, id: string) => page.locator(`#block-${id}`);

export const status = (page: Page, id: string) => block(page, id).locator(".status");

export async function textOf(page: Page, id: string): Promise<string> {
  return block(page, id).locator("> .output").innerText();
}

export async function run(page: Page, id: string): Promise<void> {
  if (!(await block(page, id).isVisible())) {
    const language = await block(page, id).getAttribute("data-language");
    const tab = language === "typescript" ? "TypeScript" : "Elixir";
    await page.getByRole("tab", { name: tab }).first().click();
  }
  await block(page, id).getByRole("button", { name: "Run", exact: true }).click();
}

/** What the status of a block that has ended says. */
export const finished = /\d m?s\b/;

export async function finish(page: Page, id: string): Promise<void> {
  await status(page, id).filter({ hasText: finished }).waitFor({ timeout: PATIENCE });
}

/** Resolves when the pictures of a block show all of its run, which has ended. */
export async function drawn(page: Page, id: string): Promise<void> {
  await block(page, id).locator('.pictures[data-run="ended"]').waitFor();
}

/** What the block shows, as a recording has it. */
export async function shown(page: Page, id: string): Promise<Shown[]> {
  return block(page, id)
    .locator(".output > pre")
    .evaluateAll((items) =>
      items.map((item) => ({ kind: item.className, text: item.textContent ?? "" }) as Shown),
    );
}

/** The lines of what is shown, pids masked. */
export function lines(items: readonly Shown[]): string[] {
  return masked(items)
    .flatMap((item) => (item.kind === "stopped" ? [] : item.text.split("\n")))
    .filter((line) => line !== "");
}

export function comparable(items: readonly Shown[], order: "exact" | "any"): string[] {
  return order === "any" ? lines(items).sort() : lines(items);
}
