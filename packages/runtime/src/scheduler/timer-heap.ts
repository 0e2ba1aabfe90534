/**
 * Armed timers, the next to fire first: a binary heap in which each timer knows its slot. The usual timer is a
 * timeout longer than those already set and soon cancelled; both ends of that cost a few steps at the
 * bottom of the heap. Most timeouts are over within a slice: those of receives wait outside until somebody reads the clock.
 */
import { DORMANT, type Timer, UNREAD } from "../process/timer.ts";

export class TimerHeap {
  readonly #heap: Timer[] = [];
  #order = 0;
  readonly #unread: Timer[] = [];

  get first(): Timer | undefined {
    return this.#heap[0];
  }

  add(timer: Timer, deadline: number): void {
    timer.deadline = deadline;
    timer.order = this.#order++;
    this.#up(timer, this.#heap.length);
  }

  /** A timer for so long from now, where now is when `settle` is called next. */
  addSoon(timer: Timer, duration: number): void {
    timer.deadline = duration;
    if (timer.slot !== DORMANT) this.#unread.push(timer);
    timer.slot = UNREAD;
  }

  /** Puts the timers of `addSoon` that still run into the heap. */
  settle(clock: { now(): number }): void {
    const unread = this.#unread;
    if (unread.length === 0) return;
    const now = clock.now();
    for (const timer of unread) {
      if (timer.slot === UNREAD) this.add(timer, now + timer.deadline);
      else if (timer.slot === DORMANT) timer.slot = -1;
    }
    unread.length = 0;
  }

  remove(timer: Timer): void {
    if (timer.slot === UNREAD) {
      timer.slot = DORMANT;
      return;
    }
    const heap = this.#heap;
    const slot = timer.slot;
    timer.slot = -1;
    const last = heap.pop() as Timer;
    if (last === timer) return;
    if (slot > 0 && before(last, heap[(slot - 1) >> 1])) this.#up(last, slot);
    else this.#down(last, slot);
  }

  #up(timer: Timer, slot: number): void {
    const heap = this.#heap;
    while (slot > 0) {
      const parent = (slot - 1) >> 1;
      const above = heap[parent];
      if (!before(timer, above)) break;
      heap[slot] = above;
      above.slot = slot;
      slot = parent;
    }
    heap[slot] = timer;
    timer.slot = slot;
  }

  #down(timer: Timer, slot: number): void {
    const heap = this.#heap;
    const size = heap.length;
    for (;;) {
      let child = 2 * slot + 1;
      if (child >= size) break;
      if (child + 1 < size && before(heap[child + 1], heap[child])) child++;
      const below = heap[child];
      if (!before(below, timer)) break;
      heap[slot] = below;
      below.slot = slot;
      slot = child;
    }
    heap[slot] = timer;
    timer.slot = slot;
  }
}

function before(a: Timer, b: Timer): boolean {
  return a.deadline < b.deadline || (a.deadline === b.deadline && a.order < b.order);
}
