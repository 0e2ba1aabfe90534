/**
 * Systems of processes for TypeScript: one that is there by itself, started with its first process and run by the host's
 * event loop, and others that tests make, with time and schedule of their choice.
 */
import { EXITED, Process } from "../process/process.ts";
import { S } from "../process/stack.ts";
import { Driver } from "../scheduler/driver.ts";
import { type RunState, Scheduler, type SchedulerOptions } from "../scheduler/scheduler.ts";
import type { Pid as AnyPid } from "../term/identifier.ts";
import { type CrashReport, printReport, reportOf } from "./crash.ts";
import { KILL } from "./reason.ts";

export interface SystemOptions extends SchedulerOptions {
  /** Told of each process that an error ends; prints to `console.error` unless given. */
  readonly onCrash?: (report: CrashReport) => void;
  /** Whether only `run` runs processes, and not the host's event loop too. */
  readonly manual?: boolean;
}

/** A system of processes that knows no other. */
export class ActorSystem {
  readonly scheduler: Scheduler;
  onCrash: (report: CrashReport) => void;
  readonly #driver: Driver | null;

  constructor(options: SystemOptions = {}, scheduler = new Scheduler(options)) {
    this.scheduler = scheduler;
    this.onCrash = options.onCrash ?? printReport;
    systems.set(scheduler, this);
    const { onCrash } = scheduler;
    scheduler.onCrash = (process, raised, reason) => {
      if (!this.report(reportOf(process, reason))) onCrash(process, raised, reason);
    };
    this.#driver = options.manual ? null : new Driver(scheduler);
    this.#driver?.start();
  }

  /** @internal */
  report(report: CrashReport | null): boolean {
    if (report === null) return false;
    this.onCrash(report);
    return true;
  }

  /** Does something of the host's in this system: processes that it spawns belong here. */
  enter<Result>(action: () => Result): Result {
    const before = entered;
    entered = this;
    try {
      return action();
    } finally {
      entered = before;
    }
  }

  /** Runs processes at once, until all wait for what only the host can bring or for a time yet to come. */
  run(): RunState {
    return this.scheduler.run();
  }

  /** Ends all processes, without asking them. */
  [Symbol.dispose](): void {
    const { scheduler } = this;
    scheduler.enter(() => {
      for (const p of [...scheduler.processes.values()]) scheduler.exitSignal(p, p, KILL);
    });
    this.#driver?.stop();
    systems.delete(scheduler);
    if (standard === this) standard = null;
  }
}

const systems = new Map<Scheduler, ActorSystem>();
let standard: ActorSystem | null = null;
let entered: ActorSystem | null = null;

/**
 * A system for tests: `createSystem({ clock: "virtual", seed: 7 })` repeats exactly, and its sleeps take no time.
 *
 * @example
 * using system = createSystem({ clock: "virtual", manual: true });
 * system.enter(() => spawn(function* () { yield* sleep(60_000); }));
 * system.run();
 */
export function createSystem(options: SystemOptions = {}): ActorSystem {
  return new ActorSystem(options);
}

/** The system that everything outside of processes belongs to. */
export function defaultSystem(): ActorSystem {
  standard ??= new ActorSystem();
  return standard;
}

/** Makes a system the default, such as one that runs Elixir. */
export function useSystem(system: ActorSystem): void {
  standard = system;
}

/** The scheduler of the running process; outside, that of the system in use. @internal */
export function here(): Scheduler {
  return S.p === null ? (entered ?? defaultSystem()).scheduler : (S.system as Scheduler);
}

/** The system of a scheduler. @internal */
export function systemOf(scheduler: Scheduler): ActorSystem {
  return systems.get(scheduler) ?? defaultSystem();
}

/** The scheduler that a process lives in: for the host, who may hold pids of several. @internal */
export function homeOf(pid: AnyPid): Scheduler {
  if (S.p !== null) return S.system as Scheduler;
  if (pid instanceof Process && pid.status !== EXITED) {
    for (const scheduler of systems.keys()) if (scheduler.processes.get(pid.id) === pid) return scheduler;
  }
  return here();
}

/** The running process. @internal */
export function running(what: string): Process {
  const p = S.p;
  if (p === null) throw new Error(`${what} is for processes: call it in a function* that spawn has started`);
  return p;
}
