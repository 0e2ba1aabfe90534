/** Processes for ordinary async code: promises, `for await`, `AbortSignal`, `using`. */
import assert from "node:assert/strict";
import { test } from "node:test";
import {
  createSystem,
  ExitError,
  exit,
  isAlive,
  onCrash,
  openInbox,
  owned,
  type Pid,
  receive,
  run,
  self,
  send,
  sleep,
  spawn,
  untilExit,
} from "../../packages/runtime/src/index.ts";

test("an inbox takes messages for await", async () => {
  const got: number[] = [];
  const inbox = openInbox<number>();
  spawn(function* () {
    for (let i = 1; i <= 3; i++) {
      yield* sleep(1);
      send(inbox.pid, i);
    }
  });
  for await (const n of inbox) {
    got.push(n);
    if (n === 3) break;
  }
  assert.deepEqual(got, [1, 2, 3]);
  assert.equal(isAlive(inbox.pid), false, "leaving the loop closes the inbox");
});

test("`using` closes an inbox; who waits for it is told", async () => {
  let pid: Pid;
  let late: Promise<unknown>;
  {
    using inbox = openInbox<string>();
    pid = inbox.pid;
    send(inbox.pid, "one");
    assert.equal(await inbox.receive(), "one");
    late = inbox.receive();
  }
  assert.equal(isAlive(pid), false);
  await assert.rejects(late, ExitError);
});

test("a signal ends a process, an inbox and a call", async () => {
  const controller = new AbortController();
  const { signal } = controller;
  const worker = spawn(
    function* () {
      yield* receive();
    },
    { signal },
  );
  const inbox = openInbox({ signal });
  const loop = (async () => {
    for await (const _ of inbox);
  })();
  const stuck = run(
    function* () {
      yield* receive();
    },
    { signal },
  );
  const ended = untilExit(worker).then((reason) => reason);
  controller.abort(new Error("enough"));
  await loop;
  await assert.rejects(stuck, /enough/);
  assert.ok(["shutdown", "noproc"].includes((await ended) as string));
});

test("`using` ends a process that a block owns", async () => {
  let pid: Pid;
  {
    using worker = owned(
      spawn(function* () {
        yield* receive();
      }),
    );
    pid = worker.pid;
    assert.ok(isAlive(pid));
  }
  assert.equal(isAlive(pid), false);
});

test("untilExit gives the reason", async () => {
  const pid = spawn(function* () {
    yield* receive();
  });
  const reason = untilExit(pid).then((reason) => reason);
  await sleep(1);
  exit(pid, "done");
  assert.equal(await reason, "done");
  assert.equal(await untilExit(pid), "noproc");
});

test("onCrash is told of errors until it is disposed of", async () => {
  const messages: string[] = [];
  {
    using _ = onCrash(({ reason }) => messages.push((reason as Error).message));
    await untilExit(
      spawn(function* () {
        throw new Error("one");
      }),
    );
  }
  assert.deepEqual(messages, ["one"]);
});

test("what is for processes says so outside of them", () => {
  assert.throws(() => self(), /self\(\) is for processes: call it in a function\* that spawn has started/);
  assert.throws(() => [...(receive() as Iterable<unknown>)], /receive\(\) is for processes/);
});

test("systems are apart: names, time, processes", async () => {
  using one = createSystem({ clock: "virtual", manual: true });
  using two = createSystem({ clock: "virtual", manual: true });
  const seen: string[] = [];
  for (const [name, system] of Object.entries({ one, two })) {
    system.enter(() => {
      spawn(
        function* () {
          seen.push(`${name} ${yield* receive<string>()}`);
        },
        { name: "same" },
      );
      send("same", "hello");
    });
  }
  assert.deepEqual(seen, []);
  one.settle();
  assert.deepEqual(seen, ["one hello"]);
  two.settle();
  assert.deepEqual(seen, ["one hello", "two hello"]);
});
