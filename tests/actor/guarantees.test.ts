/**
 * What OTP promises, on processes of TypeScript under many random schedules in virtual time: nothing lost, nothing twice, nothing
 * left behind.
 */
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import {
  type ActorSystem,
  type CrashReport,
  Down,
  exit,
  isAlive,
  link,
  listProcesses,
  type MonitorRef,
  monitor,
  type Pid,
  receive,
  register,
  Supervisor,
  send,
  shuffledSchedule,
  sleep,
  spawn,
  spawnLink,
  whereis,
} from "../../packages/runtime/src/index.ts";
import { quiet } from "./system.ts";

type Order =
  | { type: "watch"; pid: Pid }
  | { type: "link"; pid: Pid }
  | { type: "name"; name: string }
  | { type: "tell"; pid: Pid; from: number; n: number }
  | { type: "told"; from: number; n: number }
  | { type: "end"; reason: string };

/** A process that does what it is told, and what it has seen. */
interface Actor {
  readonly pid: Pid<Order>;
  readonly watched: { ref: MonitorRef; pid: Pid }[];
  readonly downs: Down[];
  readonly told: { from: number; n: number }[];
}

function startActor(): Actor {
  const seen: Omit<Actor, "pid"> = { watched: [], downs: [], told: [] };
  const pid = spawn(function* () {
    for (;;) {
      const order = yield* receive<Order | Down>();
      if (order instanceof Down) seen.downs.push(order);
      else if (order.type === "watch") seen.watched.push({ ref: monitor(order.pid), pid: order.pid });
      else if (order.type === "link") link(order.pid);
      else if (order.type === "name") {
        if (whereis(order.name) === undefined)
          try {
            register(order.name);
          } catch {
            // It has a name already.
          }
      } else if (order.type === "tell") send(order.pid, { type: "told", from: order.from, n: order.n });
      else if (order.type === "told") seen.told.push({ from: order.from, n: order.n });
      else exit(order.reason);
    }
  });
  return { pid, ...seen };
}

interface Real {
  readonly system: ActorSystem;
  readonly actors: Actor[];
}

/** One step; actors are named by any number, modulo how many there are. */
type Step = { kind: string; a: number; b: number };

const step: fc.Arbitrary<Step> = fc.record({
  kind: fc.constantFrom(
    "spawn",
    "watch",
    "watch",
    "link",
    "name",
    "tell",
    "tell",
    "end",
    "kill",
    "run",
    "run",
  ),
  a: fc.nat(20),
  b: fc.nat(20),
});

function perform({ system, actors }: Real, { kind, a, b }: Step, n: number): void {
  const [one, other] = [actors[a % actors.length], actors[b % actors.length]];
  switch (kind) {
    case "spawn":
      return void actors.push(startActor());
    case "watch":
      return send(one.pid, { type: "watch", pid: other.pid });
    case "link":
      return send(one.pid, { type: "link", pid: other.pid });
    case "name":
      return send(one.pid, { type: "name", name: `name ${b % 3}` });
    case "tell":
      return send(one.pid, { type: "tell", pid: other.pid, from: a % actors.length, n });
    case "end":
      return send(one.pid, { type: "end", reason: ["normal", "bad"][b % 2] });
    case "kill":
      return exit(one.pid, ["kill", "shutdown", "normal"][b % 3]);
    default:
      system.scheduler.run(1 + b);
  }
}

test("every monitor tells once; order is kept; names and links of the dead are gone", () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 60 }), fc.nat(), (steps, seed) => {
      using system = quiet({ policy: shuffledSchedule(seed), manual: true });
      system.enter(() => {
        const real: Real = { system, actors: [startActor(), startActor(), startActor()] };
        steps.forEach((step, n) => perform(real, step, n));
        assert.equal(system.settle(), "idle");
        for (const { pid, watched, downs, told } of real.actors) {
          if (!isAlive(pid)) continue;
          for (const { ref, pid: target } of watched) {
            const count = downs.filter((down) => down.ref === ref).length;
            // A process that watches itself never hears of it.
            assert.equal(count, isAlive(target) ? 0 : 1, "a Down message lost or sent twice");
          }
          for (const from of new Set(told.map(({ from }) => from))) {
            const numbers = told.filter((one) => one.from === from).map(({ n }) => n);
            assert.deepEqual(
              numbers,
              numbers.toSorted((x, y) => x - y),
              "messages of one sender out of order",
            );
          }
        }
        for (let i = 0; i < 3; i++) {
          const named = whereis(`name ${i}`);
          assert.ok(named === undefined || isAlive(named), "a name of the dead");
        }
        for (const { links, monitors, monitoredBy } of listProcesses(system))
          for (const pid of [...links, ...monitors, ...monitoredBy])
            assert.ok(isAlive(pid), "a tie to the dead");
      });
    }),
    { numRuns: Number(process.env.RUNS ?? 300) },
  );
});

test("an abnormal end takes all that are linked along, and no others", () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 2, max: 12 }),
      fc.array(fc.tuple(fc.nat(11), fc.nat(11)), { maxLength: 20 }),
      fc.nat(11),
      fc.nat(),
      (size, pairs, first, seed) => {
        using system = quiet({ policy: shuffledSchedule(seed), manual: true });
        system.enter(() => {
          const actors = Array.from({ length: size }, startActor);
          const groups = actors.map((_, i) => i);
          for (const [a, b] of pairs) {
            const [i, j] = [a % size, b % size];
            send(actors[i].pid, { type: "link", pid: actors[j].pid });
            const [from, to] = [groups[i], groups[j]];
            if (i !== j) for (let k = 0; k < size; k++) if (groups[k] === from) groups[k] = to;
          }
          system.settle();
          exit(actors[first % size].pid, "bad");
          system.settle();
          const alive = actors.map(({ pid }) => isAlive(pid));
          assert.deepEqual(
            alive,
            groups.map((group) => group !== groups[first % size]),
          );
        });
      },
    ),
    { numRuns: Number(process.env.RUNS ?? 200) },
  );
});

test("no worker without its supervisor, and no supervisor beyond its intensity", () => {
  const strategies: Supervisor.Strategy[] = ["one_for_one", "one_for_all", "rest_for_one"];
  const kill = fc.record({ index: fc.nat(4), pause: fc.integer({ min: 0, max: 700 }) });
  fc.assert(
    fc.property(
      fc.constantFrom(...strategies),
      fc.integer({ min: 1, max: 5 }),
      fc.integer({ min: 0, max: 4 }),
      fc.array(kill, { maxLength: 25 }),
      fc.nat(),
      (strategy, size, intensity, kills, seed) => {
        const crashes: CrashReport[] = [];
        using system = quiet({ policy: shuffledSchedule(seed), manual: true, crashes });
        const period = 1000;
        const live = new Set<Pid>();
        let supervisor = undefined as unknown as Supervisor.SupervisorPid;
        const worker = (id: string): Supervisor.ChildSpec => ({
          id,
          start() {
            const pid = spawnLink(function* () {
              yield* receive();
            }) as Pid;
            live.add(pid);
            return pid;
          },
        });
        let [expected, ended] = [false, false];
        system.enter(() => {
          spawn(function* () {
            const ids = Array.from({ length: size }, (_, i) => `worker ${i}`);
            supervisor = yield* Supervisor.start(ids.map(worker), { strategy, intensity, period });
            let times: number[] = [];
            for (const { index, pause } of kills) {
              yield* sleep(pause);
              if (!isAlive(supervisor)) break;
              const children = yield* Supervisor.whichChildren(supervisor);
              for (const { pid } of children)
                assert.ok(typeof pid === "object" && pid !== null && isAlive(pid));
              // All that live are its children, and each is linked to it.
              const alive = [...live].filter(isAlive);
              assert.deepEqual(new Set(children.map(({ pid }) => pid)), new Set(alive));
              const now = system.scheduler.now();
              times = [...times.filter((time) => now - time <= period), now];
              expected = times.length > intensity;
              exit(children[index % size].pid as Pid, "kill");
              yield* sleep(1);
              ended = !isAlive(supervisor);
              assert.equal(ended, expected, `${times.length} restarts with an intensity of ${intensity}`);
            }
          });
        });
        system.settle();
        for (const { reason } of crashes) throw reason;
        if (ended)
          assert.deepEqual([...live].filter(isAlive), [], "workers that have outlived their supervisor");
        else exit(supervisor, "kill");
        system.settle();
        assert.deepEqual([...live].filter(isAlive), []);
      },
    ),
    { numRuns: Number(process.env.RUNS ?? 200) },
  );
});
