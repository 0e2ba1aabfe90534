/** What a process says of itself: flags, dictionary, info. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { text } from "../../../packages/runtime/src/term/bitstring.ts";
import { listToArray } from "../../../packages/runtime/src/term/list.ts";
import { a, does, erl, functions, is, list, receive, run, self, show, spawn, tuple } from "./bodies.ts";

test("process_info/1 shows the items of OTP 25 in its order, the name first if there is one", () => {
  let keys: string[] = [];
  let named: unknown;
  run(function* () {
    keys = (listToArray(yield* erl("process_info", self())) ?? []).map((pair: any) => pair.a.name);
    yield* erl("register", a("somebody"), self());
    named = show((yield* erl("process_info", self())).head);
  });
  assert.deepEqual(
    keys.join(" "),
    "current_function initial_call status message_queue_len links dictionary trap_exit error_handler priority " +
      "group_leader total_heap_size heap_size stack_size reductions garbage_collection suspending",
  );
  assert.deepEqual(named, { tuple: [":registered_name", ":somebody"] });
});

test("process_info/2: [] without a name, undefined for the dead, badarg for unknown items", () => {
  const { result } = run(function* () {
    const dead = spawn(does(() => 1));
    yield* receive(is(a("x")), 1);
    return list([
      yield* erl("process_info", self(), a("registered_name")),
      yield* erl("process_info", self(), list([a("trap_exit"), a("registered_name")])),
      yield* erl("process_info", dead, a("links")),
    ]);
  });
  assert.deepEqual(result, [
    [],
    [{ tuple: [":trap_exit", ":false"] }, { tuple: [":registered_name", []] }],
    ":undefined",
  ]);
  for (const [pid, item] of [
    [null, a("nonsense")],
    [a("no_pid"), a("links")],
    [null, list([a("nonsense")])],
  ] as const) {
    const wrong = run(function* () {
      return yield* erl("process_info", pid ?? self(), item);
    });
    assert.deepEqual(wrong.result, { error: ":badarg" });
  }
});

test("initial_call, parent and status of a spawned function", () => {
  functions.set("loop", function* () {
    return yield* receive(is(a("stop")));
  });
  const { result } = run(function* () {
    const pid = yield* erl("spawn", a("mod"), a("loop"), list([1, 2]));
    yield* receive(is(a("x")), 1);
    const info = yield* erl("process_info", pid, list([a("initial_call"), a("status"), a("parent")]));
    const parent = listToArray(info)?.[2] as any;
    return tuple(info, a(String(parent.at(1) === self())));
  });
  assert.deepEqual(result, {
    tuple: [
      [
        { tuple: [":initial_call", { tuple: [":mod", ":loop", 2] }] },
        { tuple: [":status", ":waiting"] },
        { tuple: [":parent", "pid"] },
      ],
      ":true",
    ],
  });
});

test("flags give back their old values and refuse wrong ones", () => {
  const { result } = run(function* () {
    const olds = [];
    for (const [flag, value] of [
      ["trap_exit", a("true")],
      ["trap_exit", a("false")],
      ["priority", a("max")],
      ["priority", a("normal")],
      ["message_queue_data", a("off_heap")],
      ["min_heap_size", 500],
      ["save_calls", 5],
      ["sensitive", a("true")],
    ] as const) {
      olds.push(yield* erl("process_flag", a(flag), value));
    }
    return list(olds);
  });
  assert.deepEqual(result, [":false", ":true", ":normal", ":max", ":on_heap", 233, 0, ":false"]);
  for (const [flag, value] of [
    ["trap_exit", 1],
    ["priority", a("urgent")],
    ["no_such_flag", a("true")],
    ["save_calls", 10001],
    ["max_heap_size", -1],
  ] as const) {
    const wrong = run(function* () {
      return yield* erl("process_flag", a(flag), value);
    });
    assert.deepEqual(wrong.result, { error: ":badarg" }, flag);
  }
});

test("the dictionary keeps any terms under any keys", () => {
  const { result } = run(function* () {
    const key = () => tuple(a("two"), text("x"));
    return list([
      yield* erl("put", a("one"), 1),
      yield* erl("put", key(), 2),
      yield* erl("put", a("one"), 3),
      yield* erl("get", key()),
      yield* erl("get"),
      yield* erl("get_keys", 2),
      yield* erl("erase", key()),
      yield* erl("erase", key()),
      yield* erl("erase"),
      yield* erl("get"),
    ]);
  });
  assert.deepEqual(result, [
    ":undefined",
    ":undefined",
    1,
    2,
    [{ tuple: [":one", 3] }, { tuple: [{ tuple: [":two", "x"] }, 2] }],
    [{ tuple: [":two", "x"] }],
    2,
    ":undefined",
    [{ tuple: [":one", 3] }],
    [],
  ]);
});

test("a suspended process does not run until it is resumed as often", () => {
  const { result } = run(function* () {
    const me = self();
    const pid = spawn(function* () {
      for (;;) {
        yield* receive();
        yield* erl("send", me, a("ran"));
      }
    });
    yield* receive(is(a("x")), 1);
    yield* erl("suspend_process", pid);
    yield* erl("suspend_process", pid);
    yield* erl("send", pid, a("go"));
    const status = (yield* erl("process_info", pid, a("status"))).at(1);
    const first = (yield* receive(() => true, 5)) ?? a("nothing");
    yield* erl("resume_process", pid);
    const second = (yield* receive(() => true, 5)) ?? a("nothing");
    yield* erl("resume_process", pid);
    const third = (yield* receive(() => true, 5)) ?? a("nothing");
    return list([status, first, second, third]);
  });
  assert.deepEqual(result, [":suspended", ":nothing", ":nothing", ":ran"]);
});

test("hibernating drops the stack and wakes for a message", () => {
  functions.set("woke", function* (to) {
    const message = yield* receive();
    yield* erl("send", to, tuple(a("woke"), message as any));
  });
  let returned = false;
  const { result } = run(function* () {
    const me = self();
    const pid = spawn(function* () {
      yield* erl("hibernate", a("mod"), a("woke"), list([me]));
      returned = true;
    });
    yield* receive(is(a("x")), 1);
    yield* erl("send", pid, a("alarm"));
    return yield* receive();
  });
  assert.deepEqual(result, { tuple: [":woke", ":alarm"] });
  assert.equal(returned, false);
});

test("what proc_lib keeps in the dictionary is put, listed and erased like the rest", () => {
  const call = tuple(a("m"), a("f"), 1);
  const { result } = run(function* () {
    return list([
      yield* erl("put", a("$initial_call"), call),
      yield* erl("put", a("$ancestors"), list([a("above")])),
      yield* erl("put", a("other"), 1),
      yield* erl("put", a("$ancestors"), list([])),
      yield* erl("get"),
      yield* erl("erase", a("$initial_call")),
      yield* erl("get", a("$initial_call")),
      yield* erl("get_keys"),
      yield* erl("erase"),
      yield* erl("get"),
    ]);
  });
  const shown = { tuple: [":m", ":f", 1] };
  assert.deepEqual(result, [
    ":undefined",
    ":undefined",
    ":undefined",
    [":above"],
    [{ tuple: [":other", 1] }, { tuple: [":$initial_call", shown] }, { tuple: [":$ancestors", []] }],
    shown,
    ":undefined",
    [":other", ":$ancestors"],
    [{ tuple: [":other", 1] }, { tuple: [":$ancestors", []] }],
    [],
  ]);
});

test("processes started alike share their ancestors and their initial call", () => {
  const started: any[] = [];
  function* child() {
    started.push(self());
    yield* erl("put", a("$initial_call"), tuple(a("proc_lib"), a("init_p"), 5));
    yield* erl("put", a("$initial_call"), tuple(a("server"), a("init"), 1));
    yield* erl("put", a("$ancestors"), list([a("above")]));
    yield* receive(is(a("stop")), 10);
    return a("ok");
  }
  let same: unknown[] = [];
  run(function* () {
    spawn(child);
    spawn(child);
    yield* receive(is(a("x")), 1);
    const [one, two] = started.map((p) => p.extra);
    same = [one.initialCall === two.initialCall, one.ancestors === two.ancestors, show(one.initialCall)];
  });
  assert.deepEqual(same, [true, true, { tuple: [":server", ":init", 1] }]);
});
