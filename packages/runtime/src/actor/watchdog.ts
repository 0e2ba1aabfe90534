/**
 * A watchdog for a system that lives in a worker: a process that computes without a `yield*` holds up its thread, and only
 * another thread can say so. The scheduler writes which process it runs into memory that both see; who watches compares two looks.
 */
import { here } from "./system.ts";

/** Words of the shared memory: how many slices have begun, and the id of the process that runs, 0 for none. */
const SLICES = 0;
const RUNNING = 1;
const WORDS = 2;

/** What a worker gives to who watches it. */
export type Progress = SharedArrayBuffer;

/**
 * In the worker: from now on its system tells which process it runs. The buffer is for `watch`, on another thread. Needs
 * `SharedArrayBuffer`, which browsers give to isolated pages only.
 *
 * @example
 * parentPort.postMessage(exposeProgress());
 */
export function exposeProgress(): Progress {
  const scheduler = here();
  scheduler.progress ??= new Int32Array(new SharedArrayBuffer(WORDS * Int32Array.BYTES_PER_ELEMENT));
  return scheduler.progress.buffer as SharedArrayBuffer;
}

/** A process that has not come to a `yield*` for some time. */
export interface Stuck {
  /** The pid as Elixir shows it. */
  readonly pid: string;
  readonly id: number;
  /** Milliseconds since a look has first seen it in this slice. */
  readonly time: number;
}

/** When a process counts as stuck, and who is told. */
export interface WatchOptions {
  /** Milliseconds that a slice may take; 1000 unless given. */
  readonly after?: number;
  /** Told once of each slice that takes longer. */
  onStuck(stuck: Stuck): void;
}

/**
 * On another thread: watches the system of a worker. Ends with the block, or when disposed of.
 *
 * @example
 * worker.once("message", (progress) => {
 *   watch(progress, { onStuck: ({ pid }) => { console.error(`${pid} does not yield`); worker.terminate(); } });
 * });
 */
export function watch(progress: Progress, { after = 1000, onStuck }: WatchOptions): Disposable {
  if (!(progress instanceof SharedArrayBuffer))
    throw new TypeError("watch takes what exposeProgress has given in the worker");
  const words = new Int32Array(progress);
  let [slice, since, told] = [-1, 0, false];
  const timer = setInterval(
    () => {
      const now = performance.now();
      const id = Atomics.load(words, RUNNING);
      const current = Atomics.load(words, SLICES);
      if (id === 0 || current !== slice) {
        [slice, since, told] = [current, now, false];
        return;
      }
      if (told || now - since < after) return;
      told = true;
      onStuck({ pid: `#PID<0.${id}.0>`, id, time: now - since });
    },
    Math.max(1, after / 8),
  );
  (timer as { unref?(): void }).unref?.();
  return { [Symbol.dispose]: () => clearInterval(timer) };
}
