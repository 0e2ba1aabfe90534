/**
 * Processes for ordinary async code: one whose messages a promise or a `for await` takes, one whose end is waited for, one
 * that ends with a block.
 */
import type { Process } from "../process/process.ts";
import { S } from "../process/stack.ts";
import type { AsyncOperation, Operation } from "./operation.ts";
import { livingOf, type Pid } from "./pid.ts";
import { exit, monitor, noteAwaited, operation, type SpawnOptions, spawn } from "./process.ts";
import { ExitError, fromReason, isOrderly, type Reason } from "./reason.ts";
import { receive, receiveDown } from "./receive.ts";
import { homeOf } from "./system.ts";

/**
 * A process whose messages async code takes, one at a time, in order.
 *
 * @example
 * using replies = openInbox<string>();
 * send(echo, { from: replies.pid, text: "hello" });
 * console.log(await replies.receive());
 */
export class Inbox<M> implements AsyncIterableIterator<M>, Disposable {
  /** Where to send to. */
  readonly pid: Pid<M>;
  readonly #messages: M[] = [];
  readonly #waiting: PromiseWithResolvers<IteratorResult<M>>[] = [];
  #end: { reason: Reason; failed: boolean } | null = null;

  /** @internal */
  constructor(options?: SpawnOptions) {
    const inbox = this;
    this.pid = spawn(function* () {
      for (;;) {
        const value = yield* receive<M>() as Operation<M, M>;
        const first = inbox.#waiting.shift();
        if (first === undefined) inbox.#messages.push(value);
        else first.resolve({ done: false, value });
        noteAwaited(S.p, inbox.#waiting.length > 0);
      }
    }, options) as Pid<M>;
    homeOf(this.pid as Process).observe(this.pid as Process, ({ reason }) => {
      this.#end = { reason: fromReason(reason), failed: !isOrderly(reason) };
      for (const waiting of this.#waiting.splice(0)) this.#settle(waiting);
    });
  }

  #settle({ resolve, reject }: PromiseWithResolvers<IteratorResult<M>>): void {
    if (this.#end?.failed) reject(new ExitError(this.#end.reason));
    else resolve({ done: true, value: undefined });
  }

  /**
   * The next message, for `for await`: it goes on until the inbox is closed or its `signal` aborts, and throws an `ExitError`
   * when the process is ended otherwise.
   */
  next(): Promise<IteratorResult<M>> {
    const waiting = Promise.withResolvers<IteratorResult<M>>();
    if (this.#messages.length > 0) waiting.resolve({ done: false, value: this.#messages.shift() as M });
    else if (this.#end !== null) this.#settle(waiting);
    else {
      this.#waiting.push(waiting);
      noteAwaited(this.pid as Process, true);
    }
    return waiting.promise;
  }

  /** The next message. Rejected with an `ExitError` when the inbox is closed. */
  async receive(): Promise<M> {
    const { done, value } = await this.next();
    if (done) throw new ExitError(this.#end?.reason);
    return value;
  }

  /** Closes the inbox when its loop is left. */
  async return(): Promise<IteratorResult<M>> {
    this[Symbol.dispose]();
    return { done: true, value: undefined };
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  /** Ends the process. */
  [Symbol.dispose](): void {
    exit(this.pid, "shutdown");
  }
}

/** Opens an inbox. */
export function openInbox<M = any>(options?: SpawnOptions): Inbox<M> {
  return new Inbox(options);
}

/**
 * Waits until a process has ended: why it did, or `"noproc"` if it was dead already. Outside of processes it watches from the call on, so the
 * promise may be awaited later.
 *
 * @example
 * const reason = await untilExit(worker);
 */
export function untilExit(pid: Pid<never>): AsyncOperation<Reason> {
  const inProcess = operation(function* () {
    const ref = monitor(pid);
    return (yield* receiveDown(ref)).reason;
  });
  const p = livingOf(pid);
  if (S.p !== null || p === null) return inProcess;
  // Noted from now on, and by no process: one that waited for the host would hold up virtual time.
  noteAwaited(p, true);
  const end = new Promise<Reason>((resolve) =>
    homeOf(p).observe(p, ({ reason }) => resolve(fromReason(reason))),
  );
  return Object.assign(end, { [Symbol.iterator]: () => inProcess[Symbol.iterator]() });
}

/**
 * A process that ends, with the reason `"shutdown"`, when the block is left.
 *
 * @example
 * using worker = owned(spawn(work));
 * send(worker.pid, job);
 */
export function owned<P extends Pid<never>>(pid: P): Disposable & { readonly pid: P } {
  return { pid, [Symbol.dispose]: () => exit(pid, "shutdown") };
}
