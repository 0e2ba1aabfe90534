/** Slices, order, clocks, limits, and what the scheduler tells the host. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { LimitExceeded } from "../../../packages/runtime/src/process/limit.ts";
import type { Outcome } from "../../../packages/runtime/src/process/outcome.ts";
import { S, save1, U, yield1 } from "../../../packages/runtime/src/process/stack.ts";
import { call, type Task } from "../../../packages/runtime/src/process/task.ts";
import type { TraceEvent } from "../../../packages/runtime/src/process/trace.ts";
import { defaultBudget } from "../../../packages/runtime/src/scheduler/budget.ts";
import { drive } from "../../../packages/runtime/src/scheduler/driver.ts";
import type { LimitGuard } from "../../../packages/runtime/src/scheduler/guard.ts";
import { awaitPromise } from "../../../packages/runtime/src/scheduler/hold.ts";
import { spawnNative } from "../../../packages/runtime/src/scheduler/native-process.ts";
import { byHand, shuffled } from "../../../packages/runtime/src/scheduler/policy.ts";
import { RandomSource } from "../../../packages/runtime/src/scheduler/random.ts";
import type { Scheduler } from "../../../packages/runtime/src/scheduler/scheduler.ts";
import { waitingIn } from "../../../packages/runtime/src/scheduler/scheduler.ts";
import { watch } from "../../../packages/runtime/src/scheduler/watch.ts";
import type { Term } from "../../../packages/runtime/src/term/term.ts";
import {
  a,
  type Body,
  does,
  erl,
  fun,
  is,
  makeScheduler,
  receive,
  run,
  self,
  spawn,
  tuple,
} from "../process/bodies.ts";

// -- Compiled-style functions

/** `def sum(0), do: 0; def sum(n), do: n + sum(n - 1)` */
function sum(n: number): any {
  if (--S.r < 0) return yield1(sum, n);
  if (n === 0) return 0;
  const rest = sum(n - 1);
  return rest === U ? save1(sumResumed, 1, n) : n + rest;
}
function sumResumed(frame: any, rest: number): unknown {
  return frame.a + rest;
}
/** `def spin, do: spin()` */
function spin(counter: { count: number }): any {
  for (;;) {
    if (--S.r < 0) return yield1(spin, counter);
    counter.count++;
  }
}

function outcomeOf(scheduler: Scheduler, body: Body): { outcome: Outcome | null } {
  const result: { outcome: Outcome | null } = { outcome: null };
  const p = scheduler.enter(() => spawn(body));
  scheduler.observe(p, (outcome) => {
    result.outcome = outcome;
  });
  return result;
}

test("body recursion deeper than any stack, preempted at each budget", () => {
  for (const budget of [1, 7, 1000]) {
    const { result } = run(() => call(sum, 100_000), { budget });
    assert.equal(result, 5_000_050_000, `budget ${budget}`);
  }
});

test("a spinning process does not starve others, nor hold up timers", () => {
  const scheduler = makeScheduler();
  const counter = { count: 0 };
  scheduler.enter(() => spawn(() => call(spin, counter)));
  const ticked = outcomeOf(scheduler, () => receive(is(a("never")), 10));
  while (ticked.outcome === null) assert.equal(scheduler.run(10), "ready");
  assert.ok(counter.count > 0);
});

test("a JavaScript error in a builtin ends one process, and stack overflow is system_limit", () => {
  const { result } = run(
    does(() => {
      throw new TypeError("oops");
    }),
  );
  assert.match(JSON.stringify(result), /host_error.*TypeError: oops/);
  const deep = (): number => 1 + deep();
  assert.deepEqual(run(does(deep)).result, { error: ":system_limit" });
});

test("the default budget follows the stack of the host", () => {
  assert.ok(defaultBudget() >= 50 && defaultBudget() <= 4000);
});

// -- Order

function recorder(
  names: string[],
  options: Parameters<typeof makeScheduler>[0],
  prepare?: (name: string) => Task<any>,
) {
  const order: string[] = [];
  const scheduler = makeScheduler(options);
  for (const name of names) {
    scheduler.enter(() =>
      spawn(function* () {
        if (prepare !== undefined) yield* prepare(name);
        for (let i = 0; i < 3; i++) {
          order.push(name);
          yield* erl("yield");
        }
      }),
    );
  }
  return { scheduler, order };
}

test("round robin: first come, first served", () => {
  const { scheduler, order } = recorder(["a", "b", "c"], {});
  scheduler.run();
  assert.equal(order.join(""), "abcabcabc");
});

test("priorities: max before high before normal; low gets a turn now and then", () => {
  const { scheduler, order } = recorder(["max", "high", "low", "normal"], {}, function* (name) {
    yield* erl("process_flag", a("priority"), a(name));
    yield* erl("yield");
  });
  scheduler.run();
  assert.equal(
    order.filter((name) => name !== "low").join(" "),
    "max max max high high high normal normal normal",
  );
  assert.equal(order.filter((name) => name === "low").length, 3);
});

test("a shuffled schedule repeats with its seed and differs without", () => {
  const orderOf = (seed: number) => {
    const { scheduler, order } = recorder(["a", "b", "c", "d"], { policy: shuffled(new RandomSource(seed)) });
    scheduler.run();
    return order.join("");
  };
  assert.equal(orderOf(1), orderOf(1));
  assert.ok(new Set([1, 2, 3, 4, 5].map(orderOf)).size > 1);
});

test("a shuffled schedule cuts slices short at random", () => {
  const slices = (seed: number) => {
    const options = { policy: shuffled(new RandomSource(seed)), budget: 100 };
    return run(() => call(sum, 5000), options).scheduler.slices;
  };
  assert.ok(slices(1) > 50);
  assert.equal(slices(1), slices(1));
  assert.notEqual(slices(1), slices(2));
});

test("driven by hand: the host picks, and may stop", () => {
  const picks = [2, 2, 0];
  const { scheduler, order } = recorder(["a", "b", "c"], {
    policy: byHand((runnable) => {
      const pick = picks.shift();
      return pick === undefined ? null : runnable[pick];
    }),
  });
  assert.equal(scheduler.run(), "ready");
  assert.equal(order.join(""), "cca");
});

// -- Time

test("virtual time jumps to the next timer when all wait", () => {
  const { scheduler, result } = run(function* () {
    yield* receive(is(a("never")), 3_600_000);
    return yield* erl("monotonic_time", a("second"));
  });
  assert.equal(result, 3600);
  assert.equal(Math.floor(scheduler.now()), 3_600_000);
});

test("fast time skips waiting but not computing", () => {
  const { result } = run(
    function* () {
      yield* receive(is(a("never")), 3_600_000);
      return yield* erl("monotonic_time", a("second"));
    },
    { clock: "fast" },
  );
  assert.equal(result, 3600);
});

test("in real time the run returns and the driver comes back", async () => {
  const scheduler = makeScheduler({ clock: "real" });
  const slept = outcomeOf(scheduler, () => receive(is(a("never")), 20));
  assert.equal(scheduler.run(), "sleeping");
  const before = performance.now();
  assert.equal(await drive(scheduler), "idle");
  assert.notEqual(slept.outcome, null);
  assert.ok(performance.now() - before >= 15);
});

test("run gives control back after its time", () => {
  const scheduler = makeScheduler({ clock: "real" });
  scheduler.enter(() => spawn(() => call(spin, { count: 0 })));
  const before = performance.now();
  assert.equal(scheduler.run(Infinity, before + 5), "ready");
  assert.ok(performance.now() - before < 100);
});

// -- The host

test("a held process goes on with what the host gives, an error too; time stands still meanwhile", async () => {
  const scheduler = makeScheduler();
  const good = outcomeOf(scheduler, () => awaitPromise(scheduler, Promise.resolve(7)) as Task<any>);
  const bad = outcomeOf(scheduler, function* () {
    try {
      yield* awaitPromise(scheduler, Promise.reject(new Error("no network")));
    } catch (raised: any) {
      return raised.reason.at(0);
    }
  });
  const sleeper = outcomeOf(scheduler, () => receive(is(a("never")), 1000));
  assert.equal(scheduler.run(), "held");
  assert.equal(sleeper.outcome, null);
  await drive(scheduler);
  assert.deepEqual(good.outcome, { kind: "returned", value: 7, reason: a("normal") });
  assert.equal((bad.outcome as any).value, a("host_error"));
  assert.notEqual(sleeper.outcome, null);
});

test("messages do not wake a held process, a kill ends it", async () => {
  const scheduler = makeScheduler();
  let p: any;
  const held = outcomeOf(scheduler, () => {
    p = self();
    return awaitPromise(scheduler, new Promise(() => {})) as Task<any>;
  });
  scheduler.run();
  scheduler.send(p, a("hello"));
  assert.equal(scheduler.run(), "held");
  scheduler.enter(() => scheduler.exitSignal(p, p, a("kill")));
  assert.equal(scheduler.run(), "idle");
  assert.deepEqual(held.outcome, { kind: "signalled", reason: a("killed") });
});

test("a native process handles messages in order, one at a time also when it is asynchronous", async () => {
  const scheduler = makeScheduler();
  const seen: unknown[] = [];
  const device = spawnNative(
    scheduler,
    (message) => {
      seen.push(message);
      if (message === 1) return Promise.resolve().then(() => void seen.push("done"));
    },
    { name: a("device") },
  );
  outcomeOf(scheduler, function* () {
    for (const n of [1, 2]) yield* erl("send", a("device"), n);
  });
  await drive(scheduler);
  assert.deepEqual(seen, [1, "done", 2]);
  scheduler.enter(() => scheduler.exitSignal(device, device, a("kill")));
  assert.equal(scheduler.names.size, 0);
});

test("idle: the waiting processes of the program are known, devices are not among them", () => {
  const scheduler = makeScheduler();
  spawnNative(scheduler, () => {});
  const p = scheduler.enter(() => spawn(() => receive(is(a("never")))));
  scheduler.send(p, a("ignored"));
  assert.equal(scheduler.run(), "idle");
  assert.deepEqual(waitingIn(scheduler), [{ process: p, messages: 1, on: "message" }]);
});

test("halt stops everything", () => {
  const scheduler = makeScheduler();
  let reached = false;
  scheduler.enter(() =>
    spawn(function* () {
      yield* erl("halt", 3);
      reached = true;
    }),
  );
  scheduler.enter(() => spawn(() => call(spin, { count: 0 })));
  assert.equal(scheduler.run(), "stopped");
  assert.equal(scheduler.haltStatus, 3);
  assert.equal(scheduler.run(), "stopped");
  assert.equal(reached, false);
});

test("a crash is reported with its reason, an exit is not", () => {
  const scheduler = makeScheduler();
  const crashes: Term[] = [];
  scheduler.onCrash = (_process, _raised, reason) => crashes.push(reason);
  outcomeOf(scheduler, () => erl("link", a("no_pid")));
  outcomeOf(scheduler, () => erl("exit", self(), a("quiet")));
  scheduler.run();
  assert.equal(crashes.length, 1);
});

// -- Limits

const exceeds = (limit: string) => (thrown: unknown) =>
  thrown instanceof LimitExceeded && thrown.limit === limit;

test("limits end the run, each with its own error", () => {
  function* bomb(): Task<any> {
    for (;;) yield* erl("spawn", fun(bomb));
  }
  assert.throws(() => run(bomb, { limits: { processes: 100 } }), exceeds("processes"));
  function* flood(): Task<any> {
    for (;;) yield* erl("send", self(), a("x"));
  }
  assert.throws(() => run(flood, { limits: { mailbox: 50 } }), exceeds("mailbox"));
  assert.throws(() => run(() => call(sum, 1e9), { limits: { memory: 1e6 } }), exceeds("memory"));
  assert.throws(
    () => run(() => call(spin, { count: 0 }), { limits: { time: 20 } }),
    (thrown) => exceeds("time")(thrown) && /20 ms/.test((thrown as Error).message),
  );
  const scheduler = makeScheduler({ limits: { output: 10 } });
  const guard = scheduler.guard as LimitGuard;
  guard.printed(10);
  assert.throws(() => guard.printed(1), exceeds("output"));
});

// -- Trace

test("the trace tells what happened, in order", () => {
  const events: TraceEvent[] = [];
  run(
    function* () {
      const me = self();
      yield* erl(
        "spawn",
        fun(() => erl("send", me, tuple(a("wanted"), 1))),
      );
      yield* erl("send", me, a("noise"));
      yield* receive((message) => message !== a("noise"));
      yield* receive(is(a("never")), 10);
    },
    { trace: (event) => events.push(event) },
  );
  assert.deepEqual(
    events.map(({ type }) => type).join(" "),
    "spawn in spawn send deliver skip block out in send deliver exit out in match skip block out wake in timeout exit out",
  );
});

test("a host and its program watch at once, from the middle of a run on, and stop without each other", () => {
  const host: string[] = [];
  const program: string[] = [];
  run(
    function* () {
      const scheduler = S.system as Scheduler;
      watch(scheduler, { program: ({ type }) => program.push(type) });
      yield* erl("send", self(), 1);
      watch(scheduler, { host: null });
      yield* erl("send", self(), 2);
      watch(scheduler, { program: null });
      yield* erl("send", self(), 3);
    },
    { trace: ({ type }) => host.push(type) },
  );
  // Who has heard that a slice began hears of its end.
  assert.deepEqual(host, ["spawn", "in", "send", "deliver", "out"]);
  assert.deepEqual(program, ["send", "deliver", "send", "deliver"]);
});
