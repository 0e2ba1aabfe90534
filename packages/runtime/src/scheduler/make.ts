/** A scheduler with the clock, the schedule and the seed that are asked for. */
import { MOST_REDUCTIONS } from "./budget.ts";
import { makeClock } from "./clock.ts";
import { lanesOf } from "./lane-queue.ts";
import type { SchedulerOptions } from "./options.ts";
import { Scheduler } from "./scheduler.ts";

export function makeScheduler({ budget, clock, policy, seed, trace }: SchedulerOptions = {}): Scheduler {
  if (budget !== undefined && !(budget >= 1 && budget <= MOST_REDUCTIONS))
    throw new RangeError(`a slice has 1 to ${MOST_REDUCTIONS} reductions, not ${budget}`);
  const given = clock === undefined || typeof clock === "object" ? clock : makeClock(clock);
  if (clock !== undefined && !given)
    throw new RangeError(`a clock is real, virtual, fast, or has a function now, not ${String(clock)}`);
  const scheduler = new Scheduler(given, budget);
  if (seed !== undefined) scheduler.seed = seed;
  if (policy !== undefined) lanesOf(scheduler).policy = policy;
  scheduler.trace = trace ?? null;
  return scheduler;
}
