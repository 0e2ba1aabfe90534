/** Servers from an object of callbacks. */
import assert from "node:assert/strict";
import { test } from "node:test";
import {
  type CrashReport,
  call,
  cast,
  Down,
  type Exit,
  ExitError,
  exit,
  type From,
  GenServer,
  isAlive,
  monitor,
  type Pid,
  type Request,
  receive,
  reply,
  StartError,
  self,
  send,
  sleep,
  spawn,
  trapExit,
  untilExit,
  whereis,
  yieldNow,
} from "../../packages/runtime/src/index.ts";
import { inSystem } from "./system.ts";

type Push = Request<{ type: "push"; item: string }, number>;
type Pop = Request<{ type: "pop" }, string | undefined>;

const Stack = GenServer.define({
  init: (items: string[]) => ({ state: items }),
  handleCall(request: Push | Pop, _from, items: string[]) {
    if (request.type === "pop") return { reply: items.at(-1), state: items.slice(0, -1) };
    return { reply: items.length + 1, state: [...items, request.item] };
  },
  handleCast: (message: { type: "clear" }, _items) => (message.type === "clear" ? { state: [] } : undefined),
});

test("a server keeps a state and answers calls; casts it does not answer", () =>
  inSystem(function* () {
    const stack = yield* GenServer.start(Stack, ["a"]);
    assert.equal(yield* call(stack, { type: "push", item: "b" }), 2);
    assert.equal(yield* call(stack, { type: "pop" }), "b");
    cast(stack, { type: "clear" });
    assert.equal(yield* call(stack, { type: "pop" }), undefined);
  }));

test("each request has the type of its own reply", () =>
  inSystem(function* () {
    const stack = yield* GenServer.start(Stack, []);
    const size: number = yield* call(stack, { type: "push", item: "b" });
    const top: string | undefined = yield* call(stack, { type: "pop" });
    // @ts-expect-error there is no such request
    const never = () => call(stack, { type: "drop" });
    const wrong = function* () {
      // @ts-expect-error the reply is a number
      const text: string = yield* call(stack, { type: "push", item: "c" });
      return text;
    };
    assert.deepEqual([size, top, typeof never, typeof wrong], [1, "b", "function", "function"]);
  }));

test("from async code: await", async () => {
  const stack = await GenServer.start(Stack, ["x"]);
  assert.equal(await call(stack, { type: "pop" }), "x");
  await GenServer.stop(stack);
  assert.equal(isAlive(stack), false);
  await assert.rejects(
    async () => await call(stack, { type: "pop" }),
    (error) =>
      error instanceof ExitError && error.reason === "noproc" && /no such process/.test(error.message),
  );
});

test("callbacks that wait are generator functions", () =>
  inSystem(function* () {
    const slow = yield* GenServer.start({
      *init() {
        yield* sleep(10);
        return { state: 0 };
      },
      *handleCall(by: number, _from, state) {
        yield* sleep(by);
        return { reply: state + by, state: state + by };
      },
    });
    assert.equal(yield* call(slow, 5), 5);
    assert.equal(yield* call(slow, 7), 12);
  }));

test("a reply may be given later, by anyone", () =>
  inSystem(function* () {
    const broker = yield* GenServer.start({
      init: () => ({ state: null }),
      handleCall(n: number, from: From<number>) {
        spawn(function* () {
          yield* sleep(100);
          reply(from, n * 2);
        });
      },
    });
    assert.equal(yield* call(broker, 21), 42);
  }));

test("a call that takes too long ends its caller with `timeout`; the late answer goes nowhere", () =>
  inSystem(function* () {
    const slow = yield* GenServer.start({
      init: () => ({ state: null }),
      *handleCall(_: string) {
        yield* sleep(1000);
        return { reply: "late" };
      },
    });
    try {
      yield* call(slow, "hurry", 100);
      assert.fail();
    } catch (error) {
      assert.ok(error instanceof ExitError);
      assert.equal(error.reason, "timeout");
      assert.match(error.message, /^call\(#PID<0\.\d+\.0>, "hurry", 100\) failed: no answer in time$/);
    }
    assert.equal(yield* receive({ after: 2000 }), undefined);
  }));

test("a caller learns that the server has died meanwhile, and why", () =>
  inSystem(function* () {
    const boom = new Error("boom");
    const bad = yield* GenServer.start({
      init: () => ({ state: null }),
      handleCall(_: string) {
        throw boom;
      },
    });
    try {
      yield* call(bad, "x");
      assert.fail();
    } catch (error) {
      assert.equal((error as ExitError).reason, boom);
    }
  }));

test("a process cannot call itself", () =>
  inSystem(function* () {
    assert.throws(() => [...(call(self(), 1) as Iterable<unknown>)], /a process cannot call itself/);
    yield* yieldNow();
  }));

test("a crash is reported with the message and the state, and `terminate` is called", async () => {
  const crashes: CrashReport[] = [];
  const ended: unknown[] = [];
  await inSystem(
    function* () {
      const server = yield* GenServer.start(
        {
          init: () => ({ state: { n: 1 } }),
          handleCast(message: { oops: boolean }) {
            throw new Error(`no ${Object.keys(message)}`);
          },
          terminate: (reason, state) => void ended.push(reason, state),
        },
        undefined,
        { name: "fragile" },
      );
      cast(server, { oops: true });
      const reason = yield* untilExit(server);
      assert.equal((reason as Error).message, "no oops");
      const [{ pid, ...report }] = crashes;
      assert.equal(pid, server);
      assert.deepEqual(report, {
        kind: "server",
        name: "fragile",
        reason,
        message: { oops: true },
        state: { n: 1 },
      });
      assert.deepEqual(ended, [reason, { n: 1 }]);
    },
    { crashes },
  );
  assert.equal(crashes.length, 1);
});

test("stop ends a server in order; nothing is reported", async () => {
  const crashes: CrashReport[] = [];
  await inSystem(
    function* () {
      const ended: unknown[] = [];
      const server = yield* GenServer.start({
        init: () => ({ state: "s" }),
        terminate: (reason, state) => void ended.push(reason, state),
      });
      yield* GenServer.stop(server);
      assert.deepEqual(ended, ["normal", "s"]);
      const other = yield* GenServer.start({ init: () => ({ state: 0 }) });
      yield* GenServer.stop(other, { shutdown: "moved" });
      assert.equal(yield* receive({ after: 10 }), undefined, "no messages are left behind");
    },
    { crashes },
  );
  assert.deepEqual(crashes, []);
});

test("a callback stops its server with a reason, after its reply", () =>
  inSystem(function* () {
    const server = yield* GenServer.start({
      init: () => ({ state: 0 }),
      handleCall: (_: string) => ({ stop: "normal", reply: "bye" }),
    });
    const ref = monitor(server);
    assert.equal(yield* call(server, "end"), "bye");
    assert.equal((yield* receive((m: Down) => m.ref === ref)).reason, "normal");
  }));

test("timeouts and continuations", () =>
  inSystem(function* () {
    const events: string[] = [];
    const server = yield* GenServer.start({
      init: () => ({ state: 0, continue: "first" }),
      handleContinue: (argument: string) => {
        events.push(argument);
        return { timeout: 50 };
      },
      handleTimeout: () => {
        events.push("timeout");
        return { stop: "normal" };
      },
    });
    assert.equal(yield* untilExit(server), "normal");
    assert.deepEqual(events, ["first", "timeout"]);
  }));

test("other messages, also those of the system, go to handleInfo", () =>
  inSystem(function* () {
    const me = self<unknown>();
    const server = yield* GenServer.start({
      init: () => ({ state: null }),
      handleInfo(message: { watch: Pid } | Down) {
        if (message instanceof Down) send(me, ["down", message.reason]);
        else monitor(message.watch);
      },
    });
    const watched = spawn(function* () {
      yield* receive();
    });
    send(server, { watch: watched });
    yield* sleep(1);
    exit(watched, "gone");
    assert.deepEqual(yield* receive(), ["down", "gone"]);
  }));

test("init that fails, stops, ignores or takes too long: no server, no name", () =>
  inSystem(function* () {
    const attempt = function* (
      init: () => any,
      options: GenServer.StartOptions = {},
    ): Generator<any, unknown, any> {
      try {
        return yield* GenServer.startLink({ init }, undefined, { name: "s", ...options });
      } catch (error) {
        assert.ok(error instanceof StartError);
        assert.equal(whereis("s"), undefined);
        return error.reason;
      }
    };
    const error = new Error("no");
    assert.equal(
      yield* attempt(() => {
        throw error;
      }),
      error,
    );
    assert.equal(yield* attempt(() => ({ stop: "sorry" })), "sorry");
    assert.equal(yield* attempt(() => "ignore"), "ignore");
    assert.equal(
      yield* attempt(
        function* () {
          yield* sleep(1000);
        },
        { timeout: 10 },
      ),
      "timeout",
    );
    assert.match(String(yield* attempt(() => 7)), /init of a server returned 7: it returns \{ state \}/);
  }));

test("a name is taken once; who comes second learns by whom", () =>
  inSystem(function* () {
    const first = yield* GenServer.start(Stack, [], { name: "stack" });
    try {
      yield* GenServer.start(Stack, [], { name: "stack" });
      assert.fail();
    } catch (error) {
      assert.ok(error instanceof StartError);
      assert.deepEqual([error.reason, error.pid], ["already_started", first]);
    }
    assert.equal(yield* call("stack", { type: "push", item: "x" }), 1);
  }));

test("a server that traps exits terminates with its parent; other exits are messages", () =>
  inSystem(function* () {
    const me = self<unknown>();
    const parent = spawn(function* () {
      yield* GenServer.startLink(
        {
          init: () => {
            trapExit(true);
            return { state: null };
          },
          handleInfo: (message: Exit) => send(me, ["info", message.reason]),
          terminate: (reason) => send(me, ["terminate", reason]),
        },
        undefined,
        { name: "child" },
      );
      send(me, "ready");
      yield* receive();
    });
    assert.equal(yield* receive(), "ready");
    exit("child", "from me");
    assert.deepEqual(yield* receive(), ["info", "from me"]);
    exit(parent, "shutdown");
    assert.deepEqual(yield* receive(), ["terminate", "shutdown"]);
  }));

test("a call without a callback for it is an error of the server that names it", async () => {
  const crashes: CrashReport[] = [];
  await inSystem(
    function* () {
      const server = yield* GenServer.start({ init: () => ({ state: null }) });
      cast(server as Pid, "hello");
      assert.match(String(yield* untilExit(server)), /the server has no handleCast for "hello"/);
    },
    { crashes },
  );
});
