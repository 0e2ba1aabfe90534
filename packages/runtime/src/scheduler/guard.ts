/**
 * Watches over the limits of a host: on processes, mailboxes, memory, output and time. A limit that is exceeded ends the run as soon as
 * every process is in a state from which it could go on.
 */
import { LimitExceeded, type Limits, NO_LIMITS } from "../process/limit.ts";
import type { Process } from "../process/process.ts";
import { S } from "../process/stack.ts";
import type { Guard, System } from "../process/system.ts";
import { memoryEstimate, type Scheduler, type SchedulerGuard } from "./scheduler.ts";

const MILLISECONDS_PER_MEMORY_CHECK = 50;
/** How often a limit may be exceeded within one slice. */
const PATIENCE = 1000;

export class LimitGuard implements Guard, SchedulerGuard {
  readonly limits: Limits;
  readonly #scheduler: Scheduler;
  readonly #heapUsed: (() => number) | null;
  #startedAt = -1;
  #nextMemoryCheck = 0;
  #output = 0;
  #exceeded: LimitExceeded | null = null;
  #exceededOften = 0;

  /** `heapUsed`: bytes of heap in use as the host knows it, where it does, for the limit on memory. */
  constructor(scheduler: Scheduler, limits: Partial<Limits> = {}, heapUsed: (() => number) | null = null) {
    this.#scheduler = scheduler;
    this.limits = { ...NO_LIMITS, ...limits };
    this.#heapUsed = heapUsed;
  }

  spawned(system: System): void {
    const { processes } = this.limits;
    if (system.processes.size > processes) this.exceed(new LimitExceeded("processes", processes));
  }

  delivered(p: Process): void {
    const { mailbox } = this.limits;
    if (p.mailboxLength > mailbox) this.exceed(new LimitExceeded("mailbox", mailbox));
  }

  /** Counts what programs print. */
  printed(bytes: number): void {
    this.#output += bytes;
    if (this.#output > this.limits.output) this.exceed(new LimitExceeded("output", this.limits.output));
  }

  passOn(thrown: unknown): void {
    if (thrown instanceof LimitExceeded) throw thrown;
  }

  /**
   * Ends the run when the slice ends, which is at the next call: the running process stays whole. A task that counts no
   * reductions is cut short after a while.
   */
  exceed(limit: LimitExceeded): void {
    if (!this.#scheduler.isRunning || ++this.#exceededOften > PATIENCE) throw limit;
    this.#exceeded = limit;
    S.r = 0;
  }

  begin(): void {
    if (this.#startedAt < 0) this.#startedAt = performance.now();
  }

  look(): void {
    this.settle();
    const { limits } = this;
    if (limits.time === Infinity && limits.memory === Infinity) return;
    const now = performance.now();
    if (now - this.#startedAt > limits.time) throw new LimitExceeded("time", limits.time);
    if (limits.memory !== Infinity && now >= this.#nextMemoryCheck) {
      const used = this.#heapUsed?.() ?? memoryEstimate(this.#scheduler);
      if (used > limits.memory) throw new LimitExceeded("memory", limits.memory);
      this.#nextMemoryCheck = performance.now() + MILLISECONDS_PER_MEMORY_CHECK;
    }
  }

  settle(): void {
    const limit = this.#exceeded;
    if (limit === null) return;
    this.#exceeded = null;
    this.#exceededOften = 0;
    throw limit;
  }
}
