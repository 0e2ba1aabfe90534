/** The pictures of a run in a real browser: they show what the program did, with mouse, keys and to screen readers. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { describe, test } from "node:test";
import type { Locator, Page } from "playwright-core";
import { drawn, finish, useNotes } from "../support/page.ts";

const notes = useNotes();

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

interface Opened {
  readonly page: Page;
  readonly block: Locator;
  readonly pictures: Locator;
}

/** A block with this code, run, with its pictures open at a tab. */
async function opened(
  code: string,
  tab: string,
  options: { width?: number; colorScheme?: "light" | "dark" } = {},
): Promise<Opened> {
  const { width = 1100, colorScheme = "light" } = options;
  const page = await notes.openWith(code, { virtual: true, viewport: { width, height: 900 }, colorScheme });
  const block = page.locator("#block-self");
  await block.getByRole("button", { name: "Show what happened" }).click();
  await finish(page, "self");
  await drawn(page, "self");
  const pictures = block.locator(".pictures");
  await pictures.getByRole("tab", { name: tab }).click();
  return { page, block, pictures };
}

const slider = (pictures: Locator) => pictures.getByRole("slider", { name: "Moment of the run" });

const told = (pictures: Locator) => pictures.locator(".told").innerText();

const selective = `send(self(), {:low, "a"})
send(self(), {:high, "b"})
receive do
  {:high, x} -> IO.puts(x)
end`;

describe("messages", () => {
  test("a row for each thing that happened, and the message that was passed over", async () => {
    const { page, pictures } = await opened(selective, "Messages");
    const rows = pictures.locator(".sequence .row");
    await rows.nth(3).waitFor();
    assert.deepEqual(await rows.evaluateAll((items) => items.map((item) => item.textContent)), [
      '{:low, "a"}',
      '{:high, "b"}',
      'takes {:high, "b"}',
      "b",
    ]);
    assert.equal(await pictures.locator(".sequence .skip").count(), 1);
    assert.equal(await pictures.locator(".sequence .stay").count(), 2);
    await page.close();
  });

  test("the arrow keys, Home and End step; each step marks its line of code", async () => {
    const { page, block, pictures } = await opened(selective, "Messages");
    await slider(pictures).focus();
    await page.keyboard.press("Home");
    assert.match(await told(pictures), /^1 \/ 4 .*this block sends \{:low, "a"\} to itself/s);
    assert.equal(await block.locator(".line-traced").innerText(), 'send(self(), {:low, "a"})');
    assert.equal(await pictures.locator(".sequence .row.later").count(), 3);
    await page.keyboard.press("ArrowRight");
    await page.keyboard.press("ArrowRight");
    assert.match(await told(pictures), /takes \{:high, "b"\} out of its mailbox, passing over one message/);
    assert.match((await slider(pictures).getAttribute("aria-valuetext")) ?? "", /^3 of 4: this block takes/);
    assert.match(await block.locator(".line-traced").innerText(), /\{:high, x\}/);
    await page.keyboard.press("End");
    assert.equal(await pictures.locator(".sequence .row.later").count(), 0);
    await page.close();
  });

  test("pointing at a row marks its line, and at a line its rows", async () => {
    const { page, block, pictures } = await opened(selective, "Messages");
    await pictures.locator(".sequence .row").nth(1).hover();
    assert.equal(await block.locator(".line-traced").innerText(), 'send(self(), {:high, "b"})');
    await block.locator(".code .line").first().hover();
    assert.equal(await pictures.locator(".sequence .row.pointed").count(), 1);
    await page.close();
  });

  test("the same is there as a table, with links to the lines", async () => {
    const { page, pictures } = await opened(selective, "Messages");
    await pictures.getByText("The same as a table").click();
    const rows = pictures.getByRole("table").getByRole("row");
    assert.equal(await rows.count(), 5);
    assert.match(await rows.nth(1).innerText(), /this block sends \{:low, "a"\} to itself\s+line 1/);
    await page.close();
  });
});

test("processes: a supervisor's repair, step by step", async () => {
  const { page, pictures } = await opened(
    `children = [%{id: :worker, start: {Agent, :start_link, [fn -> 0 end, [name: :worker]]}}]
{:ok, supervisor} = Supervisor.start_link(children, strategy: :one_for_one)
Process.exit(Process.whereis(:worker), :kill)
Process.sleep(10)`,
    "Processes",
  );
  await pictures.locator(".tree .process").nth(2).waitFor();
  await slider(pictures).focus();
  await page.keyboard.press("Home");
  const seen: string[] = [];
  let crashed = false;
  for (let i = 0; i < 30; i++) {
    const text = await told(pictures);
    seen.push(text.replace(/^.*?ms\s*/s, ""));
    if (/crashes/.test(text)) crashed = (await pictures.locator(".tree .process.crash").count()) === 1;
    if (await pictures.getByRole("button", { name: "Step forward" }).isDisabled()) break;
    await page.keyboard.press("ArrowRight");
  }
  assert.ok(crashed, "the crashed process is drawn as such");
  for (const step of [
    /supervisor starts :worker/,
    /:worker crashes: :killed/,
    /exit signal from :worker reaches supervisor/,
  ])
    assert.ok(
      seen.some((text) => step.test(text)),
      `${step} in ${seen.join(" | ")}`,
    );
  assert.equal(await pictures.locator(".tree .process.crash").count(), 0);
  assert.match(await pictures.locator(".tree").textContent().then(String), /start no\. 2/);
  await page.close();
});

test("schedulers: endless loops in turn, and whoever waits is in no queue", async () => {
  const { page, pictures } = await opened(
    `defmodule Spin do
  def forever(n), do: forever(n + 1)
end
busy = for _ <- 1..2, do: spawn(fn -> Spin.forever(0) end)
receive do
  :never -> 0
after
  2 -> :on_time
end
Enum.each(busy, &Process.exit(&1, :kill))`,
    "Schedulers",
  );
  await pictures.locator(".slices .slice.preempted").nth(4).waitFor();
  assert.match(await pictures.locator(".machine").innerText(), /Scheduler 1/);
  await slider(pictures).focus();
  // Back from the end, where the loops have been killed, to when they ran and the block waited.
  const inTurn = /runs for [\d,]+ reductions and is then preempted.*1 other is ready/s;
  for (let i = 0; i < 60 && !inTurn.test(await told(pictures)); i++) await page.keyboard.press("ArrowLeft");
  assert.match(await told(pictures), inTurn);
  assert.equal(await pictures.locator(".machine .chip:not(.slot)").count(), 1);
  assert.match(await pictures.locator(".machine").innerText(), /waiting\s+1/);
  await page.close();
});

test("receive: the six steps over the mailbox of the block", async () => {
  const { page, pictures } = await opened(selective, "Receive");
  const current = pictures.locator('.rules [aria-current="step"]');
  await current.waitFor();
  const walked: string[] = [];
  for (;;) {
    walked.push(`${(await current.innerText()).split(/[:,.]/)[0]}`);
    if (await pictures.getByRole("button", { name: "Step forward" }).isDisabled()) break;
    await pictures.getByRole("button", { name: "Step forward" }).click();
  }
  assert.deepEqual(walked, [
    "Take the first message of the mailbox",
    "Try the patterns on it",
    "None matches",
    "Take the first message of the mailbox",
    "Try the patterns on it",
    "One matches",
  ]);
  assert.equal(await pictures.locator(".mailbox li.taken").innerText(), '{:high, "b"}');
  assert.equal(await pictures.locator(".mailbox li.skipped").count(), 1);
  await page.close();
});

test("receive: a message from the reader for whoever waits", async () => {
  const page = await notes.openWith("receive do\n  {:message, n} -> n + 1\nend", { virtual: true });
  const one = page.locator("#block-self");
  await one.getByRole("button", { name: "Show what happened" }).click();
  await one.getByRole("tab", { name: "Receive" }).click();
  await one.getByRole("textbox", { name: "Send it" }).fill("{:other, 1}");
  await one.getByRole("button", { name: "Send", exact: true }).click();
  await one.locator(".mailbox li").filter({ hasText: "{:other, 1}" }).waitFor();
  await one.getByRole("textbox", { name: "Send it" }).fill("{:message, 41}");
  await page.keyboard.press("Enter");
  await finish(page, "self");
  assert.match(await one.locator("> .output").innerText(), /42/);
  await one.locator(".mailbox li.taken").filter({ hasText: "{:message, 41}" }).waitFor();
  await page.close();
});

test("time: mailboxes and variables of a server at a moment", async () => {
  const { page, pictures } = await opened(
    `defmodule Sum do
  def loop(total) do
    receive do
      {:add, n} -> loop(total + n)
    end
  end
end
adder = spawn(fn -> Sum.loop(40) end)
send(adder, {:add, 2})
Process.sleep(1)`,
    "Time",
  );
  const card = pictures.locator(".card").filter({ hasText: "adder" });
  assert.match(await card.innerText(), /waits for a message in loop\/1, line 3\s+mailbox empty\s+total\s+42/);
  await slider(pictures).focus();
  let before = "";
  for (let i = 0; i < 30 && !/\{:add, 2\}/.test(before); i++) {
    await page.keyboard.press("ArrowLeft");
    before = await card.innerText();
  }
  assert.match(before, /\{:add, 2\}/, "the message was in the mailbox");
  await page.close();
});

test("cost: measured time and bytes, beside a thread", async () => {
  const { page, pictures } = await opened(
    "for _ <- 1..20_000, do: spawn(fn -> Process.sleep(:infinity) end)\n:ok",
    "Cost",
  );
  const text = await pictures.locator(".cost-view").innerText();
  assert.match(text, /20,000 started in \d+ ms/);
  assert.match(text, /20,000 alive/);
  const bytes = Number(/([\d,]+) bytes/.exec(text)?.[1].replace(",", ""));
  assert.ok(bytes > 100 && bytes < 1000, `${bytes} bytes`);
  await page.close();
});

test("a hundred thousand processes: each picture stays small and the page awake; what is not drawn is counted and can be turned to", async (t) => {
  const page = await notes.openWith(
    "for _ <- 1..100_000, do: spawn(fn -> Process.sleep(:infinity) end)\n:ok",
    { virtual: true },
  );
  await page.evaluate(() => {
    const watch = { longest: 0 };
    Object.assign(window, { watch });
    new PerformanceObserver((list) => {
      for (const { duration } of list.getEntries()) watch.longest = Math.max(watch.longest, duration);
    }).observe({ type: "longtask" });
  });
  const one = page.locator("#block-self");
  await one.getByRole("button", { name: "Show what happened" }).click();
  await finish(page, "self");
  const pictures = one.locator(".pictures");
  await pictures
    .getByText(/In all the run has started 100,000 processes, of which 100,000 were alive at its end\.$/)
    .waitFor();
  for (const tab of ["Messages", "Processes", "Schedulers", "Time"]) {
    await pictures.getByRole("tab", { name: tab }).click();
    await slider(pictures).press("Home");
    await slider(pictures).press("End");
    const elements = await pictures.evaluate((box) => box.querySelectorAll("*").length);
    t.diagnostic(`${tab}: ${elements} elements`);
    assert.ok(elements < 3000, `${tab}: ${elements} elements`);
  }
  await pictures.getByRole("tab", { name: "Messages" }).click();
  assert.match(await pictures.locator(".sequence-head").innerHTML(), />[\d,]+ others</);
  await pictures.getByRole("button", { name: "Later processes" }).focus();
  await page.keyboard.press("Enter");
  await pictures
    .getByRole("status")
    .filter({ hasText: /processes 11 to 20 of/ })
    .waitFor();

  await pictures.getByRole("tab", { name: "Processes" }).click();
  const drawn = await pictures.locator(".tree .process").count();
  assert.match(await pictures.locator(".tree .group .lane-title").innerHTML(), /^[\d,]+ more/);
  await pictures.getByRole("button", { name: /^Draw 10 more of/ }).focus();
  await page.keyboard.press("Enter");
  await pictures
    .locator(".tree .process")
    .nth(drawn + 9)
    .waitFor();

  await pictures.getByText("The same as a table").click();
  await pictures.getByRole("tab", { name: "Time" }).click();
  await pictures.getByRole("button", { name: "Later steps" }).click();
  assert.match(await pictures.getByRole("table").getByRole("row").nth(1).innerText(), /^501\b/);
  const longest = await page.evaluate(
    () => (window as unknown as { watch: { longest: number } }).watch.longest,
  );
  t.diagnostic(`the longest task of the page took ${longest.toFixed(0)} ms`);
  assert.ok(longest < 3000, `${longest} ms`);
  await page.close();
});

test("a run that is too long to be recorded says so, in every picture of it", async () => {
  const { page, pictures } = await opened("for n <- 1..4000, do: send(self(), n)\n:ok", "Messages");
  const sentence =
    /^Only the beginning is recorded: the first 6,0\d\d events of the run, which took [\d.]+ m?s\. What came after them is in no picture\.$/;
  for (const tab of ["Messages", "Schedulers", "Time"]) {
    await pictures.getByRole("tab", { name: tab }).click();
    assert.match(await pictures.locator("> .omitted").innerText(), sentence, tab);
  }
  await page.close();
  const short = await opened("for n <- 1..40, do: send(self(), n)\n:ok", "Messages");
  assert.equal(await short.pictures.locator("> .omitted").isVisible(), false);
  await short.page.close();
});

test("a picture follows the program while it runs, and the button of a block", async () => {
  const page = await notes.newPage();
  await page.goto(`${notes.origin}/otp/supervisors/`);
  const block = page.locator("#block-crew");
  await block.getByRole("button", { name: "Run", exact: true }).click();
  await block.locator(".tree .process").nth(4).waitFor();
  await block.getByRole("button", { name: "Crash a worker" }).click();
  await block.locator(".tree").getByText("start no. 2").waitFor();
  await page.close();
});

test("a picture that a block asks for opens with its run, also after the clock has been changed, until it is closed", async () => {
  const page = await notes.open("processes/message-passing");
  const one = page.locator("#block-selective");
  await one.getByRole("button", { name: "Run", exact: true }).click();
  await one.locator(".receive-view [aria-current=step]").waitFor();
  await one.getByRole("button", { name: "Show what happened" }).click();
  await one.locator(".pictures").waitFor({ state: "detached" });
  await one.getByRole("button", { name: "Run", exact: true }).click();
  await finish(page, "selective");
  assert.equal(await one.locator(".pictures").count(), 0);
  await page.close();
});

test("pictures are loaded when they are asked for", async () => {
  const page = await notes.newPage();
  const loaded: string[] = [];
  page.on("request", (request) => loaded.push(request.url()));
  await page.goto(`${notes.origin}/processes/message-passing/`);
  await page.waitForLoadState("networkidle");
  assert.deepEqual(
    loaded.filter((url) => /pictures/.test(url)),
    [],
  );
  await page.close();
});

for (const colorScheme of ["light", "dark"] as const) {
  for (const width of [390, 1100]) {
    test(`axe finds nothing in any picture: ${colorScheme}, ${width} pixels`, async () => {
      const { page, block, pictures } = await opened(
        `parent = self()
pid = spawn_link(fn -> receive do x -> send(parent, x) end end)
send(pid, :hello)
receive do
  :hello -> IO.puts("hello")
end`,
        "Messages",
        { width, colorScheme },
      );
      await page.evaluate(axe);
      const tabs = await pictures.getByRole("tab").allInnerTexts();
      assert.deepEqual(tabs, ["Receive", "Messages", "Processes", "Schedulers", "Time"]);
      await pictures.getByText("The same as a table").click();
      for (const tab of tabs) {
        await pictures.getByRole("tab", { name: tab }).click();
        await page.waitForTimeout(100);
        const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
        assert.ok(overflow <= 0, `${tab}: the page is ${overflow} pixels too wide`);
        const found = await block.evaluate(async (element) => {
          const { axe } = window as unknown as {
            axe: {
              run(
                within: Element,
              ): Promise<{ violations: { id: string; nodes: { html: string; failureSummary: string }[] }[] }>;
            };
          };
          const { violations } = await axe.run(element);
          return violations.flatMap(({ id, nodes }) =>
            nodes.map(({ html, failureSummary }) => `${id} ${html} ${failureSummary}`),
          );
        });
        assert.deepEqual(found, [], tab);
      }
      await page.close();
    });
  }
}
