/** Processes for ordinary async code: promises, `for await`, `AbortSignal`, `using`. */
import assert from "node:assert/strict";
import { test } from "node:test";
import {
  Agent,
  call,
  createSystem,
  ExitError,
  exit,
  GenServer,
  isAlive,
  now,
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
  wait,
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

test("to wait for an end outside of processes holds up no virtual time", async () => {
  using system = createSystem({ clock: "virtual", manual: true });
  const end = system.enter(() =>
    untilExit(
      spawn(function* () {
        yield* sleep(60_000);
        exit("late");
      }),
    ),
  );
  system.settle();
  assert.equal(await end, "late");
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

test("outside of processes, wait is a promise like others", async () => {
  assert.equal(await wait(Promise.resolve(7)), 7);
  await assert.rejects(wait(Promise.reject(new Error("no"))), /no/);
});

test("why a process has ended is known to who asks before and awaits after", async () => {
  const worker = spawn(function* () {
    yield* receive();
  });
  await sleep(1);
  const end = untilExit(worker);
  exit(worker, "enough");
  await sleep(5);
  assert.equal(await end, "enough");
});

test("finally and using run for a signal too, where that is asked for", async () => {
  const left: string[] = [];
  const body = (name: string) =>
    function* () {
      using _ = { [Symbol.dispose]: () => left.push(`${name} disposed`) };
      try {
        yield* receive();
      } finally {
        left.push(`${name} finally`);
        yield* sleep(1);
        left.push(`${name} never`);
      }
    };
  const finishing = spawn(body("one"), { runFinally: true });
  const plain = spawn(body("other"));
  await sleep(1);
  exit(finishing, "shutdown");
  exit(plain, "shutdown");
  assert.deepEqual([isAlive(finishing), isAlive(plain)], [false, false]);
  assert.deepEqual(left, ["one finally", "one disposed"]);
});

test("an error in the finally of a process that a signal ends is reported", async () => {
  const reports: unknown[] = [];
  using _ = onCrash(({ reason }) => reports.push((reason as Error).message));
  const worker = spawn(
    function* () {
      try {
        yield* receive();
      } finally {
        // biome-ignore lint/correctness/noUnsafeFinally: that is what is tested.
        throw new Error("in finally");
      }
    },
    { runFinally: true },
  );
  await sleep(1);
  exit(worker, "kill");
  assert.deepEqual([isAlive(worker), reports], [false, ["in finally"]]);
});

test("a call from outside waits in the time of its server's system", async () => {
  using system = createSystem({ clock: "virtual" });
  const started = system.enter(() =>
    GenServer.start({
      init: () => ({ state: 0 }),
      *handleCall(minutes: number) {
        yield* sleep(minutes * 60_000);
        return { reply: "late" };
      },
    }),
  );
  const server = await started;
  const before = performance.now();
  await assert.rejects(call(server, 10), { reason: "timeout" });
  assert.equal(await call(server, 10, 3_600_000), "late");
  const agent = await system.enter(() => Agent.start(() => now()));
  assert.ok((await Agent.get(agent, () => now())) >= 1_200_000, "functions of agents see that time too");
  await GenServer.stop(server);
  assert.ok(!isAlive(server));
  assert.ok(performance.now() - before < 4000, "it has taken real time");
});

test("what is awaited twice is done once", async () => {
  let begun = 0;
  const counter = GenServer.start({
    init: () => ({ state: ++begun }),
    handleCall: (by: number, _from, count) => ({ reply: count + by, state: count + by }),
  });
  const [first, second] = await Promise.all([counter, counter]);
  assert.equal(first, second);
  const added = call(first, 10);
  added.catch(() => assert.fail("it is answered"));
  assert.deepEqual([await added, await added, await call(first, 1), begun], [11, 11, 12, 1]);
});

test("now is the time of the system", async () => {
  using system = createSystem({ clock: "virtual" });
  const ages: number[] = [];
  system.enter(() =>
    spawn(function* () {
      const begun = now();
      yield* sleep(86_400_000);
      ages.push(Math.round(now() - begun));
    }),
  );
  system.settle();
  assert.deepEqual(ages, [86_400_000]);
  const begun = now();
  await sleep(5);
  assert.ok(now() - begun >= 4 && now() - begun < 5000);
});
