/** Tasks, agents, registries. */
import assert from "node:assert/strict";
import { test } from "node:test";
import {
  Agent,
  call,
  type Down,
  type ExitError,
  exit,
  GenServer,
  isAlive,
  type Pid,
  Registry,
  receive,
  self,
  send,
  sleep,
  spawn,
  spawnMonitor,
  Task,
  yieldNow,
} from "../../packages/runtime/src/index.ts";
import { inSystem } from "./system.ts";

test("tasks run at the same time; their results are awaited", () =>
  inSystem(function* () {
    const slow = Task.async(function* () {
      yield* sleep(100);
      return "slow";
    });
    const quick = Task.async(function* () {
      return "quick";
    });
    assert.deepEqual([yield* Task.await(slow), yield* Task.await(quick)], ["slow", "quick"]);
  }));

test("a task that takes too long ends who awaits it; its result goes nowhere", () =>
  inSystem(function* () {
    const slow = Task.async(function* () {
      yield* sleep(100);
      return 1;
    });
    try {
      yield* Task.await(slow, 50);
      assert.fail();
    } catch (error) {
      assert.equal((error as ExitError).reason, "timeout");
    }
    assert.equal(yield* receive({ after: 200 }), undefined);
  }));

test("an error in a task ends its owner too; without a link it is an outcome", () =>
  inSystem(
    function* () {
      const boom = new Error("boom");
      const fail = function* () {
        throw boom;
      };
      spawnMonitor(function* () {
        yield* Task.await(Task.async(fail));
      });
      assert.equal((yield* receive<Down>()).reason, boom);
      assert.deepEqual(yield* Task.poll(Task.asyncNolink(fail)), { exit: boom });
    },
    { crashes: [] },
  ));

test("poll looks, shutdown ends", () =>
  inSystem(function* () {
    const task = Task.async(function* () {
      yield* sleep(100);
      return "done";
    });
    assert.equal(yield* Task.poll(task, 10), undefined);
    assert.deepEqual(yield* Task.poll(task, 100), { ok: "done" });
    const endless = Task.async(function* () {
      yield* sleep(Infinity);
    });
    assert.equal(yield* Task.shutdown(endless), undefined);
    assert.equal(isAlive(endless.pid), false);
  }));

test("only the owner of a task can await it", () =>
  inSystem(function* () {
    const task = Task.async(function* () {});
    const [, ref] = spawnMonitor(function* () {
      try {
        yield* Task.await(task);
      } catch (error) {
        exit((error as Error).message.includes("only its owner") ? "refused" : "?");
      }
    });
    assert.equal((yield* receive((m: Down) => m.ref === ref)).reason, "refused");
  }));

test("asyncStream: in order, a few at a time", () =>
  inSystem(function* () {
    let [now, most] = [0, 0];
    const work = function* (n: number) {
      most = Math.max(most, ++now);
      yield* sleep(10 - n);
      now--;
      return n * n;
    };
    const results: unknown[] = [];
    for (const next of Task.asyncStream([1, 2, 3, 4, 5], work, { maxConcurrency: 2 }))
      results.push(yield* next);
    assert.deepEqual(
      results,
      [1, 4, 9, 16, 25].map((ok) => ({ ok })),
    );
    assert.equal(most, 2);
    const ready: unknown[] = [];
    for (const next of Task.asyncStream([1, 5], work, { ordered: false })) ready.push(yield* next);
    assert.deepEqual(ready, [{ ok: 25 }, { ok: 1 }]);
  }));

test("asyncStream: one that takes too long; leaving the loop ends the rest", () =>
  inSystem(function* () {
    const outcomes: unknown[] = [];
    const work = function* (time: number) {
      yield* sleep(time);
      return time;
    };
    for (const next of Task.asyncStream([10, 1000, 20], work, { timeout: 100, onTimeout: "kill" }))
      outcomes.push(yield* next);
    assert.deepEqual(outcomes, [{ ok: 10 }, { exit: "timeout" }, { ok: 20 }]);
    const pids: Pid[] = [];
    const noting = function* (time: number) {
      pids.push(self());
      yield* sleep(time);
    };
    for (const next of Task.asyncStream([1, 500, 500], noting)) {
      yield* next;
      break;
    }
    assert.deepEqual(pids.map(isAlive), [false, false, false]);
    assert.equal(yield* receive({ after: 1000 }), undefined);
  }));

test("asyncStream takes no more items than it can work on", () =>
  inSystem(function* () {
    let taken = 0;
    const endless = (function* () {
      for (;;) yield taken++;
    })();
    let sum = 0;
    for (const next of Task.asyncStream(
      endless,
      function* (n) {
        return n;
      },
      { maxConcurrency: 3 },
    )) {
      const outcome = yield* next;
      if ("ok" in outcome) sum += outcome.ok;
      if (sum >= 10) break;
    }
    assert.ok(taken <= 9, `${taken} were taken`);
  }));

test("toArray, for async code too", async () => {
  assert.deepEqual(
    await Task.asyncStream([3, 1, 2], function* (n) {
      yield* sleep(n);
      return -n;
    }).toArray(),
    [-3, -1, -2],
  );
});

test("an agent keeps a state that functions read and change", () =>
  inSystem(function* () {
    const agent = yield* Agent.start(() => ["a"], { name: "words" });
    yield* Agent.update(agent, (words) => [...words, "b"]);
    assert.deepEqual(yield* Agent.get(agent, (words) => words.length), 2);
    assert.equal(yield* Agent.getAndUpdate(agent, ([first, ...rest]) => [first, rest]), "a");
    Agent.cast(agent, (words) => [...words, "c"]);
    assert.deepEqual(yield* Agent.get("words", (words: string[]) => words), ["b", "c"]);
    yield* Agent.stop(agent);
  }));

test("who gives an agent no function is told, and the agent goes on", async () => {
  const agent = await Agent.start(() => 1);
  assert.throws(() => Agent.get(agent, 5 as never), /an agent takes functions, not 5/);
  assert.throws(() => Agent.update(agent, null as never), /an agent takes functions, not null/);
  assert.throws(() => Agent.cast(agent, {} as never), /an agent takes functions, not \{\}/);
  assert.equal(await Agent.get(agent, (state) => state), 1);
});

test("what an agent gives out is a copy", async () => {
  const agent = await Agent.start(() => ({ list: [1] }));
  const taken = await Agent.get(agent, (state) => state);
  taken.list.push(2);
  assert.deepEqual(await Agent.get(agent, (state) => state.list), [1]);
});

test("a registry finds processes by key, until they end", () =>
  inSystem(function* () {
    const rooms = new Registry<string, number>({ keys: "unique" });
    const room = yield* GenServer.start(
      {
        init: () => ({ state: "lobby" }),
        handleCall: (_: "name", _from, state: string) => ({ reply: state }),
      },
      undefined,
      { name: rooms.via("lobby", 7) },
    );
    assert.deepEqual(rooms.lookup("lobby"), [{ pid: room, value: 7 }]);
    assert.equal(yield* call(rooms.via("lobby"), "name"), "lobby");
    assert.equal(rooms.register("lobby"), false);
    assert.throws(() => spawn(function* () {}, { name: rooms.via("lobby") }), /registered already/);
    exit(room, "kill");
    assert.deepEqual([rooms.whereis("lobby"), rooms.size], [undefined, 0]);
    assert.ok(rooms.register("lobby"));
    rooms.unregister("lobby");
    assert.equal(rooms.size, 0);
  }));

test("with duplicate keys, a message goes to all", () =>
  inSystem(function* () {
    const topics = new Registry<string, undefined, string>({ keys: "duplicate" });
    const parent = self<string>();
    for (const name of ["one", "two"])
      spawn(function* () {
        topics.register("news");
        send(parent, `${name} ${yield* receive<string>()}`);
      });
    yield* yieldNow();
    topics.dispatch("news", "hello");
    assert.deepEqual([yield* receive(), yield* receive()], ["one hello", "two hello"]);
  }));
