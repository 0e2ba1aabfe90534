/**
 * The scheduler: gives each runnable process a slice in turn, fires timers, and hands control back to the
 * host when it is time or nothing is left to do.
 *
 * A slice runs the process's entry and then its suspended callers, each with the value of the one before, until
 * the process blocks, ends or has used up its reductions. All of it happens inside `run`, which is
 * synchronous; between two runs the host's event loop has its turn.
 */
import { toRaised } from "../process/host-error.ts";
import { LimitExceeded, NO_LIMITS } from "../process/limit.ts";
import { memoryOf } from "../process/memory.ts";
import {
  EXITED,
  EXITING,
  HELD,
  HIBERNATING,
  PARKED,
  type Process,
  RUNNABLE,
  SUSPENDED,
  SYSTEM,
  WAITING,
} from "../process/process.ts";
import {
  dropFrames,
  F,
  flushFrames,
  popFrame,
  resumeRaising,
  resumeWith,
  S,
  takeRaised,
  U,
  unwindToCatch,
} from "../process/stack.ts";
import { System } from "../process/system.ts";
import type { Task } from "../process/task.ts";
import type { Timer } from "../process/timer.ts";
import type { TraceSink } from "../process/trace.ts";
import type { Raised } from "../term/error.ts";
import type { Term } from "../term/term.ts";
import { defaultBudget, MOST_REDUCTIONS } from "./budget.ts";
import { type Clock, makeClock } from "./clock.ts";
import type { SchedulerOptions } from "./options.ts";
import { freshSeed, RandomSource } from "./random.ts";
import { RunQueue } from "./run-queue.ts";
import { TimerHeap } from "./timer-heap.ts";
import type { Waiting } from "./waiting.ts";

export type { SchedulerOptions };

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
const WORK_PER_LOOK = 4000;
const WORK_OF_SWITCH = 100;
const MILLISECONDS_PER_MEMORY_CHECK = 50;
/** How often a limit may be exceeded within one slice. */
const PATIENCE = 1000;

export class Scheduler extends System {
  readonly queue = new RunQueue();
  readonly timers = new TimerHeap();
  readonly clock: Clock;
  readonly seed: number;
  /** Replaced to repeat what comes next. */
  random: RandomSource;
  budget: number;
  /** Reductions that the running slice began with. */
  sliceBudget = 0;
  trace: TraceSink | null;
  /** Shared with who watches from another thread: slices begun, and the id of the running process or 0. */
  progress: Int32Array | null = null;
  /** Told when something became runnable, or a timer was set, while nobody runs the scheduler. */
  onWake: () => void = () => {};
  /** The status that `halt` was called with. */
  haltStatus: Term | null = null;

  /** Slices run so far. */
  slices = 0;
  /** Reductions used so far, in finished slices. */
  totalReductions = 0;
  #running = false;
  #stopped = false;
  readonly #held = new Set<Process>();
  readonly #heapUsed: (() => number) | null;
  #startedAt = -1;
  #nextMemoryCheck = 0;
  #output = 0;
  #exceeded: LimitExceeded | null = null;
  #exceededOften = 0;

  constructor(options: SchedulerOptions = {}) {
    super();
    this.budget = options.budget ?? defaultBudget();
    if (!(this.budget >= 1 && this.budget <= MOST_REDUCTIONS)) {
      throw new RangeError(`a slice has 1 to ${MOST_REDUCTIONS} reductions, not ${this.budget}`);
    }
    this.clock = typeof options.clock === "object" ? options.clock : makeClock(options.clock ?? "real");
    this.seed = options.seed ?? freshSeed();
    this.random = new RandomSource(this.seed);
    this.queue.policy = options.policy ?? null;
    this.limits = { ...NO_LIMITS, ...options.limits };
    this.trace = options.trace ?? null;
    this.#heapUsed = options.heapUsed ?? null;
  }

  ready(p: Process): void {
    this.queue.push(p);
    if (!this.#running) this.onWake();
  }

  now(): number {
    return this.clock.now();
  }

  arm(timer: Timer, deadline: number): void {
    // Those of before come first where deadlines are equal.
    this.armWaiting();
    this.timers.add(timer, deadline);
    if (!this.#running) this.onWake();
  }

  armSoon(timer: Timer, duration: number): void {
    this.timers.addSoon(timer, duration);
    if (!this.#running) this.onWake();
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

  get isRunning(): boolean {
    return this.#running;
  }

  /** Whether nothing is going to happen unless the host does something. */
  get isIdle(): boolean {
    return this.queue.isEmpty && this.timers.first === undefined && this.#held.size === 0;
  }

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
    const { system, trace } = S;
    S.system = this;
    S.trace = this.trace;
    this.#running = true;
    this.#stopped = this.haltStatus !== null;
    if (this.#startedAt < 0) this.#startedAt = performance.now();
    try {
      return this.#loop(maxSlices, until);
    } finally {
      this.#running = false;
      this.armWaiting();
      S.p = null as unknown as Process;
      S.system = system;
      S.trace = trace;
      S.raised = null;
      dropFrames();
    }
  }

  /** Ends the run after the current slice. */
  stop(): void {
    this.#stopped = true;
    S.r = 0;
  }

  /** Ends the run for good. */
  halt(status: Term): void {
    this.haltStatus = status;
    this.stop();
  }

  #loop(maxSlices: number, until: number): RunState {
    const { queue, timers } = this;
    let left = maxSlices;
    let work = WORK_PER_LOOK;
    let spent = this.totalReductions;
    for (;;) {
      if (work >= WORK_PER_LOOK) {
        this.armWaiting();
        this.clock.spend?.(this.totalReductions - spent);
        spent = this.totalReductions;
        work = 0;
        if (timers.size > 0) this.#fire();
        if (performance.now() >= until && !queue.isEmpty) return "ready";
        this.#checkLimits();
        if (this.#exceeded !== null) this.#endExceeded();
      }
      if (this.#stopped) return "stopped";
      if (left <= 0) return "ready";
      const p = queue.shift();
      if (p === null) {
        if (!queue.isEmpty) return "ready";
        work = WORK_PER_LOOK;
        const state = this.#idle();
        if (state !== null) return state;
        continue;
      }
      if (p.status !== RUNNABLE) continue;
      if (p.flags & SUSPENDED) {
        p.flags |= PARKED;
        continue;
      }
      left--;
      this.slices++;
      const before = p.reductions;
      this.#slice(p);
      work += p.reductions - before + WORK_OF_SWITCH;
      if (p.status === RUNNABLE) queue.push(p);
      if (this.#exceeded !== null) this.#endExceeded();
    }
  }

  /** Nothing is runnable. `null` when that has changed because time was skipped. */
  #idle(): RunState | null {
    for (const p of this.#held) if (p.status !== HELD) this.#held.delete(p);
    this.armWaiting();
    const { first } = this.timers;
    if (first !== undefined) {
      if (first.deadline <= this.now()) return null;
      if (this.#held.size > 0) return "held";
      this.#hasYielded = this.yieldsToHost && !this.#hasYielded;
      if (this.#hasYielded) return "ready";
      return this.clock.skipTo(first.deadline) ? null : "sleeping";
    }
    return this.#held.size > 0 ? "held" : "idle";
  }

  #fire(): void {
    const { timers } = this;
    const now = this.now();
    for (let timer = timers.first; timer !== undefined && timer.deadline <= now; timer = timers.first) {
      timers.remove(timer);
      timer.fire(timer);
    }
  }

  #slice(p: Process): void {
    const trace = S.trace;
    if (trace !== null) trace({ type: "in", process: p });
    const { policy } = this.queue;
    const budget = policy?.budget === undefined ? this.budget : policy.budget(this.budget);
    this.sliceBudget = budget;
    S.p = p;
    S.r = budget;
    const { progress } = this;
    if (progress !== null) {
      progress[0]++;
      progress[1] = p.id;
    }
    this.#execute(p);
    if (progress !== null) progress[1] = 0;
    S.p = null as unknown as Process;
    const used = budget - S.r;
    p.reductions += used;
    this.totalReductions += used;
    if (p.flags & (EXITING | HIBERNATING)) this.#settle(p);
    if (trace !== null) {
      const state =
        p.status === RUNNABLE
          ? "preempted"
          : p.status === WAITING
            ? "waiting"
            : p.status === HELD
              ? "held"
              : "exited";
      trace({ type: "out", process: p, reductions: used, state });
    }
  }

  #execute(p: Process): void {
    for (;;) {
      try {
        let value: unknown;
        const { entry } = p;
        if (entry !== null) {
          p.entry = null;
          value = entry(p);
        }
        for (;;) {
          if (value === U) {
            if (S.raised !== null) {
              const raised = takeRaised();
              dropFrames();
              if (unwindToCatch(p, raised)) break;
              this.endRaised(p, raised);
              return;
            }
            flushFrames(p);
            return;
          }
          if (p.depth === 0) {
            this.endReturned(p, value as Term);
            return;
          }
          // Returning through a million frames must not hold up the others.
          if (--S.r < 0) {
            resumeWith(p, value);
            return;
          }
          value = popFrame(p)(F, value);
        }
      } catch (thrown) {
        dropFrames();
        S.raised = null;
        const raised = toRaised(thrown);
        if (!unwindToCatch(p, raised)) {
          this.endRaised(p, raised);
          return;
        }
      }
    }
  }

  /** What could not be done to a process while it was running. */
  #settle(p: Process): void {
    if (p.status === EXITED) return;
    if (p.flags & EXITING) {
      this.end(p, { kind: "signalled", reason: p.extra?.exitReason as Term });
      return;
    }
    p.flags &= ~HIBERNATING;
    p.frames = null;
    p.depth = 0;
    if (p.head === null) p.status = WAITING;
  }

  // -- Waiting for the host

  /** Takes the running process off the schedule until `release` or `fail`. The caller returns `U`. */
  hold(p: Process): void {
    p.status = HELD;
    this.#held.add(p);
    if (S.trace !== null) S.trace({ type: "hold", process: p });
  }

  /** Continues a held process with a value. */
  release(p: Process, value: unknown): void {
    if (p.status !== HELD) return;
    resumeWith(p, value);
    this.#unhold(p);
  }

  /** Continues a held process with an error. */
  fail(p: Process, raised: Raised): void {
    if (p.status !== HELD) return;
    resumeRaising(p, raised);
    this.#unhold(p);
  }

  #unhold(p: Process): void {
    this.#held.delete(p);
    p.status = RUNNABLE;
    if (this.trace !== null) this.trace({ type: "release", process: p });
    if (S.p !== p) this.ready(p);
  }

  /** Waits in a task for a promise of the host. */
  *wait<Result>(promise: PromiseLike<Result>): Task<Result> {
    const p = S.p;
    this.hold(p);
    promise.then(
      (value) => this.release(p, value),
      (reason) => this.fail(p, toRaised(reason)),
    );
    return (yield U) as Result;
  }

  // -- Suspending

  suspend(p: Process): void {
    p.flags |= SUSPENDED;
  }

  resume(p: Process): void {
    const parked = p.flags & PARKED;
    p.flags &= ~(SUSPENDED | PARKED);
    if (parked && p.status === RUNNABLE) this.ready(p);
  }

  unsuspended(p: Process, by: Process): void {
    const counts = p.extra?.suspendedBy;
    if (counts?.delete(by) && counts.size === 0) this.resume(p);
  }

  // -- Limits

  /** Counts what programs print. */
  countOutput(bytes: number): void {
    this.#output += bytes;
    if (this.#output > this.limits.output) this.exceed(new LimitExceeded("output", this.limits.output));
  }

  /**
   * Ends the run when the slice ends, which is at the next call: the running process stays whole. A task that counts no
   * reductions is cut short after a while.
   */
  exceed(limit: LimitExceeded): void {
    if (!this.#running || ++this.#exceededOften > PATIENCE) throw limit;
    this.#exceeded = limit;
    S.r = 0;
  }

  #endExceeded(): never {
    const limit = this.#exceeded as LimitExceeded;
    this.#exceeded = null;
    this.#exceededOften = 0;
    throw limit;
  }

  #checkLimits(): void {
    const { limits } = this;
    if (limits.time === Infinity && limits.memory === Infinity) return;
    const now = performance.now();
    if (now - this.#startedAt > limits.time) throw new LimitExceeded("time", limits.time);
    if (limits.memory !== Infinity && now >= this.#nextMemoryCheck) {
      const used = this.#heapUsed?.() ?? this.memoryEstimate();
      if (used > limits.memory) throw new LimitExceeded("memory", limits.memory);
      this.#nextMemoryCheck = performance.now() + MILLISECONDS_PER_MEMORY_CHECK;
    }
  }

  /** Bytes of process records, stacks and mailboxes, roughly. Terms are not counted. */
  memoryEstimate(): number {
    let total = 0;
    for (const p of this.processes.values()) total += memoryOf(p);
    return total;
  }

  // -- What is going on

  /** The processes of the program that wait: the answer to why nothing happens. */
  waiting(): Waiting[] {
    const result: Waiting[] = [];
    for (const process of this.processes.values()) {
      if (process.flags & SYSTEM || (process.status !== WAITING && process.status !== HELD)) continue;
      result.push({
        process,
        messages: process.mailboxLength,
        on: process.status === HELD ? "host" : "message",
      });
    }
    return result;
  }
}

/** The scheduler that the running code belongs to. */
export function currentScheduler(): Scheduler {
  return S.system as Scheduler;
}
