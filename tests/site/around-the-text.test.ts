/** What a note brings besides its text: exercises, tags, paper, help in the editor, and pictures for keys and screen readers. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { describe, test } from "node:test";
import { pages } from "../../src/notes/blocks.ts";
import { recordingsOf } from "../../src/notes/recording.ts";
import { block, drawn, finish, useNotes } from "../support/page.ts";

const notes = useNotes();

describe("every note", () => {
  for (const { page, path, blocks } of pages())
    test(`${page} ends with two or three exercises`, () => {
      const count = blocks.filter(({ exercise }) => exercise !== null).length;
      assert.ok(count === 2 || count === 3, `${count} exercises`);
      const [last] = readFileSync(path, "utf8")
        .split(/^(?=## )/m)
        .slice(-1);
      assert.match(last, /^## Exercises\n/);
      assert.equal(last.match(/^```(elixir|ts) run exercise /gm)?.length, count);
      assert.doesNotMatch(last, /^```(elixir|ts) run (?!exercise)/m);
    });

  test("has, without JavaScript, the code of every block and what it shows", async () => {
    const context = await notes.browser.newContext({ javaScriptEnabled: false });
    const reader = await context.newPage();
    for (const { page, blocks } of pages()) {
      await reader.goto(`${notes.origin}/${page === "index" ? "" : `${page}/`}`);
      const recorded = recordingsOf(page);
      const inPage = await reader.locator("run-block").evaluateAll((all) =>
        all.map((one) => ({
          id: (one as HTMLElement).dataset.block,
          code: one.querySelector(".code pre")?.textContent,
          shown: [...one.querySelectorAll(".output > *")].map((item) =>
            item.matches(".stopped") ? null : item.textContent,
          ),
        })),
      );
      const expected = blocks.map(({ id, code, exercise }) => ({
        id,
        code,
        shown:
          exercise !== null
            ? []
            : recorded[id].shown.map((item) => (item.kind === "stopped" ? null : item.text)),
      }));
      assert.deepEqual(inPage, expected, page);
    }
    await context.close();
  });

  test("says who has written it, and its tags lead to the notes that have them", async () => {
    const page = await notes.open("processes/message-passing");
    await page.getByText("Luiz Cattani").first().waitFor();
    await page.locator('a[href^="/tags/"]').first().click();
    await page.getByRole("heading", { level: 1, name: /^Notes on / }).waitFor();
    await page.getByRole("main").getByRole("link", { name: "Message passing" }).click();
    await page.getByRole("heading", { level: 1, name: "Message passing" }).waitFor();
    await page.close();
  });
});

test("on paper a note has its code and its output, and nothing to press", async () => {
  const page = await notes.open("processes/message-passing");
  await page.emulateMedia({ media: "print" });
  assert.equal(await block(page, "self").locator(".code").isVisible(), true);
  assert.equal(await block(page, "self").locator("> .output").isVisible(), true);
  assert.equal(await block(page, "self").getByRole("button", { name: "Run", exact: true }).count(), 0);
  await page.close();
});

test("the editor closes brackets and shows the matching one", async () => {
  const page = await notes.open("processes/message-passing");
  await block(page, "self").getByRole("button", { name: "Edit" }).click();
  const editor = block(page, "self").getByRole("textbox");
  await editor.press("Control+A");
  await page.keyboard.type("IO.puts([1");
  assert.equal(await editor.innerText(), "IO.puts([1])");
  await editor.press("End");
  await editor.locator(".cm-matchingBracket").nth(1).waitFor();
  await page.close();
});

test("every picture is stepped through with the keys, and is there as a table that tells every step", async () => {
  const page = await notes.openWith(
    `for _ <- 1..150, do: spawn(fn -> Process.sleep(:infinity) end)
send(self(), :low)
send(self(), :high)
receive do
  :high -> IO.puts("high")
end`,
    { virtual: true, reducedMotion: "reduce" },
  );
  const one = block(page, "self");
  await one.getByRole("button", { name: "Show what happened" }).click();
  await finish(page, "self");
  const pictures = one.locator(".pictures");
  await drawn(page, "self");
  await pictures.getByText("The same as a table").click();
  const titles = await pictures.getByRole("tab").allInnerTexts();
  assert.deepEqual(titles, ["Receive", "Messages", "Processes", "Schedulers", "Time", "Cost"]);
  for (const title of titles) {
    await pictures.getByRole("tab", { name: title }).click();
    const rows = pictures.getByRole("table").locator("tbody tr");
    assert.match(await rows.last().innerText(), /\w{3}/, `${title}: the table says something`);
    if (title === "Cost") continue;
    const slider = pictures.getByRole("slider", { name: "Moment of the run" });
    await slider.press("Home");
    const first = await slider.getAttribute("aria-valuetext");
    await slider.press("ArrowRight");
    assert.match(first ?? "", /^1 of \d+: \S/, title);
    assert.match((await slider.getAttribute("aria-valuetext")) ?? "", /^2 of \d+: \S/, title);
  }
  await pictures.getByRole("tab", { name: "Cost" }).click();
  assert.match(
    await pictures.locator(".cost-view").innerText(),
    /A thread of the operating system[\s\S]*8 MiB/,
  );
  const moving = await page.evaluate(() => document.getAnimations().length);
  assert.equal(moving, 0, "nothing moves for a reader who wants that");
  await page.close();
});

test("on a phone, code that goes on beyond the edge has a shadow there, until it is moved to its end", async () => {
  const page = await notes.newPage({ viewport: { width: 390, height: 800 } });
  await page.goto(`${notes.origin}/processes/message-passing/`);
  const code = block(page, "receive-no-match").locator(".code pre");
  const shades = async () => {
    // Above the first line there is no text.
    const { x, y, width } = (await code.boundingBox())!;
    const edge = await page.screenshot({ clip: { x: x + width - 4, y: y + 8, width: 1, height: 1 } });
    const inner = await page.screenshot({ clip: { x: x + width / 2, y: y + 8, width: 1, height: 1 } });
    return edge.equals(inner) ? "none" : "a shadow";
  };
  await code.scrollIntoViewIfNeeded();
  assert.equal(await shades(), "a shadow");
  await code.evaluate((one) => one.scrollTo({ left: one.scrollWidth }));
  assert.equal(await shades(), "none");
  await page.close();
});

test("a list of terms has each of them in one line where there is room, and breaks them on a phone", async () => {
  const broken = async (width: number) => {
    const page = await notes.newPage({ viewport: { width, height: 800 } });
    await page.goto(`${notes.origin}/reference/command/`);
    const terms = page.locator(".sl-markdown-content td:first-child code");
    const found = await terms.evaluateAll((all) =>
      all.filter((term) => term.getClientRects().length > 1).map((term) => term.textContent),
    );
    await page.close();
    return found;
  };
  assert.deepEqual(await broken(1280), []);
  assert.ok((await broken(390)).includes("beamlet test [FILE | FOLDER]..."));
});
