/**
 * How much memory a program holds, where the host does not tell: a walk over everything that its processes and tables
 * can reach. It is an estimate in the object sizes of V8 with compressed pointers.
 *
 * Shared parts are counted once, and a walk takes time in proportion to the heap, without marking every object: of a
 * list each 64th cell is marked, and what holds nothing but plain values is not marked at all. Such a leaf counts once for
 * each reference to it. Walks are paced by the growth they see, so that they take a few hundredths of the time and still
 * come before the limit is passed by much.
 */
import type { Process } from "../process/process.ts";
import type { Scheduler } from "../scheduler/scheduler.ts";
import { Atom } from "../term/atom.ts";
import { Bitstring } from "../term/bitstring.ts";
import { Fun } from "../term/fun.ts";
import { Pid, Reference } from "../term/identifier.ts";
import { Cons, EMPTY } from "../term/list.ts";
import { Float } from "../term/number.ts";
import { Tuple } from "../term/tuple.ts";

const HEADER = 12;
const WORD = 4;
const CELL = HEADER + 2 * WORD;
const PROCESS = 200;
const MARK_EVERY = 64;
/** With this many marks the walk itself would need too much memory: the program certainly does. */
const MOST_MARKS = 6_000_000;

/** Bytes that processes and what they share hold; gives up with what it has counted once that is above `enough`. */
export function estimateHeap(scheduler: Scheduler, enough: number): number {
  const walk = new Walk(enough);
  for (const process of scheduler.processes.values()) {
    walk.process(process);
    if (walk.isOver) break;
  }
  for (const store of scheduler.stores) walk.from(store);
  return walk.bytes;
}

/** Bytes that some processes hold. */
export function estimateProcesses(processes: Iterable<Process>): number {
  const walk = new Walk(Infinity);
  for (const process of processes) walk.process(process);
  return walk.bytes;
}

class Walk {
  bytes = 0;
  readonly #enough: number;
  readonly #marks = new Set<object>();
  readonly #pending: object[] = [];

  constructor(enough: number) {
    this.#enough = enough;
  }

  get isOver(): boolean {
    return this.bytes > this.#enough;
  }

  process(p: Process): void {
    this.bytes += PROCESS;
    if (p.frames !== null) {
      // Twice, as an array that grows is copied.
      this.bytes += p.frames.length * 2 * WORD;
      for (const item of p.frames) this.#reach(item);
    }
    for (const register of [p.x0, p.x1, p.x2, p.x3, p.target]) this.#reach(register);
    for (let message = p.head; message !== null && !this.isOver; message = message.next) {
      this.bytes += CELL;
      this.#reach(message.term);
    }
    const { extra } = p;
    if (extra !== null) {
      this.bytes += PROCESS;
      this.#reach(extra.ancestors);
      for (const value of extra.atomKeys) this.#reach(value);
      this.#reach(extra.otherKeys);
    }
    this.#run();
  }

  from(root: unknown): void {
    this.#reach(root);
    this.#run();
  }

  /** Notes a value to be walked later. What holds nothing is counted here. */
  #reach(value: unknown): void {
    if (typeof value !== "object" || value === null || value instanceof Atom || value === EMPTY) return;
    if (value instanceof Bitstring) {
      const length = value.knownText?.length ?? value.byteLength;
      if (length > 256) {
        if (this.#marks.has(value)) return;
        this.#marks.add(value);
      }
      this.bytes += 2 * HEADER + length;
    } else if (value instanceof Float) this.bytes += 2 * HEADER;
    else if (!(value instanceof Pid) && !(value instanceof Reference)) this.#pending.push(value);
  }

  #run(): void {
    for (let value = this.#pending.pop(); value !== undefined && !this.isOver; value = this.#pending.pop()) {
      if (this.#marks.has(value)) continue;
      if (value instanceof Cons) {
        this.#list(value);
        continue;
      }
      const before = this.#pending.length;
      this.#parts(value);
      if (this.#pending.length > before) this.#mark(value);
    }
  }

  #list(first: Cons): void {
    let cell: unknown = first;
    for (let i = 0; cell instanceof Cons && !this.isOver; i++) {
      if (i % MARK_EVERY === 0) {
        if (i > 0 && this.#marks.has(cell)) return;
        this.#mark(cell);
      } else if (this.#marks.has(cell)) return;
      this.bytes += CELL;
      this.#reach(cell.head);
      cell = cell.tail;
    }
    this.#reach(cell);
  }

  #parts(value: object): void {
    if (value instanceof Tuple) {
      const { size } = value;
      this.bytes += HEADER + size * WORD;
      for (let i = 0; i < size; i++) this.#reach(value.at(i));
    } else if (Array.isArray(value)) {
      this.bytes += HEADER + value.length * WORD;
      for (const item of value) this.#reach(item);
    } else if (value instanceof Fun) {
      this.bytes += HEADER + 6 * WORD;
      for (const captured of [value.a, value.b, value.c]) this.#reach(captured);
    } else if (value instanceof Map || value instanceof Set) {
      this.bytes += HEADER + value.size * 4 * WORD;
      for (const [key, item] of value.entries()) {
        this.#reach(key);
        this.#reach(item);
      }
    } else if (ArrayBuffer.isView(value)) this.bytes += value.byteLength;
    else {
      // Maps, their nodes, tables: objects of classes that keep what they hold in plain fields.
      for (const item of Object.values(value)) {
        this.bytes += WORD;
        this.#reach(item);
      }
      this.bytes += HEADER;
    }
  }

  #mark(value: object): void {
    this.#marks.add(value);
    if (this.#marks.size > MOST_MARKS) this.bytes = Infinity;
  }
}

const LEAST_PAUSE = 40;
const MOST_PAUSE = 2000;
/** A walk may take one part in so many of the time, as long as the heap grows slowly. */
const SHARE = 20;

/** Answers with the newest estimate, and walks again when it is time. */
export function pacedEstimate(scheduler: () => Scheduler, limit: number): () => number {
  let used = 0;
  let at = -Infinity;
  let due = 0;
  return () => {
    const started = performance.now();
    if (started < due) return used;
    const before = used;
    used = estimateHeap(scheduler(), limit);
    const ended = performance.now();
    const growth = (used - before) / (started - at);
    const untilLimit = growth > 0 ? (limit - used) / growth / 2 : Infinity;
    const pause = Math.min(MOST_PAUSE, Math.max(LEAST_PAUSE, (ended - started) * SHARE));
    due = ended + Math.max(Math.min(pause, untilLimit), 0);
    at = started;
    return used;
  };
}
