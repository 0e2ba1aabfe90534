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
  page.setDefaultTimeout(15_000);
  await page.goto(`${site.origin}/${path === "index" ? "" : `${path}/`}`);
  if (virtual) await setClock(page, "virtual");
  return page;
}

async function setClock(page: Page, clock: "real" | "fast" | "virtual"): Promise<void> {
  await page.getByLabel("Time").selectOption(clock);
  await page.waitForFunction(() => customElements.get("run-block") !== undefined);
}

const block = (page: Page, id: string) => page.locator(`#block-${id}`);

/** A page whose first block has this code. */
async function openWith(code: string, virtual = false, buttons = ""): Promise<Page> {
  const page = await browser.newPage();
  await page.route(`${site.origin}/processes/message-passing/`, async (route) => {
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
  await page.goto(`${site.origin}/processes/message-passing/`);
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

async function textOf(page: Page, id: string): Promise<string> {
  return block(page, id).locator("> .output").innerText();
}

const status = (page: Page, id: string) => block(page, id).locator(".status");

async function run(page: Page, id: string): Promise<void> {
  if (!(await block(page, id).isVisible())) {
    const language = await block(page, id).getAttribute("data-language");
    const tab = language === "typescript" ? "TypeScript" : "Elixir";
    await page.getByRole("tab", { name: tab }).first().click();
  }
  await block(page, id).getByRole("button", { name: "Run", exact: true }).click();
}

const finished = /\d m?s\b/;

async function finish(page: Page, id: string): Promise<void> {
  await block(page, id).locator(".status").filter({ hasText: finished }).waitFor({ timeout: 60_000 });
}

/** What the block shows, as a recording has it. */
async function shown(page: Page, id: string): Promise<Shown[]> {
  return block(page, id)
    .locator(".output > pre")
    .evaluateAll((items) =>
      items.map((item) => ({ kind: item.className, text: item.textContent ?? "" }) as Shown),
    );
}

function lines(items: readonly Shown[]): string[] {
  return masked(items)
    .flatMap((item) => (item.kind === "stopped" ? [] : item.text.split("\n")))
    .filter((line) => line !== "");
}

function comparable(items: readonly Shown[], order: "exact" | "any"): string[] {
  return order === "any" ? lines(items).sort() : lines(items);
}

for (const { page: name, blocks } of pages()) {
  describe(name, () => {
    test("every block shows in the page what is recorded", async () => {
      const page = await open(name);
      const recorded = recordingsOf(name);
      for (const { id, interrupt, exercise, buttons } of blocks) {
        if (exercise !== null) continue;
        await run(page, id);
        if (interrupt) {
          await block(page, id)
            .locator(".status")
            .filter({ hasText: /running|waits/ })
            .waitFor();
          await block(page, id).getByRole("button", { name: "Stop" }).click();
          await block(page, id).locator(".status").filter({ hasText: "stopped" }).waitFor();
        } else await finish(page, id);
        for (const { label } of buttons) {
          await block(page, id).getByRole("button", { name: label }).click();
          await page.waitForTimeout(300);
        }
      }
      for (const { id, order, exercise } of blocks) {
        if (exercise !== null) continue;
        const expected = comparable(recorded[id].shown, order);
        let actual = comparable(await shown(page, id), order);
        // What is logged comes when the logger has been fetched.
        for (let i = 0; i < 50 && actual.join() !== expected.join(); i++) {
          await page.waitForTimeout(100);
          actual = comparable(await shown(page, id), order);
        }
        assert.deepEqual(actual, expected, id);
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
    assert.equal(await page.getByRole("button", { name: "Run", exact: true }).first().isVisible(), false);
    await context.close();
  });

  test("runs those above it first, and with Ctrl-Enter", async () => {
    const page = await open("processes/synchronous-sending");
    await block(page, "parallel-map").locator("pre").first().click();
    await block(page, "parallel-map").press("Control+Enter");
    await finish(page, "parallel-map");
    assert.equal(
      lines(await shown(page, "parallel-map"))
        .join("")
        .match(/query \d result/g)?.length,
      5,
    );
    await page.close();
  });

  test("stops, of those above it, the ones that wait for ever", async () => {
    const page = await open("processes/message-passing");
    await run(page, "left-behind");
    await finish(page, "left-behind");
    assert.match(await status(page, "receive-blocks").innerText(), /stopped/);
    await page.close();
  });

  test("shows the value of each expression and the elapsed time", async () => {
    const page = await open("processes/message-passing");
    await run(page, "self");
    await finish(page, "self");
    assert.match(lines(await shown(page, "self"))[0], /^#PID</);
    await page.close();
  });

  test("shows what it prints while it runs", async () => {
    const page = await openWith('IO.puts("early")\nProcess.sleep(:infinity)');
    await run(page, "self");
    await block(page, "self").getByText("early").waitFor({ timeout: 5000 });
    assert.match(await status(page, "self").innerText(), /running|waits/);
    await page.close();
  });

  test("prints live while it computes", async () => {
    const page = await openWith("defmodule Loop do\n  def run, do: run()\nend\nIO.puts(:early)\nLoop.run()");
    await run(page, "self");
    await block(page, "self").getByText("early").last().waitFor({ timeout: 5000 });
    await page.close();
  });

  test("says how many of its processes live on, and ends them", async () => {
    const page = await result("for _ <- 1..3, do: spawn(fn -> Process.sleep(:infinity) end)");
    await status(page, "self").filter({ hasText: "3 processes" }).waitFor();
    await block(page, "self").getByRole("button", { name: "Stop" }).click();
    await status(page, "self").filter({ hasText: "stopped" }).waitFor();
    await page.close();
  });

  test("has a button for what the reader may do to it, with the keyboard too, once it has run", async () => {
    const page = await open("otp/supervisors");
    const crash = block(page, "crew").getByRole("button", { name: "Crash a worker" });
    assert.equal(await crash.isDisabled(), true);
    await run(page, "crew");
    await finish(page, "crew");
    for (const times of [1, 2, 3]) {
      await crash.focus();
      await page.keyboard.press("Enter");
      await block(page, "crew")
        .locator(".output pre.error")
        .nth(times - 1)
        .waitFor();
    }
    await block(page, "crew")
      .locator(".output")
      .filter({ hasText: /(starts as[\s\S]*){6}/ })
      .waitFor();
    assert.match(
      await textOf(page, "crew"),
      /GenServer :\w+ terminating\s+\*\* \(RuntimeError\) \w+ stumbles/,
    );
    assert.match(await status(page, "crew").innerText(), /4 processes still live/);
    await page.close();
  });

  test("can run again: what it has started before is ended first", async () => {
    const page = await openWith(
      "{:ok, _} = Agent.start_link(fn -> 1 end, name: :counter)\nAgent.update(:counter, &(&1 + 1))\nAgent.get(:counter, & &1)",
    );
    for (let time = 0; time < 3; time++) {
      await run(page, "self");
      await finish(page, "self");
      assert.match(await textOf(page, "self"), /:ok\n2$/);
    }
    await page.close();
  });

  test("shows on Reset what was recorded, and the page forgets all", async () => {
    const page = await openWith("kept = 41 + 1");
    const recorded = await textOf(page, "send");
    await run(page, "send");
    await finish(page, "send");
    await block(page, "send").getByRole("button", { name: "Reset" }).click();
    await block(page, "send").locator(".output[data-recorded]").waitFor();
    assert.equal(await status(page, "send").innerText(), "");
    assert.equal(await textOf(page, "send"), recorded);
    assert.equal(await block(page, "self").locator(".output[data-recorded]").count(), 0);
    await page.getByRole("button", { name: "Reset the page" }).click();
    assert.equal(await block(page, "self").locator(".output[data-recorded]").count(), 1);
    await run(page, "send");
    await finish(page, "self");
    await finish(page, "send");
    await page.close();
  });

  test("starts again from what was there before it ran, and what ran later is stale", async () => {
    const page = await open("processes/message-passing");
    for (const id of ["send", "receive-rest"]) {
      await run(page, id);
      await finish(page, id);
    }
    await run(page, "send");
    await finish(page, "send");
    await status(page, "receive-rest").filter({ hasText: "stale" }).waitFor();
    await page.getByRole("button", { name: "Run from the first stale block" }).click();
    await status(page, "receive-rest")
      .filter({ hasNotText: "stale" })
      .filter({ hasText: finished })
      .waitFor();
    await page.close();
  });

  test("runs those above alone", async () => {
    const page = await open("processes/message-passing");
    await block(page, "receive-simple").getByRole("button", { name: "Run above" }).click();
    await finish(page, "send");
    assert.equal(await status(page, "receive-simple").innerText(), "");
    await page.close();
  });

  test("shows binary output, and cuts and unfolds what is long", async () => {
    const page = await result('IO.binwrite(<<0, 27, "[31m", 7, 255>>)\nfor i <- 1..200, do: IO.puts(i)');
    assert.match(await textOf(page, "self"), /␀.*␇/);
    assert.equal(
      await block(page, "self")
        .locator("> .output")
        .evaluate((one) => one.clientHeight < one.scrollHeight),
      true,
    );
    await block(page, "self").getByRole("button", { name: "Show the whole output" }).click();
    assert.equal(
      await block(page, "self")
        .locator("> .output")
        .evaluate((one) => one.clientHeight < one.scrollHeight),
      false,
    );
    await page.close();
  });

  test("folds a long stack trace, but for the lines of the page", async () => {
    const page = await result(
      "Enum.map([1], fn _ -> Enum.map([2], fn _ -> Enum.map([3], &(&1 / 0)) end) end)",
    );
    assert.doesNotMatch(await textOf(page, "self"), /Enum\.map/);
    await block(page, "self")
      .getByRole("button", { name: /more lines of the stack trace/ })
      .click();
    assert.match(await textOf(page, "self"), /Enum\.map/);
    await page.close();
  });

  test("repeats its random numbers with the seed of the page, in the time that the reader chooses", async () => {
    const page = await openWith("Process.sleep(60_000)\nEnum.map(1..5, fn _ -> :rand.uniform(1000) end)");
    await page.getByLabel("Seed").fill("42");
    await page.getByLabel("Seed").press("Tab");
    await setClock(page, "fast");
    const seen = new Set<string>();
    for (let time = 0; time < 2; time++) {
      await run(page, "self");
      await finish(page, "self");
      seen.add(await textOf(page, "self"));
    }
    assert.equal(seen.size, 1, [...seen].join());
    assert.match(await status(page, "self").innerText(), /60\.\d s/);
    await page.close();
  });
});

describe("a block in which every process waits", () => {
  test("says who waits, and what lies unmatched in the mailboxes", async () => {
    const page = await openWith("send(self(), {:message, 1})\nreceive do\n  {_, _, _} -> 1\nend");
    await run(page, "self");
    await status(page, "self").filter({ hasText: "waits" }).waitFor();
    assert.match(
      await block(page, "self").locator(".stuck").innerText(),
      /this block, #PID<[\d.]+>: no clause matches {:message, 1}/,
    );
    await block(page, "self").getByRole("button", { name: "Stop" }).click();
    await status(page, "self").filter({ hasText: "stopped" }).waitFor();
    await page.close();
  });
});

describe("a button of a block", () => {
  test("evaluates its action while the block runs, and belongs to it", async () => {
    const press = "IO.puts(:pressed)&#10;send(me, {:answer, 42})";
    const page = await openWith(
      "me = self()\nreceive do {:answer, n} -> n end",
      false,
      `<button type="button" class="press" data-press="${press}" disabled>Answer</button>`,
    );
    const button = block(page, "self").getByRole("button", { name: "Answer" });
    assert.equal(await button.isDisabled(), true);
    await run(page, "self");
    await status(page, "self").filter({ hasText: "waits" }).waitFor();
    await button.click();
    await finish(page, "self");
    assert.match(await textOf(page, "self"), /42/);
    assert.match(await textOf(page, "self"), /pressed/);
    await page.close();
  });
});

describe("exercises", () => {
  for (const { page: name, blocks } of pages()) {
    for (const { id } of blocks.filter(({ exercise }) => exercise !== null)) {
      test(`${name}: ${id} says what is missing, and takes its solution`, async () => {
        const page = await open(name);
        await run(page, id);
        await block(page, id).locator(".verdict").getByText("Not yet.").waitFor();
        await block(page, id).getByText("Show a solution").click();
        await block(page, id).getByRole("button", { name: "Put it into the editor" }).click();
        await block(page, id).getByRole("textbox").press("Control+Enter");
        await block(page, id).locator(".verdict").getByText("Solved.").waitFor();
        await page.close();
      });
    }
  }
});

describe("editing", () => {
  const edit = (page: Page, id: string) => block(page, id).getByRole("button", { name: "Edit" });

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
    await block(page, "self").getByRole("button", { name: "Reset" }).click();
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

  test("formats", async () => {
    const page = await open("processes/message-passing");
    await edit(page, "self").click();
    const editor = block(page, "self").getByRole("textbox");
    await editor.press("Control+A");
    await page.keyboard.insertText('if true do\nIO.puts( "ä" )\n  end');
    await block(page, "self").getByRole("button", { name: "Format" }).click();
    await status(page, "self").filter({ hasText: "formatted" }).waitFor();
    assert.equal(await editor.innerText(), 'if true do\n  IO.puts("ä")\nend');
    await page.keyboard.insertText("(");
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

describe("a shared link", () => {
  test("carries the edited code, which runs only when the reader says so", async () => {
    const context = await browser.newContext({ permissions: ["clipboard-read", "clipboard-write"] });
    const page = await context.newPage();
    await page.goto(`${site.origin}/processes/message-passing/`);
    await block(page, "self").getByRole("button", { name: "Edit" }).click();
    await block(page, "self").getByRole("textbox").press("Control+A");
    await page.keyboard.insertText('IO.puts("shared: ä")');
    await block(page, "self").getByRole("button", { name: "Share" }).click();
    await status(page, "self").filter({ hasText: "copied" }).waitFor();
    const link = await page.evaluate(() => navigator.clipboard.readText());
    assert.match(link, /#share=[\w-]+$/);

    const other = await (await browser.newContext()).newPage();
    await other.goto(link);
    await block(other, "self").getByText("somebody else").waitFor();
    await run(other, "send");
    await finish(other, "send");
    assert.equal(await status(other, "self").innerText(), "");
    await run(other, "self");
    await finish(other, "self");
    assert.match(await textOf(other, "self"), /shared: ä\s+:ok/);
    await other.context().close();
    await context.close();
  });

  test("that cannot be read is ignored", async () => {
    const page = await browser.newPage();
    await page.goto(`${site.origin}/processes/message-passing/#share=nonsense`);
    await run(page, "self");
    await finish(page, "self");
    assert.match(await textOf(page, "self"), /#PID/);
    await page.close();
  });
});

describe("Stop", () => {
  const endless = {
    "a loop": "defmodule Loop do\n  def run, do: run()\nend\nkept = 42\nLoop.run()",
    "a receive": "kept = 42\nreceive do\n  :never -> 1\nend",
    "a loop of the compiler": "kept = 42\ndefmodule Loop do\n  Enum.each(Stream.cycle([1]), & &1)\nend",
    "a receive that traps exits": "kept = 42\nProcess.flag(:trap_exit, true)\nreceive do\n  :never -> 1\nend",
    "a loop that rescues and catches": `kept = 42
defmodule Loop do
  def run do
    try do
      run()
    catch
      _, _ -> run()
    after
      run()
    end
  end
end
Loop.run()`,
  };
  for (const [what, code] of Object.entries(endless)) {
    test(`ends ${what} at once, and keeps the bindings`, async () => {
      const page = await openWith(code);
      await run(page, "self");
      await status(page, "self")
        .filter({ hasText: /running|waits/ })
        .waitFor();
      await page.waitForTimeout(300);
      const started = Date.now();
      await block(page, "self").getByRole("button", { name: "Stop" }).click();
      await status(page, "self").filter({ hasText: "stopped" }).waitFor();
      assert.ok(Date.now() - started < 1000, `stopping took ${Date.now() - started} ms`);
      assert.doesNotMatch(await status(page, "self").innerText(), /anew/);
      await run(page, "send");
      await finish(page, "send");
      assert.match(await textOf(page, "send"), /an, :arbitrary/);
      await page.close();
    });
  }

  test("before the runtime has started, leaves nothing behind that runs", async () => {
    const page = await openWith(endless["a receive"]);
    const gate = Promise.withResolvers<void>();
    await page.route("**/beamlet/worker.js", async (route) => {
      await gate.promise;
      await route.continue();
    });
    await run(page, "self");
    await block(page, "self").getByRole("button", { name: "Stop" }).click();
    await status(page, "self").filter({ hasText: "stopped" }).waitFor();
    gate.resolve();
    await run(page, "send");
    await finish(page, "send");
    assert.match(await textOf(page, "send"), /an, :arbitrary/);
    await page.close();
  });

  test("ends what no scheduler can interrupt with the worker", async () => {
    const page = await openWith('Regex.run(~r/^(a+)+$/, String.duplicate("a", 60) <> "b")');
    await run(page, "self");
    await status(page, "self")
      .filter({ hasText: /running|waits/ })
      .waitFor();
    // Until then the natives of regular expressions have been fetched, and the match has begun.
    await page.waitForTimeout(3000);
    await block(page, "self").getByRole("button", { name: "Stop" }).click();
    await status(page, "self").filter({ hasText: "anew" }).waitFor({ timeout: 5000 });
    await run(page, "receive-after");
    await block(page, "self").getByRole("button", { name: "Stop" }).click();
    await page.close();
  });
});

describe("bad input", () => {
  test("a syntax error is shown with the line marked", async () => {
    const page = await result("x = 1\ny = (2 +\n");
    assert.match(await textOf(page, "self"), /\*\* \((TokenMissingError|SyntaxError)\)/);
    assert.equal(await block(page, "self").locator(".line-error").count(), 1);
    await page.close();
  });

  test("a crash is shown with its stack trace and its lines marked", async () => {
    const page = await result(
      'defmodule Crash do\n  def now(x), do: raise("at #{x}")\nend\n\nCrash.now(1)\n:not_reached',
    );
    const text = await textOf(page, "self");
    assert.match(text, /\*\* \(RuntimeError\) at 1\n\s+self:2: Crash\.now\/1\n\s+self:5: \(file\)/);
    assert.doesNotMatch(text, /not_reached/);
    const marked = block(page, "self").locator(".line-error");
    assert.deepEqual(await marked.allInnerTexts(), ['  def now(x), do: raise("at #{x}")', "Crash.now(1)"]);
    assert.equal(await marked.first().getAttribute("title"), "** (RuntimeError) at 1");
    await page.close();
  });

  test("warnings and errors of the compiler are shown at their line", async () => {
    const page = await result("defmodule A do\n  def f(x), do: 1\n  def g, do: nope()\nend");
    const text = await textOf(page, "self");
    assert.match(text, /warning: variable "x" is unused/);
    assert.match(text, /error: undefined function nope\/0/);
    assert.match(text, /\*\* \(CompileError\) self: cannot compile module A/);
    assert.equal(await block(page, "self").locator(".line-warning").innerText(), "  def f(x), do: 1");
    assert.match((await block(page, "self").locator(".line-error").allInnerTexts()).join(), /nope/);
    await page.close();
  });

  test("the crash of a process is reported where it was started", async () => {
    const page = await result("spawn(fn -> 1 / 0 end)\nProcess.sleep(10)");
    await block(page, "self").getByText("raised an exception").waitFor({ timeout: 10_000 });
    assert.match(
      await textOf(page, "self"),
      /\[error\] Process #PID<[\d.]+> raised an exception\n\*\* \(ArithmeticError\)/,
    );
    await page.close();
  });

  test("a shell that dies of a link is replaced by a new one", async () => {
    const page = await result("kept = 1\nspawn_link(fn -> exit(:oops) end)\nProcess.sleep(100)");
    assert.match(
      await textOf(page, "self"),
      /\*\* \(EXIT from #PID<[\d.]+>\) shell process exited with reason: :oops/,
    );
    await run(page, "send");
    await finish(page, "send");
    await page.close();
  });

  const excesses: Record<string, [code: string, error: RegExp]> = {
    "a million lines": ["for i <- 1..1_000_000, do: IO.puts(i)", /limit exceeded.*printed more than/],
    "a flooded mailbox": [
      "pid = spawn(fn -> Process.sleep(:infinity) end)\ndefmodule Flood do\n  def run(pid) do\n    send(pid, :x)\n    run(pid)\n  end\nend\nFlood.run(pid)",
      /limit exceeded.*mailbox/,
    ],
    "a flood of the shell's own mailbox": [
      "defmodule Flood do\n  def run do\n    send(self(), :x)\n    run()\n  end\nend\nFlood.run()",
      /limit exceeded.*mailbox/,
    ],
    "a bomb of processes": [
      "defmodule Bomb do\n  def run do\n    spawn(fn -> run() end)\n    spawn(fn -> run() end)\n    Process.sleep(:infinity)\n  end\nend\nBomb.run()",
      /limit exceeded.*(processes|memory)/,
    ],
    "a list without end": [
      "defmodule Grow do\n  def run(list), do: run([list | list])\n  def flat(list), do: flat([1 | list])\nend\nGrow.flat([])",
      /limit exceeded.*memory/,
    ],
    "a recursion without end": [
      "defmodule Deep do\n  def run(n), do: 1 + run(n + 1)\nend\nDeep.run(0)",
      /limit exceeded.*memory/,
    ],
    "a map without end": [
      "defmodule Grow do\n  def run(map, n), do: run(Map.put(map, n, Enum.to_list(1..100)), n + 1)\nend\nGrow.run(%{}, 0)",
      /limit exceeded.*memory/,
    ],
    "a binary that doubles": [
      'defmodule Grow do\n  def run(text, kept), do: run(text <> text, [text | kept])\nend\nGrow.run("0123456789", [])',
      /limit exceeded.*memory|system_limit|SystemLimitError/,
    ],
  };
  for (const [what, [code, error]] of Object.entries(excesses)) {
    test(`${what} ends in a clear error, and the page goes on`, async (t) => {
      const started = Date.now();
      const page = await result(code);
      t.diagnostic(`${Date.now() - started} ms`);
      assert.match(await textOf(page, "self"), error);
      await run(page, "send");
      await finish(page, "send");
      assert.match(await textOf(page, "send"), /an, :arbitrary/);
      await page.close();
    });
  }
});
