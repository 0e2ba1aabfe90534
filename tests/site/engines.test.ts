/** The blocks and the pictures in the engines of other browsers: Firefox and WebKit, as Debian has them. */
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { type Block, pages } from "../../src/notes/blocks.ts";
import { masked, recordingsOf, type Shown } from "../../src/notes/recording.ts";
import { type Engine, engines, missing } from "../support/engines.ts";
import { type Site, serveSite } from "../support/site.ts";

/** Everything that a page complains about, for the test to read. */
const complaints = `window.complaints = [];
const complain = (text) => window.complaints.push(text);
addEventListener("error", ({ message }) => complain("error: " + message));
addEventListener("unhandledrejection", ({ reason }) => complain("rejection: " + reason));
addEventListener("securitypolicyviolation", ({ violatedDirective, blockedURI }) => complain("policy: " + violatedDirective + " " + blockedURI));
const { error } = console;
console.error = (...texts) => { complain("console: " + texts.join(" ")); error.apply(console, texts); };`;

/** Milliseconds for whatever is waited for, on a machine that does other things too. */
const PATIENCE = 60_000;

for (const [name, kind] of Object.entries(engines)) {
  const lacks = missing(kind);
  // In continuous integration nothing may be left out.
  const skip = lacks !== null && process.env.CI === undefined ? lacks : false;

  describe(name, { skip }, () => {
    let site: Site;
    let engine: Engine;

    before(async () => {
      assert.equal(lacks, null, `${name} is ${lacks}`);
      [site, engine] = await Promise.all([serveSite(complaints), kind.start()]);
    });

    after(async () => {
      await engine?.close();
      site?.close();
    });

    async function open(page: string): Promise<void> {
      await engine.open(`${site.origin}/${page === "index" ? "" : `${page}/`}`);
      await engine.evaluate(() => {
        const clock = document.querySelector<HTMLSelectElement>("page-controls .clock")!;
        clock.value = "virtual";
        clock.dispatchEvent(new Event("change", { bubbles: true }));
        return customElements.whenDefined("run-block").then(() => {});
      });
    }

    /** Presses a button, as a reader would: once it can be pressed. */
    async function press(id: string, button: string): Promise<void> {
      const pressed = (block: string, label: string) => {
        const buttons = [...document.querySelectorAll<HTMLButtonElement>(`#block-${block} button`)];
        const one = buttons.find((other) => other.textContent?.trim() === label)!;
        if (one.disabled) return false;
        one.click();
        return true;
      };
      for (const started = Date.now(); !(await engine.evaluate(pressed, id, button)); ) {
        if (Date.now() - started > PATIENCE) assert.fail(`${button} of ${id} stays disabled`);
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
    }

    /** Resolves when the text of an element is as it should. */
    async function becomes(selector: string, pattern: RegExp): Promise<string> {
      const textOf = (sought: string) => document.querySelector(sought)?.textContent ?? "";
      for (const started = Date.now(); ; ) {
        const text = await engine.evaluate(textOf, selector);
        if (pattern.test(text)) return text;
        if (Date.now() - started > PATIENCE) assert.match(text, pattern, selector);
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
    }

    async function until(code: (selector: string) => boolean, selector: string): Promise<void> {
      for (const started = Date.now(); !(await engine.evaluate(code, selector)); ) {
        if (Date.now() - started > PATIENCE) assert.fail(`${selector} has not come`);
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
    }

    const finish = (id: string) => becomes(`#block-${id} .status`, /\d m?s\b/);

    async function noComplaints(): Promise<void> {
      const found = await engine.evaluate(() => (window as unknown as { complaints: string[] }).complaints);
      assert.deepEqual(found, []);
    }

    async function runBlock({ id, interrupt, buttons }: Block): Promise<void> {
      await press(id, "Run");
      if (interrupt) {
        await becomes(`#block-${id} .status`, /running|waits$/);
        await press(id, "Stop");
        await becomes(`#block-${id} .status`, /^stopped/);
      } else await finish(id);
      for (const { label } of buttons) await press(id, label);
    }

    async function shown(id: string): Promise<Shown[]> {
      return engine.evaluate(
        (block) =>
          [...document.querySelectorAll(`#block-${block} .output > pre`)].map(
            ({ className, textContent }) => ({ kind: className, text: textContent }) as Shown,
          ),
        id,
      );
    }

    for (const { page, blocks } of pages()) {
      test(`${page}: every block shows what is recorded`, async () => {
        await open(page);
        const ran = blocks.filter(({ exercise }) => exercise === null);
        for (const block of ran) await runBlock(block);
        const linesOf = (items: readonly Shown[], order: string) =>
          shownLines(items, order === "any", kind.tellsPlaces);
        for (const { id, order } of ran) {
          const expected = linesOf(recordingsOf(page)[id].shown, order);
          const started = Date.now();
          let actual = linesOf(await shown(id), order);
          // What a button does, and what is logged, may come later.
          while (actual.join("\n") !== expected.join("\n") && Date.now() - started < PATIENCE / 4) {
            await new Promise((resolve) => setTimeout(resolve, 100));
            actual = linesOf(await shown(id), order);
          }
          assert.deepEqual(actual, expected, id);
        }
        await noComplaints();
      });
    }

    /** A page whose first block a reader has edited before. */
    async function openEdited(code: string): Promise<void> {
      await engine.open(`${site.origin}/processes/message-passing/`);
      await engine.evaluate((edited) => {
        const original = document.querySelector("#block-self .code pre")!.textContent;
        localStorage.setItem(
          "edit /processes/message-passing/ self",
          JSON.stringify({ code: edited, original }),
        );
      }, code);
      await open("processes/message-passing");
      await becomes("#block-self .cm-content", /./);
    }

    test("a block can be edited, and the edit is kept", async () => {
      await engine.open(`${site.origin}/processes/message-passing/`);
      await engine.evaluate(() => localStorage.clear());
      await open("processes/message-passing");
      await press("self", "Edit");
      await becomes("#block-self .cm-content", /./);
      await engine.evaluate(() => {
        document.querySelector<HTMLElement>("#block-self .cm-content")!.focus();
        document.execCommand("selectAll");
        document.execCommand("insertText", false, "20 + 22");
      });
      await becomes("#block-self .cm-content", /^20 \+ 22$/);
      await press("self", "Run");
      await finish("self");
      await becomes("#block-self .output", /^\s*42\s*$/);
      await open("processes/message-passing");
      await becomes("#block-self .cm-content", /^20 \+ 22$/);
      await noComplaints();
    });

    for (const [what, code] of [
      ["a loop", "defmodule Loop do def run, do: run() end; kept = 42; IO.puts(:begun); Loop.run()"],
      ["a receive", "kept = 42; IO.puts(:begun); receive do :never -> 1 end"],
    ]) {
      test(`Stop ends ${what}, and the page goes on`, async () => {
        await openEdited(code);
        await press("self", "Run");
        await becomes("#block-self .output", /begun/);
        await press("self", "Stop");
        await becomes("#block-self .status", /^stopped$/);
        await press("send", "Run");
        await finish("send");
        await becomes("#block-send .output", /an, :arbitrary/);
        await noComplaints();
      });
    }

    test("every picture of a run opens", async () => {
      await openEdited(
        "parent = self(); spawn(fn -> send(parent, :hello) end); receive do :hello -> IO.puts(:done) end",
      );
      await press("self", "Show what happened");
      await finish("self");
      for (const [tab, selector] of [
        ["Messages", ".sequence .row"],
        ["Processes", ".tree .process"],
        ["Schedulers", ".slices .slice"],
        ["Time", ".card"],
        // Which clause took a message is known by its place.
        ...(kind.tellsPlaces ? [["Receive", ".rules [aria-current=step]"]] : []),
      ]) {
        await press("self", tab);
        await until((sought) => document.querySelector(`#block-self .pictures ${sought}`) !== null, selector);
      }
      await noComplaints();
    });

    test("what has been visited is there without a network, and runs", async () => {
      const own = await serveSite(complaints);
      await engine.open(`${own.origin}/`);
      await engine.evaluate(() => navigator.serviceWorker.ready.then(() => {}));
      own.close();
      await engine.open(`${own.origin}/processes/message-passing/`);
      await press("self", "Run");
      await finish("self");
      await becomes("#block-self .output", /^\s*#PID</);
    });
  });
}

/** The lines that a block shows, pids masked; sorted, if they may come in any order; those of stack traces only where there are any. */
function shownLines(items: readonly Shown[], isSorted: boolean, hasTraces: boolean): string[] {
  const lines = masked(items)
    .flatMap((item) => (item.kind === "stopped" ? [] : item.text.split("\n")))
    .filter((line) => line !== "" && (hasTraces || !line.startsWith("    ")));
  return isSorted ? lines.sort() : lines;
}
