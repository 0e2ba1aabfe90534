/**
 * The scheduler: gives each runnable process a slice in turn, fires timers, and hands control back to the
 * host when it is time or nothing is left to do.
 *
 * A slice runs the process's entry and then its suspended callers, each with the value of the one before, until
 * the process blocks, ends or has used up its reductions. All of it happens inside `run`, which is
 * synchronous; between two runs the host's event loop has its turn.
 */
import { memoryOf } from "../process/memory.ts";
import {
  EXITING,
  HELD,
  MARK,
  PARKED,
  type Process,
  RUNNABLE,
  SUSPENDED,
  SYSTEM,
  WAITING,
} from "../process/process.ts";
import { S, takeRaised, U } from "../process/stack.ts";
import { type Guard, System } from "../process/system.ts";
import type { Timer } from "../process/timer.ts";
import type { TraceSink } from "../process/trace.ts";
import type { Term } from "../term/term.ts";
import { MOST_REDUCTIONS } from "./budget.ts";
import { type Clock, RealClock } from "./clock.ts";
import type { RandomSource } from "./random.ts";
import { RunQueue } from "./run-queue.ts";
import { TimerHeap } from "./timer-heap.ts";
import type { Waiting } from "./waiting.ts";

/** Why `run` has returned. */
export type RunState =
  /** There is more to run. */
  | "ready"
  /** All wait; the next timer is due at `nextDeadline`. */
  | "sleeping"
  /** All wait, some of them for the host. */
  | "held"
  /** All wait and nothing is going to happen: only the host can send something now. */
  | "idle"
  /** Somebody called `stop` or `halt`. */
  | "stopped";

/** Work between two looks at the clock: a full slice, or some tens of short ones. */
export const WORK_PER_LOOK = 4000;
export const WORK_OF_SWITCH = 100;

/** What the loop asks of whoever watches over limits; each may throw what ends the run. */
export interface SchedulerGuard extends Guard {
  begin(): void;
  /** Now and then, between slices. */
  look(): void;
  /** After each slice. */
  settle(): void;
}

/** Runs processes that have frames; see `frames.ts`. */
export interface FrameRunner {
  /** `S.p` is `null` afterwards if the slice is over since long: the process has waited in place (`place.ts`). */
  run(p: Process): void;
  /** The running process turned out to have frames, or to catch what it raises. */
  unwound(p: Process): void;
  /** See `place.ts`. */
  waitInPlace(): boolean;
  /** Whether all calls of a process can be seen; unless so the running process is to ask again when it runs next. */
  shows(p: Process): boolean;
}

/** The mark of the next scheduler; processes of Elixir have none. */
let made = 1;

export class Scheduler extends System {
  /** Replaced by one that knows priorities and policies when they are first asked for: `lanesOf`. */
  queue = new RunQueue();
  readonly timers = new TimerHeap();
  readonly clock: Clock;
  /** `null`: to be drawn when it is needed. */
  seed: number | null = null;
  /** See `randomOf`. */
  random: RandomSource | null = null;
  declare guard: SchedulerGuard | null;
  /** `null` while all bodies are TypeScript. */
  frames: FrameRunner | null = null;
  budget: number;
  /** Reductions that the running slice began with. */
  sliceBudget = 0;
  /** Who watches: see `watch`, where there may be several. */
  trace: TraceSink | null = null;
  /** Shared with who watches from another thread: slices begun, and the id of the running process or 0. */
  progress: Int32Array | null = null;
  /** Told when something became runnable, or a timer was set, while nobody runs the scheduler. */
  onWake: () => void = () => {};
  /** Flags of the TypeScript processes that it runs. */
  readonly mark = made++ << MARK;
  /** The status that `halt` was called with. */
  haltStatus: Term | null = null;

  /** Slices run so far. */
  slices = 0;
  /** Reductions used so far, in finished slices. */
  totalReductions = 0;
  /** Work since the last look at the clock. */
  work = 0;
  /** How many slices there may have been when the run ends; negative once it is to end at once. */
  lastSlice = 0;
  /** Whether `run` has been called and has not returned. */
  isRunning = false;
  /** Those that wait for the host; some may have ended meanwhile. */
  readonly held = new Set<Process>();

  constructor(clock: Clock = new RealClock(), budget = MOST_REDUCTIONS) {
    super();
    this.clock = clock;
    this.budget = budget;
  }

  ready(p: Process): void {
    this.queue.push(p);
    if (!this.isRunning) this.onWake();
  }

  now(): number {
    return this.clock.now();
  }

  arm(timer: Timer, deadline: number): void {
    // Those of before come first where deadlines are equal.
    this.armWaiting();
    this.timers.add(timer, deadline);
    if (!this.isRunning) this.onWake();
  }

  armSoon(timer: Timer, duration: number): void {
    this.timers.addSoon(timer, duration);
    if (!this.isRunning) this.onWake();
  }

  /** Reads the clock for the timeouts that have begun since it was read last. */
  armWaiting(): void {
    this.timers.settle(this.clock);
  }

  disarm(timer: Timer): void {
    this.timers.remove(timer);
  }

  /** When the next timer is due, on the clock of the scheduler; Infinity without one. */
  get nextDeadline(): number {
    this.armWaiting();
    return this.timers.first?.deadline ?? Infinity;
  }

  /** Whether code of the host's that is ready goes on before time is skipped. */
  yieldsToHost = false;
  #hasYielded = false;

  /** Makes this the system that `spawnFun` and the builtins work on, for code of the host outside of `run`. */
  enter<Result>(action: () => Result): Result {
    const { system, trace } = S;
    S.system = this;
    S.trace = this.trace;
    try {
      return action();
    } finally {
      S.system = system;
      S.trace = trace;
    }
  }

  // -- Running

  /**
   * Runs processes until none can run, at most so many slices, and until about the time given in
   * milliseconds of `performance.now()`.
   */
  run(maxSlices = Infinity, until = Infinity): RunState {
    if (S.p !== null) throw new Error("a scheduler cannot run inside a process");
    this.isRunning = true;
    // Not counted down: from Infinity each step would be a new object.
    this.lastSlice = this.haltStatus === null ? this.slices + maxSlices : -1;
    this.guard?.begin();
    try {
      return this.enter(() => this.#loop(until));
    } finally {
      this.isRunning = false;
      this.armWaiting();
      S.p = null as unknown as Process;
      S.raised = null;
    }
  }

  /** Ends the run after the current slice. */
  stop(): void {
    this.lastSlice = -1;
    S.r = 0;
  }

  #loop(until: number): RunState {
    this.work = WORK_PER_LOOK;
    let spent = this.totalReductions;
    for (;;) {
      if (this.work >= WORK_PER_LOOK) {
        this.armWaiting();
        this.clock.spend?.(this.totalReductions - spent);
        spent = this.totalReductions;
        this.work = 0;
        this.#fire();
        if (performance.now() >= until && !this.queue.isEmpty) return "ready";
        this.guard?.look();
      }
      if (this.slices >= this.lastSlice) return this.lastSlice < 0 ? "stopped" : "ready";
      const p = this.queue.shift();
      if (p !== null) this.turn(p);
      else {
        if (!this.queue.isEmpty) return "ready";
        this.work = WORK_PER_LOOK;
        const state = this.#idle();
        if (state !== null) return state;
      }
    }
  }

  /** Nothing is runnable. `null` when that has changed because time was skipped. */
  #idle(): RunState | null {
    for (const p of this.held) if (p.status !== HELD) this.held.delete(p);
    const due = this.nextDeadline;
    if (due <= this.now()) return null;
    if (this.held.size > 0) return "held";
    if (due === Infinity) return "idle";
    this.#hasYielded = this.yieldsToHost && !this.#hasYielded;
    if (this.#hasYielded) return "ready";
    return this.clock.skipTo(due) ? null : "sleeping";
  }

  #fire(): void {
    const { timers } = this;
    const now = this.now();
    for (let timer = timers.first; timer !== undefined && timer.deadline <= now; timer = timers.first) {
      timers.remove(timer);
      timer.fire(timer);
    }
  }

  /** Runs a process that has come out of the queue until it gives up its slice, unless it cannot run. */
  turn(p: Process): void {
    if (p.status !== RUNNABLE) return;
    if (p.flags & SUSPENDED) {
      p.flags |= PARKED;
      return;
    }
    const { trace } = S;
    trace?.({ type: "in", process: p });
    this.slices++;
    S.p = p;
    this.sliceBudget = S.r = this.queue.slice(this.budget);
    const { progress } = this;
    if (progress !== null) {
      progress[0]++;
      progress[1] = p.id;
    }
    if (this.frames !== null) this.frames.run(p);
    else this.#enter(p);
    if (S.p === null) return;
    if (progress !== null) progress[1] = 0;
    S.p = null as unknown as Process;
    const used = this.sliceBudget - S.r;
    p.reductions += used;
    this.totalReductions += used;
    this.work += used + WORK_OF_SWITCH;
    // What could not be done to a process while it was running.
    if (p.flags & EXITING) this.end(p, { kind: "signalled", reason: p.extra?.exitReason as Term });
    trace?.({ type: "out", process: p, reductions: used, status: p.status });
    if (p.status === RUNNABLE) this.queue.push(p);
    this.guard?.settle();
  }

  /** A slice of a process that has no frames, unless compiled code is loaded and called in this very slice. */
  #enter(p: Process): void {
    const value = p.entry!(p);
    if (value !== U) this.endReturned(p, value as Term);
    else if (this.frames !== null) this.frames.unwound(p);
    else if (S.raised !== null) this.endRaised(p, takeRaised());
  }
}

/** Whether nothing is going to happen unless the host does something. */
export function isIdle({ queue, timers, held }: Scheduler): boolean {
  return queue.isEmpty && timers.first === undefined && held.size === 0;
}

/** Ends the run for good. */
export function halt(scheduler: Scheduler, status: Term): void {
  scheduler.haltStatus = status;
  scheduler.stop();
}

/** Bytes of process records, stacks and mailboxes, roughly. Terms are not counted. */
export function memoryEstimate(scheduler: Scheduler): number {
  let total = 0;
  for (const p of scheduler.processes.values()) total += memoryOf(p);
  return total;
}

/** The processes of the program that wait: the answer to why nothing happens. */
export function waitingIn(scheduler: Scheduler): Waiting[] {
  const result: Waiting[] = [];
  for (const process of scheduler.processes.values()) {
    if (process.flags & SYSTEM || (process.status !== WAITING && process.status !== HELD)) continue;
    result.push({
      process,
      messages: process.mailboxLength,
      on: process.status === HELD ? "host" : "message",
    });
  }
  return result;
}

/** The scheduler that the running code belongs to. */
export function currentScheduler(): Scheduler {
  return S.system as Scheduler;
}
