/** Blocks of TypeScript in a shell: what they share, what they show, how they end. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { compileTypeScript, TypeScriptError } from "../../../src/notes/typescript-block.ts";
import { type TestSession, withSession } from "../../support/session.ts";

/** Evaluates to the end. */
async function run(shell: TestSession, id: string, code: string): Promise<void> {
  shell.session.evaluate(id, compileTypeScript(code), { language: "typescript" });
  await shell.until((event) => event.type === "done" && event.id === id);
}

test(
  "blocks share what they declare, and may declare it again",
  withSession(async (shell) => {
    await run(
      shell,
      "a",
      "const { x, list: [first] }: any = { x: 1, list: [2] };\nfunction add(n: number) { return n + x; }",
    );
    await run(shell, "b", "const x = 10;\nclass Point {}\nadd(first) + x");
    await run(shell, "c", "[x, typeof Point]");
    assert.deepEqual(shell.values("b"), ["13"]);
    assert.deepEqual(shell.values("c"), ['[10, "function"]']);
  }),
);

test(
  "processes of a block print where it stands, also later, and share the system with those of Elixir",
  withSession(async (shell) => {
    await run(
      shell,
      "a",
      `import { receive, register, spawn } from "beamlet";
      const pid = spawn(function* () { console.log("got", yield* receive()); });
      register("printer", pid);`,
    );
    await shell.run("b", "is_pid(Process.whereis(:printer))");
    assert.deepEqual(shell.values("b"), ["true"]);
    await run(shell, "c", `import { send } from "beamlet";\nsend("printer", { n: 1 });`);
    await shell.session.settled();
    assert.equal(shell.printed("a"), "got { n: 1 }\n");
    assert.equal(shell.printed("c"), "");
  }),
);

test(
  "an error names its line; the crash of a process too, and the block goes on",
  withSession(async (shell) => {
    await run(shell, "a", "const x = 1;\n\nthrow new RangeError('too far');");
    assert.deepEqual(
      shell.of("a").find(({ type }) => type === "error"),
      { type: "error", id: "a", line: 3, banner: "RangeError: too far", stacktrace: "    a:3" },
    );
    await run(
      shell,
      "b",
      `import { run, sleep, spawn } from "beamlet";
      spawn(function* () {
        throw new Error("boom");
      });
      await run(function* () { yield* sleep(1); });
      "still here"`,
    );
    const crash = shell.of("b").find(({ type }) => type === "diagnostic");
    assert.ok(crash?.type === "diagnostic");
    assert.equal(crash.line, 3);
    assert.match(crash.text, /^Process #PID<[\d.]+> terminating\nError: boom\n {4}b:3/);
    assert.deepEqual(shell.values("b"), ['"still here"']);
  }),
);

test(
  "time is not skipped while code outside of processes is about to go on",
  withSession(async (shell) => {
    await run(
      shell,
      "a",
      `import { exit, run, sleep, spawn } from "beamlet";
      const late = spawn(function* () { yield* sleep(1000); console.log("too late"); });
      await run(function* () { yield* sleep(10); });
      exit(late, "shutdown");`,
    );
    await shell.session.settled();
    assert.equal(shell.printed("a"), "");
  }),
);

test(
  "a block that waits for ever is stopped with its processes; the next one runs",
  withSession(async (shell) => {
    const code = `import { receive, run } from "beamlet";\nawait run(function* () { yield* receive(); });`;
    shell.session.evaluate("a", compileTypeScript(code), { language: "typescript" });
    const stuck = await shell.until(({ type }) => type === "stuck");
    assert.ok(stuck.type === "stuck" && stuck.waiting.length === 1);
    shell.session.stop("a");
    await shell.until((event) => event.type === "done" && event.id === "a");
    await run(shell, "b", "1 + 1");
    assert.deepEqual(shell.values("b"), ["2"]);
  }),
);

test(
  "a block that computes outside of processes, or waits for the host, is not said to wait for its processes",
  withSession(async (shell) => {
    await run(
      shell,
      "a",
      `import { openInbox, receive, run, sleep, spawn, wait } from "beamlet";
      const pause = (ms) => new Promise((done) => setTimeout(done, ms));
      spawn(function* () { yield* receive(); });
      using inbox = openInbox();
      await run(function* () { yield* sleep(1); });
      let sum = 0;
      for (let i = 0; i < 20; i++) { for (let j = 0; j < 1e5; j++) sum += j; await pause(1); }
      await wait(pause(10));
      await run(function* () { yield* wait(pause(10)); });`,
    );
    assert.deepEqual(
      shell.of("a").filter(({ type }) => type === "stuck"),
      [],
    );
    for (const waits of ["openInbox().receive()", "untilExit(spawn(function* () { yield* receive(); }))"]) {
      const code = `import { openInbox, receive, spawn, untilExit } from "beamlet";\nawait ${waits};`;
      shell.session.evaluate(waits, compileTypeScript(code), { language: "typescript" });
      await shell.until((event) => event.type === "stuck" && event.id === waits);
      shell.session.stop(waits);
    }
  }),
);

test(
  "what is not shared sees what the blocks declare, and leaves nothing for them",
  withSession(async (shell) => {
    await run(shell, "a", "const x = 1;");
    shell.session.evaluate("b", compileTypeScript("const y = x + 1;\ny;", false), { language: "typescript" });
    await shell.until((event) => event.type === "done" && event.id === "b");
    assert.deepEqual(shell.values("b"), ["2"]);
    await run(shell, "c", "typeof y;");
    assert.deepEqual(shell.values("c"), ['"undefined"']);
  }),
);

test("text that is no TypeScript is an error with its line", () => {
  assert.throws(
    () => compileTypeScript("const x = 1;\nlet y = ;"),
    (error) => error instanceof TypeScriptError && error.line === 2,
  );
  assert.throws(() => compileTypeScript("export default 1"), /export is not needed/);
});

test(
  "only the package can be imported",
  withSession(async (shell) => {
    await run(shell, "a", `import { readFileSync } from "node:fs";`);
    assert.equal(shell.banner("a"), "Error: a block can import beamlet, beamlet/elixir, and not node:fs");
  }),
);
