/** Timeouts of receives, and timers, in virtual time. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { makeReference } from "../../../packages/runtime/src/term/identifier.ts";
import { a, erl, is, like, list, receive, run, self, spawn, tuple } from "./bodies.ts";

const sleep = (time: number) => receive(is(a("never")), time);
const milliseconds = () => erl("monotonic_time", a("millisecond"));

test("a receive times out after its time, also when other messages keep coming", () => {
  const { result } = run(function* () {
    const me = self();
    spawn(function* () {
      for (let i = 0; i < 5; i++) {
        yield* sleep(30);
        yield* erl("send", me, i);
      }
    });
    const before = yield* milliseconds();
    const message = yield* receive(is(a("wanted")), 100);
    return list([message ?? a("timeout"), (yield* milliseconds()) - before]);
  });
  assert.deepEqual(result, [":timeout", 100]);
});

test("a message in time stops the timer; the next receive has its own", () => {
  const { result } = run(function* () {
    const me = self();
    spawn(function* () {
      yield* sleep(50);
      yield* erl("send", me, a("wanted"));
    });
    const before = yield* milliseconds();
    const first = yield* receive(is(a("wanted")), 100);
    const second = yield* receive(is(a("more")), 100);
    return list([first as any, second ?? a("timeout"), (yield* milliseconds()) - before]);
  });
  assert.deepEqual(result, [":wanted", ":timeout", 150]);
});

test("timeouts that follow one another at the same moment keep their own times", () => {
  const { result } = run(function* () {
    const me = self();
    const other = spawn(function* () {
      // The first of the two is over at once, and what it leaves behind is taken by the next, here or there.
      yield* receive(is(a("go")), 1000);
      yield* sleep(30);
      yield* erl("send", me, a("slept"));
    });
    yield* sleep(1);
    const before = yield* milliseconds();
    yield* erl("send", self(), a("here"));
    yield* receive(is(a("none")), 0);
    yield* erl("send", other, a("go"));
    const first = yield* receive(is(a("slept")), 50);
    const between = (yield* milliseconds()) - before;
    const second = yield* receive(is(a("slept")), 20);
    return list([first as any, between, second ?? a("timeout"), (yield* milliseconds()) - before]);
  });
  assert.deepEqual(result, [":slept", 30, ":timeout", 50]);
});

test("after 0 looks at what is there and does not wait", () => {
  const { result } = run(function* () {
    yield* erl("send", self(), a("noise"));
    yield* erl("send", self(), a("wanted"));
    return list([
      (yield* receive(is(a("wanted")), 0)) as any,
      (yield* receive(is(a("wanted")), 0)) ?? a("timeout"),
    ]);
  });
  assert.deepEqual(result, [":wanted", ":timeout"]);
});

test("a wrong timeout is timeout_value", () => {
  for (const wrong of [-1, 0x100000000, a("soon"), tuple()]) {
    const { result } = run(function* () {
      yield* receive(is(a("x")), wrong);
    });
    assert.deepEqual(result, { error: ":timeout_value" });
  }
});

test("send_after delivers in the order of time, to names looked up when due", () => {
  const { result } = run(function* () {
    yield* erl("send_after", 45, self(), a("third"));
    yield* erl("send_after", 2, self(), a("first"));
    yield* erl("send_after", 20, a("later"), a("second"));
    yield* erl("send_after", 1, a("nobody"), a("lost"));
    yield* erl("register", a("later"), self());
    return list([(yield* receive()) as any, (yield* receive()) as any, (yield* receive()) as any]);
  });
  assert.deepEqual(result, [":first", ":second", ":third"]);
});

test("cancel and read: what is left, false when over, by message when asynchronous", () => {
  const { result } = run(function* () {
    const ref = yield* erl("start_timer", 5000, self(), a("payload"));
    yield* sleep(1000);
    const read = yield* erl("read_timer", ref);
    const left = yield* erl("cancel_timer", ref);
    const again = yield* erl("cancel_timer", ref);
    const other = yield* erl("start_timer", 10, self(), a("payload"));
    const message = yield* receive(like(a("timeout"), other, undefined));
    const late = yield* erl("cancel_timer", other, list([tuple(a("async"), a("true"))]));
    const answer = yield* receive(like(a("cancel_timer"), other, undefined));
    const quiet = yield* erl("cancel_timer", makeReference(), list([tuple(a("info"), a("false"))]));
    return list([read, left, again, message as any, late, answer as any, quiet]);
  });
  assert.deepEqual(result, [
    4000,
    4000,
    ":false",
    { tuple: [":timeout", "ref", ":payload"] },
    ":ok",
    { tuple: [":cancel_timer", "ref", ":false"] },
    ":ok",
  ]);
});

test("a timer ends with the process that it is for", () => {
  const { result } = run(function* () {
    const pid = spawn(() => receive());
    const ref = yield* erl("send_after", 5000, pid, a("x"));
    yield* erl("exit", pid, a("kill"));
    return yield* erl("read_timer", ref);
  });
  assert.equal(result, ":false");
});

test("wrong arguments of timers are badarg", () => {
  for (const args of [
    [-1, null, 1],
    [a("soon"), null, 1],
    [1, 7, 1],
    [1, null, 1, list([a("abs")])],
  ]) {
    const { result } = run(function* () {
      return yield* erl("send_after", ...(args.map((x) => x ?? self()) as any[]));
    });
    assert.deepEqual(result, { error: ":badarg" });
  }
});

test("units of time", () => {
  const { result } = run(function* () {
    return list([
      yield* erl("convert_time_unit", 1500, a("millisecond"), a("second")),
      yield* erl("convert_time_unit", -1500, a("millisecond"), a("second")),
      yield* erl("convert_time_unit", 2, a("second"), a("native")),
      yield* erl("convert_time_unit", 90, 60, a("millisecond")),
      yield* erl("system_time", a("second")),
    ]);
  });
  assert.deepEqual(result, [1, -2, 2_000_000_000, 1500, 1_735_689_600]);
});
