/**
 * A stable merge sort that can be interrupted: a list of a million must not hold up the other processes. Short lists are
 * sorted at once; a long one is a task, which gives up its slice when its reductions are used up.
 *
 * Items are sorted by keys that lie in an array of their own, so that comparing reads nothing else.
 */
import type { U } from "../process/stack.ts";
import { runTask, spend, type Task } from "../process/task.ts";
import { Bitstring, compareBitstrings, compareTerms, Float, type Term } from "../term/index.ts";

/** Positive when the first comes behind the second. */
type Compare = (a: any, b: any) => number;

/** Terms, or texts in their place. */
type Keys = unknown[];

/** Lists up to this length are sorted at once, in less than a millisecond. */
const SHORT = 2000;
/** Runs of so many are sorted by insertion. */
const RUN = 8;
/** Items moved between two looks at the reductions, and how many of them make one. */
const ITEMS_PER_STEP = 4000;
const ITEMS_PER_REDUCTION = 10;

class Sorter {
  #keys: Keys;
  #items: Term[];
  #otherKeys: Keys;
  #otherItems: Term[];
  readonly #paired: boolean;
  readonly #compare: Compare;
  /** Length of the sorted runs so far; 0 before the first pass. */
  #width = 0;
  /** Where the running merge is: its runs are `[low, middle)` and `[middle, high)`. */
  #low = 0;
  #middle = 0;
  #high = 0;
  #i = 0;
  #j = 0;

  constructor(keys: Keys, items: Term[], compare: Compare) {
    this.#keys = keys;
    this.#items = items;
    this.#paired = keys !== items;
    this.#otherItems = new Array(keys.length);
    this.#otherKeys = this.#paired ? new Array(keys.length) : this.#otherItems;
    this.#compare = compare;
  }

  get items(): Term[] {
    return this.#items;
  }

  /** Does some of the work; true when there is none left. */
  step(): boolean {
    if (this.#width === 0) return this.#runs();
    if (this.#width >= this.#keys.length) return true;
    let left = ITEMS_PER_STEP;
    while (left > 0 && this.#low < this.#keys.length) left -= this.#merge(left);
    if (this.#low >= this.#keys.length) this.#nextPass();
    return this.#width >= this.#keys.length;
  }

  #runs(): boolean {
    const { length } = this.#keys;
    const end = Math.min(length, this.#low + ITEMS_PER_STEP);
    for (; this.#low < end; this.#low += RUN) this.#insertion(this.#low, Math.min(length, this.#low + RUN));
    if (this.#low >= length) {
      this.#width = RUN;
      this.#start(0);
    }
    return this.#low >= length && length <= RUN;
  }

  #insertion(from: number, to: number): void {
    const keys = this.#keys;
    const items = this.#items;
    const compare = this.#compare;
    for (let i = from + 1; i < to; i++) {
      const key = keys[i];
      const item = items[i];
      let j = i - 1;
      for (; j >= from && compare(keys[j], key) > 0; j--) {
        keys[j + 1] = keys[j];
        items[j + 1] = items[j];
      }
      keys[j + 1] = key;
      items[j + 1] = item;
    }
  }

  #start(low: number): void {
    const { length } = this.#keys;
    this.#low = low;
    this.#middle = Math.min(length, low + this.#width);
    this.#high = Math.min(length, low + 2 * this.#width);
    this.#i = low;
    this.#j = this.#middle;
  }

  /** Merges at most `most` items of the running pair; how many it were. */
  #merge(most: number): number {
    const keys = this.#keys;
    const items = this.#items;
    const otherKeys = this.#otherKeys;
    const otherItems = this.#otherItems;
    const compare = this.#compare;
    const paired = this.#paired;
    const middle = this.#middle;
    const high = this.#high;
    let i = this.#i;
    let j = this.#j;
    let to = i + j - middle;
    // Two runs that are in order already are one.
    const inOrder = i < middle && j === middle && j < high && compare(keys[middle - 1], keys[middle]) <= 0;
    const from = to;
    const end = Math.min(high, to + most);
    while (to < end) {
      const first = i < middle && (inOrder ? true : j >= high || compare(keys[i], keys[j]) <= 0);
      const at = first ? i++ : j++;
      otherKeys[to] = keys[at];
      if (paired) otherItems[to] = items[at];
      to++;
    }
    this.#i = i;
    this.#j = j;
    if (to === high) this.#start(high);
    return to - from;
  }

  #nextPass(): void {
    const keys = this.#keys;
    const items = this.#items;
    this.#keys = this.#otherKeys;
    this.#items = this.#otherItems;
    this.#otherKeys = keys;
    this.#otherItems = items;
    this.#width *= 2;
    this.#start(0);
  }
}

const compareNumbers = (a: number, b: number): number => a - b;
const compareTexts = (a: string, b: string): number => (a > b ? 1 : 0);

/** How to compare these keys, and what to compare in their place. */
function comparison(keys: Term[]): { keys: Keys; compare: Compare } {
  if (keys.every((key) => typeof key === "number")) return { keys, compare: compareNumbers };
  if (keys.every((key) => key instanceof Bitstring)) {
    // The host orders texts by units, which is the order of their bytes as long as they are ASCII.
    if (keys.every((key) => (key as Bitstring).isKnownAscii))
      return { keys: keys.map((key) => (key as Bitstring).knownText), compare: compareTexts };
    return { keys, compare: compareBitstrings };
  }
  if (keys.every((key) => key instanceof Float))
    return { keys: keys.map((key) => (key as Float).value), compare: compareNumbers };
  return { keys, compare: compareTerms };
}

/** Many a list is sorted already. */
function inOrder(keys: Keys, compare: Compare): boolean {
  for (let i = 1; i < keys.length; i++) if (compare(keys[i - 1], keys[i]) > 0) return false;
  return true;
}

/** Integers that JavaScript has as numbers: equal ones are identical, so the host may sort them as it likes. */
function sortedNumbers(items: number[]): Term[] {
  return Array.from(Float64Array.from(items).sort());
}

/** Sorts items by their keys (which may be the items), and returns what `then` makes of them. Takes both arrays over. */
export function sortBy(keys: Term[], items: Term[], then: (sorted: Term[]) => Term): Term | typeof U {
  const by = comparison(keys);
  if (inOrder(by.keys, by.compare)) return then(items);
  if (keys === items && by.compare === compareNumbers && by.keys === keys && keys.length <= SHORT)
    return then(sortedNumbers(items as number[]));
  const sorter = new Sorter(by.keys, items, by.compare);
  if (keys.length > SHORT) return runTask(interruptible(sorter, then));
  while (!sorter.step());
  return then(sorter.items);
}

function* interruptible(sorter: Sorter, then: (sorted: Term[]) => Term): Task {
  while (!sorter.step()) yield* spend(ITEMS_PER_STEP / ITEMS_PER_REDUCTION);
  return then(sorter.items);
}
