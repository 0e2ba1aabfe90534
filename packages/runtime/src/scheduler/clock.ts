/**
 * The time that processes see. Milliseconds since the system started, with fractions, and never backwards.
 */
export interface Clock {
  now(): number;
  /** Moves to a time at which a timer is due and until which nobody has anything to do; false: wait for it. */
  skipTo(time: number): boolean;
  /** Told how much was computed, in reductions. */
  spend?(reductions: number): void;
  /** Milliseconds since 1970 at time 0. */
  readonly epoch: number;
}

/** The time of a system: that of the host, one that passes at once when all processes wait, or that of the host without the waiting. */
export type ClockKind = "real" | "virtual" | "fast";

/** 2025-01-01T00:00:00Z: virtual time starts there unless told otherwise, so that runs repeat. */
const VIRTUAL_EPOCH = 1_735_689_600_000;

const REDUCTIONS_PER_MILLISECOND = 10_000;

/** The clock of this kind; none for what is no kind. */
export function makeClock(kind: unknown): Clock | undefined {
  switch (kind) {
    case "real":
      return new RealClock();
    case "virtual":
      return new VirtualClock();
    case "fast":
      return new FastClock();
  }
}

export class RealClock implements Clock {
  readonly #start = performance.now();
  readonly epoch = Date.now();

  now(): number {
    return performance.now() - this.#start;
  }
  skipTo(_time: number): boolean {
    return false;
  }
}

/**
 * Waiting takes no time at all, and a reduction a fixed one, so that a process that spins until some time
 * gets there, after the same number of steps in every run.
 */
export class VirtualClock implements Clock {
  readonly epoch: number;
  #now = 0;

  constructor(epoch = VIRTUAL_EPOCH) {
    this.epoch = epoch;
  }
  now(): number {
    return this.#now;
  }
  spend(reductions: number): void {
    this.#now += reductions / REDUCTIONS_PER_MILLISECOND;
  }
  skipTo(time: number): boolean {
    if (time > this.#now) this.#now = time;
    return true;
  }
}

/** Real time while processes run; waiting is skipped. */
export class FastClock extends RealClock {
  #skipped = 0;

  override now(): number {
    return super.now() + this.#skipped;
  }
  override skipTo(time: number): boolean {
    const ahead = time - this.now();
    if (ahead > 0) this.#skipped += ahead;
    return true;
  }
}
