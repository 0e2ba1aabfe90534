/** Waiting in place: what is saved of a process that waits in a receive with a timeout, and that nobody else can tell. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { LimitExceeded } from "../../../packages/runtime/src/process/limit.ts";
import type { Process } from "../../../packages/runtime/src/process/process.ts";
import {
  consume,
  type F,
  receiveTimeout,
  S,
  save1,
  suspendedCallers,
  U,
  wait1,
  yield1,
} from "../../../packages/runtime/src/process/stack.ts";
import { resume, suspend } from "../../../packages/runtime/src/process/suspend.ts";
import { call } from "../../../packages/runtime/src/process/task.ts";
import { useFrames } from "../../../packages/runtime/src/scheduler/frames.ts";
import { LimitGuard } from "../../../packages/runtime/src/scheduler/guard.ts";
import { lanesOf } from "../../../packages/runtime/src/scheduler/lane-queue.ts";
import { makeScheduler } from "../../../packages/runtime/src/scheduler/make.ts";
import type { SchedulerOptions } from "../../../packages/runtime/src/scheduler/options.ts";
import { currentScheduler, type FrameRunner } from "../../../packages/runtime/src/scheduler/scheduler.ts";
import { watch } from "../../../packages/runtime/src/scheduler/watch.ts";
import { a, spawn } from "../process/bodies.ts";

const frames = () => currentScheduler().frames as FrameRunner;

/** `receive do message -> message after timeout -> :timeout end`, as the compiler has it. */
function next(timeout: number): unknown {
  const p = S.p;
  const before = p.saved;
  let message = before === null ? p.head : before.next;
  for (;;) {
    if (message === null) {
      if (receiveTimeout(p, timeout)) return a("timeout");
      wait1(p, before, next, timeout);
      if (!frames().waitInPlace()) return U;
      message = before === null ? p.head : before.next;
      continue;
    }
    consume(p, before, message);
    return message.term;
  }
}

/** A client with one call below its receive: what it was told, and how often it had to save that call. */
function setUp(options: SchedulerOptions = {}) {
  const scheduler = makeScheduler(options);
  useFrames(scheduler);
  scheduler.guard = new LimitGuard(scheduler, options.limits);
  const told: unknown[] = [];
  let saved = 0;

  function ask(timeout: number): unknown {
    const value = next(timeout);
    if (value === U) {
      saved++;
      return save1(asked, 1, timeout);
    }
    return asked({ a: timeout } as typeof F, value);
  }
  function asked(_: typeof F, value: unknown): unknown {
    told.push(value);
    return value;
  }

  const client = (timeout = 60_000) => scheduler.enter(() => spawn(() => call(ask, timeout)));
  const other = (act: () => unknown) =>
    scheduler.enter(() =>
      spawn(function* () {
        return (yield* call(act)) as number;
      }),
    );
  const send = (to: Process, message: string) => () => {
    scheduler.send(to, a(message));
    return 0;
  };
  return { scheduler, told, client, other, send, saved: () => saved, ask, asked };
}

test("a process that waits in place saves nothing, and goes on in its turn", () => {
  const { scheduler, told, client, other, send, saved } = setUp();
  const p = client();
  other(send(p, "hello"));
  other(() => told.push("third"));
  scheduler.run();
  assert.deepEqual(told, ["third", a("hello")]);
  assert.equal(saved(), 0);
  assert.equal(scheduler.slices, 4);
});

test("when all wait, the clock is looked at and the timeout comes", async () => {
  const { scheduler, told, client, saved } = setUp();
  client(5);
  assert.equal(scheduler.run(), "sleeping");
  assert.equal(saved(), 1);
  await new Promise((resolve) => setTimeout(resolve, 10));
  scheduler.run();
  assert.deepEqual(told, [a("timeout")]);
});

test("nobody waits in place where time is virtual, a seed was given, a policy chooses or somebody watches", () => {
  for (const options of [
    { clock: "virtual" },
    { seed: 1 },
    { policy: { choose: () => 0 } },
    { trace: () => {} },
  ] as SchedulerOptions[]) {
    const { scheduler, client, other, send, saved } = setUp(options);
    const p = client();
    other(send(p, "hello"));
    scheduler.run();
    assert.equal(saved(), 1, Object.keys(options)[0]);
  }
});

test("a place is given up for who watches, changes the order, or stops the run", () => {
  for (const act of [
    () => watch(currentScheduler(), { host: () => {} }),
    () => lanesOf(currentScheduler()),
    () => currentScheduler().stop(),
  ]) {
    const { scheduler, told, client, other, send, saved } = setUp();
    const p = client();
    other(() => {
      act();
      return send(p, "hello")();
    });
    scheduler.run();
    scheduler.run();
    assert.deepEqual(told, [a("hello")]);
    assert.equal(saved(), 1, String(act));
  }
});

test("of two only the topmost goes on in place; each has its turn in order", () => {
  const { scheduler, told, client, other, send, saved } = setUp();
  const below = client();
  const above = client();
  other(() => send(below, "below")() + send(above, "above")());
  scheduler.run();
  assert.deepEqual(told, [a("below"), a("above")]);
  assert.equal(saved(), 1);
});

test("who was killed while it waited in place does not go on", () => {
  const { scheduler, told, client, other } = setUp();
  const p = client();
  other(() => {
    scheduler.exitSignal(S.p, p, a("kill"));
    return 0;
  });
  scheduler.run();
  assert.deepEqual(told, []);
  assert.equal(p.frames, null);
  assert.equal(scheduler.processes.size, 0);
});

test("who was suspended goes on when it is resumed", () => {
  const { scheduler, told, client, other, send } = setUp();
  const p = client();
  other(() => {
    suspend(p);
    return send(p, "hello")();
  });
  scheduler.run();
  assert.deepEqual(told, []);
  scheduler.enter(() => resume(p));
  scheduler.run();
  assert.deepEqual(told, [a("hello")]);
});

test("who wants to see its calls is told to ask again, and then sees them", () => {
  const { scheduler, told, client, other, send, asked } = setUp();
  const p = client();
  const seen: unknown[] = [];
  function look(): unknown {
    seen.push(suspendedCallers(p, 8).some(({ resume }) => resume === asked));
    return frames().shows(p) ? send(p, "seen")() : yield1(look, null);
  }
  other(look);
  scheduler.run();
  assert.deepEqual(seen, [false, true]);
  assert.deepEqual(told, [a("seen")]);
});

test("what ends the run passes by those who wait in place: they go on in the next", () => {
  const { scheduler, told, client, other, send, saved } = setUp({ limits: { mailbox: 2 } });
  const p = client();
  const full = client();
  scheduler.enter(() => suspend(full));
  other(() => send(full, "1")() + send(full, "2")() + send(full, "3")() + send(p, "hello")());
  assert.throws(() => scheduler.run(), LimitExceeded);
  assert.equal(saved(), 1);
  assert.equal(scheduler.run(), "idle");
  assert.deepEqual(told, [a("hello")]);
});

test("only so many calls of others are below a process: who has made more saves its own", () => {
  for (const [calls, expected] of [
    [0, 0],
    [makeScheduler({}).budget / 8 + 1, 1],
  ]) {
    const { scheduler, told, ask, other, send, saved } = setUp();
    const busy = (timeout: number) => {
      S.r -= calls;
      return ask(timeout);
    };
    const client = scheduler.enter(() => spawn(() => call(busy, 60_000)));
    other(send(client, "hello"));
    scheduler.run();
    assert.deepEqual(told, [a("hello")]);
    assert.equal(saved(), expected);
  }
});

test("thousands may wait at once", () => {
  const { scheduler, told, client, other, send } = setUp();
  const all = Array.from({ length: 5000 }, () => client());
  other(() => all.reduce((sum, p) => sum + send(p, "hello")(), 0));
  scheduler.run();
  assert.equal(told.length, 5000);
});
