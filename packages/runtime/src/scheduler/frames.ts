/**
 * Runs processes whose bodies leave frames on their own stacks: compiled code, and tasks that call it (`process/stack.ts`). A scheduler of
 * TypeScript processes alone does without.
 */

import { toRaised } from "../process/host-error.ts";
import { HIBERNATING, type Process, WAITING } from "../process/process.ts";
import {
  dropFrames,
  F,
  flushFrames,
  openFrameBuffer,
  popFrame,
  resumeWith,
  S,
  takeRaised,
  U,
  unwindToCatch,
} from "../process/stack.ts";
import type { Term } from "../term/term.ts";
import { defaultBudget } from "./budget.ts";
import { Places } from "./place.ts";
import type { FrameRunner, Scheduler } from "./scheduler.ts";

class Frames implements FrameRunner {
  readonly #scheduler: Scheduler;
  readonly #places: Places;

  constructor(scheduler: Scheduler) {
    this.#scheduler = scheduler;
    this.#places = new Places(scheduler);
  }

  run(p: Process): void {
    const places = this.#places;
    if (places.isEmpty) places.below = 0;
    this.#run(p);
    this.#afterwards(p);
  }

  #run(p: Process): void {
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
              if (this.#catches(p)) break;
              return;
            }
            flushFrames(p);
            return;
          }
          if (p.depth === 0) {
            this.#scheduler.endReturned(p, value as Term);
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
        S.raised = toRaised(thrown);
        if (!this.#catches(p)) return;
      }
    }
  }

  unwound(p: Process): void {
    if (S.raised === null) flushFrames(p);
    else if (this.#catches(p)) this.#run(p);
    this.#afterwards(p);
  }

  #afterwards(p: Process): void {
    if (p.flags & HIBERNATING) {
      p.flags &= ~HIBERNATING;
      p.frames = null;
      p.depth = 0;
      if (p.head === null) p.status = WAITING;
    }
    if (this.#places.leaving !== null) this.#places.left(p);
  }

  waitInPlace(): boolean {
    return this.#places.waitInPlace(S.p);
  }

  shows(p: Process): boolean {
    return this.#places.shows(p);
  }

  /** Whether there is a `try` for what was raised; else the process has ended. */
  #catches(p: Process): boolean {
    const raised = takeRaised();
    dropFrames();
    if (unwindToCatch(p, raised)) return true;
    this.#scheduler.endRaised(p, raised);
    return false;
  }
}

/** From now on the scheduler runs compiled code too. */
export function useFrames(scheduler: Scheduler): void {
  openFrameBuffer();
  // Calls of a slice are on the stack of the host.
  scheduler.budget = Math.min(scheduler.budget, defaultBudget());
  scheduler.frames ??= new Frames(scheduler);
}
