/**
 * Runs a scheduler on the host's event loop: in bursts short enough for the host to stay responsive, sleeping
 * until the next timer, waking when the host sends something.
 */
import type { RunState, Scheduler } from "./scheduler.ts";

/** What hosts take for a time. */
const LONGEST_TIMEOUT = 0x7fffffff;
/** Milliseconds. */
const BURST = 10;

/** Comes back after other events: by `setImmediate` where there is one; else by a message channel, whose tasks browsers do not slow down. */
function makeSoon(action: () => void): () => void {
  const { setImmediate } = globalThis as { setImmediate?: (action: () => void) => void };
  if (setImmediate !== undefined) return () => setImmediate(action);
  const { port1, port2 } = new MessageChannel();
  port1.onmessage = action;
  return () => port2.postMessage(null);
}

export interface DriverOptions {
  /** Told of each change to a state in which nothing is runnable. */
  readonly onState?: (state: RunState) => void;
  /** A limit was exceeded, or the runtime itself failed. The driver has stopped. */
  readonly onError?: (error: unknown) => void;
}

export class Driver {
  readonly scheduler: Scheduler;
  readonly #options: DriverOptions;
  readonly #soon = makeSoon(() => this.#burst());
  #scheduled = false;
  #sleep: ReturnType<typeof setTimeout> | undefined;
  #active = false;

  constructor(scheduler: Scheduler, options: DriverOptions = {}) {
    this.scheduler = scheduler;
    this.#options = options;
  }

  start(): void {
    this.#active = true;
    this.scheduler.onWake = () => this.#wake();
    this.#wake();
  }

  stop(): void {
    this.#active = false;
    this.scheduler.onWake = () => {};
    clearTimeout(this.#sleep);
  }

  #wake(): void {
    if (this.#scheduled || !this.#active) return;
    this.#scheduled = true;
    clearTimeout(this.#sleep);
    this.#soon();
  }

  #burst(): void {
    this.#scheduled = false;
    if (!this.#active) return;
    let state: RunState;
    try {
      state = this.scheduler.run(Infinity, performance.now() + BURST);
    } catch (thrown) {
      this.stop();
      if (this.#options.onError === undefined) throw thrown;
      this.#options.onError(thrown);
      return;
    }
    if (!this.#active) return;
    if (state === "ready") return this.#wake();
    if (state === "stopped") this.#active = false;
    const { nextDeadline } = this.scheduler;
    if ((state === "sleeping" || state === "held") && nextDeadline !== Infinity) {
      // A host's timer may fire a little early; the next burst then sleeps for the rest. On a busy machine it may be late already.
      const ahead = Math.max(0, Math.ceil(nextDeadline - this.scheduler.now()));
      this.#sleep = setTimeout(() => this.#wake(), Math.min(ahead, LONGEST_TIMEOUT));
    }
    this.#options.onState?.(state);
  }
}

/** Runs until the scheduler is idle or stopped. */
export function drive(scheduler: Scheduler): Promise<RunState> {
  return new Promise((resolve, reject) => {
    const driver = new Driver(scheduler, {
      onState(state) {
        if (state === "idle" || state === "stopped") {
          driver.stop();
          resolve(state);
        }
      },
      onError: reject,
    });
    driver.start();
  });
}
