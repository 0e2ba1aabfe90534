/** What a reader does to a block, and what it shows. */
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import {
  block,
  finish,
  finished,
  lines,
  run,
  setClock,
  shown,
  status,
  textOf,
  useNotes,
} from "../support/page.ts";

const notes = useNotes();
const { open, openWith, result } = notes;

describe("a block", () => {
  test("is complete without JavaScript", async () => {
    const context = await notes.browser.newContext({ javaScriptEnabled: false });
    const page = await context.newPage();
    await page.goto(`${notes.origin}/processes/message-passing/`);
    assert.match(await block(page, "receive-value").innerText(), /receive_result[\s\S]*3/);
    assert.equal(await page.getByRole("button", { name: "Run", exact: true }).first().isVisible(), false);
    await page.goto(`${notes.origin}/processes/synchronous-sending/`);
    const picture = block(page, "parallel-map").locator("figure.pictures");
    assert.match(await picture.locator("svg.sequence").innerHTML(), /:query_res/);
    await picture.getByText("The same in words").click();
    assert.match(await picture.locator("li").last().innerText(), /takes \{:query_result/);
    await context.close();
  });

  test("answers whoever points at it and runs it at once, on every first visit", async () => {
    for (let visit = 0; visit < 6; visit++) {
      const context = await notes.browser.newContext();
      const page = await context.newPage();
      await page.goto(`${notes.origin}/processes/message-passing/`);
      await run(page, "self");
      await finish(page, "self");
      assert.deepEqual(lines(await shown(page, "self")), ["#PID<...>"]);
      await context.close();
    }
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
    await block(page, "self").locator("> .output").getByText("early").waitFor();
    await status(page, "self")
      .filter({ hasText: /running|waits/ })
      .waitFor();
    await page.close();
  });

  test("prints live while it computes", async () => {
    const page = await openWith("defmodule Loop do\n  def run, do: run()\nend\nIO.puts(:early)\nLoop.run()");
    await run(page, "self");
    await block(page, "self").locator("> .output").getByText("early").waitFor();
    assert.match(await status(page, "self").innerText(), /running/);
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
    await status(page, "crew").filter({ hasText: "4 processes still live" }).waitFor();
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

describe("the clock and the seed can be changed while the runtime starts", () => {
  for (const [what, delay] of [
    ["its text is still on the way", 1500],
    ["its worker is there", 0],
  ] as const) {
    test(`when ${what}`, async () => {
      const page = await openWith("Process.sleep(60_000)\n:slept");
      await page.route("**/beamlet/frame.html", async (route) => {
        await new Promise((resolve) => setTimeout(resolve, delay));
        await route.continue();
      });
      await block(page, "self").getByRole("button", { name: "Edit" }).hover();
      await page.waitForFunction(() => customElements.get("run-block") !== undefined);
      await block(page, "self").getByRole("button", { name: "Edit" }).focus();
      await page.locator("iframe[title^='The runtime']").waitFor({ state: "attached" });
      await setClock(page, "fast");
      await page.getByLabel("Seed").fill("42");
      await page.getByLabel("Seed").press("Tab");
      await run(page, "self");
      await finish(page, "self");
      assert.match(await textOf(page, "self"), /:slept/);
      await page.close();
    });
  }
});

describe("the time that a block takes", () => {
  test("is, in real time, that of the clock on the wall", async () => {
    const page = await openWith("Process.sleep(700)\n:slept");
    const started = Date.now();
    await run(page, "self");
    await finish(page, "self");
    assert.ok(Date.now() - started >= 700);
    assert.match(await status(page, "self").innerText(), /^([7-9]\d\d ms|[1-9]\d*\.\d s)$/);
    await page.close();
  });

  test("is, in virtual time, what the program would have waited, and passes at once", async () => {
    const page = await openWith("Process.sleep(3_600_000)\n:slept", { virtual: true });
    await run(page, "self");
    await finish(page, "self");
    assert.match(await status(page, "self").innerText(), /^3600\.0 s of virtual time$/);
    await page.close();
  });
});

test("with the keyboard alone one runs a block, looks at its pictures, edits it and comes out again", async () => {
  const page = await open("processes/message-passing");
  /** Moves the focus on until it is on what has this name. */
  const tabTo = async (name: string) => {
    for (let i = 0; i < 100; i++) {
      await page.keyboard.press("Tab");
      const at = await page.evaluate(() => {
        const one = document.activeElement!;
        const where = one.closest("run-block")?.id ?? "";
        return `${where} ${one.getAttribute("aria-label") ?? one.textContent?.trim()}`;
      });
      if (at === `block-receive-value ${name}`) return;
    }
    assert.fail(`${name} cannot be reached`);
  };
  // To where a reader may have come by then.
  await block(page, "receive-after").locator("button.reset").focus();
  await tabTo("Run");
  await page.keyboard.press("Enter");
  await finish(page, "receive-value");
  await tabTo("Show what happened");
  await page.keyboard.press("Enter");
  const tab = block(page, "receive-value").getByRole("tab", { selected: true });
  await tab.filter({ hasText: "Messages" }).waitFor();
  await page.keyboard.press("ArrowRight");
  await tab.filter({ hasText: "Processes" }).waitFor();
  await page.keyboard.press("ArrowLeft");
  await tabTo("Moment of the run");
  await page.keyboard.press("Home");
  await block(page, "receive-value").locator(".line-traced").waitFor();
  await block(page, "receive-after").locator("button.reset").focus();
  await tabTo("Edit");
  await page.keyboard.press("Enter");
  await block(page, "receive-value").getByRole("textbox").waitFor();
  await page.keyboard.press("Control+A");
  await page.keyboard.insertText("6 * 7");
  await page.keyboard.press("Control+Enter");
  await block(page, "receive-value").locator("> .output").getByText("42").waitFor();
  // Until then the button stops the run.
  await finish(page, "receive-value");
  await page.keyboard.press("Escape");
  await tabTo("Run");
  await page.close();
});

describe("a block in which every process waits", () => {
  test("names each of them, and what each has not taken", async () => {
    const page = await openWith(`me = self()
other = spawn(fn -> receive do {:go, ^me} -> :gone end end)
idle = spawn(fn -> receive do :wake -> :up end end)
Process.register(idle, :idler)
send(other, {:go, :somebody})
send(other, :hurry)
receive do {:done, n} -> n end`);
    await run(page, "self");
    await status(page, "self").filter({ hasText: "waits" }).waitFor();
    const told = await block(page, "self").locator(".stuck li").allInnerTexts();
    assert.equal(told.length, 3);
    assert.match(told[0], /^this block, #PID<[\d.]+>, waits in line 7: its mailbox is empty$/);
    assert.match(told[1], /^#PID<[\d.]+> waits in line 2: no clause matches {:go, :somebody}, :hurry$/);
    assert.match(told[2], /^#PID<[\d.]+> :idler waits in line 3: its mailbox is empty$/);
    await page.close();
  });

  test("says who waits, and what lies unmatched in the mailboxes", async () => {
    const page = await openWith("send(self(), {:message, 1})\nreceive do\n  {_, _, _} -> 1\nend");
    await run(page, "self");
    await status(page, "self").filter({ hasText: "waits" }).waitFor();
    assert.match(
      await block(page, "self").locator(".stuck").innerText(),
      /this block, #PID<[\d.]+>, waits in line 3: no clause matches {:message, 1}/,
    );
    await block(page, "self").getByRole("button", { name: "Stop" }).click();
    await status(page, "self").filter({ hasText: "stopped" }).waitFor();
    await page.close();
  });
});

describe("a button of a block", () => {
  test("evaluates its action while the block runs, and belongs to it", async () => {
    const press = "IO.puts(:pressed)&#10;send(me, {:answer, 42})";
    const page = await openWith("me = self()\nreceive do {:answer, n} -> n end", {
      buttons: `<button type="button" class="press" data-press="${press}" disabled>Answer</button>`,
    });
    const button = block(page, "self").getByRole("button", { name: "Answer" });
    assert.equal(await button.isDisabled(), true);
    await run(page, "self");
    await status(page, "self").filter({ hasText: "waits" }).waitFor();
    await button.click();
    await finish(page, "self");
    assert.match(await textOf(page, "self"), /pressed[\s\S]*42/);
    await page.close();
  });
});
