/** Options, specifications, names and destinations that are none are refused where they are given, by name. */
import assert from "node:assert/strict";
import { test } from "node:test";
import {
  Agent,
  type CrashReport,
  call,
  cast,
  createSystem,
  type Down,
  DynamicSupervisor,
  GenServer,
  listProcesses,
  monitor,
  onCrash,
  operation,
  Registry,
  receive,
  reply,
  run,
  Supervisor,
  self,
  send,
  sendAfter,
  sleep,
  spawn,
  Task,
  untilExit,
  type Via,
} from "../../packages/runtime/src/index.ts";
import { inSystem } from "./system.ts";

for (const [what, start, given] of [
  ["a number", () => 5, "5"],
  ["a promise", async () => {}, "a promise"],
] as const)
  test(`a child is started by what gives a pid: ${what} does not`, async () => {
    const spec = { id: "a", start: start as never };
    await assert.rejects(Supervisor.start([spec]), {
      message: `the server could not be started: the child "a" could not be started: start gives a pid, not ${given}`,
    });
  });

for (const [what, options, text] of [
  ["strategy", { strategy: "one_for_oen" }, 'one_for_one or one_for_all or rest_for_one, not "one_for_oen"'],
  ["autoShutdown", { autoShutdown: true }, "never or any_significant or all_significant, not true"],
  ["intensity", { intensity: -1 }, "a number, not -1"],
  ["period", { period: "5" }, 'a number, not "5"'],
] as const)
  test(`a supervisor is not started with a wrong ${what}`, () => {
    assert.throws(() => Supervisor.start([], options as never), { message: `${what} is ${text}` });
  });

for (const [what, options, text] of [
  ["restart", { restart: "always" }, 'permanent or transient or temporary, not "always"'],
  ["shutdown", { shutdown: "brutal_kill" }, 'a number or kill, not "brutal_kill"'],
  ["shutdown", { shutdown: Number.NaN }, "a number or kill, not NaN"],
  ["type", { type: "server" }, 'worker or supervisor, not "server"'],
  ["significant", { significant: "yes" }, 'a boolean, not "yes"'],
] as const)
  test(`a child is not taken with a wrong ${what}: ${Object.values(options)}`, () => {
    const spec = { id: "a", start: () => spawn(function* () {}), ...options } as never;
    const error = { message: `${what} is ${text}` };
    assert.throws(() => Supervisor.start([spec]), error);
    assert.throws(() => Supervisor.startChild("nobody", spec), error);
  });

const body = function* () {};
const server = { init: () => ({ state: 0 }) };
const OF_SPAWN = "name, label, signal, runFinally";
const OF_START = `${OF_SPAWN}, timeout`;
const OF_CHILD = "id, restart, shutdown, type, significant";
const OF_SUPERVISOR = `${OF_START}, strategy, intensity, period, autoShutdown`;
const OF_DYNAMIC = `${OF_START}, intensity, period, maxChildren`;

for (const [what, names, take] of [
  ["spawn", OF_SPAWN, (options) => spawn(body, options)],
  ["run", "signal", (options) => run(body, options)],
  ["send", "transfer", (options) => send("nobody", 1, options)],
  ["call", "signal", (options) => call("nobody", 1, 1, options)],
  ["receive", "after", (options) => receive(undefined, options)],
  ["GenServer.start", OF_START, (options) => GenServer.start(server, undefined, options)],
  [
    "GenServer.child",
    `${OF_START}, ${OF_CHILD}`,
    (options) => GenServer.child(server as any, undefined, options),
  ],
  ["Agent.start", OF_START, (options) => Agent.start(() => 0, options)],
  ["Task.child", `${OF_SPAWN}, ${OF_CHILD}`, (options) => Task.child(body, options)],
  ["Supervisor.start", OF_SUPERVISOR, (options) => Supervisor.start([], options)],
  ["Supervisor.child", `${OF_SUPERVISOR}, ${OF_CHILD}`, (options) => Supervisor.child([], options)],
  ["DynamicSupervisor.start", OF_DYNAMIC, (options) => DynamicSupervisor.start(options)],
  ["DynamicSupervisor.child", `${OF_DYNAMIC}, ${OF_CHILD}`, (options) => DynamicSupervisor.child(options)],
  ["a stream", "maxConcurrency, ordered, timeout, onTimeout, linked", (o) => Task.asyncStream([], body, o)],
  ["a registry", "keys", (options) => new Registry(options)],
  ["createSystem", "clock, seed, policy, onCrash, manual", (options) => createSystem(options)],
] as [string, string, (options: any) => unknown][])
  test(`options are an object, and each of them one that there is: ${what}`, () => {
    using system = createSystem({ manual: true });
    system.enter(() => {
      if (what === "send") spawn(body, { name: "nobody" });
      for (const [options, wrong] of [
        [null, "null"],
        [5, "5"],
        [{ nmae: undefined }, '"nmae"'],
      ])
        assert.throws(() => take(options), new TypeError(`the options are { ${names} }, not ${wrong}`));
    });
  });

test("a child is not taken with an option that there is not", () => {
  const spec = { id: "a", start: () => spawn(body), restrat: "temporary" } as never;
  const error = { message: `the options are { start, ${OF_CHILD} }, not "restrat"` };
  assert.throws(() => Supervisor.start([spec]), error);
  assert.throws(() => Supervisor.startChild("nobody", spec), error);
});

for (const [what, make, message] of [
  [
    "clock",
    () => createSystem({ clock: {} as never }),
    "a clock is real, virtual, fast, or has a function now, not {}",
  ],
  [
    "no clock",
    () => createSystem({ clock: null as never }),
    "a clock is real, virtual, fast, or has a function now, not null",
  ],
  ["seed", () => createSystem({ seed: "x" as never }), 'a seed is a number, not "x"'],
  ["policy", () => createSystem({ policy: {} as never }), "a policy has a function choose, not {}"],
  [
    "onCrash",
    () => createSystem({ onCrash: 5 as never }),
    "onCrash is a function that takes a report, not 5",
  ],
  ["handler", () => onCrash(5 as never), "onCrash is a function that takes a report, not 5"],
  ["no handler", () => (onCrash as any)(), "onCrash is a function that takes a report, not null"],
  ["caller", () => reply(5 as never, 1), "reply takes the from of handleCall, not 5"],
  [
    "operation",
    () => operation(5 as never),
    "operation takes a generator function, function* () { … }, not 5",
  ],
  ["stream", () => Task.asyncStream(5 as never, body), "a stream takes an array or another iterable, not 5"],
  [
    "body of a stream",
    () => Task.asyncStream([], 5 as never),
    "a stream takes a generator function, function*",
  ],
] as [string, () => unknown, string][])
  test(`what is wrong is said in the words of the package: ${what}`, () => {
    assert.throws(make, (error: Error) => error.message.includes(message));
  });

test("what is transferred is an array of buffers", () =>
  inSystem(function* () {
    const message = /transfer is an array of ArrayBuffers, not/;
    for (const transfer of [5, new ArrayBuffer(1), [new Uint8Array(1)]] as never[])
      assert.throws(() => send(self(), 1, { transfer }), message);
    assert.equal(yield* receive({ after: 0 }), undefined);
  }));

test("a buffer stays where it is when its message is refused", () =>
  inSystem(function* () {
    const buffer = new ArrayBuffer(4);
    const refused = { bytes: new Uint8Array(buffer), method() {} };
    assert.throws(() => send(self(), refused, { transfer: [buffer] }), /at message\.method/);
    assert.equal(buffer.byteLength, 4);
    const gone = new ArrayBuffer(1);
    gone.transfer();
    for (const transfer of [
      [buffer, buffer],
      [buffer, gone],
    ])
      assert.throws(() => send(self(), transfer, { transfer }), /transfer/i);
    assert.equal(buffer.byteLength, 4);
  }));

test("a task whose body is no generator says so", () =>
  inSystem(
    function* () {
      assert.throws(() => Task.async(5 as never), /Task\.async takes a generator function/);
      const task = Task.asyncNolink((async () => 1) as never);
      const ended: any = yield* Task.poll(task);
      assert.match(String(ended.exit), /this one returned a promise, so it is an async function/);
    },
    { crashes: [] },
  ));

test("an answer from a callback that was asked for none ends the server", async () => {
  const crashes: CrashReport[] = [];
  await inSystem(
    function* () {
      const pid = yield* GenServer.start({ ...server, handleCast: () => ({ reply: 1 }) as never });
      cast(pid, 1 as never);
      yield* untilExit(pid);
    },
    { crashes },
  );
  assert.match(String(crashes[0].reason), /a callback without a caller of a server returned \{"reply":1\}/);
});

test("the Down of a name that nobody has holds the name", () =>
  inSystem(function* () {
    const ref = monitor("nobody");
    assert.deepEqual({ ...(yield* receive()) }, { type: "DOWN", ref, pid: "nobody", reason: "noproc" });
  }));

test("the Down of a place that nobody has holds the place", () =>
  inSystem(function* () {
    const place = new Registry({ keys: "unique" }).via("nobody");
    monitor(place);
    const { pid } = yield* receive<Down>();
    assert.equal(pid, place);
  }));

test("a place that cannot be looked up when a message is due is reported, and the system goes on", async () => {
  const crashes: CrashReport[] = [];
  let asked = 0;
  const place: Via = {
    whereis() {
      if (asked++) throw new Error("no such place");
      return undefined;
    },
    register: () => true,
  };
  await inSystem(
    function* () {
      sendAfter(place, 1, 5);
      yield* sleep(10);
    },
    { crashes },
  );
  assert.deepEqual(
    crashes.map(({ reason }) => String(reason)),
    ["Error: no such place"],
  );
});

test("a place whose process is none is no destination", () => {
  const place = { whereis: () => 5, register: () => true } as never;
  assert.throws(() => send(place, 1), { message: "5 is no pid, name or place in a registry" });
});

test("a process that does not get its name does not run", () => {
  using system = createSystem({ manual: true });
  let ran = false;
  const start = (name: unknown) =>
    spawn(
      function* () {
        ran = true;
      },
      { name: name as string },
    );
  const broken = {
    whereis: () => undefined,
    register() {
      throw new Error("closed");
    },
  };
  system.enter(() => {
    assert.throws(() => start(broken), { message: "closed" });
    assert.throws(() => start({ ...broken, register: () => false }), {
      message: "the key is registered already",
    });
    assert.throws(() => start({ whereis: broken.whereis }), {
      message: "a name is a string or a place in a registry, not {}",
    });
  });
  system.settle();
  assert.deepEqual([ran, listProcesses(system)], [false, []]);
});

test("a signal that is none starts no process", () => {
  using system = createSystem({ manual: true });
  const message = "a signal is an AbortSignal, not an object of class AbortController";
  const wrong = { signal: new AbortController() as never };
  system.enter(() => {
    assert.throws(() => spawn(function* () {}, wrong), { message });
    assert.deepEqual(listProcesses(), []);
  });
});

test("a receive takes its time as an option", async () => {
  const body = function* () {
    yield* receive(undefined, 5 as never);
  };
  await assert.rejects(inSystem(body), { message: "the options are { after }, not 5" });
});

test("what is sent later is sent to what is a destination, and to nothing else", () => {
  assert.throws(() => sendAfter(5 as never, 1, 0), { message: "5 is no pid, name or place in a registry" });
});

test("a dynamic supervisor takes numbers for its limits", () => {
  assert.throws(() => DynamicSupervisor.start({ period: -5 }), { message: "period is a number, not -5" });
  const many = { maxChildren: "many" as never };
  assert.throws(() => DynamicSupervisor.start(many), { message: 'maxChildren is a number, not "many"' });
});
