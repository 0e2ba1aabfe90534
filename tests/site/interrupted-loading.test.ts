/** Parts of the runtime that cannot be fetched: a run says so, and the next one asks for them again. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { block, finish, run, textOf, useNotes } from "../support/page.ts";

const { openWith } = useNotes();

const PARTS = {
  "natives-define.js":
    /^\*\* \(RuntimeError\) a part of the runtime, natives-define, could not be fetched: Failed to fetch\. Run/,
  "lib/Elixir.Enum.js":
    /^\*\* \(RuntimeError\) a part of the runtime, Elixir\.Enum, could not be fetched: Failed to fetch\. Run/,
  "worker.js": /^The runtime could not start: Failed to fetch$/,
};

for (const [file, message] of Object.entries(PARTS)) {
  test(`${file} is asked for again after a failure`, async () => {
    const page = await openWith(
      "defmodule Sum do\n  def of(numbers), do: Enum.sum(numbers)\nend\n\nIO.puts(Sum.of([20, 22]))",
    );
    await page.route(`**/beamlet/${file}`, (route) => route.abort(), { times: 1 });
    await run(page, "self");
    await block(page, "self").locator(".output > .error").waitFor();
    assert.match(await textOf(page, "self"), message);
    await run(page, "self");
    await finish(page, "self");
    assert.match(await textOf(page, "self"), /^42$/m);
    await page.close();
  });
}
