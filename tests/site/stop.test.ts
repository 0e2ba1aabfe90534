/** Stop ends whatever runs, and nothing else. */
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { block, finish, run, status, textOf, useNotes } from "../support/page.ts";

const { openWith } = useNotes();

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
      // The value of the first line.
      await block(page, "self").locator(".output .value").getByText("42").waitFor();
      await block(page, "self").getByRole("button", { name: "Stop" }).click();
      await status(page, "self").filter({ hasText: "stopped" }).waitFor();
      // A worker that does not answer within a second is ended, and the shell starts anew.
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
    const page = await openWith("Integer.to_string(Bitwise.bsl(1, 66_000_000) - 1)");
    await run(page, "self");
    await status(page, "self")
      .filter({ hasText: /running|waits/ })
      .waitFor();
    // Until then the conversion has begun, which takes the host many seconds.
    await page.waitForTimeout(1500);
    await block(page, "self").getByRole("button", { name: "Stop" }).click();
    await status(page, "self").filter({ hasText: "anew" }).waitFor();
    await run(page, "receive-after");
    await block(page, "self").getByRole("button", { name: "Stop" }).click();
    await page.close();
  });
});
