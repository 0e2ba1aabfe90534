/** The playground: files that run one after the other, tests, examples, and links that carry all of it. */
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { Page } from "playwright-core";
import { examples } from "../../src/notes/examples.ts";
import { useNotes } from "../support/page.ts";

const notes = useNotes();

const file = (page: Page, name: string) => page.locator(`run-block[data-file="${name}"]`);

async function open(hash = ""): Promise<Page> {
  const context = await notes.browser.newContext({ permissions: ["clipboard-read", "clipboard-write"] });
  const page = await context.newPage();
  page.setDefaultTimeout(20_000);
  await page.goto(`${notes.origin}/playground/${hash}`);
  await filled(page);
  return page;
}

/** Resolves when all files are there and can be edited: one is shown a little before. */
async function filled(page: Page): Promise<void> {
  await page.locator("play-ground[data-filled]").waitFor();
}

/** Runs a file to its end; what it shows. */
async function run(page: Page, name: string): Promise<string> {
  await page.getByRole("tab", { name }).click();
  await file(page, name).getByRole("button", { name: "Run", exact: true }).click();
  await file(page, name)
    .locator(".status")
    .filter({ hasText: /\d m?s/ })
    .waitFor();
  return file(page, name).locator("> .output").innerText();
}

/** Writes into the file that is shown. */
async function write(page: Page, code: string): Promise<void> {
  await page.locator("run-block:visible .cm-content").click();
  await page.keyboard.press("Control+A");
  await page.keyboard.insertText(code);
}

const names = (page: Page) => page.getByRole("tablist", { name: "Files" }).getByRole("tab").allInnerTexts();

const nameField = (page: Page) => page.getByRole("textbox", { name: /name of/i });

/** Makes a file with the keyboard, and leaves the focus in its editor. */
async function make(page: Page, name: string): Promise<void> {
  await page.getByRole("button", { name: "New file" }).focus();
  await page.keyboard.press("Enter");
  await nameField(page).fill(name);
  await page.keyboard.press("Enter");
  await page.getByRole("tab", { name, selected: true }).waitFor();
  await page.waitForFunction(
    (file) => document.activeElement?.closest<HTMLElement>("run-block")?.dataset.file === file,
    name,
  );
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

test("a link carries all files, and nothing runs by itself; the reader's own files stay apart", async () => {
  const page = await open();
  await write(page, 'IO.puts("shared ä")');
  await make(page, "extra.ex");
  await page.getByRole("button", { name: "Share all files" }).click();
  await page.getByText("the link is copied").waitFor();
  const link = await page.evaluate(() => navigator.clipboard.readText());

  const other = await open();
  await write(other, "my_own = 1");
  await other.goto(link);
  await other.reload();
  await filled(other);
  await other.getByText("somebody else may have written it").waitFor();
  assert.deepEqual(await names(other), ["lib.ex", "extra.ex", "main.exs", "test.exs"]);
  assert.equal(await file(other, "main.exs").locator("> .output").innerText(), "");
  assert.match(await run(other, "main.exs"), /^shared ä/);
  await write(other, "changed_by_me = 1");
  await other.reload();
  await filled(other);
  await other.getByText("changed_by_me").waitFor();
  await other.goto(`${notes.origin}/playground/`);
  await other.getByText("my_own").waitFor();
  await page.context().close();
  await other.context().close();
});

test("a file has every picture of its run", async () => {
  const page = await open();
  await write(
    page,
    "{:ok, counter} = Counter.start_link()\nfor _ <- 1..150, do: spawn(fn -> Process.sleep(:infinity) end)\nCounter.increment(counter)",
  );
  await run(page, "main.exs");
  await file(page, "main.exs").getByRole("button", { name: "Show what happened" }).click();
  const pictures = file(page, "main.exs").locator(".pictures[data-run=ended]");
  await pictures.waitFor();
  for (const [tab, part] of [
    ["Messages", ".sequence .row"],
    ["Processes", ".tree .process"],
    ["Schedulers", ".slices .slice"],
    ["Time", ".card"],
    ["Cost", ".square"],
  ]) {
    await pictures.getByRole("tab", { name: tab }).click();
    await pictures.locator(part).first().waitFor();
  }
  await page.context().close();
});

test("what one writes is there at the next visit; tabs are moved through with the arrows", async () => {
  const page = await open();
  await page.getByRole("tab", { name: "main.exs" }).press("ArrowRight");
  await write(page, "kept_for_later = 1");
  await page.reload();
  await filled(page);
  await page.getByRole("tab", { name: "test.exs" }).click();
  await page.getByText("kept_for_later").waitFor();
  await page.context().close();
});

describe("files", () => {
  test("a new one holds modules that scripts use and tests test, and is there after a reload", async () => {
    const page = await open();
    await make(page, "shout.ex");
    await page.keyboard.insertText('defmodule Shout do\n  def loud(text), do: text <> "!"\nend');
    await make(page, "shout_test.exs");
    await page.keyboard.insertText(
      'defmodule ShoutTest do\n  use ExUnit.Case\n\n  test "is loud" do\n    assert Shout.loud("a") == "a?"\n  end\nend',
    );
    const report = await run(page, "shout_test.exs");
    assert.match(report, /shout_test\.exs:4[\s\S]*left: +"a!"[\s\S]*1 test, 1 failure/);
    assert.equal(await file(page, "main.exs").locator("> .output").innerText(), "", "a script runs no other");
    await page.reload();
    await filled(page);
    await filled(page);
    assert.deepEqual(await names(page), ["lib.ex", "shout.ex", "main.exs", "test.exs", "shout_test.exs"]);
    await page.getByRole("tab", { name: "shout_test.exs" }).click();
    await write(
      page,
      'defmodule ShoutTest do\n  use ExUnit.Case\n  test "is loud", do: assert Shout.loud("a") == "a!"\nend',
    );
    for (const _ of [1, 2]) assert.match(await run(page, "shout_test.exs"), /1 test, 0 failures/);
    await page.context().close();
  });

  test("an error names its file and line, and marks it there", async () => {
    const page = await open();
    await make(page, "Odd-name.2.ex");
    await page.keyboard.insertText('defmodule Odd do\n  def fail, do: raise("odd")\nend');
    await page.getByRole("tab", { name: "main.exs" }).click();
    await write(page, "1\nOdd.fail()");
    assert.match(await run(page, "main.exs"), /Odd-name\.2\.ex:2: Odd\.fail\/0/);
    assert.equal(await file(page, "main.exs").locator(".line-error").innerText(), "Odd.fail()");
    assert.equal(await file(page, "Odd-name.2.ex").locator(".line-error").count(), 1);
    await page.context().close();
  });

  test("a name that cannot be one is refused with the reason, and Escape leaves all as it was", async () => {
    const page = await open();
    await page.getByRole("button", { name: "New file" }).click();
    const problem = page.getByRole("alert").filter({ visible: true });
    for (const [name, reason] of [
      ["", "A file needs a name, such as counter.ex."],
      ["lib.ex", "There is a lib.ex already."],
      ["a/b.ex", "All files are in one folder: a name has no slash."],
      ["notes.txt", "A name ends in .ex, for modules, or in .exs, for a script or tests."],
      [
        ".ex",
        "A name is made of letters from a to z, digits, _, - and dots, and begins with a letter or a digit.",
      ],
      [`${"a".repeat(41)}.ex`, "A name has at most 40 characters; this has 44."],
    ] as const) {
      await nameField(page).fill(name);
      await page.keyboard.press("Enter");
      await problem.filter({ hasText: reason }).waitFor();
      assert.equal(await nameField(page).getAttribute("aria-invalid"), "true");
    }
    await page.keyboard.press("Escape");
    assert.equal(await nameField(page).count(), 0);
    assert.equal(
      await page.getByRole("button", { name: "New file" }).evaluate((one) => one === document.activeElement),
      true,
    );
    assert.deepEqual(await names(page), ["lib.ex", "main.exs", "test.exs"]);
    await page.context().close();
  });

  test("F2 renames, and what was written moves along", async () => {
    const page = await open();
    await page.getByRole("tab", { name: "main.exs" }).press("F2");
    assert.equal(await nameField(page).inputValue(), "main.exs");
    await nameField(page).fill("start.exs");
    await page.keyboard.press("Enter");
    await page.getByRole("status").filter({ hasText: "main.exs is now start.exs." }).waitFor();
    assert.deepEqual(await names(page), ["lib.ex", "start.exs", "test.exs"]);
    assert.match(await run(page, "start.exs"), /now at 3/);
    await page.reload();
    await filled(page);
    await page.getByRole("tab", { name: "start.exs" }).click();
    await file(page, "start.exs").locator(".cm-content").getByText("now at").first().waitFor();
    await page.context().close();
  });

  test("Delete removes, Undo brings back, one stays", async () => {
    const page = await open();
    await write(page, "precious = 42");
    await page.getByRole("tab", { name: "main.exs" }).press("Delete");
    await page.getByRole("status").filter({ hasText: "main.exs is removed." }).waitFor();
    assert.deepEqual(await names(page), ["lib.ex", "test.exs"]);
    await page.getByRole("button", { name: "Undo" }).click();
    await page.getByRole("tab", { name: "main.exs", selected: true }).waitFor();
    await file(page, "main.exs").locator(".cm-content").getByText("precious").waitFor();
    for (const name of ["main.exs", "test.exs"]) {
      await page.getByRole("tab", { name }).click();
      await page.getByRole("button", { name: "Remove" }).click();
      await page.getByRole("tab", { name }).waitFor({ state: "detached" });
    }
    await page.getByRole("button", { name: "Remove" }).click();
    await page.getByRole("status").filter({ hasText: "One file has to stay" }).waitFor();
    assert.deepEqual(await names(page), ["lib.ex"]);
    await page.context().close();
  });

  test("an example takes the place of all files, until Undo", async () => {
    const page = await open();
    await make(page, "mine.ex");
    await page.keyboard.insertText("# mine");
    await page.getByLabel("Example").selectOption("ring");
    await page.getByRole("tab", { name: "mine.ex" }).waitFor({ state: "detached" });
    await page.getByRole("button", { name: "Undo" }).click();
    await page.getByRole("tab", { name: "mine.ex", selected: true }).waitFor();
    await file(page, "mine.ex").locator(".cm-content").getByText("# mine").waitFor();
    await page.context().close();
  });
});
