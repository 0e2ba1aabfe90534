/**
 * The order of a hashed table: that of Erlang's buckets, of which there is one more for each object that they cannot
 * hold (linear hashing). It is laid out when a program first asks for an order, and kept from then on.
 */
import type { Term } from "../term/index.ts";
import { hashKey } from "./ets-hash.ts";

const FIRST_BUCKETS = 256;
/** Room for buckets is made, and given up, by so many at once. */
const SEGMENT = 2048;
/** So many objects fit where no bucket is ever given up again. */
export const MOST_UNSHRUNK = FIRST_BUCKETS + SEGMENT;
/** Buckets that one removal joins with others. */
const MOST_JOINED = 5;

/** What a bucket holds: the entry of a key, which knows its hash once it was needed, and what is behind it. */
export interface Hashed<Item> {
  readonly key: Term;
  hash: number;
  behind: Item | null;
}

/** Of a number from 1 on, the greatest power of 2 that it holds. */
const power = (n: number): number => 2 ** (31 - Math.clz32(n));

export class Buckets<Item extends Hashed<Item>> {
  private readonly heads: (Item | null)[] = new Array(FIRST_BUCKETS).fill(null);
  private count = 0;
  private room = FIRST_BUCKETS;
  /** No bucket before this one holds anything: a table that is drained from its first key on is not searched again. */
  private lowest = 0;

  constructor(items: Item[]) {
    while (this.heads.length < items.length) this.grow();
    for (const item of items) this.append(item);
    this.count = items.length;
  }

  /** How many buckets there are. */
  get size(): number {
    return this.heads.length;
  }

  private index({ hash }: Item): number {
    const { length } = this.heads;
    const low = power(length);
    const index = hash % (2 * low);
    return index < length ? index : index % low;
  }

  private grow(): void {
    if (this.heads.push(null) > this.room) this.room += SEGMENT;
  }

  private append(item: Item): void {
    if (item.hash < 0) item.hash = hashKey(item.key);
    this.extend(this.index(item), item);
  }

  private extend(index: number, item: Item): void {
    let last = this.heads[index];
    if (last === null) {
      this.heads[index] = item;
      if (index < this.lowest) this.lowest = index;
    } else {
      while (last.behind !== null) last = last.behind;
      last.behind = item;
    }
  }

  add(item: Item): void {
    item.behind = null;
    this.append(item);
    this.count++;
    if (this.count > this.heads.length) this.split(this.heads.length - power(this.heads.length));
  }

  /** One bucket more, for half of what another one has. */
  private split(from: number): void {
    let item = this.heads[from];
    this.heads[from] = null;
    this.grow();
    while (item !== null) {
      const { behind } = item;
      item.behind = null;
      this.append(item);
      item = behind;
    }
  }

  remove(item: Item): void {
    const index = this.index(item);
    let before = this.heads[index];
    if (before === item) this.heads[index] = item.behind;
    else {
      while (before !== null && before.behind !== item) before = before.behind;
      if (before !== null) before.behind = item.behind;
    }
    this.count--;
    for (let i = 0; i < MOST_JOINED && this.isSparse; i++) this.join();
  }

  /** Whether half of the buckets would do without a segment; the first one is kept for tables that grow again. */
  private get isSparse(): boolean {
    return this.room > MOST_UNSHRUNK && this.count < (this.room - SEGMENT) / 2;
  }

  /** One bucket less: its chain goes before that of the one it was split from. */
  private join(): void {
    const chain = this.heads.pop() ?? null;
    if (this.room - this.heads.length >= SEGMENT) this.room -= SEGMENT;
    if (chain === null) return;
    const into = this.heads.length - power(this.heads.length);
    const rest = this.heads[into];
    this.heads[into] = null;
    this.extend(into, chain);
    if (rest !== null) this.extend(into, rest);
  }

  at(index: number): Item[] {
    const chain: Item[] = [];
    for (let item = this.heads[index]; item !== null; item = item.behind) chain.push(item);
    return chain;
  }

  first(): Item | null {
    const first = this.from(this.lowest);
    this.lowest = first === null ? 0 : this.index(first);
    return first;
  }

  after(item: Item): Item | null {
    return item.behind ?? this.from(this.index(item) + 1);
  }

  private from(index: number): Item | null {
    for (let i = index; i < this.heads.length; i++) if (this.heads[i] !== null) return this.heads[i];
    return null;
  }

  all(): Item[] {
    const all: Item[] = [];
    for (let item = this.first(); item !== null; item = this.after(item)) all.push(item);
    return all;
  }
}
