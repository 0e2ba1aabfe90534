/**
 * Policies: which of the runnable processes runs next. The default, first come first served within a priority, is
 * built into the run queue; a policy replaces the choice among the processes of the best priority.
 */
import type { Process } from "../process/process.ts";
import { RandomSource } from "./random.ts";

export interface Policy {
  /** The index of the process to run, among at least one; `null` to stop the run here. */
  choose(runnable: readonly Process[]): number | null;
  /** The reductions of the next slice, at most so many. */
  budget?(most: number): number;
}

/** Any process may be next, and any slice may be short: finds what round robin never shows. */
export function shuffled(random: RandomSource): Policy {
  return {
    choose: (runnable) => random.below(runnable.length),
    budget: (most) => 1 + random.below(most),
  };
}

/** A schedule in which anything may happen that can: the same for the same seed. */
export function shuffledSchedule(seed: number): Policy {
  return shuffled(new RandomSource(seed));
}

/** The host picks each time. `pick` returns one of the processes, or `null` to stop the run. */
export function byHand(pick: (runnable: readonly Process[]) => Process | null): Policy {
  return {
    choose(runnable) {
      const chosen = pick(runnable);
      if (chosen === null) return null;
      const index = runnable.indexOf(chosen);
      if (index < 0) throw new RangeError(`process ${chosen.id} is not runnable`);
      return index;
    },
  };
}
