/**
 * Waiting in place: a receive that has to wait leaves its calls on the host's stack, and the others run above them, in the order of
 * the run loop, until it is its turn. So most calls of a server save no frames and resume none.
 *
 * Nobody is to notice. Whoever looks at the clock, traces, or wants to see the calls of the process finds it suspended like any
 * other: it has given up its place before, which is returning `U` late. A place is given up as well when a process that waits below
 * comes first, as only the topmost can go on, and when the run ends. There are none where a process that returns to a frame without paying for
 * it would be noticed: where time is counted in reductions, or a seed makes runs repeat.
 */
import { EXITED, type Process, SUSPENDED, TRAP_EXIT } from "../process/process.ts";
import { S } from "../process/stack.ts";
import { LaneQueue } from "./lane-queue.ts";
import type { RunQueue } from "./run-queue.ts";
import { type Scheduler, WORK_OF_SWITCH, WORK_PER_LOOK } from "./scheduler.ts";

/** What part of a slice's calls may be on the host's stack below the running process. */
const SHARE = 1 / 8;

export class Places {
  /** Calls that may be on the host's stack below the running slice, in reductions. */
  below = 0;
  /** Who has given up its place and whose calls are returning. */
  leaving: Process | null = null;
  readonly #scheduler: Scheduler;
  /** `null`: nobody waits in place. */
  readonly #queue: RunQueue | null;
  /** Those that wait in place, the topmost last. */
  readonly #waiting: Process[] = [];
  /** Who wants to see the calls of one that waits in place. */
  #observer: Process | null = null;
  /** What has ended the run, kept from the calls of those that wait. */
  #thrown: { readonly thrown: unknown } | null = null;

  constructor(scheduler: Scheduler) {
    const { queue, seed, clock } = scheduler;
    this.#scheduler = scheduler;
    this.#queue = queue instanceof LaneQueue || seed !== null || clock.spend !== undefined ? null : queue;
  }

  get isEmpty(): boolean {
    return this.#waiting.length === 0;
  }

  /** Runs others until the process, which has just begun to wait, has its turn: true. False: it has to give up its calls. */
  waitInPlace(p: Process): boolean {
    const scheduler = this.#scheduler;
    const used = scheduler.sliceBudget - S.r;
    const below = this.below + used;
    if (below > scheduler.budget * SHARE || p.flags & ~TRAP_EXIT || !this.#isOpen()) return false;
    const { progress } = scheduler;
    if (progress !== null) progress[1] = 0;
    S.p = null as unknown as Process;
    p.reductions += used;
    scheduler.totalReductions += used;
    scheduler.work += used + WORK_OF_SWITCH;
    this.#waiting.push(p);
    let goesOn = false;
    try {
      scheduler.guard?.settle();
      goesOn = this.#runOthers(p, below);
    } catch (thrown) {
      this.#thrown = { thrown };
      this.#closeAll();
    }
    this.#waiting.pop();
    this.below = below;
    S.p = p;
    if (!goesOn) {
      this.leaving = p;
      return false;
    }
    scheduler.slices++;
    scheduler.sliceBudget = S.r = scheduler.budget;
    if (progress !== null) {
      progress[0]++;
      progress[1] = p.id;
    }
    p.entry = null;
    return true;
  }

  #isOpen(): boolean {
    const observer = this.#observer;
    if (S.trace !== null || this.#scheduler.queue !== this.#queue) return false;
    return observer === null || observer.status === EXITED;
  }

  #runOthers(p: Process, below: number): boolean {
    const scheduler = this.#scheduler;
    const waiting = this.#waiting;
    // Empty once another has taken its place.
    const queue = this.#queue as RunQueue;
    while (
      scheduler.work < WORK_PER_LOOK &&
      scheduler.slices < scheduler.lastSlice &&
      p.status !== EXITED &&
      S.trace === null
    ) {
      const { first } = queue;
      if (first === null) return false;
      if (first === p && !(p.flags & SUSPENDED)) {
        queue.shift();
        return true;
      }
      if (waiting.length > 1 && waiting.includes(first)) return false;
      queue.shift();
      this.below = below;
      scheduler.turn(first);
    }
    return false;
  }

  /** Nobody waits in place when the clock is looked at. */
  #closeAll(): void {
    this.#scheduler.work = WORK_PER_LOOK;
  }

  /** The calls of the process that was leaving are in its frames. */
  left(p: Process): void {
    this.leaving = null;
    if (p.status === EXITED) {
      p.frames = null;
      p.depth = 0;
    }
    S.p = null as unknown as Process;
    const error = this.#thrown;
    if (error === null || !this.isEmpty) return;
    this.#thrown = null;
    throw error.thrown;
  }

  /** See `FrameRunner`. */
  shows(p: Process): boolean {
    const isWaiting = this.#waiting.includes(p);
    this.#observer = isWaiting ? S.p : null;
    if (isWaiting) this.#closeAll();
    return !isWaiting;
  }
}
