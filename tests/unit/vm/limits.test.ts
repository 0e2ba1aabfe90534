/** Programs that get out of hand end in an error that names the limit, and the shell goes on. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { withSession } from "../../support/session.ts";

for (const [what, limits, code, message] of [
  [
    "processes",
    { processes: 200 },
    "for _ <- 1..1000, do: spawn(fn -> Process.sleep(:infinity) end)",
    "** (limit exceeded) the program started more than 200 processes at a time",
  ],
  [
    "messages of a mailbox",
    { mailbox: 500 },
    "pid = spawn(fn -> Process.sleep(:infinity) end)\nfor i <- 1..1000, do: send(pid, i)",
    "** (limit exceeded) a mailbox grew beyond 500 messages: its process receives too slowly or not at all",
  ],
  [
    "output",
    { output: 1000 },
    'for _ <- 1..1000, do: IO.puts("0123456789")',
    "** (limit exceeded) the program printed more than 1,000 bytes",
  ],
] as const) {
  test(
    `too much of ${what}`,
    withSession(
      async (shell) => {
        await shell.run("a", code);
        assert.equal(shell.banner("a"), message);
        await shell.run("b", "1 + 1");
        assert.deepEqual(shell.values("b"), ["2"], JSON.stringify(shell.of("b")));
      },
      { limits, clock: "real" },
    ),
  );
}

const memory = { limits: { memory: 300_000_000 }, clock: "real" } as const;
const growth = "grow = fn me, list -> me.(me, [list | list]) end\ngrow.(grow, Enum.to_list(1..1000))";

test(
  "too much memory",
  withSession(async (shell) => {
    await shell.run("a", growth);
    assert.equal(
      shell.banner("a"),
      "** (limit exceeded) the program needs more than an estimated 300,000,000 bytes of memory",
    );
  }, memory),
);

test(
  "after too much memory the next evaluation runs",
  withSession(async (shell) => {
    await shell.run("a", growth);
    await shell.run("b", "1 + 1");
    assert.deepEqual(shell.values("b"), ["2"], JSON.stringify(shell.of("b")));
  }, memory),
);
