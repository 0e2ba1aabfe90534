/**
 * Processes that come and go leave nothing behind: memory is flat. Many live all the time, idle, in pairs of links, watched, named or with
 * a timeout; each round ends a third of them in every way there is, starts as many, and sends to others. Seconds for each run of the tests;
 * `SOAK=10 node --test tests/actor/soak.test.ts` lets a million live for ten minutes.
 */
import assert from "node:assert/strict";
import { test } from "node:test";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import {
  type ActorSystem,
  call,
  createSystem,
  GenServer,
  isAlive,
  link,
  monitor,
  type Pid,
  receive,
  run,
  send,
  sleep,
  spawn,
} from "../../packages/runtime/src/index.ts";
import { randomOf } from "../../packages/runtime/src/scheduler/random.ts";

setFlagsFromString("--expose-gc");
const collect: () => void = runInNewContext("gc");

const minutes = Number(process.env.SOAK ?? 0);
const population = minutes > 0 ? 1_000_000 : 20_000;
const time = minutes > 0 ? minutes * 60_000 : 1_000;
/** Rounds until processes of all ages are there: a page of the process table lives as long as the oldest of its 256. */
const WARM_UP = 12;
const LEAST_ROUNDS = WARM_UP + (minutes > 0 ? 2 : 8);
/** How much more may be in use at the end than after the warm-up: what the engine keeps, and chance. */
const SLACK = 1_000_000 + 0.01 * population * 600;

type Order = "stop" | "crash" | { type: "work"; n: number };

/** Waits for orders, for as long as is given. */
function* obey(after = Infinity) {
  for (;;) {
    const order = yield* receive<Order>({ after });
    if (order === undefined || order === "stop") return;
    if (order === "crash") throw new Error("crash");
  }
}

function* idle() {
  yield* obey();
}

function* impatient() {
  yield* obey(60_000);
}

/** Some process of any kind; `other` may be dead. */
function startOne(kind: number, other: Pid<Order> | undefined): Pid<Order> {
  if (kind === 0) return spawn(impatient);
  if (kind === 1 && other !== undefined)
    return spawn(function* () {
      link(other);
      yield* idle();
    });
  if (kind === 2 && other !== undefined)
    return spawn(function* () {
      monitor(other);
      yield* idle();
    });
  return spawn(idle, kind === 3 ? { label: "idle" } : undefined);
}

/** Ends a third, by a message, an error, a link or a timeout, and replaces what has ended. */
function round(system: ActorSystem, pids: Pid<Order>[]): void {
  const random = randomOf(system.scheduler);
  const any = () => random.below(pids.length);
  const ends: Order[] = ["stop", "stop", "crash"];
  system.enter(() => {
    void run(function* () {
      const adder = yield* GenServer.start(
        {
          init: (by: number) => ({ state: by }),
          handleCall: (n: number, _from, by: number) => ({ reply: n + by }),
        },
        1,
        { name: "adder" },
      );
      for (let i = 0; i < pids.length / 3; i++) {
        const slot = any();
        send(pids[slot], ends[i % ends.length]);
        pids[slot] = startOne(random.below(8), pids[any()]);
        send(pids[any()], { type: "work", n: i });
        if (i % 10_000 === 0) yield* sleep(1);
      }
      for (let i = 0; i < 1000; i++) assert.equal(yield* call(adder, i), i + 1);
      yield* GenServer.stop(adder);
    });
    // Time passes until nothing more is due.
    assert.equal(system.settle(), "idle");
    for (let slot = 0; slot < pids.length; slot++)
      if (!isAlive(pids[slot])) pids[slot] = spawn(idle) as Pid<Order>;
  });
  system.settle();
}

test(`${population} processes live, end and are replaced: the heap stays as it is`, (t) => {
  using system = createSystem({ manual: true, clock: "virtual", seed: 1, onCrash: () => {} });
  const { processes, names, timers } = system.scheduler;
  const pids: Pid<Order>[] = [];
  system.enter(() => {
    for (let i = 0; i < population; i++) pids.push(startOne(i % 8, pids[i - 1]));
  });
  system.settle();
  const heaps: number[] = [];
  const until = performance.now() + time;
  let rounds = 0;
  for (; performance.now() < until || rounds < LEAST_ROUNDS; rounds++) {
    round(system, pids);
    assert.deepEqual([processes.size, names.size, timers.first], [population, 0, undefined]);
    if (rounds < WARM_UP) continue;
    collect();
    heaps.push(process.memoryUsage().heapUsed);
  }
  const [first] = heaps;
  const more = heaps.at(-1)! - first;
  t.diagnostic(
    `${rounds} rounds, ${system.scheduler.started} processes; ${(first / 1e6).toFixed(1)} MB at first, ` +
      `at most ${(Math.max(...heaps) / 1e6).toFixed(1)}, in the end ${(more / 1e6).toFixed(2)} more`,
  );
  assert.ok(more < SLACK, `${more} bytes more after ${rounds} rounds`);
});
