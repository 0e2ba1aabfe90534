/** Exits, links and what they do to others, as Erlang defines them. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { link } from "../../../packages/runtime/src/process/links.ts";
import { EXITED } from "../../../packages/runtime/src/process/process.ts";
import { error, Raised } from "../../../packages/runtime/src/term/error.ts";
import { a, does, erl, fun, functions, is, like, list, receive, run, self, spawn, tuple } from "./bodies.ts";

function* forever() {
  return yield* receive(is(a("never")));
}
const raises = (raised: Raised) =>
  does(() => {
    throw raised;
  });
const exits = (reason: any) => raises(new Raised(a("exit"), reason));
const nothing = fun(does(() => a("done")));
const down = (ref: any) => like(a("DOWN"), ref, undefined, undefined, undefined);
const exit = (pid: any) => like(a("EXIT"), pid, undefined);
const reasonOf = (message: any) => message.at(message.size - 1);

for (const budget of [1, 1000]) {
  const options = { budget };
  test(`a normal exit does not kill the linked process (budget ${budget})`, () => {
    const { result } = run(function* () {
      const pid = yield* erl("spawn_link", nothing);
      const ref = yield* erl("monitor", a("process"), pid);
      return reasonOf(yield* receive(down(ref)));
    }, options);
    assert.ok(result === ":normal" || result === ":noproc");
  });

  test(`an error of the linked process kills, with reason and stack trace (budget ${budget})`, () => {
    const { result } = run(function* () {
      yield* erl("spawn_link", fun(raises(error("boom"))));
      return yield* forever();
    }, options);
    assert.deepEqual(result, { signal: { tuple: [":boom", []] } });
  });
}

test("a process that traps exits gets a message, of normal exits too", () => {
  const { result } = run(function* () {
    yield* erl("process_flag", a("trap_exit"), a("true"));
    const one = yield* erl("spawn_link", nothing);
    const two = yield* erl("spawn_link", fun(exits(a("oops"))));
    const three = yield* erl("spawn_link", fun(exits(a("kill"))));
    const reasons = [];
    for (const pid of [one, two, three]) reasons.push(reasonOf(yield* receive(exit(pid))));
    return list(reasons);
  });
  assert.deepEqual(result, [":normal", ":oops", ":kill"]);
});

test("a throw that nobody catches is nocatch", () => {
  const { result } = run(function* () {
    const pair = yield* erl("spawn_monitor", fun(raises(new Raised(a("throw"), a("ball")))));
    return reasonOf(yield* receive(down(pair.at(1))));
  });
  assert.deepEqual(result, { tuple: [{ tuple: [":nocatch", ":ball"] }, []] });
});

test("kill cannot be trapped and is killed for others", () => {
  const { result } = run(function* () {
    yield* erl("process_flag", a("trap_exit"), a("true"));
    const pid = yield* erl(
      "spawn_link",
      fun(function* () {
        yield* erl("process_flag", a("trap_exit"), a("true"));
        return yield* forever();
      }),
    );
    yield* receive(is(a("x")), 1);
    yield* erl("exit", pid, a("kill"));
    return yield* receive(exit(pid));
  });
  assert.deepEqual(result, { tuple: [":EXIT", "pid", ":killed"] });
});

test("exit/2 with normal: ignored, delivered when trapping, deadly for oneself", () => {
  const { result } = run(function* () {
    const pid = spawn(forever);
    yield* erl("exit", pid, a("normal"));
    return yield* erl("is_process_alive", pid);
  });
  assert.equal(result, ":true");

  const trapping = run(function* () {
    yield* erl("process_flag", a("trap_exit"), a("true"));
    yield* erl("exit", self(), a("normal"));
    return yield* receive();
  });
  assert.deepEqual(trapping.result, { tuple: [":EXIT", "pid", ":normal"] });

  const alone = run(function* () {
    yield* erl("exit", self(), a("normal"));
    return a("unreachable");
  });
  assert.deepEqual(alone.result, { signal: ":normal" });
});

test("exit/2 on oneself runs no handler and no code after it", () => {
  let after = false;
  const { result } = run(function* () {
    try {
      yield* erl("exit", self(), a("custom"));
    } finally {
      after = true;
    }
  });
  assert.deepEqual(result, { signal: ":custom" });
  assert.equal(after, false);
});

test("a running process whose link dies by its own hand dies with it", () => {
  let reached = false;
  const { result } = run(function* () {
    const pid = yield* erl("spawn_link", fun(forever));
    yield* erl("exit", pid, a("bad"));
    reached = true;
  });
  assert.deepEqual(result, { signal: ":bad" });
  assert.equal(reached, false);
});

test("linking to a dead process: an error, or a message when trapping", () => {
  function* dead() {
    const pair = yield* erl("spawn_monitor", nothing);
    yield* receive(down(pair.at(1)));
    return pair.at(0);
  }
  assert.deepEqual(
    run(function* () {
      return yield* erl("link", yield* dead());
    }).result,
    { error: ":noproc" },
  );
  assert.deepEqual(
    run(function* () {
      yield* erl("process_flag", a("trap_exit"), a("true"));
      yield* erl("link", yield* dead());
      return yield* receive();
    }).result,
    { tuple: [":EXIT", "pid", ":noproc"] },
  );
});

test("links are symmetric, idempotent and removed by unlink", () => {
  const { result } = run(function* () {
    const pid = spawn(forever);
    yield* erl("link", pid);
    yield* erl("link", pid);
    const mine = (yield* erl("process_info", self(), a("links"))).at(1);
    const its = (yield* erl("process_info", pid, a("links"))).at(1);
    yield* erl("unlink", pid);
    yield* erl("exit", pid, a("bad"));
    const left = (yield* erl("process_info", self(), a("links"))).at(1);
    return list([mine, its, left]);
  });
  assert.deepEqual(result, [["pid"], ["pid"], []]);
});

test("messages sent before an exit arrive before its signal", () => {
  const { result } = run(function* () {
    const me = self();
    yield* erl("process_flag", a("trap_exit"), a("true"));
    yield* erl(
      "spawn_link",
      fun(function* () {
        yield* erl("send", me, a("first"));
        yield* erl("send", me, a("second"));
        throw new Raised(a("exit"), a("third"));
      }),
    );
    const messages = [];
    for (let i = 0; i < 3; i++) messages.push(yield* receive());
    return list(messages as any);
  });
  assert.deepEqual(result, [":first", ":second", { tuple: [":EXIT", "pid", ":third"] }]);
});

test("the exit message comes before DOWN, and DOWNs in the order of monitoring", () => {
  const { result } = run(function* () {
    yield* erl("process_flag", a("trap_exit"), a("true"));
    const pid = spawn(function* () {
      yield* receive();
    });
    const first = yield* erl("monitor", a("process"), pid);
    yield* erl("link", pid);
    const second = yield* erl("monitor", a("process"), pid);
    yield* erl("send", pid, a("go"));
    const messages: any[] = [];
    for (let i = 0; i < 3; i++) messages.push(yield* receive());
    return list([
      messages[0].at(0),
      a(String(messages[1].at(1) === first)),
      a(String(messages[2].at(1) === second)),
    ]);
  });
  assert.deepEqual(result, [":EXIT", ":true", ":true"]);
});

test("a long chain of links dies without recursion", () => {
  const { scheduler } = run(function* () {
    let previous = spawn(forever);
    for (let i = 0; i < 50_000; i++) {
      const next = spawn(forever);
      link(previous, next);
      previous = next;
    }
    yield* erl("exit", previous, a("bad"));
  });
  assert.equal(scheduler.processes.size, 0);
});

test("spawn of an undefined function, of a fun with arguments, of no fun", () => {
  functions.clear();
  const { result } = run(function* () {
    const one = yield* erl("spawn_monitor", a("m"), a("nothing"), list([]));
    const reason = reasonOf(yield* receive(down(one.at(1))));
    return reason;
  });
  assert.deepEqual(result, { tuple: [":undef", []] });
  assert.deepEqual(
    run(function* () {
      return yield* erl("spawn", a("not_a_function"));
    }).result,
    { error: ":badarg" },
  );
});

test("everything a dead process held is gone", () => {
  const { scheduler, result } = run(function* () {
    const pid = spawn(function* () {
      yield* erl("register", a("named"), self());
      yield* erl("put", a("key"), 1);
      yield* receive();
    });
    yield* receive(is(a("x")), 1);
    yield* erl("send", a("named"), a("stop"));
    yield* receive(is(a("x")), 1);
    assert.equal(pid.status, EXITED);
    assert.equal(pid.extra, null);
    return tuple(yield* erl("whereis", a("named")), yield* erl("process_info", pid));
  });
  assert.deepEqual(result, { tuple: [":undefined", ":undefined"] });
  assert.equal(scheduler.processes.size, 0);
  assert.equal(scheduler.names.size, 0);
});
