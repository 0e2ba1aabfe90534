/** Monitors, aliases and names. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { makeReference } from "../../../packages/runtime/src/term/identifier.ts";
import { a, does, erl, fun, is, like, list, receive, run, self, spawn, tuple } from "./bodies.ts";

const reasonOf = (message: any) => message.at(4);
function* untilGo() {
  return yield* receive(is(a("go")));
}
const nap = () => receive(is(a("nothing")), 5);

test("DOWN of a dead pid, a name that nobody has, another node", () => {
  const { result } = run(function* () {
    const pid = spawn(does(() => a("done")));
    yield* nap();
    const reasons = [];
    for (const item of [pid, a("nobody"), tuple(a("name"), a("other@node"))]) {
      const ref = yield* erl("monitor", a("process"), item);
      const message: any = yield* receive(like(a("DOWN"), ref, a("process"), undefined, undefined));
      reasons.push(tuple(message.at(3), message.at(4)));
    }
    return list(reasons);
  });
  assert.deepEqual(result, [
    { tuple: ["pid", ":noproc"] },
    { tuple: [{ tuple: [":nobody", ":nonode@nohost"] }, ":noproc"] },
    { tuple: [{ tuple: [":name", ":other@node"] }, ":noconnection"] },
  ]);
});

test("demonitor: nothing arrives; flush removes what has; info tells whether it was active", () => {
  const { result } = run(function* () {
    const pid = spawn(untilGo);
    const first = yield* erl("monitor", a("process"), pid);
    const second = yield* erl("monitor", a("process"), pid);
    const third = yield* erl("monitor", a("process"), pid);
    const removed = yield* erl("demonitor", first, list([a("info")]));
    const again = yield* erl("demonitor", first, list([a("info")]));
    yield* erl("send", pid, a("go"));
    yield* nap();
    const flushed = yield* erl("demonitor", second, list([a("flush"), a("info")]));
    const [, length]: any = (yield* erl("process_info", self(), a("message_queue_len"))).toArray();
    const left: any = yield* receive();
    return list([removed, again, flushed, length, a(String(left.at(1) === third))]);
  });
  assert.deepEqual(result, [":true", ":false", ":false", 1, ":true"]);
});

test("demonitoring what somebody else monitors changes nothing", () => {
  const { result } = run(function* () {
    const pid = spawn(untilGo);
    const ref = yield* erl("monitor", a("process"), pid);
    const pair = yield* erl(
      "spawn_monitor",
      fun(function* () {
        yield* erl("demonitor", ref);
      }),
    );
    const reason = reasonOf(yield* receive(like(a("DOWN"), pair.at(1), undefined, undefined, undefined)));
    yield* erl("send", pid, a("go"));
    return tuple(reason, reasonOf(yield* receive(like(a("DOWN"), ref, undefined, undefined, undefined))));
  });
  assert.deepEqual(result, { tuple: [":normal", ":normal"] });
});

test("the tag option replaces DOWN; watching oneself never fires; a wrong option is badarg", () => {
  const { result } = run(function* () {
    yield* erl("monitor", a("process"), self());
    const pid = spawn(untilGo);
    const ref = yield* erl("monitor", a("process"), pid, list([tuple(a("tag"), a("GONE"))]));
    yield* erl("send", pid, a("go"));
    const message: any = yield* receive();
    return tuple(message.at(0), a(String(message.at(1) === ref)), (yield* nap()) ?? a("nothing"));
  });
  assert.deepEqual(result, { tuple: [":GONE", ":true", ":nothing"] });
  const wrong = run(function* () {
    yield* erl("monitor", a("process"), self(), list([a("oops")]));
  });
  assert.deepEqual(wrong.result, { error: ":badarg" });
});

test("aliases: messages arrive until unalias; reply aliases work once", () => {
  const { result } = run(function* () {
    const lasting = yield* erl("alias");
    const once = yield* erl("alias", list([a("reply")]));
    for (const ref of [lasting, once, once, lasting]) yield* erl("send", ref, a("hello"));
    const [, before]: any = (yield* erl("process_info", self(), a("message_queue_len"))).toArray();
    const removed = yield* erl("unalias", lasting);
    yield* erl("send", lasting, a("lost"));
    const [, later]: any = (yield* erl("process_info", self(), a("message_queue_len"))).toArray();
    return list([
      before,
      removed,
      later,
      yield* erl("unalias", lasting),
      yield* erl("unalias", once),
      yield* erl("unalias", makeReference()),
    ]);
  });
  assert.deepEqual(result, [3, ":true", 3, ":false", ":false", ":false"]);
});

test("a monitor with alias reply_demonitor ends with the reply, one with demonitor by demonitor", () => {
  const { result } = run(function* () {
    const mode = (name: string) => list([tuple(a("alias"), a(name))]);
    const server = spawn(untilGo);
    const reply = yield* erl("monitor", a("process"), server, mode("reply_demonitor"));
    const lasting = yield* erl("monitor", a("process"), server, mode("demonitor"));
    yield* erl("send", reply, a("one"));
    yield* erl("send", reply, a("two"));
    yield* erl("send", lasting, a("three"));
    yield* erl("demonitor", lasting);
    yield* erl("send", lasting, a("four"));
    yield* erl("send", server, a("go"));
    yield* nap();
    return (yield* erl("process_info", self(), a("messages"))).at(1);
  });
  assert.deepEqual(result, [":one", ":three"]);
});

test("names: taken, undefined, of the dead, given twice", () => {
  const { result } = run(function* () {
    const pid = spawn(untilGo);
    const attempts = [];
    const dead = spawn(does(() => a("done")));
    yield* nap();
    for (const [name, who] of [
      ["first", self()],
      ["first", pid],
      ["second", self()],
      ["undefined", pid],
      ["third", dead],
      ["fourth", pid],
    ] as const) {
      try {
        attempts.push(yield* erl("register", a(name), who));
      } catch (raised: any) {
        attempts.push(raised.reason);
      }
    }
    yield* erl("send", a("first"), a("by name"));
    yield* erl("send", tuple(a("first"), a("nonode@nohost")), a("by name and node"));
    const found = yield* erl("whereis", a("fourth"));
    yield* erl("unregister", a("first"));
    return list([
      ...attempts,
      found,
      yield* erl("registered"),
      (yield* receive()) as any,
      (yield* receive()) as any,
      yield* erl("whereis", a("first")),
    ]);
  });
  assert.deepEqual(result, [
    ":true",
    ":badarg",
    ":badarg",
    ":badarg",
    ":badarg",
    ":true",
    "pid",
    [":fourth"],
    ":by name",
    ":by name and node",
    ":undefined",
  ]);
});

test("sending to a name that nobody has is an error, to another node is not", () => {
  assert.deepEqual(
    run(function* () {
      return yield* erl("send", a("nobody"), 1);
    }).result,
    { error: ":badarg" },
  );
  assert.equal(
    run(function* () {
      return yield* erl("send", tuple(a("nobody"), a("other@node")), 1);
    }).result,
    1,
  );
});

test("spawn_opt links, monitors and sets priorities; a wrong option is badarg", () => {
  const { result } = run(function* () {
    yield* erl("process_flag", a("trap_exit"), a("true"));
    const options = list([
      a("link"),
      tuple(a("monitor"), list([tuple(a("tag"), a("gone"))])),
      tuple(a("priority"), a("high")),
    ]);
    const pair = yield* erl("spawn_opt", fun(untilGo), options);
    const pid = pair.at(0);
    const priority = (yield* erl("process_info", pid, a("priority"))).at(1);
    yield* erl("send", pid, a("go"));
    const exit: any = yield* receive(like(a("EXIT"), pid, undefined));
    const gone: any = yield* receive(like(a("gone"), pair.at(1), undefined, undefined, undefined));
    return list([priority, exit.at(2), gone.at(4)]);
  });
  assert.deepEqual(result, [":high", ":normal", ":normal"]);
  for (const option of [a("bad"), tuple(a("priority"), a("urgent")), tuple(a("min_heap_size"), -1)]) {
    const wrong = run(function* () {
      return yield* erl("spawn_opt", fun(untilGo), list([option]));
    });
    assert.deepEqual(wrong.result, { error: ":badarg" });
    assert.equal(wrong.scheduler.processes.size, 0);
  }
});

test("an alias that outlives its monitor; aliases end with their process", () => {
  const { result, scheduler } = run(function* () {
    const server = spawn(untilGo);
    const ref = yield* erl("monitor", a("process"), server, list([tuple(a("alias"), a("explicit_unalias"))]));
    yield* erl("send", server, a("go"));
    yield* receive(like(a("DOWN"), ref, undefined, undefined, undefined));
    yield* erl("send", ref, a("still here"));
    const first = yield* receive();
    const me = self();
    const other = spawn(function* () {
      yield* erl(
        "send",
        me,
        tuple(a("alias"), yield* erl("monitor", a("process"), me, list([tuple(a("alias"), a("demonitor"))]))),
      );
    });
    const given: any = yield* receive(like(a("alias"), undefined));
    yield* nap();
    yield* erl("send", given.at(1), a("lost"));
    return tuple(
      first as any,
      yield* erl("is_process_alive", other),
      (yield* erl("process_info", me, a("monitored_by"))).at(1),
    );
  });
  assert.deepEqual(result, { tuple: [":still here", ":false", []] });
  assert.equal(scheduler.processes.size, 0);
});
