/** Supervisors, with processes that fail. */
import assert from "node:assert/strict";
import { test } from "node:test";
import {
  type Body,
  cast,
  DynamicSupervisor,
  exit,
  GenServer,
  isAlive,
  type Pid,
  processTree,
  receive,
  run,
  StartError,
  Supervisor,
  self,
  send,
  sleep,
  spawnLink,
  trapExit,
  untilExit,
  whereis,
  yieldNow,
} from "../../packages/runtime/src/index.ts";
import { inSystem } from "./system.ts";

/** A child that sends its id to `to` when it starts, and ends with the reason that it is sent. */
function worker(
  id: string,
  to: Pid = self(),
  options: Partial<Supervisor.ChildSpec> = {},
): Supervisor.ChildSpec {
  return {
    id,
    start: () =>
      spawnLink(
        function* () {
          send(to, id);
          exit(yield* receive());
        },
        { name: id },
      ),
    ...options,
  };
}

function* started(count: number): Body<string[]> {
  const ids: string[] = [];
  while (ids.length < count) ids.push(yield* receive<string>());
  return ids;
}

test("children start in order, and are listed", () =>
  inSystem(function* () {
    const supervisor = yield* Supervisor.start([worker("a"), worker("b")]);
    assert.deepEqual(yield* started(2), ["a", "b"]);
    assert.deepEqual(yield* Supervisor.whichChildren(supervisor), [
      { id: "a", pid: whereis("a"), type: "worker" },
      { id: "b", pid: whereis("b"), type: "worker" },
    ]);
    assert.deepEqual(yield* Supervisor.countChildren(supervisor), {
      specs: 2,
      active: 2,
      supervisors: 0,
      workers: 2,
    });
  }));

test("one_for_one: the child that has ended is restarted", () =>
  inSystem(function* () {
    yield* Supervisor.start([worker("a"), worker("b")]);
    yield* started(2);
    const [a, b] = [whereis("a") as Pid, whereis("b")];
    send(a, "oops");
    assert.deepEqual(yield* started(1), ["a"]);
    assert.notEqual(whereis("a"), a);
    assert.equal(whereis("b"), b);
  }));

test("rest_for_one: those started after it are restarted with it", () =>
  inSystem(function* () {
    yield* Supervisor.start([worker("a"), worker("b"), worker("c")], { strategy: "rest_for_one" });
    yield* started(3);
    const a = whereis("a");
    send("b", "oops");
    assert.deepEqual(yield* started(2), ["b", "c"]);
    assert.equal(whereis("a"), a);
  }));

test("one_for_all: all are ended in reverse and started in order", () =>
  inSystem(function* () {
    const me = self();
    const ending = (id: string): Supervisor.ChildSpec =>
      GenServer.child(
        {
          init() {
            trapExit(true);
            send(me, id);
            return { state: null };
          },
          handleCast: (reason: string) => ({ stop: reason }),
          terminate: () => send(me, `end ${id}`),
        },
        undefined,
        { name: id },
      );
    yield* Supervisor.start([ending("a"), ending("b"), ending("c")], { strategy: "one_for_all" });
    yield* started(3);
    cast("b", "shutdown");
    assert.deepEqual(yield* started(6), ["end b", "end c", "end a", "a", "b", "c"]);
  }));

test("too many restarts: the supervisor ends its children and itself", () =>
  inSystem(function* () {
    const supervisor = yield* Supervisor.start([worker("a"), worker("b")], { intensity: 2, period: 1000 });
    yield* started(2);
    for (let i = 0; i < 2; i++) {
      send("a", "oops");
      yield* started(1);
    }
    const ended = untilExit(supervisor);
    send("a", "oops");
    assert.equal(yield* ended, "shutdown");
    assert.equal(whereis("b"), undefined);
  }));

test("restarts that are long ago do not count", () =>
  inSystem(function* () {
    const supervisor = yield* Supervisor.start([worker("a")], { intensity: 1, period: 1000 });
    yield* started(1);
    for (let i = 0; i < 5; i++) {
      yield* sleep(1001);
      send("a", "oops");
      yield* started(1);
    }
    assert.ok(isAlive(supervisor));
  }));

test("restart types: temporary never, transient after an abnormal end", () =>
  inSystem(function* () {
    const supervisor = yield* Supervisor.start([
      worker("temporary", self(), { restart: "temporary" }),
      worker("transient", self(), { restart: "transient" }),
    ]);
    yield* started(2);
    send("temporary", "oops");
    send("transient", "oops");
    assert.deepEqual(yield* started(1), ["transient"]);
    send("transient", "normal");
    yield* sleep(1);
    assert.deepEqual(yield* Supervisor.whichChildren(supervisor), [
      { id: "transient", pid: null, type: "worker" },
    ]);
  }));

test("a significant child that ends by itself ends the supervisor", () =>
  inSystem(function* () {
    const supervisor = yield* Supervisor.start(
      [worker("main", self(), { restart: "transient", significant: true }), worker("helper")],
      { autoShutdown: "any_significant" },
    );
    yield* started(2);
    send("main", "normal");
    assert.equal(yield* untilExit(supervisor), "shutdown");
    assert.equal(whereis("helper"), undefined);
  }));

test("a child that cannot be restarted is tried again until the intensity is reached", () =>
  inSystem(function* () {
    let attempts = 0;
    const fragile: Supervisor.ChildSpec = {
      id: "fragile",
      start: () =>
        GenServer.startLink(
          {
            init: () => (attempts++ === 0 ? { state: null } : { stop: "no luck" }),
            handleCast: (reason: string) => ({ stop: reason }),
          },
          undefined,
          { name: "fragile" },
        ),
    };
    const supervisor = yield* Supervisor.start([fragile], { intensity: 3 });
    cast("fragile", "shutdown");
    assert.equal(yield* untilExit(supervisor), "shutdown");
    assert.equal(attempts, 4);
  }));

test("a child that cannot be started: those before it are ended, and the error names it", () =>
  inSystem(function* () {
    const bad: Supervisor.ChildSpec = {
      id: "bad",
      start() {
        throw new Error("no");
      },
    };
    try {
      yield* Supervisor.start([worker("good"), bad]);
      assert.fail();
    } catch (error) {
      assert.ok(error instanceof StartError);
      assert.match(String(error.cause), /the child "bad" could not be started: no/);
    }
    assert.equal(whereis("good"), undefined);
  }));

test("a child that does not end in time is killed", () =>
  inSystem(function* () {
    const stubborn: Supervisor.ChildSpec = {
      id: "stubborn",
      shutdown: 100,
      start: () =>
        spawnLink(
          function* () {
            trapExit(true);
            for (;;) yield* receive();
          },
          { name: "stubborn" },
        ),
    };
    const supervisor = yield* Supervisor.start([stubborn]);
    yield* yieldNow();
    const reason = untilExit(whereis("stubborn") as Pid);
    const stopped = run(() => GenServer.stop(supervisor)[Symbol.iterator]() as Body);
    assert.equal(yield* reason, "killed");
    void stopped;
  }));

test("children are started, ended, restarted and deleted by request", () =>
  inSystem(function* () {
    const supervisor = yield* Supervisor.start([]);
    const a = yield* Supervisor.startChild(supervisor, worker("a"));
    try {
      yield* Supervisor.startChild(supervisor, worker("a"));
      assert.fail();
    } catch (error) {
      assert.equal((error as StartError).reason, "already_started");
    }
    yield* Supervisor.terminateChild(supervisor, "a");
    assert.equal(isAlive(a), false);
    assert.ok(isAlive(yield* Supervisor.restartChild(supervisor, "a")));
    yield* Supervisor.terminateChild(supervisor, "a");
    yield* Supervisor.deleteChild(supervisor, "a");
    assert.deepEqual(yield* Supervisor.whichChildren(supervisor), []);
    try {
      yield* Supervisor.terminateChild(supervisor, "a");
      assert.fail();
    } catch (error) {
      assert.match(String(error), /the supervisor has no child "a": "not_found"/);
    }
  }));

test("a dynamic supervisor starts children by request, and restarts them alone", () =>
  inSystem(function* () {
    const supervisor = yield* DynamicSupervisor.start({ maxChildren: 2 });
    const a = yield* DynamicSupervisor.startChild(supervisor, worker("a"));
    yield* DynamicSupervisor.startChild(supervisor, worker("b", self(), { restart: "temporary" }));
    yield* started(2);
    try {
      yield* DynamicSupervisor.startChild(supervisor, worker("c"));
      assert.fail();
    } catch (error) {
      assert.equal((error as StartError).reason, "max_children");
    }
    send(a, "oops");
    send("b", "oops");
    assert.deepEqual(yield* started(1), ["a"]);
    yield* yieldNow();
    assert.deepEqual(yield* DynamicSupervisor.whichChildren(supervisor), [
      { id: "a", pid: whereis("a"), type: "worker" },
    ]);
    yield* DynamicSupervisor.terminateChild(supervisor, whereis("a") as Pid);
    assert.equal((yield* DynamicSupervisor.countChildren(supervisor)).active, 0);
  }));

test("the tree shows who supervises whom, with states", () =>
  inSystem(function* () {
    const counter = GenServer.child({ init: () => ({ state: 7 }) }, undefined, { name: "counter" });
    yield* Supervisor.start([Supervisor.child([counter], { name: "inner", id: "inner" })], { name: "top" });
    const [top] = processTree()
      .flatMap((node) => [node, ...node.children])
      .filter(({ name }) => name === "top");
    assert.equal(top.kind, "Supervisor");
    const [inner] = top.children;
    assert.deepEqual([inner.name, inner.kind], ["inner", "Supervisor"]);
    const [leaf] = inner.children;
    assert.deepEqual([leaf.name, leaf.kind, leaf.state], ["counter", "GenServer", 7]);
  }));
