/** What is wrong is said clearly, where it is wrong; other processes go on. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { Worker } from "node:worker_threads";
import {
  Agent,
  type CrashReport,
  call,
  cancelTimer,
  createSystem,
  type Down,
  demonitor,
  exit,
  GenServer,
  isAlive,
  monitor,
  type Pid,
  receive,
  run,
  type Stuck,
  Supervisor,
  self,
  send,
  sendAfter,
  sleep,
  spawn,
  spawnMonitor,
  untilExit,
  wait,
  watch,
  yieldNow,
} from "../../packages/runtime/src/index.ts";
import { inSystem } from "./system.ts";

class Point {
  x = 1;
}

/** Its instances inherit the constructor of plain objects. */
function Legacy() {}
Legacy.prototype = { kind: "legacy" };

const refused: [string, unknown, string][] = [
  [
    "a function",
    () => {},
    "cannot send the function (anonymous) at message: functions belong to the process that made them",
  ],
  ["a symbol", { key: Symbol("s") }, "cannot send Symbol(s) at message.key: symbols have no copy"],
  [
    "an object of a class",
    { list: [1, new Point()] },
    "cannot send an object of class Point at message.list[1]: it would lose its methods; send plain data",
  ],
  [
    "an object that inherits fields",
    { options: Object.create({ retries: 3 }) },
    "cannot send {} at message.options: it would lose the inherited retries; send plain data",
  ],
  [
    "an object of a constructor with a prototype of its own",
    new (Legacy as unknown as new () => object)(),
    "cannot send {} at message: it would lose the inherited kind; send plain data",
  ],
  [
    "a field with a symbol for a name, whose value would be shared",
    { [Symbol("count")]: { n: 1 } },
    "cannot send {} at message: it would share Symbol(count); send plain data",
  ],
  [
    "such a field within",
    { list: [{ a: 1, [Symbol.for("b")]: 2 }] },
    'cannot send {"a":1} at message.list[0]: it would share Symbol(b); send plain data',
  ],
  [
    "an object of a class without a name",
    new (class {})(),
    "cannot send an object of class (anonymous) at message: it would lose its methods; send plain data",
  ],
  [
    "a promise",
    [Promise.resolve()],
    "cannot send a promise at message[0]: it would lose its methods; send plain data",
  ],
  [
    "a key of a map",
    new Map([[new Point(), 1]]),
    "cannot send an object of class Point at message (a key): it would lose its methods; send plain data",
  ],
  [
    "deep inside",
    { a: { "b c": new Set([{ d: isAlive }]) } },
    'cannot send the function isAlive at message.a["b c"] (a member).d: functions belong to the process that made them',
  ],
];

for (const [what, message, text] of refused) {
  test(`what cannot be sent is named with its place: ${what}`, () =>
    inSystem(function* () {
      assert.throws(() => send(self(), message), new TypeError(text));
      assert.throws(() => sendAfter(self(), message, 1), TypeError);
      assert.throws(() => call(self(), message), TypeError);
      assert.equal(yield* receive({ after: 10 }), undefined, "nothing was sent");
    }));
}

test("what is not enumerable, own or inherited, is no part of a message", () =>
  inSystem(function* () {
    const hidden = (name: string | symbol) => ({ [name]: { value: { n: 1 } } });
    const inherited = Object.create(Object.create(Object.prototype, hidden("a")), hidden(Symbol("b")));
    send(self(), Object.assign(inherited, { c: 1 }));
    const got = yield* receive();
    assert.deepEqual([Reflect.ownKeys(got), got.a], [["c"], undefined]);
  }));

test("a cycle, shared parts and buffers arrive as they were", () =>
  inSystem(function* () {
    const shared = { n: 1 };
    const cycle: any = { left: shared, right: shared, bytes: new Uint8Array([1, 2]), when: new Date(7) };
    cycle.self = cycle;
    send(self(), cycle);
    const copy = yield* receive();
    assert.equal(copy.self, copy);
    assert.equal(copy.left, copy.right);
    assert.notEqual(copy, cycle);
    assert.deepEqual([...copy.bytes, +copy.when], [1, 2, 7]);
    copy.left.n = 2;
    assert.equal(shared.n, 1);
  }));

test("views of a transferred buffer show the same part of it", () =>
  inSystem(function* () {
    const buffer = new Uint8Array([1, 2, 3, 4, 5, 6, 7, 8]).buffer;
    const views = { buffer, some: new Uint8Array(buffer, 2, 3), data: new DataView(buffer, 4) };
    send(self(), [views, new Uint16Array([9])], { transfer: [buffer] });
    const [moved, other] = yield* receive();
    assert.deepEqual([...moved.some, moved.data.getUint8(0), ...other], [3, 4, 5, 5, 9]);
    assert.equal(moved.data.byteLength, 4);
    assert.equal(moved.some.buffer, moved.buffer);
    assert.equal(moved.data.buffer, moved.buffer);
    assert.equal(buffer.detached, true);
  }));

test("frozen parts are passed as they are, transferred buffers moved", () =>
  inSystem(function* () {
    const table = Object.freeze({ rows: Object.freeze([1, 2, 3]) });
    const { buffer } = new Uint8Array([1, 2, 3]);
    send(self(), { table, buffer }, { transfer: [buffer] });
    const got = yield* receive();
    assert.equal(got.table, table);
    assert.equal(buffer.byteLength, 0);
    assert.deepEqual([...new Uint8Array(got.buffer)], [1, 2, 3]);
  }));

const notBodies: [string, unknown, RegExp][] = [
  [
    "a function that returns",
    () => 7,
    /a process takes a generator function, function\* \(\) \{ … \}; this one returned 7/,
  ],
  [
    "an async function",
    async () => {},
    /this one returned a promise, so it is an async function: write function\* and yield\* wait\(promise\)/,
  ],
  ["an array", () => [1], /this one returned \[1\]/],
];

for (const [what, body, text] of notBodies) {
  test(`a body that is no generator ends its process with an error that says so: ${what}`, async () => {
    const crashes: CrashReport[] = [];
    await inSystem(
      function* () {
        const [, ref] = spawnMonitor(body as never);
        const down = yield* receive((m: Down) => m.ref === ref);
        assert.match(String(down.reason), text);
      },
      { crashes },
    );
    assert.equal(crashes.length, 1);
  });
}

test("spawn takes nothing but a function", () => {
  assert.throws(
    () => spawn(7 as never),
    new TypeError("spawn takes a generator function, function* () { … }, not 7"),
  );
});

const badResults: [string, object, string][] = [
  ["init", { init: () => 7 }, "init of a server returned 7: it returns { state }"],
  [
    "handleCall",
    { init: () => ({ state: 0 }), handleCall: () => 7 },
    "a callback of a server returned 7: it returns { state }",
  ],
  [
    "handleCall, with null",
    { init: () => ({ state: 0 }), handleCall: () => null },
    "a callback of a server returned null: it returns { state }",
  ],
  [
    "handleCall, with a word that there is not",
    { init: () => ({ state: 0 }), handleCall: () => ({ repyl: 1 }) },
    'a callback of a server returned {"repyl":1}: it returns { state }',
  ],
  [
    "handleCall, with such a word beside the state",
    { init: () => ({ state: 0 }), handleCall: () => ({ state: 0, timout: 5 }) },
    'a callback of a server returned {"state":0,"timout":5}: it returns { state }',
  ],
  [
    "handleCall, with such a word beside the reply, which is not given",
    { init: () => ({ state: 0 }), handleCall: () => ({ reply: 1, sate: 2 }) },
    'a callback of a server returned {"reply":1,"sate":2}: it returns { state }',
  ],
];

for (const [what, callbacks, text] of badResults) {
  test(`a callback of a server that returns no object ends it with an error that says so: ${what}`, () =>
    inSystem(
      function* () {
        try {
          yield* call((yield* GenServer.start(callbacks as never)) as Pid, 1);
          assert.fail();
        } catch (error) {
          assert.ok((error as Error).message.includes(text), (error as Error).message);
        }
      },
      { crashes: [] },
    ));
}

const foreign: [string, () => unknown, string][] = [
  ["a promise", () => Promise.resolve(1), "yielded a promise: write yield* wait(promise)"],
  ["an operation", () => receive(), "write yield* in place of yield"],
  ["any value", () => 7, "yielded 7: write yield* receive(), sleep(), wait() or their like"],
];

for (const [what, make, text] of foreign) {
  test(`a foreign yield is an error at that place, which may be caught: ${what}`, () =>
    inSystem(function* (): Generator<any, void, any> {
      try {
        yield make();
        assert.fail();
      } catch (error) {
        assert.ok(error instanceof TypeError);
        assert.ok(error.message.includes(text), error.message);
      }
      send(self(), "still here");
      assert.equal(yield* receive(), "still here");
    }));
}

test("to the dead nothing is sent, and nothing happens", () =>
  inSystem(function* () {
    const dead: Pid = spawn(function* () {});
    yield* yieldNow();
    send(dead, "hello");
    exit(dead, "kill");
    assert.equal(isAlive(dead), false);
    assert.equal(yield* untilExit(dead), "noproc");
    try {
      yield* call(dead, 1);
      assert.fail();
    } catch (error) {
      assert.match((error as Error).message, /^call\(#PID<0\.\d+\.0>, 1, 5000\) failed: no such process$/);
    }
  }));

test("a process of another system is reached from outside, not from a process", () => {
  using one = createSystem({ manual: true });
  using other = createSystem({ manual: true });
  const got: unknown[] = [];
  const far: Pid = one.enter(() =>
    spawn(function* () {
      for (;;) got.push(yield* receive());
    }),
  );
  one.settle();
  const refused = { message: `${far} is of another system` };
  other.enter(() =>
    spawn(function* () {
      assert.throws(() => send(far, 1), refused);
      assert.throws(() => monitor(far), refused);
      assert.throws(() => exit(far, "kill"), refused);
      try {
        yield* call(far, 1);
        assert.fail();
      } catch (error) {
        assert.equal((error as Error).message, refused.message);
      }
      got.push("refused");
    }),
  );
  other.settle();
  send(far, 2);
  one.settle();
  assert.deepEqual(got, ["refused", 2]);
});

test("a callback that returns a promise ends its server, and the caller hears of it at once", async () => {
  const server = await GenServer.start({
    init: () => ({ state: 0 }),
    handleCall: (async () => ({ reply: 1 })) as never,
  });
  await assert.rejects(
    Promise.resolve(call(server, 1 as never)),
    /a callback of a server returned a promise, so it is an async function: write function\* and yield\* wait\(promise\): it returns/,
  );
});

test("a callback whose promise is rejected ends its server, and nobody hears of a forgotten rejection", async () => {
  const forgotten: unknown[] = [];
  const note = (error: unknown) => forgotten.push(error);
  process.on("unhandledRejection", note);
  try {
    const server = await GenServer.start({
      init: () => ({ state: 0 }),
      handleCall: (async () => {
        throw new Error("lost");
      }) as never,
    });
    await assert.rejects(Promise.resolve(call(server, 1 as never)), /returned a promise/);
    await new Promise((resolve) => setImmediate(resolve));
    assert.deepEqual(forgotten, []);
  } finally {
    process.off("unhandledRejection", note);
  }
});

test("a buffer of Node's is copied as one, without a warning of it", () =>
  inSystem(function* () {
    const warnings: unknown[] = [];
    const note = (warning: unknown) => warnings.push(warning);
    process.on("warning", note);
    const sent = Buffer.from("abc");
    send(self(), { sent });
    sent[0] = 0;
    const { sent: got } = yield* receive<{ sent: Buffer }>();
    yield* sleep(1);
    process.off("warning", note);
    assert.ok(Buffer.isBuffer(got));
    assert.equal(got.toString(), "abc");
    assert.deepEqual(warnings, []);
  }));

test("arguments of the wrong kind", () =>
  inSystem(function* () {
    assert.throws(() => send({} as never, 1), /\{\} is no pid, name or place in a registry/);
    assert.throws(() => send(null as never, 1), /null is no pid/);
    assert.throws(
      () => sleep(-1),
      /the time of a sleep is -1: it takes milliseconds from 0 to 4294967295, or Infinity/,
    );
    assert.throws(() => sleep("10" as never), /the time of a sleep is "10": it takes milliseconds/);
    assert.throws(
      () => call(self(), 1, { timeout: 5 } as never),
      /the timeout of a call is \{"timeout":5\}: it/,
    );
    assert.throws(() => receive(undefined, { after: 7n as never }), /TypeError/);
    assert.throws(
      () => spawn(idle, "worker" as never),
      /the options are \{ name, label, signal, runFinally \}, not "worker"/,
    );
    assert.throws(
      () => spawn(idle, { name: 7 as never }),
      /a name is a string or a place in a registry, not 7/,
    );
    assert.throws(() => GenServer.start({} as never), /object of callbacks with an init function, not \{\}/);
    assert.throws(() => Agent.start(7 as never), /an agent takes functions, not 7/);
    assert.throws(() => Supervisor.start(7 as never), /a supervisor takes an array of children, not 7/);
    assert.throws(() => watch(undefined as never, { onStuck() {} }), /what exposeProgress has given/);
    assert.throws(() => createSystem({ clock: "fake" as never }), /or has a function now, not "fake"/);
    assert.throws(() => call(self(), 1, NaN), /the timeout of a call is NaN/);
    assert.throws(() => cancelTimer({} as never), /cancelTimer takes what sendAfter has returned/);
    assert.throws(() => demonitor({} as never), /demonitor takes what monitor has returned/);
    assert.throws(() => monitor({} as never), /is no pid/);
    assert.throws(
      () => Supervisor.start([{ id: 1 } as never]),
      /a child is an object with an id and a start function/,
    );
    assert.throws(
      () => Supervisor.start([1, 2].map(() => ({ id: "a", start: () => self() }))),
      /two children have the id "a"/,
    );
    try {
      yield* wait(7 as never);
      assert.fail();
    } catch (error) {
      assert.match((error as Error).message, /wait takes a promise, or a function that gives one, not 7/);
    }
  }));

function* idle() {
  yield* receive();
}

test("await of what only processes do says so", async () => {
  for (const operation of [receive(), receive({ after: 1 }), receive({ type: "x" }), yieldNow()])
    await assert.rejects(async () => await operation, /this takes yield\* in a process: outside, await run/);
});

test("run takes a generator function and nothing else", async () => {
  assert.throws(() => run(7 as never), /run takes a generator function/);
  await assert.rejects(
    run((async () => 7) as never),
    /this one returned a promise, so it is an async function: write function\*/,
  );
});

test("await in a process says what to write", async () => {
  let thrown: unknown;
  await run(function* () {
    try {
      sleep(1).then(() => {});
    } catch (error) {
      thrown = error;
    }
    yield* yieldNow();
  });
  assert.match(String(thrown), /a process waits with yield\*, not with await/);
});

test("an endless loop in a worker is found, by the pid that it has", async () => {
  const index = new URL("../../packages/runtime/src/index.ts", import.meta.url).href;
  const code = `
    import { parentPort } from "node:worker_threads";
    import { exposeProgress, spawn, sleep } from ${JSON.stringify(index)};
    const pid = spawn(function* () { yield* sleep(50); for (;;); });
    parentPort.postMessage({ progress: exposeProgress(), pid: String(pid) });`;
  const worker = new Worker(new URL(`data:text/javascript,${encodeURIComponent(code)}`));
  try {
    const { progress, pid } = await new Promise<any>((resolve, reject) =>
      worker.once("message", resolve).once("error", reject),
    );
    const stuck = await new Promise<Stuck>((onStuck) => watch(progress, { after: 100, onStuck }));
    assert.equal(stuck.pid, pid);
    assert.ok(stuck.time >= 100);
  } finally {
    await worker.terminate();
  }
});
