/** What a reader writes: it runs, is kept, formatted and shared. */
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { Page } from "playwright-core";
import { block, finish, run, setClock, status, textOf, useNotes } from "../support/page.ts";

const notes = useNotes();
const { open } = notes;

describe("editing", () => {
  const edit = (page: Page, id: string) => block(page, id).getByRole("button", { name: "Edit" });

  /** What the browser keeps of the reader's edits: a page without any shows its own code before it would show them. */
  const kept = (page: Page) =>
    page.evaluate(() => Object.keys(localStorage).filter((key) => key.startsWith("edit ")));

  test("runs the edited code, marks its lines, and keeps it for the next visit", async () => {
    const page = await open("processes/message-passing");
    await edit(page, "self").click();
    const editor = block(page, "self").getByRole("textbox");
    await editor.press("Control+A");
    await page.keyboard.insertText('kept = "edited"\nraise kept');
    await page.keyboard.press("Control+Enter");
    await finish(page, "self");
    assert.match(await textOf(page, "self"), /"edited"[\s\S]*\(RuntimeError\) edited/);
    assert.equal(await block(page, "self").locator(".line-error").innerText(), "raise kept");
    await page.reload();
    await block(page, "self").getByText('"edited"').first().waitFor();
    assert.deepEqual(await kept(page), ["edit /processes/message-passing/ self"]);
    await block(page, "self").getByRole("button", { name: "Reset" }).click();
    assert.deepEqual(await kept(page), []);
    await page.reload();
    await edit(page, "self").waitFor();
    assert.match(await block(page, "self").locator(".code").innerText(), /^self\(\)/);
    await page.close();
  });

  test("makes what has run from there on stale, until it runs again", async () => {
    const page = await open("processes/concurrency-and-parallelism");
    for (const id of ["run-query", "one-query"]) {
      await run(page, id);
      await finish(page, id);
    }
    await edit(page, "run-query").click();
    await block(page, "run-query").getByRole("textbox").press("Control+A");
    await page.keyboard.insertText('run_query = fn query_def -> "edited #{query_def}" end');
    for (const id of ["run-query", "one-query"])
      await status(page, id).filter({ hasText: "stale" }).waitFor();
    await run(page, "one-query");
    await block(page, "one-query").getByText("edited query 1").waitFor();
    assert.doesNotMatch(await status(page, "one-query").innerText(), /stale/);
    await page.close();
  });

  test("loads the editor with the first edit, and it colours the code as the page does", async () => {
    const page = await notes.newPage();
    const loaded: string[] = [];
    page.on("request", (request) => loaded.push(new URL(request.url()).pathname));
    const editors = () => loaded.filter((path) => /block-editor/.test(path)).length;
    await page.goto(`${notes.origin}/processes/message-passing/`);
    await run(page, "receive-value");
    await finish(page, "receive-value");
    assert.equal(editors(), 0);
    const colourOf = (text: RegExp) =>
      block(page, "receive-value")
        .locator(".code span", { hasText: text })
        .filter({ visible: true })
        .last()
        .evaluate((one) => getComputedStyle(one).color);
    const colours = async () => [
      await colourOf(/^\s*do\s*$/),
      await colourOf(/^:message/),
      await colourOf(/^IO$/),
    ];
    const asTheNote = await colours();
    await edit(page, "receive-value").click();
    await block(page, "receive-value").getByRole("textbox").waitFor();
    assert.ok(editors() > 0);
    assert.deepEqual(await colours(), asTheNote);
    assert.equal(new Set(asTheNote).size, 3);
    await page.close();
  });

  test("formats", async () => {
    const page = await open("processes/message-passing");
    await edit(page, "self").click();
    const editor = block(page, "self").getByRole("textbox");
    await editor.press("Control+A");
    await page.keyboard.insertText('if true do\nIO.puts( "ä" )\n  end');
    await block(page, "self").getByRole("button", { name: "Format" }).click();
    await status(page, "self").filter({ hasText: "formatted" }).waitFor();
    assert.equal(await editor.innerText(), 'if true do\n  IO.puts("ä")\nend');
    await editor.press("Control+A");
    await page.keyboard.insertText("f(");
    await block(page, "self").getByRole("button", { name: "Format" }).click();
    await status(page, "self").filter({ hasText: "not formatted: ** (TokenMissingError)" }).waitFor();
    await page.close();
  });

  test("is kept when the note changes, with a word about it", async () => {
    const page = await open("processes/message-passing");
    await page.evaluate(() =>
      localStorage.setItem(
        "edit /processes/message-passing/ self",
        JSON.stringify({ code: "1 + 41", original: "an older text" }),
      ),
    );
    await page.reload();
    await block(page, "self").getByText("The note has changed since you edited").waitFor();
    await run(page, "self");
    await finish(page, "self");
    assert.match(await textOf(page, "self"), /42/);
    await page.getByRole("button", { name: "Discard my edits" }).click();
    assert.deepEqual(await kept(page), []);
    await page.reload();
    assert.match(await block(page, "self").locator(".code").innerText(), /^self\(\)/);
    await page.close();
  });

  test("is left with Escape and Tab", async () => {
    const page = await open("processes/message-passing");
    await edit(page, "self").click();
    const editor = block(page, "self").getByRole("textbox");
    await editor.press("Tab");
    assert.equal(await editor.evaluate((element) => element.contains(document.activeElement)), true);
    await editor.press("Escape");
    await editor.press("Tab");
    assert.equal(await editor.evaluate((element) => element.contains(document.activeElement)), false);
    await page.close();
  });
});

test("Copy takes the code alone, as it is now: no prompts, no values", async () => {
  const context = await notes.browser.newContext({ permissions: ["clipboard-read", "clipboard-write"] });
  const page = await context.newPage();
  await page.goto(`${notes.origin}/processes/message-passing/`);
  const copied = async () => {
    await block(page, "send").getByRole("button", { name: "Copy" }).click();
    await status(page, "send").filter({ hasText: "copied" }).waitFor();
    return page.evaluate(() => navigator.clipboard.readText());
  };
  await run(page, "send");
  await finish(page, "send");
  assert.equal((await copied()).trimEnd(), "send(self(), {:an, :arbitrary, :term})");
  await block(page, "send").getByRole("button", { name: "Edit" }).click();
  await block(page, "send").getByRole("textbox").press("Control+A");
  await page.keyboard.insertText("iex(1)> 1 +\n...(1)> 1");
  assert.equal((await copied()).trimEnd(), "1 +\n1");
  await context.close();
});

describe("a shared link", () => {
  test("carries the edited code, the seed and the time, and runs only when the reader says so", async () => {
    const context = await notes.browser.newContext({ permissions: ["clipboard-read", "clipboard-write"] });
    const page = await context.newPage();
    await page.goto(`${notes.origin}/processes/message-passing/`);
    await block(page, "self").getByRole("button", { name: "Edit" }).click();
    await block(page, "self").getByRole("textbox").press("Control+A");
    await page.keyboard.insertText('Process.sleep(60_000)\nIO.puts("shared: ä #{:rand.uniform(1_000_000)}")');
    await setClock(page, "fast");
    await page.getByLabel("Seed").fill("42");
    await page.getByLabel("Seed").press("Tab");
    await run(page, "self");
    await finish(page, "self");
    const drawn = await textOf(page, "self");
    await block(page, "self").getByRole("button", { name: "Share" }).click();
    await status(page, "self").filter({ hasText: "copied" }).waitFor();
    const link = await page.evaluate(() => navigator.clipboard.readText());
    assert.match(link, /#share=[\w-]+$/);

    const other = await (await notes.browser.newContext()).newPage();
    await other.goto(link);
    await block(other, "self").getByText("somebody else").waitFor();
    assert.equal(await other.getByLabel("Time").inputValue(), "fast");
    assert.equal(await other.getByLabel("Seed").inputValue(), "42");
    await run(other, "send");
    await finish(other, "send");
    assert.equal(await status(other, "self").innerText(), "");
    await run(other, "self");
    await finish(other, "self");
    assert.match(drawn, /shared: ä \d+\s+:ok/);
    assert.equal(await textOf(other, "self"), drawn);
    await other.context().close();
    await context.close();
  });

  test("that cannot be read is ignored", async () => {
    const page = await notes.newPage();
    await page.goto(`${notes.origin}/processes/message-passing/#share=nonsense`);
    await run(page, "self");
    await finish(page, "self");
    assert.match(await textOf(page, "self"), /#PID/);
    assert.equal(await page.getByText("somebody else").count(), 0);
    await page.close();
  });
});
