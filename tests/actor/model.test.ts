/**
 * Signals between processes of TypeScript, beside a model of a hundred lines that knows none: random commands, each under a random
 * schedule; after each, who lives, who is told what, who has which name must be what the model says.
 */
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import {
  type ActorSystem,
  Down,
  demonitor,
  Exit,
  exit,
  isAlive,
  link,
  type MonitorRef,
  monitor,
  type Pid,
  receive,
  register,
  send,
  shuffledSchedule,
  spawn,
  trapExit,
  unlink,
  whereis,
} from "../../packages/runtime/src/index.ts";
import { quiet } from "./system.ts";

/** What a process does when it is told to, in its own name. */
type Deed = () => void;

interface Real {
  readonly system: ActorSystem;
  readonly pids: Pid<{ deed: Deed }>[];
  /** By process: what it has been told, as text, in any order. */
  readonly told: string[][];
  readonly refs: { owner: number; ref: MonitorRef }[];
  readonly deeds: Deed[];
}

interface ModelProcess {
  alive: boolean;
  traps: boolean;
  name: string | null;
  readonly links: Set<number>;
  readonly told: string[];
  /** How much of it the process has read: what it is told by the deed of which it dies, it never reads. */
  read: number;
}

interface Model {
  readonly processes: ModelProcess[];
  readonly monitors: { owner: number; target: number; active: boolean }[];
}

function endOf(model: Model, id: number, reason: string): void {
  const process = model.processes[id];
  if (!process.alive) return;
  process.alive = false;
  process.name = null;
  process.told.length = process.read;
  for (const other of process.links) {
    model.processes[other].links.delete(id);
    if (model.processes[other].traps) tell(model, other, `exit ${id} ${reason}`);
    else if (reason !== "normal") endOf(model, other, reason);
  }
  process.links.clear();
  for (const one of model.monitors) {
    if (!one.active || (one.owner !== id && one.target !== id)) continue;
    one.active = false;
    if (one.owner !== id) tell(model, one.owner, `down ${id} ${reason}`);
  }
}

function tell(model: Model, id: number, what: string): void {
  if (model.processes[id].alive) model.processes[id].told.push(what);
}

function signal(model: Model, from: number, to: number, reason: string): void {
  const { alive, traps } = model.processes[to];
  if (!alive) return;
  if (reason === "kill") endOf(model, to, "killed");
  else if (traps) tell(model, to, `exit ${from} ${reason}`);
  else if (reason !== "normal" || from === to) endOf(model, to, reason);
}

function startReal(real: Real): void {
  const told: string[] = [];
  const idOf = (pid: Pid) => real.pids.indexOf(pid);
  real.told.push(told);
  real.pids.push(
    spawn(function* () {
      for (;;) {
        const message = yield* receive<{ deed: number } | Down | Exit>();
        if (message instanceof Down) told.push(`down ${idOf(message.pid as Pid)} ${message.reason}`);
        else if (message instanceof Exit) told.push(`exit ${idOf(message.pid)} ${message.reason}`);
        else real.deeds[message.deed]();
      }
    }) as Pid,
  );
}

const NAMES = ["ada", "joe", "robert"];
const REASONS = ["normal", "shutdown", "bad", "kill"];

/** A command of the process `a`, if it lives, about the process `b`; both are numbers modulo how many there are. */
class Command implements fc.Command<Model, Real> {
  readonly kind: string;
  readonly a: number;
  readonly b: number;
  readonly n: number;

  constructor(kind: string, a: number, b: number, n: number) {
    this.kind = kind;
    this.a = a;
    this.b = b;
    this.n = n;
  }

  check(model: Model): boolean {
    return this.kind === "spawn" || model.processes[this.a % model.processes.length].alive;
  }

  run(model: Model, real: Real): void {
    const count = model.processes.length;
    const [a, b] = [this.a % count, this.b % count];
    const deed = this.#perform(model, real, a, b);
    if (deed !== null) {
      real.deeds.push(deed);
      send(real.pids[a], { deed: (real.deeds.length - 1) as never });
    }
    real.system.settle();
    compare(model, real);
    for (const process of model.processes) process.read = process.told.length;
  }

  /** Does it in the model, and gives what the real process is to do; `null` when the host does it. */
  #perform(model: Model, real: Real, a: number, b: number): Deed | null {
    const { n } = this;
    const [one, other] = [model.processes[a], model.processes[b]];
    const target = real.pids[b];
    const reason = REASONS[n % REASONS.length];
    switch (this.kind) {
      case "spawn":
        model.processes.push({ alive: true, traps: false, name: null, links: new Set(), told: [], read: 0 });
        startReal(real);
        return null;
      case "link":
        if (a !== b && !other.alive) {
          if (one.traps) tell(model, a, `exit ${b} noproc`);
          else endOf(model, a, "noproc");
        } else if (a !== b) {
          one.links.add(b);
          other.links.add(a);
        }
        return () => link(target);
      case "unlink":
        one.links.delete(b);
        other.links.delete(a);
        return () => unlink(target);
      case "monitor": {
        const active = a !== b && other.alive;
        model.monitors.push({ owner: a, target: b, active });
        if (!other.alive) tell(model, a, `down ${b} noproc`);
        return () => real.refs.push({ owner: a, ref: monitor(target) });
      }
      case "demonitor": {
        const own = model.monitors.flatMap((one, i) => (one.owner === a ? [i] : []));
        if (own.length === 0) return () => {};
        const chosen = own[n % own.length];
        const expected = model.monitors[chosen].active;
        model.monitors[chosen].active = false;
        return () => assert.equal(demonitor(real.refs[chosen].ref), expected);
      }
      case "register": {
        const name = NAMES[n % NAMES.length];
        const isFree = model.processes.every((process) => process.name !== name);
        const works = isFree && one.name === null;
        if (works) one.name = name;
        return () => {
          if (works) register(name);
          else assert.throws(() => register(name), /registered already/);
        };
      }
      case "trap":
        one.traps = n % 2 === 0;
        return () => trapExit(n % 2 === 0);
      case "signal":
        signal(model, a, b, reason);
        return () => exit(target, reason);
      default:
        // An exit of its own is not `kill`'s: that is a reason like others there.
        endOf(model, a, reason);
        return () => exit(reason);
    }
  }

  toString(): string {
    return `${this.kind}(${this.a}, ${this.b}, ${this.n})`;
  }
}

function compare(model: Model, real: Real): void {
  assert.deepEqual(
    real.pids.map(isAlive),
    model.processes.map(({ alive }) => alive),
  );
  assert.deepEqual(
    real.told.map((told) => told.toSorted()),
    model.processes.map(({ told }) => told.toSorted()),
  );
  for (const name of NAMES) {
    const id = model.processes.findIndex((process) => process.name === name);
    assert.equal(whereis(name), real.pids[id]);
  }
}

test("links, monitors, names, exits and trapping do what the model says", () => {
  const kinds = ["spawn", "link", "unlink", "monitor", "demonitor", "register", "trap", "signal", "exit"];
  const command = fc
    .tuple(fc.constantFrom(...kinds), fc.nat(9), fc.nat(9), fc.nat(11))
    .map(([kind, a, b, n]) => new Command(kind, a, b, n));
  fc.assert(
    fc.property(fc.commands([command], { maxCommands: 80 }), fc.nat(), (commands, seed) => {
      using system = quiet({ policy: shuffledSchedule(seed), manual: true });
      system.enter(() =>
        fc.modelRun(() => {
          const model: Model = { processes: [], monitors: [] };
          const real: Real = { system, pids: [], told: [], refs: [], deeds: [] };
          for (let i = 0; i < 4; i++) new Command("spawn", 0, 0, 0).run(model, real);
          return { model, real };
        }, commands),
      );
    }),
    { numRuns: Number(process.env.RUNS ?? 10_000) },
  );
});
