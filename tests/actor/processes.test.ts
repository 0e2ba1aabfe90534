/** Processes in TypeScript: starting, sending, receiving, ending. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { inspect } from "node:util";
import {
  type CrashReport,
  cancelTimer,
  Down,
  demonitor,
  Exit,
  ExitError,
  exit,
  isAlive,
  link,
  monitor,
  type Pid,
  receive,
  register,
  run,
  self,
  send,
  sendAfter,
  sleep,
  spawn,
  spawnLink,
  spawnMonitor,
  trapExit,
  unlink,
  unregister,
  untilExit,
  wait,
  whereis,
  yieldNow,
} from "../../packages/runtime/src/index.ts";
import { inSystem } from "./system.ts";

type Echo = { from: Pid<string>; text: string };

test("a process answers what it is sent", () =>
  inSystem(function* () {
    const echo = spawn(function* () {
      for (;;) {
        const { from, text } = yield* receive<Echo>();
        send(from, text.toUpperCase());
      }
    });
    send(echo, { from: self<string>(), text: "hello" });
    assert.equal(yield* receive<string>(), "HELLO");
  }));

test("messages of one sender arrive in the order sent", () =>
  inSystem(function* () {
    const parent = self<number>();
    spawn(function* () {
      for (let i = 0; i < 5; i++) send(parent, i);
    });
    const got: number[] = [];
    while (got.length < 5) got.push(yield* receive<number>());
    assert.deepEqual(got, [0, 1, 2, 3, 4]);
  }));

test("a receive with a predicate takes the first message that matches; the others keep their order", () =>
  inSystem(function* () {
    const me = self<number>();
    for (const n of [1, 2, 3, 4]) send(me, n);
    assert.equal(yield* receive((n: number) => n % 2 === 0), 2);
    assert.deepEqual(
      [yield* receive<number>(), yield* receive<number>(), yield* receive<number>()],
      [1, 3, 4],
    );
  }));

test("a receive with a pattern compares the fields that it names, also within", () =>
  inSystem(function* () {
    type Job = { type: string; user: { id: number; name: string } };
    const me = self<Job>();
    send(me, { type: "job", user: { id: 1, name: "Ada" } });
    send(me, { type: "job", user: { id: 2, name: "Eve" } });
    const job = yield* receive<Job>({ user: { id: 2 } });
    assert.equal(job.user.name, "Eve");
  }));

test("after: undefined when no message has matched in time", () =>
  inSystem(function* () {
    send(self<string>(), "other");
    assert.equal(yield* receive((m: string) => m === "wanted", { after: 1000 }), undefined);
    assert.equal(yield* receive<string>({ after: 0 }), "other");
    assert.equal(yield* receive({ after: 0 }), undefined);
  }));

test("a predicate that throws ends the receive; the message stays", () =>
  inSystem(function* () {
    send(self<null>(), null);
    const bad = (m: any) => m.type === "x";
    let thrown: unknown;
    try {
      yield* receive(bad);
    } catch (error) {
      thrown = error;
    }
    assert.ok(thrown instanceof TypeError);
    assert.equal(yield* receive(), null);
  }));

test("a sleep takes no time on a virtual clock, and time passes in order", () =>
  inSystem(function* () {
    const me = self<number>();
    for (const time of [30_000, 10_000, 20_000])
      spawn(function* () {
        yield* sleep(time);
        send(me, time);
      });
    assert.deepEqual([yield* receive(), yield* receive(), yield* receive()], [10_000, 20_000, 30_000]);
  }));

test("sendAfter sends later, unless it is cancelled", () =>
  inSystem(function* () {
    sendAfter(self<string>(), "late", 50);
    const never = sendAfter(self<string>(), "never", 100);
    assert.equal(yield* receive(), "late");
    assert.equal(cancelTimer(never), 50);
    assert.equal(cancelTimer(never), false);
    assert.equal(yield* receive({ after: 200 }), undefined);
  }));

test("wait gives the value of a promise, or throws what it is rejected with", () =>
  inSystem(function* () {
    assert.equal(yield* wait(Promise.resolve(7)), 7);
    try {
      yield* wait(Promise.reject(new Error("no")));
      assert.fail();
    } catch (error) {
      assert.equal((error as Error).message, "no");
    }
  }));

test("a process that ends while it waits aborts what it waits for", () =>
  inSystem(function* () {
    let aborted = false;
    const pid = spawn(function* () {
      yield* wait(
        (signal) =>
          new Promise((resolve) =>
            signal.addEventListener("abort", () => {
              aborted = true;
              resolve(null);
            }),
          ),
      );
    });
    yield* yieldNow();
    exit(pid, "kill");
    assert.ok(aborted);
  }));

test("a monitor tells the end of a process, and why", () =>
  inSystem(function* () {
    const [pid, ref] = spawnMonitor(function* () {
      exit("tired");
    });
    const down = yield* receive<Down>();
    assert.ok(down instanceof Down);
    assert.deepEqual([down.ref, down.pid, down.reason], [ref, pid, "tired"]);
    monitor(pid);
    assert.equal((yield* receive<Down>()).reason, "noproc");
  }));

test("consoles and JSON show what a monitor or a timer is known by, and nothing of what is inside", () =>
  inSystem(function* () {
    for (const reference of [monitor(self()), sendAfter(self(), 1, 10)]) {
      const text = `#Reference<0.0.0.${reference.id}>`;
      assert.equal(inspect({ reference }), `{ reference: ${text} }`);
      assert.equal(JSON.stringify({ reference }), JSON.stringify({ reference: text }));
    }
  }));

test("demonitor takes back a Down message that has come already", () =>
  inSystem(function* () {
    const [, ref] = spawnMonitor(function* () {});
    yield* yieldNow();
    assert.equal(demonitor(ref), false);
    assert.equal(yield* receive({ after: 0 }), undefined);
  }));

test("an error ends its process alone: it is reported, and those who watch get the very error", async () => {
  const crashes: CrashReport[] = [];
  await inSystem(
    function* () {
      const boom = new Error("boom");
      const [pid] = spawnMonitor(
        function* () {
          throw boom;
        },
        { name: "fragile" },
      );
      assert.equal((yield* receive<Down>()).reason, boom);
      assert.deepEqual(crashes, [{ kind: "process", pid, name: "fragile", reason: boom }]);
    },
    { crashes },
  );
});

test("a link takes the other along; one that traps exits gets a message in place of it", () =>
  inSystem(function* () {
    const [outer] = spawnMonitor(function* () {
      spawnLink(function* () {
        exit("bad");
      });
      yield* receive();
    });
    const down = yield* receive<Down>();
    assert.deepEqual([down.pid, down.reason], [outer, "bad"]);

    assert.equal(trapExit(true), false);
    const child = spawnLink(function* () {
      exit("bad");
    });
    const message = yield* receive<Exit>();
    assert.ok(message instanceof Exit);
    assert.deepEqual([message.pid, message.reason], [child, "bad"]);
  }));

test("a normal end takes nobody along; an unlinked process neither", () =>
  inSystem(function* () {
    const survivor = spawn(function* () {
      spawnLink(function* () {});
      const other = spawnLink(function* () {
        yield* receive();
        exit("bad");
      });
      unlink(other);
      send(other, "go");
      yield* receive();
    });
    yield* sleep(10);
    assert.ok(isAlive(survivor));
  }));

test("exit sends a signal: trapped as a message, `kill` not at all, `normal` ignored", () =>
  inSystem(function* () {
    const trapping = spawn(function* () {
      trapExit(true);
      const signal = yield* receive<Exit>();
      assert.equal(signal.reason, "please");
      yield* receive();
    });
    yield* yieldNow();
    exit(trapping, "please");
    exit(trapping, "kill");
    assert.equal(yield* untilExit(trapping), "noproc");

    const plain = spawn(function* () {
      yield* receive();
    });
    exit(plain, "normal");
    assert.ok(isAlive(plain));
    const ref = monitor(plain);
    exit(plain, { shutdown: "later" });
    assert.deepEqual((yield* receive((m: Down) => m.ref === ref)).reason, { shutdown: "later" });
  }));

test("linking to the dead is an exit with noproc", () =>
  inSystem(function* () {
    trapExit(true);
    const dead = spawn(function* () {});
    yield* yieldNow();
    link(dead);
    assert.equal((yield* receive<Exit>()).reason, "noproc");
  }));

test("a name finds its process, until it ends", () =>
  inSystem(function* () {
    const pid = spawn(
      function* () {
        yield* receive<"stop">();
      },
      { name: "worker" },
    );
    assert.equal(whereis("worker"), pid);
    assert.throws(() => spawn(function* () {}, { name: "worker" }), /"worker" is registered already/);
    send("worker", "stop");
    yield* yieldNow();
    assert.equal(whereis("worker"), undefined);
    assert.throws(() => send("worker", "stop"), /no process is registered as "worker"/);
    register("me");
    assert.equal(whereis("me"), self());
    assert.equal(unregister("me"), true);
    assert.equal(unregister("me"), false);
  }));

test("run: a process for async code, its result or its error in a promise", async () => {
  assert.equal(
    await run(function* () {
      yield* sleep(1);
      return 42;
    }),
    42,
  );
  await assert.rejects(
    run(function* () {
      throw new RangeError("no");
    }),
    RangeError,
  );
  await assert.rejects(
    run(function* () {
      exit(self(), "kill");
      yield* receive();
    }),
    (error) => error instanceof ExitError && error.reason === "killed",
  );
});

test("exit(reason) can be caught, and its process then goes on", () =>
  inSystem(function* () {
    try {
      exit("oops");
    } catch (error) {
      assert.ok(error instanceof ExitError);
      assert.equal(error.reason, "oops");
    }
    yield* yieldNow();
  }));
