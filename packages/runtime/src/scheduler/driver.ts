/**
 * Runs a scheduler on the host's event loop: in bursts short enough for the host to stay responsive, sleeping
 * until the next timer, waking when the host sends something.
 */
import type { RunState, Scheduler } from "./scheduler.ts";

/** What the platform gives: a way to come back after other events, and a way to come back later. */
export interface EventLoop {
  soon(action: () => void): void;
  /** Returns a function that cancels. */
  later(action: () => void, milliseconds: number): () => void;
}

const LONGEST_TIMEOUT = 0x7fffffff;

/** `setImmediate` where there is one; else a message channel, whose tasks browsers do not slow down. */
export function hostEventLoop(): EventLoop {
  return {
    soon: makeSoon(),
    later(action, milliseconds) {
      const handle = setTimeout(action, Math.min(milliseconds, LONGEST_TIMEOUT));
      return () => clearTimeout(handle);
    },
  };
}

function makeSoon(): (action: () => void) => void {
  const immediate = (globalThis as { setImmediate?: (action: () => void) => void }).setImmediate;
  if (immediate !== undefined) return (action) => void immediate(action);
  const channel = new MessageChannel();
  const waiting: (() => void)[] = [];
  channel.port1.onmessage = () => waiting.shift()?.();
  return (action) => {
    waiting.push(action);
    channel.port2.postMessage(null);
  };
}

export interface DriverOptions {
  readonly loop?: EventLoop;
  /** Milliseconds of one burst. */
  readonly burst?: number;
  /** Told of each change to a state in which nothing is runnable. */
  readonly onState?: (state: RunState) => void;
  /** A limit was exceeded, or the runtime itself failed. The driver has stopped. */
  readonly onError?: (error: unknown) => void;
}

const BURST = 10;

export class Driver {
  readonly scheduler: Scheduler;
  readonly #options: DriverOptions;
  readonly #loop: EventLoop;
  #scheduled = false;
  #cancelSleep: (() => void) | null = null;
  #active = false;

  constructor(scheduler: Scheduler, options: DriverOptions = {}) {
    this.scheduler = scheduler;
    this.#options = options;
    this.#loop = options.loop ?? hostEventLoop();
  }

  start(): void {
    this.#active = true;
    this.scheduler.onWake = () => this.#wake();
    this.#wake();
  }

  stop(): void {
    this.#active = false;
    this.scheduler.onWake = () => {};
    this.#cancelSleep?.();
    this.#cancelSleep = null;
  }

  #wake(): void {
    if (this.#scheduled || !this.#active) return;
    this.#scheduled = true;
    this.#cancelSleep?.();
    this.#cancelSleep = null;
    this.#loop.soon(() => this.#burst());
  }

  #burst(): void {
    this.#scheduled = false;
    if (!this.#active) return;
    let state: RunState;
    try {
      state = this.scheduler.run(Infinity, performance.now() + (this.#options.burst ?? BURST));
    } catch (thrown) {
      this.stop();
      if (this.#options.onError === undefined) throw thrown;
      this.#options.onError(thrown);
      return;
    }
    if (!this.#active) return;
    if (state === "ready") {
      this.#wake();
      return;
    }
    if (state === "stopped") this.#active = false;
    const { nextDeadline } = this.scheduler;
    if ((state === "sleeping" || state === "held") && nextDeadline !== Infinity) {
      // A host's timer may fire a little early; the next burst then sleeps for the rest. On a busy machine it may be late already.
      const ahead = Math.max(0, nextDeadline - this.scheduler.now());
      this.#cancelSleep = this.#loop.later(() => this.#wake(), Math.ceil(ahead));
    }
    this.#options.onState?.(state);
  }
}

/** Runs until the scheduler is idle or stopped, or `until` says that it is enough. */
export function drive(
  scheduler: Scheduler,
  options: Omit<DriverOptions, "onState" | "onError"> & { until?: () => boolean } = {},
): Promise<RunState> {
  return new Promise((resolve, reject) => {
    const driver = new Driver(scheduler, {
      ...options,
      onState(state) {
        if (state === "idle" || state === "stopped" || options.until?.()) {
          driver.stop();
          resolve(state);
        }
      },
      onError: reject,
    });
    driver.start();
  });
}
