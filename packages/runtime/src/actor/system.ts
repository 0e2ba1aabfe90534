/**
 * Systems of processes for TypeScript: one that is there by itself, started with its first process and run by the host's
 * event loop, and others that tests make, with time and schedule of their choice.
 */

import type { Process } from "../process/process.ts";
import { S } from "../process/stack.ts";
import { type Clock, type ClockKind, makeClock } from "../scheduler/clock.ts";
import { Driver } from "../scheduler/driver.ts";
import { lanesOf } from "../scheduler/lane-queue.ts";
import type { Policy } from "../scheduler/policy.ts";
import { type RunState, Scheduler } from "../scheduler/scheduler.ts";
import type { Pid as TermPid } from "../term/identifier.ts";
import { type CrashReport, printReport, reportOf } from "./crash.ts";
import { checkOptions } from "./options.ts";
import { KILL } from "./reason.ts";
import { unexpected } from "./show.ts";

/** What a system is made of. */
export interface SystemOptions {
  /**
   * `"real"` unless given. `"virtual"`: a sleep takes no time once all processes wait, and every run takes the same course.
   * `"fast"`: real time, but waiting is skipped.
   */
  readonly clock?: ClockKind | Clock;
  /** Of all random numbers, so that runs repeat. */
  readonly seed?: number;
  /** Which process runs next: in turn unless given. `shuffledSchedule(seed)` finds what depends on the order. */
  readonly policy?: Policy;
  /** Told of each process that an error ends; prints to `console.error` unless given. */
  readonly onCrash?: (report: CrashReport) => void;
  /** Whether only `settle` and `run` run processes, and not the host's event loop too. */
  readonly manual?: boolean;
}

/** A system of processes that knows no other. */
export class ActorSystem implements Disposable {
  /** @internal */
  readonly scheduler: Scheduler;
  /** Told of each process that an error ends. */
  onCrash: (report: CrashReport) => void;
  #driver: Driver | null;

  /** @internal */
  constructor(options: SystemOptions = {}, scheduler = new Scheduler()) {
    this.scheduler = scheduler;
    this.onCrash = options.onCrash ?? printReport;
    systems.set(scheduler, this);
    this.watchCrashes();
    this.#driver = options.manual ? null : new Driver(scheduler);
    this.#driver?.start();
  }

  /** Takes over the reports of TypeScript processes; those of others stay with whom they went to. @internal */
  watchCrashes(): void {
    const { scheduler } = this;
    const others = scheduler.onCrash;
    scheduler.onCrash = (process, raised, reason) => {
      const report = reportOf(process, reason);
      if (report === null) others(process, raised, reason);
      else this.onCrash(report);
    };
  }

  /**
   * Does something of the host's in this system: processes that it spawns belong here, names are looked up here, and what it returns to be
   * awaited runs here. It lasts until the action returns: what an async function does after its first `await` is outside again.
   */
  enter<Result>(action: () => Result): Result {
    const before = entered;
    entered = this;
    try {
      return action();
    } finally {
      entered = before;
    }
  }

  /**
   * Runs processes at once, until none can go on: all wait for messages, for what only the host can bring, or, on a real clock,
   * for a time yet to come.
   */
  settle(): RunState {
    return this.scheduler.run();
  }

  /** Ends all processes, without asking them. */
  [Symbol.dispose](): void {
    const { scheduler } = this;
    scheduler.enter(() => {
      for (const p of [...scheduler.processes.values()]) scheduler.exitSignal(p, p, KILL);
    });
    this.forget();
  }

  /** Lets go of the scheduler, whose processes somebody else is going to end. @internal */
  forget(): void {
    this.#driver?.stop();
    systems.delete(this.scheduler);
    if (standard === this) standard = null;
  }
}

const systems = new Map<Scheduler, ActorSystem>();
let standard: ActorSystem | null = null;
let entered: ActorSystem | null = null;

/**
 * A system for tests: the same seed gives the same run, and sleeps take no time.
 *
 * @example
 * using system = createSystem({ clock: "virtual", seed: 7 });
 * system.enter(() => spawn(function* () { yield* sleep(60_000); }));
 * system.settle();
 */
export function createSystem(options: SystemOptions = {}): ActorSystem {
  checkOptions(options, "clock, seed, policy, onCrash, manual");
  const { clock = "real", seed, policy, onCrash } = options;
  checkHandler(onCrash);
  if (seed !== undefined && typeof seed !== "number") throw unexpected("a seed is a number", seed);
  if (policy !== undefined && typeof policy?.choose !== "function")
    throw unexpected("a policy has a function choose", policy);
  const made = typeof (clock as Clock | null)?.now === "function" ? (clock as Clock) : makeClock(clock);
  if (!made) throw unexpected("a clock is real, virtual, fast, or has a function now", clock);
  const scheduler = new Scheduler(made);
  scheduler.seed = seed ?? null;
  if (policy !== undefined) lanesOf(scheduler).policy = policy;
  return new ActorSystem(options, scheduler);
}

/** From now on what is outside of processes belongs to this system. @internal */
export function makeDefault(system: ActorSystem): void {
  standard = system;
}

/** The system that everything outside of processes belongs to, unless `enter` says otherwise. */
export function defaultSystem(): ActorSystem {
  standard ??= new ActorSystem();
  return standard;
}

/**
 * Sets who is told of processes that an error ends, in the default system. Disposing of what it returns sets back what was before.
 *
 * @example
 * onCrash(({ pid, name, reason }) => log.error({ process: name ?? pid.id, err: reason }));
 */
export function onCrash(handler: (report: CrashReport) => void): Disposable {
  checkHandler(handler ?? null);
  const system = defaultSystem();
  const before = system.onCrash;
  system.onCrash = handler;
  return {
    [Symbol.dispose]() {
      system.onCrash = before;
    },
  };
}

function checkHandler(handler: unknown): void {
  if (handler !== undefined && typeof handler !== "function")
    throw unexpected("onCrash is a function that takes a report", handler);
}

/**
 * Milliseconds since the system started, with fractions, on its own clock: for ages and deadlines that pass in virtual time as well,
 * as those of `Date.now()` do not. Mirrors `System.monotonic_time(:millisecond)`.
 *
 * @example
 * const entry = { value, expires: now() + 60_000 };
 */
export function now(): number {
  return here().now();
}

/** The scheduler that runs; outside of a run, that of the system in use. @internal */
export function here(): Scheduler {
  return (S.system as Scheduler | null) ?? current().scheduler;
}

/** The system in use. @internal */
export function current(): ActorSystem {
  return (S.system && systems.get(S.system as Scheduler)) ?? entered ?? defaultSystem();
}

/** The scheduler that a process lives in: for the host, who may hold pids of several. @internal */
export function homeOf(pid: TermPid): Scheduler {
  if (S.p === null && pid)
    for (const scheduler of systems.keys()) if (scheduler.processes.get(pid.id) === pid) return scheduler;
  return here();
}

/** The running process. @internal */
export function running(what: string): Process {
  const p = S.p;
  if (p === null) throw new Error(`${what} is for processes: call it in a function* that spawn has started`);
  return p;
}
