/** What rescuing an error costs: the host's stack, which takes long to write out, is left alone until a stack trace is asked for. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { withSession } from "../../support/session.ts";

/** How often the host writes out a stack while the code runs. */
async function stacksWritten(run: () => Promise<unknown>): Promise<number> {
  let count = 0;
  const before = Error.prepareStackTrace;
  Error.prepareStackTrace = (error, frames) => {
    count++;
    return `${error}\n${frames.map((frame) => `    at ${frame}`).join("\n")}`;
  };
  try {
    await run();
  } finally {
    Error.prepareStackTrace = before;
  }
  return count;
}

const errors = [
  'String.to_integer("x")',
  "hd([])",
  "Map.fetch!(%{}, :a)",
  "1 / Process.get(:none, 0)",
  "Tuple.to_list(1)",
  "2 = 1",
];

test(
  "an error that is rescued, and told by its message, writes out no stack of the host's",
  withSession(async (shell) => {
    const code = (body: string) => errors.map((one) => `try do ${one} rescue e -> ${body} end`).join("\n");
    // Once to load what it needs.
    await shell.run("a", code("Exception.message(e)"));
    assert.equal(await stacksWritten(() => shell.run("b", code("Exception.message(e)"))), 0);
    assert.notEqual(await stacksWritten(() => shell.run("c", code("{e, __STACKTRACE__}"))), 0);
    assert.deepEqual(shell.values("b").slice(0, 3), [
      `"errors were found at the given arguments:\\n\\n  * 1st argument: not a textual representation of an integer\\n"`,
      `"errors were found at the given arguments:\\n\\n  * 1st argument: not a nonempty list\\n"`,
      `"key :a not found in: %{}"`,
    ]);
  }),
);
